"""The statements of whatever can be asked: a file, an imported data set, an endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph

from careergraph.store.datasets import is_imported, manifest
from careergraph.store.locations import is_endpoint
from careergraph.store.rdf_files import read_file
from careergraph.store.snapshots import open_live, open_snapshot


def parse(path: str) -> Iterator[pyoxigraph.Quad]:
    """The statements of one file, in its order, or all those of an endpoint or of an imported data set, in any order.

    Each has its graph.

    Raises:
        EndpointFailed: the endpoint does not answer, or not as it should.
        UnreadableFile: the file is missing, cannot be opened, or breaks its format's syntax, with the place; or it
            grows or nests beyond measure.
        UnusableDataset: the endpoint has too many statements.
    """
    if is_endpoint(path):
        from careergraph.store.remote.endpoint import Endpoint
        from careergraph.store.remote.harvest import statements_with_graphs

        yield from statements_with_graphs(Endpoint(path))
        return
    if is_imported(path):
        yield from _read_imported(path)
        return
    yield from read_file(path)


def _read_imported(path: str) -> Iterator[pyoxigraph.Quad]:
    store = open_live(path, open_snapshot)
    for graph in manifest(path).graphs:
        yield from store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph))


def read_career_statements(path: str) -> Iterable[pyoxigraph.Quad] | Iterable[pyoxigraph.Triple]:
    """The statements of a file or an imported data set as `parse` gives them; of an endpoint, those about careers."""
    if not is_endpoint(path):
        return parse(path)
    from careergraph.store.remote.endpoint import Endpoint
    from careergraph.store.remote.harvest import career_statements

    return career_statements(Endpoint(path))
