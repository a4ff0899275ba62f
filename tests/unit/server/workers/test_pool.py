"""Who comes first is served first, who leaves is not served, and nobody waits for ever."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careergraph.model.errors import QueryStopped, QueryTimedOut, ServerBusy
from careergraph.rdf.results import Answer
from careergraph.server.settings import read_settings as server_settings
from careergraph.server.workers.pool import Pool
from careergraph.server.workers.queries import BRIEF, Queries
from loops import LONG, run


class Clerk:
    """A worker that works until a gate opens, or it is stopped; it can be hard of hearing."""

    def __init__(self, deaf_for: int = 0) -> None:
        self.deaf_for, self.stops, self.closed, self.started = deaf_for, 0, False, False
        self._told = threading.Event()

    def start(self) -> None:
        self.started = True

    def stop(self) -> None:
        self.stops += 1
        if self.stops > self.deaf_for:
            self._told.set()

    def close(self) -> None:
        self.closed = True

    def work(self, gate: threading.Event) -> str:
        while not gate.wait(0.002):
            if self._told.is_set():
                self._told.clear()
                raise QueryStopped
        return "done"


def pool(workers: int = 1, queue: int = 10, patience: float = LONG, clerk: Clerk | None = None) -> Pool[Clerk]:
    return Pool(lambda: clerk or Clerk(), workers=workers, queue=queue, patience=patience)


def waits(gate: threading.Event) -> Callable[[Clerk], str]:
    return lambda clerk: clerk.work(gate)


def notes(served: list[int], number: int, clerk: Clerk) -> None:
    served.append(number)


async def begun(*tasks: asyncio.Task[Any]) -> None:
    # A few turns of the loop, so that tasks come to where they wait.
    for _ in range(5):
        await asyncio.sleep(0)


def test_who_comes_first_is_served_first() -> None:
    async def scenario() -> None:
        asked, gate = pool(), threading.Event()
        served: list[int] = []
        first = asyncio.create_task(asked.run(waits(gate)))
        await begun()
        others = []
        for number in range(10):
            others.append(asyncio.create_task(asked.run(partial(notes, served, number))))
            await begun()
        assert asked.waiting == 10
        gate.set()
        await asyncio.gather(first, *others)
        assert served == list(range(10))
        await asked.close()

    run(scenario())


def test_a_full_queue_refuses_and_says_when_to_come_again() -> None:
    async def scenario() -> None:
        asked, gate = pool(workers=2, queue=1), threading.Event()
        tasks = [asyncio.create_task(asked.run(waits(gate))) for _ in range(3)]
        await begun()
        with pytest.raises(ServerBusy) as caught:
            await asked.run(waits(gate))
        assert caught.value.retry_after >= 1
        gate.set()
        assert await asyncio.gather(*tasks) == ["done"] * 3
        assert await asked.run(waits(gate)) == "done"
        await asked.close()

    run(scenario())


def test_without_a_queue_a_free_worker_still_works() -> None:
    async def scenario() -> None:
        asked, gate = pool(queue=0), threading.Event()
        gate.set()
        assert await asked.run(waits(gate)) == "done"
        await asked.close()

    run(scenario())


def test_who_leaves_the_queue_makes_room() -> None:
    async def scenario() -> None:
        asked, gate = pool(queue=1), threading.Event()
        first, leaving = (asyncio.create_task(asked.run(waits(gate))) for _ in range(2))
        await begun()
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        assert asked.waiting == 0
        staying = asyncio.create_task(asked.run(waits(gate)))
        await begun()
        gate.set()
        assert list(await asyncio.gather(first, staying)) == ["done"] * 2
        await asked.close()

    run(scenario())


@pytest.mark.parametrize("deaf_for", [0, 3])
def test_who_leaves_while_served_has_the_worker_stopped_however_often_it_takes(deaf_for: int) -> None:
    async def scenario() -> None:
        clerk, never, gate = Clerk(deaf_for), threading.Event(), threading.Event()
        asked = pool(clerk=clerk)
        leaving = asyncio.create_task(asked.run(waits(never)))
        await begun()
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        gate.set()
        assert await asked.run(waits(gate)) == "done"
        assert clerk.stops == deaf_for + 1
        await asked.close()

    run(scenario())


def test_a_job_that_takes_too_long_is_stopped() -> None:
    async def scenario() -> None:
        asked, never = pool(), threading.Event()
        with pytest.raises(QueryTimedOut) as caught:
            await asked.run(waits(never), seconds=0.01)
        assert caught.value.seconds == 0.01
        never.set()
        assert await asked.run(waits(never), seconds=LONG) == "done"
        await asked.close()

    run(scenario())


def test_nobody_waits_longer_than_is_patient() -> None:
    async def scenario() -> None:
        asked, gate = pool(patience=0.01), threading.Event()
        first = asyncio.create_task(asked.run(waits(gate)))
        await begun()
        with pytest.raises(ServerBusy):
            await asked.run(waits(gate))
        assert asked.waiting == 0
        gate.set()
        await first
        await asked.close()

    run(scenario())


def test_what_a_job_raises_comes_through_and_the_worker_lives_on() -> None:
    async def scenario() -> None:
        asked, gate = pool(), threading.Event()

        def fails(clerk: Clerk) -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await asked.run(fails)
        gate.set()
        assert await asked.run(waits(gate)) == "done"
        await asked.close()

    run(scenario())


def test_at_the_end_what_waits_is_refused_and_what_runs_is_stopped() -> None:
    async def scenario() -> None:
        clerk = Clerk()
        asked = pool(clerk=clerk)
        await asked.start()
        assert clerk.started
        never = threading.Event()
        running, waiting = (asyncio.create_task(asked.run(waits(never))) for _ in range(2))
        await begun()
        await asked.close(grace=0.01)
        with pytest.raises(QueryStopped):
            await running
        with pytest.raises(ServerBusy):
            await waiting
        with pytest.raises(ServerBusy):
            await asked.run(waits(never))
        assert clerk.closed
        await asked.close()

    run(scenario())


def test_at_the_end_what_runs_may_finish() -> None:
    async def scenario() -> None:
        asked, gate = pool(), threading.Event()
        running = asyncio.create_task(asked.run(waits(gate)))
        await begun()
        closing = asyncio.create_task(asked.close(grace=LONG))
        await begun()
        gate.set()
        assert await running == "done"
        await closing

    run(scenario())


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(["come", "leave", "finish", "turn"]), max_size=40), st.integers(1, 3))
def test_whatever_clients_do_every_worker_is_free_in_the_end(steps: list[str], workers: int) -> None:
    async def scenario() -> None:
        asked = pool(workers=workers, queue=5)
        inside: list[tuple[asyncio.Task[str], threading.Event]] = []
        for step in steps:
            if step == "come":
                gate = threading.Event()
                inside.append((asyncio.create_task(asked.run(waits(gate))), gate))
            elif step == "leave" and inside:
                inside.pop(len(inside) // 2)[0].cancel()
            elif step == "finish" and inside:
                inside.pop(0)[1].set()
            await asyncio.sleep(0.003 if step == "turn" else 0)
        for task, _ in inside:
            task.cancel()
        await asyncio.gather(*(task for task, _ in inside), return_exceptions=True)
        together = threading.Barrier(workers, timeout=LONG)
        await asyncio.gather(*(asked.run(lambda _: together.wait()) for _ in range(workers)))
        assert asked.waiting == 0
        await asked.close()

    run(scenario())


class Teller(Clerk):
    """A sandbox to which everything is slow: it answers only where there is time enough."""

    asked: list[float]

    def ask(self, query: str, format_: str, *, seconds: float, **graphs: object) -> Answer:
        self.asked.append(seconds)
        if seconds <= BRIEF:
            raise QueryTimedOut(seconds)
        return Answer("SELECT", format_, b"", ())


def test_what_only_looks_cheap_queues_with_the_others_and_is_remembered() -> None:
    async def scenario() -> None:
        asked: list[float] = []

        def make() -> Any:
            made = Teller()
            made.asked = asked
            return made

        queries = Queries(server_settings((), timeout=LONG), make)
        await queries.ask("ASK { ?s a cg:Role }", "json")
        assert asked == [BRIEF, LONG]
        await queries.ask("ASK { ?s a cg:Role }", "json")
        assert asked == [BRIEF, LONG, LONG]
        await queries.ask("SELECT (COUNT(*) AS ?n) { ?s a cg:Role }", "json")
        assert asked == [BRIEF, LONG, LONG, LONG]
        await queries.close()

    run(scenario())


def test_of_several_workers_only_some_can_be_made_ready() -> None:
    clerks = [Clerk(), Clerk(), Clerk()]

    async def start() -> list[bool]:
        made = iter(clerks)
        several: Pool[Clerk] = Pool(lambda: next(made), workers=3, queue=1, patience=LONG)
        await several.start(1)
        ready = [clerk.started for clerk in clerks]
        await several.close()
        return ready

    assert sum(run(start())) == 1
