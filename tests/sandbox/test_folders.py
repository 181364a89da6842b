from __future__ import annotations

import os
from pathlib import Path

from grader.sandbox import folders


def test_a_folder_is_removed_however_deep_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "box"
    folder.mkdir()
    here = os.getcwd()
    os.chdir(folder)
    try:
        for _ in range(1200):  # deeper than a recursion, and than a path may be long
            os.mkdir("folder")
            os.chdir("folder")
    finally:
        os.chdir(here)
    assert folders.overfull(str(folder))
    folders.remove(str(folder))
    assert not folder.exists()


def test_links_are_removed_and_not_followed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("x")
    folder = tmp_path / "box"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "link").symlink_to(kept)
    (folder / "0").symlink_to(kept / "file")
    (folder / "a" / "b" / "file").write_text("x")
    folders.remove(str(folder))
    assert not folder.exists()
    assert (kept / "file").read_text() == "x"


def test_folders_closed_by_their_maker_are_removed(tmp_path: Path) -> None:
    folder = tmp_path / "box"
    (folder / "closed" / "inner").mkdir(parents=True)
    (folder / "closed" / "inner").chmod(0)
    (folder / "closed").chmod(0)
    folders.remove(str(folder))
    assert not folder.exists()


def test_a_folder_that_is_gone_is_no_error(tmp_path: Path) -> None:
    folders.remove(str(tmp_path / "nothing"))
    assert not folders.overfull(str(tmp_path / "nothing"))


def test_size_and_number_of_files_are_bounded(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"x" * 1000)
    assert not folders.overfull(str(tmp_path))
    for number in range(folders.MAX_FILES):
        (tmp_path / str(number)).touch()
    assert folders.overfull(str(tmp_path))
