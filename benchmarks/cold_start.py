"""How long a whole `careergraph` process takes, beside `python -c "import click"`.

Both sides run in turn, so that whatever else the machine does hits both. Printed is the median of the runs, and of
the ratios of each round; absolute times prove nothing on a shared machine.

    python benchmarks/cold_start.py [--rounds 15] [--limit 2.5]

Ends with exit code 1 if a ratio of medians exceeds the limit.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles

BASELINE = [sys.executable, "-c", "import click"]
CAREERGRAPH = str(Path(sys.executable).parent / "careergraph")
COMMANDS = {
    "show": ["show", "machine learning engineer"],
    "search": ["search", "python"],
    "path": ["path", "software engineer", "machine learning engineer"],
}


def seconds(command: list[str]) -> float:
    """Wall-clock time of one process, from start to end."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> int:
    """Measure, print a table, compare with the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--limit", type=float, default=2.5)
    options = parser.parse_args()
    commands = {"import click": BASELINE} | {name: [CAREERGRAPH, *arguments] for name, arguments in COMMANDS.items()}
    for command in commands.values():  # once unmeasured, for the disk's sake
        seconds(command)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(options.rounds):
        for name, command in commands.items():
            times[name].append(seconds(command))
    base = median(times["import click"])
    print(f"{'process':<14}{'median ms':>10}{'ratio':>8}   quartiles of the rounds' ratios")
    for name, found in times.items():
        ratios = [mine / theirs for mine, theirs in zip(found, times["import click"], strict=True)]
        low, _, high = quantiles(ratios, n=4)
        print(f"{name:<14}{median(found) * 1000:>10.1f}{median(found) / base:>8.2f}   {low:.2f} - {high:.2f}")
    return int(any(median(found) / base > options.limit for found in times.values()))


if __name__ == "__main__":
    sys.exit(main())
