"""What is alike beyond chance is found; what everybody writes alike is not."""

import ast
import random
import time
from itertools import product

import pytest

from grader.reports.similarity import LEAST_SHARED, Written, worth_a_look
from grader.sandbox.loader.fingerprints import fingerprint, numbers_of_stub

STUB = "def f(w, b, X, Y):\n    m = X.shape[1]\n    # YOUR CODE HERE\n    raise NotImplementedError\n"
COPIED = """
def f(w, b, X, Y):
    m = X.shape[1]
    weights = list(np.array(w).ravel()[::-1][::-1])
    result = []
    for index, column in enumerate(X.T.tolist()):
        partial = sum(one * other for one, other in zip(weights, column)) + b * 1.0
        result += [1 / (1 + np.exp(0 - partial - 0.125 * index))]
    gap = np.array(result).reshape(1, m) - np.asarray(Y) * 1.5
    dw = (X @ gap.T) / (m + 1)
    return {"dw": dw, "db": float(gap.sum() / (m + 1))}, -1 * np.mean(np.log(np.abs(result)) ** 2)
"""


def numbers(source, stub=STUB):
    return fingerprint(ast.parse(source).body[0], numbers_of_stub(stub, "f"))


def honest_gradients(rng):
    """Write one of many honest ways of computing the cost and the gradients."""
    pick = rng.choice
    lines = [
        pick(["m = X.shape[1]", "m = Y.shape[1]", "m = float(X.shape[1])", "n, m = X.shape", "m = Y.size"]),
        pick(["z = np.dot(w.T, X) + b", "z = w.T @ X + b", "z = np.matmul(w.T, X) + b", "z = b + w.T.dot(X)"]),
        pick(["A = sigmoid(z)", "A = 1 / (1 + np.exp(-z))", "A = 1.0 / (1.0 + np.exp(-z))", "A = sigmoid(z) * 1"]),
        pick(["left = Y * np.log(A)", "left = np.multiply(Y, np.log(A))", "left = np.log(A) * Y"]),
        pick(["right = (1 - Y) * np.log(1 - A)", "right = np.log(1 - A) * (1 - Y)", "right = (1 - Y) * np.log1p(-A)"]),
        pick(["cost = -np.sum(left + right) / m", "cost = np.sum(left + right) / -m", "cost = -np.mean(right + left)"]),
        pick(["dz = A - Y", "dz = np.subtract(A, Y)", "dz = -(Y - A)"]),
        pick(["dw = np.dot(X, dz.T) / m", "dw = X @ dz.T / m", "dw = (1 / m) * X @ (A - Y).T", "dw = X.dot(dz.T) / m"]),
        pick(["db = np.sum(dz) / m", "db = dz.mean()", "db = (1 / m) * np.sum(dz)", "db = np.mean(A - Y)"]),
        pick(['return {"dw": dw, "db": db}, cost', 'grads = {"dw": dw, "db": db}; return grads, cost']),
    ]  # fmt: skip
    return "def f(w, b, X, Y):\n" + "".join(f"    {line}\n" for line in lines)


def sigmoid_variants():
    """Yield 300 honest ways of writing one line, as often as a class would."""
    ones = ("1", "1.0", "1.")
    ways = [
        f"{before}return {after}"
        for one, other, before in product(ones, ones, ("", "z = np.asarray(z)\n    "))
        for after in (
            f"{one} / ({other} + np.exp(-z))",
            f"{one} / (np.exp(-z) + {other})",
            f"np.divide({one}, {other} + np.exp(-z))",
            f"np.exp(z) / ({one} + np.exp(z))",
            f"np.where(z > 0, {one} / ({other} + np.exp(-z)), np.exp(z) / ({other} + np.exp(z)))",
        )
    ]
    return [f"def sigmoid(z):\n    {ways[at % len(ways)]}\n" for at in range(300)]


def written(sources, wrong=False, stub=STUB):
    return [Written(student=f"s{at:04}", numbers=numbers(each, stub), wrong=wrong) for at, each in enumerate(sources)]


def test_three_hundred_honest_sigmoids_are_not_flagged():
    stub = "def sigmoid(z):\n    raise NotImplementedError\n"
    for wrong in (False, True):
        assert worth_a_look({"sigmoid": written(sigmoid_variants(), wrong, stub)}) == []


@pytest.mark.parametrize("seed", range(5))
def test_three_hundred_honest_gradients_are_not_flagged(seed):
    rng = random.Random(seed)
    assert worth_a_look({"f": written([honest_gradients(rng) for _ in range(300)])}) == []


def test_a_copy_under_other_names_is_found_in_a_class_of_300():
    rng = random.Random(1)
    renamed = COPIED.strip().replace("weights", "v").replace("partial", "tmp").replace("result", "answers")
    sources = [COPIED.strip(), renamed, *(honest_gradients(rng) for _ in range(298))]
    (look,) = worth_a_look({"f": written(sources)})
    assert look.students == ("s0000", "s0001")
    (alike,) = look.questions
    assert alike.same
    assert alike.shared >= LEAST_SHARED


def test_a_copy_with_one_line_changed_is_found():
    changed = COPIED.strip().replace("dw = (X @ gap.T) / (m + 1)", "dw = np.matmul(X, gap.T) / (1 + m)")
    rng = random.Random(1)
    (look,) = worth_a_look({"f": written([COPIED.strip(), changed, *(honest_gradients(rng) for _ in range(298))])})
    assert look.students == ("s0000", "s0001")
    assert not look.questions[0].same
    assert 0.6 <= look.questions[0].alike < 1


def test_what_is_alike_and_wrong_weighs_more():
    rng = random.Random(1)
    sources = [COPIED.strip(), COPIED.strip(), *(honest_gradients(rng) for _ in range(298))]
    (right,) = worth_a_look({"f": written(sources)})
    (wrong,) = worth_a_look({"f": written(sources, wrong=True)})
    assert wrong.weight > right.weight


def test_what_a_tenth_of_the_class_writes_is_no_sign():
    rng = random.Random(1)
    sources = [COPIED.strip()] * 30 + [honest_gradients(rng) for _ in range(270)]
    assert worth_a_look({"f": written(sources)}) == []


def test_the_template_counts_for_nothing():
    assert numbers(STUB) == ()
    given = COPIED.strip()
    assert numbers(given, stub=given) == ()


def test_a_small_class_has_nothing_that_could_be_called_rare():
    assert worth_a_look({"f": written([COPIED.strip()] * 2 + [STUB] * 3)}) == []


def test_several_questions_add_up_and_order_is_stable():
    rng = random.Random(2)
    sources = [COPIED.strip(), COPIED.strip(), *(honest_gradients(rng) for _ in range(98))]
    one = written(sources)
    looks = worth_a_look({"f": one, "g": one})
    assert [each.question for each in looks[0].questions] == ["f", "g"]
    assert looks == worth_a_look({"g": one[::-1], "f": one[::-1]})


def test_ten_thousand_students_take_seconds_and_not_all_pairs():
    rng = random.Random(4)
    pool = [tuple(rng.sample(range(2000), 30)) for _ in range(200)]
    crowd = [
        Written(
            student=f"s{at:05}",
            numbers=(*rng.choice(pool)[:20], *(rng.randrange(1 << 32) for _ in range(20))),
            wrong=False,
        )
        for at in range(10_000)
    ]
    crowd[77] = Written(student="copy", numbers=crowd[4].numbers, wrong=False)
    begin = time.process_time()
    (look,) = worth_a_look({"f": crowd})
    assert look.students == ("copy", "s00004")
    assert time.process_time() - begin < 15
