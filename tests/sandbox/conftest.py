"""Sandboxes for tests: one a module and level, and small programs to run in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from textwrap import dedent

import pytest

from grader.authoring import Limits
from grader.errors import SandboxUnavailable
from grader.model import Case, Cell, Outcome, Program, Returned, Value, Wanted
from grader.sandbox import Payload, Sandbox, Session, open_process_sandbox, open_sandbox
from grader.sandbox.wire import encode_cases

QUICK = Limits(call=0.3, question=3.0, submission=8.0, memory=128)


def program(source: str) -> Program:
    return Program(cells=(Cell(source=dedent(source)),))


def wanted(*names: str, parameters: tuple[str, ...] = ("x",)) -> list[Wanted]:
    return [Wanted(name=name, parameters=parameters) for name in names]


def cases(*args: tuple[Value, ...], measured: bool = False) -> Payload:
    return encode_cases([Case(args=each, expected=Returned(value=None), measured=measured) for each in args])


def run(sandbox: Sandbox, source: str, *args: Value, name: str = "f", limits: Limits = QUICK) -> list[Outcome]:
    """Call one function of a program, once for each argument."""
    with open_session(sandbox, source, name, limits=limits) as session:
        return session.call(name, cases(*((arg,) for arg in args)), limits)


def open_session(sandbox: Sandbox, source: str, *names: str, limits: Limits = QUICK) -> AbstractContextManager[Session]:
    return sandbox.session(program(source), wanted(*names), limits)


def opened(level: str) -> Iterator[Sandbox]:
    try:
        with open_process_sandbox() if level == "process" else open_sandbox(level) as sandbox:
            yield sandbox
    except SandboxUnavailable as error:
        pytest.skip(f"no sandbox at level {level} here: {error}")


@pytest.fixture(scope="module", params=["none", "core", "full"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox at each level that forks."""
    yield from opened(request.param)


@pytest.fixture(scope="module", params=["core", "full"])
def confined(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox at each level that confines."""
    yield from opened(request.param)


@pytest.fixture(scope="module", params=["full", "process"])
def either(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox over each of the two hosts."""
    yield from opened(request.param)


Opener = Callable[[str], AbstractContextManager[Sandbox]]
