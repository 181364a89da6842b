"""The class report: what it says, that nothing in it acts, and that it stays readable for 10,000."""

import base64
import hashlib
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from io import StringIO
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from generated_class import HOSTILE, generated_report

from grader.authoring import Visibility
from grader.model import CheckResult, QuestionResult, Result, Verdict
from grader.policy import Mark, QuestionMark
from grader.reports.html.classroom import classroom, histogram
from grader.reports.html.drawing import plot, stacked
from grader.reports.html.feedback import Teller
from grader.reports.html.markdown import escaped, markdown
from grader.reports.html.mistakes import clusters, misconceptions
from grader.reports.html.naming import stem
from grader.reports.html.report import ClassReport, write_feedback, write_report
from grader.reports.terminal import console, feedback, print_all
from grader.reports.words import Words

STUDENTS = 60
ENGLISH = Words("en")


class Page(HTMLParser):
    """A parsed page: its elements with attributes, its texts by element, and whether its tags are in balance."""

    VOID = frozenset({"meta", "input", "br", "img", "link", "hr"})

    def __init__(self, path):
        super().__init__()
        self.elements, self.texts, self.open, self.style, self.script = [], [], [], "", ""
        self.source = path.read_text(encoding="utf-8")
        self.feed(self.source)
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in ("style", "script"):
            setattr(self, self.open[-1], data)
        else:
            self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


@pytest.fixture(scope="module")
def report():
    return generated_report(STUDENTS)


@pytest.fixture(scope="module")
def folder(report, tmp_path_factory):
    target = tmp_path_factory.mktemp("report")
    write_report(report, target, ENGLISH)
    write_feedback(report, target / "feedback", ENGLISH)
    return target


@pytest.fixture(scope="module")
def index(folder):
    return Page(folder / "index.html")


@pytest.fixture(scope="module")
def pages(folder):
    return [Page(path) for path in sorted((folder / "students").iterdir())]


def test_every_student_has_a_page_that_the_report_links_to(folder, index, report):
    links = {unquote(attrs["href"]) for attrs in index.all("a") if not attrs["href"].startswith("#")}
    assert links == {f"students/{path.name}" for path in (folder / "students").iterdir()}
    assert len(links) == len(report.marks) == STUDENTS


