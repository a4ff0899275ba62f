"""The best routes from one position to every role at once, for a page that shows all of them.

`transitions.routes` searches from one position to one role, and looks at thousands of partial routes for each pair.
Here all routes of a few steps are walked through once for all roles, and what a step costs is kept: it depends on the
role and on how far what is held meets what that asks for, and on nothing else where no occupations are imported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import compress, islice
from typing import NamedTuple

from careergraph.catalogue.alignments import arrivals, positions_of
from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Ref
from careergraph.transitions.asked import list_asked
from careergraph.transitions.criteria import CRITERIA, DEFAULT
from careergraph.transitions.holdings import Holdings, holdings_of, share_met
from careergraph.transitions.measures import Measure
from careergraph.transitions.network import Network
from careergraph.transitions.origins import Origin, origin_at
from careergraph.transitions.routes import SPARE, Route, RouteStep, choose_among, route_along
from careergraph.transitions.steps import Leg, StepWalk, holdings_after

#: How many steps routes have at most.
MOST_STEPS = 3


class Move(NamedTuple):
    """A step that may be taken: from where, to where, whether a route goes on there; a number for what it is."""

    here: Ref
    head: str
    goes_on: bool
    name: int
    relevant: tuple[str, ...]


class Walked(NamedTuple):
    """A route with what it costs by each criterion, in their order."""

    nodes: tuple[str, ...]
    costs: tuple[float, ...]


class Known:
    """What holds for all walks through the same data: what roles ask for, what people hold, what steps cost."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.asked = cache(lambda role: list_asked(catalogue, role))
        self.holds = cache(lambda position: holdings_of(catalogue, position))
        self.costs: dict[tuple[object, ...], tuple[float, ...]] = {}
        self._gained: dict[tuple[str, tuple[bool, ...]], Holdings] = {}
        self._catalogue = catalogue
        self._names: dict[tuple[object, ...], int] = {}

    def number(self, *name: object) -> int:
        """A number for what may stand in a name, which is compared sooner."""
        return self._names.setdefault(name, len(self._names))

    def gained(self, role: str, held: Holdings) -> Holdings:
        """What arriving at a role adds for somebody who holds this."""
        lacking = tuple(share_met(item, held) < 1 for item in self.asked(role))
        if (role, lacking) not in self._gained:
            items = tuple(compress(self.asked(role), lacking))
            self._gained[role, lacking] = holdings_after(self._catalogue, Holdings({}, {}), role, items)
        return self._gained[role, lacking]


class _Remembering(StepWalk):
    """A walk that keeps each of its steps, as many routes begin alike."""

    def __init__(self, network: Network, known: Known) -> None:
        super().__init__(network, known.asked, known.holds)
        self._known = known
        self.told: dict[Leg, RouteStep] = {}
        # By the holdings themselves, which cannot be hashed: they are kept, so that no other takes their number.
        self._after: dict[tuple[int, str], tuple[Holdings, Holdings]] = {}
        self._legs: dict[tuple[int, str, str], Leg] = {}

    def after(self, held: Holdings, role: str) -> Holdings:
        if (id(held), role) not in self._after:
            gained = self._known.gained(role, held)
            self._after[id(held), role] = held, held.plus(gained.assets, gained.groups)
        return self._after[id(held), role][1]

    def leg(self, here: Ref, role: str, held: Holdings) -> Leg:
        key = id(held), here.id, role
        if key not in self._legs:
            self._legs[key] = super().leg(here, role, held)
        return self._legs[key]


