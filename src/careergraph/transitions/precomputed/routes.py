"""Routes through a large network: candidates by what steps cost most people, then in order by what they cost this one.

What an import has computed (`transitions.precomputed.costs`) has the cost of every step for whoever holds what is usual
at its origin. Positions and transitions that came from elsewhere, whoever joins own data, are few: their steps are
computed when the search comes to them. The best routes by these costs are the candidates; each is then walked with
what is held carried along, as everywhere else, and they are put in order by what that makes of them. Nothing found so
is worse than it looks, but a route of which only carrying along makes a good one can be missed:
docs/derived-transitions.md has how often it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from math import inf

from careergraph.catalogue.alignments import arrivals
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_requirements
from careergraph.model.records import Record, Requirement
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.feasibility import effort, feasibility
from careergraph.transitions.holdings import Holdings, holdings_of
from careergraph.transitions.network import Network
from careergraph.transitions.precomputed.costs import StepCosts
from careergraph.transitions.precomputed.opened import find_indexes_without_costs
from careergraph.transitions.shortest_paths import CostGraph, best_paths, cheapest_paths, least_within
from careergraph.transitions.steps import StepWalk

#: A position, and which of the stops asked for were passed up to it, as a set of bits.
Place = tuple[str, int]

#: How many candidates are put in order: at least so many, and so many for each route asked for.
CANDIDATES, FOR_EACH = 30, 4

#: From a feasibility and an effort to a cost.
Cost = Callable[[float, float], float]


def candidate_walks(
    network: Network,
    step_costs: StepCosts,
    destination: str,
    stops: Collection[str],
    avoid: Collection[str],
    max_steps: int,
    cost: Cost,
    k: int,
    *,
    tabled: bool = False,
) -> list[tuple[str, ...]]:
    """The best routes among the candidates, by what they cost with everything carried along.

    Args:
        network: the network, seen from its origin.
        step_costs: the steps of the same network.
        destination: where to get to; arriving at a specialisation of it counts.
        stops: positions to pass, in any order.
        avoid: positions not to pass.
        max_steps: how many steps at most.
        cost: what a step costs.
        k: how many routes are wanted; there may be more in the answer.
        tabled: whether the cost is the one that the table of step costs has the least of: −ln of the feasibility.
    """
    walker = Walker(network, step_costs, cost)
    graph = Passing(walker, sorted(stops), avoid, tabled=tabled)
    ends = [(node, graph.all_passed) for node in arrivals(network.catalogue, destination)]
    # With stops, the cheapest ways are often too long.
    within = least_within(graph, [graph.number[end] for end in ends if end in graph.number], max_steps) if stops else ()
    paths = best_paths(graph, (network.origin.ref.id, 0), ends, max_steps=max_steps, within=within)
    found = (tuple(node for node, _ in path) for _, path in paths)
    loopless = (nodes for nodes in found if len(set(nodes)) == len(nodes))
    return walker.ranked(islice(loopless, max(CANDIDATES, FOR_EACH * k)))


def cheapest_walks(network: Network, step_costs: StepCosts, max_steps: int, cost: Cost) -> list[tuple[str, ...]]:
    """The route to each role and occupation that is best by what steps cost most people, cheapest first."""
    graph = CostGraph(Walker(network, step_costs, cost).edges())
    return [path for _, path in cheapest_paths(graph, network.origin.ref.id, max_steps)]


class Walker:
    """Steps of a table of step costs, as somebody at the origin of a network takes them.

    Args:
        network: the network, seen from its origin.
        step_costs: the steps of the same network, save for what came to it from elsewhere.
        cost: what a step costs.
    """

    def __init__(self, network: Network, step_costs: StepCosts, cost: Cost) -> None:
        self.network, self.step_costs, self.cost = network, step_costs, cost
        self.beyond = find_uncosted(network.catalogue, step_costs)
        self.positions = (*step_costs.nodes, *self.beyond.positions)
        self.step_walk = StepWalk(network, asked=self._asked, holds=self._holds)
        self._walked: dict[tuple[str, ...], float] = {}
        self._held: dict[tuple[str, ...], Holdings] = {}

    def _asked(self, role: str) -> tuple[Requirement, ...]:
        known = role in self.step_costs.number and self.network.catalogue.kind(role) == "occupation"
        return self.step_costs.asked(role) if known else list_requirements(self.network.catalogue, role)

    def _holds(self, position: str) -> Holdings:
        known = position in self.step_costs.number
        return self.step_costs.holds(position) if known else holdings_of(self.network.catalogue, position)

    @cached_property
    def first(self) -> dict[str, float]:
        """Role → what the step there costs whoever is at the origin."""
        here = self.network.origin.ref.id
        return self._worked_out(here, self.network.claims(here), self.network.origin.held)

    def leaving(self, node: str) -> dict[str, float]:
        """Role → what the step there from a position costs most people; from the origin, what it costs this one."""
        here, nodes = self.network.origin.ref.id, self.step_costs.nodes
        if node == here:
            return self.first
        if node not in self.step_costs.number:
            return self._worked_out(node, self.network.claims(node), holdings_of(self.network.catalogue, node))
        steps = self.step_costs.leaving(self.step_costs.number[node])
        derived = self.network.derived
        found = {nodes[to]: self.cost(value, learn) for to, value, learn, made in steps if derived or not made}
        if self.beyond.heads:
            further = [role for role in self.network.claims(node) if role in self.beyond.heads]
            found |= self._worked_out(node, further, self._holds(node)) if further else {}
        return found

    def _worked_out(self, node: str, roles: Iterable[str], held: Holdings) -> dict[str, float]:
        found = {}
        for role in roles:
            parts = self.step_walk.factors(node, role, self.network.hop(node, role), held)
            found[role] = self.cost(feasibility(parts), effort(self.step_walk.asked(role), held))
        return found

    def edges(self) -> Iterator[tuple[str, str, float]]:
        """All steps with what they cost; none lead back to the origin."""
        here = self.network.origin.ref.id
        for node in dict.fromkeys((here, *self.positions)):
            yield from ((node, head, cost) for head, cost in self.leaving(node).items() if head != here)

    def walked(self, nodes: tuple[str, ...]) -> float:
        """What a route costs with everything carried along.

        Most candidates begin alike: each beginning is walked once.
        """
        if len(nodes) == 1:
            return 0.0
        if nodes not in self._walked:
            before = nodes[:-1]
            here = self.network.catalogue.ref(before[-1]) if len(before) > 1 else self.network.origin.ref
            leg = self.step_walk.leg(here, nodes[-1], self._held_at(before))
            self._walked[nodes] = self.walked(before) + self.cost(feasibility(leg.factors), effort(leg.asked, leg.held))
        return self._walked[nodes]

    def _held_at(self, nodes: tuple[str, ...]) -> Holdings:
        """What is held at the end of a route."""
        if len(nodes) == 1:
            return self.network.origin.held
        if nodes not in self._held:
            self._held[nodes] = self.step_walk.after(self._held_at(nodes[:-1]), nodes[-1])
        return self._held[nodes]

    def ranked(self, candidates: Iterator[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Routes by what they cost with everything carried along; ties go to fewer steps, then to IRIs in order."""
        return sorted(candidates, key=lambda nodes: (round(self.walked(nodes), 12), len(nodes), nodes))


