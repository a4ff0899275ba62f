"""Looking around: where one can get to, what one more skill would change, which roles open most others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.alignments import positions_of
from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import AlreadyThere, NoRoute
from careergraph.model.records import Record, Ref
from careergraph.rdf.kinds import POSITIONS
from careergraph.transitions.criteria import CRITERIA, LONGEST_ROUTE
from careergraph.transitions.gaps import gap
from careergraph.transitions.network import Network, considers_derived
from careergraph.transitions.origins import Origin, origin_at
from careergraph.transitions.precomputed.opened import find_costs
from careergraph.transitions.precomputed.routes import cheapest_walks
from careergraph.transitions.routes import Route, Routes, route_along, routes

if TYPE_CHECKING:
    from careergraph.model.values import Count, Feasibility, Schema, Share


#: Of how many times as many destinations as are wanted the routes are worked out: the order of the best by what steps
#: cost most people need not be that by what they cost this person.
_SPARE = 1.5


class Destination(Record):
    """A role within reach."""

    role: Ref
    """The role itself."""
    feasibility: Feasibility
    """The feasibility of the best route, rounded to four places."""
    before: Feasibility | None
    """The feasibility without what was added; null if nothing was added or no route led there."""
    route: Route
    """The best route."""


class Reach(Record):
    """The roles that can be reached from an origin, each with its best route."""

    origin: Ref
    """The position or person that was asked from."""
    added: tuple[Ref, ...]
    """What was added to what the origin holds, for this question."""
    destinations: tuple[Destination, ...]
    """The roles within reach, the most feasible first."""


class Gain(Record):
    """What holding one more asset in full would do."""

    asset: Ref
    """The skill, credential, milestone or position."""
    feasibility: Feasibility
    """The feasibility of the best route with the asset, rounded to four places."""
    gain: Annotated[float, Schema(exclusiveMinimum=0, maximum=1)]
    """The difference that the asset makes."""


class NextSkills(Record):
    """The single assets that would raise the feasibility of the best route to a role."""

    origin: Ref
    """The position or person that was asked from."""
    destination: Ref
    """The role that was asked for."""
    feasibility: Feasibility
    """The feasibility of the best route as things stand, rounded to four places."""
    gains: tuple[Gain, ...]
    """The assets that would help, the most helpful first."""


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
    by: str = "feasibility",
    derived: bool | None = None,
    limit: int | None = None,
) -> Reach:
    """Find the roles and occupations that can be reached, each with its best route.

    Args:
        catalogue: where to look.
        origin: the IRI of a position, or an origin.
        added: IRIs of assets to add to what is held: what if these were held in full?
        max_steps: how many steps a route may have at most.
        by: what a best route is best by; the ranking is by feasibility.
        derived: whether steps may be taken that no source names; if not said, only from an occupation.
        limit: how many roles, and how many occupations, at most; all if not given.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load()
    >>> found = reach(catalogue, find_node(catalogue, "data scientist"))
    >>> sorted(destination.role.label for destination in found.destinations)[:2]
    ['AI product manager', 'AI research scientist']
    """
    start = origin_at(catalogue, origin)
    richer = start.with_assets(catalogue, added, "added for this question") if added else start
    derived = considers_derived(catalogue, start) if derived is None else derived
    network = Network(catalogue, richer, derived=derived)
    found = []
    for best in _best_of_all(network, max_steps, by, limit):
        role = best.steps[-1].destination
        plain = _best(catalogue, start, role.id, max_steps, by, derived) if added else None
        found.append(Destination(role, best.feasibility, plain.feasibility if plain else None, best))
    found.sort(key=lambda item: (-item.feasibility, len(item.route.steps), item.role.id))
    return Reach(start.ref, tuple(map(catalogue.ref, added)), tuple(_first_of_each_kind(found, limit)))


def _best_of_all(network: Network, max_steps: int, by: str, limit: int | None) -> Iterator[Route]:
    """The best route to each role in reach; of a large network, to more than the limit of each kind."""
    catalogue, origin = network.catalogue, network.origin
    costs = find_costs(catalogue)
    if costs is None:
        for role in network.reachable():
            best = _best(catalogue, origin, role, max_steps, by, network.derived)
            if best is not None and best.steps[-1].destination.id == role:
                yield best
        return
    places = {place for position in origin.positions for place in positions_of(catalogue, position)}
    seen: Counter[str] = Counter()
    for nodes in cheapest_walks(network, costs, max_steps, CRITERIA[by].cost):
        kind = catalogue.kind(nodes[-1])
        if nodes[-1] not in places and (limit is None or seen[kind] < _SPARE * limit):
            seen[kind] += 1
            yield route_along(network, nodes)


def _first_of_each_kind(found: Iterable[Destination], limit: int | None) -> Iterator[Destination]:
    seen: Counter[str] = Counter()
    for item in found:
        seen[item.role.kind] += 1
        if limit is None or seen[item.role.kind] <= limit:
            yield item


def next_skills(catalogue: Catalogue, origin: str | Origin, role: str, *, derived: bool | None = None) -> NextSkills:
    """Rank the single assets that would raise the feasibility of the best route to a role most.

    Tried is every asset that the gap to the role, or to a stop of the best route, lists as missing.

    Raises:
        AlreadyThere: the origin is the role already.
        NoRoute: no route leads to the role.
    """
    start = origin_at(catalogue, origin)
    now = routes(catalogue, start, role, derived=derived).routes[0]
    missing = (item for step in now.steps for item in step.missing)
    candidates = dict.fromkeys(ref for item in (*missing, *gap(catalogue, start, role).missing) for ref in item.any_of)
    gains = []
    for asset in candidates:
        richer = start.with_assets(catalogue, (asset.id,), "added for this question")
        value = routes(catalogue, richer, role, derived=derived).routes[0].feasibility
        gains.append(Gain(asset, value, round(value - now.feasibility, 4)))
    gains.sort(key=lambda gain: (-gain.gain, gain.asset.label, gain.asset.id))
    return NextSkills(start.ref, catalogue.ref(role), now.feasibility, tuple(g for g in gains if g.gain > 0))


def bridges(catalogue: Catalogue, progress: Callable[[int, int], None] | None = None) -> Bridges:
    """Rank roles by their betweenness: the share of best routes between other positions that pass through them.

    Best routes are those of `routes`, so what is learned on the way counts; there is one for each pair of an origin
    with a way out and a role within its reach. Quadratic in the number of positions: among a thousand occupations a
    matter of a quarter of an hour.

    Args:
        catalogue: where to look.
        progress: told after each origin how many are done, and how many there are.
    """
    passes: dict[str, int] = {}
    pairs = 0
    origins = sorted(iri for kind in POSITIONS for iri in catalogue.by_kind.get(kind, ()))
    for done, origin in enumerate(origins, 1):
        for destination in reach(catalogue, origin).destinations:
            pairs += 1
            for step in destination.route.steps[:-1]:
                passes[step.destination.id] = passes.get(step.destination.id, 0) + 1
        if progress is not None:
            progress(done, len(origins))
    ranked = sorted(passes.items(), key=lambda item: (-item[1], item[0]))
    return Bridges(pairs, tuple(Bridge(catalogue.ref(role), round(n / pairs, 4), n) for role, n in ranked))


def _best(catalogue: Catalogue, origin: Origin, role: str, max_steps: int, by: str, derived: bool) -> Route | None:
    try:
        found: Routes = routes(catalogue, origin, role, max_steps=max_steps, by=by, derived=derived)
    except (NoRoute, AlreadyThere):
        return None
    return found.routes[0]
