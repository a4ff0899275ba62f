"""What happens at growing size: data sets made from a seed, each task in a process of its own.

    python benchmarks/scale.py [--positions 1000 10000 100000] [--format json]
    python benchmarks/scale.py --positions --names 1000000 [--minutes 60] [--format json]

For each number of `--positions` a file of N-Triples is joined with the curated graph and asked in memory, and the same
statements are laid down on disk as an import does it, without deriving anything, and asked there; for those of
`--names` only the latter, with positions and their names alone. Times are those of the task itself, after loading;
memory is the peak of the process with loading. What takes longer than `--minutes` is ended, and what would come after
it at that size is left out.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

import pyoxigraph

from benchmarks.machine import peak_memory
from benchmarks.made_careers import Careers
from benchmarks.reporting import Report, add_format, reporting
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.text_search import search
from careergraph.export import export
from careergraph.export.statements import Material
from careergraph.importing.dataset.bulk_loader import StoreWriter
from careergraph.rdf.query_text import with_prefixes
from careergraph.sparql.evaluation import evaluate
from careergraph.store.index import Index
from careergraph.store.index_writer import IndexWriter
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_store
from careergraph.transitions.routes import find_routes

ASKED, TYPED = "found by its name", "found by a name with a typing error"
#: Nodes on the page of the explorer, beyond which `--max-nodes` chooses.
MOST_NODES = 2_000
QUERIES = {
    "look-up": "SELECT ?label { <%s> skos:prefLabel ?label }",
    "aggregate": "SELECT ?class (COUNT(?node) AS ?n) { ?node a ?class } GROUP BY ?class",
}

#: Name → unit and value.
Found = dict[str, tuple[str, float]]


def ms(task: Callable[[int], object], times: int = 5) -> tuple[str, float]:
    """What a task takes in the middle, done for several positions."""
    found = []
    for number in range(times):
        start = time.perf_counter()
        task(number)
        found.append(1000 * (time.perf_counter() - start))
    return "ms", median(found)


def in_memory(careers: Careers, folder: Path) -> Found:
    """Load the curated graph and a file, look for names, find routes."""
    start = time.perf_counter()
    catalogue = Catalogue.of_files((*list_dataset_files(), str(folder / "made.nt")))
    found: Found = {"in memory: loaded": ("s", time.perf_counter() - start)}
    places = spread(careers)
    search(catalogue, "anything")  # the indexes are made when they are first asked for
    found |= {f"in memory: {name}": figure for name, figure in search_names(catalogue, careers, places).items()}

    def route(number: int) -> object:
        origin = places[number]
        ends = careers.role(origin), careers.role(careers.walk(origin, 2))
        return find_routes(catalogue, *ends, k=3, max_steps=3)

    return {**found, "in memory: three routes": ms(route)}


def search_names(catalogue: Catalogue, careers: Careers, places: Sequence[int]) -> Found:
    """Look for names, as they are and with a typing error; each has to be found."""

    def asked(number: int) -> None:
        assert search(catalogue, careers.label(places[number]))[0].id == careers.role(places[number])

    def typed(number: int) -> None:
        label = careers.label(places[number])
        found = search(catalogue, f"{label[:3]}{label[4:]}")
        assert careers.role(places[number]) in [ref.id for ref in found], label

    return {ASKED: ms(asked), TYPED: ms(typed)}


def sparql(careers: Careers, folder: Path) -> Found:
    """Load both into a store in memory, and ask."""
    start = time.perf_counter()
    store = open_store((*list_dataset_files(), str(folder / "made.nt")))
    found: Found = {"SPARQL in memory: loaded": ("s", time.perf_counter() - start)}
    return found | answer("SPARQL in memory", store, careers)


def answer(name: str, store: pyoxigraph.Store, careers: Careers) -> Found:
    """What queries take whose answer is written."""
    found: Found = {}
    for shape, query in QUERIES.items():

        def ask(number: int, query: str = query) -> None:
            text = query % careers.role(spread(careers)[number]) if "%" in query else query
            assert evaluate(store, with_prefixes(text), "tsv").content.count(b"\n") > 1

        found[f"{name}: {shape}"] = ms(ask)
    return found


def html(_: Careers, folder: Path) -> Found:
    """Write the explorer, with so many nodes as it is meant for."""
    start = time.perf_counter()
    material = Material.of_files((*list_dataset_files(), str(folder / "made.nt")))
    made = export(material, "html", max_nodes=MOST_NODES)
    seconds = time.perf_counter() - start
    return {"explorer: written": ("s", seconds), "explorer: size": ("MB", len(made.content) / 1e6)}


def write_store(careers: Careers, folder: Path) -> Found:
    """Write the store and the index as an import does, and derive nothing."""
    start, place = time.perf_counter(), folder / "disk"
    place.mkdir()
    with StoreWriter(str(place / "store")) as store_writer, IndexWriter(str(place / "index.sqlite")) as writer:
        for subject, parts in groupby(careers.nodes(), key=lambda node: node.subject):
            by_predicate: dict[str, list[str]] = {}
            for node in parts:
                store_writer.add(node)
                for predicate, value, _ in node.said:
                    by_predicate.setdefault(predicate, []).append(value)
            writer.add(subject, by_predicate)
    seconds = time.perf_counter() - start
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    return {"on disk: written": ("s", seconds), "on disk: size": ("MB", size / 1e6)}


def on_disk(careers: Careers, folder: Path) -> Found:
    """Open what was laid down, look for names, and ask."""
    start, place = time.perf_counter(), folder / "disk"
    catalogue = Catalogue({}, [Index(str(place))])
    store = pyoxigraph.Store.read_only(str(place / "store"))
    found: Found = {"on disk: opened": ("ms", 1000 * (time.perf_counter() - start))}
    found |= {f"on disk: {name}": figure for name, figure in search_names(catalogue, careers, spread(careers)).items()}
    return found | answer("SPARQL on disk", store, careers)


#: Task → what does it, whether it needs the file, and what its peak of memory is called.
TASKS: dict[str, tuple[Callable[[Careers, Path], Found], bool, str]] = {
    "in_memory": (in_memory, True, "in memory: peak memory"),
    "sparql": (sparql, True, "SPARQL in memory: peak memory"),
    "html": (html, True, "explorer: peak memory"),
    "laid_down": (write_store, False, "on disk: peak memory, writing"),
    "on_disk": (on_disk, False, "on disk: peak memory, asking"),
}


def spread(careers: Careers) -> list[int]:
    """Five positions, evenly apart."""
    return [careers.positions * number // 5 for number in range(5)]


def measure(careers: Careers, tasks: Sequence[str], minutes: float, report: Report) -> None:
    """Do tasks at one size, each in its own process; print and report."""
    side = f"{careers.positions:,} positions{'' if careers.claims else ', names alone'}"
    print(side, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        if any(TASKS[task][1] for task in tasks):
            path = Path(folder) / "made.nt"
            statements = careers.write(path)
            report_figures(side, {"statements": ("", statements), "file": ("MB", path.stat().st_size / 1e6)}, report)
        for task in tasks:
            found = in_own_process(task, careers, folder, minutes)
            if isinstance(found, str):
                print(f"    {task} {found}")
                report.notes.append(f"{side}: {task} {found}.")
                break
            report_figures(side, found, report)


def in_own_process(task: str, careers: Careers, folder: str, minutes: float) -> Found | str:
    """What a task finds in a process of its own, or what became of that."""
    shape = "--positions" if careers.claims else "--names"
    command = [sys.executable, __file__, "--task", task, "--folder", folder, shape, str(careers.positions)]
    try:
        ended = subprocess.run(command, stdout=subprocess.PIPE, timeout=60 * minutes, check=False)
    except subprocess.TimeoutExpired:
        return f"was ended after {minutes:g} minutes"
    if ended.returncode:
        return f"ended with exit code {ended.returncode}"
    found: Found = json.loads(ended.stdout)
    return found


def report_figures(side: str, found: Found, report: Report) -> None:
    """Print and report figures."""
    for name, (unit, value) in found.items():
        print(f"    {name:<48}{value:>14,.1f} {unit}", flush=True)
        report.measured(name, side, unit, [value])


def do_task(task: str, careers: Careers, folder: str) -> dict[str, Any]:
    """Do a task in this process."""
    work, _, memory = TASKS[task]
    found = work(careers, Path(folder))
    return {**found, memory: ("MB", peak_memory(resource.getrusage(resource.RUSAGE_SELF)) / 1e6)}


def main() -> int:
    """Measure; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--positions", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--names", type=int, nargs="*", default=[])
    parser.add_argument("--minutes", type=float, default=10.0, help="longest that a task may take")
    parser.add_argument("--task", choices=list(TASKS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    add_format(parser)
    options = parser.parse_args()
    if options.task:
        names = options.names
        careers = Careers(names[0], claims=False) if names else Careers(options.positions[0])
        print(json.dumps(do_task(options.task, careers, options.folder)))
        return 0
    with reporting(options.format) as report:
        for positions in options.positions:
            measure(Careers(positions), list(TASKS), options.minutes, report)
        for positions in options.names:
            measure(Careers(positions, claims=False), ("laid_down", "on_disk"), options.minutes, report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
