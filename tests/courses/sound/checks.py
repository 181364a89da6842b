import numpy as np

from grader import Assignment, Check, Compare, Form, Misconception, NoLoop, Question, Slope, Unchanged

from . import reference


def table(rng):
    n, m = rng.choice(np.arange(2, 7), size=2, replace=False)
    return (rng.normal(size=(n, m)),)


def long_table(rng, size):
    return (rng.normal(size=(3, size)),)


def point(rng):
    return rng.normal(size=(2, 1)), rng.normal(size=(2, 3))


def twice(student, rng):
    return student(student(rng.normal(size=(2, 2))))


def through_the_other(student, rng):
    w, X = point(rng)
    return student(w, student.halve(X))


def doubled(x):
    return x * 2


def kept(x):
    return x


assignment = Assignment(
    "sound",
    title="Sound",
    questions=(
        Question(
            reference.halve,
            title="Half",
            aliases=("halved",),
            dims={"n": ("x", 0)},
            checks=(
                Check(
                    "worked examples",
                    examples=((np.array([[1.0, 2.0]]),), (np.array([[4], [8]]),)),
                    points=10,
                    visibility="public",
                    shape="(n, m)",
                ),
                Check("tables", table, examples=((np.zeros((1, 1)),),), points=10),
                Check("shapes of tables", table, cases=3, points=5, compare=Compare(shape_only=True)),
                Check("twice", scenario=twice, cases=2, points=5),
                Check("without a loop", long_table, kind=NoLoop(sizes=(20, 80)), points=5),
                Check("arguments unchanged", table, cases=2, kind=Unchanged(), points=5),
            ),
            misconceptions=(
                Misconception(doubled, hint="Look at the direction."),
                Misconception(kept, hint="Something should happen."),
            ),
        ),
        Question(
            reference.fit,
            uses=("halve",),
            checks=(
                Check(
                    "worked example",
                    examples=((np.ones((1, 1)), np.ones((1, 2))), (np.ones((2, 1)), np.array([[1.0], [3.0]]))),
                    points=10,
                    visibility="public",
                ),
                Check("the cost", point, part="cost", points=10),
                Check("the gradient", point, part=("dw",), points=10),
                Check("the slope", point, cases=2, kind=Slope(cost=("cost",), gradient=("dw",)), points=10),
                Check("built on halve", scenario=through_the_other, cases=1, part="cost", points=10),
            ),
            misconceptions=(
                Misconception(
                    name="not_squared", edit=(("** 2", "** 1"),), hint="The cost can fall below zero. Should it?"
                ),
                Misconception(
                    name="half_the_gradient", edit=(('"dw": 2 * half', '"dw": half'),), hint="Derive a square again."
                ),
            ),
        ),
        Question(
            "q1",
            checks=(Check("the form", kind=Form(), visibility="public"), Check("the answer", points=5)),
            misconceptions=(Misconception(name="transposed", value=(3, 1), hint="Align from the right."),),
        ),
        Question("q2", checks=(Check("the form", kind=Form(), visibility="public"), Check("the answer", points=5))),
    ),
)
