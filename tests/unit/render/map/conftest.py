"""Data for maps."""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue

OWN = """
@base <https://example.org/> .
@prefix cg: <https://w3id.org/careergraph/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<cook> a cg:Profession ; skos:prefLabel "Cook"@en .
<chef> a cg:Role ; skos:prefLabel "Chef"@en .
<source> a cg:Source ; skos:prefLabel "A source"@en .
<move> a cg:Transition ; cg:origin <cook> ; cg:destination <chef> ; schema:text "Cooks become chefs."@en ;
    prov:wasDerivedFrom <source> .
"""


@pytest.fixture
def own_moves(tmp_path: Path) -> Catalogue:
    """A move between two positions that stand in no lane."""
    path = tmp_path / "own.ttl"
    path.write_text(OWN)
    return Catalogue.of_files([str(path)])
