"""How much a whole `careergraph` process has to do, beside `python -c "import click"`.

What is measured is the time that processors work for it, its own and the system's; a clock would tell what else the
machine does. Both sides run in turn all the same. Printed is the median of the runs, and of the ratios of each round;
absolute times prove nothing on a shared machine.

    python benchmarks/cold_start.py [--rounds 15] [--limit 1.6] [--format json]
    python benchmarks/cold_start.py --onet PATH [--rounds 15] [--limit 2.5] [--format json]
    python benchmarks/cold_start.py --data FOLDER [--rounds 15] [--limit 3] [--format json]

The second one asks the bundled data joined with O*NET; PATH is the official archive, which is imported for the time,
or the folder of a data set that an import has made. The third one asks all that is imported in a data folder, O*NET,
ESCO and the crosswalk among it. A plan, for which courses have to be chosen, may take eight times as long as the import
in any case. Ends with exit code 1 if a ratio of medians exceeds the limit.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

from benchmarks.onet import find_imported
from benchmarks.reporting import Goal, Report, add_format, reporting

BASELINE = [sys.executable, "-c", "import click"]
CAREERGRAPH = str(Path(sys.executable).parent / "careergraph")
COMMANDS = {
    "show": ["show", "machine learning engineer"],
    "search": ["search", "python"],
    "path": ["path", "software engineer", "machine learning engineer"],
    "plan": ["plan", "registered nurse", "machine learning engineer"],
}
#: What may take longer than the rest, and how much longer than the import.
OTHER_LIMITS = {"plan": 8.0}

#: Whoever asks these need not know how O*NET writes a name, nor how to spell it.
WITH_ONET = {
    "path": ["path", "registered nurse", "AI ethicist"],
    "path long": ["path", "lawyer", "AI safety researcher"],
    "show": ["show", "registered nurse"],
    "search exact": ["search", "data scientists"],
    "search prefix": ["search", "anesth"],
    "search alias": ["search", "chief executive officer"],
    "search typo": ["search", "registred nurs"],
    "search typo 2": ["search", "machne learning enginer"],
}


#: With ESCO in English and Dutch, and the crosswalk, beside O*NET.
WITH_ESCO = {
    "path": ["path", "ICT application developer", "machine learning engineer"],
    "path Dutch": ["path", "verpleegkundige", "AI ethicist", "--lang", "nl"],
    "path O*NET": ["path", "registered nurses", "AI ethicist"],
    "show ESCO": ["show", "ICT application developer"],
    "show O*NET": ["show", "registered nurses"],
    "search": ["search", "data scientist"],
    "search Dutch": ["search", "algemeen verpleegkundige"],
    "search typo": ["search", "machne lerning enginer"],
}


def seconds(command: list[str]) -> float:
    """How long processors work for one process, from its start to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Measure, print a table, compare with the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--limit", type=float)
    parser.add_argument("--onet", metavar="PATH")
    parser.add_argument("--data", metavar="FOLDER")
    add_format(parser)
    options = parser.parse_args()
    limit = options.limit or (3.0 if options.data else 2.5 if options.onet else 1.6)
    with tempfile.TemporaryDirectory() as folder, reporting(options.format) as report:
        # Nobody's own data sets are to be measured.
        os.environ["CAREERGRAPH_DATA"] = options.data or folder
        # Nor is compiling, which Python would do at each start.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        joined = ["--dataset", "bundled", "--dataset", find_imported(options.onet, folder)] if options.onet else []
        asked = WITH_ESCO if options.data else WITH_ONET if options.onet else COMMANDS
        commands = {"import click": BASELINE} | {name: [CAREERGRAPH, *rest, *joined] for name, rest in asked.items()}
        compare(commands, options.rounds, limit, report)
    return int(not report.met)


def compare(commands: dict[str, list[str]], rounds: int, limit: float, report: Report) -> None:
    """Measure all commands in turn, print a table, and report."""
    for command in commands.values():  # once unmeasured, for the disk's sake
        seconds(command)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(seconds(command))
    base = median(times["import click"])
    print(f"{'process':<14}{'median ms':>10}{'ratio':>8}   quartiles of the rounds' ratios")
    for name, found in times.items():
        ratios = [mine / theirs for mine, theirs in zip(found, times["import click"], strict=True)]
        low, _, high = quantiles(ratios, n=4)
        print(f"{name:<14}{median(found) * 1000:>10.1f}{median(found) / base:>8.2f}   {low:.2f} - {high:.2f}")
        report.measured(name, "click" if name == "import click" else "careergraph", "ms", [1000 * one for one in found])
        if name != "import click":
            goal = Goal("at most", OTHER_LIMITS.get(name, limit))
            report.ratio(name, "careergraph / import click", ratios, goal, value=median(found) / base)


if __name__ == "__main__":
    sys.exit(main())
