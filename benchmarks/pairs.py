"""All pairs of a register's occupations: what the hundred best of each cost as the register grows, here and on Spark.

    python benchmarks/pairs.py [--occupations 1000 4000 16000] [--parts 1] [--spark 4000] [--format json]

Occupations are made from a seed, each with titles, a description, fifteen tasks and ratings, as a national register has
them. Each size is measured in a process of its own: first what is computed once for each occupation, then some parts of
256 origins, each compared with all occupations and written. What a whole register takes follows from that by
multiplication. With PySpark, parts of one size go through `local[2]` as well, beside two processes.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

import numpy as np

from benchmarks.machine import peak_memory
from benchmarks.reporting import Report, add_format, reporting
from careergraph.importing.derive.pairs.jobs import compare_here, locate_in
from careergraph.importing.derive.pairs.parts import PAIRS, PART, PairsJob, compare_part
from careergraph.importing.derive.similarity.profiles import Profiles, Ratings
from careergraph.importing.derive.threads import use_one_thread
from careergraph.model.errors import MissingExtra, MissingProgram

TASKS, TITLES, FIELDS = 15, 5, 40
#: The size of a large register.
LARGE = 100_000
_ELEMENTS = {"interests": 6, "knowledge": 33, "skills": 35}
_SYLLABLES = [consonant + vowel for consonant in "bcdfglmnprstv" for vowel in "aeiou"]


def make_register(size: int, seed: int = 1) -> Profiles:
    """Occupations in fields: those of a field have most of their words, and much of their ratings, in common."""
    chance, figures = random.Random(seed), np.random.default_rng(seed)
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(8_000)]
    fields = [[words[int(len(words) * chance.random() ** 2)] for _ in range(600)] for _ in range(FIELDS)]
    field_of = [chance.randrange(FIELDS) for _ in range(size)]

    def word(own: list[str]) -> str:
        return (own if chance.random() < 0.7 else words)[int(600 * chance.random() ** 2)]

    def texts(number: int, count: int, length: int) -> tuple[str, ...]:
        own = fields[field_of[number]]
        return tuple(" ".join(word(own) for _ in range(length)) for _ in range(count))

    def ratings(name: str, width: int) -> Ratings:
        usual = figures.random((FIELDS, width))[field_of]
        both = (np.clip(usual + 0.15 * figures.standard_normal((size, width)), 0, 1) for _ in range(2))
        return Ratings(tuple(f"{name}{number}" for number in range(width)), *both)

    everybody = range(size)
    return Profiles(
        occupations=tuple(f"https://example.org/occupation/{number:07}" for number in everybody),
        codes=("",) * size,
        titles=tuple(texts(number, TITLES, 3) for number in everybody),
        descriptions=tuple(texts(number, 1, 25) for number in everybody),
        tasks=tuple(texts(number, TASKS, 10) for number in everybody),
        activities=((),) * size,
        activity_names={},
        tools=((),) * size,
        ratings={name: ratings(name, width) for name, width in _ELEMENTS.items()},
        zone=figures.integers(1, 6, size).astype(float),
    )


def job_of(size: int) -> PairsJob:
    """The description of a job of all pairs."""
    return PairsJob("pairs", "made", size, 100, "jsonl", PART, "made", "made", "made")


def measure_size(size: int, parts: int) -> dict[str, float]:
    """What some parts of a register take in this process."""
    profiles = make_register(size)
    with tempfile.TemporaryDirectory(prefix="pairs-") as output:
        folder, job = Path(output), job_of(size)
        (folder / PAIRS).mkdir()
        began = time.process_time()
        with locate_in(profiles) as located:
            once, began = time.process_time() - began, time.process_time()
            origins = sum(compare_part(folder, job, located, number) for number in range(parts) if number * PART < size)
            each = (time.process_time() - began) / origins
    return {"once": once, "each": each, "memory": peak_memory(resource.getrusage(resource.RUSAGE_SELF)) / 1e6}


def report_size(size: int, parts: int, report: Report) -> None:
    """Measure a size in a process of its own, print, and report."""
    command = [sys.executable, __file__, "--task", str(size), "--parts", str(parts)]
    with use_one_thread():
        found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    side, rate = f"{size:,} occupations", (size - 1) / found["each"]
    hours = (found["once"] + size * found["each"]) / 3600
    print(f"{side}: {rate:,.0f} pairs a second of a processor, {hours:,.2f} hours for all, {found['memory']:,.0f} MB")
    report.measured("all pairs: once for each occupation", side, "s of a processor", [found["once"]])
    report.measured("all pairs: a second of a processor", side, "pairs", [rate])
    report.measured("all pairs: all of them", side, "hours of a processor", [hours])
    whole = LARGE * (LARGE - 1) / rate / 3600
    report.measured(f"all pairs: those of {LARGE:,} occupations, at this rate", side, "hours of a processor", [whole])
    report.measured("all pairs: peak memory", side, "MB", [found["memory"]])


def report_spark(size: int, parts: int, report: Report) -> None:
    """Compare some parts by two processes and by Spark, one after the other, by the clock."""
    from careergraph.importing.derive.pairs.spark import compare_on_spark

    job, numbers, taken = job_of(size), list(range(min(parts, -(-size // PART)))), dict[str, float]()
    with locate_in(make_register(size)) as located, tempfile.TemporaryDirectory(prefix="pairs-") as output:
        for side in ("2 processes", "Spark, local[2]"):
            folder, began = Path(output, side), time.perf_counter()
            (folder / PAIRS).mkdir(parents=True)
            if side == "2 processes":
                compare_here(folder, job, located, numbers, 2, lambda done: None)
            else:
                compare_on_spark(folder, job, located, numbers, master="local[2]")
            taken[side] = time.perf_counter() - began
            rate = len(numbers) * PART * (size - 1) / taken[side]
            print(f"{size:,} occupations, {len(numbers)} parts, {side}: {rate:,.0f} pairs a second")
            report.measured(f"{size:,} occupations: {len(numbers)} parts", side, "pairs/s", [rate])
    both = taken["Spark, local[2]"] / taken["2 processes"]
    report.ratio(f"{size:,} occupations: {len(numbers)} parts", "time on Spark / by processes", [both])


def main() -> int:
    """Measure; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--occupations", type=int, nargs="+", default=[1_000, 4_000, 16_000])
    parser.add_argument("--parts", type=int, default=1, help="how many parts are measured at each size")
    parser.add_argument("--spark", type=int, default=4_000, help="the size that Spark is measured at")
    parser.add_argument("--task", type=int, help=argparse.SUPPRESS)
    add_format(parser)
    options = parser.parse_args()
    if options.task:
        print(json.dumps(measure_size(options.task, options.parts)))
        return 0
    with reporting(options.format) as report:
        for size in options.occupations:
            report_size(size, options.parts, report)
        try:
            report_spark(options.spark, 2 * options.parts, report)
        except (MissingExtra, MissingProgram) as error:
            report.notes.append(f"Without Spark: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
