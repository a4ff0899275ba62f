"""How fast the SPARQL server of this package answers, beside `oxigraph serve` and Virtuoso on the same statements.

The six queries of `benchmarks/sparql.py --onet` are asked over HTTP of each server in turn, on what an import of O*NET
leaves, merged with the bundled data. What they find must be equally much. A server whose program is missing is left
out; a query that a server refuses has no figure, and its first line says why.

    python benchmarks/stores.py PATH [--rounds 3] [--format json]

PATH is the official archive of O*NET, which is imported for the time, or the folder of a data set that an import has
made. Virtuoso gets 2 GB of buffers. Loading is measured by the side, once for each.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

import httpx
from pyoxigraph import DefaultGraph, RdfFormat

from benchmarks.onet import find_imported
from benchmarks.reporting import Report, add_format, reporting
from benchmarks.server_load import serve
from benchmarks.sparql import ON_DISK, lines, warm
from careergraph.rdf.query_text import with_prefixes
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_dataset

_NODE = "<https://w3id.org/careergraph/id/onet/occupation/11-1011.00>"
_OXIGRAPH = str(Path(sys.executable).parent / "oxigraph")
#: The graph that Virtuoso keeps the statements in.
_GRAPH = "urn:x-careergraph:all"
#: How long a server may take to come up, and an answer to come, in seconds.
_START, _PATIENCE = 120.0, 300.0
_VIRTUOSO = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
Striping = 0
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
CheckpointInterval = 0
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000000
"""


class Side(NamedTuple):
    """A server that runs: its name, its endpoint, and parameters that each query has besides."""

    name: str
    url: str
    besides: dict[str, str]

    def ask(self, client: httpx.Client, query: str, media_type: str) -> bytes:
        """The answer to a query.

        Raises:
            httpx.HTTPStatusError: the server refuses it.
        """
        answer = client.post(self.url, data={"query": query, **self.besides}, headers={"accept": media_type})
        return answer.raise_for_status().content


@contextmanager
def run_oxigraph(statements: Path, folder: Path, report: Report) -> Iterator[Side]:
    """`oxigraph serve` on statements that it has loaded."""
    start = time.perf_counter()
    command = [_OXIGRAPH, "load", "--location", str(folder), "--file", str(statements)]
    subprocess.run(command, check=True, capture_output=True)
    report.measured("loading", "oxigraph", "s", [time.perf_counter() - start])
    bind = f"127.0.0.1:{find_free_port()}"
    with running(
        [_OXIGRAPH, "serve", "--location", str(folder), "--bind", bind], folder, f"http://{bind}/query"
    ) as url:
        yield Side("oxigraph", url, {})


@contextmanager
def run_virtuoso(statements: Path, folder: Path, report: Report) -> Iterator[Side]:
    """Virtuoso on statements that its bulk loader has read."""
    sql, http = find_free_port(), find_free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=sql, http=http, folder=folder), encoding="ascii")
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with running(command, folder, f"http://127.0.0.1:{http}/sparql") as url:
        shutil.copy(statements, folder / "all.nt")
        load = folder / "load.sql"
        load.write_text(
            f"ld_dir('{folder}', 'all.nt', '{_GRAPH}');\nrdf_loader_run();\ncheckpoint;\n", encoding="ascii"
        )
        isql = next(filter(None, map(shutil.which, ("isql-vt", "isql-v"))))
        start = time.perf_counter()
        arguments = [isql, f"127.0.0.1:{sql}", "dba", "dba", "VERBOSE=OFF", "ERRORS=STDOUT", str(load)]
        said = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout
        assert "Error" not in said, said
        report.measured("loading", "Virtuoso", "s", [time.perf_counter() - start])
        yield Side("Virtuoso", url, {"default-graph-uri": _GRAPH})


@contextmanager
def running(command: list[str], folder: Path, url: str) -> Iterator[str]:
    """A server for as long as it is needed: waited for, and ended."""
    with (folder / "output.txt").open("wb") as output:
        server = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        try:
            wait(server, url)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=60)


def wait(server: subprocess.Popen[bytes], url: str) -> None:
    """Wait until a server answers.

    Raises:
        TimeoutError: it does not, or has ended.
    """
    until = time.monotonic() + _START
    while server.poll() is None and time.monotonic() < until:
        try:
            httpx.get(url, params={"query": "ASK {}"}, timeout=5).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{url} does not come up")


def find_free_port() -> int:
    """A port of the loopback interface that nobody listens at."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def compare(sides: list[Side], rounds: int, report: Report) -> None:
    """Measure each query on each side in turn, print a line for each, and report ratios to the first side."""
    print(f"{'':<15}{'found':>9}" + "".join(f"{side.name + ' ms':>16}" for side in sides))
    with httpx.Client(timeout=_PATIENCE, trust_env=False) as client:
        for shape, text in ON_DISK.items():
            query = with_prefixes(text % _NODE if "%s" in text else text)
            media = "application/n-triples" if shape == "CONSTRUCT" else "text/tab-separated-values"
            asks = {side.name: partial(side.ask, client, query, media) for side in sides}
            rows = {name: count(ask) for name, ask in asks.items()}
            told = {name: found for name, found in rows.items() if isinstance(found, int)}
            assert len(set(told.values())) == 1, (shape, rows)
            times = {name: [1000 * warm(asks[name]) for _ in range(rounds)] for name in told}
            cells = (
                f"{median(times[side.name]):>16.2f}" if side.name in times else f"{'refused':>16}" for side in sides
            )
            print(f"{shape:<15}{next(iter(told.values())):>9,}{''.join(cells)}")
            for name, found in times.items():
                report.measured(shape, name, "ms", found)
            own = times[sides[0].name]
            for name in list(times)[1:]:
                ratios = [theirs / ours for theirs, ours in zip(times[name], own, strict=True)]
                report.ratio(shape, f"{name} / careergraph", sorted(ratios))
            for name, said in rows.items():
                if isinstance(said, str):
                    print(f"{'':<15}{name}: {said[:100]}")


def count(ask: Callable[[], bytes]) -> int | str:
    """How many rows or statements an answer has; what the server says where it refuses."""
    try:
        return lines(ask())
    except httpx.HTTPStatusError as error:
        return error.response.text.strip().splitlines()[0]


def main() -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", metavar="PATH")
    parser.add_argument("--rounds", type=int, default=3)
    add_format(parser)
    options = parser.parse_args()
    with reporting(options.format) as report, tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        place = find_imported(options.path, folder)
        statements = Path(folder) / "all.nt"
        store = open_dataset([*list_dataset_files(), place]).store
        store.dump(str(statements), format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        del store
        port, _ = stack.enter_context(serve("--dataset", place, "--timeout", f"{_PATIENCE:g}"))
        sides = [Side("careergraph", f"http://127.0.0.1:{port}/sparql", {})]
        for run, program in (
            (run_oxigraph, str(Path(sys.executable).parent / "oxigraph")),
            (run_virtuoso, "virtuoso-t"),
        ):
            if shutil.which(program):
                own = Path(folder) / run.__name__
                own.mkdir()
                sides.append(stack.enter_context(run(statements, own, report)))
            else:
                print(f"{program} is not installed, and left out")
        compare(sides, options.rounds, report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
