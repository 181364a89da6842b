"""What was judged by the very same code is taken over, and nobody's result is another for it."""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from grader import repeats
from grader.authoring import Limits, Visibility
from grader.courses import answer_key, load_assignment
from grader.courses.slips import slips_of
from grader.grading import Kept, Prepared, grade, prepare
from grader.learning import Learning
from grader.model import (
    CheckResult,
    CodeOf,
    Found,
    LoadReport,
    QuestionResult,
    Result,
    Submission,
    Verdict,
)
from grader.repeats import Repeats, key_of
from grader.sandbox import Sandbox, open_sandbox
from grader.slips import Slips

sys.path.insert(0, str(Path(__file__).with_name("benchmarks")))
from corpus import ROOT, SLUG, styles

RIGHT, WRONG = styles("right"), styles("wrong")
HEAD = "import copy\nimport math\nimport numpy as np\n"


@pytest.fixture(scope="module")
def made() -> Prepared:
    return prepare(answer_key(load_assignment(ROOT / "solutions" / SLUG), b"repeats"))


@pytest.fixture(autouse=True)
def clear(monkeypatch) -> None:
    """Whether what was measured is clear hangs on what else this machine does: `test_verdicts` has that."""
    monkeypatch.setattr("grader.judging.is_clear", lambda *_: True)


@pytest.fixture
def prepared(made: Prepared) -> Prepared:
    return replace(made, repeats=Repeats())


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("none") as opened:
        yield opened


def program(**other: str) -> str:
    """Return a right program, with some functions written otherwise."""
    sources = {name: ways[0] for name, ways in RIGHT.items()} | other
    lines = "\n\n".join((HEAD, *sources.values())).splitlines()
    return "\n".join(line for line in lines if ".format(" not in line)  # what formats is called for everyone


