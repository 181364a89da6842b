"""What a worker must not be able to do, tried by a program in the place of a student's.

Run as a script, it tries everything at the levels that are named, as whoever runs it, and prints JSON.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from grader.authoring import Limits
from grader.model import Case, Cell, Program, Returned, Wanted
from grader.sandbox import open_sandbox
from grader.sandbox.wire import encode_cases

# One expression each; {hidden}, {folder} and {host} are filled in. A probe is refused if it raises OSError or
# RuntimeError (threads), or a C call returns -1.
REFUSED = {
    "open hidden": "open({hidden!r})",
    "list hidden": "os.listdir({folder!r})",
    "list /": "[os.listdir('/'), os.listdir('/home'), os.listdir('/etc')]",
    "read /etc/passwd": "open('/etc/passwd')",
    "read own maps": "open('/proc/self/maps')",
    "read host environ": "open('/proc/{host}/environ')",
    "write beside": "open({folder!r} + '/x', 'w')",
    "write above the folder": "open('../x', 'w')",
    "write /tmp": "open('/tmp/grader-probe', 'w')",
    "write /dev/shm": "open('/dev/shm/grader-probe', 'w')",
    "write a module": "os.open(np.__file__, os.O_WRONLY)",
    "append to a module": "open(os.__file__, 'ab')",
    "truncate hidden": "os.truncate({hidden!r}, 0)",
    "remove hidden": "os.unlink({hidden!r})",
    "rename hidden": "os.rename({hidden!r}, 'x')",
    "link a hidden file": "open(os.link({hidden!r}, 'x') or 'x')",
    "symlink to a hidden file": "[os.symlink({hidden!r}, 'y'), open('y')]",
    "chmod": "os.chmod('own', 0o777)",
    "fchmod": "os.fchmod(os.open('own', os.O_RDONLY), 0o777)",
    "chown": "os.chown('own', os.getuid(), os.getgid())",
    "utime": "os.utime('own', (0, 0))",
    "setxattr": "os.setxattr('own', 'user.x', b'1')",
    "mknod": "os.mknod('fifo')",
    "mkfifo": "os.mkfifo('fifo')",
    "device": "os.mknod('null', 0o20666, os.makedev(1, 3))",
    "unix socket": "socket.socket(socket.AF_UNIX)",
    "tcp socket": "socket.socket(socket.AF_INET)",
    "udp socket": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "netlink socket": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "vsock": "socket.socket(40)",
    "socket pair": "socket.socketpair()",
    "fork": "os.fork() or os._exit(0)",
    "vfork and spawn": "os.posix_spawn('/bin/true', ['true'], {{}})",
    "system": "c(-1 if os.system('true') else 0)",
    "exec": "os.execv(sys.executable, [sys.executable])",
    "exec by descriptor": "os.execve(os.open(sys.executable, os.O_RDONLY), ['x'], {{}})",
    "thread": "threading.Thread(target=int).start()",
    "kill host": "os.kill({host}, 0)",
    "kill parent": "os.kill(os.getppid(), 0) if os.getppid() else os.kill(2, 0)",
    "kill everything": "os.kill(-1, 0)",
    "kill group": "os.killpg(0, 0)",
    "pidfd": "os.pidfd_open(os.getpid())",
    "ptrace": "c(libc.ptrace(16, {host}, 0, 0))",
    "read memory": "c(libc.process_vm_readv({host}, None, 0, None, 0, 0))",
    "memfd": "os.memfd_create('x')",
    "sysv memory": "c(libc.shmget(4242, 4096, 0o1666))",
    "sysv semaphore": "c(libc.semget(4242, 1, 0o1666))",
    "sysv queue": "c(libc.msgget(4242, 0o1666))",
    "posix memory": "shared_memory.SharedMemory('ans', create=True, size=64)",
    "keyring": "c(libc.syscall({add_key}, b'user', b'k', b'v', 1, -4))",
    "become root": "os.setuid(0)",
    "own user again": "os.setuid(os.getuid())",
    "unshare": "c(libc.unshare(0x10000000))",
    "mount": "c(libc.mount(b'x', b'.', b'tmpfs', 0, None))",
    "chroot": "os.chroot('.')",
    "own session": "os.setsid()",
    "own group": "os.setpgid(0, 0)",
    "undo parent death": "c(libc.prctl(1, 0))",
    "become dumpable": "c(libc.prctl(4, 1))",
    "raise own limits": "resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))",
    "limits of others": "resource.prlimit({host}, resource.RLIMIT_NOFILE, (100, 100))",
    "nice": "os.setpriority(os.PRIO_PROCESS, 0, 5)",
    "affinity": "os.sched_setaffinity(0, [0])",
    "lock a shared file": "fcntl.lockf(open(np.__file__), fcntl.LOCK_SH)",
    "flock a shared file": "fcntl.flock(open(np.__file__), fcntl.LOCK_SH)",
    "lease": "fcntl.fcntl(os.open('own', os.O_RDONLY), 1024, 0)",
    "fake terminal input": "fcntl.ioctl(0, 0x5412, b'x')",
    "watch files": "c(libc.inotify_init())",
    "perf": "c(libc.syscall({perf_event_open}, None, 0, -1, -1, 0))",
    "bpf": "c(libc.syscall({bpf}, 0, None, 0))",
    "io_uring": "c(libc.syscall(425, 1, None))",
    "userfaultfd": "c(libc.syscall({userfaultfd}, 0))",
    "open by handle": "c(libc.open_by_handle_at(-100, None, 0))",
}
FULL_ONLY = {
    "stat hidden": "os.stat({hidden!r})",
    "stat its folder": "os.stat({folder!r})",
    "stat /etc": "os.stat('/etc/passwd')",
    "stat host": "os.stat('/proc/{host}')",
}
WORKS = {
    "write own": "open('own', 'w').write('x')",
    "append own": "open('own', 'a').write('x')",
    "folders": "[os.makedirs('a/b'), open('a/b/c', 'w').close(), os.rename('a/b/c', 'a/d'), os.unlink('a/d')]",
    "temporary file": "tempfile.NamedTemporaryFile().write(b'x')",
    "home": "open(os.path.expanduser('~/x'), 'w').close()",
    "null": "open(os.devnull, 'w').write('x')",
    "random": "[os.urandom(4), open('/dev/urandom', 'rb').read(1)]",
    "lazy module": "__import__('wave')",
    "lazy compiled module": "__import__('_elementtree')",
    "linear algebra": "np.linalg.svd(np.random.rand(20, 20))",
    "matrix product": "np.random.rand(200, 200) @ np.random.rand(200, 200)",
    "mapped file": "np.memmap('mapped', dtype='f8', mode='w+', shape=(4,)).flush()",
    "save and load": "[np.save('a.npy', np.zeros(3)), np.load('a.npy')]",
    "own signal": "os.kill(os.getpid(), 0)",
    "own limits": "resource.getrlimit(resource.RLIMIT_NOFILE)",
    "pipe": "os.pipe()",
    "sleep": "time.sleep(0.001)",
}

SOURCE = """
IMPORTS = '''
import os, sys, ctypes, fcntl, resource, socket, tempfile, threading, time
from multiprocessing import shared_memory
import numpy as np
libc = ctypes.CDLL(None, use_errno=True)
def c(result):
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")
'''
space = {}
def probe(text):
    if not space:
        exec(IMPORTS, space)
    try:
        eval(text, space)
    except (OSError, RuntimeError) as error:
        return f"{type(error).__name__}: {error}"
    return None
