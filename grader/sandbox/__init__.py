"""Where student code runs: workers that confine themselves, spoken to in values only. See README.md."""

from grader.sandbox.opening import open_process_sandbox, open_sandbox
from grader.sandbox.protocol import Level, Oracle, Payload, Sandbox, Session

__all__ = ["Level", "Oracle", "Payload", "Sandbox", "Session", "open_process_sandbox", "open_sandbox"]
