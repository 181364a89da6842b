"""Measuring the work of a call in Python steps and CPU time."""

import sys

import numpy as np
import pytest

from grader.judging import measuring
from grader.judging.measuring import measure


def vectorized(x):
    return np.sum(x * x)


def loop(x):
    total = 0.0
    for value in x:
        total += value * value
    return total


def one_line_loop(x):
    return sum([value * value for value in x])


def generator(x):
    return sum(value * value for value in x)


def mapped(x):
    return sum(map(lambda value: value * value, x))  # noqa: C417 - the map is the point


def vectorize(x):
    return np.sum(np.vectorize(lambda value: value * value)(x))


def along(x):
    return np.sum(np.apply_along_axis(lambda row: row * row, 1, x.reshape(-1, 1)))


def steps_at(function, size):
    return measure(function, (np.ones(size),))[0]


@pytest.mark.parametrize("function", [loop, one_line_loop, generator, mapped, vectorize, along])
def test_a_loop_over_the_examples_takes_steps_for_each(function):
    assert steps_at(function, 300) - steps_at(function, 100) >= 200


def test_work_done_by_numpy_takes_the_same_steps_at_every_size():
    assert steps_at(vectorized, 10) == steps_at(vectorized, 10_000) > 0


def test_cpu_time_grows_where_c_code_is_called_for_each_entry():
    def mapped_in_c(x):
        return sum(map(float, x))

    assert steps_at(mapped_in_c, 10) == steps_at(mapped_in_c, 10_000)
    assert measure(mapped_in_c, (np.ones(200_000),))[1] > measure(mapped_in_c, (np.ones(10),))[1]


def test_each_run_gets_arguments_of_its_own():
    seen = []

    def spoil(x):
        seen.append(x.copy())
        x += 1

    given = np.zeros(2)
    measure(spoil, (given,))
    assert all(np.array_equal(each, [0, 0]) for each in seen)
    assert np.array_equal(given, [0, 0])
    assert len(seen) > 2


def test_an_exception_is_the_callers_and_tracing_is_put_back():
    def fail(x):
        raise ValueError("no")

    before = sys.gettrace()
    with pytest.raises(ValueError, match="no"):
        measure(fail, (1,))
    assert sys.gettrace() is before


def test_a_slow_function_is_not_run_many_times(monkeypatch):
    monkeypatch.setattr(measuring, "ENOUGH", -1.0)
    runs = []
    measure(runs.append, (1,))
    assert len(runs) == 2  # one on the clock, one that counts steps
