"""Checks as pytest items: an adapter for `-k`, `-x` and the test panes of editors. The engine is the grader's own.

    pytest exercises/logistic_regression                    the public checks on your own file there
    pytest solutions/ --submission FILE                     all checks of the assignment that FILE is for

pytest imports this module in every run of everybody who has the grader installed, so it imports nothing at its top
that pytest has not, and looks at no file but `checks.json` and, with `--submission`, `checks.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.grading import Prepared
    from grader.model import CheckResult, QuestionKey, QuestionResult, Result
    from grader.reports.words import Words

OPTION = "--submission"
DEST = "numgrader_submission"
HEAD = 200
"""Bytes of a `checks.json` that are looked at to tell ours from others'."""


@pytest.hookimpl(hookwrapper=True)
def pytest_load_initial_conftests(parser: pytest.Parser) -> Iterator[None]:
    """Add `--submission FILE` once everybody else has added theirs: who has an option of that name keeps it."""
    yield
    _, unknown = parser.parse_known_and_unknown_args([OPTION, "FILE"])
    if OPTION in unknown:
        group = parser.getgroup("numgrader", "grading numpy exercises")
        group.addoption(OPTION, dest=DEST, metavar="FILE", help="grade FILE with the checks in solutions/, as items")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a submission that isn't there before anything is collected."""
    submission = _submission(config)
    if submission is not None and not submission.is_file():
        raise pytest.UsageError(f"{OPTION} {submission}: there is no such file")


def _submission(config: pytest.Config) -> Path | None:
    given = getattr(config.option, DEST, None)
    return None if given is None else Path(given)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect public checks, or with `--submission` those of an assignment in `solutions/`."""
    if file_path.name not in ("checks.json", "checks.py"):
        return None
    submission = _submission(parent.config)
    if file_path.name == "checks.json" and submission is None and _is_ours(file_path):
        return PublicChecks.from_parent(parent, path=file_path)
    if file_path.name == "checks.py" and submission is not None and _is_for(file_path.parent, submission):
        return AllChecks.from_parent(parent, path=file_path)
    return None


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return b"numgrader public checks" in file.read(HEAD)


def _is_for(folder: Path, submission: Path) -> bool:
    """Whether a submission is for the assignment in a folder: by its marker, its name or its folder's."""
    if not (folder / "reference.py").is_file():
        return False
    from grader.desk.finding import marker_of

    return folder.name in (marker_of(submission), submission.name.split(".")[0], submission.absolute().parent.name)


class Checks(pytest.File):
    """The checks of one assignment. The submission is graded once, when the first of them is run."""

    prepared: Prepared
    words: Words
    _result: Result | None = None

    def load(self) -> tuple[Prepared, Words]:
        """Return the key, ready for grading, and the words for it."""
        raise NotImplementedError

    def grade(self) -> Result:
        """Grade the submission."""
        raise NotImplementedError

    def collect(self) -> Iterator[QuestionNode]:
        """Yield the questions."""
        from grader.errors import GraderError

        try:
            self.prepared, self.words = self.load()
        except GraderError as error:
            raise self.CollectError(str(error)) from error
        for question in self.prepared.key.questions:
            yield QuestionNode.from_parent(self, name=question.name, question=question)

    def result_of(self, question: str) -> QuestionResult | None:
        """Return the result of a question; None for a submission that can't be read."""
        if self._result is None:
            self._result = self.grade()
        return next((each for each in self._result.questions if each.name == question), None)

    def why_unreadable(self) -> str:
        """Say why there are no results."""
        notes = self._result.notes if self._result else ()
        return "\n".join(self.words.note(note) for note in notes)


class PublicChecks(Checks):
    """The public checks beside a student's own file, which runs in a plain child process."""

    def load(self) -> tuple[Prepared, Words]:
        """Read `checks.json`, and find the student's file beside it."""
        from grader.desk.running import find_work
        from grader.reports.words import Words
        from grader.saying import asked_language

        self._work = find_work(self.path.parent)
        return self._work.prepared, Words(asked_language(), self._work.key.catalogue)

    def grade(self) -> Result:
        """Run the file as `grader check` does."""
        from grader.desk.running import run_work
        from grader.sandbox.opening import open_process_sandbox

        with open_process_sandbox(self.prepared.limits) as sandbox:
            return run_work(self._work, sandbox)


