"""Nodes into an Oxigraph store on disk, while the next ones are still being read.

Text is written chunk by chunk and loaded by threads, one for each graph that it goes to: the engine works without
Python's lock. What a chunk holds bounds the memory, and the number of files that the store is spread over.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

import pyoxigraph

from careergraph.importing.source import Node
from careergraph.rdf.standards import RDF
from careergraph.rdf.vocabulary import NAMESPACE
from careergraph.store.datasets import Manifest
from careergraph.store.layers import add_own_conclusions, add_steps, describe_own_graphs, read_conclusions
from careergraph.store.memory import give_freed_memory_back

#: Statements in the first chunk of a graph, so that the engine soon has something to do; each chunk is twice as large
#: as the one before. A quarter of a million take some 150 MB while they are loaded: no chunk has more. The more chunks,
#: the more often the engine merges them.
_FIRST_CHUNK, _CHUNK = 60_000, 250_000
#: Loads that may wait: those of a chunk into its named graph and into the default graph.
_WAITING = 2
_BASE = NAMESPACE.id
_XSD = "http://www.w3.org/2001/XMLSchema#"
_PREFIXES = {getattr(NAMESPACE, name): name for name in vars(NAMESPACE) if name[0].islower()} | {_XSD: "xsd"}
_HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for iri, prefix in _PREFIXES.items()) + f"@base <{_BASE}> .\n"
_NAME = re.compile(r"(.*[/#])([A-Za-z]+)")
_TO_ESCAPE = re.compile(r'["\\\n\r]')
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"})


class StoreWriter:
    """Fills a store; everything is on disk once the `with` block ends without an exception.

    Each statement goes into its named graph and once more into the default graph.

    Args:
        path: the folder for the store, which must be missing.
        begin: makes the store there; an empty one by default.
        meanwhile: what to do while there is more to load than may wait: it does a little, and tells whether there was
            anything to do.
    """

    def __init__(
        self,
        path: str,
        begin: Callable[[str], pyoxigraph.Store] = pyoxigraph.Store,
        *,
        meanwhile: Callable[[], bool] = bool,
    ) -> None:
        self._path, self._store, self._meanwhile = path, begin(path), meanwhile
        self._of_classes = TemporaryFile(dir=Path(path).parent)  # noqa: SIM115  # it is closed with this
        self._loaders = ThreadPoolExecutor(_WAITING)
        self._last = ThreadPoolExecutor(1)
        self._loading: deque[Future[None]] = deque()
        self._in_default_graph: list[Future[None]] = []
        self._text: dict[str, list[str]] = {}
        self._sizes: dict[str, int] = {}
        self._limits: dict[str, int] = {}
        self._terms: dict[str, str] = {}
        self._completed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if error is None:
                self.complete()
                self._wait(0)
        finally:
            for pool in (self._loaders, self._last):
                pool.shutdown(cancel_futures=True)
            self._of_classes.close()
            del self._store  # closes it
        if error is None:
            _drop_logs(self._path)

    def add(self, node: Node) -> None:
        """Add what one graph says about a node."""
        statements = ";".join(
            [f"{self._term(predicate)} {self._value(value, sort)}" for predicate, value, sort in node.said]
        )
        self._text.setdefault(node.graph, []).append(f"{_reference(node.subject)} {statements}.\n")
        self._sizes[node.graph] = self._sizes.get(node.graph, 0) + len(node.said)
        if self._sizes[node.graph] >= self._limits.setdefault(node.graph, _FIRST_CHUNK):
            self._limits[node.graph] = min(2 * self._limits[node.graph], _CHUNK)
            self._wait(_WAITING)
            self._load(node.graph)

    def add_classes(self, subject: str, classes: Iterable[str]) -> None:
        """Add what a node is as well, since it follows from what is said of it; stored with all else that follows."""
        self._of_classes.writelines(f"<{subject}> <{RDF.type}> <{class_}> .\n".encode() for class_ in classes)

    def complete(self, manifest: Manifest | None = None) -> None:
        """Load the rest and compact the store, in the background; nothing more may be added.

        Args:
            manifest: the manifest of the data set, if what follows from it is to be added.
        """
        for graph in list(self._text):
            self._load(graph)
        if not self._completed:
            self._completed = True
            self._loading.append(self._last.submit(self._settle, tuple(self._loading), manifest))

    def add_steps(self, steps: Iterable[pyoxigraph.Triple] | None) -> None:
        """Add the computed steps, or those of the bundled data for None, after everything else."""
        self._loading.append(self._last.submit(add_steps, self._store, steps))

    def _load(self, graph: str) -> None:
        text = (_HEAD + "".join(self._text.pop(graph))).encode()
        self._sizes[graph] = 0
        loads = [
            self._loaders.submit(_load, self._store, text, target)
            for target in (pyoxigraph.DefaultGraph(), pyoxigraph.NamedNode(graph))
        ]
        self._in_default_graph.append(loads[0])
        self._loading.extend(loads)

    def _settle(self, loads: Iterable[Future[None]], manifest: Manifest | None) -> None:
        if manifest is not None:
            known = read_conclusions(self._store)
            for load in self._in_default_graph:  # what follows depends on nothing else
                load.result()
            self._of_classes.seek(0)
            folder = str(Path(self._path).parent)
            add_own_conclusions(self._store, manifest, known, folder, self._of_classes)
        for load in loads:
            load.result()
        # Into few files, which a reader can open at once; the engine does it with one processor.
        optimize = self._loaders.submit(self._store.optimize)
        if manifest is not None:
            describe_own_graphs(self._store, manifest)
        optimize.result()
        self._store.flush()

    def _wait(self, most: int) -> None:
        while len(self._loading) > most:
            load = self._loading.popleft()
            while not load.done() and self._meanwhile():
                pass
            load.result()

    def _value(self, value: str, sort: str) -> str:
        if sort == "iri":
            return self._term(value)
        if _TO_ESCAPE.search(value):
            value = value.translate(_ESCAPES)
        if not sort or sort[0] == "@":
            return f'"{value}"{sort}'
        return f'"{value}"^^xsd:{sort}'

    def _term(self, iri: str) -> str:
        known = self._terms.get(iri)
        if known is None:
            found = _NAME.fullmatch(iri)
            short = found and found[1] in _PREFIXES and found[1] != _BASE
            known = self._terms[iri] = f"{_PREFIXES[found[1]]}:{found[2]}" if found and short else _reference(iri)
        return known


def _load(store: pyoxigraph.Store, text: bytes, target: pyoxigraph.NamedNode | pyoxigraph.DefaultGraph) -> None:
    store.bulk_load(text, format=pyoxigraph.RdfFormat.TURTLE, to_graph=target)
    give_freed_memory_back()


def _drop_logs(path: str) -> None:
    # All is in tables by now. The engine deletes the logs when it opens the store the next time.
    pyoxigraph.Store(path)
    for left in Path(path).glob("LOG.old.*"):
        left.unlink()


def _reference(iri: str) -> str:
    # Relative IRIs where they are unambiguous: shorter text takes less time to parse.
    rest = iri[len(_BASE) :] if iri.startswith(_BASE) else ""
    return f"<{rest}>" if rest[:1].isalpha() and ":" not in rest and "/." not in rest else f"<{iri}>"
