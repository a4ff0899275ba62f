"""SPARQL 1.1 Protocol over real connections: the query tests of the W3C's list, by their names, and the details."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from served import PATIENCE, Served

DATA = "https://example.org/data/"
ONE, TWO, THREE = (f"{DATA}{number}" for number in (1, 2, 3))
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
BOTH_IN_DEFAULT = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type }}"
EACH_IN_ITS_GRAPH = f"ASK {{ GRAPH ?g {{ <{ONE}> a ?type }} GRAPH ?h {{ <{TWO}> a ?type }} }}"
LABEL = f"SELECT ?label {{ <{ONE}> skos:prefLabel ?label }}"

Pairs = list[tuple[str, str]]


def sent(
    server: Served,
    method: str,
    parameters: Sequence[tuple[str, str]] = (),
    body: bytes = b"",
    *,
    accept: str | None = None,
    content_type: str | None = None,
    content_encoding: str | None = None,
) -> httpx.Response:
    """The answer to a request of which nothing is made up: no Accept and no Content-Type unless given."""
    headers = {"Accept": accept, "Content-Type": content_type, "Content-Encoding": content_encoding}
    request = httpx.Request(method, f"{server.sparql}?{urlencode(parameters)}", content=body)
    request.headers.update({name: value for name, value in headers.items() if value is not None})
    with httpx.Client(timeout=PATIENCE, trust_env=False, verify=False) as client:
        client.headers.clear()
        return client.send(request)


def says(response: httpx.Response) -> bool:
    """The boolean of an answer in any of the formats for it."""
    assert response.status_code == 200, response.text
    media = response.headers["content-type"].partition(";")[0]
    format_ = pyoxigraph.QueryResultsFormat.from_media_type(media)
    assert format_ is not None
    results = pyoxigraph.parse_query_results(response.content, format=format_)
    assert isinstance(results, pyoxigraph.QueryBoolean)
    return bool(results)


def refused(response: httpx.Response, status: int) -> str:
    """What a refusal says: a few plain lines."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Traceback" not in response.text
    assert len(response.text.splitlines()) in (1, 3)  # three where a caret points into the query
    return response.text


# The tests of the W3C's list.


def test_query_get(endpoint: Served) -> None:
    assert says(sent(endpoint, "GET", [("query", "ASK {}")]))


def test_query_post_form(endpoint: Served) -> None:
    parameters = [("default-graph-uri", f"{DATA}0")]
    assert says(sent(endpoint, "POST", parameters, b"query=ASK%20%7B%7D", content_type=FORM))


def test_query_post_direct(endpoint: Served) -> None:
    assert says(sent(endpoint, "POST", [("default-graph-uri", f"{DATA}0")], b"ASK {}", content_type=DIRECT))


GRAPH_OF_ONE: Pairs = [("default-graph-uri", ONE)]
DEFAULT_GRAPHS: Pairs = [("default-graph-uri", ONE), ("default-graph-uri", TWO)]
NAMED_GRAPHS: Pairs = [("named-graph-uri", ONE), ("named-graph-uri", TWO)]


def test_query_dataset_default_graphs_get(endpoint: Served) -> None:
    assert says(sent(endpoint, "GET", [("query", BOTH_IN_DEFAULT), *DEFAULT_GRAPHS]))
    assert not says(sent(endpoint, "GET", [("query", BOTH_IN_DEFAULT), *GRAPH_OF_ONE]))


def test_query_dataset_default_graphs_post(endpoint: Served) -> None:
    body = BOTH_IN_DEFAULT.encode()
    assert says(sent(endpoint, "POST", DEFAULT_GRAPHS, body, content_type=DIRECT))
    assert not says(sent(endpoint, "POST", GRAPH_OF_ONE, body, content_type=DIRECT))
    form = urlencode([("query", BOTH_IN_DEFAULT), *DEFAULT_GRAPHS]).encode()
    assert says(sent(endpoint, "POST", [], form, content_type=FORM))


def test_query_dataset_named_graphs_get(endpoint: Served) -> None:
    assert says(sent(endpoint, "GET", [("query", EACH_IN_ITS_GRAPH), *NAMED_GRAPHS]))
    assert not says(sent(endpoint, "GET", [("query", EACH_IN_ITS_GRAPH), *NAMED_GRAPHS[:1]]))


