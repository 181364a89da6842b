"""Files that mean harm: each gets a clear message and costs only its own submission."""

from __future__ import annotations

import io
import os
import socket
import stat
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import pytest
from intake_samples import NOTEBOOK, SLUGS, Tree, matched, refused, tarred, zipped

from grader.errors import UnreadableSubmission
from grader.model import Submission
from grader.submissions import collect, read_program
from grader.submissions.names import STUDENT_CAP, student_id

posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices of POSIX")
not_root = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
HONEST = {"honest/broadcasting.py": "x = 1"}


def why(submission: Submission) -> str:
    with pytest.raises(UnreadableSubmission) as caught:
        read_program(submission.read(), submission.path)
    return caught.value.message.code


def only_the_honest(root: Path) -> dict[str, str]:
    """Return what was refused, after seeing that the honest submission is there and nothing else is."""
    found = collect([root], slugs=SLUGS)
    assert matched(found) == [("broadcasting", "honest", "honest/broadcasting.py")]
    return refused(found)


@posix
def test_links_are_not_followed(tree: Tree, tmp_path: Path) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text("hidden = 1")
    root = tree(HONEST)
    (root / "eve").mkdir()
    (root / "eve/broadcasting.py").symlink_to(secret)
    (root / "mallory").symlink_to(tmp_path)
    (root / "dangling.py").symlink_to(tmp_path / "nowhere")
    assert only_the_honest(root) == {
        "eve/broadcasting.py": "unmatched.symlink",
        "mallory": "unmatched.symlink",
        "dangling.py": "unmatched.symlink",
    }


@posix
def test_a_folder_that_contains_itself_by_a_link_ends(tree: Tree) -> None:
    root = tree(HONEST)
    (root / "loop").symlink_to(root)
    (root / "honest/again").symlink_to("..")
    assert set(only_the_honest(root).values()) == {"unmatched.symlink"}


@posix
def test_a_link_put_in_a_files_place_after_the_listing_is_not_followed(tree: Tree, tmp_path: Path) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text("hidden = 1")
    root = tree(HONEST)
    (submission,) = collect([root], slugs=SLUGS).submissions
    (root / "honest/broadcasting.py").unlink()
    (root / "honest/broadcasting.py").symlink_to(secret)
    assert why(submission) == "unreadable.symlink"


@posix
def test_a_link_among_several_named_files_is_not_followed_but_one_named_alone_is(tree: Tree) -> None:
    root = tree({"ada.py": "x = 1"})
    (root / "link.py").symlink_to(root / "ada.py")
    found = collect([root / "ada.py", root / "link.py"], slugs=SLUGS)
    assert [one.student for one in found.submissions] == ["ada"]
    assert refused(found) == {"link.py": "unmatched.symlink"}
    alone = collect([root / "link.py"], slugs=SLUGS)
    assert [one.read() for one in alone.submissions] == [b"x = 1"]


