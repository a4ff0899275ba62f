"""How fast k = 5 best paths are found on random networks with fixed costs, beside networkx and scipy.

`networkx.shortest_simple_paths` and `scipy.sparse.csgraph.yen` search the same network for the same pairs, one after
the other, and all must agree on every cost. Building the networks is not measured ("warm"). From 100,000 positions on,
only scipy is asked beside: networkx takes minutes.

    python benchmarks/routes.py [--pairs 9] [--large 3] [--format json]
    python benchmarks/routes.py --onet PATH [--pairs 200] [--seed 1] [--format json]

With PATH, O*NET's text download or a data set imported from it, joined with the curated graph: how long one `path`
takes between random positions, with all its defaults and everything that it answers, in time of processors; beside
networkx's shortest path by the same costs through the same moves, which answers with the nodes alone. It knows nothing
of what is carried along, and may therefore find another route.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import yen

from benchmarks.onet import find_imported
from benchmarks.reporting import Goal, Report, add_format, reporting
from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import AlreadyThere, NoRoute
from careergraph.rdf.kinds import DESTINATIONS, POSITIONS
from careergraph.transitions.multigraph import to_networkx
from careergraph.transitions.routes import find_routes
from careergraph.transitions.shortest_paths import CostGraph, find_best_paths

K = 5
#: Positions, transitions, and how many times faster than networkx the search has to be.
SIZES = ((1_000, 20_000, 7.0), (10_000, 200_000, 3.0))
#: Positions and transitions of networks that only scipy searches beside.
LARGE = ((100_000, 600_000), (1_000_000, 6_000_000))
#: scipy takes at least as long.
AHEAD = Goal("at least", 1.0)

#: How many pairs are asked for if nobody says: on random networks, and with O*NET.
PAIRS, PAIRS_WITH_ONET = 9, 200
#: Milliseconds of processors that the slowest question with O*NET may take.
SLOWEST = Goal("at most", 1000)
#: Percentiles of the time of a question, by name.
PERCENTILES = {"p50": 50, "p90": 90, "p99": 99, "slowest": 100}

HEADINGS = "positions, transitions, and milliseconds in the middle; how much longer others take"

Pair = tuple[int, int]
Search = Callable[[Pair], list[float]]


def network(positions: int, transitions: int, seed: int) -> list[tuple[int, int, float]]:
    """A random network without loops or parallel edges; costs between 0.05 and 3."""
    generator = random.Random(seed)
    pairs: set[Pair] = set()
    while len(pairs) < transitions:
        pair = (generator.randrange(positions), generator.randrange(positions))
        if pair[0] != pair[1]:
            pairs.add(pair)
    return [(origin, destination, generator.uniform(0.05, 3.0)) for origin, destination in sorted(pairs)]


def time_search(search: Search, pair: Pair) -> tuple[float, list[float]]:
    """Seconds that one search takes, and the costs it finds."""
    start = time.perf_counter()
    costs = search(pair)
    return time.perf_counter() - start, costs


def searches(edges: Sequence[tuple[int, int, float]], positions: int, *, all_sides: bool) -> dict[str, Search]:
    """Side → its search for the costs of the best paths of a pair."""
    ours, origins, ends, costs = CostGraph(edges, range(positions)), *zip(*edges, strict=True)
    numbers = np.array(origins, dtype=np.int32), np.array(ends, dtype=np.int32)
    matrix = csr_array((costs, numbers), shape=(positions, positions))

    def careergraph(pair: Pair) -> list[float]:
        return [cost for cost, _ in islice(find_best_paths(ours, pair[0], [pair[1]]), K)]

    def scipy(pair: Pair) -> list[float]:
        return [float(cost) for cost in yen(matrix, *pair, K)]

    if not all_sides:
        return {"careergraph": careergraph, "scipy": scipy}
    theirs: nx.DiGraph[int] = nx.DiGraph()
    theirs.add_weighted_edges_from(edges)

    def networkx(pair: Pair) -> list[float]:
        found = islice(nx.shortest_simple_paths(theirs, *pair, weight="weight"), K)
        return [nx.path_weight(theirs, path, "weight") for path in found]

    return {"careergraph": careergraph, "scipy": scipy, "networkx": networkx}


def compare(positions: int, transitions: int, pairs: int, report: Report, limit: float | None = None) -> None:
    """Measure one size, print a line, report how many times faster the median search is.

    Args:
        positions: how many.
        transitions: how many.
        pairs: how many pairs are searched.
        report: gets the figures.
        limit: how many times faster than networkx the search has to be; networkx is left out if None.
    """
    edges = network(positions, transitions, seed=positions)
    sides = searches(edges, positions, all_sides=limit is not None)
    generator, times = random.Random(1), dict[str, list[float]]()
    for _ in range(pairs):
        first, second = generator.sample(range(positions), 2)
        found = {side: time_search(search, (first, second)) for side, search in sides.items()}
        expected = [round(cost, 9) for cost in found["careergraph"][1]]
        assert all([round(cost, 9) for cost in costs] == expected for _, costs in found.values())
        for side, (seconds, _) in found.items():
            times.setdefault(side, []).append(1000 * seconds)
    report_sides(f"{positions:,} positions, {transitions:,} transitions", times, report, limit)


def report_sides(name: str, times: Mapping[str, list[float]], report: Report, limit: float | None) -> None:
    """Print and report what each side takes, and the ratios of the medians."""
    ours = times["careergraph"]
    goals = {"scipy": AHEAD, "networkx": limit and Goal("at least", limit)}
    told = [name, f"careergraph {median(ours):.1f} ms"]
    for side, taken in times.items():
        report.measured(name, side, "ms", taken)
        if side != "careergraph":
            ratio = median(taken) / median(ours)
            ratios = sorted(their / mine for their, mine in zip(taken, ours, strict=True))
            report.ratio(name, f"{side} / careergraph", ratios, goals[side] or None, value=ratio)
            told.append(f"{side} {median(taken):.1f} ms, {ratio:.1f} times as long")
    print("; ".join(told), flush=True)


def draw_positions(catalogue: Catalogue, pairs: int, seed: int) -> list[tuple[str, str]]:
    """Random pairs of a position and another that a route may lead to."""
    drawn, found = random.Random(seed), list[tuple[str, str]]()
    origins, destinations = (
        [iri for kind in kinds for iri in catalogue.by_kind[kind]] for kinds in (POSITIONS, DESTINATIONS)
    )
    while len(found) < pairs:
        pair = drawn.choice(origins), drawn.choice(destinations)
        if pair[0] != pair[1]:
            found.append(pair)
    return found


def busy(question: Callable[[], object]) -> tuple[float, bool]:
    """Milliseconds of processors that a question takes, and whether there is a route."""
    start = time.process_time()
    try:
        question()
    except (AlreadyThere, NoRoute, nx.NetworkXNoPath):
        return 1000 * (time.process_time() - start), False
    return 1000 * (time.process_time() - start), True


def asked(path: str, pairs: int, seed: int, report: Report) -> None:
    """Measure how long a question takes with O*NET joined."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Catalogue.load("bundled", find_imported(path, folder))
        graph = to_networkx(catalogue, kinds=POSITIONS)
        sides: dict[str, list[tuple[float, bool]]] = {"careergraph": [], "networkx": []}
        for origin, destination in draw_positions(catalogue, pairs, seed):
            sides["careergraph"].append(busy(partial(find_routes, catalogue, origin, destination)))
            sides["networkx"].append(busy(partial(nx.shortest_path, graph, origin, destination, weight="cost")))
    report_times(sides, graph, report)


