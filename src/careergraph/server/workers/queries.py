"""The queries of all clients: each in a sandbox, cheap ones ahead of the others."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from careergraph.model.errors import QueryTimedOut
from careergraph.rdf.query_text import Query
from careergraph.rdf.results import Answer
from careergraph.server.settings import MEGABYTE, Settings
from careergraph.server.workers.pool import Pool
from careergraph.server.workers.query_cost import is_cheap
from careergraph.server.workers.questions import NICENESS
from careergraph.sparql.sandbox import Limits, Sandbox

#: The limits of one query: a server has several at a time.
MODEST = Limits(memory=1024 * MEGABYTE, output=64 * MEGABYTE, niceness=NICENESS)
#: How long a query that looks cheap may take before it has to queue with the others, in seconds.
BRIEF = 0.5
#: How many of those that were not cheap are remembered.
_REMEMBERED = 1_000
#: Reading a text of this length takes long enough for other clients to notice.
_LONG = 20_000


class Queries:
    """Answers queries, as many side by side as there are workers."""

    def __init__(
        self, settings: Settings, make: Callable[[], Sandbox] | None = None, joined: str | None = None
    ) -> None:
        """Prepare the workers, without starting them.

        Args:
            settings: the data set, and how many queries may run and wait, for how long.
            make: gives a sandbox; by default one on the data set.
            joined: the folder in which `careergraph.store.joins.join` has put the data set together, if it had to be.
        """
        make = make or partial(Sandbox, settings.files, limits=MODEST, direct=settings.direct, joined=joined)
        self._timeout = settings.timeout
        self._ordinary = Pool(make, workers=settings.workers, queue=settings.queue, patience=settings.timeout)
        self._express = Pool(make, workers=1, queue=settings.queue, patience=settings.timeout)
        self._misjudged: deque[int] = deque(maxlen=_REMEMBERED)
        self._named_graphs: tuple[str, ...] | None = None

    async def start(self) -> None:
        """Have a worker ready for cheap queries and one for others; more start when they are needed at the same time.

        Raises:
            UnreadableFile: a file of the data set cannot be read.
        """
        await asyncio.gather(self._express.start(), self._ordinary.start(1))

    async def ask(
        self,
        query: str | Query,
        format_: str,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        base: str | None = None,
    ) -> Answer:
        """Answer a query; the arguments are those of `careergraph.sparql.sandbox.Sandbox.ask`.

        Raises:
            ServerBusy: too many queries wait.
            CareergraphError: whatever `Sandbox.ask` raises.
        """

        def ask_within(seconds: float) -> Callable[[Sandbox], Answer]:
            graphs = {"default_graphs": default_graphs, "named_graphs": named_graphs}
            return lambda sandbox: sandbox.ask(query, format_, seconds=seconds, base=base, **graphs)

        query = await check_query(query)
        if self._looks_cheap(query):
            try:
                return await self._express.run(ask_within(min(BRIEF, self._timeout)))
            except QueryTimedOut:
                self._misjudged.append(hash(query.text))
        return await self._ordinary.run(ask_within(self._timeout))

    async def named_graphs(self) -> tuple[str, ...]:
        """The names of the graphs of the data set, in order."""
        if self._named_graphs is None:
            answer = await self.ask("SELECT DISTINCT ?g { GRAPH ?g {} }", "json")
            rows = json.loads(answer.content)["results"]["bindings"]
            self._named_graphs = tuple(sorted(row["g"]["value"] for row in rows))
        return self._named_graphs

    async def close(self, grace: float = 0.0) -> None:
        """Refuse waiting queries, give running ones some seconds, end all workers."""
        await asyncio.gather(self._express.close(grace), self._ordinary.close(grace))

    def _looks_cheap(self, query: Query) -> bool:
        return is_cheap(query) and hash(query.text) not in self._misjudged


async def check_query(query: str | Query) -> Query:
    """A query that may be run; reading a long one does not hold up other clients.

    Raises:
        BadQuery: it may not.
    """
    query = Query.of(query)
    return query.check() if len(query.text) < _LONG else await asyncio.to_thread(query.check)
