"""Best paths on graphs with fixed costs: the same as NetworkX finds, in the same order of costs."""

from __future__ import annotations

from itertools import islice, pairwise
from math import inf, isclose, log

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careergraph.transitions.shortest_paths import CostGraph, find_best_paths, find_best_walks, find_least_within

Edge = tuple[int, int, float]


def graphs() -> st.SearchStrategy[list[Edge]]:
    node, cost = st.integers(0, 7), st.floats(0.01, 5)
    return st.lists(st.tuples(node, node, cost).filter(lambda edge: edge[0] != edge[1]), min_size=1, max_size=30)


def simple(edges: list[Edge]) -> nx.DiGraph[int]:
    """The same graph for NetworkX: of parallel edges the cheapest."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    for tail, head, cost in edges:
        if not graph.has_edge(tail, head) or cost < graph[tail][head]["weight"]:
            graph.add_edge(tail, head, weight=cost)
    return graph


@settings(max_examples=300, deadline=None)
@given(edges=graphs())
def test_paths_and_costs_equal_those_of_networkx(edges: list[Edge]) -> None:
    theirs = simple(edges)
    origin, destination = edges[0][0], edges[-1][1]
    found = list(islice(find_best_paths(CostGraph(edges), origin, [destination]), 8))
    if origin == destination:
        assert found == [(0.0, (origin,))]
        return
    if not nx.has_path(theirs, origin, destination):
        assert found == []
        return
    expected = list(islice(nx.shortest_simple_paths(theirs, origin, destination, weight="weight"), 8))
    assert len(found) == len(expected)
    for (cost, path), other in zip(found, expected, strict=True):
        assert isclose(cost, nx.path_weight(theirs, other, "weight"), abs_tol=1e-9)
        assert isclose(cost, nx.path_weight(theirs, list(path), "weight"), abs_tol=1e-9)


@settings(max_examples=100, deadline=None)
@given(edges=graphs(), free=st.booleans(), data=st.data())
def test_in_a_large_graph_the_least_costs_are_the_same(edges: list[Edge], free: bool, data: st.DataObject) -> None:
    made = [(tail, head, 0.0 if free and tail % 2 else cost) for tail, head, cost in edges]
    small, large = CostGraph(made), CostGraph(made)
    ends = data.draw(st.sets(st.sampled_from(range(len(small.nodes)))))
    expected = small.least_to(ends)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("careergraph.transitions.shortest_paths.MANY_EDGES", 1)
        assert large.least_to(ends) == expected


@settings(max_examples=200, deadline=None)
@given(edges=graphs(), limit=st.integers(1, 6))
def test_all_loopless_paths_come_once_each_in_order_and_none_is_too_long(edges: list[Edge], limit: int) -> None:
    origin, destination = edges[0][0], edges[-1][1]
    found = list(find_best_paths(CostGraph(edges), origin, [destination], max_steps=limit))
    expected = nx.all_simple_paths(simple(edges), origin, destination, cutoff=limit)
    assert sorted(path for _, path in found) == sorted(
        {tuple(path) for path in expected} | ({(origin,)} if origin == destination else set())
    )
    assert [round(cost, 9) for cost, _ in found] == sorted(round(cost, 9) for cost, _ in found)


@settings(max_examples=200, deadline=None)
@given(edges=graphs(), limit=st.integers(1, 6))
def test_bounds_for_each_number_of_steps_change_nothing_about_what_is_found(edges: list[Edge], limit: int) -> None:
    origin, destination = edges[0][0], edges[-1][1]
    graph = CostGraph(edges)
    within = find_least_within(graph, [graph.number[destination]], limit)
    bounded = find_best_paths(graph, origin, [destination], max_steps=limit, within=within)
    assert list(bounded) == list(find_best_paths(graph, origin, [destination], max_steps=limit))


@settings(max_examples=100, deadline=None)
@given(edges=graphs(), limit=st.integers(0, 6))
def test_the_least_within_a_number_of_steps_is_that_of_the_cheapest_way_so_short(edges: list[Edge], limit: int) -> None:
    destination = edges[-1][1]
    graph = CostGraph(edges)
    found = find_least_within(graph, [graph.number[destination]], limit)[limit]
    theirs = simple(edges)
    for node, least in zip(graph.nodes, found, strict=True):
        ways = nx.all_simple_paths(theirs, node, destination, cutoff=limit) if node != destination else [[node]]
        assert isclose(least, min((nx.path_weight(theirs, way, "weight") for way in ways), default=inf), abs_tol=1e-9)


@settings(max_examples=200, deadline=None)
@given(edges=graphs(), discount=st.floats(0.1, 0.9))
def test_with_costs_that_depend_on_the_way_the_order_is_still_exact(edges: list[Edge], discount: float) -> None:
    """Every step makes later ones cheaper: the least cost is the discounted one."""
    origin, destination = edges[0][0], edges[-1][1]
    graph = CostGraph([(tail, head, cost * discount**8) for tail, head, cost in edges])
    real = {(tail, head): data["weight"] for tail, head, data in simple(edges).edges(data=True)}

    def advance(steps: int, tail: int, head: int) -> tuple[float, int]:
        return real[graph.nodes[tail], graph.nodes[head]] * discount**steps, steps + 1

    found = [(cost, path) for cost, path, _ in find_best_walks(graph, origin, [destination], 0, advance)]
    paths = (
        [(origin,)] if origin == destination else map(tuple, nx.all_simple_paths(simple(edges), origin, destination))
    )
    expected = {path: sum(real[ends] * discount**n for n, ends in enumerate(pairwise(path))) for path in paths}
    assert {path: round(cost, 9) for cost, path in found} == {path: round(cost, 9) for path, cost in expected.items()}
    assert [round(cost, 9) for cost, _ in found] == sorted(round(cost, 9) for cost in expected.values())


def test_ties_go_to_fewer_steps_and_then_to_the_order_of_the_nodes() -> None:
    edges = [("o", "z", 1.0), ("z", "d", 1.0), ("o", "a", 1.0), ("a", "d", 1.0), ("o", "d", 2.0)]
    found = list(find_best_paths(CostGraph(edges, order=sorted({"o", "z", "d", "a"})), "o", ["d"]))
    assert [path for _, path in found] == [("o", "d"), ("o", "a", "d"), ("o", "z", "d")]


def test_the_product_of_feasibilities_is_the_sum_of_costs() -> None:
    edges = [("a", "b", -log(0.5)), ("b", "c", -log(0.5)), ("a", "c", -log(0.2))]
    ((cost, path), _) = find_best_paths(CostGraph(edges), "a", ["c"])
    assert path == ("a", "b", "c")
    assert isclose(cost, -log(0.25))


def test_an_unknown_origin_leads_nowhere() -> None:
    assert list(find_best_paths(CostGraph([("a", "b", 1.0)]), "x", ["b"])) == []
    assert list(find_best_paths(CostGraph([("a", "b", 1.0)]), "a", ["x"])) == []


def test_bounds_for_more_steps_than_there_are_nodes_are_those_for_as_many() -> None:
    graph = CostGraph([("a", "b", 1.0), ("b", "c", 1.0), ("a", "c", 3.0), ("c", "a", 0.0)])
    within = find_least_within(graph, [graph.number["c"]], 100_000)
    assert len(within) == 100_001
    assert within[2] is within[-1]  # nothing is computed again that cannot change
