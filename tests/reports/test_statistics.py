"""Statistics against figures that others have published or computed."""

import statistics

import numpy as np
import pytest
from scipy import stats

from grader.reports.statistics import (
    FORMULAS,
    LEAST_ALPHA,
    LEAST_CORRELATION,
    LEAST_DISCRIMINATION,
    cronbach_alpha,
    discriminations,
    facility,
    item_rest_correlations,
    spread,
)

# Chatterjee & Price, Regression Analysis by Example (1977): the data set `attitude` of R. R's package psych prints for
# it, `alpha(attitude)`: raw_alpha 0.84; r.drop 0.67 0.74 0.56 0.71 0.79 0.27 0.46; mean 65 67 53 56 65 75 43;
# sd 12.2 13.3 12.2 11.7 10.4 9.9 10.3.
ATTITUDE = np.fromstring(
    """43 51 30 39 61 92 45 63 64 51 54 63 73 47 71 70 68 69 76 86 48 61 63 45 47 54 84 35 81 78 56 66 71 83 47
    43 55 49 44 54 49 34 58 67 42 56 66 68 35 71 75 50 55 70 66 41 72 82 72 67 71 83 31 67 61 45 47 62 80 41
    64 53 53 58 58 67 34 67 60 47 39 59 74 41 69 62 57 42 55 63 25 68 83 83 45 59 77 35 77 77 54 72 79 77 46
    81 90 50 72 60 54 36 74 85 64 69 79 79 63 65 60 65 75 55 80 60 65 70 46 57 75 85 46 50 58 68 54 64 78 52
    50 40 33 34 43 64 33 64 61 52 62 66 80 41 53 66 52 50 63 80 37 40 37 42 58 50 57 49 63 54 42 48 66 75 33
    66 77 66 63 88 76 72 78 75 58 74 80 78 49 48 57 44 45 51 83 38 85 85 71 71 77 74 55 82 82 39 59 64 78 39""",
    sep=" ",
).reshape(30, 7)


def test_alpha_is_what_r_says_of_a_published_data_set():
    assert cronbach_alpha(ATTITUDE) == pytest.approx(0.84, abs=0.005)


def test_item_rest_correlations_are_what_r_says_of_a_published_data_set():
    assert item_rest_correlations(ATTITUDE) == pytest.approx([0.67, 0.74, 0.56, 0.71, 0.79, 0.27, 0.46], abs=0.005)


def test_means_and_deviations_are_what_r_says_of_a_published_data_set():
    found = [spread(column) for column in ATTITUDE.T]
    assert [each.mean for each in found] == pytest.approx([65, 67, 53, 56, 65, 75, 43], abs=0.5)
    assert [each.sd for each in found] == pytest.approx([12.2, 13.3, 12.2, 11.7, 10.4, 9.9, 10.3], abs=0.05)


def test_an_item_rest_correlation_is_scipys_of_the_item_and_the_others():
    rest = ATTITUDE[:, 1:].sum(axis=1)
    assert item_rest_correlations(ATTITUDE)[0] == pytest.approx(stats.pearsonr(ATTITUDE[:, 0], rest).statistic)


def test_the_spread_is_that_of_the_standard_library():
    marks = [float(each) for each in ATTITUDE[:, 2]]
    found = spread(marks)
    assert found is not None
    assert found.sd == pytest.approx(statistics.stdev(marks))
    assert found.median == statistics.median(marks)
    quartiles = statistics.quantiles(marks, n=4, method="inclusive")
    assert [found.lower, found.median, found.upper] == pytest.approx(quartiles)
    assert (found.n, found.lowest, found.highest) == (30, 30, 83)


def test_alpha_of_right_and_wrong_is_kuder_and_richardsons_formula_20():
    answers = np.random.default_rng(3).integers(0, 2, (60, 8)).astype(float)
    answers[:, 1] = answers[:, 0]
    share, k = answers.mean(axis=0), 8
    kr20 = k / (k - 1) * (1 - (share * (1 - share)).sum() / answers.sum(axis=1).var())
    assert cronbach_alpha(answers) == pytest.approx(kr20)


def test_discrimination_is_the_upper_groups_facility_less_the_lower_groups():
    """A hundred students, 27 of whom are in each group: 24 of the upper and 9 of the lower got it right: 15 / 27."""
    item = np.repeat([1.0, 0, 1, 0, 1, 0], [24, 3, 20, 26, 9, 18])
    others = np.arange(1000.0, 900, -1) * 10
    found = discriminations(np.column_stack([item, others]), (1, 10_000))
    assert found[0] == pytest.approx(15 / 27)


def test_students_who_tie_count_alike_whatever_their_order():
    rng = np.random.default_rng(5)
    table = rng.integers(0, 3, (60, 4)).astype(float)
    found = discriminations(table, (2, 2, 2, 2))
    for _ in range(5):
        assert discriminations(rng.permutation(table), (2, 2, 2, 2)) == pytest.approx(found)


def test_facility_is_the_share_of_the_points():
    assert facility([10, 5, 0, 10, 5], 10) == pytest.approx(0.6)


def test_nothing_is_said_of_few_students():
    few = ATTITUDE[:4]
    assert spread(few[:, 0]) is None
    assert facility(few[:, 0], 100) is None
    assert cronbach_alpha(ATTITUDE[: LEAST_ALPHA - 1]) is None
    assert set(item_rest_correlations(ATTITUDE[: LEAST_CORRELATION - 1])) == {None}
    assert set(discriminations(np.ones((LEAST_DISCRIMINATION - 1, 2)), (1, 1))) == {None}


def test_nothing_is_said_where_all_marks_are_the_same():
    same = np.full((50, 3), 10.0)
    assert item_rest_correlations(same) == [None] * 3
    assert cronbach_alpha(same) is None
    assert discriminations(same, (10, 10, 10)) == [0, 0, 0]
    assert cronbach_alpha(same[:, :1]) is None
    assert discriminations(np.zeros((50, 1)), (0,)) == [None]


def test_every_statistic_names_its_source_and_its_least_number():
    assert all(each.source and each.formula and each.least >= 5 for each in FORMULAS)
