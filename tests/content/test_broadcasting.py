"""The content of `broadcasting`: right programs earn everything, wrong ones don't, and each wrong idea is recognised."""

import re
import subprocess
import sys
from decimal import Decimal

import pytest
from judged import (
    SOLUTIONS,
    failed,
    grade,
    grade_variant,
    key,
    loaded,
    misconceptions,
    named,
    public_only,
    question,
    questions,
)

from grader.courses import untranslated
from grader.model import Visibility

SLUG = "broadcasting"

STYLES = {
    "column_sums": (
        "return np.sum(A, axis=0)",
        "return A.sum(0)",
        "return np.ones(A.shape[0]) @ A",
        "return np.dot(np.ones((1, A.shape[0])), A).reshape(-1)",
        "return np.einsum('ij->j', A)",
        "return sum(A)",
        "return np.add.reduce(A)",
        "return A.mean(axis=0) * A.shape[0]",
        "return A.T.sum(axis=1)",
        "return A.sum(axis=-2)",
        "s = np.zeros(A.shape[1])\n for row in A:\n  s += row\n return s",
        "s = np.zeros(A.shape[1])\n for j in range(A.shape[1]):\n  for i in range(A.shape[0]):\n   s[j] += A[i, j]\n return s",
        "return np.array([A[:, j].sum() for j in range(A.shape[1])])",
        "return A.astype(np.float64).sum(axis=0)",
    ),
    "column_percentages": (
        "return 100 * A / A.sum(axis=0)",
        "return A / A.sum(axis=0, keepdims=True) * 100",
        "return 100 * A / A.sum(axis=0).reshape(1, -1)",
        "return 100.0 * (A / column_sums(A))",
        "return 100 * A / column_sums(A)[np.newaxis, :]",
        "return (100 * A.T / A.sum(axis=0).reshape(-1, 1)).T",
        "return np.divide(A, np.sum(A, 0)) * 100",
        "return 100 * A @ np.diag(1 / A.sum(axis=0))",
        "return A * (100 / A.sum(axis=0))",
        "P = np.zeros(A.shape)\n for j in range(A.shape[1]):\n  P[:, j] = 100 * A[:, j] / np.sum(A[:, j])\n return P",
        "return np.einsum('ij,j->ij', A, 100 / A.sum(0))",
        "return np.apply_along_axis(lambda c: 100 * c / c.sum(), 0, A.astype(float))",
        "s = [sum(A[:, j]) for j in range(A.shape[1])]\n"
        " return np.array([[100 * A[i, j] / s[j] for j in range(A.shape[1])] for i in range(A.shape[0])])",
    ),
    "as_column": (
        "return a.reshape(len(a), 1)",
        "return a.reshape((a.shape[0], 1))",
        "return a[:, np.newaxis]",
        "return a[:, None]",
        "return np.expand_dims(a, axis=1)",
        "return np.reshape(a, (-1, 1))",
        "return np.array([a]).T",
        "return np.atleast_2d(a).T",
        "return np.vstack(a)",
        "return np.c_[a]",
        "return a.reshape(1, -1).T",
        "return np.array([[x] for x in a])",
        "c = np.zeros((a.size, 1))\n for i in range(a.size):\n  c[i, 0] = a[i]\n return c",
    ),
    "broadcast_shape": (
        "try:\n  return np.broadcast_shapes(shape_a, shape_b)\n except ValueError:\n  return None",
        "try:\n  return (np.ones(shape_a) + np.ones(shape_b)).shape\n except Exception:\n  return None",
        "try:\n  return list(np.broadcast_shapes(shape_a, shape_b))\n except ValueError:\n  return None",
        "try:\n  return np.broadcast(np.empty(shape_a), np.empty(shape_b)).shape\n except ValueError:\n  pass",
        "a, b = list(shape_a), list(shape_b)\n while len(a) < len(b):\n  a.insert(0, 1)\n while len(b) < len(a):\n"
        "  b.insert(0, 1)\n out = []\n for x, y in zip(a, b):\n  if x == y or y == 1:\n   out.append(x)\n  elif x == 1:\n"
        "   out.append(y)\n  else:\n   return None\n return tuple(out)",
        "out = ()\n for i in range(1, max(len(shape_a), len(shape_b)) + 1):\n"
        "  x = shape_a[-i] if i <= len(shape_a) else 1\n  y = shape_b[-i] if i <= len(shape_b) else 1\n"
        "  if x != y and x != 1 and y != 1:\n   return None\n  out = (max(x, y),) + out\n return out",
        "from itertools import zip_longest\n out = []\n"
        " for x, y in zip_longest(reversed(shape_a), reversed(shape_b), fillvalue=1):\n"
        "  if 1 in (x, y) or x == y:\n   out.append(x * y if 1 in (x, y) else x)\n  else:\n   return None\n return out[::-1]",
        "if len(shape_a) < len(shape_b):\n  return broadcast_shape(shape_b, shape_a)\n if len(shape_b) == 0:\n"
        "  return shape_a\n x, y = shape_a[-1], shape_b[-1]\n rest = broadcast_shape(shape_a[:-1], shape_b[:-1])\n"
        " if rest is None or (x != y and min(x, y) != 1):\n  return None\n return tuple(rest) + (max(x, y),)",
        "n = max(len(shape_a), len(shape_b))\n a = np.array([1] * (n - len(shape_a)) + list(shape_a), dtype=int)\n"
        " b = np.array([1] * (n - len(shape_b)) + list(shape_b), dtype=int)\n"
        " if np.all((a == b) | (a == 1) | (b == 1)):\n  return tuple(np.maximum(a, b))\n return None",
        "a = (1,) * (len(shape_b) - len(shape_a)) + shape_a\n b = (1,) * (len(shape_a) - len(shape_b)) + shape_b\n"
        " if any(x != y and 1 not in (x, y) for x, y in zip(a, b)):\n  return None\n"
        " return tuple(max(pair) for pair in zip(a, b))",
    ),
}
PARAMETERS = {
    "column_sums": "A",
    "column_percentages": "A",
    "as_column": "a",
    "broadcast_shape": "shape_a, shape_b",
}
ANSWERS = {
    "q1": ('"error"', '"Error!"', "'ValueError'", "'an error'", "'报错'"),
    "q2": ("(3, 3)", "[3, 3]", '"(3, 3)"', '"3 x 3"', "np.array([3, 3])", "(np.ones((3, 3)) * np.ones((3, 1))).shape"),
    "q3": ("(2, 3)", "[2, 3]", '"(2,3)"', "broadcast_shape((2, 3), (2, 1))"),
    "q4": ("(4, 5)", "[4, 5]", '"4,5"', "np.broadcast_shapes((4, 1), (1, 5))"),
    "q5": ("(12288, 45)", "[12288, 45]", '"(12288, 45)"'),
    "q6": ("(5, 5)", "[5, 5]", '"(5, 5)"'),
    "q7": ("()", "[]", '"()"', '"scalar"', "np.dot(np.ones(5), np.ones(5)).shape"),
    "q8": ("(3, 4)", "[3, 4]", '"(3, 4)"'),
}
WRONG = {
    "column_sums": (
        "return None",
        "return A",
        "return np.sort(A.sum(axis=0))",
        "return A.sum(axis=0)[::-1]",
        "return A[0]",
    ),
    "column_percentages": ("return A", "return np.round(100 * A / A.sum(axis=0))", "return 100 * A / A.sum(axis=0)[0]"),
    "as_column": (
        "return a.reshape(5, 1)",
        "return np.zeros((a.size, 1))",
        "return np.sort(a).reshape(-1, 1)",
        "return a",
    ),
    "broadcast_shape": (
        "return None",
        "return shape_a",
        "return ()",
        "try:\n  return (np.ones(shape_a) * np.ones(shape_b)).ndim\n except ValueError:\n  return None",
        "try:\n  return np.broadcast_shapes(shape_a, shape_b)\n except ValueError:\n  return 'error'",
        "return np.broadcast_shapes(shape_a, shape_b)",
        "try:\n  return (np.ones(shape_a) @ np.ones(shape_b)).shape\n except ValueError:\n  return None",
    ),
}


