"""A store behind rdflib's API: a data set that is asked as one, each statement in the graphs that have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyoxigraph
import rdflib
from oxrdflib import OxigraphStore
from pyoxigraph import NamedNode, Quad
from rdflib.query import Result

from careergraph.rdf.prefixes import PREFIXES


def as_dataset(store: pyoxigraph.Store | StoredGraphs) -> rdflib.Dataset:
    """The data set whose statements are in a store's named graphs; what changes it, changes the store.

    >>> from pyoxigraph import NamedNode, Quad
    >>> store, said = pyoxigraph.Store(), (NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"))
    >>> store.extend(Quad(*said, NamedNode(graph)) for graph in ("urn:one", "urn:two"))
    >>> dataset = as_dataset(store)
    >>> len(dataset), len(list(dataset.quads()))
    (1, 2)
    >>> [str(value) for value in dataset.objects(rdflib.URIRef("urn:a"))]
    ['urn:c']
    """
    dataset = rdflib.Dataset(store=_Store(store), default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset


class _Store(OxigraphStore):
    """Oxigraph for rdflib, with a statement of several graphs found once where no graph is named."""

    def __init__(self, store: Any) -> None:
        super().__init__(store=store)
        self._merged: OxigraphStore | None = None

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """The statements that match a pattern, each with the graphs that have it."""
        found = super().triples(triple_pattern, context)
        return found if context is not None else self._each_once(found)

    def _each_once(self, found: Iterable[Any]) -> Iterator[Any]:
        # Nothing is kept of what came before: there may be millions of statements on disk.
        for triple, (graph,) in found:
            graphs = [other for _, (other,) in super().triples(triple)]
            if graphs[0] == graph:
                yield triple, iter(graphs)

    def __len__(self, context: Any = None) -> int:
        return super().__len__(context) if context is not None else len(self._merge())

    def query(self, query: Any, initNs: Any, initBindings: Any, queryGraph: str, **kwargs: object) -> Result:  # noqa: N803
        """Answer a query: on all graphs together, as their merger has them, or on one of them."""
        if queryGraph != "__UNION__":
            return super().query(query, initNs, initBindings, queryGraph, **kwargs)
        merged = self._merge()
        merged._namespace_for_prefix = self._namespace_for_prefix
        return merged.query(query, initNs, initBindings, "", **kwargs)

    def _merge(self) -> OxigraphStore:
        """The same statements, in the default graph, too: the engine's own union has what two graphs say twice."""
        if self._merged is None:
            self._merged = _Asked(store=_merge(self._inner))
        return self._merged

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
        """Add a statement."""
        self._merged = None
        super().add(triple, context, quoted)

    def addN(self, quads: Any) -> None:  # noqa: N802
        """Add statements."""
        self._merged = None
        super().addN(list(quads))

    def remove(self, triple: Any, context: Any = None) -> None:
        """Remove what matches a pattern."""
        self._merged = None
        super().remove(triple, context)

    def remove_graph(self, graph: Any) -> None:
        """Remove a graph."""
        self._merged = None
        super().remove_graph(graph)

    def update(self, update: Any, initNs: Any, initBindings: Any, queryGraph: str, **kwargs: object) -> None:  # noqa: N803
        """Change the data set as a SPARQL update says."""
        self._merged = None
        super().update(update, initNs, initBindings, rdflib.graph.DATASET_DEFAULT_GRAPH_ID, **kwargs)


class _Asked(OxigraphStore):
    """A store with all statements in its default graph."""

    def __len__(self, context: Any = None) -> int:
        ((count,),) = self._inner.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")  # type: ignore[misc]
        return int(count.value)


def _merge(store: Any) -> Any:
    if isinstance(store, StoredGraphs):
        return store
    merged = pyoxigraph.Store()
    merged.bulk_extend(quad for said in store for quad in (said, Quad(*said.triple)))
    return merged


class StoredGraphs:
    """Named graphs of a store on disk, as `oxrdflib` looks at a store: to be read only.

    Args:
        store: the store, whose default graph has the statements of all its graphs once more.
        graphs: the names of the graphs; None for all.
    """

    def __init__(self, store: pyoxigraph.Store, graphs: Sequence[str] | None) -> None:
        self._store, self._all = store, graphs is None
        self._graphs: tuple[Any, ...] = tuple(store.named_graphs() if graphs is None else map(NamedNode, graphs))

    def named_graphs(self) -> Iterator[Any]:
        """The graphs."""
        return iter(self._graphs)

    def add_graph(self, graph: object) -> None:
        """Nothing: rdflib adds each graph that it looks at."""

    def add(self, *_: object, **__: object) -> None:
        """Refuse.

        Raises:
            RuntimeError: always.
        """
        raise RuntimeError("What is imported can only be read.")

    extend = remove = update = remove_graph = add

    def quads_for_pattern(self, subject: Any, predicate: Any, value: Any, graph: Any = None) -> Iterator[Any]:
        """The statements that match a pattern, in one graph or in all of them; the default graph has none."""
        wanted = self._graphs if graph is None else [graph] if graph in self._graphs else []
        return (quad for one in wanted for quad in self._store.quads_for_pattern(subject, predicate, value, one))

    def query(self, query: str, **chosen: Any) -> Any:
        """Evaluate a query on one of these graphs; on all of them together where none is named."""
        default = chosen.pop("default_graph", None)
        chosen.pop("use_default_graph_as_union", None)
        if default is None and self._all:  # the store has put them together
            return self._store.query(query, **chosen)
        only: Any = list(self._graphs) if default is None else [default] if default in self._graphs else []
        return self._store.query(query, default_graph=only, named_graphs=list(self._graphs), **chosen)
