"""Each node at an address of its own, as a page or as RDF: whichever a client likes best."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from careergraph.model.escaping import to_safe_line
from careergraph.rdf.prefixes import serialize_triples
from careergraph.rdf.results import GRAPH_FORMATS
from careergraph.rdf.vocabulary import ID, NAMESPACE
from careergraph.server.http.client_gone import wait_unless_client_leaves
from careergraph.server.http.negotiation import choose, to_content_type
from careergraph.server.pages.error_pages import as_page, not_here
from careergraph.server.pages.node_page import link_value, list_node_values
from careergraph.server.pages.site import Site
from careergraph.server.pages.vocabulary_page import PLACES, Term, list_files, list_terms, read_triples
from careergraph.server.templates import render_page
from careergraph.server.urls import ONTOLOGY, to_address

HTML = "text/html"
#: What RDF can be had as: media type → format, and what links to it say.
RDF = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf-xml",
}
_NAMES = {"turtle": "Turtle", "json-ld": "JSON-LD", "nt": "N-Triples", "rdf-xml": "RDF/XML"}


class Form(NamedTuple):
    """One form in which a node can be had besides its page."""

    media: str
    name: str
    href: str


def routes(site: Site) -> list[BaseRoute]:
    """The addresses of nodes, and of the vocabulary."""
    return [
        Route("/id/{rest:path}", partial(as_page(under_our_name), site)),
        Route("/node", partial(as_page(anywhere), site)),
        Route("/ontology", partial(ontology, site)),
        Route("/ontology/{part}", partial(ontology_part, site)),
    ]


async def under_our_name(site: Site, request: Request) -> Response:
    """A node whose IRI has the same path as the request."""
    return await _node(site, request, ID + request.path_params["rest"])


async def anywhere(site: Site, request: Request) -> Response:
    """A node of any IRI, given as a parameter."""
    return await _node(site, request, request.query_params.get("iri", ""))


async def _node(site: Site, request: Request, iri: str) -> Response:
    media = _choose_form(request)
    if iri not in site.catalogue.statements:
        if media != HTML:
            raise HTTPException(404, f"Nothing is known of {to_safe_line(iri, 300)}.")
        return await asyncio.to_thread(not_here, site, iri)
    forms = _forms(to_address(iri))
    if media != HTML:
        return await _as_rdf(site, request, iri, media, forms)
    values = await asyncio.to_thread(list_node_values, site.nodes, iri)
    show = Form("application/json", "JSON", f"/api/show?{urlencode({'name': iri})}")
    values |= {"forms": [*forms, show], "address": to_address, "value_of": partial(link_value, site.catalogue)}
    return render_page("node.html", headers=_headers(forms), **values)


async def _as_rdf(site: Site, request: Request, iri: str, media: str, forms: list[Form]) -> Response:
    query = await asyncio.to_thread(site.nodes.query, iri)
    if query is None:
        raise HTTPException(406, "This node has no IRI, so there is nothing to say of it in RDF.")
    answer = await wait_unless_client_leaves(request, site.context.queries.ask(query, RDF[media]))
    return Response(answer.content, headers=_headers(forms), media_type=to_content_type(media))


async def ontology(site: Site, request: Request) -> Response:
    """The vocabulary."""
    forms = _forms("/ontology")
    media = _choose_form(request)
    if media != HTML:
        return await _file_as_rdf(list_files(), media, forms)
    parts = [("classes", "Classes", True), ("properties", "Properties", False)]
    shown = [
        {"id": id_, "title": title, "terms": [_term(site, term) for term in list_terms() if term.is_class == classes]}
        for id_, title, classes in parts
    ]
    return render_page("ontology.html", headers=_headers(forms), parts=shown, forms=forms, namespace=NAMESPACE.cg)


async def ontology_part(site: Site, request: Request) -> Response:
    """Another file of the vocabulary, such as its shapes: RDF only."""
    part = request.path_params["part"]
    found = list_files(part)
    if not found:
        return await asyncio.to_thread(not_here, site, f"{ONTOLOGY}/{part}")
    return await _file_as_rdf(found, _choose_form(request, tuple(RDF)), _forms(f"/ontology/{part}"))


async def _file_as_rdf(paths: list[str], media: str, forms: list[Form]) -> Response:
    def content() -> bytes:
        return serialize_triples(read_triples(paths), GRAPH_FORMATS[RDF[media]])

    return Response(await asyncio.to_thread(content), headers=_headers(forms), media_type=to_content_type(media))


def _term(site: Site, term: Term) -> dict[str, Any]:
    rows = [
        {"predicate": PLACES[predicate], "objects": [link_value(site.catalogue, text) for text in texts]}
        for predicate, texts in term.places.items()
    ]
    return {"name": term.name, "label": term.label, "definition": term.definition, "rows": rows}


def _choose_form(request: Request, offers: tuple[str, ...] = (HTML, *RDF)) -> str:
    format_ = request.query_params.get("format")
    if format_ is not None:
        media = next((media for media, name in RDF.items() if name == format_), None)
        if media is None:
            raise HTTPException(400, f"There is no format {format_!r}; formats are {', '.join(RDF.values())}.")
        return media
    media = choose(request, offers)
    if media is None:
        raise HTTPException(406, f"This can be had as {', '.join(offers)}.")
    return media


def _forms(place: str) -> list[Form]:
    joint = "&" if "?" in place else "?"
    return [Form(media, _NAMES[format_], f"{place}{joint}format={format_}") for media, format_ in RDF.items()]


def _headers(forms: list[Form]) -> Mapping[str, str]:
    links = ", ".join(f'<{form.href}>; rel="alternate"; type="{form.media}"' for form in forms)
    return {"Vary": "Accept", "Link": links, "Cache-Control": "no-cache"}
