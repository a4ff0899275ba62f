"""The shared state of a server's endpoints."""

from __future__ import annotations

import asyncio
import os
from contextlib import ExitStack, suppress
from functools import partial

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import CareergraphError
from careergraph.server.http.streaming import InFlight
from careergraph.server.settings import Settings
from careergraph.server.workers.copies import Template
from careergraph.server.workers.pool import Pool
from careergraph.server.workers.queries import Queries
from careergraph.server.workers.questions import Questions
from careergraph.store.joins import join_if_needed

#: Of the nodes on disk that pages read, so many are kept for the next ones: a page reads two thousand at most.
_KEPT = 5_000


class Context:
    """The data set, the workers that answer questions about it, and the settings.

    Where the data set has to be put together first, making one takes minutes: see `careergraph.store.joins`.

    Attributes:
        settings: what the server was started with.
        catalogue: the data set, read once; it does not change.
        queries: the workers for SPARQL queries.
        questions: the workers for questions of the JSON API.
        in_flight: how much of large answers is on its way to clients.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.catalogue = Catalogue.of_files(settings.files)
        self.catalogue.language = settings.language
        self.catalogue.keep_at_most(_KEPT)
        self._held = ExitStack()
        self.queries = Queries(settings, joined=self._held.enter_context(join_if_needed(settings.files)))
        self.in_flight = InFlight()
        self._starting: asyncio.Future[None] | None = None
        # What those who answer questions have in common need be in memory once only, where processes can be copied.
        self._template = Template(settings.files, settings.language) if hasattr(os, "fork") else None
        self.questions: Pool[Questions] = Pool(
            partial(Questions, settings.files, template=self._template, language=settings.language),
            workers=settings.workers,
            queue=settings.queue,
            patience=settings.timeout,
        )

    async def start(self) -> None:
        """Have all workers ready for queries, and those for questions soon: their libraries take longer to load.

        Raises:
            UnreadableFile: a file of the data set cannot be read.
        """
        await self.queries.start()
        self._starting = asyncio.ensure_future(self._start_questions())

    async def _start_questions(self) -> None:
        with suppress(CareergraphError):  # the first question gets the error
            await self.questions.start()

    async def wait_until_ready(self) -> None:
        """Wait for the workers for questions to be ready, as long as that takes; nothing if nobody starts them."""
        if self._starting is not None:
            await asyncio.shield(self._starting)

    async def close(self, grace: float = 0.0) -> None:
        """Refuse waiting requests, give running ones some seconds, end all workers. A second call does no harm."""
        if self._template is not None:
            self._template.stop_starting()
        await asyncio.gather(self.queries.close(grace), self.questions.close(grace))
        if self._template is not None:
            await asyncio.to_thread(self._template.close)
        self._held.close()
