"""The HTTP endpoints with requests made at random: each is answered as described, and the next one, too.

What the server prints besides its address makes the tests fail, too: see `served`.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from careergraph.catalogue.names import LONGEST_NAME
from careergraph.server.api.openapi import document
from served import GRAPHS, Served, served

#: The same examples on every run; none is made smaller, as each takes a round trip.
FUZZED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """A server on which no request is computed for long."""
    with served("--dataset", "bundled", "--dataset", str(GRAPHS), "--timeout", "3") as running:
        while running.client.get(f"{running.url}api/search", params={"text": "Python"}).status_code == BUSY:
            time.sleep(0.1)  # whoever answers questions is still reading the data
        yield running


#: Refusals that may come at any time, and are described: too many ask, or it took too long.
BUSY, SLOW = 503, 504


### The JSON API, as its description has it

CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
#: Names that stand for something: nearly all texts made at random end in the same refusal.
NAMES = ["newcomer", "data scientist", "software engineer", "ML engineer", "AI PM", "Python", "pytorch", "consultant"]
NAMED = ("origin", "skill", "background", "destination", "via", "avoid", "with_skill", "role", "name", "text")
names = st.sampled_from(NAMES)


api = schemathesis.openapi.from_dict(document())


def test_the_description_is_the_one_that_the_server_gives_out(server: Served) -> None:
    assert server.client.get(f"{server.url}api/openapi.json").json() == api.raw_schema


@api.hook
def flatmap_query(
    context: schemathesis.HookContext, query: dict[str, Any] | None
) -> st.SearchStrategy[dict[str, Any] | None]:
    """Put names for some of the texts."""
    texts = {name: value for name, value in (query or {}).items() if name in NAMED and value}
    return st.fixed_dictionaries(
        {
            name: st.just(value) | (st.lists(names, max_size=3) if isinstance(value, list) else names)
            for name, value in texts.items()
        }
    ).map(lambda chosen: query and {**query, **chosen})


@api.parametrize()
@settings(FUZZED, max_examples=40)
def test_whatever_the_description_allows_or_forbids_is_answered_as_it_says(
    case: schemathesis.Case[Any], server: Served
) -> None:
    response = case.call(base_url=server.url)
    described = CHECKS if response.status_code in (BUSY, SLOW) else [not_a_server_error, *CHECKS]
    case.validate_response(response, checks=described)


def test_values_that_are_allowed_one_by_one_but_are_too_long_together_are_refused_as_described(server: Served) -> None:
    values = {"role": "AI PM", "skill": ["\N{GRINNING FACE}" * LONGEST_NAME] * 26}
    response = server.client.get(f"{server.url}api/gap", params=values)
    assert (response.status_code, response.json()["status"]) == (414, 414)
    assert "414" in document()["paths"]["/api/gap"]["get"]["responses"]
    api["/api/gap"]["GET"].validate_response(response)


### The SPARQL protocol

QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
QUERIES = [
    "ASK {}",
    "SELECT * { ?s ?p ?o } LIMIT 3",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3",
    "DESCRIBE skill:pytorch",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "ASK { FILTER(REGEX('aaaaaaaaaaaa', '(a*)*b')) }",
]
GRAPH = "https://w3id.org/careergraph/graph/article"
queries = st.sampled_from(QUERIES) | st.text(max_size=60) | st.text("{}()<>?.;'#@^:aS*", max_size=40)
parameters = st.lists(
    st.tuples(
        st.sampled_from(
            ["query", "query", "default-graph-uri", "named-graph-uri", "update", "using-graph-uri", "x", ""]
        ),
        queries | st.sampled_from([GRAPH, "", "no iri", "urn:\0", "http://[", "a" * 3_000]),
    ),
    max_size=4,
).map(urlencode)
#: Header values as httpx sends them: it refuses control characters itself.
values = st.lists(st.sampled_from([*range(33, 127), *range(128, 256)]), max_size=30).map(bytes)
accepted = st.sampled_from(["", "*/*", "text/csv", "text/turtle;q=0", "text/html", "image/png", ";;,/,*/", "a" * 500])
UPDATE = "application/sparql-update"
types = st.sampled_from([QUERY, FORM, UPDATE, f"{QUERY}; charset=utf-16", "text/plain", "", ";", "/"])


class Sent(NamedTuple):
    """A request to the endpoint: `asked` is what follows the question mark."""

    method: str
    asked: bytes
    headers: Mapping[bytes, bytes]
    body: bytes


@st.composite
def requests(draw: st.DrawFn) -> Sent:
    """Requests that are nearly right, and such as nobody would send."""
    method = draw(st.sampled_from(["GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"]))
    raw = st.binary(max_size=60)
    body = draw(parameters.map(str.encode) | queries.map(lambda text: text.encode("utf-8", "replace")) | raw)
    asked = draw(parameters | raw.map(quote) | raw.map(lambda content: quote(content, safe="%&=+;")))
    headers = {
        b"Accept": draw(accepted.map(str.encode) | values),
        b"Content-Type": draw(types.map(str.encode) | values),
        b"Content-Encoding": draw(st.sampled_from([b"identity", b"identity", b"gzip", b"\xff"])),
    }
    return Sent(method, asked.encode(), headers, body)


#: What an answer of each kind is.
ANSWERED = (200, 204, 303)
REFUSED = (400, 403, 404, 405, 406, 413, 414, 415, 422, BUSY, SLOW)


@settings(FUZZED, max_examples=400)
@given(sent=requests())
def test_whatever_is_sent_to_the_endpoint_is_answered_and_so_is_what_comes_next(sent: Sent, server: Served) -> None:
    url = httpx.URL(server.sparql).copy_with(query=sent.asked)
    answer = server.client.request(sent.method, url, headers=sent.headers, content=sent.body)
    assert answer.status_code in ANSWERED + REFUSED, answer.text
    if answer.status_code in REFUSED and sent.method != "HEAD":
        assert answer.headers["Content-Type"].partition(";")[0] in ("text/plain", "application/problem+json")
        assert answer.text.strip()
    following = server.get("ASK {}", Accept="application/sparql-results+json")
    assert (following.status_code, following.json()["boolean"]) == (200, True)


endings = st.sampled_from([b"", b"\r\n\r\n", b" HTTP/1.1\r\nHost: localhost\r\n\r\n"])


@settings(FUZZED, max_examples=60)
@given(content=st.binary(max_size=80), rest=endings)
def test_bytes_that_are_no_request_do_not_keep_the_next_one_from_being_answered(
    content: bytes, rest: bytes, server: Served
) -> None:
    with server.connected() as connection:
        connection.sendall(b"GET /sparql?query=" + content + rest)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(4_096)
    assert not answer or answer.startswith(b"HTTP/1.1 ")
    assert not answer.startswith(b"HTTP/1.1 5")
    assert server.get("ASK {}").status_code == httpx.codes.OK
