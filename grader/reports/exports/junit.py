"""Results as JUnit XML: a test suite a submission, a test case a check.

The format has no specification; this keeps to what Jenkins, GitLab and Azure all read. Whatever did not pass is a
`failure`, a blank included; our own error, or a submission that can't be read, is an `error`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import TextIOBase
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from grader.model import CheckResult, Result, Verdict
from grader.reports.exports.cells import number_cell, plain

Say = Callable[[Result, CheckResult], str]
"""Puts a check's message into words."""


def write_junit(results: Iterable[Result], out: TextIOBase, say: Say) -> int:
    """Write results as JUnit XML, one submission in memory at a time; return the number of suites."""
    xml = XMLGenerator(out, encoding="utf-8", short_empty_elements=True)
    xml.startDocument()
    _start(xml, "testsuites", {"name": "grader"})
    suites = 0
    for result in results:
        xml.characters("\n")
        _suite(xml, result, say)
        suites += 1
    xml.characters("\n")
    xml.endElement("testsuites")
    xml.characters("\n")
    xml.endDocument()
    return suites


def _suite(xml: XMLGenerator, result: Result, say: Say) -> None:
    checks = [(question, check) for question in result.questions for check in question.checks]
    kinds = [_kind(check) for _, check in checks]
    unread = not result.questions
    attributes = {
        "name": plain(f"{result.assignment or 'unknown'}: {result.student}, attempt {result.attempt}"),
        "tests": str(len(checks) + unread),
        "failures": str(kinds.count("failure")),
        "errors": str(kinds.count("error") + unread),
        "skipped": "0",
        "time": format(result.seconds, ".6f"),
    }
    if result.submitted_at is not None:
        attributes["timestamp"] = result.submitted_at.isoformat(timespec="seconds")
    _start(xml, "testsuite", attributes)
    _start(xml, "properties", {})
    for name, value in (
        ("student", result.student),
        ("file", result.path),
        ("sha256", result.sha256),
        ("score", number_cell(result.score)),
        ("points", number_cell(result.points)),
        ("late", str(result.late).lower()),
        ("flags", " ".join(result.flags)),
    ):
        _start(xml, "property", {"name": name, "value": plain(value)})
        xml.endElement("property")
    xml.endElement("properties")
    if unread:
        _start(xml, "testcase", {"classname": plain(result.assignment or "unknown"), "name": "submission"})
        _start(xml, "error", {"type": "unreadable", "message": plain(" ".join(result.flags))})
        xml.endElement("error")
        xml.endElement("testcase")
    for (question, check), kind in zip(checks, kinds, strict=True):
        classname = plain(f"{result.assignment or 'unknown'}.{question.name}")
        _start(xml, "testcase", {"classname": classname, "name": plain(check.name), "time": "0"})
        if kind is not None:
            message = plain(say(result, check))
            earned = f"{number_cell(check.score) or '?'} of {number_cell(check.points)} points"
            _start(xml, kind, {"message": message, "type": check.verdict.value})
            xml.characters("\n".join(filter(None, [message, plain(check.hint or ""), earned])))
            xml.endElement(kind)
        xml.endElement("testcase")
    xml.endElement("testsuite")


def _start(xml: XMLGenerator, name: str, attributes: dict[str, str]) -> None:
    xml.startElement(name, AttributesImpl(attributes))


def _kind(check: CheckResult) -> str | None:
    match check.verdict:
        case Verdict.ACCEPTED:
            return None
        case Verdict.INTERNAL_ERROR:
            return "error"
        case _:
            return "failure"
