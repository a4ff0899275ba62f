"""Too much at once, too long, too large: every client gets an honest answer, and the next query is answered."""

from __future__ import annotations

import http.client
import os
import select
import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from careergraph.importing.dataset import build
from careergraph.server.settings import read_settings
from light_import import LIGHTER
from onet_release import installed
from served import PATIENCE, Served, served

#: Hours of work.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?role a cg:Role }"
ASK = "ASK { role:ai-ethicist a cg:Role }"
LABEL = "SELECT ?label { role:ai-ethicist skos:prefLabel ?label }"
WORKERS, QUEUE = 2, 2


@pytest.fixture(scope="module")
def hasty() -> Iterator[Served]:
    """A server that gives a query one second."""
    with served("--timeout", "1", "--workers", "1") as running:
        yield running


@pytest.fixture
def patient() -> Iterator[Served]:
    """A server on which whatever ends does not end because of the time."""
    with served("--timeout", "3000", "--workers", str(WORKERS), "--queue", str(QUEUE)) as running:
        yield running


def answers(server: Served, query: str = LABEL) -> bool:
    """Whether the server answers a query, at the latest when what went before has been cleared away."""
    until = time.monotonic() + PATIENCE
    while (response := server.get(query)).status_code == 503 and time.monotonic() < until:
        time.sleep(0.05)
    return response.status_code == 200


def doubling(times: int) -> str:
    binds = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(times))
    return f"SELECT ?x{times} {{ BIND('aaaaaaaaaaaaaaaa' AS ?x0) {binds} }}"


ABUSES: dict[str, tuple[str, set[int], str]] = {
    "a cartesian product": (ENDLESS, {504}, "no answer within 1 s"),
    "endless rows": ("SELECT * { ?a ?b ?c . ?d ?e ?f }", {422, 504}, ""),
    "300 patterns": (
        f"SELECT * {{ {' '.join(f'?s{n} ?p{n} ?s{n + 1} .' for n in range(300))} }}",
        {504},
        "no answer within 1 s",
    ),
    "10,000 brackets": ("SELECT * " + "{" * 10_000 + "}" * 10_000, {400}, "10,000 deep"),
    "20,000 alternatives": (
        f"SELECT * {{ ?a ?b ?c FILTER({' || '.join(['?a = ?b'] * 20_000)}) }}",
        {422},
        "asks too much",
    ),
    "a doubling CONCAT": (doubling(40), {422, 504}, ""),
    "10 MB of VALUES": (f"SELECT * {{ VALUES ?x {{ {' '.join(map(str, range(1_500_000)))} }} }}", {413}, ""),
    "an update": ("DELETE WHERE { ?s ?p ?o }", {400}, "can only be read"),
}


