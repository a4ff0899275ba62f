"""How long a plan takes with O*NET joined: from each of many occupations, and as a whole process.

Asked is for the plan from every occupation, in a random order, to one role, with all its defaults: the best route to
it, the choice of courses, and their order. That is in time of processors, for one process that has the data open, as a
server has it. Beside it the whole process is measured, `careergraph plan`, beside `python -c "import click"`.

    python benchmarks/plans.py PATH [--occupations 1000] [--rounds 15] [--seed 1] [--format json]

PATH is O*NET's text download, or a data set imported from it. Ends with exit code 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

import numpy as np

from benchmarks.cold_start import BASELINE, CAREERGRAPH, seconds
from benchmarks.onet import find_imported
from benchmarks.reporting import Goal, Report, add_format, reporting
from careergraph.api import CareerGraph
from careergraph.catalogue.catalogue import Catalogue

ROLE = "machine learning engineer"
#: Milliseconds of processors that the slowest plan may take; how many times as long as `import click` a process may.
SLOWEST, COLD = Goal("at most", 1000), Goal("at most", 8)
#: After how many plans it is told how far it is.
_TOLD = 50
#: Percentiles of the time of a plan, by name.
PERCENTILES = {"p50": 50, "p90": 90, "p99": 99, "slowest": 100}


def plan_times(graph: CareerGraph, number: int, seed: int) -> list[float]:
    """Milliseconds of processors that the plan from each of some occupations takes."""
    found = sorted(ref.label for ref in graph.list("occupation"))
    asked = random.Random(seed).sample(found, min(number, len(found)))
    graph.plan(asked[0], ROLE)  # what is read once for all
    times = []
    for place, occupation in enumerate(asked, 1):
        start = time.process_time()
        graph.plan(occupation, ROLE)
        times.append(1000 * (time.process_time() - start))
        if place % _TOLD == 0:
            print(f"{place:,} of {len(asked):,} occupations", file=sys.stderr, flush=True)
    return times


def tell_plans(times: Sequence[float], report: Report) -> None:
    """Print how long plans took, and report it."""
    for name, percent in PERCENTILES.items():
        value = float(np.percentile(times, percent))
        print(f"plan from an occupation, {name:<8}{value:>9.1f} ms of processors")
        goal = SLOWEST if name == "slowest" else None
        report.measured(f"a plan, {name}", "careergraph", "ms of processors", times, goal, value=value)
    report.notes.append(f"{len(times):,} occupations, each once, in one process that has the data open.")


def tell_start(rounds: int, joined: Sequence[str], report: Report) -> None:
    """Measure the whole process beside `import click`, print and report it."""
    command = [CAREERGRAPH, "plan", "registered nurse", ROLE, *joined]
    for one in (BASELINE, command):  # once unmeasured, for the disk's sake
        seconds(one)
    pairs = [(seconds(BASELINE), seconds(command)) for _ in range(rounds)]
    ratio = median(mine for _, mine in pairs) / median(theirs for theirs, _ in pairs)
    print(f"careergraph plan / import click {ratio:.2f}")
    for name, side, place in (("import click", "click", 0), ("plan, cold", "careergraph", 1)):
        report.measured(name, side, "ms", [1000 * pair[place] for pair in pairs])
    ratios = [mine / theirs for theirs, mine in pairs]
    report.ratio("plan, cold", "careergraph / import click", ratios, COLD, value=ratio)


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("onet", metavar="PATH", help="O*NET's text download, or a data set imported from it")
    parser.add_argument("--occupations", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    add_format(parser)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, reporting(options.format) as report:
        os.environ["CAREERGRAPH_DATA"] = folder  # nobody's own data sets are to be measured
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # nor is compiling, which Python would do at each start
        dataset = find_imported(options.onet, folder)
        graph = CareerGraph(Catalogue.load("bundled", dataset))
        tell_plans(plan_times(graph, options.occupations, options.seed), report)
        tell_start(options.rounds, ["--dataset", "bundled", "--dataset", dataset], report)
    return int(not report.met)


if __name__ == "__main__":
    sys.exit(main())
