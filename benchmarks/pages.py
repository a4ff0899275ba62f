"""How soon the first byte of each kind of page comes from a server that has O*NET and ESCO joined.

    python benchmarks/pages.py FOLDER [--rounds 5] [--limit 300] [--format json]

FOLDER is a data folder in which O*NET, ESCO and the crosswalk are imported (`CAREERGRAPH_DATA`). Of each kind there are
pages on several nodes or people; each is asked for in turn, as many times as there are rounds, compressed, on a
connection of its own. Printed are the median, the longest wait (the very first one of a page counts), and how long
processors worked for a page, in the server and in all its workers, which nothing else on the machine changes (Linux).
Ends with exit code 1 if a median exceeds the limit, in milliseconds.
"""

from __future__ import annotations

import argparse
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlencode

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

from benchmarks.cold_start import CAREERGRAPH
from benchmarks.reporting import Goal, Report, add_format, reporting

#: Milliseconds.
LIMIT = 300.0
#: How long a server may take to put its data together, in seconds.
PATIENCE = 600
_ENDS = (
    ("nurse", "AI policy role"),
    ("Registered Nurses", "machine learning engineer"),
    ("lawyer", "AI ethicist"),
    ("software engineer", "AI product manager"),
    ("Elementary School Teachers, Except Special Education", "data scientist"),
    ("verpleegkundige", "AI ethicist"),
    ("truck driver", "AI safety researcher"),
    ("chef", "Software Developers"),
)


def _for_all(place: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{place}?{urlencode(dict(zip(names, ends, strict=False)))}" for ends in _ENDS)


#: The kind of page that says that there is nothing.
NOTHING = "not here"
#: Kind of page → pages of that kind.
PAGES: Mapping[str, tuple[str, ...]] = {
    "start": ("",),
    "search": tuple(f"search?q={text}" for text in ("learning", "nurse", "machne+lerning", "verpleegkundige", "data")),
    "suggestions": tuple(
        f"suggest?text={text}&kind=role&kind=background&kind=occupation" for text in ("n", "nur", "sofw")
    ),
    "list": ("list/role", "list/occupation", "list/skill"),
    "route": _for_all("path", "origin", "destination"),
    "reach": _for_all("reach", "origin"),
    "gap": _for_all("gap", "origin", "role"),
    "next skill": _for_all("next-skill", "origin", "role"),
    "plan": _for_all("plan", "origin", "role"),
    "comparison": (
        "compare?role=AI+ethicist&role=data+scientist&role=machine+learning+engineer",
        "compare?role=Data+Scientists&role=Registered+Nurses",
    ),
    "CV form": ("cv",),
    "role": ("id/role/machine-learning-engineer", "id/role/ai-ethicist", "id/role/data-scientist"),
    "occupation": ("id/onet/occupation/29-1141.00", "id/onet/occupation/15-1252.00", "id/onet/occupation/11-1011.00"),
    "ESCO occupation": (
        "node?iri=http://data.europa.eu/esco/occupation/f2b15a0e-e65a-438a-affb-29b9d50b77d1",
        "node?iri=http://data.europa.eu/esco/occupation/6df6c5cb-c1a2-42c8-acd0-1ee5563c36c1",
    ),
    "skill": ("id/skill/python", "id/skill/communication", "id/onet/element/2.A.1.a"),
    "course": ("id/course/mats", "id/course/fast-ai-practical-deep-learning"),
    "source": ("id/source/ai-careers-article", "list/source"),
    "vocabulary": ("ontology",),
    "API": ("api",),
    "query": ("query", "query?saved=pay-of-role", "query?saved=map-of-moves", "query?saved=most-asked-for"),
    NOTHING: ("nowhere", "search?q=zzzzqqq"),
}


class Wait(NamedTuple):
    """What one request took, and how long processors worked for it, in milliseconds."""

    place: str
    taken: float
    worked: float


@contextmanager
def serve(folder: str) -> Iterator[tuple[int, int]]:
    """Port and number of a server of all that is in a data folder, once it answers questions."""
    command = [CAREERGRAPH, "serve", "--port", "0", "--timeout", "60"]
    environment = os.environ | {"CAREERGRAPH_DATA": folder}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        said = next(line for line in process.stderr if "http://" in line)
        port = int(said.split("/ ")[0].rpartition(":")[2])
        try:
            ask(port, process.pid, "path?origin=nurse&destination=AI+ethicist")
            yield port, process.pid
        finally:
            process.terminate()


def ask(port: int, pid: int, place: str) -> Wait:
    """Ask for a page, and wait for its first byte.

    Raises:
        RuntimeError: the server has failed, or has no such page although it should.
    """
    before, began = worked(pid), time.perf_counter()
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with closing(client):
        client.request("GET", f"/{place}", headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
        response = client.getresponse()
        taken = time.perf_counter() - began
        response.read()
    if response.status >= 400 and place not in PAGES[NOTHING]:
        raise RuntimeError(f"{place}: status {response.status}")
    return Wait(place, 1_000 * taken, 1_000 * (worked(pid) - before))


def worked(pid: int) -> float:
    """Seconds that processors have worked for a process and those that it has started."""
    children = Path(f"/proc/{pid}/task").glob("*/children")
    below = (int(child) for file in children for child in file.read_text().split())
    own = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(file.read_text().split()[0]) for file in own) / 1e9 + sum(map(worked, below))


def measure(report: Report, port: int, pid: int, rounds: int, limit: float) -> None:
    """All pages, round by round."""
    waits: dict[str, list[Wait]] = {kind: [] for kind in PAGES}
    for _ in range(rounds):
        for kind, places in PAGES.items():
            waits[kind] += [ask(port, pid, place) for place in places]
    print(f"{'page':<16}{'p50 ms':>9}{'worst':>9}{'worked':>9}{'worst':>9}   slowest")
    for kind, found in waits.items():
        _print(kind, found)
        report.measured(f"first byte: {kind}", "serve", "ms", [one.taken for one in found], Goal("at most", limit))
        report.measured(f"processors: {kind}", "serve", "ms", [one.worked for one in found])


def _print(kind: str, found: Sequence[Wait]) -> None:
    taken, work = [one.taken for one in found], [one.worked for one in found]
    slowest = max(found, key=lambda one: one.worked).place
    print(f"{kind:<16}{median(taken):>9.0f}{max(taken):>9.0f}{median(work):>9.0f}{max(work):>9.0f}   {slowest}")


def main() -> int:
    """Measure, print a line for each kind of page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=float, default=LIMIT)
    add_format(parser)
    options = parser.parse_args()
    with reporting(options.format) as report, serve(options.folder) as (port, pid):
        measure(report, port, pid, options.rounds, options.limit)
    return int(not report.met)


if __name__ == "__main__":
    sys.exit(main())
