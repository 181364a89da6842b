"""The content of `numpy_basics`: right programs earn everything, wrong ones don't, each wrong idea is recognised."""

from every_assignment import EveryAssignment


class TestNumpyBasics(EveryAssignment):
    slug = "numpy_basics"
    unseen = frozenset(
        {
            # It shows for numbers too large for exp only, and the worked examples are of the size that students meet.
            ("sigmoid", "exponential_over_exponential"),
            # These raise an exception unless the matrix is square, and one square example is enough in a course.
            ("normalize_rows", "axis_lost"),
            ("softmax", "axis_lost"),
        }
    )
