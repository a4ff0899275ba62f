"""Two releases of one source side by side: what both have is one node, merged when somebody asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.standards import OWL, RDF, SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.store import union
from careergraph.store.index import INDEX, Index
from careergraph.store.index_writer import IndexWriter
from careergraph.store.union import Union

COOK, BAKER, SMITH = "urn:trade:cook", "urn:trade:baker", "urn:trade:smith"
OCCUPATION = {RDF.type: [CG.Occupation]}
OLD = {
    COOK: {**OCCUPATION, SKOS.prefLabel: ["cook (older name)"], SKOS.broader: ["urn:food"]},
    SMITH: {**OCCUPATION, SKOS.prefLabel: ["smith"]},
    "urn:map": {
        RDF.type: [CG.Alignment],
        OWL.annotatedSource: [COOK],
        OWL.annotatedProperty: [SKOS.exactMatch],
        OWL.annotatedTarget: [SMITH],
    },
}
NEW = {
    COOK: {**OCCUPATION, SKOS.prefLabel: ["cook"], SKOS.broader: ["urn:food", "urn:kitchens"]},
    BAKER: {**OCCUPATION, SKOS.prefLabel: ["baker"]},
    "urn:map": OLD["urn:map"],
}
BOTH = {
    **OCCUPATION,
    SKOS.prefLabel: ["cook", "cook (older name)"],
    SKOS.broader: ["urn:food", "urn:kitchens"],
}


def index(folder: Path, said: dict[str, dict[str, list[str]]]) -> Index:
    folder.mkdir()
    with IndexWriter(str(folder / INDEX)) as writer:
        for iri, about in said.items():
            writer.add(iri, about)
    return Index(str(folder))


@pytest.fixture(autouse=True)
def as_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    """One node in common makes two indexes releases of one source."""
    monkeypatch.setattr(union, "_MOST_SHARED", 0)


@pytest.fixture
def joined(tmp_path: Path) -> Union:
    return Union({}, [index(tmp_path / "new", NEW), index(tmp_path / "old", OLD)])


def test_none_of_it_is_read_before_it_is_asked_for(joined: Union) -> None:
    assert (dict(joined.memory), joined.shared) == ({}, frozenset())


def test_a_node_of_both_has_what_either_says_the_first_ones_label_first(joined: Union) -> None:
    assert joined[COOK] == BOTH
    assert (joined[BAKER], joined[SMITH]) == (NEW[BAKER], OLD[SMITH])


def test_it_is_listed_once_and_with_all_of_it(joined: Union) -> None:
    assert sorted(joined) == sorted({*OLD, *NEW})
    assert len(joined) == len({*OLD, *NEW})
    assert dict(joined.items())[COOK] == BOTH
    assert list(joined.each("occupation", ())) == [(BAKER, NEW[BAKER]), (COOK, BOTH), (SMITH, OLD[SMITH])]
    assert joined.kinds({})["occupation"] == [BAKER, COOK, SMITH]


def test_what_points_to_something_in_both_does_so_once(joined: Union) -> None:
    assert joined.pointing([], SKOS.broader, "urn:food", ("occupation",)) == [COOK]
    assert joined.pointing([], SKOS.broader, "urn:kitchens", ("occupation",)) == [COOK]
    assert joined.having([], SKOS.broader, "occupation") == [COOK]
    assert joined.alignments(COOK) == [(SMITH, SKOS.exactMatch)]


def test_a_node_that_is_in_memory_too_is_merged_at_once(tmp_path: Path) -> None:
    mine = {COOK: {SKOS.altLabel: ["chef"]}}
    joined = Union(mine, [index(tmp_path / "new", NEW), index(tmp_path / "old", OLD)])
    assert joined.shared == {COOK}
    assert joined.memory[COOK] == joined[COOK] == BOTH | mine[COOK]
    assert sorted(joined) == sorted({*OLD, *NEW})


def test_fewer_in_common_are_merged_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(union, "_MOST_SHARED", 2)
    joined = Union({}, [index(tmp_path / "new", NEW), index(tmp_path / "old", OLD)])
    assert joined.shared == {COOK, "urn:map"}
    assert joined.memory[COOK] == joined[COOK] == BOTH


def test_an_occupation_of_both_can_be_asked_for_by_either_name(tmp_path: Path) -> None:
    catalogue = Catalogue({}, [index(tmp_path / "new", NEW), index(tmp_path / "old", OLD)])
    assert catalogue.label(COOK) == "cook"
    assert catalogue.by_kind["occupation"] == [BAKER, COOK, SMITH]
