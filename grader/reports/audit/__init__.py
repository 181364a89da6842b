"""What an audit found, as data, and how it is shown: in the terminal, as JSON, as a page."""

from grader.reports.audit.account import (
    Apart,
    AssignmentAudit,
    Fate,
    Fault,
    FaultKind,
    MutantFate,
    QuestionAudit,
)

__all__ = ["Apart", "AssignmentAudit", "Fate", "Fault", "FaultKind", "MutantFate", "QuestionAudit"]
