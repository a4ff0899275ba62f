"""The application: middleware, endpoints, and error handlers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect

from careergraph.model.errors import CareergraphError
from careergraph.server import json_api, sparql_protocol
from careergraph.server.context import Context
from careergraph.server.http.guard import Guard
from careergraph.server.http.problems import on_client_gone, on_error, on_http_exception
from careergraph.server.pages import routes as pages
from careergraph.server.pages.site import Site
from careergraph.server.settings import Settings

#: Answers shorter than this, in bytes, are not worth compressing; more effort than this takes longer than it saves.
_LEAST_PACKED, _EFFORT = 1_000, 5


def create_app(settings: Settings) -> Starlette:
    """The application. Its `state.context` is what the endpoints share; its workers end with its lifespan.

    Raises:
        UnreadableFile: a file of the data set cannot be read.
    """
    context = Context(settings)
    site = Site(context)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await asyncio.to_thread(site.prepare)
        yield
        await context.close()

    app = Starlette(
        routes=[*sparql_protocol.routes(context), *json_api.routes(context), *pages.routes(site)],
        middleware=_layers(settings),
        exception_handlers={
            CareergraphError: on_error,
            HTTPException: on_http_exception,
            ClientDisconnect: on_client_gone,
        },
        lifespan=lifespan,
    )
    app.state.context = context
    return app


def _layers(settings: Settings) -> list[Middleware]:
    # From the outside in. If no origin is allowed, there are no CORS headers at all.
    sharing = Middleware(
        CORSMiddleware,
        allow_origins=settings.origins,
        allow_methods=("GET", "HEAD", "POST"),
        expose_headers=(sparql_protocol.NOTICE,),
        allow_private_network=True,
    )
    limit = Middleware(RequestBodyLimitMiddleware, max_body_size=settings.largest_body)
    packing = Middleware(GZipMiddleware, minimum_size=_LEAST_PACKED, compresslevel=_EFFORT)
    return [Middleware(Guard, settings=settings), *([sharing] if settings.origins else []), packing, limit]