def test_every_inner_link_has_a_target(index):
    ids = [attrs["id"] for _, attrs in index.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"][1:] for attrs in index.all("a") if attrs["href"].startswith("#")} <= set(ids)


def test_nothing_is_loaded_from_anywhere(index, pages):
    for page in (index, *pages):
        assert not {tag for tag, _ in page.elements} & {"img", "link", "iframe", "object", "embed", "form", "base"}
        for _, attrs in page.elements:
            assert not {name for name in attrs if name in ("src", "style", "action") or name.startswith("on")}
            assert not attrs.get("href", "").startswith(("http", "javascript", "//", "data"))


def test_a_policy_admits_the_pages_own_style_and_script_and_nothing_else(index, pages):
    for page in (index, *pages):
        head = next(attrs for attrs in page.all("meta") if "http-equiv" in attrs)
        assert head["http-equiv"] == "Content-Security-Policy"
        rules = dict(rule.split(" ", 1) for rule in head["content"].split("; "))
        assert rules["default-src"] == "'none'"
        assert rules["base-uri"] == rules["form-action"] == "'none'"
        for name in ("style", "script"):
            text = getattr(page, name)
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert rules.get(f"{name}-src") == (f"'sha256-{digest}'" if text else None)
        assert len(page.all("script")) == (1 if page is index else 0)


def test_hostile_names_show_as_text(index, pages):
    assert '<script>alert("name")</script>' in index.text
    assert "</title><img src=x onerror=alert(1)>" in index.text
    for page in (index, *pages):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", page.source)


def test_hostile_code_hints_and_reasons_show_as_text(report, tmp_path):
    bad = '</pre><script>alert("code")</script>{{ 7 * 7 }}'
    hinted = replace(
        report.marks[40].result.questions[0].checks[0],
        verdict=Verdict.WRONG_ANSWER,
        code="values.differ",
        hint=bad,
        misconception=bad,
    )
    result = replace(report.marks[40].result, questions=(QuestionResult(
        name=bad, score=Decimal(0), points=Decimal(2), checks=(hinted,)),))  # fmt: skip
    marks = [replace(report.marks[40], result=result), *report.marks[41:]]
    one = replace(report, marks=marks, title=bad, course=bad, code=lambda *_: bad)
    page = Page(write_report(one, tmp_path, ENGLISH))
    assert len(page.all("script")) == 1
    assert page.text.count(bad) > 5


def test_headings_cells_and_plots_are_accessible(index):
    levels = [int(tag[1]) for tag, _ in index.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all("scope" in attrs for attrs in index.all("th"))
    for attrs in index.all("svg"):
        assert attrs.get("aria-hidden") == "true" or {"aria-label", "aria-labelledby"} & set(attrs)
    regions = [attrs for _, attrs in index.elements if attrs.get("role") == "region"]
    assert regions
    assert all(attrs["tabindex"] == "0" and attrs["aria-label"] for attrs in regions)
    assert index.all("html") == [{"lang": "en"}]


def test_each_plot_has_a_table_with_the_same_figures(index, report):
    room = classroom(report.marks)
    for each in room.bins:
        assert f"{each.low}–{each.high}" in index.text
    drawn = [int(attrs["height"] != "0.0") for attrs in index.all("rect") if attrs.get("y")]
    assert len(drawn) == len(room.bins)


def test_colours_have_enough_contrast():
    css = (Path(write_report.__code__.co_filename).parent / "templates" / "style.css").read_text()
    light, dark, printed = (
        dict(re.findall(r"--(\w+):(#\w{3,6})", part)) for part in re.findall(r":root\{[^}]*\}", css)
    )
    for theme in (light, dark, printed):
        ground = theme["bg"]
        assert min(contrast(theme[name], ground) for name in ("fg", "muted", "link")) >= 4.5
        assert contrast(theme["fg"], theme["panel"]) >= 4.5
        assert min(contrast(theme[name], ground) for name in ("passed", "wrong", "error", "stopped", "missing")) >= 3


def contrast(one, other):
    """Return the contrast ratio of two colours: W3C, WCAG 2.2, 'contrast ratio'."""

    def luminance(colour):
        digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def test_the_report_speaks_chinese(report, tmp_path):
    page = Page(write_report(report, tmp_path, Words("zh-CN")))
    assert page.all("html") == [{"lang": "zh-Hans"}]
    for word in ("误解", "得分率", "区分度", "值得一看", "待人工查看"):
        assert word in page.text
    for word in ("Misconceptions", "facility", "Worth a look", "Search", "remarks"):
        assert word not in page.text


def test_equal_classes_make_equal_bytes(report, folder, tmp_path):
    again = write_report(report, tmp_path, ENGLISH)
    assert again.read_bytes() == (folder / "index.html").read_bytes()


def test_examples_are_anonymous(index):
    """A student's name stands only where students are listed: in links, in files' names, over code side by side."""
    before, _, after = index.source.partition('id="review"')
    assert "sample-0" not in before
    assert "sample-0" in after


# --- figures -------------------------------------------------------------------------------------------------------


def check(name, verdict, code="values.differ", **fields):
    return CheckResult(
        name=name,
        visibility=Visibility.HIDDEN,
        verdict=verdict,
        score=Decimal(2 if verdict is Verdict.ACCEPTED else 0),
        points=Decimal(2),
        code="ok" if verdict is Verdict.ACCEPTED else code,
        **fields,
    )


def mark(student, *checks, follow_through=False):
    score = sum((each.score for each in checks), Decimal(0))
    points = Decimal(2 * len(checks))
    question = QuestionResult(name="f", score=score, points=points, checks=checks, follow_through=follow_through)
    result = Result(
        assignment="a",
        student=student,
        path=f"{student}.py",
        sha256=hashlib.sha256(student.encode()).hexdigest(),
        sandbox="full",
        score=score,
        points=points,
        complete=True,
        questions=(question,),
    )
    done = QuestionMark(name="f", score=score, points=points)
    return Mark(assignment="a", student=student, score=score, points=points, questions=(done,), result=result)


RIGHT, WRONG = check("one", Verdict.ACCEPTED), check("one", Verdict.WRONG_ANSWER)


def test_a_misconception_is_counted_once_a_student_and_its_example_is_the_clearest():
    held = {"misconception": "summed", "hint": "Mind the mean."}
    results = [
        mark("a", check("one", Verdict.WRONG_ANSWER, **held), check("two", Verdict.WRONG_ANSWER, **held)).result,
        mark("b", check("one", Verdict.WRONG_ANSWER, **held), check("two", Verdict.ACCEPTED)).result,
        mark("c", RIGHT).result,
    ]
    (found,) = misconceptions(results, lambda result, question, anonymous: f"{result.student} {question} {anonymous}")
    assert (found.name, found.students, found.of, found.hint) == ("summed", 2, 3, "Mind the mean.")
    assert found.code == "b f True"


def test_the_example_of_a_misconception_is_the_check_that_says_most():
    held = {"misconception": "summed", "hint": "x"}
    codes = ("values.differ", "values.ratio", "values.sign", "values.differ")
    checks = [check(str(at), Verdict.WRONG_ANSWER, code, **held) for at, code in enumerate(codes)]
    (found,) = misconceptions([mark("a", *checks).result], lambda *_: None)
    assert found.example.code == "values.ratio"
    (found,) = misconceptions([mark("a", checks[3], checks[0]).result], lambda *_: None)
    assert found.example.name == "3"


def test_unnamed_mistakes_are_gathered_by_how_they_are_wrong_and_not_by_where():
    def wrong(student, line, **params):
        given = {**params, "place": {"line": line}}
        return mark(student, check("one", Verdict.RUNTIME_ERROR, "exception.key", params=given)).result

    results = [wrong("a", 1, keys=["w"]), wrong("b", 9, keys=["w"]), wrong("c", 2), mark("d", RIGHT).result]
    results.append(mark("e", check("one", Verdict.WRONG_ANSWER, misconception="known", hint="x")).result)
    results.append(mark("f", WRONG, follow_through=True).result)
    (group,), alone = clusters(results, lambda *_: None)
    assert (group.question, group.students, group.failing, alone) == ("f", 2, ("one",), 1)


def test_full_marks_are_in_the_last_bar_and_shares_fall_where_they_belong():
    bins = histogram([0, 0.1, 0.29, 0.9, 0.95, 1, 1])
    assert [each.count for each in bins] == [1, 1, 1, 0, 0, 0, 0, 0, 0, 4]
    assert len(histogram([0.5] * 100)) == 20


def test_bars_fill_their_box():
    parts = stacked((("passed", 7), ("wrong", 2), ("missing", 1)))
    assert [part.x for part in parts] == [0, 70, 90]
    assert sum(part.width for part in parts) == pytest.approx(100)
    drawn = plot(histogram([0.05, 1, 1]), 1)
    assert drawn is not None
    assert max(bar.height for bar in drawn.bars) == 124
    assert drawn.anchor == "end"
    assert plot(histogram([]), None) is None


def test_an_empty_class_still_has_a_report(tmp_path):
    empty = ClassReport(assignment="a", title="A", marks=[Mark(assignment="a", student="s", score=None,
                        points=Decimal(0), excused=True)])  # fmt: skip
    page = Page(write_report(empty, tmp_path, ENGLISH))
    assert "excused" in page.text
    assert "No one has a score yet." in page.text


def test_who_has_no_score_is_in_no_figure():
    known = [mark(f"s{at}", RIGHT if at % 2 else WRONG) for at in range(10)]
    unknown = Mark(assignment="a", student="x", score=None, points=Decimal(2), complete=False)
    room = classroom([*known, unknown])
    assert (room.handed_in, room.scored, room.full) == (10, 10, 5)
    assert room.questions[0].facility == pytest.approx(0.5)


# --- students' pages -----------------------------------------------------------------------------------------------


def test_a_page_says_what_the_terminal_says(report, folder):
    for each in report.marks[20:30]:
        if each.result is None:
            continue
        stream = StringIO()
        print_all(console(stream), [feedback(each.result, ENGLISH)])
        shown = set(re.findall(r"\w+", stream.getvalue()))
        page = Page(folder / "students" / f"{stem(each.student)}.html")
        assert shown - set(re.findall(r"\w+", page.text)) - {report.assignment} <= {"UNCONFINED"}


def test_lines_indented_by_four_spaces_are_preformatted(tmp_path):
    hint = "Two shapes:\n    (4, 3)\n    (3,)\nCompare them."
    one = mark("s", check("one", Verdict.WRONG_ANSWER, hint=hint, misconception="m"))
    view = Teller("A", {}, ENGLISH).view(one)
    texts = [(block.text, block.preformatted) for block in view.questions[0].checks[0].blocks]
    assert texts[1:] == [("Two shapes:", False), ("(4, 3)\n(3,)", True), ("Compare them.", False)]
    page = write_report(ClassReport(assignment="a", title="A", marks=[one]), tmp_path, ENGLISH)
    assert "<pre>(4, 3)\n(3,)</pre>" in (page.parent / "students" / "s.html").read_text()
    assert "\n      (4, 3)\n      (3,)\n" in markdown(view, ENGLISH)


def test_feedback_is_written_as_html_and_markdown(folder, report):
    names = sorted(path.name for path in (folder / "feedback").iterdir())
    stems = [stem(each.student) for each in report.marks]
    assert names == sorted([f"{each}.html" for each in stems] + [f"{each}.md" for each in stems])


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "[a](javascript:b)", "![x](y)", "# h", "*a* _b_ ~c~", "`<b>`", "a | b", "&lt;"]
)
def test_markdown_shows_text_as_it_is(text):
    shown = escaped(text)
    assert "<" not in shown
    assert not re.search(r"(?<!\\)[\[\]*_~#|!]", shown.replace("&#64;", ""))
    assert escaped("use `np.dot`") == "use `np.dot`"