def test_query_dataset_named_graphs_post(endpoint: Served) -> None:
    body = EACH_IN_ITS_GRAPH.encode()
    assert says(sent(endpoint, "POST", NAMED_GRAPHS, body, content_type=DIRECT))
    assert not says(sent(endpoint, "POST", NAMED_GRAPHS[1:], body, content_type=DIRECT))
    form = urlencode([("query", EACH_IN_ITS_GRAPH), *NAMED_GRAPHS]).encode()
    assert says(sent(endpoint, "POST", [], form, content_type=FORM))


def test_query_dataset_full(endpoint: Served) -> None:
    full = EACH_IN_ITS_GRAPH.replace("{", f"{{ <{THREE}> a ?type ", 1)
    parameters = [("default-graph-uri", THREE), *NAMED_GRAPHS]
    assert says(sent(endpoint, "POST", parameters, full.encode(), content_type=DIRECT))
    assert not says(sent(endpoint, "POST", parameters[1:], full.encode(), content_type=DIRECT))


def test_query_multiple_dataset(endpoint: Served) -> None:
    query = f"ASK FROM <{THREE}> FROM NAMED <{THREE}> {{ GRAPH ?g {{ ?x a ?y }} <{ONE}> a ?type . <{TWO}> a ?type }}"
    named = [("named-graph-uri", ONE)]
    assert says(sent(endpoint, "POST", DEFAULT_GRAPHS + named, query.encode(), content_type=DIRECT))
    assert not says(sent(endpoint, "POST", [], query.encode(), content_type=DIRECT))


@pytest.mark.parametrize("accept", ["json", "xml", "csv", "tab-separated-values", None])
def test_query_content_type_select(endpoint: Served, accept: str | None) -> None:
    media = {"json": "application/sparql-results+json", "xml": "application/sparql-results+xml"}.get(
        accept or "json", f"text/{accept}"
    )
    response = sent(endpoint, "GET", [("query", LABEL)], accept=media if accept else None)
    assert response.headers["content-type"].partition(";")[0] == media
    format_ = pyoxigraph.QueryResultsFormat.from_media_type(media)
    assert format_ is not None
    if format_ == pyoxigraph.QueryResultsFormat.CSV:  # which does not tell a language
        assert response.text == "label\r\nfirst\r\n"
        return
    results = pyoxigraph.parse_query_results(response.content, format=format_)
    assert isinstance(results, pyoxigraph.QuerySolutions)
    assert [row["label"] for row in results] == [pyoxigraph.Literal("first", language="en")]


@pytest.mark.parametrize(
    "accept", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", None]
)
def test_query_content_type_ask(endpoint: Served, accept: str | None) -> None:
    response = sent(endpoint, "GET", [("query", f"ASK {{ <{ONE}> a ?t }}")], accept=accept)
    assert response.headers["content-type"].startswith(accept or "application/sparql-results+json")
    assert response.text.strip() == "true" if accept == "text/csv" else says(response)


GRAPHS_AS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    None: "turtle",
}


@pytest.mark.parametrize("form", ["DESCRIBE", "CONSTRUCT"])
@pytest.mark.parametrize("accept", GRAPHS_AS)
def test_query_content_type_describe_and_construct(endpoint: Served, accept: str | None, form: str) -> None:
    query = f"DESCRIBE <{ONE}>" if form == "DESCRIBE" else f"CONSTRUCT WHERE {{ <{ONE}> ?p ?o }}"
    response = sent(endpoint, "GET", [("query", query)], accept=accept)
    assert response.headers["content-type"].partition(";")[0] == (accept or "text/turtle")
    expected = rdflib.Graph().parse(
        data=f'<{ONE}> a <https://schema.org/Dataset> ; <http://www.w3.org/2004/02/skos/core#prefLabel> "first"@en .'
    )
    assert isomorphic(rdflib.Graph().parse(data=response.content, format=GRAPHS_AS[accept]), expected)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "FOO"])
def test_bad_query_method(endpoint: Served, method: str) -> None:
    response = sent(endpoint, method, [("query", "ASK {}")])
    assert "GET, HEAD, OPTIONS, POST" in refused(response, 405)
    assert response.headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_bad_multiple_queries(endpoint: Served) -> None:
    twice: Pairs = [("query", "ASK {}"), ("query", "SELECT * {}")]
    assert "one query; here are 2" in refused(sent(endpoint, "GET", twice), 400)
    assert "here are 2" in refused(sent(endpoint, "POST", [], urlencode(twice).encode(), content_type=FORM), 400)
    assert "here are 2" in refused(sent(endpoint, "POST", twice[:1], b"ASK {}", content_type=DIRECT), 400)


