"""Mutants: every operator that fits numpy code, each as the lines that changed."""

import ast

import pytest

from grader.courses.audit.calls import CALLS
from grader.courses.audit.expressions import EXPRESSIONS
from grader.courses.audit.mutants import mutate, plain
from grader.courses.audit.statements import STATEMENTS

BEGIN, END = "    ### BEGIN SOLUTION\n", "\n    ### END SOLUTION"


def changes(body, parameters="a, b"):
    """All (was, now) of a function with this body in a solution region."""
    text = "\n".join(f"    {line}" for line in body.splitlines())
    found = mutate(f"def f({parameters}):\n{BEGIN}{text}{END}", (*EXPRESSIONS, *CALLS), STATEMENTS)
    return {(mutant.was, mutant.now) for mutant in found}


CASES = [
    ("return a + b", "return a - b"),
    ("return a * b", "return a / b"),
    ("return a * b", "return a @ b"),
    ("return a @ b", "return a * b"),
    ("return np.dot(a, b)", "return a * b"),
    ("return a / b", "return a // b"),
    ("return a ** 2", "return a * 2"),
    ("return a + b", "return a"),
    ("return a - b", "return b"),
    ("return a - b", "return 2 * (a - b)"),
    ("return a - b", "return a - b + 1"),
    ("return a - b", "return -(a - b)"),
    ("return -a * b", "return a * b"),
    ("return (a + 1) * b", "return (a - 1) * b"),
    ("return (a + 1) * b", "return (a) * b"),
    ("return a > b", "return a >= b"),
    ("return a == b", "return a != b"),
    ("return a in b", "return a not in b"),
    ("return 1 if a else 2", "return 1 if True else 2"),
    ("return a and b", "return a or b"),
    ("return a + 3", "return a + 4"),
    ("return a + 0.5", "return a + 0.55"),
    ("return np.sum(a, axis=0)", "return np.sum(a, axis=1)"),
    ("return np.sum(a, axis=0)", "return np.sum(a)"),
    ("return np.sum(a, keepdims=True)", "return np.sum(a)"),
    ("return np.sum(a)", "return np.mean(a)"),
    ("return a.mean()", "return a.sum()"),
    ("return np.log(a)", "return np.log2(a)"),
    ("return np.log(a)", "return np.log10(a)"),
    ("return np.exp(a)", "return a"),
    ("return a.T", "return a"),
    ("return a.reshape(b, 1)", "return a"),
    ("return a.shape[0]", "return a.shape[1]"),
    ("return g(a, b)", "return g(b, a)"),
    ("return a, b", "return (b, a)"),
    ("n, m = a.shape\nreturn n", "(m, n) = a.shape"),
    ("return np.zeros((a, 1))", "return np.zeros((a, 1), dtype=int)"),
    ("return a.astype(float)", "return a.astype(int)"),
    ("return np.exp(a)", "return np.float16(np.exp(a))"),
    ("return a - b", "a -= b\nreturn a"),
]


@pytest.mark.parametrize(("body", "now"), CASES)
def test_a_mistake_is_made(body, now):
    assert now in {got for _, got in changes(body)}


LOOP = "total = 0.0\nfor i in range(a):\n    z = i * b\n    total += z\nreturn total"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("for i in range(a):", "for i in range(a - 1):"),
        ("for i in range(a):", "for i in range(a + 1):"),
        ("for i in range(a):", "for i in range(1, a):"),
        ("    total += z", "    total = z"),
        ("    total += z", "    total -= z"),
        ("return total", "    return total"),
        ("", "        break"),
        ("    total += z", "total += z"),
        ("    z = i * b", ""),
        ("total = 0.0", "total = 1.0"),
        ("total = 0.0\nfor i in range(a):", "for i in range(a):\n    total = 0.0"),
        ("    z = i * b\n    total += z", "    total += z\n    z = i * b"),
        ("    total += z", "    total += i"),
    ],
)
def test_a_mistake_is_made_in_a_loop(was, now):
    assert plain(was, now) in changes(LOOP)


def test_every_mutant_parses_and_differs_from_the_reference_and_from_all_others():
    source = f"def f(a, b):\n{BEGIN}" + "\n".join(f"    {line}" for line in LOOP.splitlines()) + END
    mutants = mutate(source, (*EXPRESSIONS, *CALLS), STATEMENTS)
    plain_texts = [ast.unparse(ast.parse(mutant.source)) for mutant in mutants]
    assert len({*plain_texts, ast.unparse(ast.parse(source))}) == len(mutants) + 1


def test_what_stands_outside_the_solution_is_left_alone_but_for_returns():
    source = f"def f(a):\n    s = 1 + a\n{BEGIN}    t = a - 1{END}\n    if s > 3:\n        print(s + 1)\n    return t"
    lines = {mutant.line for mutant in mutate(source, (*EXPRESSIONS, *CALLS), STATEMENTS)}
    assert lines <= {4, 5, 8}
    assert {4, 8} <= lines


def test_lines_that_do_not_change_keep_their_comments_and_their_layout():
    source = f"def f(a):\n{BEGIN}    t = a  -  1   # odd\n    return t + 2{END}"
    changed = next(m for m in mutate(source, (*EXPRESSIONS, *CALLS), STATEMENTS) if m.now == "return t - 2")
    assert "    t = a  -  1   # odd" in changed.source


def test_non_ascii_text_in_a_line_does_not_shift_what_is_replaced():
    source = f'def f(a):\n{BEGIN}    t = {{"数": a + 1}}{END}\n    return t'
    assert 't = {"数": a - 1}' in {mutant.now for mutant in mutate(source, EXPRESSIONS, ())}


@pytest.mark.parametrize(
    "printing",
    [
        'print("cost", a + 1)',
        'if a > 1 and b:\n    print(a)\n    print(f"{b * 2}")',
        "if a:\n    print(a)\nelse:\n    print(b)",
    ],
)
def test_nothing_is_made_of_what_is_only_printed(printing):
    assert changes(f"b = b + a\n{printing}\nreturn b * 2") == changes("b = b + a\nreturn b * 2") != set()


def test_a_condition_that_does_more_than_print_is_open():
    assert any("if" in was for was, _ in changes("if a > 1:\n    b.append(a)\n    print(a)\nreturn b"))
