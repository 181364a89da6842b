"""The table in `exercises/README.md` names questions that there are, and every question of every assignment."""

import re

import judged
import pytest

README = (judged.SOLUTIONS.parent / "exercises" / "README.md").read_text(encoding="utf-8")
ASSIGNMENTS = ("numpy_basics", "gradient_descent", "vectorization", "broadcasting", "logistic_regression")
STEPS = (
    "notation",
    "the sigmoid",
    "logistic regression",
    "loss of one example",
    "cost of all examples",
    "the sign of the slope, the learning rate",
    "computation graph, forward",
    "computation graph, backward",
    "derivatives for one example",
    "the loop over m examples",
    "`np.dot`",
    "`np.exp`",
    "`np.log`",
    "`np.abs`",
    "`dw` as one vector",
    "vectorized logistic regression",
    "`A.sum(axis=0)`",
    "`100 * A / s.reshape(1, n)`",
    "rank-1 arrays and `reshape`",
    "the shape of `a * b`, first question",
    "the shape of `a * b`, second question",
)


def rows():
    """(step, assignment, questions) of each row; an empty step continues the one above."""
    table = README.partition("| step of the course |")[2].partition("\n\n")[0].splitlines()[2:]
    step, found = "", []
    for line in table:
        first, assignment, questions = (cell.strip() for cell in line.strip("|").split(" |"))
        step = first or step
        named = re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", questions))
        found.append((step, assignment.strip("` "), named))
    return found


@pytest.mark.parametrize("slug", ASSIGNMENTS)
def test_every_question_stands_in_the_table_and_every_name_there_is_a_question(slug):
    named = {name for _, assignment, names in rows() if assignment == slug for name in names}
    assert named == {each.name for each in judged.key(slug).questions}


@pytest.mark.parametrize("step", STEPS)
def test_every_step_of_the_course_is_graded_somewhere(step):
    assert [names for found, _, names in rows() if step in found and names]
