"""All routes that there are, by plain recursion, and what a search has to find among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from math import isclose
from typing import NamedTuple

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import is_in_vocabulary
from careergraph.model.errors import NoRoute
from careergraph.rdf.kinds import POSITIONS
from careergraph.transitions.criteria import CRITERIA
from careergraph.transitions.holdings import Holdings, find_holdings, find_lessons, share_met
from careergraph.transitions.network import Network
from careergraph.transitions.origins import make_origin
from careergraph.transitions.requirements import find_requirements
from careergraph.transitions.route_steps import Route
from careergraph.transitions.routes import find_routes
from careergraph.transitions.steps import StepWalk


def list_origins(catalogue: Catalogue) -> list[str]:
    """All positions but those of the vocabulary, which are alike: of them every eighth."""
    every = sorted(iri for kind in POSITIONS for iri in catalogue.by_kind.get(kind, ()))
    words = [iri for iri in every if is_in_vocabulary(catalogue, iri)]
    return sorted({*every} - {*words} | {*words[::8]})


def stops(route: Route) -> list[str]:
    """The IRIs of the positions that a route passes."""
    return [route.steps[0].origin.id, *(step.destination.id for step in route.steps)]


class Walked(NamedTuple):
    """A path found by brute force: its stops, and what it costs by each criterion."""

    nodes: list[str]
    costs: dict[str, float]


def all_paths(catalogue: Catalogue, origin: str, *, derived: bool, max_steps: int) -> list[Walked]:
    """Every loopless path to anywhere, by plain recursion over what the network says."""
    network = Network(catalogue, make_origin(catalogue, origin), derived=derived)
    step_walk = StepWalk(network)

    def walk(so_far: Walked, held: Holdings) -> Iterator[Walked]:
        here = so_far.nodes[-1]
        for role in network.hops(here) if len(so_far.nodes) <= max_steps else ():
            if role not in so_far.nodes:
                leg = step_walk.leg(catalogue.ref(here), role, held)
                costs = {by: so_far.costs[by] + CRITERIA[by].cost(leg) for by in CRITERIA}
                yield (path := Walked([*so_far.nodes, role], costs))
                if network.is_passable(here, role):
                    yield from walk(path, arrived(catalogue, held, role))

    return list(walk(Walked([origin], dict.fromkeys(CRITERIA, 0.0)), find_holdings(catalogue, origin)))


def arrives_first(catalogue: Catalogue, path: Walked, destination: str) -> bool:
    """Whether a path ends at a destination, and meets it nowhere before."""
    return [destination in catalogue.lineage(node) for node in path.nodes].index(True) == len(path.nodes) - 1


def arrived(catalogue: Catalogue, held: Holdings, role: str) -> Holdings:
    """What is held after a step, by the words of the design: what was held, what was missing, and the position."""
    learned = find_lessons(
        catalogue, [item for item in find_requirements(catalogue, role) if share_met(item, held) < 1]
    )
    there = [iri for iri in find_holdings(catalogue, role).assets if catalogue.kind(iri) in POSITIONS]
    return held.plus(learned.assets, learned.groups).plus(dict.fromkeys(there, 1.0))


def assert_best(catalogue: Catalogue, origin: str, criteria: Iterable[str], *, derived: bool, max_steps: int) -> None:
    """Assert that the search finds the best of all paths to each role."""
    walked = all_paths(catalogue, origin, derived=derived, max_steps=max_steps)
    for destination in sorted(catalogue.by_kind["role"]):
        if destination in catalogue.lineage(origin):
            continue
        ending = [path for path in walked if destination in catalogue.lineage(path.nodes[-1])]
        paths = [path for path in ending if arrives_first(catalogue, path, destination)]
        ask = partial(find_routes, catalogue, origin, destination, derived=derived, max_steps=max_steps)
        if not paths:
            with pytest.raises(NoRoute):
                ask()
        for by in criteria if paths else ():
            expected = min(paths, key=lambda path: (round(path.costs[by], 9), len(path.nodes), path.nodes))
            found = ask(by=by)
            assert found.proven
            assert stops(found.routes[0]) == expected.nodes
            assert isclose(found.routes[0].attempts, expected.costs["attempts"], abs_tol=2e-4)
            assert isclose(found.routes[0].effort, expected.costs["effort"], abs_tol=2e-4)
