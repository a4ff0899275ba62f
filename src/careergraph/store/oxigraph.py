"""The store: an Oxigraph data set in memory or on disk, and the same behind rdflib's API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph

from careergraph.model.errors import UnusableDataset
from careergraph.store.bundled_store import open_bundled
from careergraph.store.datasets import Manifest, is_imported, read_manifest
from careergraph.store.joins import explain_delay, join
from careergraph.store.layers import DIRECT, METADATA, ONTOLOGY, add_layers, is_layer, name_own_layer
from careergraph.store.locations import hash_bundled, list_dataset_files, name_graph
from careergraph.store.memory import give_freed_memory_back
from careergraph.store.snapshots import open_live, open_snapshot
from careergraph.store.sources import parse

if TYPE_CHECKING:
    import rdflib

#: So many statements are put beside others at once, so that what the engine makes of them takes some 200 MB.
_LOADED_AT_ONCE = 200_000


class OpenStore(NamedTuple):
    """A store, and the named graphs in it that are the data set's: all of the store if that is None."""

    store: pyoxigraph.Store
    graphs: tuple[str, ...] | None


def open_dataset(files: Sequence[str], *, direct: bool = True) -> OpenStore:
    """The store that a data set is asked in: the one on disk that an import has left, or else one in memory.

    The bundled data, too, has one on disk: see `careergraph.store.bundled_store`.

    It has the layers of `careergraph.store.layers` beside the data.

    The one on disk has the bundled graph, as it was then, merged with what was imported. It will do for both together
    and for the imported one alone. For any other join, a copy of it is made that has the other data instead.

    Args:
        files: RDF files, and folders of imported data sets.
        direct: whether to have the layers; without them there is what the files say, and nothing else.

    Raises:
        OutdatedDataset: another version of this package imported one of the data sets.
        UnreadableFile: one of the files cannot be read.
        UnusableDataset: a data set's folder is damaged.
    """
    on_disk = [path for path in files if is_imported(path)]
    if not on_disk:
        return OpenStore(_open_files(files, direct=direct), None)
    if explain_delay(files):
        with join(files) as joined:
            return open_joined(joined, direct=direct)
    folder = on_disk[0]
    store = open_live(folder, open_snapshot)
    if len(files) > 1:
        return OpenStore(store, None if direct else _graphs_without_layers(store))
    return OpenStore(store, _graphs_of(read_manifest(folder), store) if direct else read_manifest(folder).graphs)


def open_joined(folder: str, *, direct: bool = True) -> OpenStore:
    """The store of data sets that `careergraph.store.joins.join` has put together.

    Args:
        folder: where it is. Once it is open, it may be removed.
        direct: as for `open_dataset`.

    Raises:
        UnusableDataset: it is damaged, or no longer there.
    """
    try:
        store = open_snapshot(folder)
    except OSError as error:
        raise UnusableDataset("data sets put together", f"they cannot be opened ({error}); start again") from error
    return OpenStore(store, None if direct else _graphs_without_layers(store))


def _open_files(files: Sequence[str], *, direct: bool) -> pyoxigraph.Store:
    make = partial(open_store, files, direct=direct)
    return open_bundled(make) if direct and tuple(files) == list_dataset_files() else make()


def _graphs_without_layers(store: pyoxigraph.Store) -> tuple[str, ...]:
    return tuple(sorted(graph.value for graph in store.named_graphs() if not is_layer(graph.value)))


def _graphs_of(said: Manifest, store: pyoxigraph.Store) -> tuple[str, ...]:
    """The graphs of an imported data set without the bundled one: its own, its own layers, and the ontology."""
    layers = (ONTOLOGY, *(name_own_layer(layer, said.name) for layer in (DIRECT, METADATA)))
    return (*said.graphs, *(graph for graph in layers if store.contains_named_graph(pyoxigraph.NamedNode(graph))))


def replace_graphs(store: pyoxigraph.Store, said: Manifest, others: Sequence[str]) -> None:
    """Put other data beside an imported data set, in a copy of its store.

    The bundled data stays if it is among them and has not changed since the import. What another import has stored is
    taken from its store as it is, with what follows from it: to conclude it again would take minutes.

    Args:
        store: the copy.
        said: the manifest of the data set that the copy is of.
        others: RDF files, and folders of imported data sets.
    """
    imported = [path for path in others if is_imported(path)]
    files = tuple(path for path in others if path not in imported)
    if set(files) != set(list_dataset_files()) or said.bundled != hash_bundled():
        _remove_others(store, said)
        # What follows from either is known; what would follow from both together is left to whoever asks.
        store.extend(open_store(files, direct=True, alone=False))
    for path in imported:
        quads = _read_own(path)
        while part := list(islice(quads, _LOADED_AT_ONCE)):
            store.bulk_extend(part)
            give_freed_memory_back()
    store.optimize()  # into few files: every process that opens the store keeps a part of each in memory
    store.flush()