@pytest.mark.parametrize("media", ["text/plain", "application/json", "multipart/form-data; boundary=x", "nonsense"])
def test_bad_query_wrong_media_type(endpoint: Served, media: str) -> None:
    response = sent(endpoint, "POST", [], b"ASK {}", content_type=media)
    assert "Content-Type" in refused(response, 415)
    assert DIRECT in response.headers["accept-post"]


def test_bad_query_missing_form_type(endpoint: Served) -> None:
    assert FORM in refused(sent(endpoint, "POST", [], b"query=ASK%20%7B%7D"), 415)


def test_bad_query_missing_direct_type(endpoint: Served) -> None:
    assert DIRECT in refused(sent(endpoint, "POST", [], b"ASK {}"), 415)


def test_bad_query_non_utf8(endpoint: Served) -> None:
    utf16, latin = "ASK {}".encode("utf-16"), 'ASK { ?x ?y "é" }'.encode("latin-1")
    assert "UTF-8" in refused(sent(endpoint, "POST", [], utf16, content_type=f"{DIRECT}; charset=UTF-16"), 415)
    assert "UTF-8" in refused(sent(endpoint, "POST", [], utf16, content_type=DIRECT), 400)
    assert "UTF-8" in refused(sent(endpoint, "POST", [], latin, content_type=DIRECT), 400)
    form = f"query={quote(latin)}"
    assert "UTF-8" in refused(sent(endpoint, "POST", [], form.encode(), content_type=FORM), 400)
    assert "UTF-8" in refused(endpoint.client.get(f"{endpoint.sparql}?{form}"), 400)


def test_bad_query_syntax(endpoint: Served) -> None:
    text = refused(sent(endpoint, "GET", [("query", "ASK {\n  ?x nope }")]), 400)
    assert "line 2, column 6" in text
    assert text.splitlines()[1:] == ["    ?x nope }", "       ^"]


# The details.


@pytest.mark.parametrize(
    "media", [f"{DIRECT}; charset=utf-8", f'{DIRECT};charset="UTF-8"', "Application/SPARQL-Query", f"{DIRECT} ; a=b"]
)
def test_a_content_type_may_carry_parameters(endpoint: Served, media: str) -> None:
    assert says(sent(endpoint, "POST", [], b"ASK {}", content_type=media))


def test_a_packed_body_is_not_unpacked(endpoint: Served) -> None:
    assert "Content-Type" in refused(
        sent(endpoint, "POST", [], b"\x1f\x8b", content_type=DIRECT, content_encoding="gzip"), 415
    )


@pytest.mark.parametrize("parameters", [[("default-graph-uri", ONE)], [("nothing", "at all")]])
def test_a_request_without_a_query_is_told_so(endpoint: Served, parameters: Pairs) -> None:
    assert refused(sent(endpoint, "GET", parameters), 400) == "Give a query.\n"
    assert refused(sent(endpoint, "POST", [], urlencode(parameters).encode(), content_type=FORM), 400)


@pytest.mark.parametrize("query", ["", " \n", "# only a comment"])
def test_an_empty_query_is_none(endpoint: Served, query: str) -> None:
    assert refused(sent(endpoint, "GET", [("query", query)]), 400)
    assert refused(sent(endpoint, "POST", [], query.encode(), content_type=DIRECT), 400)


def test_updates_are_refused(endpoint: Served) -> None:
    update = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    form = urlencode({"update": update}).encode()
    for response in (
        sent(endpoint, "POST", [], form, content_type=FORM),
        sent(endpoint, "POST", [], update.encode(), content_type="application/sparql-update"),
        sent(endpoint, "GET", [("update", update)]),
        sent(endpoint, "POST", [], form + b"&query=ASK%20%7B%7D", content_type=FORM),
    ):
        assert "can only be read" in refused(response, 403)
    assert "can only be read" in refused(sent(endpoint, "POST", [], update.encode(), content_type=DIRECT), 400)
    assert not says(sent(endpoint, "GET", [("query", "ASK { <urn:a> <urn:b> <urn:c> }")]))


def test_a_graph_that_is_no_iri_is_refused(endpoint: Served) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        assert "not an IRI" in refused(sent(endpoint, "GET", [("query", "ASK {}"), (name, "a b")]), 400)


