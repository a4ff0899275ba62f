"""No query makes the engine ask another server, however the keyword is hidden; and none is refused for its names."""

from __future__ import annotations

import random
import time

import pytest

from careergraph.rdf.federation import asks_another_server
from service_queries import asking, is_refused, make_query

URL = "http://127.0.0.1:9/"
PROLOGUE = f"PREFIX : <{URL}> PREFIX a: <urn:> "
HIDDEN = [
    f"SELECT * {{ ?a ?b trueSERVICE <{URL}> {{ ?s ?p ?o }} }}",
    f"{PROLOGUE} SELECT * {{ SERVICE:x {{ ?s ?p ?o }} }}",
    f"{PROLOGUE} SELECT * {{ ?s ?p falseSERVICE:x {{ ?s ?p ?o }} }}",
    f"{PROLOGUE} SELECT * {{ ?s ?p a:.SERVICE<{URL}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ VALUES ?v {{ <{URL}> }} FILTER(1<2)SERVICE?v#>\n{{ ?s ?p ?o }} }}",
    f"SELECT * {{ VALUES ?v {{ '''a' }} SERVICE <{URL}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ sErViCeSILENT<{URL}>{{ ?s ?p ?o }} }}",
    f"SELECT * {{ \\u0053ERVICE <{URL}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s <http://a#b> 1 SERVICE <{URL}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ # '''\n SERVICE <{URL}> {{ ?s ?p ?o }} # '''\n }}",
]
HARMLESS = [
    "SELECT * { ?s ?p 'SERVICE <http://a/> { }' # SERVICE ?x {\n }",
    "SELECT * { ?s <http://x/service> ?p . ?s <http://x/o'service> 'x' FILTER(1 < 2 && 3 > 2) }",
    "SELECT * { skill:customer-service ?p ?service }",
    "PREFIX service: <urn:x> SELECT * { service:foo service:bar 'service'@en }",
    'SELECT * { ?s ?p """a "service" SERVICE <x> { """ }',
]
#: What might take long to look into if anything was looked at again and again.
LONG = {
    "keywords": "SERVICE" * 35_000,
    "comments": "SERVICE#" * 31_000,
    "escaped quotes": '\\"""' * 62_000,
    "quotes": "'" * 250_000,
    "comparisons": "<" * 250_000,
    "strings without an end": "SERVICE'''\n" * 22_000,
}


@pytest.mark.parametrize("query", HIDDEN)
def test_a_hidden_call_is_refused(query: str) -> None:
    assert is_refused(query)


@pytest.mark.parametrize("query", HARMLESS)
def test_what_only_speaks_of_services_is_allowed(query: str) -> None:
    assert not is_refused(query)


def test_whatever_the_engine_would_send_out_is_refused() -> None:
    chance, ends, sent = random.Random(23), time.monotonic() + 10, 0
    with asking() as asked:
        for _ in range(1_500):
            query = make_query(chance, asked.url)
            if asked.goes_out(query):
                sent += 1
                assert is_refused(query), query
            if time.monotonic() > ends:
                break
    assert sent > 20


@pytest.mark.parametrize("name", LONG)
def test_no_text_is_looked_into_again_and_again(name: str) -> None:
    assert asks_another_server(f"{LONG[name]}\n' SERVICE <x> {{") in (True, False)
    assert asks_another_server(f"SERVICE <x> {{ {LONG[name]}")
