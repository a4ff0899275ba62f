"""The page for queries: writing one, choosing a saved one, seeing its answer as a table or a picture."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from careergraph.catalogue.names import LONGEST_NAME
from careergraph.model.errors import CareergraphError
from careergraph.rdf.query_text import Query, with_params
from careergraph.rdf.results import GRAPH_FORMATS, RESULT_FORMATS, Answer, choose_format
from careergraph.server.http.client_gone import wait_unless_client_leaves
from careergraph.server.http.negotiation import GRAPH_MEDIA, RESULT_MEDIA, to_content_type
from careergraph.server.http.problems import find_status, make_problem
from careergraph.server.pages.error_pages import as_page, link_other_names, reword_for_pages
from careergraph.server.pages.question_pictures import draw_question_pictures
from careergraph.server.pages.result_charts import find_bars
from careergraph.server.pages.result_maps import find_moves
from careergraph.server.pages.results import MOST_DRAWN, MOST_ROWS, SHOWN_AS, format_answer
from careergraph.server.pages.site import Site
from careergraph.server.pages.words import word_name
from careergraph.server.templates import render_page
from careergraph.server.workers.queries import check_query
from careergraph.sparql.saved_queries import TOPICS, SavedQuery, list_terms, load_saved_queries, load_saved_query

EXAMPLE = "SELECT ?role ?label {\n  ?role a cg:Role ; skos:prefLabel ?label\n}\nORDER BY ?label"
_MEDIA = {name: media for media, name in reversed([*RESULT_MEDIA.items(), *GRAPH_MEDIA.items()])}

_LIMITS: dict[str, Any] = {"most_rows": MOST_ROWS, "most_drawn": MOST_DRAWN}


class PageQuery(NamedTuple):
    """A query, the saved one that it started from, and what was given for that one's parameters."""

    text: str
    saved: SavedQuery | None
    given: dict[str, str]


def routes(site: Site) -> list[BaseRoute]:
    """The page, and what completes queries while they are written."""
    return [Route("/query", partial(as_page(query), site)), Route("/complete", partial(complete, site))]


async def complete(site: Site, request: Request) -> Response:
    """What the word or name before the cursor may go on to be."""
    token = request.query_params.get("text", "")[:LONGEST_NAME]
    found = await asyncio.to_thread(site.completions.of, token)
    return JSONResponse({"results": [item.to_dict() for item in found]}, headers={"Cache-Control": "no-cache"})


async def query(site: Site, request: Request) -> Response:
    """The page, with the answer to the query that it is called with; or only the answer."""
    asked = _query_of(request)
    format_ = request.query_params.get("format", "")
    if format_:
        return await _download(site, request, asked, format_)
    values, code = await _answer(site, request, asked)
    if request.query_params.get("part") == "answer":
        return await asyncio.to_thread(partial(render_page, "_answer.html", status=code, **values, **_LIMITS))
    return await asyncio.to_thread(lambda: render_page("query.html", status=code, **values, **_LIMITS, **_frame(asked)))


def _query_of(request: Request) -> PageQuery:
    given = dict(request.query_params)
    saved = load_saved_query(given["saved"]) if given.get("saved") else None
    names = [parameter.name for parameter in saved.parameters] if saved else []
    return PageQuery(
        text=given.get("query", "") or (saved.text if saved else ""),
        saved=saved,
        given={name: given[name] for name in names if given.get(name)},
    )


def _bind(site: Site, asked: PageQuery) -> Query | None:
    """The query with its parameters; None while there is nothing to run."""
    if asked.saved is None:
        return Query(asked.text) if asked.text else None
    return Query(with_params(asked.text, list_terms(lambda: site.catalogue, asked.saved, asked.given)))


async def _answer(site: Site, request: Request, asked: PageQuery) -> tuple[dict[str, Any], int]:
    nothing = {"answer": None, "problem": None, "again": None, "downloads": (), "bars": (), "map": ""}
    try:
        query = await asyncio.to_thread(_bind, site, asked)
        if query is None:
            return nothing, 200
        form = (await check_query(query)).form or ""
        found = await wait_unless_client_leaves(request, site.context.queries.ask(query, SHOWN_AS.get(form, "json")))
        answered = await asyncio.to_thread(_show, site, asked, found)
    except CareergraphError as error:
        told = reword_for_pages(make_problem(error))
        again = link_other_names(told, request.url.path, request.query_params.multi_items())
        return {**nothing, "problem": told, "again": again}, find_status(error)
    return {**nothing, **answered, "downloads": _downloads(asked, form)}, 200


def _show(site: Site, asked: PageQuery, found: Answer) -> dict[str, Any]:
    """The answer as a table, and as bars and lines on the map where its columns allow that."""
    answer = format_answer(site.catalogue, found)
    moves = find_moves(
        site.catalogue, answer, {**(list_default_values(asked.saved) if asked.saved else {}), **asked.given}
    )
    # Whoever wrote or changed a query reads their own names.
    ours = asked.saved is not None and asked.text == asked.saved.text
    headings = [word_name(name) if ours else name.replace("_", " ") for name in answer.columns]
    return {"answer": answer, "headings": headings, "bars": find_bars(answer.columns, answer.rows), "map": moves}


def list_default_values(saved: SavedQuery) -> dict[str, str]:
    """The parameters of a saved query that have values of their own."""
    return {item.name: item.default for item in saved.parameters if item.default}


async def _download(site: Site, request: Request, asked: PageQuery, format_: str) -> Response:
    query = await asyncio.to_thread(_bind, site, asked)
    if query is None:
        raise HTTPException(400, "Give a query, or values for the parameters of a saved one.")
    choose_format((await check_query(query)).form, format_)
    found = await wait_unless_client_leaves(request, site.context.queries.ask(query, format_))
    name = f"{asked.saved.name if asked.saved else 'answer'}.{_ENDINGS.get(format_, format_)}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    return site.context.in_flight.response(found.content, headers, to_content_type(_MEDIA[format_]))


_ENDINGS = {"turtle": "ttl", "json-ld": "jsonld", "rdf-xml": "rdf"}


def _downloads(asked: PageQuery, form: str) -> list[tuple[str, str]]:
    formats = GRAPH_FORMATS if form in SHOWN_AS else RESULT_FORMATS
    return [(name, _address(asked, format=name)) for name in formats]


def _address(asked: PageQuery, **more: str) -> str:
    saved = {"saved": asked.saved.name} if asked.saved else {}
    return f"/query?{urlencode({**saved, **asked.given, 'query': asked.text, **more})}"


def _frame(asked: PageQuery) -> dict[str, Any]:
    by_topic: dict[str, list[SavedQuery]] = {heading: [] for heading in TOPICS.values()}
    for found in load_saved_queries():
        by_topic[TOPICS[found.topic]].append(found)
    text = asked.text or EXAMPLE
    shown = {"by_topic": by_topic, "saved": asked.saved, "text": text, "given": asked.given, "lines": text.count("\n")}
    return {**shown, "pictures": draw_question_pictures()}
