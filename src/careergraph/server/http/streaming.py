"""Large answers are sent in pieces, as fast as each client reads, with a limit for all of them together.

A page whose answer takes longer begins before the answer is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from careergraph.model.errors import ServerBusy

#: How much of an answer is passed to the system at once, in bytes. Answers up to this length are not counted.
PIECE = 1 << 16
#: How many bytes of larger answers may be on their way at once; further requests are told to come back later.
MOST_IN_FLIGHT = 1 << 28


class InFlight:
    """How many bytes of large answers are on their way."""

    def __init__(self, most: int = MOST_IN_FLIGHT) -> None:
        self._most, self.bytes = most, 0

    def response(self, content: bytes, headers: dict[str, str], media_type: str) -> Response:
        """A response that sends content in pieces.

        Raises:
            ServerBusy: too many bytes are on their way already.
        """
        if len(content) <= PIECE:
            return Response(content, headers=headers, media_type=media_type)
        if self.bytes and self.bytes + len(content) > self._most:
            raise ServerBusy(5)
        return _Pieces(self, content, headers, media_type)


class _Pieces(Response):
    def __init__(self, flight: InFlight, content: bytes, headers: dict[str, str], media_type: str) -> None:
        length = {"Content-Length": str(len(content))}
        super().__init__(None, headers={**headers, **length}, media_type=media_type)
        self._flight, self._content = flight, content
        flight.bytes += len(content)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        content, self._content = memoryview(self._content), b""
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            for start in range(0, len(content), PIECE):
                piece = bytes(content[start : start + PIECE])
                await send({"type": "http.response.body", "body": piece, "more_body": start + PIECE < len(content)})
                # Others get their turn, and it is noticed when the client has left: whatever is written to one that
                # is gone, asyncio logs.
                await asyncio.sleep(0)
        finally:
            self._flight.bytes -= len(content)


class BegunPage(HTMLResponse):
    """A page that is sent as far as it is known, and goes on when the rest is there. Its status tells of the beginning.

    Args:
        beginning: what is sent at once.
        rest: gives what comes after it; a client that leaves meanwhile ends it.
    """

    def __init__(self, beginning: bytes, rest: Awaitable[bytes]) -> None:
        super().__init__(beginning, headers={"Cache-Control": "no-cache"})
        del self.headers["Content-Length"]
        self._rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        try:
            rest = await self._rest
        except ClientDisconnect:
            return
        await send({"type": "http.response.body", "body": rest})
