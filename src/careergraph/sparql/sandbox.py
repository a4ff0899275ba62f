"""Run the queries of users where they can do no harm: in a process that can be ended and has no access to anything."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Self

from careergraph.model.errors import QueryTimedOut, QueryTooHeavy
from careergraph.model.records import Record
from careergraph.rdf.query_text import Query
from careergraph.rdf.results import RESULT_FORMATS, Answer, choose_format
from careergraph.sparql.isolation.messages import Header
from careergraph.sparql.isolation.processes import ForkedProcess, SpawnedProcess, Worker
from careergraph.sparql.worker import serve
from careergraph.store.checksums import check_whole
from careergraph.store.datasets import is_imported
from careergraph.store.joins import join_if_needed


class Limits(Record):
    """What a query may take: memory beyond the data set's own, and the length of its answer, both in bytes.

    `niceness` is how far its process stands back where others want the processor, as `nice` counts it.
    """

    memory: int
    output: int
    niceness: int


#: The limits for a person at a terminal: 2 GiB of memory, 256 MiB of answer.
GENEROUS = Limits(memory=2 << 30, output=1 << 28, niceness=0)


class Sandbox:
    """One data set and the process that answers queries on it.

    The process starts with the first query and is kept for the next. It has no way to open a file or a connection,
    so SERVICE, LOAD and FROM reach nothing; whatever a query does to it, the next one finds a fresh process. Not for
    two threads at once, but `stop` may be called from any.

    Args:
        files: the RDF files of the data set.
        limits: what a query may take.
        fork: start the process as a copy of this one, which takes a millisecond, if this one has no threads.
        joined: the folder in which `careergraph.store.joins.join` has put the files together; by default that is done
            before the first query, where it has to be, and takes none of its time.
        direct: whether queries see what follows from the claims, the ontology and what the graphs are, or only what
            the files say: see `careergraph.store.layers`.

    >>> from careergraph.store.locations import list_dataset_files
    >>> with Sandbox(list_dataset_files()) as sandbox:
    ...     sandbox.ask("ASK { role:ai-ethicist a cg:Role }", "csv", seconds=60).content
    b'true'
    """

    def __init__(
        self,
        files: Sequence[str],
        *,
        limits: Limits = GENEROUS,
        fork: bool = False,
        direct: bool = True,
        joined: str | None = None,
    ) -> None:
        # A copy of a process with threads would keep for ever the locks that they hold at that moment.
        forks = fork and hasattr(os, "fork") and _threads() == 1
        start = partial(ForkedProcess, serve) if forks else partial(SpawnedProcess, "careergraph.sparql.worker")
        self._files = tuple(files)
        self._opening: Header = {"files": list(files), "joined": joined, "direct": direct, **vars(limits)}
        self._worker, self._held = Worker(start, self._opening), ExitStack()
        self._given, self._prepared, self._checked = joined, joined is not None, False

    def ask(
        self,
        query: str | Query,
        format_: str,
        *,
        seconds: float,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        base: str | None = None,
    ) -> Answer:
        """Answer a query.

        Args:
            query: SPARQL 1.1; careergraph's prefixes need no declaration.
            format_: the name of one of `careergraph.rdf.results.RESULT_FORMATS` or `GRAPH_FORMATS`.
            seconds: how long it may take once the data set is open.
            default_graphs: names of the graphs that make up the default graph, whatever FROM says; None for the
                data set's own.
            named_graphs: the graphs that GRAPH can name, whatever FROM NAMED says; None for all.
            base: the IRI that relative ones in the query start from, unless it names another; None for none.

        Raises:
            BadQuery: the query is not well-formed, too long or too deep, an update, or reaches outside.
            UnsuitableFormat: the answer has no such form, such as CSV for a CONSTRUCT.
            QueryTimedOut: it took longer than `seconds`.
            QueryStopped: `stop` was called meanwhile.
            QueryTooHeavy: it took more memory or stack than there is.
            ResultTooLarge: the answer is longer than the limit.
            UnreadableFile: a file of the data set cannot be read.
            UnusableDataset: the engine failed because of damage to an imported data set.
        """
        query = Query.of(query)
        if format_ not in RESULT_FORMATS or not query.is_plain:
            choose_format(query.check().form, format_)
        request: Header = {"format": format_, "facts": query.facts}
        if default_graphs is not None:
            request["default_graphs"] = list(default_graphs)
        if named_graphs is not None:
            request["named_graphs"] = list(named_graphs)
        if base is not None:
            request["base"] = base
        self._prepare()
        try:
            header, content = self._worker.ask(request, query.text.encode(), seconds=seconds)
        except (QueryTooHeavy, QueryTimedOut):
            self._check_data()
            raise
        return Answer(header["form"], format_, content, tuple(header["remarks"]))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Have the process ready before the first query."""
        self._prepare()
        self._worker.start()

    def stop(self) -> None:
        """End the query that runs, from any thread."""
        self._worker.stop()

    def close(self) -> None:
        """End the process."""
        self._worker.close()
        self._held.close()
        self._opening["joined"], self._prepared = self._given, self._given is not None

    def _check_data(self) -> None:
        """Tell damage as damage: at a block that it cannot read, the engine sorts and counts errors without an end.

        That is looked for once: it takes a second a gigabyte, and whoever asks too much may do so often.
        """
        if not self._checked:
            for path in filter(is_imported, self._files):
                check_whole(path)
            self._checked = True

    def _prepare(self) -> None:
        if not self._prepared:
            self._opening["joined"] = self._held.enter_context(join_if_needed(self._files))
            self._prepared = True


def _threads() -> int:
    # Python does not know the files of a store on disk; only Linux lists them.
    try:
        return len(list(Path("/proc/self/task").iterdir()))
    except OSError:
        return threading.active_count()
