"""Routes over the transition network: best first, with what was learned carried along."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache
from heapq import heappop, heappush
from itertools import islice
from math import log

from careergraph.catalogue import Catalogue
from careergraph.claims import pay, requirements
from careergraph.errors import AlreadyThere, NoRoute
from careergraph.feasibility import Factor, Parameters, factors, feasibility
from careergraph.gaps import Missing, held_of, missing_of, teachers
from careergraph.holdings import Held, held_by, met, taught_by
from careergraph.network import Hop, Network
from careergraph.records import Evidence, Pay, Record, Ref, Requirement, Transition
from careergraph.vocabulary import SKOS

LONGEST_ROUTE = 6
#: What a route can be best by: the cost of one step, given its feasibility.
COSTS: dict[str, Callable[[float], float]] = {
    "feasibility": lambda value: -log(value),
    "steps": lambda value: 1.0,
}


class RouteStep(Record):
    """One transition of a route, seen by somebody who has walked the route so far."""

    origin: Ref
    destination: Ref
    basis: str
    feasibility: float
    factors: tuple[Factor, ...]
    held: tuple[Ref, ...]
    missing: tuple[Missing, ...]
    milestones: tuple[Ref, ...]
    transitions: tuple[Transition, ...]
    pay: tuple[Pay, ...]
    evidence: tuple[Evidence, ...]


class Route(Record):
    """A sequence of steps; its feasibility is the product of theirs."""

    feasibility: float
    steps: tuple[RouteStep, ...]


class Routes(Record):
    """The answer to `path`: the best route first."""

    origin: Ref
    destination: Ref
    routes: tuple[Route, ...]


class _Leg(Record):
    """A step during the search: what it was worth, and what was held before it."""

    origin: str
    destination: str
    hop: Hop
    held: Held
    factors: tuple[Factor, ...]


def routes(
    catalogue: Catalogue,
    origin: str,
    destination: str,
    *,
    k: int = 1,
    via: Collection[str] = (),
    avoid: Collection[str] = (),
    max_steps: int = LONGEST_ROUTE,
    by: str = "feasibility",
) -> Routes:
    """The best routes from a position to a role over asserted transitions.

    What the origin holds and what roles on the way ask for is carried along, so it is not missing again later; the
    search minimises the cost with that carried along. Ties go to fewer steps, then to IRIs in order, so the answer
    is the same on every run.

    Args:
        catalogue: where to look.
        origin: the IRI of a position.
        destination: the IRI of a role; arriving at a specialisation of it counts.
        k: how many routes at most, all without loops and distinct.
        via: IRIs of roles that a route has to pass, in any order.
        avoid: IRIs of roles that a route may not pass.
        max_steps: how many steps at most.
        by: `feasibility` (Σ −ln f, so the product is greatest) or `steps`.

    Raises:
        AlreadyThere: the origin is the destination or a specialisation of it.
        NoRoute: no route keeps to these conditions.

    Notes:
        Best-first search over loopless paths: exact, and exponential in `max_steps` at worst. The curated network
        has some thirty positions with few transitions each.

    >>> from careergraph.names import resolve
    >>> catalogue = Catalogue.load()
    >>> ends = resolve(catalogue, "consultant"), resolve(catalogue, "AI product manager")
    >>> [step.basis for step in routes(catalogue, *ends).routes[0].steps]
    ['asserted']
    """
    if destination in catalogue.lineage(origin):
        raise AlreadyThere(catalogue.label(origin), catalogue.label(destination))
    network = Network(catalogue)
    paths = _paths(network, origin, destination, frozenset(avoid), max_steps, COSTS[by])
    wanted = (path for path in paths if set(via) <= _passed(catalogue, path))
    found = tuple(_route(catalogue, path) for path in islice(wanted, k))
    if not found:
        raise NoRoute(
            catalogue.label(origin),
            catalogue.label(destination),
            reason=_why_none(network, origin, destination, restricted=bool(via or avoid)),
        )
    return Routes(catalogue.ref(origin), catalogue.ref(destination), found)


def _paths(
    network: Network,
    origin: str,
    destination: str,
    avoid: frozenset[str],
    max_steps: int,
    cost: Callable[[float], float],
) -> Iterator[tuple[_Leg, ...]]:
    catalogue, parameters = network.catalogue, Parameters.of(network.catalogue)
    asked = cache(lambda role: requirements(catalogue, role))
    queue: list[tuple[float, int, tuple[str, ...], Held, tuple[_Leg, ...]]] = []
    heappush(queue, (0.0, 0, (origin,), held_by(catalogue, origin), ()))
    while queue:
        spent, length, nodes, held, legs = heappop(queue)
        if destination in catalogue.lineage(nodes[-1]):
            yield legs
            continue
        if length == max_steps:
            continue
        for role, hop in network.hops(nodes[-1]).items():
            if role in nodes or role in avoid:
                continue
            leg = _Leg(nodes[-1], role, hop, held, factors(hop, asked(role), held, parameters))
            total = spent + cost(feasibility(leg.factors))
            after = _held_after(catalogue, held, role, asked(role))
            heappush(queue, (total, length + 1, (*nodes, role), after, (*legs, leg)))


def _held_after(catalogue: Catalogue, held: Held, role: str, asked: tuple[Requirement, ...]) -> Held:
    arrived = held_by(catalogue, role)
    learned = taught_by(catalogue, (item for item in asked if met(item, held) < 1))
    return held.plus(arrived.assets, arrived.groups).plus(learned.assets, learned.groups)


def _passed(catalogue: Catalogue, path: tuple[_Leg, ...]) -> set[str]:
    return {node for leg in path[:-1] for node in catalogue.lineage(leg.destination)}


def _route(catalogue: Catalogue, path: tuple[_Leg, ...]) -> Route:
    steps = tuple(_step(catalogue, leg) for leg in path)
    value = 1.0
    for leg in path:
        value *= feasibility(leg.factors)
    return Route(round(value, 4), steps)


def _step(catalogue: Catalogue, leg: _Leg) -> RouteStep:
    asked = requirements(catalogue, leg.destination)
    evidence = dict.fromkeys(item for transition in leg.hop for item in transition.evidence)
    return RouteStep(
        origin=catalogue.ref(leg.origin),
        destination=catalogue.ref(leg.destination),
        basis="asserted",
        feasibility=round(feasibility(leg.factors), 4),
        factors=tuple(Factor(part.name, round(part.value, 4), part.reason) for part in leg.factors),
        held=held_of(asked, leg.held),
        missing=missing_of(asked, leg.held, teachers(catalogue)),
        milestones=_milestones(catalogue, leg, asked),
        transitions=leg.hop,
        pay=pay(catalogue, leg.destination),
        evidence=tuple(evidence),
    )


def _milestones(catalogue: Catalogue, leg: _Leg, asked: tuple[Requirement, ...]) -> tuple[Ref, ...]:
    """Credentials and milestones to reach on a step; a group of alternatives as what they have in common."""
    groups = [item.any_of for item in asked if met(item, leg.held) < 1]
    groups += [step.any_of for transition in leg.hop for step in transition.steps]
    groups += [condition.any_of for transition in leg.hop for condition in transition.conditions]
    found = (ref for group in groups for ref in _in_common(catalogue, group))
    return tuple(dict.fromkeys(ref for ref in found if _is_milestone(ref) and not leg.held.level([ref.id])))


def _is_milestone(ref: Ref) -> bool:
    return ref.kind in ("credential", "milestone")


def _in_common(catalogue: Catalogue, group: tuple[Ref, ...]) -> tuple[Ref, ...]:
    if len(group) < 2:
        return group
    shared = set.intersection(*(set(catalogue.values(ref.id, SKOS.broader)) for ref in group))
    return tuple(map(catalogue.ref, sorted(shared)))


def _why_none(network: Network, origin: str, destination: str, *, restricted: bool) -> str:
    label = network.catalogue.label
    reachable = network.reachable(origin)
    if any(destination in network.catalogue.lineage(role) for role in reachable):
        asked = "with these conditions" if restricted else "within that many steps"
        return f"none does so {asked}; loosen --via, --avoid or --max-steps."
    if not reachable:
        return f"no source names a transition from {label(origin)}. `careergraph list transition` shows all."
    return f"sources lead from there only to {', '.join(map(label, reachable))}."
