"""Roles side by side."""

from __future__ import annotations

import asyncio

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from careergraph.api import CareerGraph
from careergraph.render.assets import load_templates
from careergraph.render.html.comparison_page import arrange_comparison
from careergraph.server.pages.site import Site
from careergraph.server.templates import SHARED, fill_template, render_page

#: So many roles fit beside each other.
MOST = 4


async def compare(site: Site, request: Request) -> Response:
    """The form, and the roles side by side once two are given."""
    names = [text.strip() for text in request.query_params.getlist("role") if text.strip()][:MOST]
    fields = [*names, *[""] * (MOST - len(names))]
    if len(names) < 2:
        return render_page("compare.html", names=fields)
    content = await asyncio.to_thread(_compare, site, names, fields)
    return HTMLResponse(content, headers={"Cache-Control": "no-cache"})


def _compare(site: Site, names: list[str], fields: list[str]) -> bytes:
    view = arrange_comparison(CareerGraph(site.catalogue).compare(*names))
    before = Markup(fill_template("_compare_form.html", names=fields))
    template = load_templates().get_template("pages/comparison.html")
    filled = template.render({**SHARED, "view": view, "layout": "server/layout.html", "before": before})
    return filled.encode("utf-8", "backslashreplace")
