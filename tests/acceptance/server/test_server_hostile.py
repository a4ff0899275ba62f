"""Every endpoint and every header, with values that mean harm: each gets an answer, and none is a fault."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from careergraph.server.api.openapi import document
from served import Served, served

#: Pages and what they are made of → the parameter that takes a text.
PAGES = {
    "": "x",
    "search": "q",
    "suggest": "text",
    "list/role": "page",
    "list/nothing": "page",
    "api": "x",
    "compare": "role",
    "path": "destination",
    "reach": "origin",
    "gap": "role",
    "plan": "role",
    "node": "iri",
    "query": "query",
    "ontology": "x",
    "id/role/ai-ethicist": "x",
    "nothing/here": "x",
}
TEXTS = {
    "a long text": "e" * 20_000,
    "nothing": "",
    "a null": "a\0b",
    "an escape sequence": "\x1b]0;x\x07",
    "half a sign": "%ED%A0%80",
    "no UTF-8": "%FF",
    "half a number of a sign": "%",
    "a huge number": "9" * 5_000,
    "a number of another script": "\u0663",
    "not a number": "nan",
    "a template": "{{7*7}}${7*7}%s{0}",
    "markup": "<script>alert(1)</script>",
    "a file": "file:///etc/passwd",
    "a way out": "../../../../etc/passwd",
    "right to left": "\u202eabc",
}
HEADERS = {
    "Accept": ["a/b;q=" + "1" * 4_000, "*/*;q=nan", ",;=/" * 500, "\xff"],
    "Accept-Language": ["en;q=9" * 1_000],
    "Content-Type": ['text/plain; a="' + ";" * 8_000, "application/sparql-query; charset=\xff", "a"],
    "Content-Encoding": ["gzip, gzip", "gzip" * 1_000],
    "Content-Length": ["-1", "9" * 5_000, "1, 2"],
    "Transfer-Encoding": ["gzip, chunked", "x"],
    "Expect": ["100-continue", "x" * 4_000],
    "Range": ["bytes=" + "0-," * 2_000],
    "If-None-Match": ['W/"' * 2_000],
    "If-Modified-Since": ["x" * 8_000, "Mon, 99 Foo 99999999999 99:99:99 GMT"],
    "Origin": ["null", "http://" + "a." * 2_000],
    "Upgrade": ["websocket"],
    "Connection": ["upgrade", "x, " * 2_000],
    "Cookie": ["a=b; " * 4_000],
}


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served("--dataset", "bundled", "--timeout", "5") as running:
        yield running


def judge(answer: bytes, asked: object) -> None:
    """An answer that is no fault of the server's, nor tells where its files are."""
    status = int(answer.split(maxsplit=2)[1])
    assert status < 500 or status in (503, 504), (asked, answer[:300])
    assert b"Traceback" not in answer, asked
    assert b"site-packages" not in answer, asked
    assert b"text/html" not in answer.split(b"\r\n\r\n")[0] or b"<script>alert(1)" not in answer, asked


def whole_answer(server: Served, request: bytes) -> bytes:
    """What comes back until the server ends the connection."""
    with server.connected() as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(1 << 16), b""))


@pytest.mark.parametrize("kind", TEXTS)
def test_every_page_and_every_parameter_bears_any_text(server: Served, kind: str) -> None:
    text = TEXTS[kind]
    places = [f"{page}?{parameter}=" for page, parameter in PAGES.items()]
    for path, described in document()["paths"].items():
        names = [parameter["name"] for parameter in described["get"].get("parameters", ())]
        places += [f"{path[1:]}?{name}=" for name in names] if kind != "a long text" else [f"{path[1:]}?{names[0]}="]
    escaped = text if text.startswith("%") else "".join(f"%{byte:02X}" for byte in text.encode())
    for place in places:
        lines = (
            f"GET /{place}{escaped} HTTP/1.1",
            "Host: localhost",
            "Accept: text/html, */*;q=0.5",
            "Connection: close",
        )
        judge(whole_answer(server, "\r\n".join([*lines, "", ""]).encode()), (place, kind))
    assert server.get("ASK {}").status_code == 200


@pytest.mark.parametrize("name", HEADERS)
def test_every_header_bears_any_value(server: Served, name: str) -> None:
    for value in HEADERS[name]:
        for method, place in (("GET", "/"), ("GET", "/sparql?query=ASK%7B%7D"), ("POST", "/sparql"), ("PUT", "/query")):
            lines = [f"{method} {place} HTTP/1.1", "Host: localhost", f"{name}: {value}"]
            lines += [] if name == "Connection" else ["Connection: close"]
            with server.connected() as connection:
                connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
                if method != "POST" and name not in ("Content-Length", "Transfer-Encoding"):
                    judge(connection.recv(1 << 16), (name, value[:30], method, place))
    assert server.get("ASK {}").status_code == 200


@pytest.mark.parametrize("count", [1_001, 4_000])
def test_thousands_of_parameters_are_read_or_refused(server: Served, count: int) -> None:
    for place in ("api/path", "api/reach", "path", "sparql", "suggest", "search"):
        answer = server.client.get(f"{server.url}{place}?" + "&".join(f"skill={n}" for n in range(count)))
        judge(f"HTTP/1.1 {answer.status_code} ".encode() + answer.content, place)
    assert server.get("ASK {}").status_code == 200


@pytest.mark.parametrize(
    "body",
    [b"query=" + b"%41" * 1_000_000, b"a=b&" * 500_000, b"&" * 4_000_000, b"{" * 1_000_000, b"\xff" * 1_000_000],
    ids=["escapes", "parameters", "separators", "brackets", "no UTF-8"],
)
@pytest.mark.parametrize("media", ["application/x-www-form-urlencoded", "application/sparql-query"])
def test_every_body_is_read_or_refused(server: Served, body: bytes, media: str) -> None:
    answer = server.client.post(server.sparql, content=body, headers={"Content-Type": media})
    judge(f"HTTP/1.1 {answer.status_code} ".encode() + answer.content, (media, body[:20]))
    assert server.get("ASK {}").status_code == 200
