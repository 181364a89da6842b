from __future__ import annotations

import errno
import struct

import pytest

from grader.sandbox.confinement import seccomp, syscalls

ALLOW, KILL = 0x7FFF0000, 0x80000000
EPERM, ENOSYS = 0x50000 | errno.EPERM, 0x50000 | errno.ENOSYS
AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
COLUMN = {"x86_64": 0, "aarch64": 1}


def decide(machine: str, number: int, *args: int, audit: int | None = None, pid: int = 77) -> int:
    """Run the filter as the kernel would: the instructions that it uses, and no others."""
    code = seccomp.compile_filter(machine).replace(struct.pack("<I", seccomp._OWN_PID), struct.pack("<I", pid))
    program = list(struct.iter_unpack("<HBBI", code))
    words = [*args, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("<IIQ6Q", number, AUDIT[machine] if audit is None else audit, 0, *words)
    value, counter = 0, 0
    while True:
        operation, if_true, if_false, k = program[counter]
        counter += 1
        if operation == 0x20:
            (value,) = struct.unpack_from("<I", data, k)
        elif operation == 0x06:
            return k
        elif operation == 0x05:
            counter += k
        else:
            counter += if_true if (value == k if operation == 0x15 else value >= k) else if_false
            assert operation in (0x15, 0x35)


def number(machine: str, name: str) -> int:
    for table in (syscalls.ALLOWED, syscalls.REFUSED, syscalls.CONDITIONAL):
        if name in table:
            found = table[name][COLUMN[machine]]
            assert found is not None
            return found
    raise KeyError(name)


@pytest.mark.parametrize("machine", sorted(AUDIT))
def test_every_call_is_decided_as_its_table_says(machine: str) -> None:
    column = COLUMN[machine]
    known = {}
    for table, action in ((syscalls.ALLOWED, ALLOW), (syscalls.REFUSED, EPERM)):
        known |= {numbers[column]: action for numbers in table.values() if numbers[column] is not None}
    conditional = {numbers[column] for numbers in syscalls.CONDITIONAL.values()}
    for each in range(600):
        if each not in conditional:
            assert decide(machine, each) == known.get(each, ENOSYS), each


@pytest.mark.parametrize("machine", sorted(AUDIT))
def test_no_call_is_in_two_tables(machine: str) -> None:
    column = COLUMN[machine]
    numbers = [
        row[column]
        for table in (syscalls.ALLOWED, syscalls.REFUSED, syscalls.CONDITIONAL)
        for row in table.values()
        if row[column] is not None
    ]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("machine", sorted(AUDIT))
@pytest.mark.parametrize(
    ("name", "args", "action"),
    [
        ("kill", (77, 9), ALLOW),
        ("kill", (1, 9), EPERM),
        ("kill", (0, 9), EPERM),
        ("kill", (0xFFFFFFFF, 9), EPERM),
        ("kill", (0xFFFFFFFFFFFFFFFF, 9), EPERM),
        ("tgkill", (77, 77, 9), ALLOW),
        ("tgkill", (76, 77, 9), EPERM),
        ("prctl", (15,), ALLOW),
        ("prctl", (1,), EPERM),
        ("prctl", (4, 1), EPERM),
        ("prctl", (22, 2), EPERM),
        ("prlimit64", (0, 7, 0), ALLOW),
        ("prlimit64", (0, 7, 0x1000), EPERM),
        ("prlimit64", (0, 7, 1 << 40), EPERM),
        ("ioctl", (0, 0x5401), ALLOW),
        ("ioctl", (0, 0x5412), EPERM),
        ("fcntl", (3, 1), ALLOW),
        ("fcntl", (3, 6), EPERM),
        ("fcntl", (3, 1024), EPERM),
    ],
)
def test_arguments_decide_where_they_must(machine: str, name: str, args: tuple[int, ...], action: int) -> None:
    assert decide(machine, number(machine, name), *args) == action


@pytest.mark.parametrize("machine", sorted(AUDIT))
def test_another_architecture_is_killed(machine: str) -> None:
    assert decide(machine, 0, audit=0x40000003) == KILL
    assert decide(machine, 0, audit=AUDIT["aarch64" if machine == "x86_64" else "x86_64"]) == KILL


def test_x32_calls_are_killed() -> None:
    assert decide("x86_64", 0x40000000) == KILL
    assert decide("x86_64", 0x40000000 | 59) == KILL
    assert decide("x86_64", 0xFFFFFFFF) == KILL


def test_an_unknown_machine_has_no_filter() -> None:
    assert not seccomp.supported("riscv64")
    with pytest.raises(KeyError):
        seccomp.compile_filter("riscv64")
