"""The best routes from one position to every role at once, for a page that shows all of them.

`transitions.routes` searches from one position to one role, and looks at thousands of partial routes for each pair.
Here all routes of a few steps are followed once for all roles. Of what is held along them, only what a step's cost
depends on without imported occupations is kept: how far it meets what each role asks for. Many origins meet that to the
same degree, and a result for one of them is valid for all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from heapq import nsmallest
from itertools import compress
from typing import NamedTuple

import numpy as np

from careergraph.catalogue.alignments import find_arrivals, find_positions
from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Ref, replace
from careergraph.transitions.alternatives import choose_among
from careergraph.transitions.coverage_table import CoverageTable, Row
from careergraph.transitions.criteria import CRITERIA, DEFAULT
from careergraph.transitions.fit import Fit
from careergraph.transitions.holdings import Holdings, find_holdings
from careergraph.transitions.network import Network
from careergraph.transitions.origins import Origin, make_origin
from careergraph.transitions.requirements import find_requirements
from careergraph.transitions.route_steps import Route, RouteStep, tell_step
from careergraph.transitions.routes import SPARE, follow_route
from careergraph.transitions.steps import Leg, StepWalk, find_gains

#: How many steps routes have at most.
MOST_STEPS = 3


class Move(NamedTuple):
    """A possible step: from where, to where, whether people may stop there, and a number that identifies it."""

    here: Ref
    head: str
    is_stop: bool
    name: int


class Gains(NamedTuple):
    """What arriving at a role adds, and how far that meets what other roles ask for."""

    held: Holdings
    row: Row


class Step:
    """A step with its cost by each criterion, for all who take it under the same conditions; computed when needed."""

    def __init__(self, leg: Leg) -> None:
        self._leg, self._costs = leg, dict[str, float]()

    def cost(self, by: str) -> float:
        """What the step costs by a criterion."""
        if by not in self._costs:
            self._costs[by] = CRITERIA[by].cost(self._leg)
        return self._costs[by]


class WalkedRoute(NamedTuple):
    """A route: its stops, its cost by the default criterion, and its steps."""

    nodes: tuple[str, ...]
    cost: float
    steps: tuple[Step, ...]


class SharedFacts:
    """What all searches through the same data share: what roles ask for, what people hold, what steps cost.

    Args:
        catalogue: the data.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.requirements = cache(lambda role: find_requirements(catalogue, role))
        self.holds = cache(lambda position: find_holdings(catalogue, position))
        self.shares = CoverageTable(catalogue, self.requirements)
        self.steps: dict[tuple[int, bytes], Step] = {}
        self.records: dict[tuple[object, ...], RouteStep] = {}
        self.fits: dict[tuple[str, bytes], Fit] = {}
        self.moves: dict[str, dict[str, Move]] = {}
        self._gains: dict[tuple[str, tuple[bool, ...]], Gains] = {}
        self._catalogue = catalogue
        self._names: dict[tuple[object, ...], int] = {}

    def number(self, *name: object) -> int:
        """A number for a hashable value: numbers are faster to compare."""
        return self._names.setdefault(name, len(self._names))

    def gain(self, role: str, met: bytes) -> Gains:
        """What arriving at a role adds for somebody who meets its requirements to a given degree."""
        lacking = self.shares.lacking(role, met)
        if (role, lacking) not in self._gains:
            held = find_gains(self._catalogue, role, compress(self.requirements(role), lacking))
            self._gains[role, lacking] = Gains(held, self.shares.row(held))
        return self._gains[role, lacking]


