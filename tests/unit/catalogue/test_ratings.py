"""Occupations of an imported source as positions: what they hold and ask for, what of it counts for curated roles."""

from __future__ import annotations

import json
from math import isclose

import pytest

from careergraph.catalogue.alignments import (
    find_arrivals,
    find_counterparts,
    find_positions,
    find_same_positions,
    list_alignments,
)
from careergraph.catalogue.claims import list_requirements
from careergraph.catalogue.courses import find_teachers
from careergraph.catalogue.names import find_node
from careergraph.catalogue.node_profiles import describe_node
from careergraph.catalogue.ratings import list_asks, list_facts, list_ratings
from careergraph.model.errors import AlreadyThere, NoRoute
from careergraph.rdf.vocabulary import ID
from careergraph.render.text.nodes import format_profile
from careergraph.transitions.gaps import find_gap
from careergraph.transitions.holdings import find_holdings
from careergraph.transitions.origins import make_origin
from careergraph.transitions.outlook import reach
from careergraph.transitions.people.by_hand import make_person
from careergraph.transitions.people.person import find_holdings_of_person
from careergraph.transitions.routes import find_routes
from occupations import (
    ANALYSTS,
    DEVELOPERS,
    ELEMENT,
    MANAGERS,
    NURSES,
    SCIENTISTS,
    STATISTICIANS,
    merge,
)

MATHEMATICS = f"{ELEMENT}2.C.4.a"


def test_a_rating_has_the_figures_of_the_source_and_their_place_between_the_ends_of_its_scales() -> None:
    found = next(item for item in list_ratings(merge(), STATISTICIANS) if item.element.id == MATHEMATICS)
    assert found.element.label == "Mathematics"
    assert found.stated_importance is not None
    assert found.stated_depth is not None
    assert isclose(found.importance or 0, (found.stated_importance - 1) / 4, abs_tol=1e-4)
    assert isclose(found.depth or 0, found.stated_depth / 7, abs_tol=1e-4)
    assert [item.section for item in found.evidence] == ["Knowledge.txt"]


def test_the_most_important_comes_first() -> None:
    importance = [item.importance or 0 for item in list_ratings(merge(), NURSES)]
    assert len(importance) > 10
    assert importance == sorted(importance, reverse=True)


def test_an_occupation_asks_for_what_is_important_there_and_for_no_trait_or_interest() -> None:
    asked = {item.element: item for item in list_asks(merge(), NURSES)}
    rated = {item.element.id: item for item in list_ratings(merge(), NURSES)}
    assert asked
    assert all(item.importance >= 0.5 for item in asked.values())
    assert {merge().kind(element) for element in asked} == {"skill"}
    left_out = {
        element
        for element, item in rated.items()
        if item.element.kind == "skill" and (item.importance or 0) >= 0.5 and item.depth and not item.depth_mark
    } - set(asked)
    assert left_out == set()


def test_what_the_source_calls_not_relevant_is_neither_asked_for_nor_hidden() -> None:
    marked = [
        (occupation, item)
        for occupation in merge().by_kind["occupation"]
        for item in list_ratings(merge(), occupation)
        if item.depth_mark == "not relevant"
    ]
    assert marked, "the fixture has such a rating"
    for occupation, item in marked:
        assert item.element.id not in {asked.element for asked in list_asks(merge(), occupation)}
        assert "(not relevant)" in format_profile(describe_node(merge(), occupation))


def test_an_occupation_asks_for_the_education_that_is_usual_there() -> None:
    usual = [item for item in list_requirements(merge(), STATISTICIANS) if item.any_of[0].kind == "credential"]
    assert [(item.any_of[0].label, item.strength) for item in usual] == [("Master's Degree", "usual")]
    assert usual[0].evidence[0].section == "Education, Training, and Experience.txt"


def test_whoever_has_a_degree_has_those_below_it_whichever_source_names_them() -> None:
    held = find_holdings(merge(), STATISTICIANS)
    assert held.level([f"{ID}onet/category/2.D.1/6"]) == 1.0
    assert held.level([f"{ID}credential/bachelors-degree"]) == 1.0
    assert held.level([f"{ID}onet/category/2.D.1/11"]) == held.level([f"{ID}credential/phd"]) == 0.0


