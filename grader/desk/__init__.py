"""The student's desk: runs of one's own work on one's own machine, in a terminal, a notebook or pytest.

Nothing here saves or sends anything. It uses public checks only, and imports nothing of the instructor's side.
"""
