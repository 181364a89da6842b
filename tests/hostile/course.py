"""A small course whose hidden side carries canaries: what of it comes out anywhere has leaked."""

from __future__ import annotations

from pathlib import Path

SLUG = "row_stats"
CANARY = "CANARY-3f9d27c1"
SECRET = "CANARY-secret-of-the-course"
HIDDEN_NUMBER = "4242.424242"
"""Stands in a hidden example, and so in hidden inputs."""

_REFERENCE = f'''\
# %%
"""{CANARY}"""
import numpy as np

# %%
def row_norms(X):
    """Return the length of every row of X."""
    ### BEGIN SOLUTION
    # {CANARY}
    return np.sqrt((X ** 2).sum(axis=1))
    ### END SOLUTION

# %%
def zscore(x):
    """Return x, shifted and scaled to mean 0 and deviation 1."""
    ### BEGIN SOLUTION
    return (x - x.mean()) / x.std()
    ### END SOLUTION

# %%
def unit_rows(X):
    """Return X with every row scaled to length 1; uses row_norms."""
    ### BEGIN SOLUTION
    return X / row_norms(X).reshape(-1, 1)
    ### END SOLUTION

# %%
def total(v):
    """Return the sum of v without a loop."""
    ### BEGIN SOLUTION
    return float(np.sum(v))
    ### END SOLUTION

# %%
### BEGIN SOLUTION
q1 = (3, 4)
### END SOLUTION
'''

_CHECKS = f'''\
"""{CANARY}"""
import numpy as np

from grader import Assignment, Check, Form, Limits, Misconception, NoLoop, Question

from . import reference


def matrix(rng):
    n, m = rng.integers(2, 7, size=2)
    return (rng.normal(size=(n, m)) + 0.5,)


def vector(rng):
    return (rng.normal(size=rng.integers(3, 9)),)


def long_vector(rng, size):
    return (rng.normal(size=size),)


def twice(student, rng):
    """Scaling the rows again changes nothing."""
    X = rng.normal(size=(3, 4)) + 0.5
    return student(student(X))


def squared(X):
    return (X ** 2).sum(axis=1)


PUBLIC = np.array([[3.0, 4.0], [5.0, 12.0]])
HIDDEN = np.array([[{HIDDEN_NUMBER}, 1.0, 2.0], [0.5, {HIDDEN_NUMBER}, -3.0]])

assignment = Assignment(
    "{SLUG}",
    title="Row statistics",
    limits=Limits(call=0.5, question=2.5, submission=6.0, memory=192),
    questions=(
        Question(
            reference.row_norms,
            checks=(
                Check("worked example", examples=((PUBLIC,),), points=0, visibility="public"),
                Check("lengths", matrix, examples=((HIDDEN,),), points=10),
            ),
            misconceptions=(Misconception(squared, hint="A length is the root of the sum of squares."),),
        ),
        Question(
            reference.zscore,
            checks=(
                Check("worked example", examples=((np.array([1.0, 2.0, 4.0]),),), points=0, visibility="public"),
                Check("scores", vector, points=10),
            ),
        ),
        Question(
            reference.unit_rows,
            uses=("row_norms",),
            checks=(
                Check("worked example", examples=((PUBLIC,),), points=0, visibility="public"),
                Check("lengths are 1", matrix, points=5),
                Check("twice is once", scenario=twice, points=5),
            ),
        ),
        Question(
            reference.total,
            checks=(
                Check("worked example", examples=((np.array([1.0, 2.0]),),), points=0, visibility="public"),
                Check("the sum", vector, points=9),
                Check("no loop", inputs=long_vector, kind=NoLoop(), points=1),
            ),
        ),
        Question(
            "q1",
            checks=(
                Check("form", kind=Form(), points=0, visibility="public"),
                Check("the shape", points=10),
            ),
        ),
    ),
)
'''

HONEST = """\
import numpy as np

def row_norms(X):
    return np.linalg.norm(X, axis=1)

def zscore(x):
    return (x - x.mean()) / x.std()

def unit_rows(X):
    return X / row_norms(X)[:, None]

def total(v):
    return np.sum(v)

q1 = (3, 4)
"""
POINTS = 50


def make_course(root: Path) -> Path:
    """Write the course below `root`; returns its folder, which others than its owner can't enter."""
    solutions = root / "solutions" / SLUG
    solutions.mkdir(parents=True)
    (root / "solutions" / "course.toml").write_text('name = "Hostile"\ntime_zone = "UTC"\n')
    (solutions / "reference.py").write_text(_REFERENCE)
    (solutions / "checks.py").write_text(_CHECKS)
    (solutions / "expected.txt").write_text(f"{CANARY}\n")
    root.chmod(0o700)
    return root