class AllChecks(Checks):
    """All checks of an assignment in `solutions/`, on a file that is confined as `grader grade` confines it."""

    def load(self) -> tuple[Prepared, Words]:
        """Compute the answer key."""
        from grader.cli.flows.keys import instructor_keys
        from grader.courses import find_course
        from grader.reports.words import Words
        from grader.saying import asked_language

        self._course = find_course(self.path.parent)
        prepared = instructor_keys(self._course, [self.path.parent.name])[self.path.parent.name]
        return prepared, Words(asked_language(), prepared.key.catalogue)

    def grade(self) -> Result:
        """Grade the file with follow-through, as `grader grade` does."""
        from functools import partial

        from grader.grading import grade
        from grader.model import Submission
        from grader.sandbox.opening import open_sandbox
        from grader.submissions import helpers
        from grader.submissions.opening import read_regular

        path = _submission(self.config)
        assert path is not None
        slug = self.prepared.key.assignment
        submission = Submission(
            student=path.stem,
            assignment=slug,
            path=path.name,
            read=partial(read_regular, path, follow=True),
            siblings=helpers(path),
        )
        with open_sandbox() as sandbox:
            return grade(submission, {slug: self.prepared}, sandbox, rate=self._course.settings.follow_through)


class QuestionNode(pytest.Collector):
    """One question, so that `-k propagate` picks its checks."""

    question: QuestionKey

    def __init__(self, *, question: QuestionKey, **options: Any) -> None:
        super().__init__(**options)
        self.question = question

    def collect(self) -> Iterator[CheckItem]:
        """Yield its checks."""
        for check in self.question.checks:
            yield CheckItem.from_parent(self, name=check.name)


class CheckFailedError(Exception):
    """A check that did not pass; the text is the feedback."""


class CheckItem(pytest.Item):
    """One check."""

    def runtest(self) -> None:
        """Look its result up. Raises CheckFailedError with the feedback."""
        assert self.parent is not None
        checks = self.getparent(Checks)
        assert checks is not None
        question = checks.result_of(self.parent.name)
        if question is None:
            raise CheckFailedError(checks.why_unreadable())
        check = next(each for each in question.checks if each.name == self.name)
        scores = [score for score in (check.score, check.follow_through_score) if score is not None]
        self.user_properties.append(("numgrader", [str(max(scores, default=Decimal(0))), str(check.points)]))
        if check.verdict != "accepted":
            raise CheckFailedError(feedback(check, checks.words))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the feedback instead of a traceback through the grader."""
        if isinstance(excinfo.value, CheckFailedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the heading of a failure."""
        assert self.parent is not None
        return self.path, None, f"{self.parent.name}: {self.name}"


def feedback(check: CheckResult, words: Words) -> str:
    """Return what is said of a failed check: where, what kind of mistake, what to ask oneself."""
    from grader.desk.hints import Level, help_for

    return "\n".join(help_for(check, words).lines(Level.QUESTION))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Add up the points of the checks that ran, by question."""
    totals: dict[str, tuple[Decimal, Decimal]] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) != "call":
                continue
            for name, value in report.user_properties:
                if name == "numgrader":
                    question = report.nodeid.split("::")[-2]
                    earned, worth = totals.get(question, (Decimal(0), Decimal(0)))
                    totals[question] = earned + Decimal(value[0]), worth + Decimal(value[1])
    if not totals:
        return
    from grader.reports.looks import marks

    terminalreporter.section("points")
    width = max(len(question) for question in totals)
    for question, (earned, worth) in totals.items():
        terminalreporter.write_line(f"{question:<{width}}  {marks(earned, worth)}")
    earned = sum((pair[0] for pair in totals.values()), Decimal(0))
    worth = sum((pair[1] for pair in totals.values()), Decimal(0))
    terminalreporter.write_line(f"{'':<{width}}  {marks(earned, worth)}")
