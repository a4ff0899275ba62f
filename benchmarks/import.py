"""How long an import of O*NET takes and how much memory, beside rdflib merely parsing the same triples.

    python benchmarks/import.py PATH [--rounds 1] [--format json]     # the text download, a zip archive or a folder
    python benchmarks/import.py --source esco PATH...                 # ESCO's downloads instead

Both run in a process of their own, one after the other: first `careergraph import onet PATH` into a temporary folder,
with everything that it stores and derives; then `rdflib.Graph().parse(...)` on the same triples as N-Triples. Exit code
1 if the import takes longer than rdflib, or more than 1 GB of resident memory. An import works on two cores, rdflib on
one: what both take of the processors is told beside, and judges nothing.
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

import pyoxigraph

from benchmarks.machine import peak_memory
from benchmarks.reporting import Goal, Report, add_format, reporting
from careergraph.store.datasets import find_snapshot, read_manifest

MOST_BYTES = 1_000_000_000
IMPORT = "from careergraph.cli import run; run()"
PARSE = "import sys, rdflib; rdflib.Graph().parse(sys.argv[1], format='nt')"


class Cost(NamedTuple):
    """What a process took: seconds by the clock and of the processors, and its peak of resident memory in bytes."""

    seconds: float
    processor: float
    memory: int

    def line(self, name: str) -> str:
        """As a row of a table."""
        return f"{name:<10}{self.seconds:7.1f} s {self.processor:7.1f} s of processors {self.memory / 1e6:7,.0f} MB"


def measure(code: str, *arguments: str) -> Cost:
    """What a process takes that runs some code; what it prints on standard output is thrown away."""
    began = time.perf_counter()
    with Path(os.devnull).open("wb") as nothing:
        files = [(os.POSIX_SPAWN_DUP2, nothing.fileno(), 1)]
        command = [sys.executable, "-c", code, *arguments]
        child = os.posix_spawn(sys.executable, command, os.environ, file_actions=files)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{command[3:]} ended with status {status}")
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, peak_memory(usage))


def write_triples(dataset: str, path: Path) -> int:
    """Write what a data set's own graphs say as N-Triples, each triple once; returns their number."""
    store = pyoxigraph.Store.read_only(f"{find_snapshot(dataset)}/store")
    number = 0
    with path.open("wb") as file:
        for graph in read_manifest(dataset).graphs:
            quads = store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph))
            for quad in quads:
                file.write(f"{quad.triple} .\n".encode())
                number += 1
    return number


class Round(NamedTuple):
    """What both sides took, one after the other, and how many triples they dealt with."""

    ours: Cost
    theirs: Cost
    triples: int

    @property
    def ratio(self) -> float:
        """How long the import takes, of what rdflib takes."""
        return self.ours.seconds / self.theirs.seconds


def compare(source: str, paths: list[str]) -> Round:
    """Measure both sides once."""
    with tempfile.TemporaryDirectory() as folder:
        dataset, triples = f"{folder}/{source}", Path(folder, f"{source}.nt")
        ours = measure(IMPORT, "import", source, *paths, "--output", dataset)
        number = write_triples(dataset, triples)
        return Round(ours, measure(PARSE, str(triples)), number)


def report_rounds(rounds: list[Round], report: Report) -> None:
    """Print the round in the middle, and report all."""
    ours, theirs, number = middle = sorted(rounds, key=lambda one: one.ratio)[len(rounds) // 2]
    print(f"{number:,} triples")
    print(ours.line("import"))
    print(theirs.line("rdflib"), "(parses them, and no more)")
    work = [one.ours.processor / one.theirs.processor for one in rounds]
    print(
        f"ratio     {middle.ratio:7.2f}   (at most 1.0, and 1,000 MB); of processors {sorted(work)[len(work) // 2]:.2f}"
    )
    ratio = round(middle.ratio, 2)
    report.details |= {"triples": number, "import": ours._asdict(), "rdflib": theirs._asdict(), "ratio": ratio}
    ratios = [one.ratio for one in rounds]
    report.ratio("time", "import / rdflib parsing", ratios, Goal("at most", 1.0), value=middle.ratio)
    report.ratio("time of processors", "import / rdflib parsing", work)
    limits = {"import": Goal("at most", MOST_BYTES / 1e6), "rdflib parsing": None}
    for (side, goal), costs in zip(limits.items(), ([r.ours for r in rounds], [r.theirs for r in rounds]), strict=True):
        report.measured("time", side, "s", [cost.seconds for cost in costs])
        memory = [cost.memory / 1e6 for cost in costs]
        report.measured("peak memory", side, "MB", memory, goal, value=max(memory))
    report.notes.append(f"{number:,} triples.")


def main(arguments: list[str]) -> int:
    """Measure, print, and judge; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="+", help="the text download of O*NET, or the downloads of another source")
    parser.add_argument("--source", default="onet", help="whose downloads these are")
    parser.add_argument("--rounds", type=int, default=1)
    add_format(parser)
    given = parser.parse_args(arguments)
    with reporting(given.format) as report:
        report_rounds([compare(given.source, given.path) for _ in range(given.rounds)], report)
    return int(not report.met)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
