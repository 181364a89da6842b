"""The settings of a course: what each line comes to, and every fault at once."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from grader.courses.settings import Feedback, Settings, read_settings
from grader.errors import CourseError
from grader.policy import Attempts, LatePolicy, Period, deadline_for

WHOLE = """
name = "Week 2"
time_zone = "Asia/Shanghai"
feedback = "hints"
follow_through = 0.5
attempts = "best"

[deadlines]
broadcasting = 2026-05-04T23:59:00
vectorization = 2026-05-05
numpy_basics = 2026-05-04T12:00:00Z

[late]
per = "hour"
rate = 0.01
cap = 0.25
grace_minutes = 15

[late.broadcasting]
rate = 0.02

[extensions.ada]
all = "3 days"
broadcasting = 2026-05-20T12:00:00

[extensions."Zoë, 2"]
vectorization = "2 weeks"
"""


def read(tmp_path, text):
    path = tmp_path / "course.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_a_course_without_settings_has_the_defaults(tmp_path):
    assert read_settings(tmp_path / "course.toml") == read(tmp_path, "") == Settings()


def test_every_setting_arrives(tmp_path):
    settings = read(tmp_path, WHOLE)
    assert (settings.name, settings.feedback, settings.follow_through) == ("Week 2", Feedback.HINTS, Decimal("0.5"))
    policy = settings.policy
    assert (policy.zone, policy.attempts) == ("Asia/Shanghai", Attempts.BEST)
    general = LatePolicy(rate=Decimal("0.01"), per=Period.HOUR, grace=timedelta(minutes=15), cap=Decimal("0.25"))
    assert policy.late == general
    assert policy.late_by_assignment["broadcasting"].rate == Decimal("0.02")
    assert policy.late_by_assignment["broadcasting"].cap == Decimal("0.25")


@pytest.mark.parametrize(
    ("slug", "student", "expected"),
    [
        ("broadcasting", "anyone", datetime(2026, 5, 4, 15, 59, tzinfo=UTC)),
        ("vectorization", "anyone", datetime(2026, 5, 5, 15, 59, 59, tzinfo=UTC)),
        ("numpy_basics", "anyone", datetime(2026, 5, 4, 12, tzinfo=UTC)),
        ("broadcasting", "ada", datetime(2026, 5, 20, 4, tzinfo=UTC)),
        ("numpy_basics", "ada", datetime(2026, 5, 7, 12, tzinfo=UTC)),
        ("vectorization", "Zoë, 2", datetime(2026, 5, 19, 15, 59, 59, tzinfo=UTC)),
    ],
)
def test_deadlines_are_in_the_courses_time_zone_and_extensions_are_per_student(slug, student, expected, tmp_path):
    assert deadline_for(read(tmp_path, WHOLE).policy, slug, student) == expected


def test_all_faults_are_told_at_once_with_suggestions(tmp_path):
    text = """
    nam = "x"
    time_zone = "Mars/Olympus"
    feedback = "loud"
    follow_through = 2
    attempts = true
    [deadlines]
    broadcasting = "2026-05-04"
    vectorization = 2026-05-05
    [late]
    per = "week"
    cap = -1
    [extensions.ada]
    vectorisation = 2026-05-09
    vectorization = "a while"
    """
    with pytest.raises(CourseError) as caught:
        read(tmp_path, text)
    told = [fault.partition("course.toml: ")[2] for fault in caught.value.faults]
    assert [fault.partition(": ")[0] for fault in told] == [
        "there is no setting 'nam'",
        "feedback",
        "follow_through",
        "time_zone",
        "deadlines.broadcasting",
        "late",
        "late.per",
        "late.cap",
        "extensions.ada",
        "extensions.ada.vectorization",
        "attempts",
    ]
    assert told[0].endswith("did you mean 'name'?")
    assert told[8].endswith("there is no assignment with a deadline 'vectorisation': did you mean 'vectorization'?")
    assert "write 2026-05-04T23:59:00, without quotes" in told[4]


@pytest.mark.parametrize("text", ["name = \nx = 1", "name = 'x'\nname = 'y'\nx = 1"])
def test_what_is_no_toml_is_told_with_its_place(text, tmp_path):
    with pytest.raises(CourseError, match=r"course.toml: not valid TOML: .*line"):
        read(tmp_path, text)


def test_a_wrong_encoding_is_told(tmp_path):
    (tmp_path / "course.toml").write_bytes(b'name = "\xff"')
    with pytest.raises(CourseError, match="not UTF-8, from byte 8: save it as UTF-8"):
        read_settings(tmp_path / "course.toml")


def test_this_repositorys_own_settings_are_sound():
    root = Path(__file__).parents[2]
    assert read_settings(root / "solutions" / "course.toml").name


def test_the_example_in_the_modules_docstring_is_sound(tmp_path):
    from grader.courses import settings

    example = "\n".join(line[4:] for line in settings.__doc__.splitlines() if line.startswith("    "))
    assert read(tmp_path, example.replace("logistic", "broadcasting = 2026-05-05\nlogistic", 1)).name


def test_feedback_may_differ_by_assignment(tmp_path):
    settings = read(tmp_path, '[feedback]\nall = "hints"\nbroadcasting = "marks"\n')
    assert settings.feedback_for("broadcasting") is Feedback.MARKS
    assert settings.feedback_for("vectorization") is settings.feedback_for(None) is Feedback.HINTS


def test_an_unknown_level_of_feedback_is_a_fault(tmp_path):
    with pytest.raises(CourseError, match=r"feedback\.broadcasting: 'everything' is none of marks, hints, full"):
        read(tmp_path, '[feedback]\nbroadcasting = "everything"\n')
