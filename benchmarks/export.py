"""How long it takes to export all of O*NET with the curated graph as CSV, and how much memory.

    python benchmarks/export.py PATH [--rounds 1] [--format json]
    # PATH is the text download, or the folder of a data set that an import has made of it

Each round is a process of its own: `careergraph export csv` of both data sets, ratings and tools included. Beside it
stands the same graph in NetworkX. Exit code 1 if the export takes more than 30 seconds of processors or more than 1 GB
of resident memory.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

from benchmarks.machine import peak_memory
from benchmarks.onet import find_imported
from benchmarks.reporting import Goal, Report, add_format, reporting

MOST_SECONDS, MOST_MEGABYTES = 30.0, 1000.0
EXPORT = "from careergraph.cli import run; run()"
NETWORKX = "import sys, careergraph; careergraph.load(*sys.argv[1:]).to_networkx()"


class Cost(NamedTuple):
    """What a process took: seconds by the clock and of the processors, and its peak of resident memory in megabytes."""

    seconds: float
    processor: float
    memory: float


def measure(code: str, *arguments: str) -> Cost:
    """What a process takes that runs some code; what it prints is thrown away."""
    began = time.perf_counter()
    with Path(os.devnull).open("wb") as nothing:
        files = [(os.POSIX_SPAWN_DUP2, nothing.fileno(), number) for number in (1, 2)]
        child = os.posix_spawn(sys.executable, [sys.executable, "-c", code, *arguments], os.environ, file_actions=files)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{arguments} ended with status {status}")
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, peak_memory(usage) / 1e6)


def report_costs(name: str, costs: list[Cost], report: Report, *, judged: bool) -> None:
    """Print what a process took in the round in the middle, and report all."""
    middle = sorted(costs)[len(costs) // 2]
    print(f"{name:<10}{middle.seconds:7.1f} s {middle.processor:7.1f} s of processors {middle.memory:7,.0f} MB")
    seconds, memory = Goal("at most", MOST_SECONDS), Goal("at most", MOST_MEGABYTES)
    report.measured("time", name, "s", [cost.seconds for cost in costs])
    report.measured("time of processors", name, "s", [cost.processor for cost in costs], seconds if judged else None)
    report.measured(
        "peak memory",
        name,
        "MB",
        [cost.memory for cost in costs],
        memory if judged else None,
        value=max(c.memory for c in costs),
    )


def main(arguments: list[str]) -> int:
    """Measure, print, and judge; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", help="the text download of O*NET, or a data set imported from it")
    parser.add_argument("--rounds", type=int, default=1)
    add_format(parser)
    given = parser.parse_args(arguments)
    with reporting(given.format) as report, tempfile.TemporaryDirectory() as folder:
        both = ("bundled", find_imported(given.path, folder))
        command = ("export", "csv", "-o", f"{folder}/csv", *(word for name in both for word in ("--dataset", name)))
        report_costs("CSV", [measure(EXPORT, *command) for _ in range(given.rounds)], report, judged=True)
        report_costs("NetworkX", [measure(NETWORKX, *both) for _ in range(given.rounds)], report, judged=False)
    return int(not report.met)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
