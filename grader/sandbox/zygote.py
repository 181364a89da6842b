"""The zygote: started by exec, warm with numpy, forks a worker whenever it is handed a socket for one.

It sees no course material and no payload: workers read theirs from their own sockets. It talks to its host over a
SOCK_SEQPACKET socket, one small JSON message at a time, and ends when that closes.

    {"op": "spawn", "memory": MB} + socket  →  {"pid": n, "folder": path or null} + pidfd
    {"op": "reap", "pid": n}                →  {"status": wait status, "peak": MB}
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import socket
import sys
import traceback
from typing import Any

from grader.sandbox.confinement.plan import Plan, plan

MESSAGE_BYTES = 1 << 16
_YOUNG = 5000
"""New objects before the collector looks at them: a program's syntax tree has as many, and none of it is garbage."""


def run(control_fd: int) -> None:
    """Serve a host over an inherited socket; never returns."""
    control = socket.socket(fileno=control_fd)
    try:
        config = json.loads(control.recv(MESSAGE_BYTES))
        sys.path[:] = [path for path in sys.path if path != config["root"]] + config["site"]
        house = plan(config)
        house.enter(control)
        _warm()
        house.settle()
        control.send(json.dumps({"ready": os.getpid()}).encode())
    except BaseException:
        control.send(json.dumps({"error": traceback.format_exc()[-4000:]}).encode())
        os._exit(1)
    _serve(control, house)
    os._exit(0)


def _warm() -> None:
    """Import what workers need and run generic code once, so that no worker has to; keep it from the collector."""
    # What modules would have done in each child is about threads, of which there are none here, and about drawing
    # numbers that nobody knows, which is no good in a worker; and it takes longer than the fork itself.
    register, os.register_at_fork = os.register_at_fork, _do_nothing
    try:
        from grader.sandbox.warming import warm

        warm()
    finally:
        os.register_at_fork = register
    gc.collect()
    gc.disable()
    gc.freeze()


def _do_nothing(**_: object) -> None:
    """Stand for `os.register_at_fork`."""


def _serve(control: socket.socket, house: Plan) -> None:
    """Do what the host asks until it is gone, be it in the middle of a question; then leave nothing behind."""
    living: set[int] = set()
    with contextlib.suppress(ConnectionResetError, BrokenPipeError):
        _answer(control, house, living)
    house.leave(living)


def _answer(control: socket.socket, house: Plan, living: set[int]) -> None:
    while True:
        data, fds, _flags, _address = socket.recv_fds(control, MESSAGE_BYTES, 1)
        if not data:
            return
        request: dict[str, Any] = json.loads(data)
        if request["op"] == "spawn":
            reply, pidfd = _spawn(control, house, request, fds[0])
            if pidfd is None:
                control.send(json.dumps(reply).encode())
                continue
            living.add(reply["pid"])
            socket.send_fds(control, [json.dumps(reply).encode()], [pidfd])
            os.close(pidfd)
        else:
            pid = request["pid"]
            house.end_group(pid)  # while its number is still its own
            _, status, usage = os.wait4(pid, 0)
            living.discard(pid)
            house.clear(pid, living)
            control.send(json.dumps({"status": status, "peak": usage.ru_maxrss / 1024}).encode())


def _spawn(
    control: socket.socket, house: Plan, request: dict[str, Any], line: int
) -> tuple[dict[str, Any], int | None]:
    """Fork a worker. The reply says what went wrong where no pidfd comes with it."""
    try:
        room = house.prepare()
        pid = house.fork()
        if pid == 0:
            _become_worker(control, house, request, line, room)
        return {"pid": pid, "folder": house.forked(pid, room)}, os.pidfd_open(pid)
    except OSError as error:
        return {"error": f"no worker could be forked: {error}"}, None
    finally:
        os.close(line)


def _become_worker(control: socket.socket, house: Plan, request: dict[str, Any], line: int, room: Any) -> None:
    """Turn the fresh child into a worker; never returns."""
    try:
        from grader.sandbox.pipe import Pipe
        from grader.sandbox.worker import serve

        control.detach()
        gc.enable()
        gc.set_threshold(_YOUNG, 10, 10)
        serve(Pipe(3, 3), lambda: house.confine(request["memory"], line, room))
    finally:
        os._exit(70)
