"""An automated exercise grader for numpy courses. This is the authoring API; `grader --help` is the other way in."""

from grader.authoring import (
    Assignment,
    Check,
    Compare,
    Equivalent,
    Form,
    Limits,
    Misconception,
    NoLoop,
    Question,
    Slope,
    Tolerated,
    Unchanged,
    Values,
)

__version__ = "0.1.0"

__all__ = [
    "Assignment",
    "Check",
    "Compare",
    "Equivalent",
    "Form",
    "Limits",
    "Misconception",
    "NoLoop",
    "Question",
    "Slope",
    "Tolerated",
    "Unchanged",
    "Values",
]
