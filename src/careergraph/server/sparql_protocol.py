"""The query half of the SPARQL 1.1 Protocol: from a request to a query, and from its answer to a response."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

import pyoxigraph
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from careergraph.model.escaping import to_safe_line
from careergraph.rdf.query_errors import find_undefined_terms
from careergraph.rdf.query_text import Query
from careergraph.rdf.results import GRAPH_FORMATS
from careergraph.server.context import Context
from careergraph.server.http.client_gone import wait_unless_client_leaves
from careergraph.server.http.guard import MOST_PARAMETERS
from careergraph.server.http.negotiation import GRAPH_MEDIA, choose, list_offers
from careergraph.server.workers.queries import check_query

PATH = "/sparql"
#: Reading a body of this length, in bytes, takes long enough for other clients to notice.
_LONG = 20_000
#: How much of a body is unescaped at once, in bytes.
_PIECE = 1 << 15

#: The header for a notice about a term in a query that the ontology does not have.
NOTICE = "Careergraph-Notice"

Parameters = list[tuple[str, str]]


class ProtocolQuery(NamedTuple):
    """A query, and the graphs that it is asked of; None where the request names none."""

    query: Query
    default_graphs: list[str] | None
    named_graphs: list[str] | None


def routes(context: Context) -> list[Route]:
    """The endpoint of the protocol."""
    return [Route(path, partial(endpoint, context), methods=["GET", "POST"]) for path in (PATH, f"{PATH}/")]


async def endpoint(context: Context, request: Request) -> Response:
    """Answer a query, or describe the service if there is none."""
    parameters = await _parameters(request)
    if request.method != "POST" and not parameters:
        return await describe_service(context, request)
    asked = _query_of(parameters)
    media, format_ = await _choose_format(request, asked.query)
    graphs = {"default_graphs": asked.default_graphs, "named_graphs": asked.named_graphs}
    base = str(request.url.replace(query="", fragment=""))
    answer = await wait_unless_client_leaves(request, context.queries.ask(asked.query, format_, base=base, **graphs))
    headers = {
        "Vary": "Accept",
        "Cache-Control": "no-cache",
        **_notices((*find_undefined_terms(asked.query), *answer.remarks)),
    }
    return context.in_flight.response(answer.content, headers, media)


def _notices(sentences: Iterable[str]) -> dict[str, str]:
    told = " ".join(to_safe_line(sentence, 400) for sentence in sentences)
    return {NOTICE: told.encode("ascii", "backslashreplace").decode()} if told else {}


def _query_of(parameters: Parameters) -> ProtocolQuery:
    given: dict[str, list[str]] = {}
    for name, value in parameters:
        given.setdefault(name, []).append(value)
    if "update" in given:
        raise HTTPException(403, "The data can only be read: updates are refused.")
    queries = given.get("query", [])
    if len(queries) != 1:
        raise HTTPException(400, f"Give one query; here are {len(queries)}." if queries else "Give a query.")
    default, named = given.get("default-graph-uri"), given.get("named-graph-uri")
    if default is None and named is None:
        return ProtocolQuery(Query(queries[0]), None, None)
    return ProtocolQuery(Query(queries[0]), default or [], named or [])


async def _choose_format(request: Request, query: Query) -> tuple[str, str]:
    # The media type that the client likes best, and its format.
    formats = list_offers((await check_query(query)).form)
    media = choose(request, tuple(formats))
    if media is None:
        raise HTTPException(406, f"This answer can be had as {', '.join(formats)}.")
    return media, formats[media]


async def _parameters(request: Request) -> Parameters:
    found = _form(_text(request.scope["query_string"]))
    if request.method == "POST":
        found += await _read_body(request)
    return found


_BODIES: dict[str, Callable[[str], Parameters]] = {
    "application/x-www-form-urlencoded": lambda body: _form(body),
    "application/sparql-query": lambda body: [("query", body)],
    "application/sparql-update": lambda body: [("update", body)],
}


async def _read_body(request: Request) -> Parameters:
    read = _BODIES.get(_media_type(request))
    if read is None:
        known = ", ".join(_BODIES)
        raise HTTPException(415, f"The Content-Type must be one of {known}, in UTF-8.", {"Accept-Post": known})
    body = await request.body()
    if len(body) <= _LONG:
        return read(_text(body))
    return await asyncio.to_thread(lambda: read(_text(body)))


def _media_type(request: Request) -> str:
    # Empty for what no body of ours can be: another encoding of the characters or of the whole. No parameter of a
    # media type of ours has quotes in it that need to be understood; the guard bounds the header's length.
    media, *parameters = request.headers.get("content-type", "").lower().split(";")
    charsets = [
        value.strip(' "')
        for name, _, value in (item.partition("=") for item in parameters)
        if name.strip() == "charset"
    ]
    packed = request.headers.get("content-encoding", "identity").lower()
    return media.strip() if charsets[:1] in ([], ["utf-8"], ["utf8"]) and packed == "identity" else ""


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except ValueError:
        raise HTTPException(400, "The request is not UTF-8.") from None


def _form(text: str) -> Parameters:
    if text.count("&") >= MOST_PARAMETERS:
        raise HTTPException(400, f"There are more than {MOST_PARAMETERS:,} parameters.")
    pairs = (piece.partition("=") for piece in text.split("&") if piece)
    try:
        return [(_unescape(name), _unescape(value)) for name, _, value in pairs]
    except UnicodeDecodeError:
        raise HTTPException(400, "A parameter is not UTF-8.") from None


def _unescape(text: str) -> str:
    """A name or a value of a form, as it was before it was escaped.

    A long one is read piece by piece: the library makes a list of all that is escaped, and no other thread gets its
    turn meanwhile.

    >>> _unescape("caf%C3%A9+au+lait"), _unescape("100%")
    ('café au lait', '100%')
    """
    content, start, found = text.replace("+", " ").encode(), 0, []
    while start < len(content):
        end = start + _PIECE
        cut = content.find(b"%", max(start + 1, end - 2), end)  # no escape is cut in two
        end = end if cut < 0 else cut
        found.append(unquote_to_bytes(content[start:end]))
        start = end
    return b"".join(found).decode()


SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RESULTS = ("JSON", "XML", "CSV", "TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")

HTML = "text/html"
#: Where a browser without a query is sent.
QUERY_PAGE = "/query"


async def describe_service(context: Context, request: Request) -> Response:
    """The description in the form that a client likes best; a browser is sent to the page for queries."""
    media = choose(request, (*GRAPH_MEDIA, HTML))
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if media == HTML:
        return RedirectResponse(QUERY_PAGE, status_code=303, headers=headers)
    if media is None:
        raise HTTPException(406, f"The description can be had as {', '.join((*GRAPH_MEDIA, HTML))}.")
    graphs = await wait_unless_client_leaves(request, context.queries.named_graphs())
    triples = describe_endpoint(str(request.url.replace(query="", fragment="")), graphs)
    content = pyoxigraph.serialize(triples, format=GRAPH_FORMATS[GRAPH_MEDIA[media]], prefixes={"sd": SD})
    return Response(content, headers=headers, media_type=media)


def describe_endpoint(endpoint: str, graphs: Sequence[str]) -> Iterator[pyoxigraph.Triple]:
    """What can be asked of an endpoint, and which graphs it has.

    >>> found = list(describe_endpoint("http://localhost/sparql", ["https://w3id.org/careergraph/graph/article"]))
    >>> sum(triple.predicate.value == f"{SD}namedGraph" for triple in found)
    1
    """
    service, data, merged = f"{endpoint}#service", f"{endpoint}#data", f"{endpoint}#merged"
    yield from (
        _triple(service, _TYPE, f"{SD}Service"),
        _triple(service, f"{SD}endpoint", endpoint),
        _triple(service, f"{SD}supportedLanguage", f"{SD}SPARQL11Query"),
        _triple(service, f"{SD}feature", f"{SD}UnionDefaultGraph"),
        _triple(service, f"{SD}defaultDataset", data),
        _triple(data, _TYPE, f"{SD}Dataset"),
        _triple(data, f"{SD}defaultGraph", merged),
        _triple(merged, _TYPE, f"{SD}Graph"),
    )
    written = (*(f"SPARQL_Results_{name}" for name in _RESULTS), *_GRAPHS)
    yield from (_triple(service, f"{SD}resultFormat", FORMATS + name) for name in written)
    for number, graph in enumerate(graphs, start=1):
        node = f"{endpoint}#graph-{number}"
        yield _triple(data, f"{SD}namedGraph", node)
        yield _triple(node, _TYPE, f"{SD}NamedGraph")
        yield _triple(node, f"{SD}name", graph)


def _triple(subject: str, predicate: str, object_: str) -> pyoxigraph.Triple:
    return pyoxigraph.Triple(*map(pyoxigraph.NamedNode, (subject, predicate, object_)))