def test_an_occupation_holds_what_it_is_rated_for_as_deep_as_it_is_rated() -> None:
    depth = next(item.depth for item in list_ratings(merge(), STATISTICIANS) if item.element.id == MATHEMATICS)
    assert find_holdings(merge(), STATISTICIANS).assets[MATHEMATICS] == depth


def test_a_technology_in_use_counts_as_held_deeper_where_employers_ask_for_it() -> None:
    python = f"{ID}onet/technology/python"
    asked, listed = find_holdings(merge(), DEVELOPERS).assets[python], find_holdings(merge(), MANAGERS).assets[python]
    assert 0 < listed < asked < 1


@pytest.mark.parametrize("occupation", [DEVELOPERS, STATISTICIANS, SCIENTISTS, ANALYSTS])
def test_python_in_an_occupation_is_python_in_a_curated_role(occupation: str) -> None:
    held = find_holdings(merge(), occupation)
    assert held.assets[f"{ID}skill/python"] >= held.assets[f"{ID}onet/technology/python"]
    missing = [
        item.any_of for item in find_gap(merge(), occupation, f"{ID}role/machine-learning-engineer", held).missing
    ]
    full = next(
        r for r in list_requirements(merge(), f"{ID}role/machine-learning-engineer") if r.any_of[0].label == "Python"
    )
    assert full.any_of in missing or held.level([ref.id for ref in full.any_of]) >= full.needed


def test_a_broader_thing_counts_for_less_than_the_same_thing() -> None:
    found = find_counterparts(merge(), MATHEMATICS)
    statistics = found[f"{ID}skill/statistics"]
    assert 0 < statistics < 1
    held = find_holdings(merge(), STATISTICIANS)
    assert held.assets[f"{ID}skill/statistics"] >= statistics * held.assets[MATHEMATICS]


def test_a_software_engineer_is_a_software_developer_of_the_source() -> None:
    engineer = f"{ID}background/software-engineer"
    assert find_same_positions(merge(), engineer) == (DEVELOPERS,)
    assert find_same_positions(merge(), DEVELOPERS) == (engineer,)
    assert engineer in find_positions(merge(), DEVELOPERS)
    assert DEVELOPERS in find_positions(merge(), engineer)
    assert DEVELOPERS in find_arrivals(merge(), engineer)
    both = find_holdings(merge(), DEVELOPERS).assets
    assert both.keys() >= {f"{ID}skill/git", f"{ID}onet/technology/python", engineer, DEVELOPERS}


def test_what_sources_say_of_software_engineers_holds_for_software_developers() -> None:
    found = find_routes(merge(), DEVELOPERS, f"{ID}role/machine-learning-engineer").routes[0]
    assert [step.basis for step in found.steps] == ["asserted"]
    assert found.steps[0].transitions[0].origin.id == f"{ID}background/software-engineer"


def test_nobody_goes_where_they_are_by_another_name() -> None:
    with pytest.raises(AlreadyThere):
        find_routes(merge(), f"{ID}background/software-engineer", DEVELOPERS)


def test_an_alignment_tells_the_reason_and_how_sure_the_reviewer_is() -> None:
    (found,) = list_alignments(merge(), DEVELOPERS)[:1]
    assert found.node.id == f"{ID}background/software-engineer"
    assert found.mapping == "exact match"
    assert found.reason
    assert found.confidence
    assert 0 < found.confidence <= 1
    assert found.evidence[0].source.label == "careergraph editors"
    curated = next(item for item in list_alignments(merge(), f"{ID}skill/statistics") if item.node.id == MATHEMATICS)
    assert curated.mapping == "broad match"
    mirrored = next(item for item in list_alignments(merge(), MATHEMATICS) if item.node.id == f"{ID}skill/statistics")
    assert mirrored.mapping == "narrow match"
    assert mirrored.id == curated.id


