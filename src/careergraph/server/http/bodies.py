"""The bodies of requests: read before a request counts, so that clients that send nothing do not keep others out."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.types import Message, Receive

#: How many bodies may be on their way in at once. Beyond that, the one that has been arriving for longest is dropped.
MOST_BODIES = 64
#: How many bytes of bodies are held for requests that wait for the rest of them.
MOST_BYTES = 1 << 26
#: How long a client may take to send a body, in seconds.
LONGEST_BODY = 30.0


class BodyTooLong(Exception):
    """A body is longer than allowed."""


class BodyGaveWay(Exception):
    """A body did not arrive in time, or others needed its place."""


class Bodies:
    """Reads bodies, with bounds for each and for all of them together.

    Args:
        largest: how long one may be, in bytes.
    """

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._coming: dict[asyncio.Event, int] = {}

    async def read(self, request: Request) -> Receive:
        """Read a body, and return a function that receives it again.

        Raises:
            BodyTooLong: it is longer than allowed.
            BodyGaveWay: it did not arrive in time, or others needed its place.
        """
        announced = request.headers.get("content-length", "0")
        length = int(announced[:20]) if announced.isascii() and announced.isdecimal() else 0
        if length > self._largest or not (length or "transfer-encoding" in request.headers):
            return request.receive  # none of it will be read
        return await self._read_in_time(request.receive)

    async def _read_in_time(self, receive: Receive) -> Receive:
        place = asyncio.Event()
        self._coming[place] = 0
        reading, pushed = asyncio.ensure_future(self._read_all(receive, place)), asyncio.ensure_future(place.wait())
        try:
            self._make_room(place)
            await asyncio.wait({reading, pushed}, timeout=LONGEST_BODY, return_when=asyncio.FIRST_COMPLETED)
            if not reading.done():
                raise BodyGaveWay
            return _replay(reading.result(), receive)
        finally:
            reading.cancel()
            pushed.cancel()
            self._coming.pop(place, None)

    async def _read_all(self, receive: Receive, place: asyncio.Event) -> list[Message]:
        messages: list[Message] = []
        while True:
            message = await receive()
            messages.append(message)
            self._coming[place] = self._coming.get(place, 0) + len(message.get("body", b""))
            if self._coming[place] > self._largest:
                raise BodyTooLong
            if message["type"] != "http.request" or not message.get("more_body", False):
                return messages
            self._make_room(place)

    def _make_room(self, newcomer: asyncio.Event) -> None:
        while len(self._coming) > MOST_BODIES or sum(self._coming.values()) > MOST_BYTES:
            oldest = next(iter(self._coming))
            del self._coming[oldest]
            oldest.set()
            if oldest is newcomer:
                return


def _replay(messages: list[Message], receive: Receive) -> Receive:
    left = iter(messages)

    async def again() -> Message:
        return next(left, None) or await receive()

    return again
