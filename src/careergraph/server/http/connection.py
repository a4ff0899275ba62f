"""Connections of clients: none may wait for ever, and there are never more than the system has descriptors for."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

#: How long a client may take to send the head of a request, and how long to take anything of an answer, in seconds.
LONGEST_HEAD, LONGEST_STALL = 10.0, 20.0
#: How much of what a client sends is read before others get their turn, in bytes: by itself, asyncio reads 256 KiB.
SLICE, LEAST_SLICE = 1 << 13, 1 << 8
#: How much of the processor's time that should take, in seconds; where it takes more, less is read the next time.
TURN = 0.001
#: How much of the processor's time reading one request may take, in seconds. The longest body takes a tenth of that; in
#: pieces of a byte each it would take a minute.
LONGEST_READING = 0.5
#: How many clients may be connected at once, if there are that many descriptors; so many of these are kept for others.
MOST_CONNECTIONS, RESERVED = 2_000, 32


class Connection(H11Protocol):
    """A connection with deadlines. If there are too many, the one that has been idle for longest is closed."""

    #: The connections on which no request is answered, the oldest first; how many there may be in all.
    idle: ClassVar[dict[Connection, None]] = {}
    most: ClassVar[int] = MOST_CONNECTIONS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._spent, self._size = 0.0, SLICE

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept a client; if there are too many, close the connection that has been idle for longest."""
        super().connection_made(transport)
        self._slice(SLICE)
        if len(self.connections) > self.most:
            (next(iter(self.idle), self)).leave()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a client."""
        super().connection_lost(exc)
        self.idle.pop(self, None)
        for name in tuple(self._timers):
            self._stop(name)

    def data_received(self, data: bytes) -> None:
        """Read data, with a deadline while the request is incomplete, and a limit for processor time."""
        began = time.thread_time()
        super().data_received(data)
        spent = time.thread_time() - began
        self._slice(min(SLICE, 2 * self._size) if spent < TURN else max(LEAST_SLICE, self._size // 2))
        self._spent += spent
        if self._spent > LONGEST_READING:
            self.leave()
        else:
            self._watch()

    def on_response_complete(self) -> None:
        """Continue with the next request, which has a deadline as well."""
        self._spent = 0.0
        super().on_response_complete()
        self._watch()

    def pause_writing(self) -> None:
        """Wait for a client that reads slowly, but not for ever."""
        super().pause_writing()
        self._start("stall", LONGEST_STALL)

    def resume_writing(self) -> None:
        """Write on."""
        super().resume_writing()
        self._stop("stall")

    def leave(self) -> None:
        """End the connection at once."""
        self.idle.pop(self, None)
        self.transport.abort()

    def _slice(self, size: int) -> None:
        self._size = self.transport.max_size = size  # type: ignore[attr-defined]

    def _watch(self) -> None:
        # From the end of a request's head until its answer is complete, the request is being answered.
        if self.cycle is not None and not self.cycle.response_complete:
            self.idle.pop(self, None)
            self._stop("head")
        elif not self.transport.is_closing():
            self.idle[self] = None
            self._start("head", LONGEST_HEAD)

    def _start(self, name: str, seconds: float) -> None:
        if name not in self._timers:
            self._timers[name] = self.loop.call_later(seconds, self.leave)

    def _stop(self, name: str) -> None:
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.cancel()


def count_connections_allowed() -> int:
    """The number of clients that there are descriptors for, apart from those already open and some in reserve."""
    try:
        import resource

        limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        return max(1, min(MOST_CONNECTIONS, limit - len(list(Path("/dev/fd").iterdir())) - RESERVED))
    except (ImportError, OSError):
        return MOST_CONNECTIONS
