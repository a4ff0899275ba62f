"""Run coroutines in tests."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")

#: Far longer than anything takes, in seconds.
LONG = 180.0


def run(scenario: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns, run in a loop of its own; a browser that tests share has one in this thread."""

    async def bounded() -> T:
        async with asyncio.timeout(LONG):
            return await scenario

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(bounded())).result()
