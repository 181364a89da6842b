"""Many submissions: the local lanes."""

from grader.batch.lanes import grade_all

__all__ = ["grade_all"]
