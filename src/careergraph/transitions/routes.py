"""Routes through the transition network, best first; what is learned on the way counts for later steps."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache
from itertools import islice
from math import inf, prod

from careergraph.catalogue.alignments import find_arrivals, find_positions
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_pay
from careergraph.model.errors import AlreadyThere, ContradictoryConditions, NoRoute
from careergraph.model.records import Record, replace
from careergraph.rdf.kinds import POSITIONS
from careergraph.transitions.alternatives import (
    LONGEST_ALTERNATIVE,
    LabelledRoute,
    choose_among,
    choose_best,
    order_by_cost,
)
from careergraph.transitions.criteria import CANDIDATES, CRITERIA, DEFAULT, HOURS_PER_WEEK, LONGEST_ROUTE, Ways
from careergraph.transitions.durations import list_stays, sum_spans
from careergraph.transitions.feasibility import round_figure
from careergraph.transitions.holdings import Holdings, share_met
from careergraph.transitions.network import Network
from careergraph.transitions.origins import Origin, make_origin
from careergraph.transitions.pay import Rates, compare_pay
from careergraph.transitions.precomputed.tables import find_costs
from careergraph.transitions.requirements import find_requirements
from careergraph.transitions.route_steps import Route, Routes, RouteStep, tell_step
from careergraph.transitions.shortest_paths import CostGraph, OutOfPatience, find_best_walks, find_least_within
from careergraph.transitions.steps import Leg, StepWalk
from careergraph.transitions.studies import LONG_SHOT, Studies, find_nearer

#: How many partial routes an exact search examines before it gives up proving that it has found the best.
PATIENCE = 2_000
#: How many more routes than wanted it considers for alternatives.
SPARE = 10


def find_routes(
    catalogue: Catalogue,
    origin: str | Origin,
    destination: str,
    *,
    k: int = 1,
    via: Collection[str] = (),
    avoid: Collection[str] = (),
    max_steps: int = LONGEST_ROUTE,
    by: str = DEFAULT,
    derived: bool | None = None,
    step_down: bool = False,
    hours_per_week: float = HOURS_PER_WEEK,
    rates: Rates | None = None,
    patience: int = PATIENCE,
    outlook: bool = True,
) -> Routes:
    """Find the best routes from a position or person to a role.

    What the origin holds and what steps list as missing counts as held from then on, so it is not missing again later,
    and the search minimises the cost on that basis. Ties go to fewer steps, then to IRIs in order, so the answer is the
    same on every run.

    Args:
        catalogue: where to look.
        origin: the IRI of a position, or an origin.
        destination: the IRI of a role; arriving at a specialisation of it counts.
        k: how many routes at most, all without loops and distinct. The first is the best; the next are the best by
            the other criteria, where they differ, and then the next best that have no stop in common with those.
        via: IRIs of roles that a route has to pass, in any order.
        avoid: IRIs of roles that a route may not pass.
        max_steps: how many steps at most.
        by: the criterion, one of `transitions.criteria.CRITERIA`: `attempts`, the sum of c + 1/feasibility over the
            steps plus the cost of schooling that is lacking; `feasibility` (the product), `steps`, `effort`, `time`.
        derived: whether steps may be taken that no source names; False keeps to sources.
        step_down: whether a stop may take two grades of preparation less than an earlier one.
        hours_per_week: how many hours a week somebody learns; it affects only `duration`.
        rates: the user's exchange rates, for comparing pay; without them no currency is converted.
        patience: how many partial routes an exact search examines before it gives up proving that one is best.
        outlook: whether to look, where the best route is a long shot, for a degree and a role that are nearer.

    Raises:
        AlreadyThere: the origin is the destination or a specialisation of it.
        ContradictoryConditions: a role is both to be passed and to be avoided, or a number or criterion is not valid.
        NoRoute: no route meets these conditions.

    Notes:
        Exact without imported occupations, see `transitions.shortest_paths.best_walks`: `via` filters what that finds.
        With them, the best candidates by the costs for most people are ranked by the costs for this person:
        see `careergraph.transitions.precomputed.routes`.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load()
    >>> ends = find_node(catalogue, "consultant"), find_node(catalogue, "AI product manager")
    >>> [step.basis for step in find_routes(catalogue, *ends).routes[0].steps]
    ['asserted']
    """
    start = make_origin(catalogue, origin)
    _check(catalogue, destination, via, avoid, k, max_steps, by, hours_per_week)
    if max_steps > LONGEST_ROUTE:  # no route passes a position twice
        max_steps = min(max_steps, sum(len(catalogue.by_kind.get(kind, ())) for kind in POSITIONS))
    if any(destination in find_positions(catalogue, position) for position in start.positions):
        raise AlreadyThere(start.ref.label, catalogue.label(destination))
    network = Network(catalogue, start, derived=derived is not False, towards=destination, step_down=step_down)
    stops = tuple(sorted(set(via) - {destination, *start.positions}))
    ways = Ways(
        find_arrivals(catalogue, destination), stops, frozenset(avoid) - {start.ref.id}, max_steps, by, patience
    )
    search = _exact if find_costs(catalogue) is None else _among_candidates
    found = search(network, ways, k, hours_per_week)
    if not found.routes:
        reason = _why_none(network, destination, restricted=bool(via or avoid))
        raise NoRoute(start.ref.label, catalogue.label(destination), reason=reason)
    # The tables of an import have no words and evidence, which are needed now.
    walk = StepWalk(network, hours_per_week=hours_per_week)
    answers = tuple(_route(network, nodes, labels, rates, walk, tell_step) for nodes, labels in found.routes)
    answer = Routes(start.ref, catalogue.ref(destination), by, found.proven, answers, None, None)
    if not outlook or answers[0].feasibility >= LONG_SHOT:
        return answer
    return add_outlook(network, answer, Studies(catalogue, start, hours_per_week), hours_per_week)


def add_outlook(network: Network, found: Routes, studies: Studies, hours_per_week: float = HOURS_PER_WEEK) -> Routes:
    """The same answer; where its best route is a long shot, with a degree and a role that are nearer.

    Args:
        network: the network of the answer, seen from its origin.
        found: the answer.
        studies: what degrees would change for the origin.
        hours_per_week: how many hours a week somebody learns.
    """
    best, destination = found.routes[0], found.destination.id
    if best.feasibility >= LONG_SHOT:
        return found
    study, nearer = studies.find(destination), find_nearer(network, destination, hours_per_week)
    return replace(found, by_degree=study if study and study.attempts < best.attempts else None, nearer=nearer)


def _check(
    catalogue: Catalogue,
    destination: str,
    via: Collection[str],
    avoid: Collection[str],
    k: int,
    max_steps: int,
    by: str,
    hours_per_week: float,
) -> None:
    if by not in CRITERIA:
        raise ContradictoryConditions(f"A route cannot be best by {by!r}; it can be by {', '.join(CRITERIA)}.")
    if k < 1 or max_steps < 1:
        raise ContradictoryConditions(
            f"At least one route of at least one step has to be asked for, not {k} of {max_steps}."
        )
    if not 0 < hours_per_week <= 168:
        raise ContradictoryConditions(f"Nobody learns {hours_per_week:g} hours a week.")
    both = sorted(map(catalogue.label, {*via, destination} & set(avoid)))
    if both:
        raise ContradictoryConditions(f"A route cannot both pass and avoid {', '.join(both)}.")


#: Makes a record of a step.
Tell = Callable[[Network, Leg], RouteStep]


class SearchResult(Record):
    """The result of a search: the walk, the routes with their labels, and whether the first is proven best."""

    walk: StepWalk
    routes: list[LabelledRoute]
    proven: bool


def _exact(network: Network, ways: Ways, k: int, hours_per_week: float) -> SearchResult:
    walk = StepWalk(network, hours_per_week=hours_per_week)
    best, proven = _first(_exact_walks(walk, ways, ways.by), k if k == 1 else k + SPARE)
    if not proven and len(best) < k + SPARE:
        best += _first(_exact_walks(walk, ways, DEFAULT), CANDIDATES)[0] or _short(walk, ways)
    legs = {nodes: tuple(walk.legs(nodes)) for nodes in best}

    def cost(nodes: tuple[str, ...], by: str) -> float:
        return sum(map(CRITERIA[by].cost, legs[nodes]))

    return SearchResult(walk, choose_among(legs, cost, ways.by, k), proven or (k > 1 and len(best) > k))


def _short(walk: StepWalk, ways: Ways) -> list[tuple[str, ...]]:
    """Routes of two steps, or else of one, so that there is an answer when patience ends among the long ones."""
    for most in (2, 1):
        shorter = Ways(ways.ends, ways.stops, ways.avoid, min(most, ways.max_steps), ways.by, ways.patience)
        found = _first(_exact_walks(walk, shorter, DEFAULT), CANDIDATES)[0]
        if found:
            return found
    return []


def _first(walks: Iterator[tuple[str, ...]], most: int) -> tuple[list[tuple[str, ...]], bool]:
    """The first of some walks, and whether patience was enough to find that many, or all."""
    found: list[tuple[str, ...]] = []
    try:
        for nodes in islice(walks, most):
            found.append(nodes)
    except OutOfPatience:
        return found, False
    return found, True


def _among_candidates(network: Network, ways: Ways, k: int, hours_per_week: float) -> SearchResult:
    # On the start path: without imported occupations, nothing is precomputed.
    from careergraph.transitions.precomputed.routes import ELSEWHERE, FOR_EACH, Walker, find_candidate_walks

    costs = find_costs(network.catalogue)
    assert costs is not None
    walker = Walker(network, costs, hours_per_week)
    pool = dict.fromkeys(find_candidate_walks(walker, ways, max(CANDIDATES, FOR_EACH * k)))
    if k == 1:
        return SearchResult(walker.step_walk, choose_best(pool, walker.cost_within, ways.by), False)
    longest = min(ways.max_steps, LONGEST_ALTERNATIVE + len(ways.stops))
    for by in CRITERIA if pool else ():
        other = Ways(ways.ends, ways.stops, ways.avoid, longest, by, ways.patience)
        pool |= dict.fromkeys(find_candidate_walks(walker, other, ELSEWHERE))
    return SearchResult(walker.step_walk, choose_among(pool, walker.cost, ways.by, k), False)


def rank_candidates(network: Network, destination: str, most: int) -> list[tuple[str, ...]]:
    """The best few routes to a role among imported occupations, by the IRIs of their positions, the best first.

    Args:
        network: the network, for whose origin they are best.
        destination: the IRI of a role.
        most: how many at most.
    """
    from careergraph.transitions.precomputed.routes import Walker, find_candidate_walks

    costs = find_costs(network.catalogue)
    assert costs is not None
    walker = Walker(network, costs)
    ways = Ways(find_arrivals(network.catalogue, destination), (), frozenset(), LONGEST_ROUTE, DEFAULT, PATIENCE)
    found = find_candidate_walks(walker, ways, CANDIDATES)
    return sorted(found, key=lambda nodes: order_by_cost(walker.cost(nodes, DEFAULT), nodes))[:most]


def _exact_walks(step_walk: StepWalk, ways: Ways, by: str) -> Iterator[tuple[str, ...]]:
    network, criterion, ends = step_walk.network, CRITERIA[by], set(ways.ends)
    edges = {
        (tail, head): hop
        for tail in (network.origin.ref.id, *network.reachable())
        for head, hop in network.hops(tail).items()
        if tail not in ways.avoid and head not in ways.avoid and (head in ends or network.is_passable(tail, head))
    }
    graph = CostGraph(
        ((*pair, criterion.cost(step_walk.least(*pair, hop))) for pair, hop in edges.items()),
        order=sorted({node for pair in edges for node in pair}),
    )

    # Holdings after a step are computed only if the search continues from there, which is rare.
    def advance(held_here: Callable[[], Holdings], tail: int, head: int) -> tuple[float, Callable[[], Holdings]]:
        place, role, held = graph.nodes[tail], graph.nodes[head], held_here()
        here = network.origin.ref if place == network.origin.ref.id else network.catalogue.ref(place)
        return criterion.cost(step_walk.leg(here, role, held)), cache(lambda: step_walk.after(held, role))

    goals = [node for node in ways.ends if node in graph.number]
    stops = set(ways.stops)
    if stops and not stops <= _leading(network.catalogue, graph, goals):  # then trying all walks would find none
        return iter(())
    within = find_least_within(graph, [graph.number[node] for node in goals], ways.max_steps)
    walks = find_best_walks(
        graph,
        network.origin.ref.id,
        goals,
        lambda: network.origin.held,
        advance,
        max_steps=ways.max_steps,
        within=within,
        patience=ways.patience,
    )
    return (nodes for _, nodes, _ in walks if stops <= _stops_passed(network.catalogue, nodes))


def _leading(catalogue: Catalogue, graph: CostGraph[str], ends: Collection[str]) -> set[str]:
    """The positions from which a route leads to one of the ends, and the broader ones of these."""
    least = graph.least_to([graph.number[node] for node in ends])
    return {
        passed for node in graph.nodes if least[graph.number[node]] < inf for passed in find_positions(catalogue, node)
    }


def _stops_passed(catalogue: Catalogue, nodes: tuple[str, ...]) -> set[str]:
    return {passed for node in nodes[1:-1] for passed in find_positions(catalogue, node)}


def follow_route(
    network: Network,
    nodes: tuple[str, ...],
    rates: Rates | None = None,
    hours_per_week: float = HOURS_PER_WEEK,
    labels: tuple[str, ...] = (),
    walk: StepWalk | None = None,
    tell: Tell | None = None,
) -> Route:
    """The route through some positions, by IRI, for the network's origin.

    `walk` may already have its steps, and `tell` makes a record of a step; `tell_step` if not given.
    """
    walk = walk or StepWalk(network, hours_per_week=hours_per_week)
    return _route(network, nodes, labels, rates, walk, tell or tell_step)


def measure_walk(walk: StepWalk, nodes: tuple[str, ...]) -> tuple[float, float]:
    """The feasibility and the attempts of a route, given by the IRIs of its positions."""
    legs = tuple(walk.legs(nodes))
    attempts = sum(CRITERIA[DEFAULT].cost(leg) for leg in legs)
    return round_figure(prod((leg.ease for leg in legs), start=1.0)), round(attempts, 4)


def _route(
    network: Network,
    nodes: tuple[str, ...],
    labels: tuple[str, ...],
    rates: Rates | None,
    walk: StepWalk,
    tell: Tell,
) -> Route:
    catalogue, legs = network.catalogue, tuple(walk.legs(nodes))
    steps = tuple(tell(network, leg) for leg in legs)
    times = [step.duration for step in steps]
    # Only what is known of the two themselves is compared, not what those like them earn.
    paid = [(step.destination, [line for line in step.pay if line.role.id == step.destination.id]) for step in steps]
    return Route(
        labels=labels,
        feasibility=round_figure(prod((leg.ease for leg in legs), start=1.0)),
        attempts=round(sum(CRITERIA[DEFAULT].cost(leg) for leg in legs), 4),
        effort=round(sum(leg.effort for leg in legs), 4),
        duration=sum_spans([*(part for time in times for part in time.parts), *list_stays(times)]),
        steps=steps,
        pay_changes=compare_pay([(network.origin.ref, list_pay(catalogue, nodes[0])), *paid], rates),
    )


_NO_CHAIN = "no chain of transitions that sources name leads there"


def _why_none(network: Network, destination: str, *, restricted: bool) -> str:
    catalogue = network.catalogue
    if find_costs(catalogue) is not None:
        chain = "with these conditions" if restricted else "within that many steps"
        return (
            f"none leads there {chain}."
            if network.derived
            else f"{_NO_CHAIN} {chain}; without --asserted some are computed."
        )
    reachable = network.reachable()
    if any(destination in find_positions(catalogue, role) for role in reachable):
        arrivals = [network.hop(place, destination) for place in (network.origin.ref.id, *reachable)]
        moves = [move for hop in arrivals for move in hop]
        if moves and not any(move.ease_weight for move in moves):
            words = " or ".join(dict.fromkeys(f'"{move.ease}"' for move in moves))
            return f"every step that leads there is called {words}, and that has a weight of 0."
        asked = "with these conditions; loosen one of them" if restricted else "within that many steps; allow more"
        return f"none does so {asked}."
    if not reachable:
        return f"no source names a transition from {network.origin.ref.label}; without --asserted some are computed."
    arriving = [catalogue.label(origin) for origin in network.origins_of(destination)]
    known = f"; it is reached from {', '.join(arriving)}" if arriving else "; no source names a way to it"
    wanting = [item for item in find_requirements(catalogue, destination) if share_met(item, network.origin.held) < 1]
    credentials = (" or ".join(ref.label for ref in i.any_of) for i in wanting if i.any_of[0].kind == "credential")
    lacking = "".join(f"; it asks for a {credential}, which is missing" for credential in credentials)
    nearest = ", ".join(map(catalogue.label, reachable))
    computed = "Without --asserted, steps that no source names are computed"
    return f"sources lead from there only to {nearest}{known}{lacking}. {computed}."
