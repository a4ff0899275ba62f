"""Routes through a large network: candidates by the costs for most people, then ranked by the costs for this person.

What an import has computed (`transitions.precomputed.costs`) has the cost of every step for whoever holds what is usual
at its origin. Positions and transitions from other data, such as a user's own, are few: their steps are computed when
the search reaches them. The best routes by these costs are the candidates; each is then followed with what is learnt on
the way, as everywhere else, and they are ranked by the costs that result. No route found is worse than it looks, but a
route can be missed that is good only because of what is learnt on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from math import inf

from careergraph.catalogue.alignments import find_arrivals
from careergraph.model.records import Requirement
from careergraph.transitions.criteria import CRITERIA, DEFAULT, HOURS_PER_WEEK, LONGEST_ROUTE, Ways
from careergraph.transitions.holdings import Holdings, find_holdings
from careergraph.transitions.measures import EASIEST, Measurable
from careergraph.transitions.network import STEP_DOWN, Network
from careergraph.transitions.precomputed.costs import NO_STOP, ProjectedStep, StepCosts
from careergraph.transitions.precomputed.without_costs import find_without_costs
from careergraph.transitions.requirements import find_requirements
from careergraph.transitions.shortest_paths import (
    CostGraph,
    OutOfPatience,
    find_best_walks,
    find_cheapest_paths,
    find_least_within,
)
from careergraph.transitions.steps import Leg, StepWalk
from careergraph.transitions.stops import find_scarcity_of, is_on_the_way, is_support

#: A position, and which of the stops asked for were passed up to it, as a set of bits.
Place = tuple[str, int]

#: At least this many candidates are ranked for each route asked for, if that is more than `CANDIDATES`.
FOR_EACH = 4
#: How many partial routes are looked at by the bounds that an import has laid down, then by those made for the origin:
#: many near the origin look as if the best way led back over it.
PATIENCE = 3_000, 20_000
#: Levels that differ by less are the same: those of the table of step costs are rounded.
_SAME = 1e-6

#: How many best routes by other criteria are looked at besides, for alternatives that differ in kind.
ELSEWHERE = 8


def find_candidate_walks(walker: Walker, ways: Ways, most: int) -> list[tuple[str, ...]]:
    """Routes that are best by the costs for most people, best first.

    Args:
        walker: the steps.
        ways: what the routes keep to; they may be best by another criterion than the walker's own.
        most: how many at most.
    """
    graph = Passing(walker, ways)
    found: dict[tuple[str, ...], None] = {}
    for within, patience in ((graph.read_bounds, PATIENCE[0]), (graph.compute_bounds, PATIENCE[1])):
        try:
            found |= dict.fromkeys(islice(_loopless(graph, ways, within(), patience, found), most))
        except OutOfPatience:
            continue
        # The bounds of the import know nothing of a step that is only computed because its end is asked for.
        if found:
            break
    return list(found)


def _loopless(
    graph: Passing,
    ways: Ways,
    within: Sequence[Sequence[float]],
    patience: int,
    found: dict[tuple[str, ...], None],
) -> Iterator[tuple[str, ...]]:
    """The routes without loops, best first; when patience runs out, those found so far are in `found`."""
    ends = [(node, graph.all_passed) for node in ways.ends]
    start = (graph.origin, 0)
    walks = find_best_walks(
        graph, start, ends, None, graph.advance, max_steps=ways.max_steps, within=within, patience=patience
    )
    for _, path, _ in walks:
        nodes = tuple(node for node, _ in path)
        if len(set(nodes)) == len(nodes):
            found[nodes] = None
            yield nodes


def find_cheapest_walks(walker: Walker, max_steps: int, by: str) -> list[tuple[str, ...]]:
    """The route to each role and occupation that is best by what steps cost most people, cheapest first."""
    steps, cost = list(walker.steps()), CRITERIA[by].cost
    blocked = {(tail, head) for tail, head, step in steps if not walker.leads_on(tail, head, step)}
    graph = CostGraph((tail, head, cost(step)) for tail, head, step in steps)
    found = find_cheapest_paths(
        graph, walker.network.origin.ref.id, max_steps, lambda tail, head: (tail, head) not in blocked
    )
    return [path for _, path in found]


class Walker:
    """The steps of a table of step costs, taken by somebody at the origin of a network.

    Args:
        network: the network, seen from its origin.
        step_costs: the steps of the same network, apart from those of other data.
        hours_per_week: how many hours a week somebody learns.
    """

    def __init__(self, network: Network, step_costs: StepCosts, hours_per_week: float = HOURS_PER_WEEK) -> None:
        self.network, self.step_costs = network, step_costs
        self.beyond = find_without_costs(network.catalogue, step_costs, network.towards)
        self.positions = (*step_costs.nodes, *self.beyond.positions)
        self.step_walk = StepWalk(network, self._requirements, self._holds, hours_per_week)
        self._legs: dict[tuple[str, ...], Leg] = {}
        self._holdings: dict[tuple[str, ...], Holdings] = {}
        self._near: dict[str, float | None] = {}
        self._sensible: dict[str, bool] = {}
        self._onward: dict[str, dict[str, Measurable]] = {}
        self._zone = network.preparation(network.origin.ref.id).zone

    def _requirements(self, role: str) -> tuple[Requirement, ...]:
        known = role in self.step_costs.number and self.network.catalogue.kind(role) == "occupation"
        return self.step_costs.requirements(role) if known else find_requirements(self.network.catalogue, role)

    def _holds(self, position: str) -> Holdings:
        known = position in self.step_costs.number
        return self.step_costs.holds(position) if known else find_holdings(self.network.catalogue, position)

    @cached_property
    def is_usual(self) -> bool:
        """Whether somebody is in a position of the table and holds what is usual there, as far as it matters."""
        here, held = self.network.origin.ref.id, self.network.origin.held
        if here not in self.step_costs.number or held.groups or self.network.origin.positions != (here,):
            return False
        usual, known = self.step_costs.holds(here).assets, self.step_costs.asset_numbers
        own = {asset: level for asset, level in held.assets.items() if asset in known}
        return own.keys() == usual.keys() and all(abs(level - usual[asset]) < _SAME for asset, level in own.items())

    @cached_property
    def first(self) -> dict[str, Measurable]:
        """Role → the figures of the step to it from the origin, for this person."""
        here = self.network.origin.ref.id
        if not self.is_usual:
            return self._measure_steps(here, self.network.claims(here), self.network.origin.held)
        found = self._read_steps(here)
        towards = self.network.towards
        further = [towards] if self.network.derived and towards in self.network.claims(here) else []
        return found | self._measure_steps(
            here, [head for head in further if head not in found], self.network.origin.held
        )

    def leaving(self, node: str) -> dict[str, Measurable]:
        """Role → the figures of the step there from a position for most people; from the origin, for this one."""
        if node == self.network.origin.ref.id:
            return self.first
        if node not in self.step_costs.number:
            return self._measure_steps(node, self.network.claims(node), find_holdings(self.network.catalogue, node))
        return self._read_steps(node)

    def _read_steps(self, node: str) -> dict[str, Measurable]:
        nodes, derived = self.step_costs.nodes, self.network.derived
        steps = self.step_costs.leaving(self.step_costs.number[node])
        found: dict[str, Measurable] = {nodes[step.head]: step for step in steps if derived or not step.computed}
        if self.beyond.heads:
            further = [role for role in self.network.claims(node) if role in self.beyond.heads]
            found |= self._measure_steps(node, further, self._holds(node)) if further else {}
        return found

    def _measure_steps(self, node: str, roles: Iterable[str], held: Holdings) -> dict[str, Measurable]:
        here = self.network.origin.ref if node == self.network.origin.ref.id else self.network.catalogue.ref(node)
        return {role: self.step_walk.leg(here, role, held) for role in roles}

    def leads_on(self, node: str, head: str, step: Measurable) -> bool:
        """Whether a route may go on after a step: see `Network.is_passable`."""
        if not isinstance(step, ProjectedStep):
            return self.network.is_passable(node, head)
        if self.network.step_down:
            return not step.last & NO_STOP
        return not step.last and not self.is_low(head) and not is_support(self.network, node, head)

    def is_sensible(self, node: str, head: str) -> bool:
        """Whether a stop makes sense for whoever wants to get to the destination: see `stops.is_on_the_way`."""
        network = self.network
        if network.towards is None:
            return True
        if head in self._sensible:
            return self._sensible[head]
        found = is_on_the_way(network, node, head, network.towards)
        if network.preparation(head).licence is None:  # then it does not matter where somebody comes from
            self._sensible[head] = found
        return found

    def comes_nearer(self, node: str, head: str) -> bool:
        """Whether a stop is more like the destination of the network than the position before it.

        A chain of easy moves leads anywhere, and nobody would follow it by way of work that is no nearer to the aim.
        True as well if it is not known. A curated role, into which a stop takes more (`Network.is_stop`), may be as
        far from it, but no farther.
        """
        before, after = self._nearness(node), self._nearness(head)
        if before is None or after is None:
            return True
        return after > before or (after == before and self.network.catalogue.kind(head) == "role")

    def _nearness(self, node: str) -> float | None:
        """How similar the destination is to a position; None if that is not known."""
        if node not in self._near:
            towards = self.network.towards
            alike = self.network.alike(node, towards, None) if towards else None
            self._near[node] = None if alike is None else alike.value
        return self._near[node]

    def onward(self, node: str) -> dict[str, Measurable]:
        """Role → the figures of the step there from a position, other than back to the origin."""
        if node not in self._onward:
            here = self.network.origin.ref.id
            self._onward[node] = {head: step for head, step in self.leaving(node).items() if head != here}
        return self._onward[node]

    def is_low(self, head: str) -> bool:
        """Whether a position takes two grades of preparation less than the origin."""
        number = self.step_costs.number.get(head)
        if self._zone is None or number is None:
            return False
        zone = self.step_costs.zone(number)
        return zone is not None and self._zone - zone >= STEP_DOWN

    def steps(self) -> Iterator[tuple[str, str, Measurable]]:
        """All steps; none lead back to the origin."""
        here = self.network.origin.ref.id
        for node in dict.fromkeys((here, *self.positions)):
            yield from ((node, head, step) for head, step in self.leaving(node).items() if head != here)

    def leg(self, nodes: tuple[str, ...]) -> Leg:
        """The last step of a route, for somebody who has taken the steps before it; each beginning is followed once."""
        if nodes not in self._legs:
            before = nodes[:-1]
            here = self.network.catalogue.ref(before[-1]) if len(before) > 1 else self.network.origin.ref
            self._legs[nodes] = self.step_walk.leg(here, nodes[-1], self._holdings_at(before))
        return self._legs[nodes]

    def cost(self, nodes: tuple[str, ...], by: str) -> float:
        """The cost of a route with everything learnt on the way."""
        return self.cost_within(nodes, by, inf)

    def cost_within(self, nodes: tuple[str, ...], by: str, most: float) -> float:
        """The cost of a route with everything learnt on the way; infinity once it exceeds `most`.

        Steps that are still to come count as the easiest possible ones.
        """
        cost, spent = CRITERIA[by].cost, 0.0
        least = cost(EASIEST)
        for end in range(2, len(nodes) + 1):
            if spent + least * (len(nodes) + 1 - end) > most:
                return inf
            leg = self.leg(nodes[:end])
            spent += cost(leg) + (leg.scarcity if end < len(nodes) and by == DEFAULT else 0.0)
        return spent

    def _holdings_at(self, nodes: tuple[str, ...]) -> Holdings:
        """What is held at the end of a route."""
        if len(nodes) == 1:
            return self.network.origin.held
        if nodes not in self._holdings:
            self._holdings[nodes] = self.step_walk.after(self._holdings_at(nodes[:-1]), nodes[-1])
        return self._holdings[nodes]


class Passing:
    """The steps of a walker as a graph to search: its nodes are positions with the stops passed up to them.

    Only the steps from positions that the search comes to are looked at, and whether routes may go on after one, and
    what it costs this person, is not asked before the search would take it.

    Args:
        walker: the steps and what they cost.
        ways: what routes keep to; there are twice as many nodes with each stop.
    """

    def __init__(self, walker: Walker, ways: Ways) -> None:
        self._walker, self._ways, self._cost = walker, ways, CRITERIA[ways.by].cost
        self._stops = [frozenset(find_arrivals(walker.network.catalogue, stop)) for stop in ways.stops]
        self._ends, self.origin = frozenset(ways.ends), walker.network.origin.ref.id
        self.all_passed = (1 << len(ways.stops)) - 1
        positions = list(dict.fromkeys((*walker.positions, walker.network.origin.ref.id)))
        self.nodes = [(node, passed) for node in positions for passed in range(self.all_passed + 1)]
        self.number = {place: number for number, place in enumerate(self.nodes)}
        #: For each place, the places that steps may lead to, with what such a step costs at least.
        self.leaving = _Leaving(self._look_ahead)
        self._costs: dict[tuple[int, int], float] = {}

    def read_bounds(self) -> list[Sequence[float]]:
        """For 0, 1, ... `max_steps` steps, for every node a stored lower bound of the cost to an end."""
        is_laid_down = self._is_tabled and self._ways.max_steps <= LONGEST_ROUTE
        return self._read_bounds(self._ways.max_steps) if is_laid_down else self.compute_bounds()

    def compute_bounds(self) -> list[Sequence[float]]:
        """The same, computed for this origin: no route leads back there."""
        pairs = ((tail, head) for tail in range(len(self.nodes)) for head in self.leaving[tail])
        costs = ((self.nodes[tail], self.nodes[head], self.cost(tail, head)) for tail, head in pairs)
        goals = [self.number[end, self.all_passed] for end in self._ends if (end, self.all_passed) in self.number]
        return list(find_least_within(CostGraph(costs, order=self.nodes), goals, self._ways.max_steps))

    def least_to(self, destinations: Collection[int]) -> Sequence[float]:
        """For every node, a lower bound of the cost to the nearest destination."""
        return find_least_within(self, destinations, LONGEST_ROUTE)[-1]

    @property
    def _is_tabled(self) -> bool:
        """Whether the bounds in the table of step costs are never more than the costs here."""
        # What is beyond may be a short cut, and so may a step down.
        walker = self._walker
        return not (self._stops or walker.beyond.heads or walker.network.step_down) and self._ways.by == DEFAULT

    def _read_bounds(self, max_steps: int) -> list[Sequence[float]]:
        step_costs = self._walker.step_costs
        tables = [
            step_costs.within(step_costs.number[end], max_steps) for end in self._ends if end in step_costs.number
        ]
        rows = [list(map(min, *row)) if len(row) > 1 else list(row[0]) for row in zip(*tables, strict=True)]
        spare = len(self.nodes) - len(step_costs.nodes)
        # An origin that is not one of the positions has no bound: no route leads to it.
        return [[*row, *([0.0] * spare)] for row in rows]

    def cost(self, tail: int, head: int) -> float:
        """What the step from one place to another costs; infinity if routes neither end there nor may go on."""
        if (tail, head) not in self._costs:
            self._costs[tail, head] = self._measure(self.nodes[tail][0], self.nodes[head][0])
        return self._costs[tail, head]

    def advance(self, _: None, tail: int, head: int) -> tuple[float, None]:
        """The same, as `find_best_walks` asks for it."""
        return self.cost(tail, head), None

    def _measure(self, node: str, head: str) -> float:
        step = self._walker.onward(node)[head]
        if head not in self._ends and not self._is_stop(node, head, step):
            return inf
        return self._cost(step) + self._scarcity(head, step)

    def _is_stop(self, node: str, head: str, step: Measurable) -> bool:
        walker = self._walker
        if self._stops:  # where somebody asks for a stop, it may lead round about
            return walker.leads_on(node, head, step)
        # What rules out most of them is asked first.
        return walker.comes_nearer(node, head) and walker.leads_on(node, head, step) and walker.is_sensible(node, head)

    def _look_ahead(self, number: int) -> dict[int, float]:
        node, passed = self.nodes[number]
        return {
            self.number[head, self._pass_stop(passed, head)]: self._cost(step.least if isinstance(step, Leg) else step)
            for head, step in self._walker.onward(node).items()
            if head not in self._ways.avoid and (head, 0) in self.number
        }

    def _scarcity(self, head: str, step: Measurable) -> float:
        """What a step costs besides because there are few jobs where it leads, if that is a stop."""
        scarce = 0.0 if head in self._ends or self._ways.by != DEFAULT else find_scarcity_of(self._walker.network, head)
        return scarce / step.ease if scarce and step.ease > 0 else 0.0

    def _pass_stop(self, passed: int, head: str) -> int:
        return passed | sum(1 << bit for bit, places in enumerate(self._stops) if head in places)


class _Leaving(dict[int, dict[int, float]]):
    """The steps from each place, computed when they are first needed."""

    def __init__(self, steps: Callable[[int], dict[int, float]]) -> None:
        super().__init__()
        self._steps = steps

    def __missing__(self, number: int) -> dict[int, float]:
        found = self[number] = self._steps(number)
        return found
