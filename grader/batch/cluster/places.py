"""Where a cluster is: started here (`local:N`), at an address, or told by a scheduler's file."""

from __future__ import annotations

import ipaddress
import json
import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from grader.errors import InternalError, NotFound, UsageError
from grader.saying import say

TIMEOUT = 20.0
"""Seconds that a scheduler may take to answer."""
FORMS = say("local:N (workers on this machine), tcp://HOST:PORT, tls://HOST:PORT, or the scheduler's FILE.json")
Connect = Callable[[float], Any]
"""Makes a client; takes the seconds that this may last."""


@contextmanager
def cluster_at(place: str, tell: Callable[[str], None]) -> Iterator[Connect]:
    """Yield what makes a client of a cluster. One that is started here ends with the block.

    Raises UsageError for a place of no known form, and where dask.distributed is not installed.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise UsageError(say("--cluster needs dask.distributed: pip install 'numgrader[cluster]'")) from error
    if place.startswith("local:"):
        with _local(place, distributed) as address:
            yield lambda seconds: distributed.Client(address, timeout=seconds, set_as_default=False)
        return
    address = address_of(place)
    if is_exposed(address):
        tell(
            say(
                "{address} is neither encrypted nor protected: whoever reaches it reads the hidden checks and can run "
                "programs on the workers. Use tls:// beyond a network that you trust.",
                address=address,
            )
        )

    def connect(seconds: float) -> Any:
        require_settings(address_of(place), distributed.Security())
        try:
            return distributed.Client(address_of(place), timeout=seconds, set_as_default=False)
        except (OSError, TimeoutError) as error:
            raise InternalError(
                say(
                    "no scheduler answers at {address}: {error}. Is `dask scheduler` running?",
                    address=address,
                    error=error,
                )
            ) from error

    yield connect


def require_confinement(place: str, level: str) -> None:
    """Raise UsageError where student code would run unconfined on others' machines: it could command the whole cluster.

    What is started here is for one run of one's own, which `none` is the instructor's explicit choice for.
    """
    if level == "none" and not place.startswith("local:"):
        raise UsageError(
            say(
                "--sandbox none does not go with --cluster {place}: an unconfined program could reach the scheduler as "
                "the grader does, and run anything on every worker. Leave --sandbox out, or use --cluster local:N.",
                place=place,
            )
        )


def address_of(place: str) -> str:
    """Return the address of a scheduler; a file is read anew each time, as a restarted scheduler writes a new one."""
    if re.fullmatch(r"(tcp|tls)://[^/]+:\d+/?", place):
        return place.rstrip("/")
    if not place.endswith(".json"):
        raise UsageError(say("--cluster {place}: give {forms}.", place=place, forms=FORMS))
    try:
        return str(json.loads(Path(place).read_text(encoding="utf-8"))["address"])
    except FileNotFoundError as error:
        raise NotFound(
            say("{place} is not there: `dask scheduler --scheduler-file {place}` writes it.", place=place)
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            say("{place} is not what `dask scheduler --scheduler-file` writes: {error!r}", place=place, error=error)
        ) from error


def require_settings(address: str, security: Any) -> None:
    """Raise UsageError where Dask's settings don't go with an address: it would say so in a traceback."""
    encrypted = address.startswith("tls://")
    if encrypted and security.get_connection_args("client").get("ssl_context") is None:
        raise UsageError(
            say(
                "{address} needs certificates, and Dask's settings name none for a client: give them as "
                "it says under Security in grader/batch/README.md.",
                address=address,
            )
        )
    if not encrypted and security.require_encryption:
        raise UsageError(
            say(
                "{address} is not encrypted, and Dask's settings require it: use the scheduler's tls:// address.",
                address=address,
            )
        )


def is_exposed(address: str) -> bool:
    """Say whether an address is unencrypted and beyond this machine."""
    parts = urlsplit(address)
    if parts.scheme != "tcp":
        return False
    host = parts.hostname or ""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


@contextmanager
def _local(place: str, distributed: Any) -> Iterator[str]:
    """Start a scheduler here with N workers of one lane each, which end with this process whatever ends it."""
    count = place.removeprefix("local:")
    if not count.isdecimal() or not int(count):
        raise UsageError(say("--cluster {place}: say how many workers, as in local:2.", place=place))
    config: Any = import_module("dask.config")
    # Dask looks at what each worker is doing a hundred times a second, for a dashboard that is not there.
    with _deaf_to_interrupts(), config.set({"distributed.worker.profile.enabled": False}):
        cluster = distributed.LocalCluster(
            n_workers=int(count),
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=":0",  # with None it is a fixed port, which two runs at once would both want
            scheduler_kwargs={"dashboard": False},
            worker_dashboard_address=None,
            silence_logs=50,
            memory_limit=None,
        )
    with cluster:
        yield cluster.scheduler_address


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let the processes started here not hear Ctrl-C, which a terminal sends to all: they finish what is in flight.

    An ignored signal stays ignored in what is started meanwhile; these few seconds it is not heard here either.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
