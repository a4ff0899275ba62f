"""Routes as a page of their own."""

from __future__ import annotations

from careergraph.render.html.page import page
from careergraph.render.html.route_view import route_views
from careergraph.transitions.routes import Routes


def routes_page(found: Routes, *, explain: bool = False) -> bytes:
    """The routes of a `path` answer as one HTML file, the best first; the same answer gives the same bytes.

    Args:
        found: the answer.
        explain: whether to break each feasibility into its factors.
    """
    return page("route.html", found=found, routes=route_views(found, explain=explain))
