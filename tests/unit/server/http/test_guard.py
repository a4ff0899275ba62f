"""No page of another origin can ask through its reader's browser, and every answer is well wrapped."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from careergraph.model.errors import BadParameter
from careergraph.server.http.bodies import MOST_BODIES
from careergraph.server.http.guard import MOST_REQUESTS, Guard
from careergraph.server.pages.question_pages import PAGES
from careergraph.server.pages.results import MOST_CELLS, MOST_COLUMNS
from careergraph.server.settings import read_settings
from loops import run
from served import GRAPHS, Served, served

if TYPE_CHECKING:
    pass

FRIEND = "https://friend.example"
HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


@pytest.fixture(scope="module")
def friendly() -> Iterator[Served]:
    """A server that one other origin may ask, and that has another name."""
    options = ("--allow-origin", FRIEND, "--allow-host", "Graph.Example", "--workers", "1")
    with served("--dataset", str(GRAPHS), *options) as running:
        yield running


def asked(server: Served, method: str = "GET", /, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return server.client.request(method, server.sparql, params={"query": "ASK {}"}, headers=named)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}", "localhost.", "[::1]"]
)
def test_the_server_answers_to_its_names(endpoint: Served, host: str) -> None:
    assert asked(endpoint, host=host.format(port=endpoint.port)).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example@localhost",
        "localhost/evil.example",
        "[::1].evil.example",
        "graph.example",
        "0.0.0.0",
        "",
    ],
)
def test_under_any_other_name_there_is_nothing(endpoint: Served, host: str) -> None:
    response = asked(endpoint, host=host.format(port=endpoint.port))
    assert response.status_code == 421
    assert "--allow-host" in response.text


def test_a_name_that_is_allowed_is_answered_to(friendly: Served) -> None:
    assert asked(friendly, host="graph.example").status_code == 200
    assert asked(friendly, host="www.graph.example").status_code == 421


ELSEWHERE = (
    "https://evil.example",
    "null",
    "http://localhost:1",
    "http://127.0.0.1",
    "file://",
    f"{FRIEND}.evil.example",
)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE"])
@pytest.mark.parametrize("origin", ELSEWHERE)
def test_a_page_of_another_origin_may_not_ask(endpoint: Served, origin: str, method: str) -> None:
    response = asked(endpoint, method, origin=origin)
    assert response.status_code == 403
    assert method == "HEAD" or "--allow-origin" in response.text


def test_a_page_of_this_server_may_ask(endpoint: Served) -> None:
    assert asked(endpoint, origin=endpoint.url.rstrip("/")).status_code == 200
    local = f"localhost:{endpoint.port}"
    assert asked(endpoint, origin=f"http://{local}", host=local).status_code == 200
    # One name of this server is another origin than another.
    assert asked(endpoint, origin=f"http://{local}").status_code == 403


@pytest.mark.parametrize(
    ("site", "mode", "destination", "status"),
    [
        ("same-origin", "cors", "empty", 200),
        ("none", "navigate", "document", 200),
        ("cross-site", "navigate", "document", 403),  # a link that is followed may not make a worker compute
        ("cross-site", "navigate", "iframe", 403),
        ("cross-site", "no-cors", "image", 403),
        ("cross-site", "no-cors", "script", 403),
        ("same-site", "no-cors", "empty", 403),  # another port of this machine
    ],
)
def test_what_a_browser_fetches_for_another_page_is_refused(
    endpoint: Served, site: str, mode: str, destination: str, status: int
) -> None:
    response = asked(endpoint, sec_fetch_site=site, sec_fetch_mode=mode, sec_fetch_dest=destination)
    assert response.status_code == status


def test_unless_an_origin_is_named_nothing_is_shared(endpoint: Served) -> None:
    own = endpoint.url.rstrip("/")
    for response in (
        asked(endpoint),
        asked(endpoint, origin=own),
        asked(endpoint, origin=FRIEND),
        asked(endpoint, "OPTIONS", origin=own, access_control_request_method="POST"),
        asked(endpoint, "OPTIONS", origin=FRIEND, access_control_request_method="POST"),
    ):
        assert not [name for name in response.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_origin_that_is_named_may_ask_and_only_that_one(friendly: Served, method: str) -> None:
    response = asked(friendly, method, origin=FRIEND)
    assert response.status_code == (200 if method == "GET" else 415)
    assert response.headers["access-control-allow-origin"] == FRIEND
    assert "Origin" in response.headers["vary"]
    assert "access-control-allow-credentials" not in response.headers
    assert "Origin" in asked(friendly).headers["vary"]  # so that no cache gives one's answer to the other
    for origin in (*ELSEWHERE, "http://friend.example", f"{FRIEND}:8443", "https://FRIEND.example", f"{FRIEND}/"):
        other = asked(friendly, method, origin=origin)
        assert other.status_code == 403
        assert "access-control-allow-origin" not in other.headers


def test_an_origin_that_is_named_can_ask_beforehand(friendly: Served) -> None:
    wish = {"access_control_request_method": "POST", "access_control_request_headers": "content-type"}
    response = asked(friendly, "OPTIONS", origin=FRIEND, access_control_request_private_network="true", **wish)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == FRIEND
    assert response.headers["access-control-allow-private-network"] == "true"
    assert response.headers["access-control-allow-methods"] == "GET, HEAD, POST"
    assert asked(friendly, "OPTIONS", origin=FRIEND, access_control_request_method="PUT").status_code == 400
    assert asked(friendly, "OPTIONS", origin="https://evil.example", **wish).status_code == 403


def wrapped_well(response: httpx.Response) -> bool:
    rules = dict(rule.split(" ", 1) for rule in response.headers["content-security-policy"].split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert {rules[name] for name in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}
    return {name: response.headers[name] for name in HEADERS} == HEADERS


def test_every_answer_is_wrapped_well_and_does_not_tell_what_serves_it(endpoint: Served) -> None:
    for response, status in (
        (asked(endpoint), 200),
        (endpoint.client.get(f"{endpoint.url}nowhere"), 404),
        (asked(endpoint, "DELETE"), 405),
        (asked(endpoint, origin=FRIEND), 403),
        (asked(endpoint, host="evil.example"), 421),
        (endpoint.client.post(endpoint.sparql, content=b"x" * 10_000_000), 413),
        (endpoint.client.get(endpoint.sparql, headers={"Accept": "text/html"}), 303),
    ):
        assert response.status_code == status
        assert wrapped_well(response)
        assert "server" not in response.headers


def in_process(app: ASGIApp) -> httpx.AsyncClient:
    guard = Guard(app, settings=read_settings((), queue=0))
    return httpx.AsyncClient(transport=httpx.ASGITransport(guard), base_url="http://localhost")


def test_what_goes_wrong_unexpectedly_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError("a secret")

    async def scenario() -> None:
        async with in_process(broken) as client:
            response = await client.get("/sparql")
        assert response.status_code == 500
        found = re.fullmatch(r"Something went wrong in the server; its log tells more under (\w+)\.\n", response.text)
        assert found
        assert f"Number {found[1]}: GET /sparql failed" in caplog.text
        assert wrapped_well(response)

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert "GET /sparql failed" in caplog.text
    assert "a secret" in caplog.text


def test_there_is_an_end_to_how_many_may_ask_at_once() -> None:
    async def scenario() -> None:
        inside, leave = 0, asyncio.Event()

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            nonlocal inside
            inside += 1
            await leave.wait()
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body"})

        async with in_process(slow) as client:
            tasks = [asyncio.create_task(client.get("/")) for _ in range(MOST_REQUESTS)]
            while inside < MOST_REQUESTS:
                await asyncio.sleep(0)
            refused = await client.get("/")
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
            leave.set()
            assert {response.status_code for response in await asyncio.gather(*tasks)} == {204}
            assert (await client.get("/")).status_code == 204

    run(scenario())


@pytest.mark.parametrize(
    "origin", ["*", "null", "example.org", "https://example.org/", "https://Example.org", "", "ftp://a"]
)
def test_an_origin_that_no_browser_sends_cannot_be_named(origin: str) -> None:
    with pytest.raises(BadParameter, match="allow-origin"):
        read_settings((), origins=(origin,))


@pytest.mark.parametrize("host", ["*", "https://example.org", "example.org:80", "", "a/b"])
def test_a_host_that_is_none_cannot_be_named(host: str) -> None:
    with pytest.raises(BadParameter, match="allow-host"):
        read_settings((), hosts=(host,))


### What costs a server more than a client


@pytest.mark.parametrize("place", [*PAGES, "/compare"])
def test_a_link_from_elsewhere_gets_no_answer_that_is_computed(endpoint: Served, place: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    address = f"{endpoint.url.rstrip('/')}{place}"
    asked = endpoint.client.get(address, params={"origin": "x", "role": "y"}, headers=headers)
    assert asked.status_code == 403
    assert endpoint.client.get(address, headers=headers).status_code != 403


@pytest.mark.parametrize(
    ("place", "status"),
    [("/", 200), ("/query", 200), ("/list/role", 200), ("/query?query=ASK%7B%7D", 403), ("/api/stats?x=1", 403)],
)
def test_a_link_from_elsewhere_leads_to_pages_but_asks_nothing_that_takes_long(
    endpoint: Served, place: str, status: int
) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert endpoint.client.get(f"{endpoint.url.rstrip('/')}{place}", headers=headers).status_code == status


@pytest.mark.parametrize("name", ["Accept", "Content-Type", "Content-Encoding", "Origin", "Range", "If-Match", "X"])
def test_a_header_that_is_read_has_a_bound(endpoint: Served, name: str) -> None:
    response = endpoint.client.post(endpoint.sparql, content=b"x", headers={name: "a;" * 4_097})
    assert response.status_code == 431
    assert "is longer than 8,192 bytes" in response.text


@pytest.mark.parametrize(("headers", "status"), [(150, 200), (300, 431)])
def test_there_is_an_end_to_the_headers_of_a_request(endpoint: Served, headers: int, status: int) -> None:
    response = endpoint.get("ASK {}", **{f"X-{number}": "a" for number in range(headers)})
    assert response.status_code == status


@pytest.mark.parametrize("name", ["Cookie", "Referer"])
def test_what_browsers_send_of_their_own_accord_may_be_longer(endpoint: Served, name: str) -> None:
    assert endpoint.get("ASK {}", **{name: "a" * 20_000}).status_code == 200


@pytest.mark.parametrize(
    ("target", "host", "status"),
    [
        ("http://127.0.0.1:%d/", "anything.example", 200),
        ("http://localhost:%d/sparql?query=ASK%%7B%%7D", "localhost", 200),
        ("HTTP://localhost:%d", "localhost", 200),
        ("http://elsewhere.example:%d/", "localhost", 421),
    ],
)
def test_a_target_in_absolute_form_goes_before_the_host(endpoint: Served, target: str, host: str, status: int) -> None:
    with endpoint.connected() as connection:
        request = f"GET {target % endpoint.port} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        assert connection.recv(100).split()[1] == str(status).encode()


def test_bodies_that_are_announced_and_not_sent_keep_nobody_out(endpoint: Served) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    with ExitStack() as stack:
        held = [stack.enter_context(endpoint.connected()) for _ in range(MOST_BODIES + 120)]
        for connection in held:
            connection.sendall(head + b"Content-Length: 9\r\n\r\n")
        assert held[0].recv(100).startswith(b"HTTP/1.1 408 ")  # it has made room for another one
        assert endpoint.get("ASK {}").status_code == 200
        assert endpoint.post("ASK {}").status_code == 200


def test_a_page_shows_no_more_cells_than_can_be_read(endpoint: Served) -> None:
    columns = " ".join(f"BIND({number} AS ?a{number})" for number in range(MOST_COLUMNS + 50))
    query = f"SELECT * {{ VALUES ?x {{ {' '.join(map(str, range(1000)))} }} {columns} }}"
    response = endpoint.client.get(f"{endpoint.url}query", params={"query": query, "part": "answer"})
    assert response.status_code == 200
    assert response.text.count("<td") <= MOST_CELLS
    assert "1,000 rows" in response.text
    assert f"The first {MOST_CELLS // MOST_COLUMNS:,} are shown" in response.text
    assert "51 more columns are left out" in response.text


@pytest.mark.parametrize(("parameters", "status"), [(1_000, 200), (1_001, 400)])
def test_there_is_an_end_to_the_parameters_of_a_request(endpoint: Served, parameters: int, status: int) -> None:
    response = endpoint.client.get(f"{endpoint.url}list/role?page=1{'&' * (parameters - 1)}")
    assert response.status_code == status