@pytest.mark.parametrize("student", [*HOSTILE, "Ada", "ada", "CON", "con", "a" * 300, ".", "a/b", "a\\b", "a:b"])
def test_file_names_are_safe_everywhere(student):
    name = stem(student)
    assert re.fullmatch(r"[\w.@+~-]{1,70}", name)
    assert not name.startswith(".")
    assert name.split(".")[0].lower() not in ("con", "nul")


def test_no_two_students_share_a_file_where_case_counts_for_nothing():
    names = ["Ada", "ada", "ADA", "a/b", "a_b", "a:b", "é", "e\u0301", *HOSTILE]
    assert len({stem(name).casefold() for name in names}) == len(names)


@pytest.mark.slow
def test_ten_thousand_students_fit_a_page_that_opens_quickly(tmp_path):
    page = write_report(generated_report(10_000), tmp_path, ENGLISH)
    assert page.stat().st_size < 4_000_000
    assert len(list((tmp_path / "students").iterdir())) == 10_000


def test_the_line_of_the_median_stands_apart_from_the_bars_and_hides_no_number(folder):
    page = Page(folder / "index.html")
    drawn = [attrs.get("class") for attrs in page.all("line") + page.all("text") if attrs.get("class")]
    order = [attrs.get("class") for _, attrs in page.elements if attrs.get("class") in ("around", "median", "value")]
    assert {"around", "median", "value"} <= set(drawn)
    assert order[:3] == ["around", "median", "value"]  # what is drawn later lies above
    assert ".around{stroke:var(--bg)" in page.style


def test_a_file_with_nothing_graded_in_it_says_so_once_on_the_students_page(report, tmp_path):
    (mark,) = [mark for mark in report.marks if mark.result is not None and mark.result.questions][:1]
    questions = tuple(
        replace(
            question,
            checks=tuple(
                replace(check, verdict=Verdict.MISSING, code="missing.name", params={"name": question.name})
                for check in question.checks
            ),
        )
        for question in mark.result.questions
    )
    absent = replace(mark, result=replace(mark.result, questions=questions))
    write_feedback(replace(report, marks=[absent]), tmp_path, ENGLISH)
    (page,) = (Page(path) for path in tmp_path.rglob("*.html"))
    assert page.text.count("Nothing of what") == 1
    assert "is not defined at the top level" not in page.text
    assert "`" not in page.text
    assert {question.name for question in questions} <= set(page.texts)
