"""Listen, until a signal ends it."""

from __future__ import annotations

import asyncio
import ctypes
import errno
import logging
import math
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette

from careergraph.model.errors import CannotListen, CareergraphError
from careergraph.model.escaping import to_safe_text
from careergraph.server.app import create_app
from careergraph.server.context import Context
from careergraph.server.http.connection import Connection, count_connections_allowed
from careergraph.server.http.guard import LONGEST_ADDRESS
from careergraph.server.settings import Settings

#: How long running requests may take once the server is ending, in seconds.
GRACE = 1.0
#: How long a client may take to read its last answer, in seconds.
_LAST_ANSWER = 3
_TICK = 0.1
#: The least time between two log entries of the same complaint, in seconds.
_SELDOM = 60.0
#: How long a thread that reads a large body may keep the one that answers everybody waiting at a time, in seconds.
_TURN = 0.0005
#: As malloc.h of glibc has them.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8


def serve(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; running requests may then finish, waiting ones are refused.

    Args:
        settings: what to serve, and where.
        announce: is called with the server's URL once it listens and all workers are ready.

    Raises:
        CannotListen: the address is taken, or is none of this machine's.
        UnreadableFile: a file of the data set cannot be read.
        KeyboardInterrupt: after Ctrl-C, when all is closed.
    """
    app = create_app(settings)
    listen(app, app.state.context, announce)


def listen(app: Starlette, context: Context, announce: Callable[[str], None]) -> None:
    """Serve an application until Ctrl-C or SIGTERM; arguments and errors are those of `serve`.

    Args:
        app: what to serve.
        context: its workers, which are started before it listens; its settings say where.
        announce: is called with the server's URL once it listens and all workers are ready.
    """
    settings = context.settings
    with _listening(settings.host, settings.port) as listener:
        config = uvicorn.Config(
            app,
            loop="asyncio",
            http=Connection,
            ws="none",
            lifespan="on",
            log_config=None,
            log_level="error",  # clients' errors are reported to the clients
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_LAST_ANSWER,
            h11_max_incomplete_event_size=2 * LONGEST_ADDRESS,
        )
        port = listener.getsockname()[1]
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        Connection.most = count_connections_allowed()
        _take_signals()
        _bound_heap()
        _log_harmlessly()
        sys.setswitchinterval(_TURN)
        _Server(config, context, lambda: announce(f"http://{host}:{port}/")).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Starts the workers before it listens, and ends them before it waits for their clients."""

    def __init__(self, config: uvicorn.Config, context: Context, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._context, self._announce = context, announce

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # A second signal changes nothing: the end is near, and to leave at once would leave workers behind.
        super().handle_exit(sig, frame)
        self.force_exit = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().set_exception_handler(_Complaints())
        starting = asyncio.ensure_future(self._context.start())
        while not starting.done() and not self.should_exit:
            await asyncio.wait({starting}, timeout=_TICK)
        if starting.cancel():  # asked to end before all was ready
            await self._context.close()
            return
        try:
            await starting
        except CareergraphError:
            await self._context.close()
            raise
        await super().startup(sockets)
        self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        closing = asyncio.ensure_future(self._context.close(GRACE))
        await super().shutdown(sockets)
        await closing


class _Complaints:
    """What the event loop complains of, without a traceback for each client that there is no descriptor for."""

    def __init__(self) -> None:
        self._told = -math.inf

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if not (
            isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
        ):
            loop.default_exception_handler(context)
        elif loop.time() > self._told + _SELDOM:
            self._told = loop.time()
            logging.getLogger(__name__).error("No new client can be let in: %s", error.strerror)


class _Harmless(logging.Formatter):
    """Entries of a log that can be shown on a terminal, whatever address was asked for."""

    def format(self, record: logging.LogRecord) -> str:
        return to_safe_text(super().format(record))


def _log_harmlessly() -> None:
    # Errors alone: what packages warn of, such as a body in many parts that is none, is a client's fault, who is told.
    handler = logging.StreamHandler()
    handler.setLevel(logging.ERROR)
    handler.setFormatter(_Harmless())
    logging.basicConfig(handlers=[handler])


def _bound_heap() -> None:
    # Once glibc has freed a large block, it takes blocks of that size from its heap ever after, which then holds many
    # of them that nobody uses. A fixed bound makes each large answer a mapping of its own, gone when it has been sent.
    # Python lets one thread work at a time, so that a heap for each, with what that has used once, is of no use.
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.mallopt(_M_ARENA_MAX, 1)
        libc.mallopt(_M_MMAP_THRESHOLD, 1 << 18)
        libc.mallopt(_M_TRIM_THRESHOLD, 1 << 20)


def _take_signals() -> None:
    # The server sends itself what has ended it once more when all is done. For SIGTERM, all is done.
    signal.signal(signal.SIGTERM, lambda *_: None)
    # Clients that hang up and workers that die are daily bread, whatever a command does whose reader has gone.
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, type_, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, type_, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except (OSError, OverflowError, UnicodeError) as error:
        raise CannotListen(host, port, getattr(error, "strerror", None) or str(error)) from error
    listener.set_inheritable(False)
    return listener
