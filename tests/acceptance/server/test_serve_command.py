"""`careergraph serve` from the outside: how it starts, what it refuses, how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from command_line import CAREERGRAPH, careergraph, complaint
from served import GRAPHS, PATIENCE, Served, served

ASK = "ASK { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FEW = ("--dataset", str(GRAPHS), "--workers", "1")
#: Data of which a product of products takes hours.
MANY = ("--workers", "1", "--timeout", "3000")


def children(process: int) -> list[int]:
    """The processes that a process has started and that are still there."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    return [int(word) for word in listed.stdout.split()]


def runs(process: int) -> bool:
    """Whether a process is there and has not ended; one that has, its parent may not have noticed yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def gone(processes: list[int]) -> bool:
    """Whether none of some processes runs any more, or will soon."""
    until = time.monotonic() + PATIENCE
    while any(map(runs, processes)) and time.monotonic() < until:
        time.sleep(0.02)
    return not any(map(runs, processes))


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


def test_the_address_is_told_on_stderr_once_it_can_be_asked() -> None:
    with served(*FEW) as server:
        assert server.get(ASK).json()["boolean"] is True
        assert server.url.startswith("http://127.0.0.1:")


def test_it_listens_where_it_is_told_to() -> None:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            pass
    except OSError:
        pytest.skip("no IPv6 on this machine")
    with served("--host", "::1", *FEW) as server:
        assert server.url.startswith("http://[::1]:")
        assert server.get(ASK).status_code == 200


@linux
@pytest.mark.parametrize(
    ("sign", "code", "said"), [(signal.SIGTERM, 0, ""), (signal.SIGINT, 130, "Error: Interrupted.")]
)
def test_a_signal_ends_it_and_its_workers(sign: signal.Signals, code: int, said: str) -> None:
    with served(*FEW) as server:
        workers = children(server.process.pid)
        assert len(workers) >= 2
        ended, printed = server.ended(sign)
        assert (ended, printed.strip()) == (code, said)
        assert gone(workers)


def asking(server: Served, query: str) -> socket.socket:
    """A client that has sent a query; another was answered since, so that the first is being computed."""
    client = server.connected()
    line = f"GET /sparql?query={query.replace(' ', '+').replace('?', '%3F')} HTTP/1.1"
    client.sendall(f"{line}\r\nHost: localhost\r\n\r\n".encode())
    assert server.get(ASK).status_code == 200
    return client


def test_what_is_being_computed_at_the_end_is_stopped_and_its_client_told() -> None:
    with served(*MANY) as server, asking(server, ENDLESS) as running, asking(server, ENDLESS) as waiting:
        assert server.ended() == (0, "")
        for client in (running, waiting):
            assert client.recv(100).startswith(b"HTTP/1.1 503 ")


@linux
def test_a_second_interrupt_leaves_nothing_behind() -> None:
    with served(*MANY) as server, asking(server, ENDLESS):
        workers = children(server.process.pid)
        server.process.send_signal(signal.SIGINT)
        code, said = server.ended(signal.SIGINT)
        assert (code, said.strip()) == (130, "Error: Interrupted.")
        assert gone(workers)


@linux
@pytest.mark.parametrize(
    ("sign", "code", "said"), [(signal.SIGTERM, 0, ""), (signal.SIGINT, 130, "Error: Interrupted.")]
)
def test_a_signal_ends_it_before_it_is_ready(tmp_path: Path, sign: signal.Signals, code: int, said: str) -> None:
    path = tmp_path / "large.nt"
    path.write_text("".join(f"<urn:a:{n}> <urn:b> <urn:c:{n}> .\n" for n in range(100_000)), encoding="utf-8")
    command = [CAREERGRAPH, "serve", "--port", "0", "--dataset", str(path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + PATIENCE
        while not (workers := children(process.pid)) and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(sign)
        assert process.communicate(timeout=PATIENCE)[1].strip() == said
    assert process.returncode == code
    assert workers
    assert gone(workers)


@linux
def test_no_worker_outlives_a_server_that_is_killed() -> None:
    with served(*FEW) as server:
        workers = children(server.process.pid)
        server.process.kill()
        server.process.wait(PATIENCE)
        assert gone(workers)


@linux
def test_a_worker_that_dies_is_replaced() -> None:
    with served(*FEW) as server:
        workers = children(server.process.pid)
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        assert gone(workers)
        assert server.get(ASK).json()["boolean"] is True
        assert server.get("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").status_code == 200


def test_a_port_that_is_taken_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = complaint(careergraph("serve", "--port", str(port)), 2)
    assert f"Cannot listen at 127.0.0.1, port {port}: Address already in use" in said
    assert "--port" in said


@pytest.mark.parametrize("host", ["256.1.1.1", "no.such.host.invalid", "192.0.2.1", "a" * 300])
def test_an_address_that_is_not_here_is_one_line(host: str) -> None:
    assert "Cannot listen at" in complaint(careergraph("serve", "--host", host, "--port", "0"), 2)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--dataset", "https://example.org/sparql"], "only files can be served"),
        (["--dataset", "nowhere.ttl"], "no such file"),
        (["--dataset", str(Path(__file__))], "its ending is none of"),
        (["--allow-origin", "*"], "is not an origin"),
        (["--allow-host", "https://example.org"], "is not a name of a host"),
        (["--port", "65536"], "65536"),
        (["--timeout", "0"], "0"),
        (["--workers", "0"], "0"),
    ],
)
def test_what_cannot_be_served_is_one_line(options: list[str], said: str) -> None:
    assert said in complaint(careergraph("serve", "--port", "0", *options), 2)


def test_a_file_that_is_broken_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix : <http://a/> .\n:a :b\n", encoding="utf-8")
    said = complaint(careergraph("serve", "--port", "0", "--dataset", str(path)), 2)
    assert f"Cannot read {path}:" in said


@pytest.mark.parametrize("package", ["starlette", "uvicorn"])
def test_without_its_extra_it_says_how_to_get_it(package: str) -> None:
    script = (
        f"import sys; sys.modules[{package!r}] = None; sys.modules[{package + '.applications'!r}] = None\n"
        "sys.argv = ['careergraph', 'serve']\n"
        "from careergraph.cli import run; run()"
    )
    finished = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    said = complaint(finished, 2)
    assert f"needs the package {package}" in said
    assert "careergraph[serve]" in said
