"""Opening what students handed in without following a link, waiting on a pipe or reading without end."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from grader.errors import UnreadableSubmission
from grader.model import Message
from grader.submissions.reading import FILE_CAP

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)  # these four exist only where the danger does
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def open_regular(path: str | Path, *, follow: bool = False) -> BinaryIO:
    """Open a regular file for reading, or raise UnreadableSubmission saying why not.

    A symbolic link is not followed unless `follow` says that the user named it; a FIFO, socket or device is refused
    without waiting for its other end.
    """
    flags = _FLAGS & ~getattr(os, "O_NOFOLLOW", 0) if follow else _FLAGS
    try:
        if not follow and not hasattr(os, "O_NOFOLLOW") and os.path.islink(path):
            raise unreadable("symlink")
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        raise unreadable("gone") from None
    except PermissionError:
        raise unreadable("permission") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise unreadable("symlink") from None
        if error.errno == errno.ENXIO:  # a socket
            raise unreadable("not_regular") from None
        raise unreadable("input_output") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise unreadable("not_regular")
    return os.fdopen(descriptor, "rb")


def read_regular(path: str | Path, *, follow: bool = False, cap: int = FILE_CAP) -> bytes:
    """Return a regular file's bytes, or raise UnreadableSubmission; never reads more than the cap."""
    with open_regular(path, follow=follow) as file:
        try:
            if os.fstat(file.fileno()).st_size > cap:
                raise unreadable("too_large", megabytes=cap // 1_000_000)
            data = file.read(cap + 1)
        except OSError:
            raise unreadable("input_output") from None
    if len(data) > cap:
        raise unreadable("too_large", megabytes=cap // 1_000_000)
    return data


def unreadable(code: str, **params: int | str) -> UnreadableSubmission:
    """Make the exception for a submission that can't be read."""
    return UnreadableSubmission(Message(code=f"unreadable.{code}", params=params))