class Walks:
    """All routes from one origin of at most so many steps, each with its costs.

    Args:
        network: the network to walk through; without precomputed costs.
        known: what other walks through the same data have found out; what is new is added.
        max_steps: how many steps at most.

    Notes:
        Takes time in the number of such routes, which grows with the number of roles to the power of `max_steps`.
    """

    def __init__(self, network: Network, known: Known, max_steps: int = MOST_STEPS) -> None:
        self.network, self._known, self._max_steps = network, known, max_steps
        self.step_walk = _Remembering(network, known)
        self._moves: dict[str, tuple[Move, ...]] = {}
        self.all = tuple(self._from(Walked((network.origin.ref.id,), (0.0,) * len(CRITERIA)), network.origin.held))

    def _from(self, before: Walked, held: Holdings) -> Iterator[Walked]:
        groups = frozenset(held.groups.items())
        for move in self._leaving(before.nodes[-1]):
            if move.head in before.nodes:
                continue
            costs = tuple(map(sum, zip(before.costs, self._costs(move, held, groups), strict=True)))
            walked = Walked((*before.nodes, move.head), costs)
            yield walked
            if len(walked.nodes) <= self._max_steps and move.goes_on:
                yield from self._from(walked, self.step_walk.after(held, move.head))

    def _leaving(self, tail: str) -> tuple[Move, ...]:
        if tail not in self._moves:
            self._moves[tail] = tuple(self._move(tail, head) for head in self.network.claims(tail))
        return self._moves[tail]

    def _move(self, tail: str, head: str) -> Move:
        network = self.network
        here = network.origin.ref if tail == network.origin.ref.id else network.catalogue.ref(tail)
        # A step costs the same for all who stand in the same positions, and have the same preparation.
        name = self._known.number(network.claims(tail)[head], network.places(tail), network.preparation(tail), head)
        return Move(here, head, network.is_passable(tail, head), name, self._relevant(tail, head))

    def _relevant(self, tail: str, head: str) -> tuple[str, ...]:
        """What counts for a step when it is held: what the role and the conditions ask for, and all degrees."""
        groups = [item.any_of for item in self._known.asked(head)]
        groups += [condition.any_of for move in self.network.hop(tail, head) for condition in move.conditions]
        degrees = self.network.catalogue.by_kind.get("credential", ())
        return tuple(dict.fromkeys((*(ref.id for group in groups for ref in group), *degrees)))

    def _costs(self, move: Move, held: Holdings, groups: frozenset[object]) -> tuple[float, ...]:
        key = (move.name, groups, *map(held.assets.get, move.relevant))
        found = self._known.costs.get(key)
        if found is None:
            leg = self.step_walk.leg(move.here, move.head, held)
            step = Measure(leg.ease, leg.effort, leg.surcharge, leg.months)
            found = self._known.costs[key] = tuple(criterion.cost(step) for criterion in CRITERIA.values())
        return found

    def to(self, destination: str) -> Iterator[Walked]:
        """The routes that end at a role, or at a specialisation of it, and pass no other of these before."""
        ends = set(arrivals(self.network.catalogue, destination))
        return (walked for walked in self.all if walked.nodes[-1] in ends and ends.isdisjoint(walked.nodes[1:-1]))


def routes_to_all(
    catalogue: Catalogue,
    origin: str | Origin,
    destinations: Collection[str],
    *,
    k: int = 1,
    max_steps: int = MOST_STEPS,
    known: Known | None = None,
) -> dict[str, tuple[Route, ...]]:
    """The best routes from a position to each of some roles: those of `transitions.routes.routes`, of a few steps.

    Args:
        catalogue: where to look; without imported occupations, whose steps are too many to be walked through.
        origin: the IRI of a position, or an origin.
        destinations: IRIs of roles.
        k: how many routes to each at most.
        max_steps: how many steps a route has at most.
        known: as for `Walks`, for those who ask from many positions.

    Returns:
        Role → its routes, the best first. Roles that the origin is in, and that no such route leads to, are left out.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load("bundled")
    >>> ends = find_node(catalogue, "software engineer"), find_node(catalogue, "AI product manager")
    >>> [len(route.steps) for route in routes_to_all(catalogue, ends[0], [ends[1]], k=2)[ends[1]]]
    [2, 1]
    """
    start = origin_at(catalogue, origin)
    walks = Walks(Network(catalogue, start), known or Known(catalogue), max_steps)
    inside = {place for position in start.positions for place in positions_of(catalogue, position)}
    chosen = {role: _choose(walks.to(role), k) for role in destinations if role not in inside}
    walk = walks.step_walk

    def told(nodes: tuple[str, ...], labels: tuple[str, ...]) -> Route:
        return route_along(walks.network, nodes, labels=labels, walk=walk, told=walk.told)

    return {role: tuple(told(*item) for item in found) for role, found in chosen.items() if found}


def _choose(walks: Iterable[Walked], k: int) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The routes to show, with what each is best by; of the candidates that the search for one pair looks at."""
    at = list(CRITERIA).index(DEFAULT)
    ranked = sorted(walks, key=lambda walked: (round(walked.costs[at], 12), len(walked.nodes), walked.nodes))
    pool = {walked.nodes: walked.costs for walked in islice(ranked, k if k == 1 else k + SPARE)}
    places = {name: place for place, name in enumerate(CRITERIA)}
    return choose_among(pool, lambda nodes, by: pool[nodes][places[by]], DEFAULT, k)
