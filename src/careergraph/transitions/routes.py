"""Routes over the transition network: best first, with what was learned carried along."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache
from itertools import islice
from math import inf, prod
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.alignments import arrivals, positions_of
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_requirements, pay
from careergraph.model.errors import AlreadyThere, ContradictoryConditions, NoRoute
from careergraph.model.records import Evidence, Pay, Record, Ref, Transition
from careergraph.rdf.vocabulary import SKOS
from careergraph.transitions.criteria import CRITERIA, LONGEST_ROUTE, Criterion
from careergraph.transitions.feasibility import Factor, effort, feasibility, round_figure
from careergraph.transitions.gaps import Missing, assets_that_meet, missing_of
from careergraph.transitions.holdings import Holdings, share_met
from careergraph.transitions.network import Network, considers_derived
from careergraph.transitions.origins import Origin, origin_at
from careergraph.transitions.pay import PayChange, Rates, pay_changes
from careergraph.transitions.precomputed.opened import find_costs
from careergraph.transitions.precomputed.routes import candidate_walks
from careergraph.transitions.shortest_paths import CostGraph, best_walks
from careergraph.transitions.steps import Leg, StepWalk

if TYPE_CHECKING:
    from careergraph.model.values import Effort, Feasibility, Schema


class RouteStep(Record):
    """One move of a route, seen by somebody who has walked the route so far."""

    origin: Ref
    """Where the step starts."""
    destination: Ref
    """The role that the step leads to."""
    basis: Annotated[str, Schema(enum=["asserted", "derived"])]
    """Whether a source asserts the move or it was derived by computing."""
    feasibility: Feasibility
    """The product of the factors, rounded to four places."""
    effort: Effort
    """What there is to learn or reach on the step, rounded to four places."""
    factors: tuple[Factor, ...]
    """What the feasibility is made of."""
    held: tuple[Ref, ...]
    """What the role asks for and is held in full before the step."""
    missing: tuple[Missing, ...]
    """What the role asks for and is not held in full before the step."""
    milestones: tuple[Ref, ...]
    """The credentials and milestones to reach on the step."""
    transitions: tuple[Transition, ...]
    """What sources assert about the move; empty for a derived one."""
    pay: tuple[Pay, ...]
    """What the role pays, line by line as sources have it."""
    evidence: tuple[Evidence, ...]
    """Who asserts the move; empty for a derived one."""


class Route(Record):
    """A sequence of steps."""

    feasibility: Feasibility
    """The product of the steps' feasibilities, rounded to four places."""
    effort: Effort
    """The sum of the steps' efforts, rounded to four places."""
    steps: Annotated[tuple[RouteStep, ...], Schema(minItems=1)]
    """The steps, from the origin to the destination."""
    pay_changes: tuple[PayChange, ...]
    """How the roles on the route differ in pay, where lines can be compared."""


class Routes(Record):
    """The best routes from a position to a role."""

    origin: Ref
    """The position that was asked from."""
    destination: Ref
    """The role that was asked for; a route may end at a specialisation of it."""
    routes: Annotated[tuple[Route, ...], Schema(minItems=1, uniqueItems=True)]
    """The routes, the best first."""


