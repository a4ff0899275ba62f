"""NetworkX's cheapest way is the route, over the pairs of the bundled graph."""

from __future__ import annotations

from functools import cache
from itertools import pairwise, product
from math import isclose
from typing import NamedTuple

import networkx as nx
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_transitions
from careergraph.catalogue.names import is_in_vocabulary
from careergraph.model.errors import AlreadyThere, NoRoute
from careergraph.rdf.kinds import DESTINATIONS, POSITIONS
from careergraph.transitions.criteria import CRITERIA
from careergraph.transitions.moves import BEST_BY
from careergraph.transitions.multigraph import NO_MOVE, to_networkx
from careergraph.transitions.network import Network
from careergraph.transitions.origins import make_origin
from careergraph.transitions.routes import find_routes
from careergraph.transitions.steps import StepWalk


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


@cache
def whole(*, derived: bool = False) -> nx.MultiDiGraph[str]:
    return to_networkx(bundled(), derived=derived)


def of_kinds(*kinds: str) -> list[str]:
    return [iri for kind in kinds for iri in bundled().by_kind.get(kind, ())]


#: Costs that differ by no more are the same.
SAME = 1e-9


class Costs(NamedTuple):
    """What a route costs with what is learned carried along, and with what is usual at each stop alone."""

    carried: float
    usual: float


def walk(origin: str, stops: list[str], *, derived: bool) -> Costs:
    """What a route costs, both ways."""
    network = Network(bundled(), make_origin(bundled(), origin), derived=derived)
    legs = list(StepWalk(network).legs((origin, *stops)))
    cost = CRITERIA[BEST_BY].cost
    carried = sum(map(cost, legs))
    graph = whole(derived=derived)
    usual = sum(min(e["cost"] for e in graph[tail][head].values()) for tail, head in pairwise((origin, *stops)))
    return Costs(carried, usual)


def cheapest(origin: str, role: str, *, derived: bool) -> list[str] | None:
    """Where NetworkX's cheapest way stops: arriving at a part of AI safety is arriving at AI safety, at no cost."""
    graph = whole(derived=derived)
    nodes = nx.shortest_path(graph, origin, role, weight="cost") if nx.has_path(graph, origin, role) else []
    costs = [min(edge["cost"] for edge in graph[tail][head].values()) for tail, head in pairwise(nodes)]
    moves = ("transition" in {edge["kind"] for edge in graph[t][h].values()} for t, h in pairwise(nodes))
    stops = [node for node, is_move in zip(nodes[1:], moves, strict=True) if is_move]
    return None if not nodes or sum(costs) >= NO_MOVE else stops


def origins(*, all_of_them: bool) -> list[str]:
    """All positions, of those of the vocabulary every tenth; or those from which sources name a move, and some others.

    Only a route may start from a family of roles by a step that is computed.
    """
    every = of_kinds(*POSITIONS)
    if all_of_them:
        words = [iri for iri in every if is_in_vocabulary(bundled(), iri)]
        return sorted({*every} - {*words} | {*words[::10]})
    named = {move.origin.id for move in list_transitions(bundled())}
    is_family = Network(bundled(), make_origin(bundled(), every[0])).is_family
    others = [origin for origin in every if origin not in named and not is_family(origin)]
    return [*sorted(named), *others[::20]]


@pytest.mark.parametrize("derived", [False, True])
def test_a_cheapest_way_is_the_route_wherever_costs_do_not_depend_on_the_way(derived: bool) -> None:
    """Each finds the cheapest way by its own costs, over all pairs; where the two cost a way the same, they agree."""
    settled = 0
    for origin, role in product(origins(all_of_them=not derived), of_kinds(*DESTINATIONS)):
        try:
            best = find_routes(bundled(), origin, role, derived=derived).routes[0]
        except AlreadyThere:
            continue
        except NoRoute:
            assert cheapest(origin, role, derived=derived) is None
            continue
        stops = [step.destination.id for step in best.steps]
        found = cheapest(origin, role, derived=derived)
        assert found is not None
        assert derived or found == stops, "among the moves that sources name, the two agree everywhere"
        ours, theirs = (walk(origin, way, derived=derived) for way in (stops, found))
        assert theirs.usual <= ours.usual + SAME
        network = Network(bundled(), make_origin(bundled(), origin), derived=derived)
        if not all(network.is_passable(tail, head) for tail, head in pairwise((origin, *found[:-1]))):
            continue  # what NetworkX does not know: a step down, or a role that nobody passes through
        assert ours.carried <= theirs.carried + SAME
        if all(isclose(way.carried, way.usual, abs_tol=SAME) for way in (ours, theirs)):
            settled += 1
            assert isclose(ours.usual, theirs.usual, abs_tol=SAME)
            assert found == stops or len(found) >= len(stops)  # of ways that cost the same, path takes the shortest
    assert settled
