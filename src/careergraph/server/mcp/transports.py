"""Where agents reach the server: on standard input and output, or by HTTP on this machine."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Callable

from mcp.server.stdio import stdio_server

from careergraph.server.context import Context
from careergraph.server.mcp.protocol import create_server
from careergraph.server.mcp.unreadable import Answering
from careergraph.server.serving import listen
from careergraph.server.settings import Settings

# What clients do wrong is told to them; a log of it would stand in whatever window the agent runs in.
logging.getLogger("mcp").setLevel(logging.CRITICAL)

#: Where the protocol is spoken by HTTP.
PATH = "/mcp"


def serve_stdio(settings: Settings) -> None:
    """Serve one client on standard input and output, until it closes them.

    Raises:
        UnreadableFile: a file of the data set cannot be read.
        KeyboardInterrupt: after Ctrl-C, when all is closed.
    """
    # A worker that dies is an error to report. Threads other than the first have no say in that.
    if hasattr(signal, "SIGPIPE") and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    asyncio.run(_serve_stdio(settings))


async def _serve_stdio(settings: Settings) -> None:
    context = Context(settings)
    server = create_server(context)
    try:
        await context.start()
        async with stdio_server() as (requests, replies):
            await server.run(Answering(requests, replies), replies, server.create_initialization_options())
    finally:
        await context.close()


def serve_http(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve clients on this machine by streamable HTTP, until Ctrl-C or SIGTERM.

    Args:
        settings: what to serve, and where: an address of this machine alone.
        announce: is called with the address once it is ready.

    Raises:
        CannotListen: the address is taken.
        UnreadableFile: a file of the data set cannot be read.
        KeyboardInterrupt: after Ctrl-C, when all is closed.
    """
    context = Context(settings)
    app = create_server(context).streamable_http_app(
        streamable_http_path=PATH, host=settings.host, max_request_body_size=settings.largest_body
    )
    listen(app, context, lambda url: announce(url.rstrip("/") + PATH))
