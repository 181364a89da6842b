"""Many definitions of one function in one session: each under a name of its own, beside the whole reference.

Starting and confining a worker takes longer than calling a small function on all its cases. A mutant that hangs or
dies costs a fresh worker, and nothing else.
"""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Sequence
from dataclasses import replace

from grader.batch.audit.subjects import Run, Subject, Verdicts, has_stopped, is_measured, judged, program
from grader.model import Wanted
from grader.sandbox.protocol import Sandbox

AT_ONCE = 16


def can_share(subject: Subject, definition: str) -> bool:
    """Whether a definition works under another name: it does not call itself, and no scenario asks for it by name."""
    if any(case.scenario is not None for case in subject.keys[0].cases):
        return False
    try:
        names = [node.id for node in ast.walk(ast.parse(definition)) if isinstance(node, ast.Name)]
    except SyntaxError:
        return False
    return subject.name not in names


def renamed(definition: str, name: str, alias: str) -> str:
    """Return a definition under another name."""
    return re.sub(rf"^def {re.escape(name)}\b", f"def {alias}", definition, count=1, flags=re.MULTILINE)


def alongside(subject: Subject, definitions: Sequence[str]) -> tuple[str, tuple[Wanted, ...]]:
    """Return the reference's program with definitions under names of their own, and what to look for in it."""
    wanted = subject.prepared[0].wanted[0]
    aliases = [f"{subject.name}_audited_{number}" for number in range(len(definitions))]
    texts = [renamed(each, subject.name, alias) for each, alias in zip(definitions, aliases, strict=True)]
    source = "\n\n\n".join([subject.loaded.reference.loaded_source, *texts, ""])
    return source, tuple(replace(wanted, name=alias, aliases=(), stub="") for alias in aliases)


def run_together(subject: Subject, definitions: Sequence[str], sandbox: Sandbox) -> list[Run]:
    """Run definitions of one function, each as `run` would: under one secret after another."""
    begin = time.perf_counter()
    source, wanted = alongside(subject, definitions)
    first = subject.prepared[0]
    runs: list[Run] = []
    with sandbox.session(program(source), wanted, first.limits) as session:
        for each in wanted:
            found = session.report.found[each.name]
            verdicts: list[Verdicts] = []
            for prepared in subject.prepared:
                key = prepared.key.questions[0]
                if is_measured(key) and any(one.failed for one in verdicts):
                    break
                if found.status != "found":
                    verdicts.append(judged(key, (), found))
                    break
                outcomes = session.call(each.name, prepared.payloads[subject.name], key.limits)
                came = judged(key, outcomes, found)
                verdicts.append(came)
                if any(map(has_stopped, outcomes)) or any(name in subject.constant for name, _, _ in came.failed):
                    break
            runs.append(Run(verdicts=tuple(verdicts), seconds=time.perf_counter() - begin))
            begin = time.perf_counter()
    return runs
