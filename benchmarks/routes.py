"""How fast k = 5 best paths are found on random networks with fixed costs, beside `networkx.shortest_simple_paths`.

Both sides search the same network for the same pairs, one after the other, and must agree on every cost. Building the
networks is not measured ("warm").

    python benchmarks/routes.py [--pairs 9] [--format json]
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

from benchmarks.onet import find_imported
from benchmarks.reporting import Goal, Report, add_format, reporting
from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import AlreadyThere, NoRoute
from careergraph.rdf.kinds import DESTINATIONS, POSITIONS
from careergraph.transitions.multigraph import to_networkx
from careergraph.transitions.routes import routes
from careergraph.transitions.shortest_paths import CostGraph, best_paths

K = 5
#: Positions, transitions, and how many times faster than networkx the search has to be.
SIZES = ((1_000, 20_000, 7.0), (10_000, 200_000, 3.0))

#: How many pairs are asked for if nobody says: on random networks, and with O*NET.
PAIRS, PAIRS_WITH_ONET = 9, 200
#: Milliseconds of processors that the slowest question with O*NET may take.
SLOWEST = Goal("at most", 1000)
#: Percentiles of the time of a question, by name.
PERCENTILES = {"p50": 50, "p90": 90, "p99": 99, "slowest": 100}

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


def time_search(search: Callable[[Pair], list[float]], pair: Pair) -> tuple[float, list[float]]:
    """Seconds that one search takes, and the costs it finds."""
    start = time.perf_counter()
    costs = search(pair)
    return time.perf_counter() - start, costs


def compare(positions: int, transitions: int, limit: float, pairs: int, report: Report) -> None:
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
        mine, expected = time_search(careergraph, (first, second)), time_search(networkx, (first, second))
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
            sides["careergraph"].append(busy(partial(routes, catalogue, origin, destination)))
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
    parser.add_argument("--seed", type=int, default=1)
    add_format(parser)
    options = parser.parse_args()
    with reporting(options.format) as report:
        if options.onet:
            asked(options.onet, options.pairs or PAIRS_WITH_ONET, options.seed, report)
            return int(not report.met)
        print(HEADINGS)
        for nodes, edges, limit in SIZES:
            compare(nodes, edges, limit, options.pairs or PAIRS, report)
    return int(not report.met)


if __name__ == "__main__":
    sys.exit(main())
