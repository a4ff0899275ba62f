"""The pages: start, search, lists, the API in words, and what the other modules of pages add."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from math import ceil
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from careergraph.api import CareerGraph
from careergraph.catalogue.names import LONGEST_NAME
from careergraph.catalogue.twins import list_twins
from careergraph.model.errors import BadParameter, NothingFound
from careergraph.model.kind_styles import KIND_STYLES
from careergraph.model.records import Ref
from careergraph.render.map.career_map import draw_career_map
from careergraph.render.map.drawing import map_part
from careergraph.render.map.examples import find_examples
from careergraph.server.api.questions import MOST_VALUES, QUESTIONS
from careergraph.server.http.negotiation import choose
from careergraph.server.http.problems import find_status_of, find_title, list_types, make_problem, to_slug
from careergraph.server.pages import compare_page, cv_page, node_endpoints, query_page, question_pages, static_files
from careergraph.server.pages.error_pages import Again, Choice, as_page, not_here, reword_for_pages
from careergraph.server.pages.site import Site
from careergraph.server.templates import render_page
from careergraph.server.urls import link

#: How many nodes a list shows at once (so that the page is under 4,000 pixels long), and how many names a search field
#: suggests.
PAGE, MOST_SUGGESTED = 100, 8
#: How many pages of a list are linked before and after the one shown, beside the first and the last.
NEIGHBOURS = 3


def routes(site: Site) -> list[BaseRoute]:
    """All pages and what they are made of."""
    own = {
        "/": start,
        "/search": find_nodes,
        "/suggest": suggest,
        "/list/{kind}": kind_list,
        "/api": about_api,
        "/compare": compare_page.compare,
    }
    return [
        *(Route(place, partial(as_page(endpoint), site)) for place, endpoint in own.items()),
        Route("/cv", partial(as_page(cv_page.cv), site), methods=["GET", "POST"]),
        *question_pages.routes(site),
        *node_endpoints.routes(site),
        *query_page.routes(site),
        *static_files.routes(),
        Route("/{rest:path}", partial(nothing_there, site)),
    ]


async def start(site: Site, request: Request) -> Response:
    """The start page."""
    counts = {kind: len(site.catalogue.by_kind.get(kind, ())) for kind in KIND_STYLES}
    shown = draw_career_map(site.catalogue)
    drawn = await asyncio.to_thread(lambda: map_part(shown, _way_on, label_of))
    form = question_pages.fill_form(question_pages.PAGES["/path"], "/path")
    known = {kind: number for kind, number in counts.items() if number}
    return render_page("start.html", map=drawn, examples=find_examples(shown), counts=known, **form)


def _way_on(ref: Ref) -> str:
    """Where a station of the map leads without JavaScript: onwards from a background, to the page of a role."""
    return link(ref) if ref.kind == "role" else f"/reach?{urlencode({'origin': ref.label})}"


def label_of(ref: Ref) -> str:
    """The name of a station for scripts: what they put into a field."""
    return ref.label


async def find_nodes(site: Site, request: Request) -> Response:
    """What a search finds, with near misses where that is nothing."""
    text = request.query_params.get("q", "").strip()
    if not text:
        return render_page("results.html", title="Search", **_cut(request, ()))
    found = await asyncio.to_thread(CareerGraph(site.catalogue).search, text)
    if found:
        about = f"{len(found):,} found, the best match first."
        json = f"/api/search?{urlencode({'text': text})}"
        return render_page(
            "results.html",
            title=f"Search: {text}",
            q=text,
            about=about,
            json=json,
            **await _with_twins(site, _cut(request, found)),
        )
    told = reword_for_pages(make_problem(NothingFound(text)))
    near = await asyncio.to_thread(site.names.near, text)
    again = Again("Did you mean", tuple(Choice(f"{ref.label} ({ref.kind})", link(ref)) for ref in near))
    return render_page("problem.html", status=404, problem=told, again=again if near else None, q=text)


async def _with_twins(site: Site, cut: dict[str, Any]) -> dict[str, Any]:
    same = await asyncio.to_thread(list_twins, site.catalogue, cut["refs"])
    return {**cut, "same": {one.id: one.others for one in same}}


async def suggest(site: Site, request: Request) -> Response:
    """The nodes whose names begin with what has been typed, or else look like it; nothing found is no error."""
    text = request.query_params.get("text", "")[:LONGEST_NAME]
    kinds = request.query_params.getlist("kind")
    found = await asyncio.to_thread(site.names.suggest, text, kinds, MOST_SUGGESTED)
    results = [{**ref.to_dict(), "href": link(ref)} for ref in found]
    return JSONResponse({"results": results}, headers={"Cache-Control": "no-cache"})


async def kind_list(site: Site, request: Request) -> Response:
    """All nodes of a kind."""
    kind = request.path_params["kind"]
    found = await asyncio.to_thread(site.nodes_of_kind, kind)
    style = KIND_STYLES.get(kind)
    heading = (style.plural if style else kind).capitalize()
    cut = _cut(request, found, one_kind=True)
    return render_page("results.html", title=heading, about=f"{len(found):,} in all.", here=f"/list/{kind}", **cut)


async def nothing_there(site: Site, request: Request) -> Response:
    """The response to an unknown address: a page for clients that read pages."""
    place = request.path_params["rest"]
    if place.startswith("api/") or choose(request, ("text/plain", "text/html")) == "text/plain":
        raise HTTPException(404)
    return await asyncio.to_thread(not_here, site, f"/{place}")


def _cut(request: Request, found: Sequence[Ref], *, one_kind: bool = False) -> dict[str, Any]:
    pages = max(1, ceil(len(found) / PAGE))
    text = request.query_params.get("page", "1")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
    if not 1 <= number <= pages:
        raise BadParameter("page", f"there are {pages}, counted from 1")
    refs = found[(number - 1) * PAGE : number * PAGE]
    near = range(max(1, number - NEIGHBOURS), min(pages, number + NEIGHBOURS) + 1)
    return {
        "refs": refs,
        "pages": sorted({1, *near, pages}),
        "page": number,
        "kinds": not one_kind and len({ref.kind for ref in found}) > 1,
        "same": {},
    }


async def about_api(site: Site, request: Request) -> Response:
    """What the API offers, in words."""
    problems = [
        {"slug": to_slug(known), "title": find_title(known), "status": find_status_of(known)} for known in list_types()
    ]
    return render_page("api.html", questions=QUESTIONS.values(), problems=problems, most_values=MOST_VALUES)
