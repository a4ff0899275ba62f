"""Routes: the best one is the best of all, learning is carried along, ties are stable, options keep their word."""

from __future__ import annotations

import random
from functools import cache, partial
from math import inf, isclose, prod
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from all_paths import assert_best, list_origins, stops
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.model.errors import AlreadyThere, NoRoute
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.standards import SKOS
from careergraph.transitions.alternatives import choose_among, choose_best
from careergraph.transitions.criteria import CRITERIA, LONGEST_ROUTE
from careergraph.transitions.holdings import Holdings, find_holdings, find_lessons, share_met, with_implied
from careergraph.transitions.network import Network
from careergraph.transitions.origins import make_origin
from careergraph.transitions.routes import find_routes
from careergraph.transitions.steps import StepWalk


@cache
def bundled() -> Catalogue:
    return Catalogue.load()


def named(name: str, *kinds: str) -> str:
    return find_node(bundled(), name, *(kinds or POSITIONS))


def positions() -> list[str]:
    return list_origins(bundled())


def seen_from(origin: str) -> Network:
    return Network(bundled(), make_origin(bundled(), origin))


# From every position: `tests/acceptance/graph/test_best_routes.py`.
@pytest.mark.parametrize("origin", positions()[::8], ids=lambda iri: iri.rsplit("/", 2)[-1])
def test_the_best_route_that_sources_name_is_the_best_of_all_paths(origin: str) -> None:
    assert_best(bundled(), origin, CRITERIA, derived=False, max_steps=LONGEST_ROUTE)


@pytest.mark.parametrize("origin", positions()[::32], ids=lambda iri: iri.rsplit("/", 2)[-1])
def test_the_best_route_with_computed_steps_is_the_best_of_all_paths(origin: str) -> None:
    assert_best(bundled(), origin, ["attempts", "feasibility", "steps"], derived=True, max_steps=2)


@settings(max_examples=40, deadline=None)
@given(nodes=st.lists(st.sampled_from(positions()), min_size=3, max_size=6, unique=True))
def test_only_what_was_held_at_the_start_or_listed_as_missing_is_held_later(nodes: list[str]) -> None:
    """What counts as held on a step was held at the origin, was missing on an earlier step, or is a position there."""
    origin, *roles = nodes[0], *(node for node in nodes[1:] if bundled().kind(node) == "role")
    network = Network(bundled(), make_origin(bundled(), origin))
    legs = list(StepWalk(network).legs((origin, *roles)))
    known, groups = set(network.origin.held.assets), set(network.origin.held.groups)
    for leg in legs:
        assert set(leg.held.assets) <= known
        assert set(leg.held.groups) <= groups
        missing = [item for item in leg.asked if share_met(item, leg.held) < 1]
        taught = find_lessons(bundled(), missing)
        places = [iri for iri in find_holdings(bundled(), leg.destination).assets if bundled().kind(iri) in POSITIONS]
        known |= set(with_implied(bundled(), dict.fromkeys([*taught.assets, *places], 1.0)))
        groups |= set(taught.groups)


def test_by_steps_the_length_equals_that_of_networkx() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph(
        (a, b) for a in positions() for b in Network(bundled(), make_origin(bundled(), a), derived=False).hops(a)
    )
    families = {role for role in bundled().by_kind["role"] if bundled().pointing(SKOS.broader, role, "role")}
    graph.remove_nodes_from(families)
    for origin in (node for node in positions() if node in graph):
        for destination, length in nx.single_source_shortest_path_length(graph, origin).items():
            if destination not in bundled().lineage(origin):
                found = find_routes(bundled(), origin, destination, by="steps", derived=False).routes[0]
                assert len(found.steps) == length


def test_the_default_costs_equal_those_of_networkx_where_nothing_is_carried_along() -> None:
    """On the costs of single steps, the shortest path of NetworkX is no longer than the search says."""
    origin = named("newcomer")
    network = Network(bundled(), make_origin(bundled(), origin))
    step_walk = StepWalk(network)
    graph: nx.DiGraph[str] = nx.DiGraph()
    last: dict[str, dict[str, float]] = {}
    for tail in (origin, *network.reachable()):
        for head, hop in network.hops(tail).items():
            cost = CRITERIA["attempts"].cost(step_walk.least(tail, head, hop))
            last.setdefault(head, {})[tail] = cost
            if network.is_passable(tail, head):
                graph.add_edge(tail, head, weight=cost)
    there = nx.single_source_dijkstra_path_length(graph, origin, weight="weight")
    for role in sorted(bundled().by_kind["role"]):
        if role in last and not network.is_family(role):
            bound = min(there[tail] + cost for tail, cost in last[role].items() if tail in there)
            assert bound <= find_routes(bundled(), origin, role).routes[0].attempts + 1e-9


