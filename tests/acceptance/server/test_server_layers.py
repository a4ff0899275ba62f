"""What follows from the claims, over HTTP: the direct layer, the base of relative IRIs, a word about unknown terms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from careergraph.api import CareerGraph
from careergraph.catalogue.catalogue import Catalogue
from careergraph.store.locations import BUNDLED
from served import Served, served

SKILLS = CareerGraph(Catalogue.load(BUNDLED)).stats().nodes["skill"]
UNKNOWN = "SELECT ?b { role:ai-ethicist cg:leadTo ?b }"


@pytest.fixture(scope="module")
def layered() -> Iterator[Served]:
    with served("--dataset", "bundled") as running:
        yield running


def test_a_stranger_s_question_has_an_answer(layered: Served) -> None:
    assert layered.get("SELECT (COUNT(?x) AS ?n) { ?x a cg:Skill }", Accept="text/csv").text.split() == [
        "n",
        str(SKILLS),
    ]


def test_relative_iris_start_from_the_endpoint(layered: Served) -> None:
    answer = layered.get("SELECT (<#me> AS ?me) (<> AS ?here) {}", Accept="text/csv")
    assert answer.text.split() == ["me,here", f"{layered.url}sparql#me,{layered.url}sparql"]


def test_an_unknown_term_is_told_in_a_header(layered: Served) -> None:
    told = layered.get(UNKNOWN, Accept="text/csv").headers["Careergraph-Notice"]
    assert told == "There is no property cg:leadTo; did you mean cg:leadsTo?"
    assert "Careergraph-Notice" not in layered.get(UNKNOWN.replace("leadTo", "leadsTo"), Accept="text/csv").headers


def test_a_text_without_its_language_is_told_in_a_header(layered: Served) -> None:
    told = layered.get('ASK { VALUES ?l { "AI\tethicist" "AI ethicist" } ?role rdfs:label ?l }', Accept="text/csv")
    assert told.headers["Careergraph-Notice"] == '"AI ethicist" has a language here: write "AI ethicist"@en.'


def test_a_query_with_a_byte_order_mark_is_answered(layered: Served) -> None:
    assert layered.get("\ufeffASK { role:ai-ethicist a cg:Position }", Accept="text/csv").text.strip() == "true"


def test_a_description_has_the_claims_about_a_thing(layered: Served) -> None:
    found = layered.get("DESCRIBE role:ai-ethicist", Accept="application/n-triples").text
    assert "/id/requirement/" in found
    assert "/id/pay/" in found
    assert "/id/transition/" in found
