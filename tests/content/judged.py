"""Judging a program's functions in this process, against an assignment's own key, for the tests of the content."""

import contextlib
import io
import math
import textwrap
import warnings
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from grader.courses import answer_key, load_assignment
from grader.courses.cases import fresh
from grader.courses.naming import misconception_name, question_name
from grader.courses.variants import variant_of
from grader.judging import result_of
from grader.judging.measuring import measure
from grader.model import Raised, Returned, Unsupported, Visibility
from grader.sandbox.wire import UnsendableError, pack, unpack

SOLUTIONS = Path(__file__).parents[2] / "solutions"
PROGRAMS = Path(__file__).parent / "programs"
SECRET = b"the secret of the tests of the content"


@cache
def loaded(slug):
    return load_assignment(SOLUTIONS / slug)


@cache
def key(slug, secret=SECRET):
    return answer_key(loaded(slug), secret)


def question(slug, name, secret=SECRET):
    return next(each for each in key(slug, secret).questions if each.name == name)


def questions(slug, kind="function"):
    return [each.name for each in key(slug).questions if each.kind == kind]


def programs(slug, kind):
    """Read `programs/<slug>.<kind>.txt`: (question, remark, source) for each program.

    `=== name(parameters)` begins a question, `=== name` an answer, and `---` stands between two programs, with a remark
    behind it if there is something to say about the one that follows.
    """
    found = []
    for block in (PROGRAMS / f"{slug}.{kind}.txt").read_text(encoding="utf-8").split("=== ")[1:]:
        head, _, rest = block.partition("\n")
        name = head.split("(")[0].strip()
        opening = f"def {head.strip()}:\n" if "(" in head else f"{name} = "
        for each in f"---\n{rest.rstrip()}\n".split("---")[1:]:
            remark, _, body = each.partition("\n")
            text = textwrap.indent(body.strip("\n"), "    ") if "(" in head else body.strip()
            found.append((name, remark.strip(), f"{opening}{text}\n"))
    return found


def misconceptions(slug):
    """All (question, misconception) of an assignment."""
    return [(each.name, wrong.name) for each in key(slug).questions for wrong in each.misconceptions]


def public_only(whole):
    """The question as a student has it: the public checks and their cases."""
    kept = [n for n, case in enumerate(whole.cases) if case.visibility == Visibility.PUBLIC]
    checks = tuple(
        replace(check, cases=tuple(kept.index(n) for n in check.cases))
        for check in whole.checks
        if check.visibility == Visibility.PUBLIC
    )
    return replace(whole, cases=tuple(whole.cases[n] for n in kept), checks=checks)


def call(function, case):
    """Call a function on a case as a worker does, with arguments of its own."""
    try:
        if case.measured:
            value = function(*fresh(case.args))
            steps, cpu = measure(function, case.args)
            return _carried(value, steps, cpu)
        return _carried(function(*fresh(case.args)))
    except Exception as error:
        return Raised(type=type(error).__name__, message=str(error))


def _carried(value, steps=None, cpu=None):
    """Make an outcome of what comes over the wire."""
    try:
        return Returned(value=unpack(pack(value)), steps=steps, cpu=cpu)
    except UnsendableError as error:
        return Unsupported(type=error.kind, where=error.where)


def program(slug, source):
    """Run a source after the reference's: a correct submission but for what the source defines anew."""
    namespace = {"np": np, "math": math}
    exec(loaded(slug).reference.loaded_source, namespace)
    exec(source, namespace)
    return namespace


def grade(slug, name, source, secret=SECRET):
    """Judge what a source defines for one question."""
    whole = question(slug, name, secret)
    with quietly():
        namespace = program(slug, source)
        if whole.kind == "answer":
            outcomes = [_carried(namespace[name]) for _ in whole.cases]
        else:
            outcomes = [call(namespace[name], case) for case in whole.cases]
    return result_of(whole, outcomes)


def grade_variant(slug, name, wrong, *, public=False):
    """Judge a misconception as a submission, with all checks or with those that a student has."""
    whole = public_only(question(slug, name)) if public else question(slug, name)
    asked = next(each for each in loaded(slug).assignment.questions if question_name(each) == name)
    idea = next(each for each in asked.misconceptions if misconception_name(each) == wrong)
    with quietly():
        if whole.kind == "answer":
            return result_of(whole, [_carried(idea.value) for _ in whole.cases])
        function = variant_of(idea, asked, loaded(slug).reference)
        return result_of(whole, [call(function, case) for case in whole.cases])


@contextlib.contextmanager
def quietly():
    with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


def failed(result):
    """The checks that did not pass, with what was said about them: for the message of an assertion."""
    return [
        (check.name, check.verdict, check.code, check.misconception)
        for check in result.checks
        if check.score != check.points
    ]


def named(result):
    """The misconceptions that were named."""
    return {check.misconception for check in result.checks if check.misconception}