def routes(
    catalogue: Catalogue,
    origin: str | Origin,
    destination: str,
    *,
    k: int = 1,
    via: Collection[str] = (),
    avoid: Collection[str] = (),
    max_steps: int = LONGEST_ROUTE,
    by: str = "feasibility",
    derived: bool | None = None,
    rates: Rates | None = None,
) -> Routes:
    """Find the best routes from a position or person to a role.

    What the origin holds and what roles on the way ask for is carried along, so it is not missing again later; the
    search minimises the cost with that carried along. Ties go to fewer steps, then to IRIs in order, so the answer
    is the same on every run.

    Args:
        catalogue: where to look.
        origin: the IRI of a position, or an origin.
        destination: the IRI of a role; arriving at a specialisation of it counts.
        k: how many routes at most, all without loops and distinct.
        via: IRIs of roles that a route has to pass, in any order.
        avoid: IRIs of roles that a route may not pass.
        max_steps: how many steps at most.
        by: `feasibility` (least Σ −ln f, so the product is greatest), `steps`, or `effort` (least to learn).
        derived: whether steps may be taken that no source names; if not said, only from or to an occupation.
        rates: exchange rates of the user's, for comparing pay; without them no currency is converted.

    Raises:
        AlreadyThere: the origin is the destination or a specialisation of it.
        ContradictoryConditions: the same role is to be passed and avoided, or a number or criterion cannot be one.
        NoRoute: no route keeps to these conditions.

    Notes:
        Exact without imported occupations, see `transitions.shortest_paths.best_walks`: `via` filters what that finds.
        With them, the best candidates by what steps cost most people are put in order by what they cost this one:
        see `careergraph.transitions.precomputed.routes`.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load()
    >>> ends = find_node(catalogue, "consultant"), find_node(catalogue, "AI product manager")
    >>> [step.basis for step in routes(catalogue, *ends).routes[0].steps]
    ['asserted']
    """
    start = origin_at(catalogue, origin)
    _check(catalogue, destination, via, avoid, k, max_steps, by)
    if any(destination in positions_of(catalogue, position) for position in start.positions):
        raise AlreadyThere(start.ref.label, catalogue.label(destination))
    derived = considers_derived(catalogue, start, destination) if derived is None else derived
    network = Network(catalogue, start, derived=derived, towards=destination)
    stops, avoided = set(via) - {destination, *start.positions}, frozenset(avoid) - {start.ref.id}
    costs = find_costs(catalogue)
    if costs is None:
        walks = _walks(network, destination, stops, avoided, max_steps, CRITERIA[by])
        wanted: Iterator[tuple[str, ...]] = filter(lambda nodes: stops <= _stops_passed(catalogue, nodes), walks)
    else:
        cost = CRITERIA[by].cost
        wanted = iter(
            candidate_walks(
                network,
                costs,
                destination,
                stops,
                avoided,
                max_steps,
                cost,
                k,
                tabled=by == "feasibility",
            )
        )
    found = tuple(route_along(network, nodes, rates) for nodes in islice(wanted, k))
    if not found:
        reason = _why_none(network, destination, restricted=bool(via or avoid))
        raise NoRoute(start.ref.label, catalogue.label(destination), reason=reason)
    return Routes(start.ref, catalogue.ref(destination), found)


def _check(
    catalogue: Catalogue,
    destination: str,
    via: Collection[str],
    avoid: Collection[str],
    k: int,
    max_steps: int,
    by: str,
) -> None:
    if by not in CRITERIA:
        raise ContradictoryConditions(f"A route cannot be best by {by!r}; it can be by {', '.join(CRITERIA)}.")
    if k < 1 or max_steps < 1:
        raise ContradictoryConditions(
            f"At least one route of at least one step has to be asked for, not {k} of {max_steps}."
        )
    both = sorted(map(catalogue.label, {*via, destination} & set(avoid)))
    if both:
        raise ContradictoryConditions(f"A route cannot both pass and avoid {', '.join(both)}.")


def _walks(
    network: Network,
    destination: str,
    stops: Collection[str],
    avoid: frozenset[str],
    max_steps: int,
    criterion: Criterion,
) -> Iterator[tuple[str, ...]]:
    step_walk = StepWalk(network)
    edges = {
        (tail, head): hop
        for tail in (network.origin.ref.id, *network.reachable())
        for head, hop in network.hops(tail).items()
        if tail not in avoid and head not in avoid
    }
    graph = CostGraph(
        ((*ends, criterion.least(step_walk.easiest(*ends, hop))) for ends, hop in edges.items()),
        order=sorted({node for ends in edges for node in ends}),
    )

    # What is held after a step is worked out when the search goes on from there, which it seldom does.
    def advance(held_here: Callable[[], Holdings], tail: int, head: int) -> tuple[float, Callable[[], Holdings]]:
        place, role, held = graph.nodes[tail], graph.nodes[head], held_here()
        parts = step_walk.factors(place, role, edges[place, role], held)
        cost = criterion.cost(feasibility(parts), effort(step_walk.asked(role), held))
        return cost, cache(lambda: step_walk.after(held, role))

    ends = [node for node in arrivals(network.catalogue, destination) if node in graph.number]
    if stops and not set(stops) <= _leading(network.catalogue, graph, ends):  # then trying all walks would find none
        return iter(())
    walks = best_walks(graph, network.origin.ref.id, ends, lambda: network.origin.held, advance, max_steps=max_steps)
    return (nodes for _, nodes, _ in walks)