class _Remembering(StepWalk):
    """A walk that remembers each of its steps, because many routes share their beginning."""

    def __init__(self, network: Network, known: SharedFacts) -> None:
        super().__init__(network, known.requirements, known.holds)
        self._facts, start = known, (network.origin.ref.id,)
        self._holdings: dict[tuple[str, ...], Holdings] = {start: network.origin.held}
        self._rows: dict[tuple[str, ...], Row] = {start: known.shares.row(network.origin.held)}
        self._legs: dict[tuple[str, ...], Leg] = {}
        self._mets: dict[Leg, tuple[str, bytes]] = {}
        self._tell_once = cache(self._tell)
        self._own = self._moves_from(network.origin.ref)

    def moves(self, tail: str) -> dict[str, Move]:
        """Role → the step to it from a position; the same for everybody, except at the origin."""
        if tail == self.network.origin.ref.id:
            return self._own
        if tail not in self._facts.moves:
            self._facts.moves[tail] = self._moves_from(self.network.catalogue.ref(tail))
        return self._facts.moves[tail]

    def _moves_from(self, here: Ref) -> dict[str, Move]:
        return {head: self._move(here, head) for head in self.network.claims(here.id)}

    def _move(self, here: Ref, head: str) -> Move:
        network = self.network
        alike, prepared = self.alike(here.id, head, None), network.preparation(here.id)
        speaks = tuple(network.speaks_for(move, here.id) for move in network.hop(here.id, head))
        before = prepared.zone, prepared.experience, prepared.training, prepared.licence
        # A step costs the same for all who come from as near, with the same preparation.
        name = self._facts.number(head, network.claims(here.id)[head], speaks, alike and alike.value, before)
        return Move(here, head, network.is_stop(here.id, head), name)

    def row(self, nodes: tuple[str, ...]) -> Row:
        """How far what is held at the end of a route meets what roles ask for."""
        if nodes not in self._rows:
            self._rows[nodes] = np.maximum(self.row(nodes[:-1]), self._gain_at(nodes).row)
        return self._rows[nodes]

    def _holdings_at(self, nodes: tuple[str, ...]) -> Holdings:
        if nodes not in self._holdings:
            gained = self._gain_at(nodes).held
            self._holdings[nodes] = self._holdings_at(nodes[:-1]).plus(gained.assets, gained.groups)
        return self._holdings[nodes]

    def _gain_at(self, nodes: tuple[str, ...]) -> Gains:
        return self._facts.gain(nodes[-1], self._meets(nodes))

    def _meets(self, nodes: tuple[str, ...]) -> bytes:
        """How far what the end of a route asks for is met before its last step."""
        return self._facts.shares.met(self.row(nodes[:-1]), nodes[-1])

    def legs(self, nodes: tuple[str, ...]) -> Iterator[Leg]:
        return (self.last_leg(nodes[:end]) for end in range(2, len(nodes) + 1))

    def last_leg(self, nodes: tuple[str, ...]) -> Leg:
        """The last step of a route."""
        if nodes not in self._legs:
            here, met = self.moves(nodes[-2])[nodes[-1]].here, (nodes[-1], self._meets(nodes))
            leg = Leg(self, here, nodes[-1], self._holdings_at(nodes[:-1]), self._facts.fits.get(met))
            self._facts.fits[met], self._legs[nodes], self._mets[leg] = leg.fit, leg, met
        return self._legs[nodes]

    def tell(self, network: Network, leg: Leg) -> RouteStep:
        """The step as a record."""
        return self._tell_once(leg)

    def _tell(self, leg: Leg) -> RouteStep:
        """The record for somebody who takes the step under the same conditions, apart from its origin."""
        key = self._record_key(leg)
        if key not in self._facts.records:
            self._facts.records[key] = tell_step(self.network, leg)
        found = self._facts.records[key]
        return found if found.origin == leg.origin else replace(found, origin=leg.origin)

    def _record_key(self, leg: Leg) -> tuple[object, ...]:
        """All that the record of a step depends on, apart from the name of its origin."""
        here, head, alike, assets = leg.origin.id, leg.destination, leg.alike, leg.held.assets
        groups = [item.any_of for item in leg.asked]
        groups += [condition.any_of for move in leg.hop for condition in move.conditions]
        groups += [step.any_of for move in leg.hop for step in move.steps]
        held = tuple(None if ref.id not in assets else assets[ref.id] > 0 for group in groups for ref in group)
        between = (alike.place.id, alike.target.id, alike.place.id == here) if alike else (here,)
        return self.moves(here)[head].name, self.network.is_step_down(here, head), between, self._mets[leg], held


