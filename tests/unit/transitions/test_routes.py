"""Routes: the best one is the best of all, learning is carried along, ties are stable, options keep their word."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cache
from math import isclose, prod
from typing import NamedTuple

import networkx as nx
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_requirements
from careergraph.catalogue.names import find_node
from careergraph.model.errors import AlreadyThere, NoRoute
from careergraph.rdf.kinds import POSITIONS
from careergraph.transitions.criteria import CRITERIA, LONGEST_ROUTE
from careergraph.transitions.feasibility import Parameters, effort, factors, feasibility
from careergraph.transitions.holdings import Holdings, holdings_of, learned_from, share_met
from careergraph.transitions.network import Network
from careergraph.transitions.origins import origin_at
from careergraph.transitions.routes import Route, routes


@cache
def bundled() -> Catalogue:
    return Catalogue.load()


def named(name: str, *kinds: str) -> str:
    return find_node(bundled(), name, *(kinds or POSITIONS))


def positions() -> list[str]:
    return sorted(iri for kind in POSITIONS for iri in bundled().by_kind.get(kind, ()))


def seen_from(origin: str) -> Network:
    return Network(bundled(), origin_at(bundled(), origin))


def stops(route: Route) -> list[str]:
    return [route.steps[0].origin.id, *(step.destination.id for step in route.steps)]


class Walked(NamedTuple):
    """A path found by brute force: its stops, its feasibility, its effort."""

    nodes: list[str]
    value: float
    effort: float


def all_paths(origin: str, destination: str) -> Iterator[Walked]:
    """Every loopless path, by plain recursion over what the network says."""
    catalogue, network = bundled(), seen_from(origin)
    parameters = Parameters.of(catalogue)

    def walk(so_far: Walked, held: Holdings) -> Iterator[Walked]:
        if destination in catalogue.lineage(so_far.nodes[-1]):
            yield so_far
            return
        for role, hop in network.hops(so_far.nodes[-1]).items():
            if role not in so_far.nodes and len(so_far.nodes) <= LONGEST_ROUTE:
                asked = list_requirements(catalogue, role)
                learned = learned_from(catalogue, [item for item in asked if share_met(item, held) < 1])
                arrived = holdings_of(catalogue, role)
                after = held.plus(arrived.assets, arrived.groups).plus(learned.assets, learned.groups)
                value = so_far.value * feasibility(factors(hop, asked, held, parameters))
                yield from walk(Walked([*so_far.nodes, role], value, so_far.effort + effort(asked, held)), after)

    yield from walk(Walked([origin], 1.0, 0.0), holdings_of(catalogue, origin))


#: Criterion → what brute force sorts by.
ORDERS: dict[str, Callable[[Walked], tuple[float, int, list[str]]]] = {
    "feasibility": lambda path: (-round(path.value, 12), len(path.nodes), path.nodes),
    "steps": lambda path: (0.0, len(path.nodes), path.nodes),
    "effort": lambda path: (round(path.effort, 12), len(path.nodes), path.nodes),
}


@pytest.mark.parametrize("origin", positions(), ids=lambda iri: iri.rsplit("/", 2)[-1])
@pytest.mark.parametrize("by", CRITERIA)
def test_the_best_routes_are_the_best_of_all_paths(origin: str, by: str) -> None:
    for destination in sorted(bundled().by_kind["role"]):
        if destination in bundled().lineage(origin):
            continue
        expected = sorted(all_paths(origin, destination), key=ORDERS[by])
        if not expected:
            with pytest.raises(NoRoute):
                routes(bundled(), origin, destination, by=by)
            continue
        found = routes(bundled(), origin, destination, k=5, by=by).routes
        assert [stops(route) for route in found] == [path.nodes for path in expected[:5]]
        for route, path in zip(found, expected, strict=False):
            assert isclose(route.feasibility, path.value, abs_tol=6e-5)
            assert isclose(route.effort, path.effort, abs_tol=6e-5)


def test_by_steps_the_length_equals_that_of_networkx() -> None:
    network = seen_from(named("newcomer"))
    graph: nx.DiGraph[str] = nx.DiGraph([(a, b) for a in positions() for b in network.hops(a)])
    for origin in (node for node in positions() if node in graph):
        lengths = nx.single_source_shortest_path_length(graph, origin)
        for destination, length in lengths.items():
            if destination not in bundled().lineage(origin) and not bundled().pointing(
                "http://www.w3.org/2004/02/skos/core#broader", destination, "role"
            ):
                assert len(routes(bundled(), origin, destination, by="steps").routes[0].steps) == length


def test_a_routes_feasibility_is_the_product_of_its_steps_and_those_of_their_factors() -> None:
    for route in routes(bundled(), named("software engineer"), named("AI safety researcher"), k=10).routes:
        assert isclose(route.feasibility, prod(step.feasibility for step in route.steps), abs_tol=2e-4)
        for step in route.steps:
            assert isclose(step.feasibility, prod(part.value for part in step.factors), abs_tol=3e-4)
            assert 0 < step.feasibility <= 1


def test_what_was_learned_on_the_way_is_not_missing_again() -> None:
    first, second = routes(bundled(), named("software engineer"), named("AI product manager")).routes[0].steps
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
    (step,) = routes(bundled(), named("software engineer"), named("ML engineer")).routes[0].steps
    assert {claim.ease for claim in step.transitions} == {"most direct", "closest transition"}
    sections = {item.section for item in step.evidence}
    assert sections == {"Role 1 / Transition path", "Transition / From software engineering"}


def test_every_step_over_an_asserted_transition_has_evidence() -> None:
    for origin in positions():
        for hop in seen_from(origin).hops(origin).values():
            assert all(claim.evidence for claim in hop)


def test_a_specialised_origin_may_go_where_the_general_one_goes() -> None:
    (step,) = routes(bundled(), named("philosopher"), named("AI ethicist")).routes[0].steps
    assert {claim.origin.label for claim in step.transitions} == {"Academic (philosophy)", "Humanities scholar"}


def test_via_and_avoid_keep_their_word_and_alternatives_are_distinct_and_loopless() -> None:
    ends = named("software engineer"), named("AI safety researcher")
    engineer, mlops = named("ML engineer"), named("MLOps")
    found = [stops(route) for route in routes(bundled(), *ends, k=50).routes]
    assert len({tuple(path) for path in found}) == len(found) > 3
    assert all(len(set(path)) == len(path) for path in found)
    assert [p for p in found if mlops in p] == [
        stops(r) for r in routes(bundled(), *ends, k=50, via=[mlops, engineer]).routes
    ]
    assert [p for p in found if mlops not in p] == [
        stops(r) for r in routes(bundled(), *ends, k=50, avoid=[mlops]).routes
    ]
    with pytest.raises(NoRoute, match="loosen"):
        routes(bundled(), *ends, avoid=[engineer])
    with pytest.raises(NoRoute, match="loosen"):
        routes(bundled(), *ends, max_steps=1)


def test_one_stop_can_be_two_that_were_asked_for() -> None:
    engineer, family = named("ML engineer"), named("AI career role")
    ends = named("software engineer"), named("AI product manager")
    (route,) = routes(bundled(), *ends, via=[engineer, family], max_steps=2).routes
    assert stops(route)[1:-1] == [engineer]


def test_no_route_says_where_one_could_get() -> None:
    with pytest.raises(NoRoute) as caught:
        routes(bundled(), named("ML engineer"), named("AI ethicist"))
    assert "AI product manager" in caught.value.reason
    with pytest.raises(AlreadyThere):
        routes(bundled(), named("Alignment researcher"), named("AI safety researcher"))


def reweighted(term: str, weight: str) -> Catalogue:
    """The bundled data with another weight for one term."""
    statements = dict(bundled().statements)
    iri = f"https://w3id.org/careergraph/id/{term}"
    statements[iri] = statements[iri] | {"https://w3id.org/careergraph/ontology#weight": [weight]}
    return Catalogue(statements)


@pytest.mark.parametrize(("term", "weight"), [("ease/accessible", "0.0"), ("parameter/preparation-penalty", "1.25")])
def test_a_step_that_the_weights_make_impossible_is_no_step(term: str, weight: str) -> None:
    with pytest.raises(NoRoute):
        routes(reweighted(term, weight), named("consultant"), named("AI product manager"))


def test_a_condition_at_a_level_of_no_weight_is_met() -> None:
    other = reweighted("level/unstated", "0")
    (route,) = routes(other, named("software engineer"), named("ML engineer")).routes
    assert "programs in Python" not in {part.name: part.reason for part in route.steps[0].factors}["conditions"]


def test_a_small_feasibility_does_not_become_zero() -> None:
    ends = named("newcomer"), named("AI research scientist")
    found = routes(bundled(), *ends, k=60, derived=True).routes
    assert all(0 < step.feasibility <= 1 for route in found for step in route.steps)
    assert 0 < min(route.feasibility for route in found) < 0.0001


def test_claims_of_equal_ease_all_bring_their_conditions() -> None:
    (route,) = routes(bundled(), named("software engineer"), named("ML engineer")).routes
    reasons = {part.name: part.reason for part in route.steps[0].factors}
    assert "most direct" in reasons["ease"]
    assert "closest transition" in reasons["ease"]
    assert "some background in data" in reasons["conditions"]


def test_the_answer_does_not_depend_on_the_order_of_the_statements() -> None:
    shuffled = list(bundled().statements.items())
    random.Random(7).shuffle(shuffled)
    other = Catalogue(dict(shuffled))
    ends = named("software engineer"), named("AI safety researcher")
    assert [stops(r) for r in routes(other, *ends, k=9).routes] == [
        stops(r) for r in routes(bundled(), *ends, k=9).routes
    ]
