"""How fast k = 5 best paths are found on random networks with fixed costs, beside `networkx.shortest_simple_paths`.

Both sides search the same network for the same pairs, one after the other, and must agree on every cost. Building the
networks is not measured ("warm").

    python benchmarks/routes.py [--pairs 9] [--format json]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

import networkx as nx

from benchmarks.reporting import Goal, Report, add_format, reporting
from careergraph.transitions.shortest_paths import CostGraph, best_paths

K = 5
#: Positions, transitions, and how many times faster than networkx the search has to be.
SIZES = ((1_000, 20_000, 7.0), (10_000, 200_000, 3.0))

HEADINGS = f"{'positions':>9}{'transitions':>12}{'careergraph ms':>16}{'networkx ms':>14}{'ratio':>8}   range of ratios"

Pair = tuple[int, int]


def network(positions: int, transitions: int, seed: int) -> list[tuple[int, int, float]]:
    """A random network without loops or parallel edges; costs between 0.05 and 3."""
    generator = random.Random(seed)
    pairs: set[Pair] = set()
    while len(pairs) < transitions:
        pair = (generator.randrange(positions), generator.randrange(positions))
        if pair[0] != pair[1]:
            pairs.add(pair)
    return [(origin, destination, generator.uniform(0.05, 3.0)) for origin, destination in sorted(pairs)]


def timed(search: Callable[[Pair], list[float]], pair: Pair) -> tuple[float, list[float]]:
    """Seconds that one search takes, and the costs it finds."""
    start = time.perf_counter()
    costs = search(pair)
    return time.perf_counter() - start, costs


def compared(positions: int, transitions: int, limit: float, pairs: int, report: Report) -> None:
    """Measure one size, print a line, report how many times faster the median search is."""
    edges = network(positions, transitions, seed=positions)
    ours = CostGraph(edges)
    theirs: nx.DiGraph[int] = nx.DiGraph()
    theirs.add_weighted_edges_from(edges)
    generator = random.Random(1)

    def careergraph(pair: Pair) -> list[float]:
        return [cost for cost, _ in islice(best_paths(ours, pair[0], [pair[1]]), K)]

    def networkx(pair: Pair) -> list[float]:
        found = islice(nx.shortest_simple_paths(theirs, *pair, weight="weight"), K)
        return [nx.path_weight(theirs, path, "weight") for path in found]

    times: list[tuple[float, float]] = []
    for _ in range(pairs):
        first, second = generator.sample(range(positions), 2)
        mine, expected = timed(careergraph, (first, second)), timed(networkx, (first, second))
        assert [round(cost, 9) for cost in mine[1]] == [round(cost, 9) for cost in expected[1]]
        times.append((mine[0], expected[0]))
    mine_ms, theirs_ms = (median(column) * 1000 for column in zip(*times, strict=True))
    ratios = sorted(expected / mine for mine, expected in times)
    print(
        f"{positions:>9,}{transitions:>12,}{mine_ms:>16.1f}{theirs_ms:>14.1f}{theirs_ms / mine_ms:>8.1f}"
        f"   {ratios[0]:.1f} - {ratios[-1]:.1f}"
    )
    name, goal = f"{positions:,} positions, {transitions:,} transitions", Goal("at least", limit)
    for side, column in zip(("careergraph", "networkx"), zip(*times, strict=True), strict=True):
        report.measured(name, side, "ms", [1000 * one for one in column])
    report.ratio(name, "networkx / careergraph", ratios, goal, value=theirs_ms / mine_ms)


def main() -> int:
    """Measure all sizes; exit code 1 if one is slower than it has to be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=9)
    add_format(parser)
    options = parser.parse_args()
    with reporting(options.format) as report:
        print(HEADINGS)
        for nodes, edges, limit in SIZES:
            compared(nodes, edges, limit, options.pairs, report)
    return int(not report.met)


if __name__ == "__main__":
    sys.exit(main())