class Walks:
    """All routes of at most `max_steps` steps from one origin, each with its costs.

    Args:
        network: the network to walk through; without precomputed costs.
        known: the results of other searches through the same data; new ones are added.
        max_steps: how many steps at most.

    Notes:
        Takes time in the number of such routes, which grows with the number of roles to the power of `max_steps`; a
        step's cost is computed once for all who meet its requirements to the same degree.
    """

    def __init__(self, network: Network, known: SharedFacts, max_steps: int = MOST_STEPS) -> None:
        self.network, self._facts, self._max_steps = network, known, max_steps
        self.step_walk = _Remembering(network, known)
        self._ending: dict[str, list[WalkedRoute]] = {}
        for walked in self._from(WalkedRoute((network.origin.ref.id,), 0.0, ())):
            self._ending.setdefault(walked.nodes[-1], []).append(walked)

    def _from(self, before: WalkedRoute) -> Iterator[WalkedRoute]:
        row, met_by = self.step_walk.row(before.nodes), self._facts.shares.met
        for move in self.step_walk.moves(before.nodes[-1]).values():
            if move.head in before.nodes:
                continue
            nodes = *before.nodes, move.head
            step = self._step(move, nodes, met_by(row, move.head))
            walked = WalkedRoute(nodes, before.cost + step.cost(DEFAULT), (*before.steps, step))
            yield walked
            if len(nodes) <= self._max_steps and self._goes_on(move):
                yield from self._from(walked)

    def _goes_on(self, move: Move) -> bool:
        return move.is_stop and (self.network.step_down or not self.network.is_step_down(move.here.id, move.head))

    def _step(self, move: Move, nodes: tuple[str, ...], met: bytes) -> Step:
        found = self._facts.steps.get((move.name, met))
        if found is None:
            found = self._facts.steps[move.name, met] = Step(self.step_walk.last_leg(nodes))
        return found

    def to(self, destination: str) -> list[WalkedRoute]:
        """The routes that end at a role or a specialisation of it, and do not pass another of these before."""
        ends = find_arrivals(self.network.catalogue, destination)
        found = [walked for end in dict.fromkeys(ends) for walked in self._ending.get(end, ())]
        return [walked for walked in found if len(ends) < 2 or set(ends).isdisjoint(walked.nodes[1:-1])]


def find_routes_to_all(
    catalogue: Catalogue,
    origin: str | Origin,
    destinations: Collection[str],
    *,
    k: int = 1,
    max_steps: int = MOST_STEPS,
    known: SharedFacts | None = None,
) -> dict[str, tuple[Route, ...]]:
    """The best routes from a position to each of several roles, the same as from `transitions.routes.routes`.

    Args:
        catalogue: where to look; without imported occupations, which have too many steps for this.
        origin: the IRI of a position, or an origin.
        destinations: IRIs of roles.
        k: how many routes to each at most.
        max_steps: how many steps a route has at most.
        known: as for `Walks`, for asking from many positions.

    Returns:
        Role → its routes, the best first. Roles that the origin is in, and roles that no such route leads to, are left
        out.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load("bundled")
    >>> ends = find_node(catalogue, "software engineer"), find_node(catalogue, "AI product manager")
    >>> [len(route.steps) for route in find_routes_to_all(catalogue, ends[0], [ends[1]], k=2)[ends[1]]]
    [2, 1]
    """
    start = make_origin(catalogue, origin)
    walks = Walks(Network(catalogue, start), known or SharedFacts(catalogue), max_steps)
    inside = {place for position in start.positions for place in find_positions(catalogue, position)}
    chosen = {role: _choose(walks.to(role), k) for role in destinations if role not in inside}
    walk = walks.step_walk

    def to_route(nodes: tuple[str, ...], labels: tuple[str, ...]) -> Route:
        return follow_route(walks.network, nodes, labels=labels, walk=walk, tell=walk.tell)

    return {role: tuple(to_route(*item) for item in found) for role, found in chosen.items() if found}


def _choose(walks: Iterable[WalkedRoute], k: int) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The routes to show, with what each is best by, from the candidates that the search for one pair considers."""
    best = nsmallest(k if k == 1 else k + SPARE, walks, key=lambda walked: (round(walked.cost, 12), *_size(walked)))
    pool = {walked.nodes: walked.steps for walked in best}
    return choose_among(pool, lambda nodes, by: sum(step.cost(by) for step in pool[nodes]), DEFAULT, k)


def _size(walked: WalkedRoute) -> tuple[int, tuple[str, ...]]:
    return len(walked.nodes), walked.nodes
