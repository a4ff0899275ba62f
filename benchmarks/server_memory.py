"""The memory of a server, all its processes together: at rest, and after many requests (Linux).

    python benchmarks/server_memory.py [DATASET…] [--data FOLDER] [--requests 10000] [--limit 250] [--growth 40]

DATASET is the name or the folder of an imported data set, to be served with the bundled one; several are put together
first. FOLDER is a data folder with O*NET and ESCO in it, which are both served. What processes have in
common is counted once (Pss, see proc(5)). The limits are in MB. Ends with exit code 1 if one is exceeded.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

from benchmarks.reporting import Goal, Report, add_format, reporting
from benchmarks.server_load import ask, send_mixture, serve

#: Answered by a process for questions, once these are ready.
QUESTION = "/api/path?origin=consultant&destination=AI+ethicist"


def family(pid: int) -> list[int]:
    """A process and all that have come of it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    threads = [thread.name for thread in Path(f"/proc/{pid}/task").iterdir() if thread.name != str(pid)]
    for thread in threads:  # a process counts as the child of the thread that started it
        children += Path(f"/proc/{pid}/task/{thread}/children").read_text(encoding="ascii").split()
    return [pid, *(found for child in children for found in family(int(child)))]


def resident(pid: int) -> float:
    """What a process has in memory, in MB; what it shares with others counts in part."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1_000


def measure(report: Report, options: argparse.Namespace) -> None:
    """The memory at rest, and after requests."""
    chosen = [word for dataset in options.datasets for word in ("--dataset", dataset)]
    name = " + ".join(("bundled", *(Path(dataset).name for dataset in options.datasets)))
    with serve(*chosen) as (port, process):
        for _ in range(4):
            ask(port, "GET", QUESTION)
        time.sleep(3)
        found = {pid: resident(pid) for pid in family(process.pid)}
        for pid, size in found.items():
            words = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")
            print(f"{size:8.0f} MB  {' '.join(words[1:5])[-60:]}")
        before = sum(found.values())
        report.measured(f"{name}, at rest", "serve", "MB", [before], Goal("at most", options.limit))
        send_mixture(port, options.requests // 10)  # what is read at first use is there by then
        between = sum(map(resident, family(process.pid)))
        send_mixture(port, options.requests)
        time.sleep(3)
        after = sum(map(resident, family(process.pid)))
        limit, growth = Goal("at most", options.limit), Goal("at most", options.growth)
        report.measured(f"{name}, after {options.requests:,} requests", "serve", "MB", [after], limit)
        report.measured(f"{name}, growth in these, after a tenth as many", "serve", "MB", [after - between], growth)
        print(f"{name}: {before:.0f} MB at rest, {between:.0f} MB at first, {after:.0f} MB after all requests")


def main() -> int:
    """Measure, print a line for each process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("datasets", nargs="*", metavar="DATASET")
    parser.add_argument("--data", metavar="FOLDER", help="a data folder in which O*NET and ESCO are imported")
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--limit", type=float, default=250)
    parser.add_argument("--growth", type=float, default=40)
    add_format(parser)
    options = parser.parse_args()
    if options.data:
        options.datasets += [str(Path(options.data, "datasets", name)) for name in ("onet", "esco")]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as it is where the package is installed
    with reporting(options.format) as report:
        measure(report, options)
    return int(not report.met)


if __name__ == "__main__":
    sys.exit(main())
