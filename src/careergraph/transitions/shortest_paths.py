"""Best paths through a graph with costs, in order, as many as are asked for.

One reverse Dijkstra from the destination gives every node the least cost still to come. Partial paths wait in a queue,
ordered by their cost so far plus that least cost, so with fixed costs the search goes straight along the best path,
then along the next. Where a step's cost depends on the steps before it, the graph holds a lower bound of each step's
cost and `advance` gives the real one; the order stays exact.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import heappop, heappush
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Node = TypeVar("Node", bound=Hashable)
State = TypeVar("State")

#: From a state, walk from one node (by number) to another: what that costs, and the state after it.
Advance = Callable[[State, int, int], tuple[float, State]]

#: From so many edges on, scipy's Dijkstra is worth the time that importing scipy takes.
MANY_EDGES = 10_000
# Sums of the same costs in another order differ in the last digits; ties must not depend on that.
_DIGITS = 12


class OutOfPatience(Exception):
    """A search has examined as many partial paths as it may."""


class Searchable(Protocol[Node]):
    """A directed graph with a cost on every edge, as `find_best_walks` needs it: nodes are numbered from 0."""

    @property
    def number(self) -> Mapping[Node, int]:
        """The number of each node."""

    @property
    def nodes(self) -> Sequence[Node]:
        """The node of each number."""

    @property
    def leaving(self) -> Leaving:
        """For each node, the nodes that its edges lead to, with their costs."""

    def least_to(self, destinations: Collection[int]) -> Sequence[float]:
        """For every node a lower bound of the cost to the nearest destination; infinity if there is no path."""


class Leaving(Protocol):
    """By the number of a node: the numbers of the nodes that edges lead to from there, with the costs."""

    def __getitem__(self, number: int, /) -> Mapping[int, float]: ...


class CostGraph(Generic[Node]):
    """A directed graph with a cost on every edge, as flat lists of numbers.

    Args:
        edges: origin, destination and cost (at least 0) of each edge. Of parallel edges the cheapest counts.
        order: all nodes in the order in which ties are to be broken; the order of first mention if not given.
    """

    def __init__(self, edges: Iterable[tuple[Node, Node, float]], order: Iterable[Node] = ()) -> None:
        self.number: dict[Node, int] = {node: number for number, node in enumerate(dict.fromkeys(order))}
        self.leaving: list[dict[int, float]] = [{} for _ in self.number]
        for origin, destination, cost in edges:
            tail, head = self._number(origin), self._number(destination)
            if cost < self.leaving[tail].get(head, inf):
                self.leaving[tail][head] = cost
        self.nodes = list(self.number)

    @cached_property
    def arriving(self) -> list[list[tuple[int, float]]]:
        """By the number of a node: the numbers of the nodes that edges come from, with their costs."""
        found: list[list[tuple[int, float]]] = [[] for _ in self.nodes]
        for tail, heads in enumerate(self.leaving):
            for head, cost in heads.items():
                found[head].append((tail, cost))
        return found

    @cached_property
    def _reversed(self) -> csr_array:
        """The costs of edges as a sparse matrix, destinations × origins."""
        import numpy as np
        from scipy.sparse import csr_array

        starts = np.cumsum([0, *map(len, self.leaving)])
        heads = np.fromiter(chain.from_iterable(self.leaving), dtype=np.int32, count=starts[-1])
        costs = np.fromiter(chain.from_iterable(each.values() for each in self.leaving), dtype=float, count=starts[-1])
        return csr_array((costs, heads, starts), shape=(len(self.nodes), len(self.nodes))).T.tocsr()

    def _number(self, node: Node) -> int:
        number = self.number.setdefault(node, len(self.number))
        if number == len(self.leaving):
            self.leaving.append({})
        return number

    def least_to(self, destinations: Collection[int]) -> list[float]:
        """For every node the least cost to the nearest destination, infinity where there is no way.

        Dijkstra over reversed edges with a heap: O((nodes + edges) log nodes). From `MANY_EDGES` on, scipy does it.
        """
        if destinations and sum(map(len, self.leaving)) >= MANY_EDGES:
            from scipy.sparse.csgraph import dijkstra

            found: list[float] = dijkstra(self._reversed, indices=list(destinations), min_only=True).tolist()
            return found
        arriving = self.arriving
        least = [inf] * len(arriving)
        queue = [(0.0, number) for number in destinations]
        for number in destinations:
            least[number] = 0.0
        while queue:
            spent, head = heappop(queue)
            if spent > least[head]:
                continue
            for tail, cost in arriving[head]:
                total = spent + cost
                if total < least[tail]:
                    least[tail] = total
                    heappush(queue, (total, tail))
        return least


def find_best_paths(
    graph: Searchable[Node],
    origin: Node,
    destinations: Collection[Node],
    *,
    max_steps: int | None = None,
    within: Sequence[Sequence[float]] = (),
    patience: int | None = None,
) -> Iterator[tuple[float, tuple[Node, ...]]]:
    """All loopless paths to the nearest or any other of some destinations, cheapest first, each with its cost.

    A path ends at the first destination it meets. Ties go to fewer steps, then to the order of the nodes.

    Args:
        graph: the graph; its costs are the real ones.
        origin: where paths start.
        destinations: where paths may end.
        max_steps: how many edges a path may have at most.
        within: as for `find_best_walks`.
        patience: as for `find_best_walks`.

    Notes:
        Each path costs one visit to each of its nodes and their neighbours, after one reverse Dijkstra for all.

    >>> graph = CostGraph([("a", "b", 1.0), ("b", "c", 1.0), ("a", "c", 3.0)])
    >>> list(find_best_paths(graph, "a", ["c"]))
    [(2.0, ('a', 'b', 'c')), (3.0, ('a', 'c'))]
    """
    leaving = graph.leaving

    def cost_of_step(state: None, tail: int, head: int) -> tuple[float, None]:
        return leaving[tail][head], None

    walks = find_best_walks(
        graph, origin, destinations, None, cost_of_step, max_steps=max_steps, within=within, patience=patience
    )
    for cost, path, _ in walks:
        yield cost, path


def find_cheapest_paths(
    graph: CostGraph[Node],
    origin: Node,
    max_steps: int,
    passable: Callable[[Node, Node], bool] = lambda tail, head: True,
) -> list[tuple[float, tuple[Node, ...]]]:
    """The cheapest path of at most `max_steps` steps from one node to every other, cheapest first, each with its cost.

    Bellman and Ford's way: O(max_steps · edges). Ties go to fewer steps, then to the order of the nodes.

    Args:
        graph: the graph.
        origin: where paths start.
        max_steps: how many edges a path may have at most.
        passable: whether a path may go on after an edge from one node to another.

    >>> graph = CostGraph([("a", "b", 1.0), ("b", "c", 1.0), ("a", "c", 3.0)])
    >>> find_cheapest_paths(graph, "a", 1)
    [(1.0, ('a', 'b')), (3.0, ('a', 'c'))]
    """
    if origin not in graph.number:
        return []
    first = graph.number[origin]
    best: dict[int, tuple[float, tuple[int, ...]]] = {first: (0.0, (first,))}
    ended: dict[int, tuple[float, tuple[int, ...]]] = {}
    grown = dict(best)
    for _ in range(max_steps):
        tried: dict[int, tuple[float, tuple[int, ...]]] = {}
        for tail, (spent, path) in sorted(grown.items()):
            for head, cost in graph.leaving[tail].items():
                total = round(spent + cost, _DIGITS)
                going_on = passable(graph.nodes[tail], graph.nodes[head])
                known = (tried.get(head) or best.get(head)) if going_on else ended.get(head)
                if total < inf and head not in path and (known is None or total < known[0]):
                    (tried if going_on else ended)[head] = (total, (*path, head))
        best |= tried
        grown = tried
        if not grown:
            break
    del best[first]
    for head, found in ended.items():
        if head not in best or found[0] < best[head][0]:
            best[head] = found
    ranked = sorted(best.values(), key=lambda found: (found[0], len(found[1]), found[1]))
    return [(cost, tuple(graph.nodes[number] for number in path)) for cost, path in ranked]


def find_least_within(graph: Searchable[Node], destinations: Collection[int], max_steps: int) -> list[list[float]]:
    """For 0, 1, ... `max_steps` edges and every node, the least cost of a path of at most that many to a destination.

    Bellman and Ford's way: O(max_steps · edges).

    >>> graph = CostGraph([("a", "b", 1.0), ("b", "c", 1.0), ("a", "c", 3.0)])
    >>> find_least_within(graph, [graph.number["c"]], 2)
    [[inf, inf, 0.0], [3.0, 1.0, 0.0], [2.0, 1.0, 0.0]]
    """
    found = [[inf] * len(graph.nodes)]
    for number in destinations:
        found[0][number] = 0.0
    while len(found) <= max_steps:
        known = found[-1]
        following = [
            min([least, *(cost + known[head] for head, cost in graph.leaving[tail].items())])
            for tail, least in enumerate(known)
        ]
        # Where more steps make nothing cheaper, still more do not either.
        found += [following] if following != known else [known] * (max_steps + 1 - len(found))
    return found


def find_best_walks(
    graph: Searchable[Node],
    origin: Node,
    destinations: Collection[Node],
    state: State,
    advance: Advance[State],
    *,
    max_steps: int | None = None,
    within: Sequence[Sequence[float]] = (),
    patience: int | None = None,
) -> Iterator[tuple[float, tuple[Node, ...], State]]:
    """As `find_best_paths`, where what a step costs depends on the steps before it.

    Args:
        graph: the graph; each of its costs is a lower bound of what the step costs in any state.
        origin: where paths start.
        destinations: where paths may end.
        state: the state at the origin.
        advance: gives the real cost of a step, and the state after it.
        max_steps: how many edges a path may have at most.
        within: for 0, 1, ... `max_steps` edges and every node, a lower bound of the cost of a path of at most that many
            edges to a destination. Without it, the search would try all the cheapest paths if they are too long.
        patience: after how many partial paths to give up.

    Raises:
        OutOfPatience: the search has given up.

    Notes:
        Exact. The better the lower bounds, the fewer partial paths are looked at; at worst all are.
    """
    if origin not in graph.number:
        return
    ends = {graph.number[node] for node in destinations if node in graph.number}
    leaving, nodes = graph.leaving, graph.nodes
    # By the number of steps taken: for every node, what is still to come at least.
    ahead = within[::-1] or [graph.least_to(ends)] * (len(nodes) + 1)
    first, most = graph.number[origin], inf if patience is None else patience
    # Cost with what is still to come, steps, path, cost, state, and whether the last step is in cost and state: most
    # paths are never the cheapest, and need no more than the lower bound of that step.
    queue: list[tuple[float, int, tuple[int, ...], float, State, bool]] = [
        (ahead[0][first], 0, (first,), 0.0, state, True)
    ]
    looked_at = 0
    while queue and queue[0][0] < inf:
        total, length, path, spent, state, is_real = heappop(queue)
        tail = path[-1]
        if not is_real:
            cost, state = advance(state, path[-2], tail)
            spent += cost
            real = round(spent + ahead[length][tail], _DIGITS)
            if real > total:
                heappush(queue, (real, length, path, spent, state, True))
                continue
        looked_at += 1
        if looked_at > most:
            raise OutOfPatience
        if tail in ends:
            yield spent, tuple(nodes[number] for number in path), state
            continue
        if length == max_steps:
            continue
        least = ahead[length + 1]
        for head, cost in leaving[tail].items():
            rest = least[head]
            if rest < inf and head not in path:
                heappush(queue, (round(spent + cost + rest, _DIGITS), length + 1, (*path, head), spent, state, False))
