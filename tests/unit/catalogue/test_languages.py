"""What things are called in the language that somebody asks in."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.catalogue.node_profiles import describe_node
from careergraph.catalogue.text_search import list_reasons, search
from careergraph.model.errors import AmbiguousName
from careergraph.rdf.standards import RDF, SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.store.index import INDEX, Index
from careergraph.store.index_writer import IndexWriter

NURSE = "https://w3id.org/careergraph/id/background/nurse"
MINE = """
@prefix cg: <https://w3id.org/careergraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:role> a cg:Role ; skos:prefLabel "Data steward"@en , "Datenverwalter"@de ;
    skos:altLabel "custodian"@en , "gegevensbeheerder"@nl , "gestionnaire"@fr , "intendant"@fr .
"""


@pytest.fixture
def mine(tmp_path: Path) -> Catalogue:
    path = tmp_path / "mine.ttl"
    path.write_text(MINE, encoding="utf-8")
    return Catalogue.load(str(path))


@pytest.mark.parametrize(
    ("language", "label", "told"),
    [
        ("en", "Data steward", "en"),
        ("de", "Datenverwalter", "de"),
        ("nl", "gegevensbeheerder", "nl"),  # the only alias
        ("fr", "Data steward", "en"),  # nothing tells which of two
        ("it", "Data steward", "en"),
    ],
)
def test_a_label_is_in_the_language_asked_for(mine: Catalogue, language: str, label: str, told: str) -> None:
    mine.language = language
    assert mine.label_in("urn:role") == (label, told)


def test_other_names_are_in_that_language_behind_the_english_label(mine: Catalogue) -> None:
    assert describe_node(mine, "urn:role").aliases == ("custodian",)
    mine = Catalogue(mine.memory)
    mine.language = "nl"
    assert describe_node(mine, "urn:role").aliases == ("Data steward",)
    mine = Catalogue(mine.memory)
    mine.language = "fr"
    assert describe_node(mine, "urn:role").aliases == ("gestionnaire", "intendant")


@pytest.mark.parametrize("name", ["Datenverwalter", "gegevensbeheerder", "intendant", "data steward"])
def test_every_name_is_found_in_whatever_language(mine: Catalogue, name: str) -> None:
    assert find_node(mine, name) == "urn:role"


@pytest.fixture(params=["memory", "disk"])
def abroad(request: pytest.FixtureRequest, tmp_path: Path) -> Catalogue:
    """Names with accents, two of which differ in nothing else; in memory, and on disk."""
    said = {
        "urn:cook": {f"{SKOS.prefLabel}@nl": ["industriële kok"], SKOS.prefLabel: ["industriële kok"]},
        "urn:nurse": {SKOS.prefLabel: ["agente de sécurité", "infirmière"]},
        "urn:fisher": {SKOS.prefLabel: ["pêcheur"]},
        "urn:sinner": {SKOS.prefLabel: ["pécheur"]},
    }
    nodes = {iri: {RDF.type: [CG.Occupation], **names} for iri, names in said.items()}
    if request.param == "memory":
        return Catalogue(nodes)
    with IndexWriter(str(tmp_path / INDEX)) as writer:
        for iri, node in nodes.items():
            writer.add(iri, node)
    return Catalogue({}, [Index(str(tmp_path))])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("industriele kok", "urn:cook"),
        ("INDUSTRIËLE-KOK", "urn:cook"),
        ("Infirmiere", "urn:nurse"),
        ("pêcheur", "urn:fisher"),
        ("Pe\u0301cheur", "urn:sinner"),
    ],
)
def test_accents_may_be_left_out(abroad: Catalogue, typed: str, meant: str) -> None:
    assert find_node(abroad, typed) == meant


def test_names_that_differ_in_accents_alone_are_both_offered(abroad: Catalogue) -> None:
    with pytest.raises(AmbiguousName) as error:
        find_node(abroad, "pecheur")
    assert error.value.candidates == ("urn:fisher", "urn:sinner")


@pytest.mark.parametrize(
    ("typed", "found"), [("securite", "urn:nurse"), ("sécurité", "urn:nurse"), ("industr", "urn:cook")]
)
def test_a_search_goes_by_words_without_accents(abroad: Catalogue, typed: str, found: str) -> None:
    assert [ref.id for ref in search(abroad, typed)] == [found]


@pytest.mark.parametrize(
    ("language", "label"), [("nl", "verpleegkundige"), ("de", "Pflegefachkraft"), ("fr", "infirmier")]
)
def test_everyday_occupations_have_names_abroad(language: str, label: str) -> None:
    catalogue = Catalogue.load("bundled")
    catalogue.language = language
    assert catalogue.label(NURSE) == label
    assert label not in Catalogue.load("bundled").texts(NURSE, SKOS.altLabel)


@pytest.mark.parametrize(("mapping", "label"), [(SKOS.exactMatch, "dataduider"), (SKOS.closeMatch, "Data scientist")])
def test_what_is_the_same_in_another_data_set_lends_its_label(tmp_path: Path, mapping: str, label: str) -> None:
    with IndexWriter(str(tmp_path / INDEX)) as writer:
        said = {SKOS.prefLabel: ["data scientist"], f"{SKOS.prefLabel}@nl": ["dataduider"]}
        writer.add("urn:other", {RDF.type: [CG.Occupation], **said})
    bundled = {"urn:role": {RDF.type: [CG.Role], SKOS.prefLabel: ["Data scientist"], mapping: ["urn:other"]}}
    catalogue = Catalogue(bundled, [Index(str(tmp_path))])
    catalogue.language = "nl"
    assert (catalogue.label("urn:role"), catalogue.label("urn:other")) == (label, "dataduider")


@pytest.mark.parametrize("typed", ["industriële kok", "INDUSTRIËLE kok"])
def test_an_index_of_an_older_layout_has_names_with_their_accents(tmp_path: Path, typed: str) -> None:
    said = {RDF.type: [CG.Occupation], SKOS.prefLabel: ["industriële kok"]}
    with IndexWriter(str(tmp_path / INDEX)) as writer:
        writer.add("urn:cook", said)
    (tmp_path / f"{INDEX}.crc32").unlink(missing_ok=True)
    with sqlite3.connect(tmp_path / INDEX) as database:
        database.execute("UPDATE fact SET value = 1 WHERE name = 'layout'")
        database.execute("UPDATE name SET normal = 'industriële kok', singular = 'industriële kok'")
        database.execute("UPDATE word SET word = 'industriële' WHERE word = 'industriele'")
    catalogue = Catalogue({}, [Index(str(tmp_path))])
    assert find_node(catalogue, typed) == "urn:cook"
    assert [ref.id for ref in search(catalogue, typed)] == ["urn:cook"]


@pytest.mark.parametrize(
    ("typed", "reasons"),
    [
        ("verpleegkundge", {"Nurse": "verpleegkundige"}),
        ("verpleegkundige", {"Nurse": "verpleegkundige"}),
        ("nurze", {}),  # what looks most like it is the label, which is shown
    ],
)
def test_a_search_shows_the_name_that_it_found_in_whatever_language(typed: str, reasons: dict[str, str]) -> None:
    catalogue = Catalogue.load("bundled")
    found = [ref for ref in search(catalogue, typed) if ref.id == NURSE]
    assert {catalogue.label(iri): name for iri, name in list_reasons(catalogue, found, typed).items()} == reasons
