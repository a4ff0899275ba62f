"""What things are called in the language that somebody asks in."""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.catalogue.node_profiles import describe_node
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
