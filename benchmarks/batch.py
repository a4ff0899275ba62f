"""One question for many people: people a second on one process and on several, beside asking one by one.

    python benchmarks/batch.py [--people 1000 10000 100000] [--question gap] [--one-by-one 200] [--format json]

People are made from a seed: positions of the bundled graph, unevenly often, with none to two skills more. One by one is
what a loop over the library does: `start` and the question, with the data loaded once.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:] = [str(ROOT), str(ROOT / "tests/support"), *(p for p in sys.path if p != str(Path(__file__).parent))]

import careergraph
from benchmarks.reporting import Report, add_format, reporting
from careergraph.model.errors import NoAnswer
from careergraph.store.locations import list_dataset_files
from careergraph.transitions.batch.jobs import run_batch
from made_people import make_people

ROLES = ("AI ethicist", "machine learning engineer", "data scientist", "AI product manager")
PROCESSES = (1, 2)


class Costs(NamedTuple):
    """What something took: by the clock, and of processors, in seconds."""

    clock: float
    processor: float


@contextmanager
def timed(into: list[Costs]) -> Iterator[None]:
    """Add what a block took, with the processes that it started and that have ended."""
    began, before = time.perf_counter(), sum(os.times()[:4])
    yield
    into.append(Costs(time.perf_counter() - began, sum(os.times()[:4]) - before))


def ask_one_by_one(question: str, number: int) -> Costs:
    """What a person takes if a loop over the library asks."""
    graph, taken = careergraph.load("bundled"), list[Costs]()
    ask = getattr(graph, question)
    people = list(islice(make_people(10 * number, to=ROLES), number))
    ask(graph.start("philosopher"), ROLES[0])  # what is computed once for all is no part of it
    with timed(taken):
        for row in people:
            origin = graph.start(row["position"], skills=[*row["skills"], *row["credentials"]])
            with suppress(NoAnswer):
                ask(origin, row["to"])
    return Costs(taken[0].clock / number, taken[0].processor / number)


def ask_as_batch(question: str, people: str, folder: str, processes: int) -> Costs:
    """What a batch takes, the start of its processes included."""
    taken = list[Costs]()
    output = Path(folder, f"{Path(people).stem}-{question}-{processes}-{time.monotonic_ns()}")
    with timed(taken):
        run_batch(question, people, str(output), files=list_dataset_files("bundled"), processes=processes)
    return taken[0]


def main() -> int:
    """Measure both sides in turn, and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--question", choices=("routes", "gap", "plan"), default="gap")
    parser.add_argument("--one-by-one", type=int, default=200)
    add_format(parser)
    options = parser.parse_args()
    with reporting(options.format) as report, tempfile.TemporaryDirectory(prefix="batch-") as folder:
        for number in options.people:
            measure(report, options.question, number, options.one_by_one, folder)
        people = str(Path(folder, f"people-{max(options.people)}.jsonl"))
        report.measured("memory of a process", "careergraph", "MB", [find_peak(options.question, people, folder)])
    return 0 if report.met else 1


def measure(report: Report, question: str, number: int, sample: int, folder: str) -> None:
    """Measure one number of people."""
    path = Path(folder, f"people-{number}.jsonl")
    with path.open("w") as file:
        file.writelines(f"{json.dumps(row)}\n" for row in make_people(number, to=ROLES))
    single = ask_one_by_one(question, min(sample, number))
    taken = {processes: ask_as_batch(question, str(path), folder, processes) for processes in PROCESSES}
    name = f"{question}, {number:,} people"
    for processes, found in taken.items():
        side, rate = f"batch, {processes} process{'es' * (processes > 1)}", number / found.clock
        each = found.processor / number
        report.measured(name, side, "people/s", [rate])
        report.measured(f"{name}: processor time", side, "ms a person", [1000 * each])
        report.ratio(name, f"one by one / {side}", [single.clock / found.clock * number])
        report.ratio(f"{name}: processor time", f"one by one / {side}", [single.processor / each])
        print(f"{name}: {side}: {rate:,.0f} people/s, {1000 * each:.3f} ms of processors a person")
    report.measured(f"{name}: processor time", "one by one", "ms a person", [1000 * single.processor])
    report.ratio(name, "1 process / 2 processes", [taken[1].clock / taken[2].clock])
    print(f"{name}: one by one: {1000 * single.processor:.2f} ms of processors a person")


#: Prints the peak of memory of a process of a batch, in kB. A process that is started counts what its parent had, so
#: the parent is one that has nothing loaded.
_PEAK = """
import resource, sys
from careergraph.store.locations import list_dataset_files
from careergraph.transitions.batch.jobs import run_batch
run_batch(*sys.argv[1:], files=list_dataset_files("bundled"), processes=1)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def find_peak(question: str, people: str, folder: str) -> float:
    """The peak of memory of a process that answers, in MB."""
    command = [sys.executable, "-c", _PEAK, question, people, str(Path(folder, "peak"))]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout) / 1024


if __name__ == "__main__":
    sys.exit(main())
