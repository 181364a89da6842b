"""Who may take part in a cluster run: only who has the certificates, and workers whose results can't differ."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from shutil import which

import pytest
from class_samples import arguments, environment, grade
from cluster_samples import QUIET, Cluster, begin, finish, sample, timeless

pytest.importorskip("distributed", reason="needs dask.distributed: pip install -e '.[cluster]'")


def certificate(folder, name, *, by=None):
    """Make a key and a certificate, signed by another one or by itself."""
    key, cert = folder / f"{name}.key", folder / f"{name}.pem"
    signed = ["-CA", f"{by[1]}", "-CAkey", f"{by[0]}"] if by else []
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
         "-keyout", key, "-out", cert, *signed],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return key, cert


@pytest.fixture
def tls(tmp_path):
    """Return the settings that the README names, with certificates of the test's own."""
    if not which("openssl"):
        pytest.skip("makes certificates with openssl")
    folder = tmp_path / "certificates"
    folder.mkdir()
    ca = certificate(folder, "authority")
    key, cert = certificate(folder, "me", by=ca)
    comm = "DASK_DISTRIBUTED__COMM__"
    settings = {comm + "REQUIRE_ENCRYPTION": "true", comm + "TLS__CA_FILE": str(ca[1])}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        settings |= {f"{comm}TLS__{role}__CERT": str(cert), f"{comm}TLS__{role}__KEY": str(key)}
    return settings


@pytest.fixture
def encrypted(tmp_path, tls):
    made = Cluster(tmp_path, env=tls, more=("--protocol", "tls"))
    yield made
    assert made.close(), "something outlived the cluster"


def test_with_certificates_all_goes_encrypted_and_a_plain_client_is_refused(tmp_path, encrypted, tls):
    course = sample(tmp_path, 8)
    expected = timeless(grade(course, "--jobs", 2, *QUIET).stdout)
    encrypted.add_worker()
    address = json.loads(encrypted.file.read_text())["address"]
    assert address.startswith("tls://")
    out, err = finish(begin(course, "--cluster", address, *QUIET, env=tls))
    assert timeless(out) == expected
    assert "neither encrypted" not in err
    plain = address.replace("tls://", "tcp://")
    strange = certificate(tmp_path, "stranger")
    theirs = {name: str(strange[0 if name.endswith("KEY") else 1]) for name in tls if "TLS__" in name}
    for other, env, code, said in (
        (plain, {}, 3, f"no scheduler answers at {plain}"),
        (address, {}, 2, "needs certificates"),
        (plain, tls, 2, "is not encrypted, and Dask's settings require it"),
        (address, theirs, 3, f"no scheduler answers at {address}"),
    ):
        out, err = finish(patched(course, "--cluster", other, *QUIET, env=env), code=code)
        assert not out
        assert said in err
        assert "Traceback" not in err


def patched(course, *more, env):
    """Start a run that asks less long whether a scheduler answers."""
    change = "import grader.batch.cluster.farm as f; f.TIMEOUT = 3; from grader.__main__ import main; main()"
    command = [sys.executable, "-c", change, *arguments(course, *more)[3:]]
    env = {**environment(), **env}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


@pytest.mark.slow
def test_workers_started_here_work_where_encryption_is_required(tmp_path, tls):
    course = sample(tmp_path, 8)
    expected = timeless(grade(course, "--jobs", 2, *QUIET).stdout)
    out, _ = finish(begin(course, "--cluster", "local:1", *QUIET, env=tls))
    assert timeless(out) == expected


def own_address():
    """Return an address of this machine that others could reach, or None."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent
            address = probe.getsockname()[0]
        except OSError:
            return None
    return None if address.startswith("127.") else address


@pytest.mark.slow
def test_a_scheduler_that_others_can_reach_unencrypted_is_told(tmp_path):
    if (address := own_address()) is None:
        pytest.skip("this machine has no address but its own loopback")
    cluster = Cluster(tmp_path, more=("--host", address))
    try:
        cluster.add_worker("--host", address)
        _, err = finish(begin(sample(tmp_path, 3), "--cluster", cluster.file, *QUIET))
    finally:
        assert cluster.close()
    assert "neither encrypted nor protected" in err
    assert "Use tls://" in err


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="levels of confinement are Linux's")
def test_workers_of_unlike_confinement_all_use_what_each_of_them_has(tmp_path, cluster):
    course = sample(tmp_path, 12)
    probe = grade(course, "--sandbox", "auto", "--jobs", 1, *QUIET).stdout
    if json.loads(probe)["results"][0]["sandbox"] != "full":
        pytest.skip("here is no level but the one below `full`")
    less = tmp_path / "less.py"
    less.write_text(
        "from grader.sandbox import proving\n"
        "from grader.errors import SandboxUnavailable\n"
        "def prove(workers, real=proving.prove):\n"
        "    if workers.level == 'full':\n"
        "        raise SandboxUnavailable('no namespaces here')\n"
        "    real(workers)\n"
        "proving.prove = prove\n",
        encoding="utf-8",
    )
    cluster.add_worker()
    cluster.add_worker("--preload", less)
    wait_until_there(cluster, 2)
    out, err = finish(begin(course, "--cluster", cluster.file, *QUIET, "--sandbox", "auto"))
    levels = {each["sandbox"] for each in json.loads(out)["results"]}
    assert levels == {"core"}, err
    # Asked for `full`, the one that can't is left out, and said to be.
    out, err = finish(begin(course, "--cluster", cluster.file, *QUIET, "--sandbox", "full"))
    assert {each["sandbox"] for each in json.loads(out)["results"]} == {"full"}
    assert "is not used" in err
    assert "no namespaces here" in err


def wait_until_there(cluster, count):
    """Wait until the scheduler knows so many workers."""
    from distributed import Client

    with Client(scheduler_file=str(cluster.file), set_as_default=False, timeout=20) as client:
        client.wait_for_workers(count, timeout=60)
