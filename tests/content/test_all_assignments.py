"""What holds for the assignments together."""

import judged
import pytest

from grader.authoring import NoLoop, Slope, Values

SLUGS = ("broadcasting", "gradient_descent", "logistic_regression", "numpy_basics", "vectorization")


def test_every_assignment_of_the_week_is_there():
    assert {path.parent.name for path in judged.SOLUTIONS.glob("*/checks.py")} == set(SLUGS)


def test_more_than_a_hundred_misconceptions_are_known():
    count = {slug: len(judged.misconceptions(slug)) for slug in SLUGS}
    assert sum(count.values()) >= 100, count
    assert count["logistic_regression"] + count["numpy_basics"] >= 60, count


@pytest.mark.parametrize("slug", SLUGS)
def test_looping_costs_at_most_a_tenth_where_it_is_not_the_lesson(slug):
    for question in judged.key(slug).questions:
        points = sum(check.points for check in question.checks if isinstance(check.kind, NoLoop))
        assert points <= question.points / (2 if slug == "vectorization" else 10), question.name


@pytest.mark.parametrize("slug", SLUGS)
def test_a_slope_alone_is_worth_less_than_the_values(slug):
    for question in judged.key(slug).questions:
        slopes = sum(check.points for check in question.checks if isinstance(check.kind, Slope))
        values = sum(check.points for check in question.checks if isinstance(check.kind, Values))
        assert slopes < values or not slopes, question.name
