"""Connections have deadlines, and never are there more than descriptors."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress

import pytest
import uvicorn

from careergraph.server.http import connection
from careergraph.server.http.connection import SLICE, Connection, count_connections_allowed
from careergraph.server.serving import _Complaints
from loops import run


async def listen(scope: object, receive: Callable[[], Awaitable[dict[str, str]]], send: object) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def hello(scope: object, receive: object, send: object) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]
    for _ in range(64):
        await send({"type": "http.response.body", "body": bytes(1 << 20), "more_body": True})  # type: ignore[operator]
    await send({"type": "http.response.body", "body": b""})  # type: ignore[operator]


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> tuple[uvicorn.Server, socket.socket]:
    monkeypatch.setattr(connection, "LONGEST_HEAD", 0.2)
    monkeypatch.setattr(connection, "LONGEST_STALL", 0.2)
    monkeypatch.setattr(Connection, "most", 3)
    monkeypatch.setattr(Connection, "idle", {})
    config = uvicorn.Config(hello, http=Connection, ws="none", lifespan="off", log_config=None, log_level="critical")
    return uvicorn.Server(config), socket.create_server(("127.0.0.1", 0))


def visited(listening: tuple[uvicorn.Server, socket.socket], visit: Callable[[tuple[str, int]], None]) -> None:
    """Serve while clients do something, in a thread of theirs."""
    server, listener = listening

    async def serve() -> None:
        serving = asyncio.ensure_future(server.serve(sockets=[listener]))
        try:
            await asyncio.to_thread(visit, listener.getsockname())
        finally:
            server.should_exit = True
            await serving

    run(serve())


def is_let_go(client: socket.socket) -> bool:
    client.settimeout(30)
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_a_client_that_sends_no_whole_request_is_let_go(
    begun: bytes, listening: tuple[uvicorn.Server, socket.socket]
) -> None:
    def visit(address: tuple[str, int]) -> None:
        with socket.create_connection(address) as client:
            client.sendall(begun)
            assert is_let_go(client)

    visited(listening, visit)


def test_a_client_that_reads_nothing_is_let_go(listening: tuple[uvicorn.Server, socket.socket]) -> None:
    known = listening[0].server_state.connections

    def visit(address: tuple[str, int]) -> None:
        with socket.create_connection(address) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            for expected in (True, False):
                while bool(known) != expected:
                    time.sleep(0.01)

    visited(listening, visit)


def test_a_client_whose_request_takes_long_to_read_is_let_go(
    listening: tuple[uvicorn.Server, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "LONGEST_READING", 0.01)
    monkeypatch.setattr(listening[0].config, "app", listen)
    read: list[int] = []

    def data_received(self: Connection, data: bytes) -> None:
        read.append(len(data))
        received(self, data)

    received = Connection.data_received
    monkeypatch.setattr(Connection, "data_received", data_received)

    def visit(address: tuple[str, int]) -> None:
        with socket.create_connection(address) as client, suppress(ConnectionError):
            client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 50_000)
            assert is_let_go(client)

    visited(listening, visit)
    assert 0 < sum(read) < 300_000
    assert max(read) <= SLICE


def test_the_oldest_idle_client_makes_room(
    listening: tuple[uvicorn.Server, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "LONGEST_HEAD", 30.0)

    def visit(address: tuple[str, int]) -> None:
        with ExitStack() as stack:
            first, *others = [stack.enter_context(socket.create_connection(address)) for _ in range(4)]
            assert is_let_go(first)
            others[0].sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert others[0].recv(12) == b"HTTP/1.1 200"

    visited(listening, visit)


def test_there_are_as_many_connections_as_descriptors_allow() -> None:
    resource = pytest.importorskip("resource")
    assert 1 <= count_connections_allowed() <= max(1, min(2_000, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 32))


def test_a_want_of_descriptors_is_logged_once_in_a_line(caplog: pytest.LogCaptureFixture) -> None:
    async def complain() -> None:
        complaints = _Complaints()
        for _ in range(1_000):
            complaints(asyncio.get_running_loop(), {"message": "x", "exception": OSError(24, "Too many open files")})

    with caplog.at_level(logging.ERROR):
        run(complain())
    (record,) = caplog.records
    assert record.getMessage() == "No new client can be let in: Too many open files"
