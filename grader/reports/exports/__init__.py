"""Files for other programs: spreadsheets, Canvas, Moodle, JUnit, JSON Lines, Gradescope.

Each module writes one format, and knows that format's rules about text: a student's name is never a formula, markup or
a control code.
"""
