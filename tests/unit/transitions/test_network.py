"""Which steps there are from a position, which of them lead on, and for whom a source's words count."""

from __future__ import annotations

from functools import cache

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.ease import lift_of
from careergraph.transitions.network import Network
from careergraph.transitions.origins import make_origin
from careergraph.transitions.routes import find_routes

GROUPS = ("newcomer", "non-technical person")


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


def named(name: str) -> str:
    return find_node(bundled(), name)


def network(origin: str, *, derived: bool = True) -> Network:
    return Network(bundled(), make_origin(bundled(), named(origin)), derived=derived)


def spoken_for(origin: str, role: str) -> set[float]:
    seen, here = network(origin), named(origin)
    return {seen.speaks_for(move, here) for move in seen.hop(here, named(role))}


def test_what_is_said_of_a_group_counts_less_for_a_member_and_least_for_whoever_is_not_listed() -> None:
    group = bundled().number(named("non-technical person"), CG.speaksFor)
    assert group is not None
    unlisted = bundled().weight("https://w3id.org/careergraph/id/parameter/unlisted-member")
    assert spoken_for("nurse", "AI product manager") == {group}
    assert spoken_for("mechanical engineer", "AI product manager") == {group * unlisted}
    assert spoken_for("non-technical person", "AI product manager") == {1.0}
    assert 0 < unlisted < 1


def test_what_is_said_of_the_position_itself_stands_alone() -> None:
    claims = network("software engineer").hop(named("software engineer"), named("ML engineer"))
    assert {claim.origin.label for claim in claims} == {"Software engineer"}


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_is_no_unlisted_member_of_another(name: str) -> None:
    seen = network(name)
    assert not any(seen.speaks_for(move, named(name)) < 0.1 for hop in seen.hops(named(name)).values() for move in hop)


def test_sources_alone_do_not_speak_of_whoever_they_do_not_list() -> None:
    seen = network("mechanical engineer", derived=False)
    assert named("AI product manager") not in seen.claims(named("mechanical engineer"))


def test_a_curated_role_is_a_stop_only_where_a_source_names_the_step_into_it_or_out_of_it() -> None:
    lawyer = network("lawyer")
    for stop in lawyer.claims(named("lawyer")):
        if bundled().kind(stop) == "role" and lawyer.is_stop(named("lawyer"), stop):
            own = any(lawyer.speaks_for(move, named("lawyer")) == 1 for move in lawyer.hop(named("lawyer"), stop))
            assert own or any(lawyer.claims(stop).values())
    assert not lawyer.is_stop(named("AI ethicist"), named("AI policy role"))
    assert lawyer.is_stop(named("lawyer"), named("AI ethicist"))


@pytest.mark.parametrize("origin", ["mathematics teacher", "nurse", "newcomer"])
def test_what_is_only_said_of_a_group_at_large_is_no_stop_on_the_way(origin: str) -> None:
    """The article's "fastest route into a well-paid role" is one for newcomers, and no way into data science."""
    seen, sources_alone = network(origin), network(origin, derived=False)
    position, engineer = named(origin), named("ML engineer")
    assert seen.is_stop(position, engineer) is (origin == "newcomer")
    if engineer in sources_alone.claims(position):
        assert sources_alone.is_stop(position, engineer)


def test_nobody_is_sent_by_way_of_a_role_into_which_moves_are_rarer_than_chance() -> None:
    waiter, infrastructure = named("waiter"), named("AI infrastructure engineer")
    alike = network("waiter").alike(waiter, infrastructure, None)
    assert alike is not None
    assert lift_of(alike.value) < 1
    assert not network("waiter").is_stop(waiter, infrastructure)
    assert network("software engineer").is_stop(named("software engineer"), named("data engineer"))


@pytest.mark.parametrize("origin", ["mathematics teacher", "nurse", "waiter"])
def test_the_way_into_data_science_does_not_go_through_machine_learning(origin: str) -> None:
    best = find_routes(bundled(), named(origin), named("data scientist")).routes[0]
    assert "Machine learning engineer" not in {step.destination.label for step in best.steps}


@pytest.mark.parametrize("origin", ["lawyer", "historian", "nurse", "philosopher"])
def test_no_route_to_a_technical_role_goes_through_policy_and_strategy(origin: str) -> None:
    for role in ("ML engineer", "data scientist"):
        best = find_routes(bundled(), named(origin), named(role)).routes[0]
        assert not {step.destination.label for step in best.steps} & {"AI policy role", "AI strategy role"}


def test_a_step_that_is_only_said_of_a_group_somebody_may_belong_to_is_computed() -> None:
    (step,) = find_routes(bundled(), named("mechanical engineer"), named("AI product manager")).routes[0].steps
    assert step.basis == "derived"
    assert "computed" in {remark.kind for remark in step.remarks}
    (listed,) = find_routes(bundled(), named("nurse"), named("AI product manager")).routes[0].steps
    assert listed.basis == "asserted"
