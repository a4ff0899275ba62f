"""Notice that a client has disconnected, and stop computing for it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request

T = TypeVar("T")


async def wait_unless_client_leaves(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Wait for some work, but no longer than the client does.

    Args:
        request: its body has been read.
        work: is cancelled when the client leaves.

    Raises:
        ClientDisconnect: the client has disconnected.
    """
    working, leaving = asyncio.create_task(work), asyncio.create_task(_wait_until_gone(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        leaving.result()  # raises the error for which the request was refused earlier
        raise ClientDisconnect
    finally:
        working.cancel()
        leaving.cancel()


async def _wait_until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