@pytest.mark.parametrize("name", ABUSES)
def test_an_abuse_ends_in_one_message_and_the_next_query_is_answered(hasty: Served, name: str) -> None:
    query, statuses, message = ABUSES[name]
    response = hasty.post(query)
    assert response.status_code in statuses, response.text
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert message in response.text
    assert len(response.text.splitlines()) == 1
    assert answers(hasty)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * { SERVICE <%s> { ?s ?p ?o } }", 400),
        ("SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } }", 400),
        ("SELECT * { \\u0053ERVICE SILENT <%s> { ?s ?p ?o } }", 400),
        ("LOAD <%s>", 400),
        ("SELECT * FROM <%s> { ?s ?p ?o }", 200),
        ("SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }", 200),
        ("SELECT * { GRAPH <%s> { ?s ?p ?o } }", 200),
    ],
)
def test_no_query_reaches_out(endpoint: Served, query: str, status: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        response = endpoint.get(query % address)
        assert response.status_code == status
        assert status != 200 or response.json()["results"]["bindings"] == []
        named = endpoint.client.get(endpoint.sparql, params={"query": "ASK { ?s ?p ?o }", "default-graph-uri": address})
        assert named.json()["boolean"] is False
        assert select.select([listener], [], [], 0)[0] == []
    assert answers(endpoint)


def test_a_file_is_no_graph(endpoint: Served) -> None:
    query = f"SELECT * FROM <file://{__file__}> {{ ?s ?p ?o }}"
    assert endpoint.get(query).json()["results"]["bindings"] == []


LARGEST = read_settings(()).largest_body


def test_a_body_that_says_that_it_is_too_large_is_refused_unread(endpoint: Served) -> None:
    with endpoint.connected() as connection:
        head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: {LARGEST + 1}\r\n"
        connection.sendall(f"{head}Content-Type: application/sparql-query\r\n\r\n".encode())
        response = http.client.HTTPResponse(connection)
        response.begin()
        assert response.status == 413


def test_a_body_that_does_not_say_how_large_it_is_is_refused_once_it_is(endpoint: Served) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(LARGEST // 10_000 + 2):
            yield b" " * 10_000

    headers = {"Content-Type": "application/sparql-query"}
    assert endpoint.client.post(endpoint.sparql, content=endless(), headers=headers).status_code == 413


def test_a_body_of_the_largest_size_is_read(endpoint: Served) -> None:
    response = endpoint.post(ASK + " " * (LARGEST - len(ASK)))
    assert response.status_code == 400
    assert "characters long" in response.text


def test_a_long_query_is_answered_by_post_and_its_address_is_too_long_for_get(endpoint: Served) -> None:
    query = f"ASK {{ role:ai-ethicist skos:note '{'x' * 60_000}' }}"
    assert endpoint.post(query).json()["boolean"] is False
    response = endpoint.get(query)
    assert response.status_code == 414
    assert "use POST" in response.text


@pytest.mark.parametrize("request_", [b"nonsense\r\n\r\n", b"GET /sparql HTTP/1.1\r\n\r\n", b"GET /" + b"x" * 300_000])
def test_what_is_no_request_is_400(endpoint: Served, request_: bytes) -> None:
    with endpoint.connected() as connection:
        connection.sendall(request_)
        response = http.client.HTTPResponse(connection)
        response.begin()
        assert response.status == 400


class Crowd:
    """Clients that have asked, each on a connection of its own, and have not read the answer yet."""

    def __init__(self, server: Served) -> None:
        self._server = server
        self.clients: list[socket.socket] = []

    def ask(self, query: str, times: int = 1) -> list[socket.socket]:
        """Let clients ask. When this returns, what they ask is being computed, waits, or is refused."""
        new = [self._server.connected() for _ in range(times)]
        self.clients += new
        for client in new:
            client.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        self.settle()
        return new

    def leave(self, clients: Iterable[socket.socket]) -> None:
        """Let clients go without an answer. When this returns, the server knows."""
        for client in clients:
            client.close()
        self.settle()

    def settle(self) -> None:
        """The server reads in order: who gets an answer knows that what was sent before has been read."""
        assert self._server.get(ASK).json()["boolean"] is True


def answer(client: socket.socket) -> http.client.HTTPResponse:
    """The answer that a client waits for."""
    response = http.client.HTTPResponse(client)
    response.begin()
    return response


def answered(clients: Sequence[socket.socket]) -> list[socket.socket]:
    """Those clients that have an answer to read by now."""
    return list(select.select(clients, [], [], 0)[0])


@pytest.fixture
def crowd(patient: Served) -> Iterator[Crowd]:
    made = Crowd(patient)
    yield made
    made.leave(made.clients)


def test_what_does_not_fit_the_queue_is_refused_and_a_cheap_query_passes_it(patient: Served, crowd: Crowd) -> None:
    clients = crowd.ask(ENDLESS, times=8)
    refused = answered(clients)
    assert len(refused) == 8 - WORKERS - QUEUE
    for client in refused:
        response = answer(client)
        assert response.status == 503
        assert int(response.headers["Retry-After"]) >= 1
        assert b"Too many questions" in response.read()
    assert patient.get(ASK).json()["boolean"] is True
    assert patient.get(LABEL).status_code == 200
    assert patient.get(COUNT).status_code == 503
    waiting = [client for client in clients if client not in refused]
    assert answered(waiting) == []
    crowd.leave(waiting)
    assert answers(patient, COUNT)  # nothing is computed any more for those that have left


def test_who_leaves_the_queue_makes_room_in_it(patient: Served, crowd: Crowd) -> None:
    running = crowd.ask(ENDLESS, times=WORKERS)
    queued = crowd.ask(COUNT, times=QUEUE)
    assert patient.get(COUNT).status_code == 503
    crowd.leave(queued)
    (last,) = crowd.ask(COUNT)
    assert answered([*running, last]) == []
    crowd.leave(running[:1])
    assert answer(last).status == 200


def test_who_comes_first_is_answered_first(patient: Served, crowd: Crowd) -> None:
    running = crowd.ask(ENDLESS, times=WORKERS)
    (first,) = crowd.ask(COUNT)
    (second,) = crowd.ask(ENDLESS)
    crowd.leave(running[:1])
    assert answer(first).status == 200  # had the second come before, it would never have ended
    assert answered([second]) == []


def test_a_cheap_query_is_answered_beside_eight_slow_ones(patient: Served, crowd: Crowd) -> None:
    clients = crowd.ask(ENDLESS, times=8)
    for _ in range(20):
        assert patient.get(ASK).json()["boolean"] is True
    assert len(answered(clients)) == 8 - WORKERS - QUEUE


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="priorities are Unix's")
def test_whoever_answers_stands_back_behind_whoever_listens(patient: Served) -> None:
    assert patient.get(COUNT).status_code == 200
    assert patient.client.get(f"{patient.url}api/show", params={"name": "METR"}).status_code == 200
    listener = patient.process.pid
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(pid): int(parent) for pid, parent in map(str.split, listed.splitlines())}
    own = [pid for pid, parent in parents.items() if listener in (parent, parents.get(parent))]
    level = {pid: os.getpriority(os.PRIO_PROCESS, pid) for pid in (listener, *own)}
    assert sorted(level.values())[-2:] == [level[listener] + 5] * 2  # one of queries, one of questions


