"""Changes of the reference that keep full marks, each with its reason."""

from grader import Equivalent, Tolerated

COLUMN_PERCENTAGES = (
    Equivalent(
        was="return 100 * A / column_sums(A).reshape(1, A.shape[1])",
        now="return 100 * A / column_sums(A)",
        reason="Sizes are aligned at the right, so (n,) is broadcast over the rows just as (1, n) is.",
    ),
)
BROADCAST_SHAPE = (
    Equivalent(
        was="padded_a = (1,) * (axes - len(shape_a)) + tuple(shape_a)",
        now="padded_a = (1,) * (axes - len(shape_a)) + shape_a",
        reason="A shape is a tuple already; the question says so.",
    ),
    Equivalent(
        was="padded_b = (1,) * (axes - len(shape_b)) + tuple(shape_b)",
        now="padded_b = (1,) * (axes - len(shape_b)) + shape_b",
        reason="A shape is a tuple already; the question says so.",
    ),
    Equivalent(
        was="for size_a, size_b in zip(padded_a, padded_b, strict=True):",
        now="for (size_b, size_a) in zip(padded_a, padded_b, strict=True):",
        reason="The rule is the same for both sides.",
    ),
    Tolerated(
        was="return tuple(shape)",
        now="return shape",
        reason="A list does for a tuple everywhere in this course: the lesson is the rule, not the type.",
    ),
)