def _leading(catalogue: Catalogue, graph: CostGraph[str], ends: Collection[str]) -> set[str]:
    """The positions, with those they specialise, from which a way leads to one of the ends."""
    least = graph.least_to([graph.number[node] for node in ends])
    return {
        passed for node in graph.nodes if least[graph.number[node]] < inf for passed in positions_of(catalogue, node)
    }


def _stops_passed(catalogue: Catalogue, nodes: tuple[str, ...]) -> set[str]:
    return {passed for node in nodes[1:-1] for passed in positions_of(catalogue, node)}


def route_along(network: Network, nodes: tuple[str, ...], rates: Rates | None = None) -> Route:
    """The route through some positions, by IRI, for whoever the network's origin is."""
    catalogue = network.catalogue
    legs = tuple(StepWalk(network).legs(nodes))
    steps = tuple(_step(catalogue, leg) for leg in legs)
    paid = [(network.origin.ref, pay(catalogue, nodes[0])), *((step.destination, step.pay) for step in steps)]
    return Route(
        feasibility=round_figure(prod((feasibility(leg.factors) for leg in legs), start=1.0)),
        effort=round(sum(effort(leg.asked, leg.held) for leg in legs), 4),
        steps=steps,
        pay_changes=pay_changes(paid, rates),
    )


def _step(catalogue: Catalogue, leg: Leg) -> RouteStep:
    evidence = dict.fromkeys(item for transition in leg.hop for item in transition.evidence)
    return RouteStep(
        origin=leg.origin,
        destination=catalogue.ref(leg.destination),
        basis="asserted" if leg.hop else "derived",
        feasibility=round_figure(feasibility(leg.factors)),
        effort=round(effort(leg.asked, leg.held), 4),
        factors=tuple(Factor(part.name, round_figure(part.value), part.reason) for part in leg.factors),
        held=assets_that_meet(leg.asked, leg.held),
        missing=missing_of(catalogue, leg.asked, leg.held),
        milestones=_milestones(catalogue, leg),
        transitions=leg.hop,
        pay=pay(catalogue, leg.destination),
        evidence=tuple(evidence),
    )


def _milestones(catalogue: Catalogue, leg: Leg) -> tuple[Ref, ...]:
    """Credentials and milestones to reach on a step; a group of alternatives as what they have in common."""
    groups = [item.any_of for item in leg.asked if share_met(item, leg.held) < 1]
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


_NO_CHAIN = "no chain of transitions that sources name leads there"


def _why_none(network: Network, destination: str, *, restricted: bool) -> str:
    catalogue = network.catalogue
    if find_costs(catalogue) is not None:
        chain = "with these conditions" if restricted else "within that many steps"
        return f"none leads there {chain}." if network.derived else f"{_NO_CHAIN} {chain}; --derived computes some."
    reachable = network.reachable()
    if any(destination in positions_of(catalogue, role) for role in reachable):
        asked = "with these conditions" if restricted else "within that many steps"
        return f"none does so {asked}; loosen --via, --avoid or --max-steps."
    if not reachable:
        return f"no source names a transition from {network.origin.ref.label}; --derived computes some."
    arriving = [catalogue.label(origin) for origin in network.origins_of(destination)]
    known = f"; it is reached from {', '.join(arriving)}" if arriving else "; no source names a way to it"
    wanting = [item for item in list_requirements(catalogue, destination) if share_met(item, network.origin.held) < 1]
    credentials = (" or ".join(ref.label for ref in i.any_of) for i in wanting if i.any_of[0].kind == "credential")
    lacking = "".join(f"; it asks for a {credential}, which is missing" for credential in credentials)
    nearest = ", ".join(map(catalogue.label, reachable))
    return f"sources lead from there only to {nearest}{known}{lacking}. --derived adds steps that no source names."
