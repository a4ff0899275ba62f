"""The store: an in-memory Oxigraph data set, and the same behind rdflib's API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph

from careergraph.loading import parse
from careergraph.locations import graph_name

if TYPE_CHECKING:
    import rdflib


def open_store(files: Iterable[str]) -> pyoxigraph.Store:
    """All statements of the files, merged in the default graph and once more in a named graph for each source.

    Queries that do not ask for a graph see the merged data; `GRAPH` tells who says what. Statements that a file
    already puts in a graph of its own stay there.

    Raises:
        UnreadableFile: one of the files cannot be read.
    """
    store = pyoxigraph.Store()
    for path in files:
        default = pyoxigraph.NamedNode(graph_name(path))
        quads = list(parse(path))
        store.extend(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        store.extend(
            pyoxigraph.Quad(
                quad.subject,
                quad.predicate,
                quad.object,
                default if isinstance(quad.graph_name, pyoxigraph.DefaultGraph) else quad.graph_name,
            )
            for quad in quads
        )
    return store


def as_rdflib(store: pyoxigraph.Store) -> rdflib.Dataset:
    """An rdflib data set on the same store: what one changes, the other sees.

    Query it with strings: a prepared query runs in rdflib's own, much slower engine.

    >>> from careergraph.locations import dataset_files
    >>> dataset = as_rdflib(open_store(dataset_files()))
    >>> row, = dataset.query('SELECT ?r { ?r a cg:Role ; skos:prefLabel "AI ethicist"@en }')
    >>> str(row.r)
    'https://w3id.org/careergraph/id/role/ai-ethicist'
    """
    import rdflib
    from oxrdflib import OxigraphStore

    from careergraph.prefixes import PREFIXES

    dataset = rdflib.Dataset(store=OxigraphStore(store=store))
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset
