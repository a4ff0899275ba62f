"""Figures in data are read as XML Schema has them, and weights lie between 0 and 1."""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import read_pay_line
from careergraph.model.errors import BadFigure, NoRoute
from careergraph.rdf.standards import RDF, SCHEMA
from careergraph.rdf.vocabulary import CG
from careergraph.store.locations import list_ontology_files
from careergraph.transitions.routes import find_routes
from careergraph.validation.validate import validate

NODE = "https://example.org/term"
PREFIXES = """
@prefix cg: <https://w3id.org/careergraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
"""


def catalogue(text: str, predicate: str = CG.weight) -> Catalogue:
    return Catalogue({NODE: {predicate: [text]}})


@pytest.mark.parametrize(
    ("text", "number"), [("0.5", 0.5), ("+.5", 0.5), ("5.", 5.0), ("1.0E-2", 0.01), (" 7\n", 7.0), ("-3", -3.0)]
)
def test_a_number_is_read_as_xml_schema_writes_it(text: str, number: float) -> None:
    assert catalogue(text).number(NODE, CG.weight) == number


@pytest.mark.parametrize("text", ["1_000", "\u0661", "INF", "NaN", "infinity", "0x1", "1,5", ""])
def test_what_only_python_takes_for_a_number_is_none(text: str) -> None:
    with pytest.raises(BadFigure, match="not a number") as raised:
        catalogue(text).number(NODE, CG.weight)
    assert len(str(raised.value)) < 500


@pytest.mark.parametrize("text", ["1e999", "9" * 401, f"0.{'9' * 5_000}", "1e300", "9" * 17])
def test_a_number_beyond_all_computing_is_told_as_that(text: str) -> None:
    with pytest.raises(BadFigure, match="not a number that can be computed with") as raised:
        catalogue(text).number(NODE, CG.weight)
    assert len(str(raised.value)) < 500


@pytest.mark.parametrize(
    "literal",
    ['"1e-1"^^xsd:decimal', '"0.5E0"^^xsd:decimal', '"1.0"^^xsd:integer', '"1e0"^^xsd:int', '"1."^^xsd:unsignedByte'],
)
def test_a_datatype_is_written_as_it_allows(literal: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(f"{PREFIXES} <{NODE}> a cg:Term ; cg:weight {literal} .")
    with pytest.raises(BadFigure, match="not a number") as raised:
        Catalogue.load(str(path)).weight(NODE)
    assert raised.value.value == literal
    assert "ill-typed-value" in {
        finding.rule for finding in validate([str(path)], ontology=list_ontology_files()).findings
    }


@pytest.mark.parametrize("literal", ["1e-1", '"0.10"^^xsd:decimal', '"1.0E-1"^^xsd:float', '"0.1"', "0.1", '" 0.1 "'])
def test_what_its_datatype_allows_is_read(literal: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(f"{PREFIXES} <{NODE}> a cg:Term ; cg:weight {literal} .")
    assert Catalogue.load(str(path)).weight(NODE) == 0.1


@pytest.mark.parametrize("predicates", [(SCHEMA.minValue, SCHEMA.maxValue), (SCHEMA.percentile10, SCHEMA.median)])
def test_a_lower_figure_is_not_above_the_upper_one(predicates: tuple[str, str]) -> None:
    said = {RDF.type: [CG.PayRange]}
    read_pay_line(Catalogue({NODE: said | {predicates[0]: ["7"], predicates[1]: ["7"]}}), NODE, NODE)
    with pytest.raises(BadFigure, match=f"is '8', not at most its {predicates[1].rpartition('/')[2]}, 7;"):
        read_pay_line(Catalogue({NODE: said | {predicates[0]: ["8"], predicates[1]: ["7"]}}), NODE, NODE)


def test_a_whole_number_has_no_fraction() -> None:
    assert catalogue("45000.0", SCHEMA.minValue).integer(NODE, SCHEMA.minValue) == 45_000
    with pytest.raises(BadFigure, match="not a whole number"):
        catalogue("45000.5", SCHEMA.minValue).integer(NODE, SCHEMA.minValue)


def test_a_count_or_a_sum_is_not_below_0() -> None:
    assert catalogue("0", SCHEMA.minValue).integer(NODE, SCHEMA.minValue) == 0
    with pytest.raises(BadFigure, match="not a whole number from 0 up"):
        catalogue("-5", SCHEMA.minValue).integer(NODE, SCHEMA.minValue)


@pytest.mark.parametrize(("text", "weight"), [("0", 0.0), ("0.25", 0.25), ("1", 1.0)])
def test_a_weight_may_be_all_from_0_to_1(text: str, weight: float) -> None:
    assert catalogue(text).weight(NODE) == weight


@pytest.mark.parametrize("text", ["1.2", "-0.1", "1000"])
def test_a_weight_beyond_is_refused(text: str) -> None:
    with pytest.raises(BadFigure, match="not a number between 0 and 1"):
        catalogue(text).weight(NODE)


ROUND = (
    PREFIXES
    + """
:o a cg:Background ; skos:prefLabel "Start"@en . :d a cg:Role ; skos:prefLabel "End"@en .
:r a cg:Role ; skos:prefLabel "Middle"@en . :q a cg:Role ; skos:prefLabel "Other"@en .
:e a cg:Term ; skos:prefLabel "easy"@en ; cg:weight %s .
:t1 a cg:Transition ; cg:origin :o ; cg:destination :r ; cg:ease :e .
:t2 a cg:Transition ; cg:origin :r ; cg:destination :q ; cg:ease :e .
:t3 a cg:Transition ; cg:origin :q ; cg:destination :r ; cg:ease :e .
:t4 a cg:Transition ; cg:origin :q ; cg:destination :d ; cg:ease :e .
"""
)


def test_no_weight_makes_a_search_run_in_circles_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    ends = "https://example.org/o", "https://example.org/d"
    path.write_text(ROUND % "1.2")
    with pytest.raises(BadFigure):
        find_routes(Catalogue.load(str(path)), *ends, derived=False)
    path.write_text(ROUND % "1.0")
    assert len(find_routes(Catalogue.load(str(path)), *ends, derived=False).routes[0].steps) == 3


def test_a_step_that_weighs_nothing_is_told_as_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(ROUND % "0")
    with pytest.raises(NoRoute, match='every step that leads there is called "easy", and that has a weight of 0'):
        find_routes(Catalogue.load(str(path)), "https://example.org/o", "https://example.org/d", derived=False)
