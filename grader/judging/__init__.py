"""What an outcome is worth, and why: fair comparison, verdicts, misconceptions, diagnosis. Pure: only numpy."""

from grader.judging.answers import read_answer
from grader.judging.broadcasting import align, align_product
from grader.judging.comparison import Difference, compare, distance
from grader.judging.findings import Finding
from grader.judging.misconceptions import match
from grader.judging.outside import outside_of, with_outside
from grader.judging.remarks import notes_of, told_where_they_rise
from grader.judging.results import Judged, is_full, result_of, with_follow_through
from grader.judging.verdicts import enough_of, is_clear, judge, verdict_of

__all__ = [
    "Difference",
    "Finding",
    "Judged",
    "align",
    "align_product",
    "compare",
    "distance",
    "enough_of",
    "is_clear",
    "is_full",
    "judge",
    "match",
    "notes_of",
    "outside_of",
    "read_answer",
    "result_of",
    "told_where_they_rise",
    "verdict_of",
    "with_follow_through",
    "with_outside",
]