class Passing:
    """The steps of a walker as a graph to search: its nodes are positions with the stops passed up to them.

    Only the steps from positions that the search comes to are looked at.

    Args:
        walker: the steps and what they cost.
        stops: positions to pass; there are twice as many nodes with each.
        avoid: positions not to pass.
        tabled: whether the walker's cost is the one that the table of step costs has the least of.
    """

    def __init__(self, walker: Walker, stops: Sequence[str], avoid: Collection[str], *, tabled: bool) -> None:
        self._walker, self._avoid = walker, avoid
        self._tabled = tabled and not walker.beyond.heads  # what is beyond may be a short cut
        self._stops = [frozenset(arrivals(walker.network.catalogue, stop)) for stop in stops]
        self.all_passed = (1 << len(stops)) - 1
        self._positions = list(dict.fromkeys((*walker.positions, walker.network.origin.ref.id)))
        self.nodes = [(node, passed) for node in self._positions for passed in range(1 << len(stops))]
        self.number = {place: number for number, place in enumerate(self.nodes)}
        self.leaving = _Leaving(self._steps)

    def least_to(self, destinations: Collection[int]) -> list[float]:
        """What no way to the nearest destination costs less than, whether or not it passes the stops."""
        ends = {self.nodes[number][0] for number in destinations}
        found = self._tabled_least(ends) if self._tabled else self._worked_out(ends)
        return [least for least in found for _ in range(self.all_passed + 1)]

    def _tabled_least(self, ends: Collection[str]) -> list[float]:
        step_costs = self._walker.step_costs
        rows = [step_costs.least_to(step_costs.number[end]) for end in ends if end in step_costs.number]
        least = list(map(min, *rows)) if len(rows) > 1 else list(rows[0]) if rows else [inf] * len(step_costs.nodes)
        return [*least, *([0.0] * (len(self._positions) - len(least)))]

    def _worked_out(self, ends: Collection[str]) -> list[float]:
        graph = CostGraph(self._walker.edges(), order=self._positions)
        return graph.least_to([graph.number[end] for end in ends])

    def _steps(self, number: int) -> dict[int, float]:
        node, passed = self.nodes[number]
        return {
            self.number[head, self._passed(passed, head)]: cost
            for head, cost in self._walker.leaving(node).items()
            if head not in self._avoid and (head, 0) in self.number
        }

    def _passed(self, passed: int, head: str) -> int:
        return passed | sum(1 << bit for bit, places in enumerate(self._stops) if head in places)