class Counting:
    """A sandbox that counts what is called."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.level, self._sandbox = sandbox.level, sandbox
        self.called: set[str] = set()
        self.replaced = 0

    @contextmanager
    def session(self, *args, **more):
        with self._sandbox.session(*args, **more) as session:
            call, replace_ = session.call, session.replace

            def replaced(*rest, **options):
                self.replaced += 1
                return replace_(*rest, **options)

            def counted(name, *rest, **options):
                self.called.add(name)
                return call(name, *rest, **options)

            session.call, session.replace = counted, replaced
            yield session


def graded(source: str, prepared: Prepared, sandbox: Sandbox) -> tuple[Result, set[str]]:
    counting = Counting(sandbox)
    submission = Submission(student="sample", assignment=SLUG, path="a.py", read=source.encode)
    return replace(grade(submission, {SLUG: prepared}, counting), seconds=0.0), counting.called


def test_the_same_code_is_called_once_and_comes_to_the_same(prepared, sandbox):
    first, called = graded(program(), prepared, sandbox)
    assert first.score == first.points
    assert called == set(RIGHT)
    second, called = graded("# another student\n" + program(), prepared, sandbox)
    assert not called
    assert repr(second.questions) == repr(first.questions)
    assert [note for note in second.notes if note.code.startswith("warning.")] == [
        note for note in first.notes if note.code.startswith("warning.")
    ]


def test_what_rests_on_other_code_is_called(prepared, sandbox):
    graded(program(), prepared, sandbox)
    _, called = graded(program(sigmoid=RIGHT["sigmoid"][1]), prepared, sandbox)
    assert called == {"sigmoid", "propagate", "optimize", "predict", "model"}
    _, called = graded(program(predict=RIGHT["predict"][1]), prepared, sandbox)
    assert called == {"predict", "model"}


@pytest.mark.parametrize("line", ["    raise ValueError(1)\n", "    1 / 0\n", "    missing\n"])
def test_what_did_not_answer_is_called_for_everyone(prepared, sandbox, line):
    for _ in range(2):
        result, called = graded(
            program(predict=RIGHT["predict"][0].replace("):\n", f"):\n{line}", 1)), prepared, sandbox
        )
        assert {"predict", "model"} <= called
        assert result.score < result.points


@pytest.mark.parametrize("name", [name for name in RIGHT if WRONG[name]])
def test_a_wrong_answer_of_the_same_code_is_called_once_and_comes_to_the_same(prepared, sandbox, name):
    source = program(**{name: WRONG[name][0]})
    first, _ = graded(source, prepared, sandbox)
    assert first.score < first.points
    second, called = graded(source, prepared, sandbox)
    assert name not in called
    apart, _ = graded(source, replace(prepared, repeats=None), sandbox)
    assert repr(second) == repr(first) == repr(apart)


def test_a_wrong_answer_is_told_by_whether_what_it_is_built_on_is_faulty(prepared, sandbox):
    own = RIGHT["propagate"][0].replace("sigmoid(", "(lambda z: 1 / (2 + np.exp(-z)))(")
    assert "lambda" in own
    for number in (0, 0, 1, 0):  # a propagate that calls no sigmoid, whose course says that it does
        for sigmoid in (WRONG["sigmoid"][number % len(WRONG["sigmoid"])], RIGHT["sigmoid"][number]):
            source = program(sigmoid=sigmoid, propagate=own)
            result, _ = graded(source, prepared, sandbox)
            apart, _ = graded(source, replace(prepared, repeats=None), sandbox)
            assert repr(result) == repr(apart)


def test_a_wrong_answer_says_how_it_was_explained(made, sandbox):
    slips = Slips(made.key.reference, partial(slips_of, load_assignment(ROOT / "solutions" / SLUG)))
    source = program(predict=WRONG["predict"][4])
    explaining = replace(made, repeats=Repeats(), slips=slips)
    apart, _ = graded(source, replace(explaining, repeats=None), sandbox)
    assert any("slips" in check.params for question in apart.questions for check in question.checks)
    for _ in range(2):
        assert repr(graded(source, explaining, sandbox)[0]) == repr(apart)


def test_a_long_message_is_not_remembered(made):
    repeats, question = Repeats(), made.questions["sigmoid"]
    check = CheckResult(
        name="a", visibility=Visibility.PUBLIC, verdict=Verdict.WRONG_ANSWER, score=Decimal(0), points=Decimal(1)
    )
    short = QuestionResult(name="sigmoid", score=Decimal(0), points=Decimal(1), checks=(check,))
    repeats.put(b"short", question, short, [], 0.0)
    assert repeats.get(b"short") is None
    assert repeats.get_wrong(b"short", on_faulty=True) is None
    assert repeats.get_wrong(b"short", on_faulty=False) is not None
    long = replace(short, checks=(replace(check, params={"got": "1" * 30_000}),))
    repeats.put(b"long", question, long, [], 0.0)
    assert repeats.get_wrong(b"long", on_faulty=False) is None


@pytest.fixture
def lanes(made):
    """Two lanes that tell each other what they learn, as those in processes do."""
    learning = Learning()
    both = []
    for each in (learning, copy.copy(learning)):
        both.append(replace(made, repeats=Repeats()))
        both[-1].repeats.share(each)
    yield both
    learning.close()


@pytest.mark.skipif(sys.platform != "linux", reason="lanes are forked on Linux only")
@pytest.mark.parametrize("name", RIGHT)
def test_what_another_lane_judged_is_taken_over_and_comes_to_the_same(lanes, made, sandbox, name):
    sources = [program(**{name: way}) for way in (*RIGHT[name], *WRONG[name])]
    took_over = 0
    for number, source in enumerate(sources):
        results = [graded(source, lane, sandbox) for lane in (lanes[number % 2], lanes[1 - number % 2])]
        apart, _ = graded(source, replace(made, repeats=None), sandbox)
        assert {repr(result) for result, _ in results} == {repr(apart)}
        took_over += len(results[1][1]) < len(results[0][1])
    assert took_over


@pytest.mark.skipif(sys.platform != "linux", reason="lanes are forked on Linux only")
def test_what_another_lane_learns_is_not_kept_for_good(lanes, sandbox, monkeypatch):
    monkeypatch.setattr(repeats, "MOST_WRONG", 2)
    monkeypatch.setattr(repeats, "MOST_TOLD", 2)
    for way in (*RIGHT["predict"], *WRONG["predict"]):
        graded(program(predict=way), lanes[0], sandbox)
    graded(program(), lanes[1], sandbox)
    assert len(lanes[1].repeats._told) <= 2
    assert len(lanes[1].repeats._wrong) <= 2


def test_a_second_run_that_was_passed_is_taken_over(prepared, sandbox):
    source = program(sigmoid=WRONG["sigmoid"][0])
    first, _ = graded(source, prepared, sandbox)
    assert any(question.follow_through for question in first.questions)
    second = Counting(sandbox)
    submission = Submission(student="sample", assignment=SLUG, path="a.py", read=source.encode)
    again = replace(grade(submission, {SLUG: prepared}, second), seconds=0.0)
    apart, _ = graded(source, replace(prepared, repeats=None), sandbox)
    assert repr(again) == repr(first) == repr(apart)
    assert not second.replaced


@pytest.mark.parametrize(("line", "runs"), [("", 4), ("    np.seterr(all='ignore')\n", 5)])
def test_a_second_run_in_which_nothing_can_be_left_behind_is_not_made_again(made, sandbox, line, runs):
    """What is built on the wrong sigmoid is run once, and its wrong propagate twice where the program is not plain."""
    propagate = WRONG["propagate"][0].replace("):\n", f"):\n{line}", 1)
    source = program(sigmoid=WRONG["sigmoid"][0], propagate=propagate)
    counting = Counting(sandbox)
    submission = Submission(student="sample", assignment=SLUG, path="a.py", read=source.encode)
    grade(submission, {SLUG: replace(made, repeats=Repeats())}, counting)
    assert counting.replaced == runs


@pytest.mark.parametrize(
    "other",
    [
        RIGHT["predict"][0].replace("):\n", "):\n    np.exp = np.exp2\n", 1),
        RIGHT["predict"][0].replace("):\n", "):\n    np.seterr(all='ignore')\n", 1),
        "seen = []\n" + RIGHT["predict"][0].replace("):\n", "):\n    seen.append(1)\n", 1),
    ],
)
def test_a_program_that_is_not_plain_takes_over_nothing_and_hands_on_nothing(prepared, sandbox, other):
    graded(program(predict=other), prepared, sandbox)
    _, called = graded(program(), prepared, sandbox)
    assert called == set(RIGHT)
    _, called = graded(program(predict=other), prepared, sandbox)
    assert called == set(RIGHT)


HOW_A_NAME_IS_MISSING = {
    "a variable around": "    def inner():\n        return later\n    inner()\n    later = 1\n",
    "an import that fails": "    return float_\n",
    "builtins of its own": "    __builtins__\n",
}


@pytest.mark.parametrize("lines", HOW_A_NAME_IS_MISSING.values(), ids=HOW_A_NAME_IS_MISSING.keys())
def test_what_comes_upon_honest_code_by_a_missing_name_does_not_hang_on_who_came_before(prepared, sandbox, lines):
    predict = RIGHT["predict"][0].replace("):\n", f"):\n{lines}", 1)
    imports = "".join(
        line
        for name, line in (("float_", "from numpy import float_\n"), ("__builtins__", "import numpy as __builtins__\n"))
        if name in lines
    )
    other = imports + program(predict=predict) + "\nlater = 2\nnp.exp = np.log\n"
    apart = [graded(source, replace(prepared, repeats=None), sandbox)[0] for source in (program(), other)]
    forth = [graded(source, prepared, sandbox)[0] for source in (program(), other)]
    again = replace(prepared, repeats=Repeats())
    back = [graded(source, again, sandbox)[0] for source in (other, program())][::-1]
    assert repr(forth) == repr(apart)
    assert repr(back) == repr(apart)


def test_code_that_catches_old_scalars_is_judged_as_it_is_run(prepared, sandbox):
    meets = "    float(np.ones(1))\n"
    catches = "    try:\n        float(np.ones(1))\n    except TypeError:\n        pass\n    else:\n        z = z * 0\n"
    sigmoid = "def sigmoid(z):\n" + catches + "    return 1 / (1 + np.exp(-z))\n"
    one = program(sigmoid=sigmoid)
    predict = RIGHT["predict"][0].replace("):\n", f"):\n{meets}", 1)
    start = RIGHT["initialize_with_zeros"][0].replace("):\n", f"):\n{meets}", 1)
    other = program(sigmoid=sigmoid, predict=predict, initialize_with_zeros=start)
    apart, _ = graded(other, replace(prepared, repeats=None), sandbox)
    graded(one, prepared, sandbox)
    assert repr(graded(other, prepared, sandbox)[0]) == repr(apart)


OLD_NAME = {
    "put back where it is mentioned": (
        "    try:\n        [np][0].float_\n    except Exception:\n        pass\n    else:\n        return None\n",
        "    np.float_(1)\n",
    ),
    "put back as it is imported": ("    [np][0].\uff46loat_\n", "    from numpy \\\n        import \uff46loat_\n"),
    "what old scalars change": (
        "    if len('%s' % np.ones(1)) != 4:\n        return None\n",
        "    float(np.ones(1))\n",
    ),
}


@pytest.mark.parametrize(("lines", "elsewhere"), OLD_NAME.values(), ids=OLD_NAME.keys())
@pytest.mark.parametrize("back", [False, True])
def test_what_hangs_on_old_numpy_elsewhere_in_a_program_is_called(prepared, sandbox, lines, elsewhere, back):
    def written(name, more):
        way = next(way for way in RIGHT[name] if "float(" not in way)
        return way.replace("):\n", f"):\n{more}", 1)

    start = written("initialize_with_zeros", lines)
    calm = {"propagate": RIGHT["propagate"][1], "optimize": RIGHT["optimize"][1]}  # these meet no old scalars
    sources = [
        program(**calm, initialize_with_zeros=start, sigmoid=written("sigmoid", more)) for more in ("", elsewhere)
    ]
    for source in sources[::-1] if back else sources:
        apart, _ = graded(source, replace(prepared, repeats=None), sandbox)
        assert repr(graded(source, prepared, sandbox)[0]) == repr(apart)


def test_what_would_have_had_no_time_left_is_not_taken_over(made, sandbox):
    limits = Limits(call=0.1, question=0.2, submission=0.9)
    questions = tuple(replace(question, limits=limits) for question in made.key.questions)
    short = prepare(replace(made.key, questions=questions))
    endless = "def sigmoid(z):\n    while True:\n        pass\n"
    quick = {name: f"def {name}(*args):\n    return 1\n" for name in RIGHT}
    graded(program(**quick), short, sandbox)
    source = program(**quick | {"sigmoid": endless})
    for name in ("propagate", "optimize", "predict", "model"):
        source = source.replace(f"def {name}(*args):\n", f"def {name}(*args):\n    sigmoid(1)\n")
    _, called = graded(source, short, sandbox)
    assert called == set(RIGHT)


def test_a_fault_of_ours_is_not_remembered(made):
    repeats, question = Repeats(), made.questions["sigmoid"]
    check = CheckResult(
        name="a", visibility=Visibility.PUBLIC, verdict=Verdict.INTERNAL_ERROR, score=None, points=Decimal(1)
    )
    repeats.put(
        b"ours", question, QuestionResult(name="sigmoid", score=None, points=Decimal(1), checks=(check,)), [], 0.0
    )
    assert repeats.get_wrong(b"ours", on_faulty=False) is None


def a_class() -> list[str]:
    """Return programs of few ways to write each function, so that many rest on the same code."""
    few = {name: [*ways[:2], WRONG[name][0]] for name, ways in RIGHT.items()}
    sources = []
    for number in range(14):
        chosen = {
            name: ways[(number * (place + 3) + number // 5) % 3] for place, (name, ways) in enumerate(few.items())
        }
        sources.append(program(**chosen))
    return [program(), *sources]


def test_results_are_the_same_whoever_came_before_and_whether_anything_is_taken_over(prepared, sandbox):
    sources = a_class()
    apart = [graded(source, replace(prepared, repeats=None), sandbox)[0] for source in sources]
    called = 0
    forth = []
    for source in sources:
        result, names = graded(source, prepared, sandbox)
        forth.append(result)
        called += len(names)
    back = [
        graded(source, replace(prepared, repeats=backwards), sandbox)[0]
        for backwards in [Repeats()]
        for source in sources[::-1]
    ]
    assert [repr(each) for each in forth] == [repr(each) for each in apart]
    assert [repr(each) for each in back[::-1]] == [repr(each) for each in apart]
    assert called < 0.8 * len(sources) * len(RIGHT), "nothing was taken over: nothing was compared"
    assert sum(each.score < each.points for each in apart) > len(sources) / 3


def test_results_are_the_same_where_part_of_them_was_kept(prepared, sandbox):
    truths = "def initialize_with_zeros(dim):\n    return np.zeros((dim, 1)) > 0, 0\n"
    loud = RIGHT["predict"][0].replace("):\n", "):\n    np.log(X * 0)\n", 1)
    for source in (program(initialize_with_zeros=truths, predict=loud), program(propagate=WRONG["propagate"][0])):
        whole, _ = graded(source, replace(prepared, repeats=None), sandbox)
        for again in RIGHT:
            others = {question.name: question for question in whole.questions if question.name != again}
            submission = Submission(student="sample", assignment=SLUG, path="a.py", read=source.encode)
            counting = Counting(sandbox)
            result = grade(submission, {SLUG: prepared}, counting, kept=Kept(questions=others, notes=whole.notes))
            assert repr(replace(result, seconds=0.0)) == repr(whole)
            assert counting.called <= {again}


def report(**codes: CodeOf) -> LoadReport:
    return LoadReport(found={name: Found(status="found", defined_as=name) for name in codes}, codes=codes)


def test_a_question_is_told_by_all_that_it_rests_on_and_by_how_stand_ins_are_called(made):
    question = made.questions["propagate"]
    plain = {"propagate": CodeOf(digest="a", uses=("sigmoid",)), "sigmoid": CodeOf(digest="b", signature="z")}
    key = key_of(question, report(**plain))
    assert key is not None
    assert key == key_of(question, report(**plain, predict=CodeOf(digest="c")))
    other = {**plain, "sigmoid": CodeOf(digest="c", signature="z")}
    assert key != key_of(question, report(**other))
    assert key != key_of(question, report(**plain), {"sigmoid"})
    assert key_of(question, report(**plain), {"sigmoid"}) == key_of(question, report(**other), {"sigmoid"})
    called = {**plain, "sigmoid": CodeOf(digest="b", signature="x")}
    assert key_of(question, report(**plain), {"sigmoid"}) != key_of(question, report(**called), {"sigmoid"})


def test_a_question_is_not_told_where_that_can_not_be(made):
    question = made.questions["propagate"]
    chancy = {"propagate": CodeOf(digest="a", uses=("sigmoid",)), "sigmoid": CodeOf(digest=None)}
    assert key_of(question, replace(report(propagate=CodeOf(digest="a")), codes={})) is None
    assert key_of(question, report(**chancy)) is None
    assert key_of(question, report(**chancy), {"sigmoid"}) is not None, "what is replaced does not matter"
    scenario = replace(question.cases[0], scenario=lambda student, _: student())
    assert key_of(replace(question, cases=(scenario,)), report(propagate=CodeOf(digest="a"))) is None


@pytest.mark.parametrize(("status", "name"), [("found", "forward_and_backward"), ("blank", "propagate")])
def test_a_definition_under_another_name_and_a_stub_are_not_told(made, status, name):
    found = {"propagate": Found(status=status, defined_as=name)}
    codes = {"propagate": CodeOf(digest="a"), name: CodeOf(digest="a")}
    assert key_of(made.questions["propagate"], LoadReport(found=found, codes=codes)) is None


def test_a_stand_in_for_a_function_of_another_name_is_not_told(made):
    found = {
        "propagate": Found(status="found", defined_as="propagate"),
        "sigmoid": Found(status="found", defined_as="sig"),
    }
    codes = {"propagate": CodeOf(digest="a", uses=("sig",)), "sig": CodeOf(digest="b")}
    assert key_of(made.questions["propagate"], LoadReport(found=found, codes=codes), {"sigmoid"}) is None
