"""What careergraph and kglab both do, side by side on the curated graph: start, load, SPARQL, network, path, picture.

    python benchmarks/beside_kglab.py [--rounds 7] [--python PATH] [--format json]

kglab is installed from the package index into an environment of its own, which is removed afterwards; where it does not
install, this says so and ends with exit code 2. PATH is a Python that has it already. In each round the one side does
all tasks in a new process, then the other.

- start: a process that imports the package, and no more.
- load: the files of the curated graph into what answers SPARQL.
- two-hop join, aggregate: a SPARQL query, answered in full.
- network: the transitions as a graph of NetworkX, from what is loaded.
- path: the best way from one position to another by weights. kglab has no weights: its graph gets them by hand, and
  NetworkX searches. careergraph works out from what is held and asked for what each step weighs, and explains it.
- picture: all of the graph as a page that shows it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

from benchmarks.reporting import Report, add_format, reporting
from careergraph.api import CareerGraph
from careergraph.catalogue.catalogue import Catalogue
from careergraph.export.explorer.page import make_page
from careergraph.export.view import view
from careergraph.rdf.query_text import with_prefixes
from careergraph.sparql.evaluation import evaluate
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_store

KGLAB = "kglab==1.0.1"
SIDE = Path(__file__).with_name("kglab_side.py")
_ID = "https://w3id.org/careergraph/id"
ORIGIN, DESTINATION = f"{_ID}/background/software-engineer", f"{_ID}/role/ai-product-manager"
ROWS = {
    "two-hop join": "SELECT ?role ?skill { ?a schema:about ?r ; cg:anyOf ?s . ?r skos:prefLabel ?role . "
    "?s skos:prefLabel ?skill }",
    "aggregate": "SELECT ?s (COUNT(?asked) AS ?n) { ?asked cg:anyOf ?s } GROUP BY ?s",
}
NETWORK = "SELECT ?from ?to ?weight { ?m cg:origin ?from ; cg:destination ?to ; cg:ease/cg:weight ?weight }"

#: Seconds by task, and what was found.
Done = tuple[dict[str, float], dict[str, Any]]


@contextmanager
def python_with_kglab(given: str | None) -> Iterator[str]:
    """A Python that can import kglab: the one given, or that of an environment made for the time."""
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / "bin" / "python")
        command = [python, "-m", "pip", "install", "--quiet", "--no-cache-dir", "--disable-pip-version-check", KGLAB]
        ended = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        if ended.returncode:
            why = next(
                (line for line in ended.stderr.splitlines()[::-1] if line.startswith("ERROR")), "pip does not say"
            )
            print(f"{KGLAB} does not install here: {why}", file=sys.stderr)
            sys.exit(2)
        yield python


def time_task(task: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that a task takes, and what it finds."""
    start = time.perf_counter()
    found = task()
    return time.perf_counter() - start, found


def theirs(python: str, files: Sequence[str]) -> Done:
    """All tasks once, by kglab."""
    start, _ = time_task(lambda: subprocess.run([python, "-c", "import kglab"], check=True, stdout=subprocess.DEVNULL))
    queries = {name: with_prefixes(query) for name, query in ROWS.items()}
    asked = {"rows": queries, "network": with_prefixes(NETWORK), "origin": ORIGIN, "destination": DESTINATION}
    command = [python, str(SIDE), json.dumps(asked), *files]
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return {"start": start, **found["seconds"]}, found["found"]


def in_own_process() -> Done:
    """All tasks once, by careergraph."""
    start, _ = time_task(lambda: subprocess.run([sys.executable, "-c", "import careergraph"], check=True))
    command = [sys.executable, __file__, "--once"]
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return {"start": start, **found["seconds"]}, found["found"]


def ours() -> Done:
    """All tasks but the start, by careergraph in this process."""
    seconds: dict[str, float] = {}
    found: dict[str, Any] = {}
    files = list_dataset_files()
    seconds["load"], store = time_task(lambda: open_store(files))
    graph = CareerGraph(Catalogue.of_files(files))
    for name, query in ROWS.items():
        text = with_prefixes(query)
        seconds[name], answer = time_task(lambda text=text: evaluate(store, text, "tsv"))  # type: ignore[misc]
        found[name] = answer.content.count(b"\n") - 1
    seconds["network"], network = time_task(graph.to_networkx)
    found["network"] = len({(tail, head) for tail, head, _ in network.edges})
    seconds["path"], routes = time_task(lambda: graph.routes(ORIGIN, DESTINATION))
    found["path"] = [ORIGIN, *(step.destination.id for step in routes.routes[0].steps)]
    seconds["picture"], page = time_task(lambda: make_page(graph.catalogue, view(graph.catalogue, words=False)))
    found["picture"] = len(page.encode())
    return seconds, found


def report_rounds(rounds: Sequence[tuple[Done, Done]], report: Report) -> None:
    """Print a line for each task, and report."""
    print(f"{'task':<14}{'careergraph ms':>16}{'kglab ms':>12}{'ratio':>8}   range of ratios")
    for task in rounds[0][0][0]:
        times = [(1000 * mine[task], 1000 * other[task]) for (mine, _), (other, _) in rounds]
        ratios = sorted(other / mine for mine, other in times)
        mine, other = (median(column) for column in zip(*times, strict=True))
        print(f"{task:<14}{mine:>16.1f}{other:>12.1f}{other / mine:>8.1f}   {ratios[0]:.1f} - {ratios[-1]:.1f}")
        for side, column in zip(("careergraph", "kglab"), zip(*times, strict=True), strict=True):
            report.measured(task, side, "ms", column)
        report.ratio(task, "kglab / careergraph", ratios, value=other / mine)
    for side, (_, found) in zip(("careergraph", "kglab"), rounds[0], strict=True):
        report.measured("size of the picture", side, "kB", [found["picture"] / 1000])


def check_same(rounds: Sequence[tuple[Done, Done]]) -> None:
    """Make sure that both sides found the same."""
    (_, mine), (_, other) = rounds[0]
    same = [*ROWS, "network", "path"]
    assert [mine[name] for name in same] == [other[name] for name in same], (mine, other)


def main() -> int:
    """Measure; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--python", metavar="PATH")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    add_format(parser)
    options = parser.parse_args()
    if options.once:
        seconds, found = ours()
        print(json.dumps({"seconds": seconds, "found": found}))
        return 0
    files = list_dataset_files()
    with reporting(options.format) as report, python_with_kglab(options.python) as python:
        version = "from importlib.metadata import version; print(version('kglab'))"
        report.used(kglab=subprocess.check_output([python, "-c", version], text=True).strip())
        rounds = [(in_own_process(), theirs(python, files)) for _ in range(options.rounds)]
        check_same(rounds)
        report_rounds(rounds, report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
