"""Listen, until a signal ends it."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from careergraph.model.errors import CannotListen, CareergraphError
from careergraph.server.app import create_app
from careergraph.server.context import Context
from careergraph.server.http.guard import LONGEST_ADDRESS
from careergraph.server.settings import Settings

#: How long what runs may go on once the server has been told to end, in seconds.
GRACE = 1.0
#: How long a client may take to read its last answer, in seconds.
_LAST_ANSWER = 3
_TICK = 0.1


def serve(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; what runs then may end, what waits is refused.

    Args:
        settings: what to serve, and where.
        announce: is called with the server's URL once it listens and all workers are ready.

    Raises:
        CannotListen: the address is taken, or is none of this machine's.
        UnreadableFile: a file of the data set cannot be read.
        KeyboardInterrupt: after Ctrl-C, when all is closed.
    """
    with _listening(settings.host, settings.port) as listener:
        app = create_app(settings)
        config = uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="on",
            log_config=None,
            log_level="error",  # what clients do wrong is told to them
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_LAST_ANSWER,
            h11_max_incomplete_event_size=2 * LONGEST_ADDRESS,
        )
        port = listener.getsockname()[1]
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        _take_signals()
        _Server(config, app.state.context, lambda: announce(f"http://{host}:{port}/")).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Has the workers ready before it listens, and lets them go before it waits for those that they work for."""

    def __init__(self, config: uvicorn.Config, context: Context, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._context, self._announce = context, announce

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # A second signal changes nothing: the end is near, and to leave at once would leave workers behind.
        super().handle_exit(sig, frame)
        self.force_exit = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        starting = asyncio.ensure_future(self._context.start())
        while not starting.done() and not self.should_exit:
            await asyncio.wait({starting}, timeout=_TICK)
        if starting.cancel():  # told to end before all was ready
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