@posix
def test_pipes_and_sockets_are_refused_without_waiting(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree(HONEST)
    (root / "eve").mkdir()
    os.mkfifo(root / "eve/solution.py")
    monkeypatch.chdir(root / "eve")  # the path of a socket has to be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("broadcasting.py")
        start = time.monotonic()
        assert only_the_honest(root) == {
            "eve/solution.py": "unmatched.not_regular",
            "eve/broadcasting.py": "unmatched.not_regular",
        }
        assert time.monotonic() - start < 5


@posix
def test_a_pipe_put_in_a_files_place_is_refused_without_waiting(tree: Tree) -> None:
    root = tree(HONEST)
    (submission,) = collect([root], slugs=SLUGS).submissions
    (root / "honest/broadcasting.py").unlink()
    os.mkfifo(root / "honest/broadcasting.py")
    assert why(submission) == "unreadable.not_regular"


@posix
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_that_is_named_is_refused(device: str) -> None:
    assert refused(collect([device], slugs=SLUGS)) == {Path(device).name: "unmatched.not_regular"}


@posix
@not_root
def test_files_and_folders_that_may_not_be_read_cost_only_themselves(tree: Tree) -> None:
    root = tree({**HONEST, "eve/broadcasting.py": "x = 1", "shut/broadcasting.py": "x = 1"})
    (root / "eve/broadcasting.py").chmod(0)
    (root / "shut").chmod(0)
    found = collect([root], slugs=SLUGS)
    (root / "shut").chmod(stat.S_IRWXU)
    assert refused(found) == {"shut": "unreadable.permission"}
    assert {one.student: why(one) if one.student == "eve" else "" for one in found.submissions} == {
        "eve": "unreadable.permission",
        "honest": "",
    }


def test_errors_of_permission_are_told_apart(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree({**HONEST, "shut/broadcasting.py": "x = 1"})
    real_scandir, real_open = os.scandir, os.open

    def scandir(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "denied")
        return real_scandir(path)

    def opening(path: str, flags: int) -> int:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(os, "scandir", scandir)
    found = collect([root], slugs=SLUGS)
    assert refused(found) == {"shut": "unreadable.permission"}
    monkeypatch.setattr(os, "open", opening)
    assert why(found.submissions[0]) == "unreadable.permission"
    monkeypatch.setattr(os, "open", real_open)
    assert found.submissions[0].read() == b"x = 1"


def test_a_file_that_grew_is_not_read_beyond_the_cap(tree: Tree) -> None:
    root = tree(HONEST)
    with (root / "honest/broadcasting.py").open("wb") as file:
        file.truncate(200_000_000)
    (submission,) = collect([root], slugs=SLUGS).submissions
    assert why(submission) == "unreadable.too_large"


def test_folders_nested_beyond_reason_are_refused(tree: Tree) -> None:
    assert list(only_the_honest(tree({**HONEST, "d/" * 40 + "x.py": "x = 1"})).values()) == ["unmatched.too_deep"]


def test_compiled_files_only_are_listed(tree: Tree) -> None:
    assert only_the_honest(tree({**HONEST, "eve/broadcasting.pyc": b"\xa7\r\r\n"})) == {
        "eve/broadcasting.pyc": "unmatched.compiled"
    }


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../broadcasting.py", "archive_path"),
        ("eve/../../broadcasting.py", "archive_path"),
        ("../class-evil/broadcasting.py", "archive_path"),  # shares a prefix with the folder that it leaves
        ("/etc/broadcasting.py", "archive_path"),
        ("C:/broadcasting.py", "archive_path"),
        ("C:broadcasting.py", "archive_path"),
        ("..\\..\\broadcasting.py", "archive_path"),
        ("\\\\server\\share\\broadcasting.py", "archive_path"),
        ("C:\\Windows\\broadcasting.py", "archive_path"),
        ("con.py", "device_name"),
        ("eve/NUL", "device_name"),
        ("aux/broadcasting.py", "device_name"),
        ("COM1.ipynb", "device_name"),
        ("d/" * 40 + "broadcasting.py", "too_deep"),
    ],
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_members_with_unsafe_names_are_refused(tree: Tree, name: str, code: str, pack: object) -> None:
    data = pack({name: "x = 1", **HONEST})  # type: ignore[operator]
    root = tree({"all.zip" if pack is zipped else "all.tgz": data})
    found = collect([next(root.iterdir())], slugs=SLUGS)
    assert matched(found) == [("broadcasting", "honest", "honest/broadcasting.py")]
    assert list(refused(found).values()) == [f"unmatched.{code}"]
    assert sorted(path.name for path in root.parent.iterdir()) == ["class"]


def test_backslashes_of_windows_archives_are_folders(tree: Tree) -> None:
    root = tree({"all.zip": zipped({"ada\\broadcasting.py": "x = 1"})})
    assert [one.student for one in collect([root / "all.zip"], slugs=SLUGS).submissions] == ["ada"]


def test_names_of_a_chinese_windows_are_read_as_such(tree: Tree) -> None:
    data = zipped({"XXXX/broadcasting.py": "x = 1"}).replace(b"XXXX", "小明".encode("gbk"))
    root = tree({"all.zip": data})
    assert [one.student for one in collect([root / "all.zip"], slugs=SLUGS).submissions] == ["小明"]


def test_links_and_special_members_of_a_zip_are_refused(tree: Tree) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("honest/broadcasting.py", "x = 1")
        for name, kind in (("link/broadcasting.py", stat.S_IFLNK), ("pipe/broadcasting.py", stat.S_IFIFO)):
            info = zipfile.ZipInfo(name)
            info.create_system = 3
            info.external_attr = (kind | 0o777) << 16
            archive.writestr(info, "/etc/passwd")
    root = tree({"all.zip": buffer.getvalue()})
    found = collect([root / "all.zip"], slugs=SLUGS)
    assert [one.student for one in found.submissions] == ["honest"]
    assert refused(found) == {
        "all.zip/link/broadcasting.py": "unmatched.symlink",
        "all.zip/pipe/broadcasting.py": "unmatched.not_regular",
    }


def test_links_and_devices_of_a_tar_are_refused(tree: Tree) -> None:
    buffer = io.BytesIO()
    kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for number, kind in enumerate(kinds):
            info = tarfile.TarInfo(f"eve{number}/broadcasting.py")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("honest/broadcasting.py")
        info.size = 5
        archive.addfile(info, io.BytesIO(b"x = 1"))
    root = tree({"all.tar": buffer.getvalue()})
    found = collect([root / "all.tar"], slugs=SLUGS)
    assert [one.student for one in found.submissions] == ["honest"]
    assert list(refused(found).values()) == ["unmatched.symlink"] * 2 + ["unmatched.not_regular"] * 3


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_all_refused(tree: Tree) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("e/broadcasting.py", "e/broadcasting.py", "F/x.py", "f/X.py", "caf\u00e9/x.py", "cafe\u0301/x.py"):
            archive.writestr(name, name)
        archive.writestr("honest/broadcasting.py", "x = 1")
    root = tree({"all.zip": buffer.getvalue()})
    found = collect([root / "all.zip"], slugs=SLUGS)
    assert [one.student for one in found.submissions] == ["honest"]
    assert [one.message.code for one in found.unmatched] == ["unmatched.archive_double"] * 6


def test_an_archive_bomb_is_stopped_while_it_unpacks(tree: Tree) -> None:
    bomb = zipped({"broadcasting.py": b"#" * 45_000_000})
    root = tree({"eve.zip": bomb, "honest/broadcasting.py": "x = 1"})
    found = collect([root], slugs=SLUGS)
    assert [why(one) for one in found.submissions if one.student == "eve"] == ["unreadable.archive_bomb"]
    assert [one.read() for one in found.submissions if one.student == "honest"] == [b"x = 1"]


def test_sizes_that_an_archive_declares_are_not_believed(tree: Tree) -> None:
    data = zipped({"broadcasting.py": os.urandom(8192) * 6400})
    lying = data.replace((8192 * 6400).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != data
    found = collect([tree({"eve.zip": lying})], slugs=SLUGS)
    assert [why(one) for one in found.submissions] == ["unreadable.too_large"]


def test_a_tar_bomb_is_stopped(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.submissions.tars.TOTAL_CAP", 1_000_000)
    root = tree({"eve.tgz": tarred({"data.bin": bytes(5_000_000), "broadcasting.py": "x = 1"}), **HONEST})
    found = collect([root], slugs=SLUGS)
    assert [why(one) for one in found.submissions if one.student == "eve"] == ["unreadable.archive_too_large"]
    assert [one.read() for one in found.submissions if one.student == "honest"] == [b"x = 1"]


@pytest.mark.parametrize("name", ["eve.zip", "eve.tar", "eve.tar.gz", "eve.tgz", "eve.tar.xz"])
@pytest.mark.parametrize("content", ["", "not an archive", "truncated", "half"])
def test_a_damaged_archive_is_a_submission_that_can_not_be_read(tree: Tree, name: str, content: str) -> None:
    data = content.encode()
    if content in ("truncated", "half"):
        members = {"broadcasting.py": os.urandom(20_000)}
        packing = {"tar": "w:", "xz": "w:xz"}.get(name.rsplit(".", maxsplit=1)[-1], "w:gz")
        whole = zipped(members) if name.endswith("zip") else tarred(members, packing)
        data = whole[:-1000] if content == "truncated" and name.endswith("zip") else whole[: len(whole) // 2]
    found = collect([tree({name: data, **HONEST})], slugs=SLUGS)
    assert [one.student for one in found.submissions if one.student != "honest"] == ["eve"]
    assert [why(one) for one in found.submissions if one.student == "eve"] == ["unreadable.archive_damaged"]


def test_a_damaged_member_costs_only_itself(tree: Tree) -> None:
    data = bytearray(zipped({"eve/broadcasting.py": os.urandom(500), "honest/broadcasting.py": "x = 1"}))
    data[100] ^= 0xFF
    found = collect([tree({"all.zip": bytes(data)}) / "all.zip"], slugs=SLUGS)
    assert [why(one) for one in found.submissions if one.student == "eve"] == ["unreadable.archive_damaged"]
    assert [one.read() for one in found.submissions if one.student == "honest"] == [b"x = 1"]


def test_an_archive_that_was_named_and_is_damaged_is_said(tree: Tree) -> None:
    root = tree({"all.zip": "junk"})
    found = collect([root / "all.zip"], slugs=SLUGS)
    assert found.submissions == ()
    assert refused(found) == {"all.zip": "unreadable.archive_damaged"}


def test_encrypted_members_are_said(tree: Tree) -> None:
    data = bytearray(zipped({"broadcasting.py": "x = 1"}, zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    found = collect([tree({"eve.zip": bytes(data)})], slugs=SLUGS)
    assert [why(one) for one in found.submissions] == ["unreadable.archive_encrypted"]


def test_unusual_methods_of_packing_are_said(tree: Tree) -> None:
    found = collect([tree({"eve.zip": zipped({"broadcasting.py": "x = 1"}, zipfile.ZIP_LZMA)})], slugs=SLUGS)
    assert [why(one) for one in found.submissions] == ["unreadable.archive_method"]


def test_a_zip_that_claims_endless_members_is_refused_at_once(tree: Tree) -> None:
    data = bytearray(zipped({"broadcasting.py": "x = 1"}))
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = (2_000_000_000).to_bytes(4, "little")
    found = collect([tree({"eve.zip": bytes(data)})], slugs=SLUGS)
    assert [why(one) for one in found.submissions] == ["unreadable.archive_damaged"]


def test_archives_in_archives_are_opened_one_level_deep(tree: Tree) -> None:
    inner = zipped({"broadcasting.py": "x = 1"})
    root = tree({"all.zip": zipped({"ada.zip": inner, "eve.zip": zipped({"deep.zip": inner})})})
    found = collect([root / "all.zip"], slugs=SLUGS)
    assert [(one.student, one.read()) for one in found.submissions] == [("ada", b"x = 1")]
    assert refused(found) == {"eve.zip/deep.zip": "unmatched.archive_nested"}


def test_an_archive_that_contains_itself_ends(tree: Tree) -> None:
    level = zipped({"broadcasting.py": "x = 1"})
    for _ in range(50):
        level = zipped({"eve.zip": level})
    assert collect([tree({"eve.zip": level})], slugs=SLUGS).submissions == ()


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("ada", "ada"),
        ("王小明", "王小明"),
        ("Zoe\u0308", "Zoë"),
        ("../../x", "__.._x"),
        ("..", ""),
        (".", ""),
        ("", ""),
        ("   ", ""),
        ("...hidden", "_hidden"),
        ("a/b\\c:d", "a_b_c_d"),
        ("=1+1", "=1+1"),
        ("<b>x</b>", "<b>x<_b>"),
        ("ada\x1b[31m", "ada\ufffd[31m"),
        ("ada\u202egnp.exe", "ada\ufffdgnp.exe"),
        ("a\u200bda", "a\ufffdda"),
        ("  Ada \t Lovelace ", "Ada Lovelace"),
        ("a\nb", "a b"),
        ("a\0b", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_ids_are_never_paths_and_never_act(raw: str, safe: str) -> None:
    assert student_id(raw) == safe


def test_long_ids_are_cut_and_stay_apart() -> None:
    one, other = student_id("a" * 300), student_id("a" * 299 + "b")
    assert len(one) == len(other) == STUDENT_CAP
    assert one != other
    assert student_id(one) == one


@pytest.mark.parametrize("raw", ["..", "a/b", "\u0000", "=1+1", "<b>", "x" * 300, "王", "e\u0301", "con", ". a", "~x"])
def test_making_an_id_safe_twice_changes_nothing(raw: str) -> None:
    assert student_id(student_id(raw)) == student_id(raw)


def test_a_student_without_a_name_is_flagged(tree: Tree) -> None:
    found = collect([tree({"hw-..-x.py": "x = 1"})], slugs=SLUGS, student_pattern=r"hw-(?P<student>.*)-x")
    assert [(one.student, one.flags) for one in found.submissions] == [("unnamed", ("student.unnamed",))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "ada"),
        ("ZO\u00cb", "zo\u00eb"),
        ("\uff41da", "ada"),
        ("stra\u00dfe", "strasse"),
        ("\u212bke", "\u00e5ke"),
    ],
)
def test_ids_that_collide_are_flagged_and_said(tree: Tree, one: str, other: str) -> None:
    found = collect([tree({f"{one}.py": "1", f"{other}.py": "2", "bob.py": "3"})], slugs=SLUGS)
    flags = {one.student: one.flags for one in found.submissions}
    assert flags.pop("bob") == ()
    assert list(flags.values()) == [("student.collision",)] * 2
    assert [note.code for note in found.notes] == ["student.collision"]


def test_two_writings_of_one_name_are_reported(tree: Tree) -> None:
    root = tree({"caf\u00e9/broadcasting.py": "1", "cafe\u0301/broadcasting.py": "2"})
    if len(list(root.iterdir())) == 1:
        pytest.skip("this file system takes the two names for one")
    found = collect([root], slugs=SLUGS)
    assert {flag for one in found.submissions for flag in one.flags} >= {"student.collision"}


def test_paths_are_shown_without_codes_that_act(tree: Tree) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such names")
    root = tree({"eve\x1b[2J\u202e/broadcasting.py": "x = 1", "eve\x1b[2J\u202e/x\x07.pdf": ""})
    found = collect([root], slugs=SLUGS)
    shown = [one.path for one in found.submissions] + [one.path for one in found.unmatched]
    assert all(text.isprintable() for text in shown)
    assert found.submissions[0].read() == b"x = 1"


@posix
def test_names_that_are_no_unicode_are_read_all_the_same(tree: Tree) -> None:
    root = tree(HONEST)
    try:
        (Path(os.fsdecode(bytes(root) + b"/eve\xff.py"))).write_bytes(b"x = 2")
    except OSError:
        pytest.skip("this file system takes Unicode only")
    found = collect([root], slugs=SLUGS)
    assert [(one.student, one.read()) for one in found.submissions if one.student != "honest"] == [
        ("eve\ufffd", b"x = 2")
    ]


def test_one_bad_file_of_each_kind_costs_the_others_nothing(tree: Tree) -> None:
    bad: dict[str, str | bytes] = {
        "deep/broadcasting.ipynb": '{"cells":' + "[" * 100_000,
        "empty/broadcasting.py": b"",
        "rot/broadcasting.py": b"# coding: rot13\n",
        "binary/broadcasting.py": b"\0\1\2" * 99,
        "prose/broadcasting.ipynb": b"I could not do it",
    }
    found = collect([tree({**bad, **HONEST, "nb/broadcasting.ipynb": NOTEBOOK})], slugs=SLUGS)
    outcomes = {}
    for one in found.submissions:
        try:
            outcomes[one.student] = bool(read_program(one.read(), one.path).cells)
        except UnreadableSubmission as error:
            outcomes[one.student] = error.message.code == "unreadable."
    assert outcomes == {**{name.split("/")[0]: False for name in bad}, "honest": True, "nb": True}


def test_the_package_works_where_posix_flags_do_not_exist(tree: Tree) -> None:
    root = tree(HONEST)
    script = (
        "import os, sys\n"
        "for name in ('O_NOFOLLOW', 'O_NONBLOCK', 'O_CLOEXEC'):\n"
        "    if hasattr(os, name): delattr(os, name)\n"
        "sys.modules['fcntl'] = sys.modules['resource'] = sys.modules['pwd'] = None\n"
        "from grader.submissions import collect, read_program\n"
        "(one,) = collect([sys.argv[1]], slugs=['broadcasting']).submissions\n"
        "print(read_program(one.read(), one.path).cells[0].source)\n"
        "assert 'numpy' not in sys.modules and 'nbformat' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(root)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.stdout.strip() == "x = 1"


def test_a_tar_of_endless_long_names_is_damaged_not_a_crash(tree: Tree) -> None:
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 10
    block = header.tobuf(tarfile.GNU_FORMAT) + b"x" * 10 + bytes(502)
    found = collect([tree({"eve.tar": block * 5_000, **HONEST})], slugs=SLUGS)
    assert {one.student: one.student == "eve" and why(one) for one in found.submissions} == {
        "eve": "unreadable.archive_damaged",
        "honest": False,
    }
