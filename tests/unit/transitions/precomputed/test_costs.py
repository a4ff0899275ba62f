"""The projection of a large network: laid down once, the same as the engine works out, and searched the same way."""

from __future__ import annotations

import json
from itertools import pairwise
from math import isclose
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.derive.step_costs import compute_step_costs, write_step_costs
from careergraph.model.errors import NoRoute, UnusableDataset
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.standards import SKOS
from careergraph.rdf.vocabulary import ID
from careergraph.transitions.criteria import CRITERIA, LONGEST_ROUTE, Ways
from careergraph.transitions.holdings import find_holdings
from careergraph.transitions.network import Network
from careergraph.transitions.origins import make_origin
from careergraph.transitions.precomputed.costs import ARRAYS, HEADER, StepCosts
from careergraph.transitions.precomputed.routes import Walker, find_candidate_walks
from careergraph.transitions.precomputed.tables import find_costs, set_costs
from careergraph.transitions.routes import find_routes
from careergraph.transitions.shortest_paths import CostGraph, find_best_paths, find_cheapest_paths, find_least_within
from careergraph.transitions.steps import StepWalk
from occupations import ANALYSTS, MANAGERS, NURSES, STATISTICIANS, merge, statements

ETHICIST = f"{ID}role/ai-ethicist"


@pytest.fixture(scope="module")
def step_costs() -> StepCosts:
    return compute_step_costs(merge(), None)


@pytest.fixture
def projected(step_costs: StepCosts) -> Catalogue:
    """The catalogue with its projection, as an imported data set has it."""
    catalogue = Catalogue(statements())
    set_costs(catalogue, step_costs)
    return catalogue


def test_every_step_is_as_feasible_and_takes_as_much_as_the_engine_says(step_costs: StepCosts) -> None:
    found = {(tail, step_costs.nodes[step.head]): step for tail, step in step_costs.edges(derived=True)}
    assert len(found) > 300
    for node in step_costs.nodes:
        network = Network(merge(), make_origin(merge(), node))
        step_walk, held = StepWalk(network), network.origin.held
        hops = network.hops(node)
        assert {head for tail, head in found if tail == node} == hops.keys() & set(step_costs.nodes)
        for head in hops:
            step, leg = found[node, head], step_walk.leg(merge().ref(node), head, held)
            for name in ("ease", "effort", "surcharge", "months"):
                figures = getattr(step, name), getattr(leg, name)
                assert isclose(*figures, rel_tol=1e-5, abs_tol=0.11 if name == "months" else 1e-5), (node, head, name)
            assert step.computed == (not network.claims_of(node, head))
            assert (not step.last) == network.is_passable(node, head)


def test_preparation_is_as_the_claims_have_it(step_costs: StepCosts) -> None:
    network = Network(merge(), make_origin(merge(), NURSES))
    for node in step_costs.nodes:
        laid_down, claimed = step_costs.preparation(node), network.preparation(node)
        for name in ("stated_for", "zone", "licence"):
            assert getattr(laid_down, name) == getattr(claimed, name)
        for name in ("experience", "training"):
            one, other = getattr(laid_down, name), getattr(claimed, name)
            assert (one is None) == (other is None)
            assert one is None or vars(one) == pytest.approx(vars(other))


def test_no_way_costs_less_than_the_bound_for_so_many_steps(step_costs: StepCosts) -> None:
    cost = CRITERIA["attempts"].cost
    graph = CostGraph(
        (tail, step_costs.nodes[step.head], cost(step))
        for tail, step in step_costs.edges(derived=True)
        if not step.last or step_costs.nodes[step.head] == ETHICIST
    )
    exact = find_least_within(graph, [graph.number[ETHICIST]], LONGEST_ROUTE)
    bounds = step_costs.within(step_costs.number[ETHICIST], LONGEST_ROUTE)
    for least, bound in zip(exact, bounds, strict=True):
        for node in graph.nodes:
            here, there = bound[step_costs.number[node]], least[graph.number[node]]
            assert here <= there
            assert here == pytest.approx(there, rel=1e-4)


def test_bridges_count_the_ways_that_pass(step_costs: StepCosts) -> None:
    passes = [int(step_costs.array("passes")[number]) for number in range(len(step_costs.nodes))]
    assert 0 < max(passes) < step_costs.pairs
    families = [node for node in step_costs.nodes if merge().pointing(SKOS.broader, node, "role")]
    assert all(passes[step_costs.number[family]] == 0 for family in families)


def test_what_is_held_and_asked_for_is_as_the_claims_have_it(step_costs: StepCosts) -> None:
    for node in step_costs.nodes:
        laid_down, claimed = step_costs.holds(node).assets, find_holdings(merge(), node).assets
        assert laid_down.keys() == claimed.keys() & set(step_costs.assets)
        assert all(isclose(level, claimed[asset], rel_tol=1e-6) for asset, level in laid_down.items())
    network = Network(merge(), make_origin(merge(), NURSES), derived=True)
    for node in merge().by_kind["occupation"]:
        asked = {item.any_of[0].id: (item.importance, item.needed) for item in step_costs.requirements(node)}
        claims = {item.any_of[0].id: (item.importance, item.needed) for item in StepWalk(network).requirements(node)}
        assert asked.keys() == claims.keys()
        assert all(isclose(a, b, rel_tol=1e-6) for key in asked for a, b in zip(asked[key], claims[key], strict=True))