@pytest.mark.parametrize("origin", [NURSES, f"{ID}background/consultant"])
def test_steps_are_computed_wherever_sources_name_none_unless_somebody_says_no(origin: str) -> None:
    scientist = f"{ID}role/ai-research-scientist"
    steps = find_routes(merge(), origin, scientist).routes[0].steps
    assert ("derived", ()) in {(step.basis, step.evidence) for step in steps}
    with pytest.raises(NoRoute, match="--asserted"):
        find_routes(merge(), origin, scientist, derived=False)


def test_a_source_that_names_a_related_occupation_asserts_the_step_and_is_cited() -> None:
    step = find_routes(merge(), MANAGERS, ANALYSTS).routes[0].steps[0]
    assert step.basis == "asserted"
    assert step.transitions[0].ease == "Primary-Short"
    assert [item.section for item in step.evidence] == ["Related Occupations.txt"]


def test_a_skill_named_by_hand_counts_by_its_other_names_too() -> None:
    held = find_holdings_of_person(merge(), make_person(merge(), skills=["skill/python"]))
    assert held.assets[f"{ID}onet/technology/python"] == held.assets[f"{ID}skill/python"] > 0


def test_reasons_name_the_source_and_what_was_counted() -> None:
    because = {item.asset.label: item.because for item in find_gap(merge(), STATISTICIANS, NURSES).grounds}
    assert because["Critical Thinking"] == (
        "O*NET 29.3 Database on Statisticians, 64%",
        "editors' judgement of Statistician, strong, from Analytical skills",
    )
    assert because["Bachelor's Degree"] == (
        "editors' judgement of Statisticians, implied",
        "editors' judgement of Statistician, from Bachelor's degree",
    )
    reasons = set(make_origin(merge(), STATISTICIANS).reasons[f"{ID}skill/statistics"])
    assert any(why.endswith(", from Mathematics") for why in reasons)


def test_who_teaches_a_skill_teaches_it_by_the_name_of_another_source_but_not_what_is_only_near() -> None:
    found = find_teachers(merge())
    assert found[f"{ID}skill/pytorch"] == found.get(f"{ID}onet/technology/pytorch", found[f"{ID}skill/pytorch"])
    assert MATHEMATICS not in found


def test_reach_has_roles_and_occupations_and_keeps_to_the_limit_of_each() -> None:
    found = reach(merge(), MANAGERS, limit=2, derived=True)
    kinds = [item.role.kind for item in found.destinations]
    assert kinds.count("role") == 2
    assert kinds.count("occupation") == 2
    whole = reach(merge(), MANAGERS, derived=True)
    assert [item.role.id for item in whole.destinations if item.role.kind == "role"][:2] == [
        item.role.id for item in found.destinations if item.role.kind == "role"
    ]


def test_facts_of_an_occupation_are_its_tools_its_schooling_and_its_preparation() -> None:
    found = list_facts(merge(), ANALYSTS)
    assert {item.kind for item in found} == {"tool-use", "schooling", "preparation"}
    python = next(item for item in found if item.value == "Python")
    assert (python.property, python.remark) == ("technology", "hot technology, in demand")
    assert all(item.remark != "0%" and item.remark != "0.00%" for item in found)


def test_an_occupation_is_found_by_its_title_and_shown_as_json() -> None:
    found = describe_node(merge(), find_node(merge(), "Registered Nurses"))
    told = json.loads(json.dumps(found.to_dict()))
    assert told["kind"] == "occupation"
    assert told["ratings"]
    assert told["tasks"]
    assert told["aliases"]
    assert {item["strength"].partition(" ")[0] for item in told["requirements"]} == {"importance", "usual"}


def test_whoever_has_studied_a_field_holds_no_degree_that_people_in_a_trade_have() -> None:
    catalogue = merge()
    trade, field = (find_holdings(catalogue, f"{ID}background/{name}") for name in ("statistician", "statistics-field"))
    degrees = {iri for iri in trade.assets if catalogue.kind(iri) == "credential"}
    assert degrees
    assert degrees.isdisjoint(field.assets)
    assert MATHEMATICS in field.assets
