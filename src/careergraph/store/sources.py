"""The statements of whatever can be asked: a file, an imported data set, an endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar
from zlib import crc32

import pyoxigraph

from careergraph.model.errors import UnreadableFile
from careergraph.store.datasets import is_imported, read_manifest
from careergraph.store.locations import PROJECT_GRAPHS, is_endpoint, to_file_iri
from careergraph.store.rdf_files import is_exported, read_file
from careergraph.store.snapshots import open_live, open_snapshot, tell_damage

T = TypeVar("T")

#: The endings of files whose format has no named graphs.
_MERGED = (".ttl", ".turtle", ".n3", ".nt", ".rdf", ".owl", ".xml")


def parse(path: str, *, alone: bool = True) -> Iterator[pyoxigraph.Quad]:
    """The statements of one file, in its order, or all those of an endpoint or of an imported data set, in any order.

    Each has its graph. A file of a user's may not add to one of this project's graphs: what it says would seem to be
    said by another. What `export` has written may, as long as nothing else is read with it.

    Args:
        path: what to read.
        alone: whether nothing else is read with it. Beside other data, its blank nodes get names that those of no other
            file have, the same each time.

    Raises:
        EndpointFailed: the endpoint does not answer, or not as it should.
        UnreadableFile: the file is missing, cannot be opened, or breaks its format's syntax, with the place; or it
            grows or nests beyond measure, or adds to a graph that it may not add to.
        UnusableDataset: the endpoint has too many statements.
    """
    if is_endpoint(path):
        from careergraph.store.remote.endpoint import Endpoint
        from careergraph.store.remote.harvest import fetch_statements_with_graphs

        yield from fetch_statements_with_graphs(Endpoint(path))
        return
    if is_imported(path):
        yield from _read_imported(path)
        return
    quads = read_file(path)
    if not path.lower().removesuffix(".gz").endswith(_MERGED):
        quads = _keep_out(quads, path, alone=alone)
    yield from quads if alone else _tell_apart(quads, path)


def _keep_out(quads: Iterable[pyoxigraph.Quad], path: str, *, alone: bool) -> Iterator[pyoxigraph.Quad]:
    exported = None
    for quad in quads:
        graph = quad.graph_name
        if isinstance(graph, pyoxigraph.NamedNode) and graph.value.startswith(PROJECT_GRAPHS):
            exported = is_exported(path) if exported is None else exported
            if not (alone and exported):
                hint = "what `export` has written is read alone" if exported else "name one of your own, or none"
                raise UnreadableFile(path=path, reason=f"it adds to the graph {graph}, careergraph's own; {hint}")
        yield quad


def _tell_apart(quads: Iterable[pyoxigraph.Quad], path: str) -> Iterator[pyoxigraph.Quad]:
    # A blank node is known by its name within its file only.
    mark = f"f{crc32(to_file_iri(path).encode()):08x}"
    for quad in quads:
        plain = isinstance(quad.subject, pyoxigraph.NamedNode) and isinstance(
            quad.object, (pyoxigraph.NamedNode, pyoxigraph.Literal)
        )
        if plain and not isinstance(quad.graph_name, pyoxigraph.BlankNode):
            yield quad
        else:
            subject, predicate, value, graph = quad
            yield pyoxigraph.Quad(_mark(subject, mark), predicate, _mark(value, mark), _mark(graph, mark))


def _mark(term: T, mark: str) -> T:
    if isinstance(term, pyoxigraph.BlankNode):
        return pyoxigraph.BlankNode(f"{mark}x{term.value}")  # type: ignore[return-value]
    if isinstance(term, pyoxigraph.Triple):
        subject, predicate, value = term
        return pyoxigraph.Triple(_mark(subject, mark), predicate, _mark(value, mark))  # type: ignore[return-value]
    return term


def _read_imported(path: str) -> Iterator[pyoxigraph.Quad]:
    store = open_live(path, open_snapshot)
    with tell_damage(path):
        for graph in read_manifest(path).graphs:
            yield from store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph))


def read_career_statements(path: str, *, alone: bool = True) -> Iterable[pyoxigraph.Quad] | Iterable[pyoxigraph.Triple]:
    """The statements of a file or an imported data set as `parse` gives them; of an endpoint, those about careers."""
    if not is_endpoint(path):
        return parse(path, alone=alone)
    from careergraph.store.remote.endpoint import Endpoint
    from careergraph.store.remote.harvest import fetch_career_statements

    return fetch_career_statements(Endpoint(path))