def report_times(
    sides: Mapping[str, Sequence[tuple[float, bool]]], graph: nx.MultiDiGraph[str], report: Report
) -> None:
    """Print and report how long questions took."""
    without = [found for _, found in sides["careergraph"]].count(False)
    said = (
        f"{len(sides['careergraph'])} pairs, {without} without a route; {len(graph)} positions, {graph.size():,} moves"
    )
    report.notes.append(f"{said}; times are those of processors.")
    print(f"{said}\n{'ms of processors':<18}" + "".join(f"{name:>10}" for name in PERCENTILES))
    for side, found in sides.items():
        times = [each for each, _ in found]
        figures = {name: float(np.percentile(times, share)) for name, share in PERCENTILES.items()}
        print(f"{side:<18}" + "".join(f"{figure:>10.1f}" for figure in figures.values()))
        for name, figure in figures.items():
            goal = SLOWEST if (side, name) == ("careergraph", "slowest") else None
            report.measured(f"random pairs with O*NET, {name}", side, "ms", times, goal, value=figure)
    ratios = [ours / max(theirs, 1e-3) for (ours, _), (theirs, _) in zip(*sides.values(), strict=True)]
    report.ratio("random pairs with O*NET", "careergraph, whole answers / networkx, nodes alone", ratios)


def main() -> int:
    """Measure; exit code 1 if something is slower than it has to be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--onet", metavar="PATH")
    parser.add_argument("--pairs", type=int)
    parser.add_argument("--large", type=int, default=0, help="how many pairs are asked for in the largest networks")
    parser.add_argument("--seed", type=int, default=1)
    add_format(parser)
    options = parser.parse_args()
    with reporting(options.format) as report:
        if options.onet:
            asked(options.onet, options.pairs or PAIRS_WITH_ONET, options.seed, report)
            return int(not report.met)
        print(HEADINGS)
        for nodes, edges, limit in SIZES:
            compare(nodes, edges, options.pairs or PAIRS, report, limit)
        for nodes, edges in LARGE if options.large else ():
            compare(nodes, edges, options.large, report)
    return int(not report.met)


if __name__ == "__main__":
    sys.exit(main())