def _remove_others(store: pyoxigraph.Store, said: Manifest) -> None:
    """Remove all graphs but those of an imported data set."""
    own = [pyoxigraph.NamedNode(graph) for graph in _graphs_of(said, store)]
    for graph in set(store.named_graphs()) - set(own):
        for quad in list(store.quads_for_pattern(None, None, None, graph)):
            store.remove(quad)
            subject, predicate, value = quad.triple
            if not any(pyoxigraph.Quad(subject, predicate, value, kept_one) in store for kept_one in own):
                store.remove(pyoxigraph.Quad(subject, predicate, value))
        store.remove_graph(graph)


def _read_own(path: str) -> Iterator[pyoxigraph.Quad]:
    """The statements of an imported data set and of its layers: in their graphs, and in the default graph."""
    store = open_live(path, open_snapshot)
    for graph in _graphs_of(read_manifest(path), store):
        for quad in store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph)):
            yield quad
            yield pyoxigraph.Quad(quad.subject, quad.predicate, quad.object)


def _place(quads: Iterable[pyoxigraph.Quad], path: str) -> Iterator[pyoxigraph.Quad]:
    """The statements of a file as a store has them: in the default graph, and in the named one that they belong to."""
    own = pyoxigraph.NamedNode(name_graph(path))
    for subject, predicate, value, graph in quads:
        yield pyoxigraph.Quad(subject, predicate, value)
        nowhere = isinstance(graph, pyoxigraph.DefaultGraph)
        yield pyoxigraph.Quad(subject, predicate, value, own if nowhere else graph)


def open_store(
    files: Iterable[str], *, direct: bool = False, alone: bool = True, steps: bool = True
) -> pyoxigraph.Store:
    """All statements of the files, merged in the default graph and once more in a named graph for each source.

    Queries that do not ask for a graph see the merged data; `GRAPH` tells who says what. Statements that a file
    already puts in a graph of its own stay there. This store is in memory: see `open_dataset`.

    Args:
        files: RDF files, endpoints, and folders of imported data sets.
        direct: whether to add the layers of `careergraph.store.layers`.
        alone: whether no other data will be put beside these: see `careergraph.store.sources.parse`.
        steps: whether the layers have the computed steps of the bundled data, where that is among the files.

    Raises:
        UnreadableFile: one of the files cannot be read.
    """
    store, given = pyoxigraph.Store(), tuple(files)
    alone = alone and len(given) == 1
    for path in given:
        store.extend(_place(parse(path, alone=alone), path))
    if direct:
        add_layers(store, steps=steps and {*list_dataset_files()} <= {*given})
    return store


def to_rdflib(files: Sequence[str]) -> rdflib.Dataset:
    """An rdflib data set of RDF files and of imported data sets; the latter stay on disk until they are asked for.

    Each statement is in the named graph of its source, and only there: that is how the data set is iterated, counted
    and written to a file. Whoever names no graph asks all of them together (`default_union`). What is done to it is
    done to a copy in memory, or refused: files and imported data sets are never changed. Query it with strings: a
    prepared query runs in rdflib's own, much slower engine.

    Args:
        files: as for `open_dataset`.

    Raises:
        OutdatedDataset, UnreadableFile, UnusableDataset: as `open_dataset`.

    >>> from careergraph.store.locations import list_dataset_files
    >>> dataset = to_rdflib(list_dataset_files())
    >>> row, = dataset.query('SELECT ?r { ?r a cg:Role ; skos:prefLabel "AI ethicist"@en }')
    >>> str(row.r)
    'https://w3id.org/careergraph/id/role/ai-ethicist'
    """
    from careergraph.store.rdflib_dataset import StoredGraphs, as_dataset

    if not any(map(is_imported, files)):
        store = open_store(files, direct=True)
        store.clear_graph(pyoxigraph.DefaultGraph())
        return as_dataset(store)
    store, graphs = open_dataset(files)
    return as_dataset(StoredGraphs(store, graphs))