def test_a_routes_feasibility_is_the_product_of_its_steps_and_those_of_their_factors() -> None:
    for route in find_routes(bundled(), named("software engineer"), named("AI safety researcher"), k=10).routes:
        assert isclose(route.feasibility, prod(step.feasibility for step in route.steps), abs_tol=2e-4)
        for step in route.steps:
            assert isclose(step.feasibility, prod(part.value for part in step.factors), abs_tol=3e-4)
            assert 0 < step.feasibility <= 1


def test_what_was_learned_on_the_way_is_not_missing_again() -> None:
    ends, stop = (named("software engineer"), named("AI product manager")), named("machine learning engineer")
    first, second = find_routes(bundled(), *ends, via=[stop]).routes[0].steps
    assert first.destination.label == "Machine learning engineer"
    missing_first = {item.any_of for item in first.missing}
    assert missing_first
    assert not missing_first & {item.any_of for item in second.missing}
    python = "https://w3id.org/careergraph/id/skill/python"
    assert any(ref.id == python for item in first.missing for ref in item.any_of)


def test_an_any_of_group_learned_on_the_way_counts_as_the_group() -> None:
    group = frozenset({"a", "b"})
    held = Holdings({}, {group: 1.0})
    assert held.level({"a", "b"}) == held.level({"a", "b", "c"}) == 1
    assert held.level({"a"}) == 0


def test_parallel_claims_about_one_transition_are_one_step_that_shows_both() -> None:
    (step,) = find_routes(bundled(), named("software engineer"), named("ML engineer")).routes[0].steps
    assert {claim.ease for claim in step.transitions} == {"most direct", "closest transition"}
    sections = {item.section for item in step.evidence}
    assert sections == {"Role 1 / Transition path", "Transition / From software engineering"}


def test_every_step_over_an_asserted_transition_has_evidence() -> None:
    for origin in positions():
        for hop in seen_from(origin).hops(origin).values():
            assert all(claim.evidence for claim in hop)


def test_a_specialised_origin_may_go_where_the_general_one_goes() -> None:
    (step,) = find_routes(bundled(), named("philosopher"), named("AI ethicist")).routes[0].steps
    assert {claim.origin.label for claim in step.transitions} == {
        "Academic (philosophy)",
        "Humanities scholar",
        "Non-technical person",
        "Philosophy",
    }


def test_via_and_avoid_keep_their_word_and_alternatives_are_distinct_and_loopless() -> None:
    engineer, mlops = named("ML engineer"), named("MLOps")
    ask = partial(
        find_routes, bundled(), named("software engineer"), named("AI safety researcher"), k=50, derived=False
    )

    def found(**conditions: Any) -> set[tuple[str, ...]]:
        return {tuple(stops(route)) for route in ask(**conditions).routes}

    every = found()
    assert len(every) == len(ask().routes) > 3
    assert all(len(set(path)) == len(path) for path in every)
    assert {p for p in every if mlops in p} == found(via=[mlops, engineer])
    assert {p for p in every if mlops not in p} == found(avoid=[mlops])
    for conditions in ({"avoid": [engineer]}, {"max_steps": 1}):
        with pytest.raises(NoRoute, match=r"loosen|allow more"):
            ask(**conditions)


def test_alternatives_differ_in_kind_and_say_what_they_are_best_by() -> None:
    found = find_routes(bundled(), named("newcomer"), named("AI research scientist"), k=4).routes
    assert "fewest attempts" in found[0].labels
    labelled = [label for route in found for label in route.labels]
    assert len(labelled) == len(set(labelled))
    assert {"fewest moves", "easiest steps"} <= set(labelled)
    fewest = next(route for route in found if "fewest moves" in route.labels)
    assert len(fewest.steps) == min(len(route.steps) for route in found)
    easiest = next(route for route in found if "easiest steps" in route.labels)
    assert easiest.feasibility == max(route.feasibility for route in found)