"""

_NUMBERS = {
    "x86_64": {"add_key": 248, "perf_event_open": 298, "bpf": 321, "userfaultfd": 323},
    "aarch64": {"add_key": 217, "perf_event_open": 241, "bpf": 280, "userfaultfd": 282},
}


# None of these does harm where it is not refused.
HARMLESS = ("open hidden", "read /etc/passwd", "read own maps", "unix socket", "fork", "thread", "memfd", "stat hidden")


def try_all(level: str, names: Sequence[str] = ()) -> dict[str, str | None]:
    """Try every probe in a worker of a level; None means that it went through, else it is how it was refused."""
    probes = {**REFUSED, **FULL_ONLY, **WORKS}
    probes = {name: probes[name] for name in names or probes}
    with tempfile.TemporaryDirectory() as folder, open_sandbox(level) as sandbox:
        hidden = Path(folder, "checks.py")
        hidden.write_text("hidden")
        hidden.chmod(0o644)
        words = {"hidden": str(hidden), "folder": folder, "host": os.getpid(), **_NUMBERS[os.uname().machine]}
        # What works comes first: some refused probes need the file that it writes.
        texts = {
            name: text.format(**words) for name, text in sorted(probes.items(), key=lambda each: each[0] not in WORKS)
        }
        payload = encode_cases([Case(args=(text,), expected=Returned(value=None)) for text in texts.values()])
        program = Program(cells=(Cell(source=SOURCE),))
        with sandbox.session(program, [Wanted(name="probe", parameters=("text",))], Limits()) as session:
            outcomes = session.call("probe", payload, Limits())
    said = {name: getattr(outcome, "value", repr(outcome)) for name, outcome in zip(texts, outcomes, strict=True)}
    return {"level": sandbox.level.value, **said}


if __name__ == "__main__":
    json.dump({level: try_all(level) for level in sys.argv[1:]}, sys.stdout)
