"""Which of many routes are told: the best one, and alternatives that differ in kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from math import inf

from careergraph.transitions.criteria import CRITERIA, DEFAULT

#: A route that is best by another criterion has at most so many steps, unless the best route has more: ever more easy
#: moves come out best by feasibility, and nobody changes jobs six times to get somewhere.
LONGEST_ALTERNATIVE = 4
#: A route that takes more than so many times the attempts of the best one is no alternative, unless it is best by
#: another criterion.
_WORTH_TELLING = 3
#: Costs that differ by less are the same: sums depend on their order in the last digits.
_SLIGHT = 1e-9
#: A route with its labels, by the IRIs of its positions.
LabelledRoute = tuple[tuple[str, ...], tuple[str, ...]]


def choose_best(
    pool: Iterable[tuple[str, ...]], cost_within: Callable[[tuple[str, ...], str, float], float], by: str
) -> list[LabelledRoute]:
    """The best route of a pool, the same as that of `choose_among`; none if all are impossible.

    Args:
        pool: routes, the most promising first.
        cost_within: the cost of a route by a criterion; infinity if it exceeds the third argument.
        by: the criterion.
    """
    best: tuple[str, ...] | None = None
    least: tuple[float, int, tuple[str, ...]] = (inf, 0, ())
    for nodes in pool:
        found = order_by_cost(cost_within(nodes, by, least[0] + _SLIGHT), nodes)
        if found < least:
            best, least = nodes, found
    return [] if best is None else [(best, ())]


def choose_among(
    pool: Iterable[tuple[str, ...]], cost: Callable[[tuple[str, ...], str], float], by: str, k: int
) -> list[LabelledRoute]:
    """Choose from a pool of routes: see `choose`. `cost` takes a route and a criterion."""
    cost = cache(cost)
    possible = [nodes for nodes in dict.fromkeys(pool) if cost(nodes, DEFAULT) < inf]
    if not possible:
        return []

    def ranked(name: str) -> list[tuple[str, ...]]:
        return sorted(possible, key=lambda nodes: order_by_cost(cost(nodes, name), nodes))

    best = ranked(by)[0]
    most = max(LONGEST_ALTERNATIVE, len(best) - 1) + 1
    champions = {name: next(nodes for nodes in ranked(name) if len(nodes) <= most) for name in _criteria(by, k)}
    told = [nodes for nodes in ranked(by) if cost(nodes, DEFAULT) <= _WORTH_TELLING * cost(best, DEFAULT)]
    return choose(told, champions if k > 1 else {}, k)


def _criteria(by: str, k: int) -> tuple[str, ...]:
    return (by, *(other for other in CRITERIA if k > 1 and other != by))


def order_by_cost(cost: float, nodes: tuple[str, ...]) -> tuple[float, int, tuple[str, ...]]:
    """What routes are sorted by: their cost, then the fewer steps, then IRIs."""
    return round(cost, 12), len(nodes), nodes


def choose(ranked: Sequence[tuple[str, ...]], champions: Mapping[str, tuple[str, ...]], k: int) -> list[LabelledRoute]:
    """Choose alternatives that differ in kind.

    Args:
        ranked: routes, the best first.
        champions: criterion → the route that is best by it.
        k: how many routes are wanted.

    Returns:
        The best route; then those that are best by other criteria; then the next best without a stop in common with
        those; then the next best. Each with labels for what it is best by.

    >>> ranked = [("a", "z"), ("a", "b", "z"), ("a", "b", "c", "z")]
    >>> choose(ranked, {"steps": ("a", "z"), "time": ("a", "b", "c", "z")}, 2)
    [(('a', 'z'), ('fewest moves',)), (('a', 'b', 'c', 'z'), ('least time',))]
    """
    chosen = dict.fromkeys([*ranked[:1], *(nodes for nodes in champions.values() if nodes)])
    stops = {node for nodes in chosen for node in nodes[1:-1]}
    for nodes in ranked:
        if nodes not in chosen and not stops & set(nodes[1:-1]):
            chosen[nodes] = None
            stops |= set(nodes[1:-1])
    chosen |= dict.fromkeys(ranked)
    said = {nodes: tuple(CRITERIA[by].words for by, best in champions.items() if best == nodes) for nodes in chosen}
    return [(nodes, said[nodes]) for nodes in islice(chosen, k)]
