"""How long deriving all transitions of an imported data set takes, how much memory, and what share reading has in it.

    python benchmarks/derive.py DATASET [--rounds 1] [--format json]      # the folder of an imported data set

Runs in this process, from the data set on disk to the files that an import would write, into a temporary folder. Exit
code 1 if it takes more than 30 seconds, or more than 1 GB of resident memory.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

from benchmarks.machine import peak_memory
from benchmarks.reporting import Goal, Report, add_format, reporting
from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.derive.similarity.model import load_bundled
from careergraph.importing.derive.similarity.profiles import make_profiles
from careergraph.importing.derive.similarity.write import write
from careergraph.model.errors import CareergraphError
from careergraph.transitions.precomputed.similarity import ARRAYS, HEADER

MOST_SECONDS, MOST_BYTES = 30.0, 1_000_000_000


def measure(dataset: str) -> dict[str, float]:
    """What deriving takes."""
    began = time.perf_counter()
    profiles = make_profiles(Catalogue.load(dataset))
    read = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        write(profiles, load_bundled(), Path(folder))
        size = sum((Path(folder) / name).stat().st_size for name in (HEADER, ARRAYS))
    seconds = time.perf_counter() - began
    return {
        "occupations": profiles.size,
        "pairs": profiles.size * (profiles.size - 1),
        "seconds": round(seconds, 2),
        "reading_share": round(read / seconds, 3),
        "peak_bytes": peak_memory(resource.getrusage(resource.RUSAGE_SELF)),
        "written_bytes": size,
    }


def report_worst(rounds: Sequence[dict[str, float]], report: Report) -> None:
    """Print and report what the slowest round took; memory is never given back, so the last one took most."""
    found = max(rounds, key=lambda one: one["seconds"]) | {"peak_bytes": rounds[-1]["peak_bytes"]}
    print(f"{found['pairs']:,} pairs of {found['occupations']:,} occupations in {found['seconds']:.1f} s,")
    print(f"{found['reading_share']:.0%} of it reading; {found['peak_bytes'] / 1e6:,.0f} MB of memory,")
    print(f"{found['written_bytes'] / 1e6:,.1f} MB written")
    report.details |= found
    name, seconds = f"all pairs of {found['occupations']:,} occupations", [one["seconds"] for one in rounds]
    report.measured(name, "careergraph", "s", seconds, Goal("at most", MOST_SECONDS), value=max(seconds))
    report.measured("share of reading", "careergraph", "", [one["reading_share"] for one in rounds])
    memory = [found["peak_bytes"] / 1e6]
    report.measured("peak memory", "careergraph", "MB", memory, Goal("at most", MOST_BYTES / 1e6))
    report.measured("written", "careergraph", "MB", [found["written_bytes"] / 1e6])


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and judge; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset")
    parser.add_argument("--rounds", type=int, default=1, help="how often; what takes longest and most counts")
    add_format(parser)
    options = parser.parse_args(arguments)
    with reporting(options.format) as report:
        try:
            rounds = [measure(options.dataset) for _ in range(options.rounds)]
        except CareergraphError as error:
            print(f"Error: {error}", file=sys.stderr)
            return error.exit_code
        report_worst(rounds, report)
    return int(not report.met)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
