"""How fast SPARQL queries are answered, beside rdflib's own engine on the same data in the same run.

Six shapes of query on the curated graph and on a larger one made from a seed. In each round every side answers a query
over and over for a moment, one side after the other, so that whatever else the machine does hits all; what they find
must be equally much. Three columns: the sandbox that every user's query runs in (answer written, sent, read), the
engine alone in this process (answer written by itself), rdflib (rows looped over, nothing written). Loading is not
measured.

    python benchmarks/sparql.py [--triples 100000] [--rounds 7] [--format json]
    python benchmarks/sparql.py --load [--format json]
    python benchmarks/sparql.py --onet PATH [--rounds 3] [--format json]

The second one starts `careergraph serve` and prints what becomes of 50 queries of three seconds that are asked at
once, of a cheap ASK beside them, and of the server's memory over 10,000 queries. The third one asks other six shapes
of the store on disk that an import of O*NET leaves; PATH is the official archive, which is imported for the time, or
the folder of a data set that an import has made. They end with exit code 1 if a figure misses its limit: 10 times
rdflib's speed in the geometric mean and at most 1 ms for the sandbox on a look-up; every query answered or refused
with 503 in order, ASK in less than a second, memory flat.
"""

from __future__ import annotations

import argparse
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from math import prod
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.parse import quote

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

import httpx
import pyoxigraph
import rdflib
from pyoxigraph import DefaultGraph, QueryResultsFormat, RdfFormat

from benchmarks.onet import find_imported
from benchmarks.reporting import Goal, Report, add_format, reporting
from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.query_text import with_prefixes
from careergraph.sparql.evaluation import evaluate
from careergraph.sparql.sandbox import Sandbox
from careergraph.store.joins import explain_delay
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_dataset, open_store

FASTER, OVERHEAD_MS = Goal("at least", 10.0), Goal("at most", 1.0)
#: What the sandbox may take by what the engine alone takes, for a query of at least so many milliseconds; and how many
#: milliseconds it may add to a look-up, which takes the engine less than so many.
NEAR, LONG_MS, ADDED_MS, SHORT_MS = Goal("at most", 1.05), 10.0, Goal("at most", 0.1), 0.5
SHAPES = {
    "label look-up": "SELECT ?label { %s skos:prefLabel ?label }",
    "two-hop join": """SELECT ?role ?skill { ?asked schema:about ?r ; cg:anyOf ?s .
        ?r skos:prefLabel ?role . ?s skos:prefLabel ?skill }""",
    "aggregate": "SELECT ?s (COUNT(?asked) AS ?n) { ?asked cg:anyOf ?s } GROUP BY ?s",
    "path +": "SELECT ?narrow ?broad { ?narrow skos:broader+ ?broad }",
    "regex": 'SELECT ?s ?label { ?s skos:prefLabel ?label FILTER regex(?label, "l+e.*a", "i") }',
    "CONSTRUCT": "CONSTRUCT { ?r skos:related ?s } WHERE { ?asked schema:about ?r ; cg:anyOf ?s }",
}

_ONET = "https://w3id.org/careergraph/id/onet"
#: What is asked of O*NET: of one occupation, and of all of them.
ON_DISK = {
    "label look-up": "SELECT ?label { %s skos:prefLabel ?label }",
    "one hop": "SELECT ?to { ?move cg:origin %s ; cg:destination ?to }",
    "two-hop join": """SELECT ?occupation ?technology { ?use cg:tool ?t ; schema:about ?o .
        ?o skos:prefLabel ?occupation . ?t skos:prefLabel ?technology }""",
    "aggregate": "SELECT ?t (COUNT(?use) AS ?n) { ?use cg:tool ?t } GROUP BY ?t",
    "path +": "SELECT ?narrow ?broad { ?narrow skos:broader+ ?broad }",
    "CONSTRUCT": "CONSTRUCT { ?o skos:related ?t } WHERE { ?use cg:tool ?t ; schema:about ?o }",
}


