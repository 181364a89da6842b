"""The audit: proves an assignment by running mutants of its reference, rewrites, blanks and wrong ideas against it."""

from grader.batch.audit.auditing import AuditPlan, Progress, audit

__all__ = ["AuditPlan", "Progress", "audit"]