def test_one_stop_can_be_two_that_were_asked_for() -> None:
    engineer, family = named("ML engineer"), named("AI career role")
    ends = named("software engineer"), named("AI product manager")
    (route,) = find_routes(bundled(), *ends, via=[engineer, family], max_steps=2).routes
    assert stops(route)[1:-1] == [engineer]


def test_no_route_says_where_one_could_get() -> None:
    with pytest.raises(NoRoute) as caught:
        find_routes(bundled(), named("ML engineer"), named("AI ethicist"), derived=False)
    assert "AI product manager" in caught.value.reason
    with pytest.raises(AlreadyThere):
        find_routes(bundled(), named("Alignment researcher"), named("AI safety researcher"))


def reweighted(term: str, weight: str) -> Catalogue:
    """The bundled data with another weight for one term."""
    statements = dict(bundled().statements)
    iri = f"https://w3id.org/careergraph/id/{term}"
    statements[iri] = statements[iri] | {"https://w3id.org/careergraph/ontology#weight": [weight]}
    return Catalogue(statements)


@pytest.mark.parametrize(
    ("term", "origin", "destination"),
    [
        ("ease/accessible", "consultant", "AI product manager"),
        ("ease/stated-background", "Law", "AI governance researcher"),
    ],
)
def test_a_step_that_the_weights_make_impossible_is_no_step(term: str, origin: str, destination: str) -> None:
    with pytest.raises(NoRoute):
        find_routes(reweighted(term, "0.0"), named(origin), named(destination), derived=False, max_steps=1)


def test_a_condition_at_a_level_of_no_weight_is_met() -> None:
    other = reweighted("level/unstated", "0")
    (route,) = find_routes(other, named("software engineer"), named("ML engineer")).routes
    assert "programs in Python" not in {part.name: part.reason for part in route.steps[0].factors}["conditions"]


def test_a_small_feasibility_does_not_become_zero() -> None:
    ends = named("newcomer"), named("AI research scientist")
    found = find_routes(bundled(), *ends, k=60).routes
    assert all(0 < step.feasibility <= 1 for route in found for step in route.steps)
    assert 0 < min(route.feasibility for route in found) < 0.01


def test_of_claims_with_equal_ease_the_one_with_the_fewest_unmet_conditions_counts() -> None:
    """Role 1 asks for a background in data; that software engineering is the closest origin is said without."""
    (route,) = find_routes(bundled(), named("software engineer"), named("ML engineer")).routes
    claims = {claim.ease: claim.conditions for claim in route.steps[0].transitions}
    assert [bool(conditions) for conditions in (claims["most direct"], claims["closest transition"])] == [True, False]
    reasons = {part.name: part.reason for part in route.steps[0].factors}
    assert "closest transition" in reasons["words"]
    assert reasons["conditions"] == "none unmet"
    assert {claim.ease for claim in route.steps[0].transitions} == {"most direct", "closest transition"}


def test_the_answer_does_not_depend_on_the_order_of_the_statements() -> None:
    shuffled = list(bundled().statements.items())
    random.Random(7).shuffle(shuffled)
    other = Catalogue(dict(shuffled))
    ends = named("software engineer"), named("AI safety researcher")
    assert [stops(r) for r in find_routes(other, *ends, k=9).routes] == [
        stops(r) for r in find_routes(bundled(), *ends, k=9).routes
    ]


COSTS = st.sampled_from([0.5, 1.0, 1.0 + 1e-13, 2.0, 7.5, inf])
WALKS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True).map(tuple)


@given(costs=st.dictionaries(WALKS, COSTS, max_size=6))
def test_the_best_of_a_pool_is_the_first_of_those_that_are_put_in_order(costs: dict[tuple[str, ...], float]) -> None:
    def cost_within(nodes: tuple[str, ...], by: str, most: float) -> float:
        return costs[nodes] if costs[nodes] <= most else inf

    every = choose_among(costs, lambda nodes, by: costs[nodes], "attempts", 1)
    assert choose_best(costs, cost_within, "attempts") == every
