"""Loading an assignment: what runs, what is left alone, and every fault told at once."""

import sys

import pytest

from grader.courses import answer_key, load_assignment
from grader.errors import CourseError


def faults_of(folder):
    """Return what is wrong with an assignment, as text."""
    with pytest.raises(CourseError) as caught:
        answer_key(load_assignment(folder), b"secret")
    return caught.value.faults


def test_a_sound_assignment_loads_without_a_word(author, capfd):
    loud = [("import numpy as np", "import numpy as np\nprint('hello')\nnp.log(0)")]
    loaded = load_assignment(author(reference=loud, checks=loud))
    assert loaded.slug == "sound"
    assert loaded.warnings == ()
    assert capfd.readouterr() == ("", "")


def test_demo_cells_are_left_out_and_line_numbers_stay(author):
    loaded = load_assignment(author())
    assert "shown_in_demo" not in loaded.reference.namespace
    assert "a demo" not in loaded.reference.loaded_source
    line = loaded.reference.namespace["fit"].__code__.co_firstlineno
    assert loaded.reference.source.splitlines()[line - 1].startswith("def fit")
    assert len(loaded.reference.loaded_source.splitlines()) == len(loaded.reference.source.splitlines())


def test_an_authors_folder_and_the_names_of_modules_stay_as_they_were(author):
    folder = author(checks=[("from . import reference", "from . import more, reference\nassert more.here")])
    (folder / "more.py").write_text("here = True\n", encoding="utf-8")
    before = set(sys.modules)
    load_assignment(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["checks.py", "more.py", "reference.py"]
    assert all(name.startswith("_grader_course_") for name in set(sys.modules) - before if "numpy" not in name)
    assert "reference" not in sys.modules
    assert "checks" not in sys.modules


def test_a_changed_file_is_read_anew(author):
    first = load_assignment(author())
    second = load_assignment(author(reference=[("name = 2", "name = 4")]))
    assert first.reference.namespace["halve"](8) == 4
    assert second.reference.namespace["halve"](8) == 2


def test_stubs_are_what_students_get(author):
    stubs = load_assignment(author()).reference.stubs
    assert stubs["halve"] == (
        'def halve(x):\n    """Halve an array, shape (n, m)."""\n    # YOUR CODE HERE\n    raise NotImplementedError'
    )
    assert stubs["q1"] == "q1 = None  # YOUR ANSWER HERE"


CHECKS = {
    "no points": (
        [('("tables", table, examples=((np.zeros((1, 1)),),), points=10)', '("tables", table)')],
        ["question halve: check 'tables': no points are given: write points="],
    ),
    "a name that the reference lacks": (
        [("reference.halve,", "reference.halv,")],
        ["checks.py: line 43: the reference has no 'halv': define it in reference.py"],
    ),
    "a part that the result lacks": (
        [
            (
                'part="cost", points=10),\n                Check("the gradient"',
                'part="costs", points=10),\n Check("the gradient"',
            )
        ],
        ["question fit: check 'the cost': the reference's own result", "no part ('costs',)", "the keys 'cost', 'dw'"],
    ),
    "two checks of one name": (
        [('"the gradient"', '"the cost"')],
        ["question fit: there are 2 checks named 'the cost'"],
    ),
    "an edit whose text is not there": (
        [('(("** 2", "** 1"),)', '(("** 3", "** 1"),)')],
        ["misconception 'not_squared': the old text '** 3' occurs 0 times"],
    ),
    "an edit whose text is there twice": (
        [('(("** 2", "** 1"),)', '(("half", "h"),)')],
        ["misconception 'not_squared': the old text 'half' occurs"],
    ),
    "a misconception that equals the reference": (
        [("return x * 2", "return x * 0.5")],
        ["misconception 'doubled': it equals the reference in every case"],
    ),
    "a misconception that is hardly off": (
        [("return x * 2", "return x * 0.500002")],
        ["misconception 'doubled': it differs from the reference by at most 8 times the tolerance, less than 100"],
    ),
    "a misconception that only raises": (
        [("return x * 2", "raise ValueError(x.shape)")],
        ["misconception 'doubled': it raises ValueError in every case", "no evidence"],
    ),
    "a misconception told apart once": (
        [("return x * 2", "return x / 2 + (x[0, 0] == 4)")],
        ["misconception 'doubled': only 1 case tells it from the reference"],
    ),
    "a misconception in another part for every case": (
        [('"dw": half', '"dw": 2 * half * (1 if w.size == 0 else 1)')],
        ["misconception 'half_the_gradient': it equals the reference"],
    ),
    "no public check": (
        [('visibility="public"', 'visibility="hidden"')],
        ["question halve: there is no public check"],
    ),
    "a public check without examples": (
        [("examples=((np.array([[1.0, 2.0]]),), (np.array([[4], [8]]),)),", "inputs=table,")],
        ["check 'worked examples': a public check has examples only", "a public check has no examples"],
    ),
    "a public scenario": (
        [("scenario=twice, cases=2", 'scenario=twice, visibility="public"')],
        ["check 'twice': a scenario can't travel as data"],
    ),
    "a slope alone": (
        [
            ('"worked example",\n', '"worked example", kind=Slope(cost=("cost",), gradient=("dw",)),\n'),
            ('"the cost", point, part="cost", points=10', '"the cost", point, kind=Unchanged(), points=10'),
            ('"the gradient", point, part=("dw",), points=10', '"the gradient", point, kind=Unchanged(), points=10'),
            ('scenario=through_the_other, cases=1, part="cost"', "inputs=point, kind=Unchanged()"),
        ],
        ["question fit: a slope must not be the only check"],
    ),
    "inputs that raise": (
        [("n, m = rng.choice(np.arange(2, 7), size=2, replace=False)", "n, m = rng.nothing()")],
        ["check 'tables': its inputs table: line 9: raises AttributeError"],
    ),
    "inputs that leave the program": (
        [("n, m = rng.choice(np.arange(2, 7), size=2, replace=False)", "raise SystemExit")],
        ["check 'tables': its inputs table: line 9: raises SystemExit"],
    ),
    "inputs that don't come from rng": (
        [("return (rng.normal(size=(n, m)),)", "return (np.random.normal(size=(n, m)),)")],
        ["check 'tables': its inputs table return other arguments when they are called again with the same rng"],
    ),
    "a scenario that leaves the program": (
        [("return student(student(rng.normal(size=(2, 2))))", "raise SystemExit('done')")],
        ["run 1 of twice, and 1 more: the reference raises SystemExit: done"],
    ),
    "a reference that draws as it likes": (
        [("return student(student(rng.normal(size=(2, 2))))", "return student(np.random.normal(size=(2, 2)))")],
        ["check 'twice': run 1 of twice: what the reference returns is something else when it is called again"],
    ),
    "inputs that make no tuple": (
        [("return (rng.normal(size=(n, m)),)", "return rng.normal(size=(n, m))")],
        ["check 'tables': its inputs table return a ndarray: return a tuple"],
    ),
    "inputs that don't fit": (
        [("return (rng.normal(size=(n, m)),)", "return n, m")],
        ["check 'tables': what its inputs table return does not fit the reference's parameters: too many"],
    ),
    "inputs that can't travel": (
        [("return (rng.normal(size=(n, m)),)", "return ({n},)")],
        ["check 'tables': its inputs table: set (at [0]) can't be used"],
    ),
    "an example that is no tuple": (
        [("examples=((np.zeros((1, 1)),),)", "examples=(np.zeros((1, 1)),)")],
        ["check 'tables': example 1 is no tuple of arguments"],
    ),
    "an unknown name in uses": (
        [('uses=("halve",)', 'uses=("halv",)')],
        ["question fit: uses: 'halv' is no question of this assignment. Did you mean 'halve'?"],
    ),
    "uses in a circle": (
        [('title="Half",', 'title="Half", uses=("fit",),')],
        ["question halve: uses: goes round in a circle: halve → fit → halve"],
    ),
    "no hint": (
        [('hint="Look at the direction."', 'hint=" "')],
        ["misconception 'doubled': there is no hint"],
    ),
    "a word that is no visibility": (
        [('visibility="public"', 'visibility="secret"')],
        ["check 'worked examples': visibility is \"public\" or \"hidden\", not 'secret'"],
    ),
    "points that are no marks": (
        [("points=5, compare", "points=0.005, compare")],
        ["check 'shapes of tables': points=0.005: points are 0 or more, in steps of 0.01"],
    ),
    "a form that is worth something": (
        [("kind=Form(),", "kind=Form(), points=1,")],
        ["question q1: check 'the form': a check of the form is worth nothing"],
    ),
    "a public answer": (
        [('Check("the answer", points=5)', 'Check("the answer", points=5, visibility="public")')],
        ["question q1: check 'the answer': a public check of an answer would give the answer away"],
    ),
    "a size of no parameter": (
        [('{"n": ("x", 0)}', '{"n": ("X", 0)}')],
        ["question halve: dims: 'n' is a size of 'X', which is no parameter. Did you mean 'x'?"],
    ),
    "a slug that is not the folder's": (
        [('"sound",', '"noise",')],
        ["the slug 'noise' must be the folder's name 'sound'"],
    ),
    "an alias that is taken": (
        [('aliases=("halved",)', 'aliases=("fit",)')],
        ["question halve: the alias 'fit' is the name of a question already"],
    ),
    "two questions of one name": (
        [('Question("q2"', 'Question("q1"')],
        ["question q1: there are 2 questions of this name"],
    ),
    "an answer that the reference lacks": (
        [('Question("q2"', 'Question("q3"')],
        ["question q3: the reference has no answer of this name"],
    ),
    "a loop measured at one size": (
        [("long_table, kind=NoLoop(sizes=(20, 80))", "examples=((np.ones((2, 2)),),), kind=NoLoop()")],
        ["check 'without a loop': a check for loops is measured at two sizes"],
    ),
    "a gradient of another size": (
        [('gradient=("dw",))', 'gradient=("dw",), argument=1)')],
        ["check 'the slope': case 1 of point: the gradient has 2 entries, but argument 1 has 6"],
    ),
    "a scenario that raises": (
        [("student.halve(X)", "student.halved(X)")],
        ["run 1 of through_the_other: the reference raises AttributeError", "no 'halved'"],
    ),
    "no assignment": (
        [("assignment = Assignment(", "exercise = Assignment(")],
        ["checks.py: no assignment is defined: write `assignment = Assignment('sound'"],
    ),
    "a single check without its comma": (
        [
            (
                'checks=(Check("the form", kind=Form(), visibility="public"), Check("the answer", points=5)),',
                'checks=(Check("x")),',
            )
        ],
        ["question q1: checks is no tuple: a single one needs a comma as well: checks=(Check(…),)"],
    ),
    "a single misconception without its comma": (
        [('hint="Align from the right."),)', 'hint="Align from the right."))')],
        ["question q1: misconceptions is no tuple", "misconceptions=(Misconception(…),)"],
    ),
    "questions that are none": (
        [("questions=(", "questions=(reference.halve, ")],
        ["checks.py: questions: <function halve", "is no Question(…)"],
    ),
    "uses without its comma": (
        [('uses=("halve",)', 'uses=("halve")')],
        ["question fit: uses is no tuple: a single one needs a comma as well: uses=('halve',)"],
    ),
    "a function in quotes": (
        [("reference.fit,", '"fit",')],
        ["question fit: it is a function in reference.py, not an answer: write reference.fit, without quotes"],
    ),
    "a function that is called": (
        [("reference.halve,", "reference.halve(np.ones(2)),")],
        ["question 1: array([0.5, 0.5]) is neither a function of the reference", "without calling it"],
    ),
    "examples that are an array": (
        [("examples=((np.array([[1.0, 2.0]]),), (np.array([[4], [8]]),)),", "examples=np.ones((2, 2)),")],
        ["check 'worked examples': examples is a tuple of tuples of arguments"],
    ),
    "a name that is a number": ([('Check("the cost"', "Check(3")], ["question fit: check 3: its name 3 is no text"]),
    "a shape that is a tuple": ([('shape="(n, m)"', "shape=(1, 2)")], ["shape=(1, 2) is no text: write shape="]),
    "a part that is none": ([('part="cost", points', "part=1.5, points")], ["part=1.5 is no position or key"]),
    "one size for a loop": ([("sizes=(20, 80)", "sizes=80")], ["check 'without a loop': sizes=80: write two sizes"]),
    "an argument's name for its position": (
        [('gradient=("dw",))', 'gradient=("dw",), argument="w")')],
        ["check 'the slope': argument='w' is no position"],
    ),
    "a position that is no tuple": (
        [("kind=Unchanged()", "kind=Unchanged(arguments=0)")],
        ["check 'arguments unchanged': arguments=0 are no positions: write arguments=(0,)"],
    ),
    "a size without its axis": ([('{"n": ("x", 0)}', '{"n": "x"}')], ["question halve: dims names", '{"n": ("X", 0)}']),
    "limits that are a number": (
        [('title="Half",', 'title="Half", limits=3,')],
        ["question halve: limits=3 is no Limits(…)"],
    ),
    "a mutant that is spared by number": (
        [('title="Half",', 'title="Half", spared=(7,),')],
        ["question halve: spared: 7 is no Equivalent(…)"],
    ),
    "a hint that is none": ([('hint="Look at the direction."', "hint=None")], ["misconception 'doubled': hint=None"]),
    "checks that don't parse": ([("def twice(", "def twice(:")], ["checks.py: line 21: does not parse"]),
    "checks that raise": ([("def twice(", "1 / 0\ndef twice(")], ["checks.py: line 21: raises ZeroDivisionError"]),
}

REFERENCE = {
    "a solution without an end": (
        [("    ### END SOLUTION", "")],
        ["line 38: `### BEGIN SOLUTION` inside the region"],
    ),
    "a marker that is misspelt": ([("### BEGIN SOLUTION", "## BEGIN SOLUTION")], ["a solution marker stands alone"]),
    "a function without a region": (
        [("    ### BEGIN SOLUTION\n    a_telling", "    a_telling"), ("    ### END SOLUTION", "")],
        ["question halve: students would be given its solution"],
    ),
    "an answer without a region": (
        [('q2 = "error"\n### END SOLUTION', '### END SOLUTION\nq2 = "error"')],
        ["question q2: its answer is in no solution region"],
    ),
    "a result that can't be compared": (
        [("return x / a_telling_name", "return {1, 2}")],
        ["example 1: the reference returns what can't be compared (set)"],
    ),
    "a reference that raises": (
        [("return x / a_telling_name", "raise KeyError(3)")],
        ["question halve: example 1, and ", " more: the reference raises KeyError: 3: mend"],
    ),
    "a reference that draws as it likes": (
        [("return x / a_telling_name", "return x / a_telling_name + np.random.rand()")],
        ["question halve: check 'worked examples': example 1: what the reference returns is something else"],
    ),
    "a reference that changes its arguments": (
        [("a_telling_name = 2", "x *= 0.5\n    a_telling_name = 1"), ("halve(X)", "X / 2")],
        ["check 'arguments unchanged': the reference itself changes its arguments"],
    ),
    "a language that isn't there": (
        [('lang="zh-CN"', 'lang="zh"')],
        ["there is no language 'zh': write one of en, zh-CN"],
    ),
    "a reference that doesn't parse": ([("def fit(w, X):", "def fit(w, X:")], ["does not parse"]),
    "a reference that raises on its way": (
        [("import numpy as np", "import numpy as np\nnowhere")],
        ["raises NameError: name 'nowhere' is not defined"],
    ),
    "a reference that leaves": ([("import numpy as np", "import sys\nsys.exit(3)")], ["raises SystemExit: 3"]),
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_fault_in_the_checks_is_told_with_its_place_and_its_mending(name, author):
    edits, expected = CHECKS[name]
    told = "\n".join(faults_of(author(checks=edits)))
    for piece in expected:
        assert piece in told


@pytest.mark.parametrize("name", REFERENCE)
def test_a_fault_in_the_reference_is_told_with_its_place_and_its_mending(name, author):
    edits, expected = REFERENCE[name]
    told = "\n".join(faults_of(author(reference=edits)))
    for piece in expected:
        assert piece in told


def test_all_faults_are_told_at_once_those_that_only_show_when_called_among_them(author):
    edits = [
        ('Check("tables", table, examples=((np.zeros((1, 1)),),), points=10)', 'Check("tables", table)'),
        ('hint="Something should happen."', 'hint=""'),
        ('part=("dw",), points=10', 'part=("dv",), points=10'),
    ]
    folder = author(checks=edits)
    told = faults_of(folder)
    assert len(told) == 3
    assert all(fault.startswith(f"{folder / 'checks.py'}: question ") for fault in told)


def test_points_that_do_not_add_up_to_100_are_a_warning(author):
    loaded = load_assignment(author(checks=[("points=5),", "points=6),")]))
    assert [warning.partition(": ")[2] for warning in loaded.warnings] == ["the points add up to 101, not to 100"]


def test_a_single_public_example_is_a_warning_as_it_names_no_misconception(author):
    loaded = load_assignment(author(checks=[("(np.array([[4], [8]]),)", "")]))
    assert "can't name a misconception: give it 2" in loaded.warnings[0]


BESIDE = [("from . import reference", "from . import more, reference")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1 / 0\n", "checks.py: more.py, line 1: raises ZeroDivisionError"),
        ("from . import reference\n\nreference.nothing\n", "more.py: line 3: the reference has no 'nothing'"),
        ("def f(:\n", "checks.py: line 5: raises SyntaxError"),
    ],
)
def test_a_fault_in_a_file_beside_the_checks_is_told_with_that_files_line(text, fault, author):
    folder = author(checks=BESIDE)
    (folder / "more.py").write_text(text, encoding="utf-8")
    assert fault in "\n".join(faults_of(folder))


@pytest.mark.parametrize("missing", ["reference.py", "checks.py"])
def test_a_missing_file_is_told(missing, author):
    folder = author()
    (folder / missing).unlink()
    assert faults_of(folder) == (f"{folder / missing}: there is no such file: `grader new assignment NAME` writes one",)