def test_what_is_written_is_what_is_read_and_the_same_every_time(step_costs: StepCosts, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_step_costs(merge(), None, tmp_path / name)
    read = StepCosts.open(str(tmp_path / "one"))
    assert read is not None
    assert read.nodes == step_costs.nodes
    for mine, other in zip(read.edges(derived=True), step_costs.edges(derived=True), strict=True):
        assert mine[0] == other[0]
        assert tuple(map(float, mine[1])) == pytest.approx(tuple(map(float, other[1])))
    for file in (HEADER, ARRAYS):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_folder_without_one_has_none_and_a_damaged_one_is_refused(tmp_path: Path) -> None:
    assert StepCosts.open(str(tmp_path)) is None
    write_step_costs(merge(), None, tmp_path)
    (tmp_path / ARRAYS).write_bytes((tmp_path / ARRAYS).read_bytes()[:-8])
    with pytest.raises(UnusableDataset, match="import it again"):
        StepCosts.open(str(tmp_path))
    header = json.loads((tmp_path / HEADER).read_text())
    (tmp_path / HEADER).write_text(json.dumps(header | {"format": 0}))
    with pytest.raises(UnusableDataset, match="another version"):
        StepCosts.open(str(tmp_path))


@pytest.mark.parametrize("by", ["attempts", "feasibility", "steps"])
@pytest.mark.parametrize("origin", [NURSES, STATISTICIANS, f"{ID}background/software-engineer"])
def test_the_best_candidate_is_the_best_route_of_the_exact_search(projected: Catalogue, origin: str, by: str) -> None:
    for destination in (ETHICIST, f"{ID}role/ai-research-scientist", f"{ID}role/machine-learning-engineer"):
        exact = find_routes(merge(), origin, destination, by=by, derived=True, max_steps=3).routes[0]
        found = find_routes(projected, origin, destination, by=by, derived=True, max_steps=3).routes[0]
        assert found == exact


def test_candidates_come_in_the_order_of_what_their_steps_cost_most_people(projected: Catalogue) -> None:
    network = Network(projected, make_origin(projected, MANAGERS))
    costs = find_costs(projected)
    assert costs is not None
    walks = find_candidate_walks(Walker(network, costs), Ways((ETHICIST,), (), frozenset(), 3, "attempts", 1), 30)
    cost = CRITERIA["attempts"].cost
    steps = {(tail, costs.nodes[step.head]): cost(step) for tail, step in costs.edges(derived=True)}
    sums = [sum(steps[pair] for pair in pairwise(nodes)) for nodes in walks]
    assert len(walks) == len(set(walks)) >= 20
    assert sums == pytest.approx(sorted(sums))
    assert all(len(set(nodes)) == len(nodes) <= 4 for nodes in walks)


def test_a_search_that_runs_out_of_patience_still_answers_and_does_not_call_it_proven(
    projected: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careergraph.transitions.precomputed.routes.PATIENCE", (2, 60))
    found = find_routes(projected, NURSES, ETHICIST)
    assert found.routes
    assert not found.proven


def test_stops_are_passed_in_whichever_order_is_best_and_what_is_avoided_is_not(projected: Catalogue) -> None:
    stops = [f"{ID}role/machine-learning-engineer", f"{ID}role/data-engineer"]
    found = find_routes(projected, MANAGERS, ETHICIST, via=stops, derived=True, max_steps=4, k=2)
    for route in found.routes:
        assert set(stops) <= {step.destination.id for step in route.steps[:-1]}
    avoided = find_routes(projected, MANAGERS, ETHICIST, avoid=[ANALYSTS], derived=True, k=8)
    assert all(ANALYSTS not in {step.destination.id for step in route.steps} for route in avoided.routes)
    with pytest.raises(NoRoute, match="with these conditions"):
        find_routes(projected, MANAGERS, ETHICIST, via=stops, derived=True, max_steps=2)


def test_a_gain_in_skill_lowers_no_feasibility_of_a_route_along_the_same_way(projected: Catalogue) -> None:
    start = make_origin(projected, NURSES)
    plain = find_routes(projected, start, ETHICIST).routes[0].feasibility
    for skill in ("python", "ethical-rigour", "research-skills"):
        richer = start.with_assets(projected, (f"{ID}skill/{skill}",), "added")
        assert find_routes(projected, richer, ETHICIST).routes[0].feasibility >= plain


Edge = tuple[int, int, float]


@settings(max_examples=200, deadline=None)
@given(
    edges=st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 6), st.floats(0.01, 5)).filter(lambda edge: edge[0] != edge[1]),
        min_size=1,
        max_size=25,
    ),
    limit=st.integers(1, 5),
)
def test_cheapest_paths_of_so_many_steps_are_the_first_of_all_paths(edges: list[Edge], limit: int) -> None:
    graph, origin = CostGraph(edges), edges[0][0]
    found = {path[-1]: (cost, path) for cost, path in find_cheapest_paths(graph, origin, limit)}
    for node in graph.nodes:
        best = next(find_best_paths(graph, origin, [node], max_steps=limit), None)
        if node == origin or best is None:
            assert node not in found
        else:
            assert isclose(found[node][0], best[0], abs_tol=1e-9)
            assert len(found[node][1]) <= limit + 1


def test_kinds_of_positions_are_all_projected(step_costs: StepCosts) -> None:
    assert {merge().kind(node) for node in step_costs.nodes} == set(POSITIONS)
    nodes = step_costs.nodes
    graph: nx.DiGraph[str] = nx.DiGraph((tail, nodes[step.head]) for tail, step in step_costs.edges(derived=True))
    assert nx.has_path(graph, NURSES, ETHICIST)
    assert all(tail != head for tail, head in graph.edges)
