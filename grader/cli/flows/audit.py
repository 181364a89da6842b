"""Auditing a course: load, audit with progress, print, write the page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from grader.batch.audit import AuditPlan, audit
from grader.batch.audit import Progress as Told
from grader.courses import find_course, load_assignment, require_slug
from grader.errors import NotFound
from grader.reports import terminal
from grader.reports.audit import AssignmentAudit
from grader.reports.audit.jsonout import document
from grader.reports.audit.page import page
from grader.reports.audit.terminal import account
from grader.reports.words import Words
from grader.sandbox import open_sandbox
from grader.saying import say

NOT_SOUND = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditOptions:
    """The arguments of `grader audit`."""

    assignments: tuple[str, ...] = ()
    course_dir: Path | None = None
    form: str = "text"
    html: Path | None = None
    checks: bool = False
    pairs: int = 0
    seed: int = 0
    jobs: int = 1
    level: str = "auto"
    lang: str = "en"
    quiet: bool = False


def audit_course(options: AuditOptions) -> int:
    """Audit the assignments named, or all of a course, and print what was found. Returns the exit code."""
    course = find_course(Path.cwd(), options.course_dir)
    if not course.authored:
        raise NotFound(
            say(
                "{solutions} holds no assignment. Begin one with `grader new assignment NAME`.",
                solutions=course.solutions,
            )
        )
    slugs = [require_slug(slug, course.authored) for slug in options.assignments] or list(course.authored)
    plan = AuditPlan(pairs=options.pairs, jobs=options.jobs, seed=options.seed)
    audited: list[AssignmentAudit] = []
    catalogue: dict[str, dict[str, str]] = {}
    with _progress(options) as told:
        for slug in dict.fromkeys(slugs):
            loaded = load_assignment(course.solutions / slug)
            for lang, texts in loaded.catalogue.items():
                catalogue.setdefault(lang, {}).update(texts)
            audited += audit([loaded], plan, lambda: open_sandbox(options.level), told(slug))
            if options.form == "text":
                terminal.console().print(
                    account(audited[-1], Words(options.lang, loaded.catalogue), checks=options.checks)
                )
    if options.form == "json":
        sys.stdout.write(document(audited) + "\n")
    if options.html is not None:
        options.html.write_text(page(audited, Words(options.lang, catalogue)), encoding="utf-8")
    return 0 if all(each.sound for each in audited) else NOT_SOUND


class _Bars:
    """One bar an assignment, on stderr; none where that is no terminal."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars

    def __call__(self, slug: str) -> Told:
        """Begin a bar and return what moves it on."""
        task = self._bars.add_task(slug, total=None)

        def told(done: int, of: int) -> None:
            self._bars.update(task, completed=done, total=of)

        return told


@contextmanager
def _progress(options: AuditOptions) -> Iterator[_Bars]:
    console = terminal.console(sys.stderr)
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=options.quiet or not console.is_terminal,
    )
    with bars:
        yield _Bars(bars)
