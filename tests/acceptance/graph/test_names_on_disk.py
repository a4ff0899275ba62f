"""A name stands for the same node wherever the statements are: in memory, on disk, or some here and some there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import (
    find_node,
    is_word_for_an_occupation,
    list_names,
)
from careergraph.model.errors import CareergraphError
from careergraph.model.text import normalise, to_singular
from careergraph.rdf.kinds import NAMED_KINDS
from careergraph.rdf.standards import RDF, SKOS
from careergraph.store.index import (
    INDEX,
    Index,
)
from careergraph.store.index_writer import IndexWriter
from careergraph.store.locations import list_dataset_files
from careergraph.store.statements import Statements, read_statements


@cache
def bundled() -> Statements:
    return read_statements(list_dataset_files())


def shelve(folder: Path, nodes: Iterable[tuple[str, Mapping[str, list[str]]]]) -> None:
    """Write an index in a folder."""
    with IndexWriter(str(folder / INDEX)) as writer:
        for iri, said in nodes:
            writer.add(iri, said)


def shelved(folder: Path, statements: Mapping[str, Mapping[str, list[str]]]) -> Index:
    """A shelf in a new folder."""
    folder.mkdir()
    shelve(folder, statements.items())
    return Index(str(folder))


@pytest.fixture(scope="module")
def in_memory() -> Catalogue:
    return Catalogue(bundled())


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The whole bundled graph on a shelf."""
    return Catalogue({}, [shelved(tmp_path_factory.mktemp("disk") / "all", bundled())])


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A third of the bundled graph in memory and a third on each of two shelves; every tenth node is in two places."""
    folder = tmp_path_factory.mktemp("joined")
    parts: list[dict[str, dict[str, list[str]]]] = [{}, {}, {}]
    for number, (iri, said) in enumerate(bundled().items()):
        pairs = list(said.items())
        parts[number % 3][iri] = dict(pairs)
        if number % 10 == 0:
            parts[number % 3][iri] = dict(pairs[: len(pairs) // 2 + 1])
            parts[(number + 1) % 3][iri] = dict(pairs[len(pairs) // 2 :])
    memory, *others = ({iri: part[iri] for iri in sorted(part)} for part in parts)
    return Catalogue(memory, [shelved(folder / str(number), part) for number, part in enumerate(others)])


### As in memory


def outcome(found: Catalogue, name: str, *kinds: str) -> object:
    try:
        return find_node(found, name, *kinds)
    except CareergraphError as error:
        return type(error), vars(error).get("candidates")


def typed_names(found: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Every ninth node of each kind that has names, and what somebody may type for it: node, kind, name."""
    for kind in NAMED_KINDS:
        for iri in found.by_kind.get(kind, ())[::9]:
            for name in (*found.values(iri, SKOS.prefLabel), *found.values(iri, SKOS.altLabel)[:1]):
                yield from ((iri, kind, name), (iri, kind, f"{name}s"))


def test_names_stand_for_the_same_nodes_on_disk(in_memory: Catalogue, on_disk: Catalogue) -> None:
    for _, kind, typed in typed_names(in_memory):
        assert outcome(on_disk, typed) == outcome(in_memory, typed)
        assert outcome(on_disk, typed, kind) == outcome(in_memory, typed, kind)


def test_what_a_name_stands_for_in_memory_is_what_it_stands_for_once_more_is_joined(joined: Catalogue) -> None:
    alone = Catalogue(dict(joined.memory))
    for _, kind, typed in typed_names(alone):
        for kinds in ((), (kind,)):
            meant = outcome(alone, typed, *kinds)
            if isinstance(meant, str) and not is_word_for_an_occupation(alone, meant):
                assert outcome(joined, typed, *kinds) == meant


def test_a_name_of_one_node_alone_is_found_wherever_that_is(in_memory: Catalogue, joined: Catalogue) -> None:
    every = [iri for kind in NAMED_KINDS for iri in in_memory.by_kind.get(kind, ())]
    bearers = Counter(
        to_singular(name) for iri in every for name in {normalise(name) for name in list_names(in_memory, iri)}
    )
    for iri, kind, typed in typed_names(in_memory):
        if bearers[to_singular(normalise(typed))] == 1:
            assert outcome(joined, typed, kind) == outcome(in_memory, typed, kind)
            assert outcome(joined, typed) in (iri, outcome(in_memory, typed))


### Any statements


### Names on disk


def nodes(class_: str, *labels: str, **more: list[str]) -> dict[str, list[str]]:
    return {RDF.type: [class_], SKOS.prefLabel: list(labels), **{getattr(SKOS, name): v for name, v in more.items()}}


### Files
