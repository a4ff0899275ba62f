"""A SPARQL endpoint on the loopback interface that does wrong whatever its path names, and one that gives few rows."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pyoxigraph

JSON = "application/sparql-results+json"
YES = b'{"head": {}, "boolean": true}'
ROWS = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "1"}}]}}'


class Request(NamedTuple):
    """What an endpoint was asked."""

    path: str
    headers: dict[str, str]
    form: dict[str, list[str]]


class Handler(BaseHTTPRequestHandler):
    """Reads a request, notes it, and lets its path answer it."""

    protocol_version = "HTTP/1.1"
    server: Endpoint

    def do_POST(self) -> None:
        """Answer a query."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        asked = Request(self.path, dict(self.headers), parse_qs(body.decode()))
        self.server.requests.append(asked)
        self.server.answer(self, asked)

    def reply(self, status: int, media_type: str | None, content: bytes, **headers: str) -> None:
        """Send an answer; headers have underscores for hyphens."""
        self.send_response(status)
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        if media_type is not None:
            fields["Content-Type"] = media_type
        for name, value in ({"Content-Length": str(len(content))} | fields).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


Answering = Callable[[Handler, Request], None]


class Endpoint(ThreadingHTTPServer):
    """A server with what it was asked, in order."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, answer: Answering) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.requests: list[Request] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that leave are what some tests are about."""


@contextmanager
def serving(answer: Answering) -> Iterator[Endpoint]:
    """An endpoint for as long as it is needed."""
    with Endpoint(answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def _times(handler: Handler, asked: Request) -> int:
    return sum(one.path == asked.path for one in handler.server.requests)


def _dripping(handler: Handler, asked: Request) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    _drip(handler, b" ")


def _dripping_headers(handler: Handler, asked: Request) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    _drip(handler, b"x")


def _drip(handler: Handler, piece: bytes) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        handler.wfile.write(piece)
        handler.wfile.flush()
        time.sleep(0.05)


def _broken_off(handler: Handler, asked: Request) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(YES)
    handler.close_connection = True


def _reset(handler: Handler, asked: Request) -> None:
    handler.close_connection = True


def _reset_once(handler: Handler, asked: Request) -> None:
    if _times(handler, asked) == 1:
        handler.close_connection = True
    else:
        handler.reply(200, JSON, YES)


def _busy_once(handler: Handler, asked: Request) -> None:
    if _times(handler, asked) == 1:
        handler.reply(503, "text/plain", b"", Retry_After="0")
    else:
        handler.reply(200, JSON, YES)


def _endless(handler: Handler, asked: Request) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while True:
        handler.wfile.write(b"2000\r\n" + b" " * 0x2000 + b"\r\n")


def _silent(handler: Handler, asked: Request) -> None:
    time.sleep(20)


def _moved(handler: Handler, asked: Request) -> None:
    handler.reply(308, None, b"", Location="/fine?key=kept")


def _fixed(status: int, media_type: str | None, content: bytes, **headers: str) -> Answering:
    return lambda handler, asked: handler.reply(status, media_type, content, **headers)


FAULTS: dict[str, Answering] = {
    "/fine": _fixed(200, JSON, YES),
    "/rows": _fixed(200, JSON, ROWS),
    "/400": _fixed(400, "text/plain", b"Lexical error at line 1.\nEncountered: <EOF>"),
    "/400-page": _fixed(400, "text/html", b"<html>Bad Request</html>"),
    "/401": _fixed(401, "text/plain", b"", WWW_Authenticate='Basic realm="x"'),
    "/403": _fixed(403, "text/plain", b"Not you."),
    "/404": _fixed(404, "text/html", b"<!DOCTYPE html><title>Not found</title>"),
    "/405": _fixed(405, None, b""),
    "/406": _fixed(406, None, b""),
    "/429": _fixed(429, None, b"", Retry_After="0"),
    "/500": _fixed(500, "text/plain", b"\n\nOut of \x1b[31mmemory.\nat line 12 of some trace"),
    "/503": _fixed(503, "text/plain", b"Starting.", Retry_After="0"),
    "/503-long": _fixed(503, "text/plain", b"", Retry_After="3600"),
    "/503-once": _busy_once,
    "/206": _fixed(206, JSON, YES),
    "/partial": _fixed(200, JSON, ROWS, X_SQL_State="S1TAT"),
    "/cut": _fixed(200, JSON, ROWS, X_SPARQL_MaxRows="1"),
    "/page": _fixed(200, "text/html; charset=utf-8", b"<!DOCTYPE html><title>Welcome</title>"),
    "/octets": _fixed(200, "application/octet-stream", YES),
    "/untyped": _fixed(200, None, YES),
    "/truncated": _fixed(200, JSON, ROWS[:40]),
    "/glued": _fixed(200, JSON, YES + b"the query timed out"),
    "/other-json": _fixed(200, "application/json", b'{"error": "no"}'),
    "/broken-off": _broken_off,
    "/badly-packed": _fixed(200, JSON, YES, Content_Encoding="gzip"),
    "/bomb": _fixed(200, JSON, gzip.compress(b" " * 50_000_000), Content_Encoding="gzip"),
    "/endless": _endless,
    "/dripping": _dripping,
    "/dripping-headers": _dripping_headers,
    "/silent": _silent,
    "/reset": _reset,
    "/reset-once": _reset_once,
    "/moved": _moved,
    "/circle": _fixed(307, None, b"", Location="/circle"),
    "/elsewhere": _fixed(302, None, b"", Location="https://ann:secret@example.org/sparql?key=1"),
}


def faults(handler: Handler, asked: Request) -> None:
    """Do wrong what the path names."""
    FAULTS[urlsplit(asked.path).path](handler, asked)


class Meagre:
    """A true endpoint on a store of ours that gives few rows or statements at once, and does not say so.

    Args:
        store: what it has.
        most: how many rows or statements it gives.
    """

    def __init__(self, store: pyoxigraph.Store, most: int) -> None:
        self.store, self.most = store, most

    def __call__(self, handler: Handler, asked: Request) -> None:
        """Answer a query."""
        (query,) = asked.form["query"]
        results = self.store.query(query)
        if isinstance(results, pyoxigraph.QueryTriples):
            some = list(results)[: self.most]
            content = pyoxigraph.serialize(some, format=pyoxigraph.RdfFormat.N_TRIPLES)
            handler.reply(200, "application/n-triples", content or b"")
        elif isinstance(results, pyoxigraph.QuerySolutions):
            content = results.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
            handler.reply(200, JSON, self._cut(content or b""))
        else:
            handler.reply(200, JSON, YES)

    def _cut(self, content: bytes) -> bytes:
        whole = json.loads(content)
        del whole["results"]["bindings"][self.most :]
        return json.dumps(whole).encode()
