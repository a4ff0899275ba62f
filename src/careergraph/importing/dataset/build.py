"""From a source's nodes to a snapshot: the store, the index, the derived transitions and the manifest, in one pass."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pyoxigraph
from pyoxigraph import Triple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.dataset.bulk_loader import StoreWriter
from careergraph.importing.dataset.index_queue import IndexQueue
from careergraph.importing.derive.threads import give_way, use_one_thread
from careergraph.importing.source import Node, Reading
from careergraph.rdf.kinds import kind_of
from careergraph.rdf.standards import RDF
from careergraph.store.bundled_store import begin_with_bundled
from careergraph.store.checksums import write_checksums
from careergraph.store.datasets import (
    CURRENT,
    FORMAT,
    MANIFEST,
    Manifest,
    seal,
)
from careergraph.store.index import INDEX
from careergraph.store.layers import find_superclasses
from careergraph.store.locations import BUNDLED, hash_bundled, list_dataset_files
from careergraph.store.memory import give_freed_memory_back
from careergraph.store.oxigraph import open_store
from careergraph.store.statements import tag
from careergraph.transitions.computed_steps import describe_steps, find_computed_steps
from careergraph.version import __version__

#: Gets progress: the stage, how much of it is done, and how much there is in all.
Progress = Callable[[str, int, int], None]

#: The kinds of node that are needed to compare occupations.
_COMPARED = frozenset({"occupation", "rating"})
#: The kinds of position that are few enough for the exact search.
_POSITIONS = frozenset({"role", "background"})

READING, DERIVING, STORING = "Reading the source", "Deriving transitions", "Storing"


def build(reading: Reading, folder: Path, name: str, progress: Progress, origin: str = "") -> Manifest:
    """Write a data set with one snapshot into an empty folder.

    Takes time linear in the number of statements, apart from sorting and the derivation; the derivation runs while the
    store is still loading.

    Args:
        reading: the source.
        folder: where to write; laid out as `careergraph.store.datasets` says.
        name: what to call the snapshot.
        progress: told of progress.
        origin: the `hash_origin` the download.

    Raises:
        OSError: the disk is full, or closed to writing.
        sqlite3.Error: the same, while the index is written.
        UnusableSource: something in the source is not as it should be.
    """
    snapshot = folder / "snapshots" / name
    snapshot.mkdir(parents=True)
    tally: Counter[str] = Counter()
    queue = IndexQueue(snapshot / INDEX)
    # numpy and scipy are loaded for the index and for the derivation; the engine works beside them.
    with (
        use_one_thread(),
        StoreWriter(str(snapshot / "store"), begin_store, meanwhile=queue.write_some) as store_writer,
    ):
        with queue, _without_collecting():
            for subject, by_predicate in _store_nodes(_tell(reading, progress), store_writer):
                tally[kind_of(by_predicate.get(RDF.type, ()))] += 1
                tally["statements"] += sum(map(len, by_predicate.values()))
                queue.put(subject, by_predicate)
            manifest = _manifest(reading, tally, origin)
            store_writer.complete(manifest)
            if manifest.nodes.keys() >= _COMPARED:
                queue.complete()
            else:  # little is left to do once the index is there: the store comes first
                give_way(queue.complete)
        (folder / CURRENT).write_text(f"{name}\n", encoding="utf-8")
        progress(DERIVING, 0, 1)
        with _without_collecting():
            steps = _derive(folder, snapshot / "network")
        store_writer.add_steps(steps)
        progress(DERIVING, 1, 1)
        progress(STORING, 0, 1)
    progress(STORING, 1, 1)
    (snapshot / MANIFEST).write_text(seal(manifest.to_dict()), encoding="utf-8")
    write_checksums(str(snapshot))
    return manifest


def begin_store(path: str) -> pyoxigraph.Store:
    """A store on disk with the bundled data and its layers, apart from the computed steps, which are made last."""
    return begin_with_bundled(path, lambda: open_store(list_dataset_files(BUNDLED), direct=True, steps=False))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Switch garbage collection off: searching a million nodes takes a while, and few of them form cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _tell(reading: Reading, progress: Progress) -> Iterator[Node]:
    done, total = 0, sum(reading.files.values())

    def advance(rows: int) -> None:
        nonlocal done
        done += rows
        progress(READING, done, total)

    yield from reading.nodes(advance)


def _store_nodes(nodes: Iterator[Node], writer: StoreWriter) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Hand all nodes to the store, and tell those for the index, each with what all graphs say about it."""
    superclasses = find_superclasses()
    for subject, parts in groupby(nodes, key=attrgetter("subject")):
        by_predicate: dict[str, list[str]] = {}
        for node in parts:
            writer.add(node)
            if node.indexed:
                _merge(by_predicate, node)
        if by_predicate:
            above = {name for class_ in by_predicate.get(RDF.type, ()) for name in superclasses.get(class_, ())}
            writer.add_classes(subject, sorted(above))
            yield subject, _sort_values(by_predicate)


def _merge(by_predicate: dict[str, list[str]], node: Node) -> None:
    for predicate, value, sort in node.said:
        by_predicate.setdefault(tag(predicate, sort), []).append(value)


def _sort_values(by_predicate: dict[str, list[str]]) -> dict[str, list[str]]:
    # As `careergraph.store.statements.Statements` has it.
    for predicate, values in by_predicate.items():
        if len(values) > 1:
            by_predicate[predicate] = sorted(set(values))
    return by_predicate


def _derive(dataset: Path, network: Path) -> list[Triple] | None:
    """Compute the similarity of occupations, the costs of steps, and the best steps; None if there are none to add.

    Each stage opens the data set anew, and finds the results of the one before. The memory of a stage is freed before
    the next: together they would take more than all else in an import.
    """
    network.mkdir()
    kinds = frozenset(Catalogue.load(str(dataset)).by_kind)
    if kinds >= _COMPARED:
        _derive_similarity(dataset, network)
        _give_up_all()
        _derive_costs(dataset, network)
        _give_up_all()
    elif "occupation" in kinds or not _POSITIONS & kinds:
        return None  # nothing to be compared by, or no position to step from or to
    joined = Catalogue.load(BUNDLED, str(dataset))
    return list(describe_steps(joined, find_computed_steps(joined)))


def _derive_similarity(dataset: Path, network: Path) -> None:
    from careergraph.importing.derive.similarity.write import derive

    derive(Catalogue.load(str(dataset)), str(network))


def _derive_costs(dataset: Path, network: Path) -> None:
    from careergraph.importing.derive.step_costs import write_step_costs
    from careergraph.transitions.precomputed.tables import find_similarity

    joined = Catalogue.load(BUNDLED, str(dataset))
    write_step_costs(joined, find_similarity(joined), network)


def _give_up_all() -> None:
    gc.collect()  # a catalogue keeps computed results, which refer back to the catalogue
    give_freed_memory_back()


def _manifest(reading: Reading, tally: Counter[str], origin: str) -> Manifest:
    return Manifest(
        format=FORMAT,
        name=reading.name,
        title=reading.title,
        release=reading.release,
        source=reading.source,
        licence=reading.licence,
        attribution=reading.attribution,
        imported=datetime.now(UTC).isoformat(timespec="seconds"),
        careergraph=__version__,
        bundled=hash_bundled(),
        graphs=tuple(reading.graphs),
        statements=tally.pop("statements"),
        nodes=dict(sorted(tally.items())),
        files=dict(reading.files),
        origin=origin,
    )
