"""The outlook: where somebody can get to, what one more skill would change, which roles open up most others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.alignments import find_positions
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.jobs import count_jobs, find_jobs
from careergraph.model.errors import AlreadyThere, NoRoute
from careergraph.model.records import Attribute, Record, Ref
from careergraph.rdf.kinds import POSITIONS
from careergraph.transitions.criteria import DEFAULT, HOURS_PER_WEEK, LONGEST_ROUTE
from careergraph.transitions.ease import load_calibration
from careergraph.transitions.gaps import find_gap
from careergraph.transitions.holdings import Holdings
from careergraph.transitions.learning_order import order_by_learning
from careergraph.transitions.moves import list_moves
from careergraph.transitions.network import Network
from careergraph.transitions.origins import NOWHERE_ELSE, Origin, make_origin
from careergraph.transitions.precomputed.costs import StepCosts
from careergraph.transitions.precomputed.routes import Walker, find_cheapest_walks
from careergraph.transitions.precomputed.tables import find_costs
from careergraph.transitions.route_steps import Route, Routes
from careergraph.transitions.routes import PATIENCE, find_routes, follow_route, measure_walk, rank_candidates
from careergraph.transitions.shortest_paths import CostGraph, find_cheapest_paths
from careergraph.transitions.steps import StepWalk
from careergraph.transitions.stops import is_on_the_way

if TYPE_CHECKING:
    from careergraph.model.values import Amount, Count, Feasibility, Schema, Share


#: Routes are computed for this many times the wanted number of destinations: the best ones by the costs for most people
#: need not be the best by the costs for this person.
_SPARE = 1.5
#: By so many months may those of the table of step costs differ from the exact ones.
_ROUNDED = 0.1
#: How many routes are compared again for each skill that might come next.
_POOL = 5


class Destination(Record):
    """A role within reach."""

    role: Ref
    """The role itself."""
    feasibility: Feasibility
    """The feasibility of the best route, rounded to four places."""
    attempts: Amount
    """The expected attempts of the best route."""
    before: Feasibility | None
    """The feasibility without what was added; null if nothing was added or no route led there."""
    route: Route
    """The best route."""
    jobs: Attribute | None
    """How many jobs there are, if a source counts them; of equally near roles, those with more jobs come first."""


class Reach(Record):
    """The roles that can be reached from an origin, each with its best route."""

    origin: Ref
    """The position or person that was asked from."""
    added: tuple[Ref, ...]
    """The assets that this question adds to those of the origin."""
    destinations: tuple[Destination, ...]
    """The roles within reach, those that take the fewest attempts first, given how many jobs there are."""


class Gain(Record):
    """The effect of holding one more asset in full."""

    asset: Ref
    """The skill, credential, milestone or position."""
    feasibility: Feasibility
    """The feasibility of the best route with the asset, rounded to four places."""
    gain: Annotated[float, Schema(minimum=-1, maximum=1)]
    """The difference that the asset makes to the feasibility."""
    attempts: Annotated[float, Schema(exclusiveMinimum=0)]
    """How many expected attempts the asset saves."""


class NextSkills(Record):
    """The single assets that would make the best route to a role easier."""

    origin: Ref
    """The position or person that was asked from."""
    destination: Ref
    """The role that was asked for."""
    feasibility: Feasibility
    """The feasibility of the best route as things stand, rounded to four places."""
    attempts: Amount
    """The expected attempts of the best route as things stand."""
    gains: tuple[Gain, ...]
    """The assets that would help: what others build on first, then the most helpful first."""


class Bridge(Record):
    """A role on the way to others."""

    role: Ref
    """The role itself."""
    betweenness: Share
    """The share of all pairs whose best route passes through the role, rounded to four places."""
    passes: Annotated[int, Schema(minimum=1)]
    """For how many pairs the best route passes through the role."""


class Bridges(Record):
    """The roles that best routes pass through."""

    pairs: Count
    """How many pairs of a position and a role have a route."""
    bridges: tuple[Bridge, ...]
    """The roles that routes pass through, the busiest first."""


def reach(
    catalogue: Catalogue,
    origin: str | Origin,
    *,
    added: tuple[str, ...] = (),
    max_steps: int = LONGEST_ROUTE,
    by: str = DEFAULT,
    derived: bool | None = None,
    step_down: bool = False,
    hours_per_week: float = HOURS_PER_WEEK,
    within: float | None = None,
    limit: int | None = None,
) -> Reach:
    """Find the roles and occupations that can be reached, each with its best route.

    Args:
        catalogue: where to look.
        origin: the IRI of a position, or an origin.
        added: IRIs of assets to add to what is held: what if these were held in full?
        max_steps: how many steps a route may have at most.
        by: the criterion for the best route to each; the ranking is by attempts.
        derived: whether steps may be taken that no source names; False keeps to sources.
        step_down: whether a stop may take two grades of preparation less than an earlier one.
        hours_per_week: how many hours a week somebody learns.
        within: the most months to arrive: the middle of the range counts, and routes of unknown duration are left out.
        limit: how many roles, and how many occupations, at most; all if not given.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load()
    >>> found = reach(catalogue, find_node(catalogue, "data scientist"), limit=2, derived=False)
    >>> sorted(destination.role.label for destination in found.destinations)
    ['AI product manager', 'Machine learning engineer']
    """
    start = make_origin(catalogue, origin)
    richer = start.with_assets(catalogue, added, "added for this question") if added else start
    made = partial(Network, catalogue, derived=derived is not False, step_down=step_down)
    spare = None if limit is None else _SPARE * limit
    routes_there = _best_of_all(made(richer), max_steps, by, spare, hours_per_week, within=within)
    best = {route.steps[-1].destination: route for route in routes_there}
    plain: dict[str, Route] = {}
    if added:
        before = _best_of_all(made(start), max_steps, by, None, hours_per_week, {role.id for role in best})
        plain = {route.steps[-1].destination.id: route for route in before}
    found = [
        _destination(catalogue, role, route, plain.get(role.id))
        for role, route in best.items()
        if _in_time(route, within)
    ]
    found.sort(key=lambda item: (weigh_attempts_by_jobs(item), len(item.route.steps), item.role.id))
    return Reach(start.ref, tuple(map(catalogue.ref, added)), tuple(_first_of_each_kind(found, limit)))


def _destination(catalogue: Catalogue, role: Ref, route: Route, plain: Route | None) -> Destination:
    before = plain.feasibility if plain else None
    return Destination(role, route.feasibility, route.attempts, before, route, find_jobs(catalogue, role.id))


def weigh_attempts_by_jobs(found: Destination) -> float:
    """The expected attempts to get into a role, given how many jobs there are: the model × size.

    The chance of the last step is multiplied by (jobs / usual jobs)^exponent; it is unchanged if jobs are not counted.
    The parameters are in `calibration.json`.
    """
    last, known = found.route.steps[-1].feasibility, load_calibration()
    if found.jobs is None or not last:
        return found.attempts
    openings: float = (max(1, count_jobs(found.jobs)) / known.jobs_usual) ** known.jobs_exponent
    return found.attempts + (1 / openings - 1) / last


def _in_time(route: Route, within: float | None) -> bool:
    known = all(step.duration.parts for step in route.steps)
    return within is None or (known and (route.duration.low + route.duration.high) / 2 <= within)


def _best_of_all(
    network: Network,
    max_steps: int,
    by: str,
    most: float | None,
    hours_per_week: float,
    wanted: Collection[str] | None = None,
    within: float | None = None,
) -> Iterator[Route]:
    """The best route to each role in reach, or to those wanted; in a large network, to some of each kind.

    There, routes that take longer than `within` months are left out.
    """
    catalogue, origin = network.catalogue, network.origin
    costs = find_costs(catalogue)
    if costs is None:
        roles = [role for role in network.reachable() if wanted is None or role in wanted]
        for role in roles:
            yield from _best(network, role, max_steps, by, hours_per_week, PATIENCE // len(roles))
        return
    places = {place for position in origin.positions for place in find_positions(catalogue, position)}
    seen: Counter[str] = Counter()
    walker, walk = Walker(network, costs, hours_per_week), StepWalk(network, hours_per_week=hours_per_week)
    for nodes in find_cheapest_walks(walker, max_steps, by):
        kind = catalogue.kind(nodes[-1])
        is_wanted = nodes[-1] not in places if wanted is None else nodes[-1] in wanted
        if is_wanted and not _has_sensible_stops(network, nodes):
            nodes = (nodes[0], nodes[-1])
            is_wanted = nodes[-1] in walker.first
        if not is_wanted or (most is not None and seen[kind] >= most) or not _is_worth_it(walker, nodes, within):
            continue
        route = follow_route(network, nodes, hours_per_week=hours_per_week, walk=walk)
        if _in_time(route, within):
            seen[kind] += 1
            yield route


def _has_sensible_stops(network: Network, nodes: tuple[str, ...]) -> bool:
    """Whether each stop of a route makes sense for whoever wants to get to its end: see `stops.is_on_the_way`."""
    return all(is_on_the_way(network, tail, head, nodes[-1]) for tail, head in pairwise(nodes[:-1]))


def _is_worth_it(walker: Walker, nodes: tuple[str, ...], within: float | None) -> bool:
    """Whether a route may be in time, and does not lead step by step to a job that takes less than the origin."""
    network = walker.network
    if len(nodes) > 2 and not network.step_down and network.is_lower(nodes[-1]):
        return False
    if within is None:
        return True
    known = load_calibration()
    # A stop lasts so long in the mean, be it that the experience for the next step is gained in it.
    stays = (len(nodes) - 2) * (known.stay_low + known.stay_high) / 2
    return walker.first[nodes[1]].months + stays <= within + _ROUNDED


def _first_of_each_kind(found: Iterable[Destination], limit: int | None) -> Iterator[Destination]:
    seen: Counter[str] = Counter()
    for item in found:
        seen[item.role.kind] += 1
        if limit is None or seen[item.role.kind] <= limit:
            yield item


def find_next_skills(
    catalogue: Catalogue, origin: str | Origin, role: str, *, derived: bool | None = None
) -> NextSkills:
    """Find the single assets that would save attempts on the best route to a role, in the order to learn them.

    Every asset is tried that the gap to the role, or to a stop of the best route, lists as missing. Without imported
    occupations, the best of all routes is compared each time; with them, the best of the few that are best at present.

    Raises:
        AlreadyThere: the origin is the role already.
        NoRoute: no route leads to the role.
    """
    start = make_origin(catalogue, origin)
    now = find_routes(catalogue, start, role, derived=derived).routes[0]
    missing = (item for step in now.steps for item in step.missing)
    candidates = dict.fromkeys(
        ref for item in (*missing, *find_gap(catalogue, start, role).missing) for ref in item.any_of
    )
    best = _best_with(catalogue, start, role, derived=derived is not False)
    gains = (_gain(asset, now, *best(asset)) for asset in candidates)
    ranked = sorted((g for g in gains if g.attempts > 0), key=lambda g: (-g.attempts, g.asset.label, g.asset.id))
    by_asset = {gain.asset.id: gain for gain in ranked}
    ordered = tuple(by_asset[asset] for asset in order_by_learning(catalogue, list(by_asset)))
    return NextSkills(start.ref, catalogue.ref(role), now.feasibility, now.attempts, ordered)


def _gain(asset: Ref, now: Route, feasibility: float, attempts: float) -> Gain:
    return Gain(asset, feasibility, round(feasibility - now.feasibility, 4), round(now.attempts - attempts, 4))


def _best_with(
    catalogue: Catalogue, start: Origin, role: str, *, derived: bool
) -> Callable[[Ref], tuple[float, float]]:
    """What gives feasibility and attempts of the best route for somebody who holds an asset as well."""
    network = Network(catalogue, start, derived=derived, towards=role)
    known, ways = StepWalk(network), rank_candidates(network, role, _POOL) if find_costs(catalogue) else []

    def best(asset: Ref) -> tuple[float, float]:
        richer = start.with_assets(catalogue, (asset.id,), "added for this question")
        if not ways:
            found = find_routes(catalogue, richer, role, derived=derived).routes[0]
            return found.feasibility, found.attempts
        walk = known.for_origin(richer)
        return min((measure_walk(walk, nodes) for nodes in ways), key=lambda figures: figures[1])

    return best


def find_bridges(catalogue: Catalogue) -> Bridges:
    """Rank roles by their betweenness: the share of best routes between other positions that pass through them.

    Best routes are by the costs for people who hold what is usual where each step starts; there is one for each pair of
    positions with a route. With imported occupations, the import has counted them; otherwise it takes time linear in
    the number of steps for each position.

    Args:
        catalogue: where to look.
    """
    costs = find_costs(catalogue)
    if costs is not None:
        return _tally(catalogue, costs)
    origin = Origin(Ref(NOWHERE_ELSE, "person", "", None), (), Holdings({}, {}), {})
    network = Network(catalogue, origin)
    graph = CostGraph((move.origin, move.destination, move.cost) for move in list_moves(catalogue, derived=True))
    positions = sorted(iri for kind in POSITIONS for iri in catalogue.by_kind.get(kind, ()))
    ways = [
        way for start in positions for _, way in find_cheapest_paths(graph, start, LONGEST_ROUTE, network.is_passable)
    ]
    return _rank(catalogue, Counter(stop for way in ways for stop in way[1:-1]), len(ways))


def _tally(catalogue: Catalogue, step_costs: StepCosts) -> Bridges:
    """The counts in the table of step costs: how often the best routes of most people pass a position."""
    tally = zip(step_costs.nodes, step_costs.array("passes"), strict=False)
    return _rank(catalogue, {node: int(passes) for node, passes in tally if passes}, step_costs.pairs)


def _rank(catalogue: Catalogue, passes: Mapping[str, int], pairs: int) -> Bridges:
    ranked = sorted(passes.items(), key=lambda item: (-item[1], item[0]))
    return Bridges(pairs, tuple(Bridge(catalogue.ref(role), round(n / pairs, 4), n) for role, n in ranked))


def _best(
    network: Network, role: str, max_steps: int, by: str, hours_per_week: float, patience: int
) -> Iterator[Route]:
    try:
        found: Routes = find_routes(
            network.catalogue,
            network.origin,
            role,
            max_steps=max_steps,
            by=by,
            derived=network.derived,
            step_down=network.step_down,
            hours_per_week=hours_per_week,
            patience=patience,
        )
    except (NoRoute, AlreadyThere):
        return
    if found.routes[0].steps[-1].destination.id == role:
        yield found.routes[0]