class _Leaving(dict[int, dict[int, float]]):
    """The steps from each place, worked out when they are first asked for."""

    def __init__(self, steps: Callable[[int], dict[int, float]]) -> None:
        super().__init__()
        self._steps = steps

    def __missing__(self, number: int) -> dict[int, float]:
        found = self[number] = self._steps(number)
        return found


class Uncosted(Record):
    """The positions that a table of step costs does not know, and all that steps lead to which it does not know."""

    positions: tuple[str, ...]
    heads: frozenset[str]


def find_uncosted(catalogue: Catalogue, step_costs: StepCosts) -> Uncosted:
    """What a catalogue has beyond its table of step costs.

    Takes time linear in the positions and transitions that are in memory or in indexes without this table.

    Args:
        catalogue: all that is asked together.
        step_costs: the catalogue's own.
    """
    positions = tuple(node for kind in POSITIONS for node in _of_kind(catalogue, kind) if node not in step_costs.number)
    heads = {head for tail, head in _ends(catalogue) if not _knows(step_costs, tail, head)}
    return Uncosted(positions, frozenset(positions) | heads)


def _of_kind(catalogue: Catalogue, kind: str) -> Iterator[str]:
    yield from catalogue.in_memory.get(kind, ())
    for index in find_indexes_without_costs(catalogue):
        yield from index.of_kind(kind)


def _ends(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for claim in _of_kind(catalogue, "transition"):
        tail, head = catalogue.value(claim, CG.origin), catalogue.value(claim, CG.destination)
        if tail and head:
            yield tail, head


def _knows(step_costs: StepCosts, tail: str, head: str) -> bool:
    if tail not in step_costs.number or head not in step_costs.number:
        return False
    steps = step_costs.leaving(step_costs.number[tail])
    return any(step_costs.nodes[number] == head and not computed for number, _, _, computed in steps)
