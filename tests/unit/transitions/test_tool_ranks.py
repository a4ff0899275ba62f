"""Of technologies that employers ask for alike, those come first that tell most about the occupation."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.node_profiles import describe_node
from careergraph.rdf.standards import RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, ID
from careergraph.transitions.gaps import find_gap
from careergraph.transitions.holdings import Holdings
from careergraph.transitions.precomputed.tables import set_similarity
from careergraph.transitions.tool_ranks import put_telling_tools_first, rank_tools

#: Occupation → the technologies in demand there. Two statisticians, and ten who share nothing but the office.
TOOLS = {
    "statistician": ("office", "r", "sas", "own"),
    "analyst": ("office", "r", "sas"),
    **{f"clerk-{number}": ("office", "sas") if number == 0 else ("office",) for number in range(10)},
}


def _statements() -> dict[str, dict[str, list[str]]]:
    known: dict[str, dict[str, list[str]]] = {}
    for occupation, tools in TOOLS.items():
        known[ID + occupation] = {RDF.type: [CG.Occupation], SKOS.prefLabel: [occupation]}
        for tool in tools:
            known[ID + tool] = {RDF.type: [CG.Tool], SKOS.prefLabel: [tool]}
            said = {SCHEMA.about: [ID + occupation], CG.tool: [ID + tool], CG.hot: ["true"], CG.inDemand: ["true"]}
            known[f"{ID}{occupation}-{tool}"] = {RDF.type: [CG.ToolUse], **said}
    return known


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    known = Catalogue(_statements())
    others = [ID + name for name in TOOLS]
    similarity: Any = SimpleNamespace(
        occupations=others,
        elements=(),
        unrated=frozenset(),
        number={name: place for place, name in enumerate(others)},
        nearest=lambda occupation, n: [ID + "analyst"],
    )
    set_similarity(known, similarity)
    return known


def test_what_the_trade_uses_comes_before_what_all_use_and_what_nobody_else_does(catalogue: Catalogue) -> None:
    told = rank_tools(catalogue, ID + "statistician", [ID + tool for tool in TOOLS["statistician"]])
    assert sorted(told, key=lambda tool: -told[tool])[:2] == [ID + "r", ID + "sas"]
    assert told[ID + "office"] == told[ID + "own"] == 0


def test_what_is_missing_is_told_in_that_order(catalogue: Catalogue) -> None:
    found = find_gap(catalogue, ID + "clerk-9", ID + "statistician", Holdings({}, {}))
    assert [item.any_of[0].label for item in found.missing][:2] == ["r", "sas"]


def test_a_profile_has_them_in_that_order(catalogue: Catalogue) -> None:
    found = put_telling_tools_first(catalogue, describe_node(catalogue, ID + "statistician"))
    assert [item.value for item in found.attributes][:2] == ["r", "sas"]


def test_an_occupation_that_is_not_compared_has_no_order(catalogue: Catalogue) -> None:
    assert rank_tools(catalogue, ID + "stranger", [ID + "r", ID + "sas"]) == {}