def function(name, body):
    return f"def {name}({PARAMETERS[name]}):\n {body}\n"


def test_the_assignment_is_worth_a_hundred_points_and_every_question_has_a_public_check():
    assert key(SLUG).points == 100
    assert loaded(SLUG).warnings == ()
    for each in key(SLUG).questions:
        assert any(check.visibility == Visibility.PUBLIC for check in each.checks)


def test_answers_alone_are_worth_a_quarter_at_most():
    answers = sum(each.points for each in key(SLUG).questions if each.kind == "answer")
    assert answers <= 25
    assert question(SLUG, "broadcast_shape").points > answers


def test_no_answer_has_a_public_check_that_tells_or_pays():
    for name in questions(SLUG, "answer"):
        for check in question(SLUG, name).checks:
            assert check.visibility == Visibility.HIDDEN or check.points == 0


@pytest.mark.parametrize("secret", [b"one", b"two", b"three"])
def test_the_reference_earns_everything_under_any_secret(secret):
    for each in key(SLUG, secret).questions:
        assert failed(grade(SLUG, each.name, "", secret)) == []


@pytest.mark.parametrize(("name", "body"), [(name, body) for name, bodies in STYLES.items() for body in bodies])
def test_every_correct_style_earns_everything(name, body):
    assert failed(grade(SLUG, name, function(name, body))) == []


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in ANSWERS.items() for text in texts])
def test_every_spelling_of_a_right_answer_is_read(name, text):
    assert failed(grade(SLUG, name, f"{name} = {text}")) == []


