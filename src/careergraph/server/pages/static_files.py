"""Style sheets and scripts."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from careergraph.render.assets import STATIC, read_vis_network
from careergraph.render.html.page import list_kind_colours

_HEADERS = {"Cache-Control": "no-cache"}


def routes() -> list[BaseRoute]:
    """Our own files, the colours of kinds, and the script that draws graphs."""
    return [
        Route("/static/kinds.css", kinds),
        Route("/static/vis-network.js", drawing),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


async def kinds(request: Request) -> Response:
    """The colours of kinds."""
    return Response(list_kind_colours(), headers=_HEADERS, media_type="text/css")


async def drawing(request: Request) -> Response:
    """vis-network, as pyvis ships it."""
    return Response(await asyncio.to_thread(read_vis_network), headers=_HEADERS, media_type="text/javascript")
