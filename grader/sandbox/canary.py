"""The self-test: a worker that is not a student's tries what must be refused, before any student's code runs."""

from __future__ import annotations

from typing import Any


def attempt(orders: dict[str, Any]) -> dict[str, str]:
    return {}