def test_a_client_that_leaves_in_the_middle_of_its_body_harms_nobody(endpoint: Served) -> None:
    with endpoint.connected() as connection:
        head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"
        connection.sendall(f"{head}Content-Type: application/sparql-query\r\n\r\nASK".encode())
    assert answers(endpoint)


def test_many_clients_at_once_are_all_answered(endpoint: Served) -> None:
    with ThreadPoolExecutor(16) as threads:
        found = list(threads.map(lambda _: endpoint.get(ASK).status_code, range(64)))
    assert found == [200] * 64


def test_clients_that_hang_up_before_they_are_answered_harm_nobody(endpoint: Served) -> None:
    everything = quote("CONSTRUCT WHERE { ?s ?p ?o }")
    for _ in range(50):
        with endpoint.connected() as connection:
            # Not a farewell but a slammed door: whoever writes to such a connection is told so by a signal.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(f"GET /sparql?query={everything} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    assert answers(endpoint)
    assert endpoint.process.poll() is None


def test_downloads_that_are_broken_off_and_bodies_that_are_none_are_no_matter_for_the_log() -> None:
    signs, rows = "x" * 2_000, " ".join(map(str, range(60)))
    long = quote(f"SELECT * {{ VALUES ?x {{ {rows} }} VALUES ?y {{ {rows} }} BIND('{signs}' AS ?z) }}")
    with served() as server:
        for _ in range(6):
            with server.connected() as connection:
                connection.sendall(f"GET /sparql?query={long} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                assert connection.recv(100).startswith(b"HTTP/1.1 200 ")
        parts = {"Content-Type": "multipart/form-data; boundary=x"}
        assert server.client.post(f"{server.url}cv", content=b"no part", headers=parts).status_code == 400
        assert answers(server)
        assert server.ended() == (0, "")


def test_a_data_set_may_be_imported_again_while_it_is_served(
    small_onet: Path, quick_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = Path(shutil.copytree(small_onet, quick_disk / "served"))
    for name, function in LIGHTER.items():
        monkeypatch.setattr(build, name, function)
    count = "SELECT (COUNT(*) AS ?n) { ?occupation a cg:Occupation }"
    with served("--dataset", str(dataset), "--timeout", "3", "--workers", "1") as server:
        before = counted(server, count), searched(server, "lawyers")
        installed(dataset, called="30.0")
        assert (counted(server, count), searched(server, "lawyers")) == before
        assert server.get(ENDLESS).status_code == 504  # whose process is replaced, and opens what is there by now
        assert (counted(server, count), searched(server, "lawyers")) == before
        assert server.ended() == (0, "")


def counted(server: Served, query: str) -> object:
    """The rows of a query, once there is a process that answers it."""
    assert answers(server, query)
    return server.get(query).json()


def searched(server: Served, text: str) -> object:
    """What a search finds, once there is a process that answers questions."""
    until = time.monotonic() + PATIENCE
    while (response := server.client.get(f"{server.url}api/search", params={"text": text})).status_code == 503:
        assert time.monotonic() < until
        time.sleep(0.05)
    return response.json()
