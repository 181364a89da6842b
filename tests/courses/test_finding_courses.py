"""Finding a course, its assignments and its secret."""

import os
import stat
import threading

import pytest

from grader.courses import course_secret, find_course, require_slug
from grader.errors import CourseError, NotFound


def touch(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def test_the_nearest_folder_upward_is_the_course(tmp_path):
    deep = tmp_path / "outer" / "inner" / "exercises" / "a"
    deep.mkdir(parents=True)
    (tmp_path / "outer" / "solutions").mkdir()
    assert find_course(deep).root == tmp_path / "outer" / "inner"
    assert find_course(tmp_path / "outer").root == tmp_path / "outer"


def test_a_file_may_be_where_the_search_begins(tmp_path):
    touch(tmp_path / "exercises" / "a" / "a.py")
    assert find_course(tmp_path / "exercises" / "a" / "a.py").root == tmp_path


def test_an_explicit_course_is_taken_as_it_is(tmp_path):
    (tmp_path / "there" / "solutions").mkdir(parents=True)
    assert find_course(tmp_path, tmp_path / "there").root == tmp_path / "there"


@pytest.mark.parametrize(("name", "text"), [("nowhere", "no such folder"), ("empty", "holds neither solutions/")])
def test_an_explicit_course_that_is_none_is_refused(name, text, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotFound, match=text):
        find_course(tmp_path, tmp_path / name)


def test_no_course_anywhere_says_how_to_begin_one(tmp_path):
    with pytest.raises(NotFound, match="grader new course NAME"):
        find_course(tmp_path)


def test_assignments_are_the_folders_with_their_files(tmp_path):
    touch(tmp_path / "solutions" / "b" / "checks.py")
    touch(tmp_path / "solutions" / "a" / "reference.py")
    touch(tmp_path / "solutions" / "notes" / "todo.txt")
    touch(tmp_path / "solutions" / "course.py")
    touch(tmp_path / "exercises" / "c" / "checks.json")
    course = find_course(tmp_path)
    assert (course.authored, course.released, course.slugs) == (("a", "b"), ("c",), ("a", "b", "c"))


@pytest.mark.parametrize("word", ["brodcasting", "Broadcasting", "broad-casting"])
def test_an_unknown_slug_gets_a_suggestion(word):
    with pytest.raises(NotFound, match=r"Did you mean 'broadcasting'\?"):
        require_slug(word, ("broadcasting", "vectorization"))


def test_a_slug_like_no_other_gets_the_list():
    with pytest.raises(NotFound, match=r"There are: broadcasting, vectorization\."):
        require_slug("xyz", ("broadcasting", "vectorization"))
    with pytest.raises(NotFound, match="it has none yet"):
        require_slug("xyz", ())


def test_a_secret_is_made_once_and_for_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("GRADER_SECRET", raising=False)
    first = course_secret(tmp_path)
    path = tmp_path / ".grader" / "secret"
    assert len(first) == 64
    assert course_secret(tmp_path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(each.name for each in path.parent.iterdir()) == [".gitignore", "secret"]
    assert (path.parent / ".gitignore").read_text() == "*\n"


def test_two_courses_have_two_secrets(tmp_path, monkeypatch):
    monkeypatch.delenv("GRADER_SECRET", raising=False)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert course_secret(tmp_path / "a") != course_secret(tmp_path / "b")


def test_those_who_make_the_secret_at_once_agree(tmp_path, monkeypatch):
    monkeypatch.delenv("GRADER_SECRET", raising=False)
    found = []
    threads = [threading.Thread(target=lambda: found.append(course_secret(tmp_path))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16
    assert set(found) == {course_secret(tmp_path)}


def test_the_environment_overrides_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADER_SECRET", "from outside")
    assert course_secret(tmp_path) == b"from outside"
    assert not (tmp_path / ".grader").exists()


def test_an_empty_secret_is_refused_rather_than_replaced(tmp_path, monkeypatch):
    monkeypatch.delenv("GRADER_SECRET", raising=False)
    touch(tmp_path / ".grader" / "secret")
    with pytest.raises(CourseError, match="is empty"):
        course_secret(tmp_path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_secret_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    monkeypatch.delenv("GRADER_SECRET", raising=False)
    tmp_path.chmod(0o500)
    with pytest.raises(CourseError, match="GRADER_SECRET"):
        course_secret(tmp_path)