def test_a_graph_that_is_not_there_is_empty(endpoint: Served) -> None:
    assert not says(sent(endpoint, "GET", [("query", "ASK { ?s ?p ?o }"), ("default-graph-uri", f"{DATA}0")]))


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/*", "application/sparql-results+json"),
        ("application/xml", "application/xml"),
        ("text/csv;q=0.4, text/tab-separated-values;q=0.8, */*;q=0.1", "text/tab-separated-values; charset=utf-8"),
        ("application/sparql-results+xml, */*;q=0.5", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("application/sparql-results+json; charset=utf-8", "application/sparql-results+json"),
    ],
)
def test_the_client_gets_what_it_likes_best(endpoint: Served, accept: str, expected: str) -> None:
    response = endpoint.get(LABEL, Accept=accept)
    assert (response.status_code, response.headers["content-type"]) == (200, expected)
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize("accept", ["image/png", "text/turtle", "application/sparql-results+json;q=0"])
def test_what_cannot_be_had_is_406_and_tells_what_can(endpoint: Served, accept: str) -> None:
    response = endpoint.get("SELECT * { ?s ?p ?o }", Accept=accept)
    assert "application/sparql-results+xml" in refused(response, 406)


def test_a_program_gets_a_problem_document(endpoint: Served) -> None:
    response = endpoint.get("ASK { ?x nope }", Accept="application/problem+json, application/json;q=0.5")
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
    document: dict[str, Any] = response.json()
    assert (document["status"], document["line"], document["column"]) == (400, 1, 10)
    response = sent(endpoint, "PUT", accept="application/json")
    assert response.json() == {
        "type": "about:blank",
        "title": "Method Not Allowed",
        "status": 405,
        "detail": "PUT is not possible here; use GET, HEAD, OPTIONS, POST.",
    }


def test_head_is_get_without_the_body(endpoint: Served) -> None:
    for parameters in ([("query", LABEL)], [("query", "nonsense")], []):
        head, get = (sent(endpoint, method, parameters) for method in ("HEAD", "GET"))
        assert head.content == b""
        assert head.status_code == get.status_code
        for name in ("content-type", "content-length"):
            assert head.headers[name] == get.headers[name]


def test_options_tells_what_is_possible(endpoint: Served) -> None:
    response = sent(endpoint, "OPTIONS")
    assert (response.status_code, response.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert sent(endpoint, "OPTIONS", [("query", "ASK {}")]).content == b""


def test_an_unknown_address_is_404(endpoint: Served) -> None:
    refused(endpoint.client.get(f"{endpoint.url}nowhere"), 404)


def test_the_length_of_an_answer_is_told(endpoint: Served) -> None:
    # What is packed on the way is told in pieces.
    response = endpoint.get("CONSTRUCT WHERE { ?s skos:prefLabel ?o }", **{"Accept-Encoding": "identity"})
    assert int(response.headers["content-length"]) == len(response.content) > 10_000
    assert "transfer-encoding" not in response.headers


def test_columns_come_in_the_order_of_select(endpoint: Served) -> None:
    response = endpoint.get(f"SELECT ?z ?a {{ <{ONE}> a ?a ; skos:prefLabel ?z }}", Accept="text/csv")
    assert response.text == "z,a\r\nfirst,https://schema.org/Dataset\r\n"


SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.mark.parametrize("accept", GRAPHS_AS)
def test_a_bare_get_describes_the_service(endpoint: Served, accept: str | None) -> None:
    response = sent(endpoint, "GET", accept=accept)
    assert response.headers["content-type"].partition(";")[0] == (accept or "text/turtle")
    found = rdflib.Graph().parse(data=response.content, format=GRAPHS_AS[accept])
    service = found.value(predicate=rdflib.RDF.type, object=SD.Service)
    assert found.value(service, SD.endpoint) == rdflib.URIRef(endpoint.sparql)
    assert found.value(service, SD.supportedLanguage) == SD.SPARQL11Query
    assert len(list(found.objects(service, SD.resultFormat))) == 8
    named = {str(name) for name in found.objects(None, SD.name)}
    assert {ONE, TWO, THREE} < named
    answer = json.loads(endpoint.get("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").content)
    assert {row["g"]["value"] for row in answer["results"]["bindings"]} == named


def test_a_browser_is_sent_to_the_page_for_queries(endpoint: Served) -> None:
    response = sent(endpoint, "GET", accept="text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert (response.status_code, response.headers["location"]) == (303, "/query")
    assert refused(sent(endpoint, "GET", accept="image/png"), 406)