@pytest.mark.parametrize(("name", "body"), [(name, body) for name, bodies in WRONG.items() for body in bodies])
def test_wrong_programs_lose_the_hidden_points_that_show_it(name, body):
    result = grade(SLUG, name, function(name, body))
    assert result.score <= result.points / 2


def test_one_guess_for_all_answers_earns_little():
    for guess in ('"error"', "(3, 3)", "()"):
        total = sum(grade(SLUG, name, f"{name} = {guess}").score for name in questions(SLUG, "answer"))
        assert total <= Decimal(3)


@pytest.mark.parametrize("name", questions(SLUG))
def test_a_program_that_knows_the_public_examples_only_earns_their_points_only(name):
    whole = question(SLUG, name)
    outcomes = [
        case.expected if case.visibility == Visibility.PUBLIC else whole.cases[0].expected for case in whole.cases
    ]
    from grader.judging import result_of

    public = sum(check.points for check in whole.checks if check.visibility == Visibility.PUBLIC)
    assert result_of(whole, outcomes).score == public
    assert public <= whole.points * Decimal("0.3")


@pytest.mark.parametrize(("name", "wrong"), misconceptions(SLUG))
def test_every_misconception_loses_points_and_is_recognised_as_itself(name, wrong):
    result = grade_variant(question(SLUG, name), wrong)
    assert result.score <= result.points / 2
    assert named(result) == {wrong}


@pytest.mark.parametrize(("name", "wrong"), [pair for pair in misconceptions(SLUG) if pair[0] in questions(SLUG)])
def test_a_students_own_run_recognises_a_misconception_or_passes(name, wrong):
    result = grade_variant(public_only(question(SLUG, name)), wrong)
    assert named(result) == {wrong}


def test_no_hint_gives_an_answer_away():
    for name in questions(SLUG, "answer"):
        whole = question(SLUG, name)
        right = whole.cases[0].expected.value
        for each in whole.misconceptions:
            words = re.sub(r"^    .*$", "", each.hint, flags=re.MULTILINE)
            assert str(right) not in words or right == "error"
            assert not re.search(r"\bis an error\b", words) or "column times a column" in words


def test_everything_a_student_reads_is_translated():
    assert untranslated(loaded(SLUG)) == ()
    for english, chinese in loaded(SLUG).catalogue["zh-CN"].items():
        pattern = r"^    .*$"
        assert re.findall(pattern, english, re.MULTILINE) == re.findall(pattern, chinese, re.MULTILINE)


def test_the_narrative_has_the_same_cells_in_both_languages():
    cells = [cell for cell in loaded(SLUG).reference.cells if cell.kind == "markdown"]
    assert [cell.language for cell in cells] == ["en", "zh-CN"] * (len(cells) // 2)
    for english, chinese in zip(cells[::2], cells[1::2], strict=True):
        assert (
            re.findall(r"\$[^$]+\$|^#+|!\[|```", english.source, re.MULTILINE)[:1]
            == re.findall(r"\$[^$]+\$|^#+|!\[|```", chinese.source, re.MULTILINE)[:1]
        )


def test_the_reference_runs_as_a_plain_program(tmp_path):
    path = SOLUTIONS / SLUG / "reference.py"
    run = subprocess.run(
        [sys.executable, "-W", "error", str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout
