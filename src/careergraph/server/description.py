"""The description of the service (SPARQL 1.1 Service Description): what whoever asks nothing gets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from careergraph.rdf.results import GRAPH_FORMATS
from careergraph.server.context import Context
from careergraph.server.http.client_gone import unless_client_leaves
from careergraph.server.http.media import GRAPH_MEDIA
from careergraph.server.http.negotiation import chosen

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RESULTS = ("JSON", "XML", "CSV", "TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")

HTML = "text/html"
#: Where a browser is sent that asks nothing.
QUERY_PAGE = "/query"


async def described(context: Context, request: Request) -> Response:
    """The description in the form that a client likes best; a browser is sent to the page for queries."""
    media = chosen(request, (*GRAPH_MEDIA, HTML))
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if media == HTML:
        return RedirectResponse(QUERY_PAGE, status_code=303, headers=headers)
    if media is None:
        raise HTTPException(406, f"The description can be had as {', '.join((*GRAPH_MEDIA, HTML))}.")
    graphs = await unless_client_leaves(request, context.queries.named_graphs())
    triples = description(str(request.url.replace(query="", fragment="")), graphs)
    content = pyoxigraph.serialize(triples, format=GRAPH_FORMATS[GRAPH_MEDIA[media]], prefixes={"sd": SD})
    return Response(content, headers=headers, media_type=media)


def description(endpoint: str, graphs: Sequence[str]) -> Iterator[pyoxigraph.Triple]:
    """What can be asked of an endpoint, and which graphs it has.

    >>> found = list(description("http://localhost/sparql", ["https://w3id.org/careergraph/graph/article"]))
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