def make_graph(triples: int, path: Path) -> str:
    """Write a graph of about so many statements, the same for every run, and tell the IRI of one of its nodes."""
    chance = random.Random(triples)
    id_, cg, skos, schema = (PREFIXES[name] for name in ("role", "cg", "skos", "schema"))
    few = max(2, triples // 60)
    with path.open("w", encoding="utf-8") as file:

        def state(subject: str, *pairs: tuple[str, str]) -> None:
            file.writelines(f"<{subject}> <{predicate}> {value} .\n" for predicate, value in pairs)

        def words() -> str:
            return " ".join("".join(chance.choices("aeilmnrst", k=chance.randint(3, 9))) for _ in range(3))

        for kind in ("role", "skill"):
            for number in range(few):
                state(f"{id_}{kind}-{number}", (f"{skos}prefLabel", f'"{words()}"'), (f"{cg}level", f'"{number % 7}"'))
                if number:
                    state(f"{id_}{kind}-{number}", (f"{skos}broader", f"<{id_}{kind}-{chance.randrange(number)}>"))
        for number in range((triples - 6 * few) // 4):
            about, any_of = (f"<{id_}{kind}-{chance.randrange(few)}>" for kind in ("role", "skill"))
            asked = ((f"{schema}about", about), (f"{cg}anyOf", any_of), (f"{cg}level", '"2"'), (f"{cg}part", '"1"'))
            state(f"{id_}asked-{number}", *asked)
    return f"<{id_}role-1>"


def by_engine(store: pyoxigraph.Store, query: str, format_: str) -> bytes:
    """The answer of the engine alone, written by itself."""
    found: Any = store.query(query, prefixes=PREFIXES)
    written = found.serialize(format=RdfFormat.N_TRIPLES if format_ == "nt" else QueryResultsFormat.TSV)
    return bytes(written or b"")


def by_rdflib(graph: rdflib.Graph, query: str) -> int:
    """How many rows or statements rdflib's own engine finds."""
    return sum(1 for _ in graph.query(query))


def lines(content: bytes) -> int:
    """How many rows a TSV has, or statements N-Triples."""
    return content.count(b"\n") - (not content.endswith(b".\n"))


def time_answer(answer: Callable[[], object]) -> float:
    """Seconds that something takes."""
    start = time.perf_counter()
    answer()
    return time.perf_counter() - start


def warm(answer: Callable[[], object], enough: float = 0.05) -> float:
    """Seconds that something takes once it runs over and over: the median of what fits into a moment, or of one."""
    times = [time_answer(answer)]
    while sum(times) < enough:
        times.append(time_answer(answer))
    return median(times)


def mean(values: Sequence[float]) -> float:
    """The geometric mean."""
    return prod(values) ** (1 / len(values))


class Sides(NamedTuple):
    """Who answers: a process of its own, the engine in this one, rdflib."""

    sandbox: Sandbox
    store: pyoxigraph.Store
    graph: rdflib.Graph


def compare(name: str, files: Sequence[str], node: str, rounds: int, report: Report) -> None:
    """Measure all shapes on one graph in memory, print a line for each, and report."""
    sides = Sides(Sandbox(files, direct=False), open_store(files), rdflib.Graph())
    for path in files:
        sides.graph.parse(path)
    measure(name, sides, SHAPES, node, rounds, report)
    look_up = with_prefixes(SHAPES["label look-up"] % node)
    extras = overhead(sides.sandbox, partial(evaluate, sides.store), look_up)
    report.measured(f"{name}: added to a look-up", "sandbox", "ms", extras, OVERHEAD_MS)
    sides.sandbox.close()


def compare_on_disk(path: str, rounds: int, report: Report) -> None:
    """Measure on the store that an import of O*NET leaves, merged with the bundled data, and report."""
    with tempfile.TemporaryDirectory() as folder:
        files = [*list_dataset_files(), find_imported(path, folder)]
        why = explain_delay(files)
        assert why is None, why
        sides = Sides(Sandbox(files), open_dataset(files).store, rdflib.Graph())
        statements = Path(folder) / "all.nt"
        sides.store.dump(str(statements), format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        sides.graph.parse(statements, format="nt")
        measure("O*NET on disk", sides, ON_DISK, f"<{_ONET}/occupation/11-1011.00>", rounds, report)
        sides.sandbox.close()


def measure(name: str, sides: Sides, shapes: Mapping[str, str], node: str, rounds: int, report: Report) -> None:
    """Measure shapes, print a line for each, and report how many times rdflib's speed the sandbox has."""
    sandbox, store, graph = sides
    sandbox.start()
    print(f"\n{name}: {len(graph):,} statements; medians of {rounds} rounds")
    print(f"{'':<15}{'found':>9}{'sandbox ms':>12}{'engine ms':>11}{'rdflib ms':>11}{'ratio':>8}   range of ratios")
    found: list[list[float]] = []
    for shape, text in shapes.items():
        query = with_prefixes(text % node if "%s" in text else text)
        format_ = "nt" if shape == "CONSTRUCT" else "tsv"
        answers: list[Callable[[], object]] = [
            partial(sandbox.ask, query, format_, seconds=600),
            partial(by_engine, store, query, format_),
            partial(by_rdflib, graph, query),
        ]
        rows = lines(sandbox.ask(query, format_, seconds=600).content)
        assert rows == lines(by_engine(store, query, format_)) == by_rdflib(graph, query), shape
        times = [[warm(answer) for answer in answers] for _ in range(rounds)]
        ours, engine, theirs = (median(column) * 1000 for column in zip(*times, strict=True))
        ratios = sorted(row[2] / row[0] for row in times)
        print(
            f"{shape:<15}{rows:>9,}{ours:>12.2f}{engine:>11.2f}{theirs:>11.2f}{theirs / ours:>8.1f}"
            f"   {ratios[0]:.1f} - {ratios[-1]:.1f}"
        )
        found.append([row[2] / row[0] for row in times])
        for side, column in zip(("sandbox", "engine", "rdflib"), zip(*times, strict=True), strict=True):
            report.measured(f"{name}: {shape}", side, "ms", [1000 * one for one in column])
        report.ratio(f"{name}: {shape}", "rdflib / sandbox", found[-1])
        beside_engine(f"{name}: {shape}", [(row[0], row[1]) for row in times], report)
    faster = mean([median(ratios) for ratios in found])
    spread = sorted(mean(column) for column in zip(*found, strict=True))
    span = f"{spread[0]:.1f} - {spread[-1]:.1f}"
    print(f"geometric mean {faster:.1f} times rdflib's speed ({span}); limit {FASTER.value:g}")
    report.ratio(f"{name}: geometric mean", "rdflib / sandbox", spread, FASTER, value=faster)


def beside_engine(name: str, times: Sequence[tuple[float, float]], report: Report) -> None:
    """Report what the sandbox takes beside the engine alone: a ratio for long queries, what is added to look-ups."""
    alone = 1000 * median(engine for _, engine in times)
    if alone >= LONG_MS:
        ratios = sorted(ours / engine for ours, engine in times)
        print(f"{'':<15}{median(ratios):.3f} of what the engine alone takes; limit {NEAR.value:g}")
        report.ratio(name, "sandbox / engine", ratios, NEAR)
    elif alone < SHORT_MS:
        added = sorted(1000 * (ours - engine) for ours, engine in times)
        print(f"{'':<15}{median(added):.3f} ms more than the engine alone; limit {ADDED_MS.value:g}")
        report.measured(f"{name}, beyond the engine", "sandbox", "ms", added, ADDED_MS)


def overhead(sandbox: Sandbox, engine: Callable[[str, str], object], query: str, times: int = 500) -> list[float]:
    """Measure what the warm sandbox adds to a look-up each time, in milliseconds, and print it."""
    pairs = [
        (time_answer(partial(sandbox.ask, query, "tsv", seconds=60)), time_answer(partial(engine, query, "tsv")))
        for _ in range(times)
    ]
    extras = sorted((ours - alone) * 1000 for ours, alone in pairs)
    low, high = extras[times // 20], extras[-times // 20]
    extra = median(extras)
    limit = f"limit {OVERHEAD_MS.value:g} ms"
    print(f"the sandbox adds {extra:.3f} ms to a look-up ({low:.3f} - {high:.3f} in 9 of 10); {limit}")
    return extras


CLIENTS, SECONDS, QUERIES = 50, 3.0, 10_000
IN_ORDER, ASK_MS, GROWTH = Goal("at least", 1), Goal("at most", 1000), Goal("at most", 1.05)
ASK = "ASK { role:ai-ethicist a cg:Role }"
#: One after the other, over and over.
MIX = (ASK, SHAPES["label look-up"] % "role:ai-ethicist", SHAPES["aggregate"], SHAPES["CONSTRUCT"], "ASK { nonsense }")


class Server(NamedTuple):
    """A server that runs."""

    port: int
    process: int

    @property
    def sparql(self) -> str:
        """The endpoint."""
        return f"http://127.0.0.1:{self.port}/sparql"

    def memory(self) -> dict[str, float]:
        """Resident memory of the server and of all its workers, in MB."""
        listed = subprocess.run(["ps", "-eo", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
        rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
        mine = sum(size for number, _, size in rows if number == self.process)
        return {"server": mine / 1024, "workers": sum(size for _, over, size in rows if over == self.process) / 1024}


@contextmanager
def serve() -> Iterator[Server]:
    """`careergraph serve` with the options that it has by default."""
    command = [sys.executable, "-m", "careergraph", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = re.search(r":(\d+)/", process.stderr.readline())
        assert found, "the server did not start"
        yield Server(int(found[1]), process.pid)
        process.terminate()


def slow_query() -> tuple[str, float]:
    """A query that takes the engine about three seconds on this machine, and how long it does."""
    store, some = open_store(list_dataset_files()), 20
    while True:
        query = f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT ?a {{ ?a ?b ?c }} LIMIT {some} }} ?d ?e ?f FILTER (?a != ?d) }}"
        seconds = time_answer(partial(evaluate, store, query, "tsv"))
        if seconds > 0.9 * SECONDS:
            return query, seconds
        some = int(some * min(10.0, SECONDS / seconds) + 1)


def crowd(server: Server, report: Report) -> None:
    """Let 50 clients ask at once; print and report what becomes of them, and of an ASK beside them."""
    query, alone = slow_query()
    print(f"\n{CLIENTS} clients ask at once what takes {alone:.1f} s alone (2 workers, 32 may wait, each 10 s at most)")
    head = f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    clients = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(CLIENTS)]
    start = time.perf_counter()
    for client in clients:
        client.sendall(head.encode())

    def answer(client: socket.socket) -> tuple[int, float]:
        content = b"".join(iter(partial(client.recv, 65536), b""))
        client.close()
        return int(content.split()[1]), time.perf_counter() - start

    asks: list[float] = []
    with ThreadPoolExecutor(CLIENTS) as threads:
        waiting = [threads.submit(answer, client) for client in clients]
        with httpx.Client() as asking:
            while not all(future.done() for future in waiting):
                asks.append(time_answer(lambda: asking.get(server.sparql, params={"query": ASK}).raise_for_status()))
                time.sleep(0.05)
        outcomes = [future.result() for future in waiting]
    statuses = [status for status, _ in outcomes]
    answered = [number for number, status in enumerate(statuses) if status == 200]
    last = max(end for _, end in outcomes)
    print(f"answered {len(answered)}, refused {statuses.count(503)}, the last after {last:.1f} s")
    print(f"ASK beside them, {len(asks)} times: median {median(asks) * 1000:.1f} ms, slowest {max(asks) * 1000:.1f} ms")
    in_order = answered == list(range(len(answered))) and {200, 503} == set(statuses)
    print(f"in the order in which they came: {'yes' if in_order else 'NO'}")
    name = f"{CLIENTS} queries of {alone:.0f} s at once"
    report.measured(f"{name}: answered, or refused with 503, in order (1 is yes)", "server", "", [in_order], IN_ORDER)
    report.measured(f"{name}: answered", "server", "queries", [len(answered)])
    slowest = 1000 * max(asks)
    report.measured("ASK beside them, slowest", "server", "ms", [1000 * one for one in asks], ASK_MS, value=slowest)


def flat(server: Server, report: Report) -> None:
    """Ask 10,000 queries from four clients, print memory on the way, and report whether it stayed as it was."""
    print(f"\nMemory over {QUERIES:,} queries, in MB of resident pages")
    done = threading.Semaphore(0)

    def ask(share: int) -> None:
        with httpx.Client(timeout=60) as client:
            for number in range(share):
                client.get(server.sparql, params={"query": MIX[number % len(MIX)]})
                done.release()

    sizes: list[float] = []
    with ThreadPoolExecutor(4) as threads:
        clients = [threads.submit(ask, QUERIES // 4) for _ in range(4)]
        for number in range(1, QUERIES + 1):
            done.acquire()
            if number in (QUERIES // 10, QUERIES // 2, QUERIES):
                memory = server.memory()
                sizes.append(sum(memory.values()))
                print(f"{number:>7,}   {'   '.join(f'{name} {size:.1f}' for name, size in memory.items())}")
        for client in clients:
            client.result()
    growth = sizes[-1] / sizes[0] - 1
    print(f"from the first tenth to the end: {growth:+.1%}; limit 5 %")
    report.measured(f"memory after {QUERIES:,} queries", "server", "MB", [sizes[-1]])
    report.ratio("memory", f"after {QUERIES:,} / after {QUERIES // 10:,} queries", [1 + growth], GROWTH)


def main() -> int:
    """Measure; exit code 1 if a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--load", action="store_true")
    parser.add_argument("--onet", metavar="PATH")
    add_format(parser)
    options = parser.parse_args()
    with reporting(options.format) as report:
        report_shapes(options, report)
    return int(not report.met)


def report_shapes(options: argparse.Namespace, report: Report) -> None:
    """Measure what was asked for."""
    if options.onet:
        compare_on_disk(options.onet, options.rounds, report)
    elif options.load:
        with serve() as server:
            crowd(server, report)
            flat(server, report)
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "made.nt"
            node = make_graph(options.triples, path)
            compare("curated graph", list_dataset_files(), "role:ai-ethicist", options.rounds, report)
            compare("made graph", [str(path)], node, options.rounds, report)


if __name__ == "__main__":
    sys.exit(main())
