"""What several data sets have is one thing to ask for: named once, as it is bundled, and the others listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.text_search import search
from careergraph.catalogue.twins import list_twins
from careergraph.rdf.standards import OWL, RDF, SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.render.text.phrases import format_refs
from careergraph.store.index import INDEX, Index
from careergraph.store.index_writer import IndexWriter
from careergraph.store.union import Union


def index_of(folder: Path, nodes: dict[str, dict[str, list[str]]]) -> Index:
    folder.mkdir()
    with IndexWriter(str(folder / INDEX)) as writer:
        for iri, said in nodes.items():
            writer.add(iri, said)
    return Index(str(folder))


def called(label: str, class_: str = CG.Occupation) -> dict[str, list[str]]:
    return {RDF.type: [class_], SKOS.prefLabel: [label]}


@pytest.fixture
def joined(tmp_path: Path) -> Catalogue:
    """A nurse that is bundled and has an exact match in either of two data sets, and two trades that both have."""
    bundled = {
        "urn:nurse": {
            **called("Nurse", CG.Background),
            SKOS.exactMatch: ["urn:one/nurses"],
            SKOS.closeMatch: ["urn:one/midwives"],
        }
    }
    crosswalk = {
        RDF.type: [CG.Alignment],
        OWL.annotatedSource: ["urn:nurse"],
        OWL.annotatedTarget: ["urn:two/nurse"],
        OWL.annotatedProperty: [SKOS.exactMatch],
    }
    one = {
        "urn:one/nurses": called("Registered nurses"),
        "urn:one/midwives": called("Nurse midwives"),
        "urn:one/smiths": called("Smiths"),
        "urn:one/potter": called("Potter"),
        "urn:one/potters": called("Potters"),
    }
    two = {
        "urn:two/nurse": called("nurse in general care"),
        "urn:two/smith": called("smith"),
        "urn:two/claim": crosswalk,
    }
    return Catalogue(bundled, [index_of(tmp_path / "one", one), index_of(tmp_path / "two", two)])


@pytest.mark.parametrize(
    ("typed", "found", "others"),
    [
        ("nurse", ["urn:nurse", "urn:one/midwives"], {"urn:nurse": ["urn:one/nurses", "urn:two/nurse"]}),
        ("registered", ["urn:one/nurses"], {"urn:one/nurses": ["urn:nurse"]}),
        ("smith", ["urn:one/smiths"], {"urn:one/smiths": ["urn:two/smith"]}),
        ("potter", ["urn:one/potter", "urn:one/potters"], {}),  # in one data set, they are different things
    ],
)
def test_twins_are_found_once_and_listed(
    joined: Catalogue, typed: str, found: list[str], others: dict[str, list[str]]
) -> None:
    answer = search(joined, typed)
    assert [ref.id for ref in answer] == found
    assert {one.id: sorted(ref.id for ref in one.others) for one in list_twins(joined, answer)} == others


def test_a_result_names_its_twins(joined: Catalogue) -> None:
    found = search(joined, "nurse")[:1]
    told = format_refs(found, None, list_twins(joined, found))
    assert " ".join(told.split()) == (
        "Nurse (background), also Registered nurses (occupation), nurse in general care (occupation)"
    )


def test_nothing_is_counted_to_find_what_matches(joined: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    # With two releases of one source, counting looks up whatever both have: 18,000 nodes, for each node that is asked.
    monkeypatch.setattr(Union, "__len__", lambda _: pytest.fail("counted"))
    assert ("urn:two/nurse", SKOS.exactMatch) in joined.matches("urn:nurse")
