"""A bounded queue in front of a few blocking workers: first come, first served; callers that leave are not served."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from math import ceil
from typing import Any, Generic, Protocol, TypeVar

from careergraph.model.errors import QueryTimedOut, ServerBusy

#: Seconds between two attempts to stop a worker that has not ended yet.
_AGAIN = 0.05


class Worker(Protocol):
    """A worker, such as a `careergraph.sparql.sandbox.Sandbox`: its methods may block."""

    def start(self) -> None:
        """Get ready."""

    def stop(self) -> None:
        """End the present job soon; later jobs are not affected. Called from another thread."""

    def close(self) -> None:
        """End for good."""


W = TypeVar("W", bound=Worker)
T = TypeVar("T")


class Pool(Generic[W]):
    """Workers, a thread for each, and the callers that wait for one.

    All methods are to be called from one event loop.
    """

    def __init__(self, make: Callable[[], W], *, workers: int, queue: int, patience: float) -> None:
        """Make the workers, without starting them.

        Args:
            make: gives a new worker.
            workers: how many work side by side.
            queue: how many callers may wait while all of them work.
            patience: how long a caller may wait for a worker, in seconds.
        """
        self._workers = [make() for _ in range(workers)]
        self._idle = deque(self._workers)
        self._free = asyncio.Semaphore(workers)
        self._waiting, self._queue, self._patience = 0, queue, patience
        self._threads = ThreadPoolExecutor(workers)
        self._running: dict[asyncio.Future[Any], W] = {}
        self._stopping: set[asyncio.Task[None]] = set()
        self._closing = False

    @property
    def waiting(self) -> int:
        """How many callers wait for a worker."""
        return self._waiting

    async def start(self, most: int | None = None) -> None:
        """Have workers ready, or `most` of them. Any other gets ready when it is first needed."""
        await asyncio.gather(*(self.run(lambda worker: worker.start()) for _ in self._workers[:most]))

    async def run(self, job: Callable[[W], T], *, seconds: float | None = None) -> T:
        """Do a job with the next worker that is free.

        A caller that is cancelled leaves the queue, or has its worker stopped.

        Args:
            job: is called in a thread, with a worker of its own for the time.
            seconds: how long the job may take once it has begun; None if it keeps its time itself.

        Raises:
            ServerBusy: the queue is full, the turn did not come in time, or the pool is closing.
            QueryTimedOut: the job took too long.
        """
        worker = await self._turn()
        done = asyncio.get_running_loop().run_in_executor(self._threads, job, worker)
        self._running[done] = worker
        done.add_done_callback(self._give_back)
        try:
            async with asyncio.timeout(seconds) as limit:
                return await asyncio.shield(done)
        except (asyncio.CancelledError, TimeoutError):
            self._end(done)
            if seconds is not None and limit.expired():
                raise QueryTimedOut(seconds) from None
            raise

    async def close(self, grace: float = 0.0) -> None:
        """Refuse waiting callers, give running jobs some seconds to finish, and end the workers."""
        self._closing = True
        if self._running:
            await asyncio.wait(self._running, timeout=grace)
        for done in self._running:
            self._end(done)
        if self._stopping:
            await asyncio.wait(self._stopping)
        await asyncio.gather(*(asyncio.to_thread(worker.close) for worker in self._workers))
        self._threads.shutdown(wait=False)

    async def _turn(self) -> W:
        if self._closing or (self._free.locked() and self._waiting >= self._queue):
            raise self._busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._free.acquire()
        except TimeoutError:
            raise self._busy() from None
        finally:
            self._waiting -= 1
        if self._closing:
            self._free.release()
            raise self._busy()
        return self._idle.pop()

    def _busy(self) -> ServerBusy:
        # In the worst case, everyone ahead takes as long as may be.
        return ServerBusy(max(1, min(60, ceil(self._patience * (1 + self._waiting) / len(self._workers) / 2))))

    def _give_back(self, done: asyncio.Future[Any]) -> None:
        if not done.cancelled():
            done.exception()  # looked at here, so that it is no surprise when the caller has left
        self._idle.append(self._running.pop(done))
        self._free.release()

    def _end(self, done: asyncio.Future[Any]) -> None:
        task = asyncio.ensure_future(self._stopped(done))
        self._stopping.add(task)
        task.add_done_callback(self._stopping.discard)

    async def _stopped(self, done: asyncio.Future[Any]) -> None:
        # A stop that comes before the job has begun would hit nothing: it is repeated until the thread is through.
        # No other job can get the worker before the loop has seen this one end, so a stop never hits another job.
        while done in self._running:
            self._running[done].stop()
            await asyncio.wait({done}, timeout=_AGAIN)
