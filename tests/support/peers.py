"""Real SPARQL stores with the curated graph, started for the tests: Oxigraph's server, and Virtuoso.

As in the store at hand, every source has its named graph. Without a server's program its tests are skipped, or fail
where CAREERGRAPH_REQUIRE_PEERS is 1; where it is 0, they are skipped in any case. conftest.py has the fixtures for all.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

import pytest

from careergraph.store.locations import list_dataset_files, name_graph

#: How long a server may take to be there, in seconds.
LONGEST_START = 60.0
SOURCES = tuple(dict.fromkeys(map(name_graph, list_dataset_files())))
#: What is hard on the way, in graphs of its own.
ODD = {
    str(Path(__file__).parents[1] / "fixtures" / "remote" / f"{name}.ttl"): f"urn:odd:{name}"
    for name in ("one", "other")
}
#: File → the named graph that it goes to.
GRAPHS = {path: name_graph(path) for path in list_dataset_files()} | ODD

VIRTUOSO_SETTINGS = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
MaxCheckpointRemap = 500
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 500
Striping = 0
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
CheckpointInterval = 0
NumberOfBuffers = 2000
MaxDirtyBuffers = 1200
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
MaxKeepAlives = 5
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 20
"""


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an Oxigraph server; its default graph has all curated statements, merged."""
    found = installed_program("oxigraph", str(Path(sys.executable).parent / "oxigraph"))
    folder, port = tmp_path_factory.mktemp("oxigraph"), free_port()
    _load_oxigraph(found, folder, list_dataset_files())
    for graph in dict.fromkeys(GRAPHS.values()):
        _load_oxigraph(found, folder, [path for path in GRAPHS if GRAPHS[path] == graph], "--graph", graph)
    bind = f"127.0.0.1:{port}"
    command = [found, "serve", "--location", str(folder), "--bind", bind, "--timeout-s", "5"]
    with _running(command, folder, f"http://{bind}/query") as url:
        yield url


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Virtuoso server; its default graph is the union of the curated graphs."""
    found, isql = installed_program("virtuoso-t"), installed_program("isql-vt", "isql-v")
    folder, sql, http = tmp_path_factory.mktemp("virtuoso"), free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_SETTINGS.format(sql=sql, http=http, folder=folder))
    command = [found, "+foreground", "+configfile", "virtuoso.ini"]
    with _running(command, folder, f"http://127.0.0.1:{http}/sparql") as url:
        load = folder / "load.sql"
        load.write_text("log_enable(2, 1);\n" + "".join(_loaded(folder, *pair) for pair in enumerate(GRAPHS.items())))
        arguments = [isql, f"127.0.0.1:{sql}", "dba", "dba", "VERBOSE=OFF", "ERRORS=STDOUT", str(load)]
        said = subprocess.run(arguments, capture_output=True, text=True, timeout=120, check=True).stdout
        assert "Error" not in said, said
        yield with_graphs(url, *SOURCES)


def with_graphs(url: str, *graphs: str) -> str:
    """The address of an endpoint that makes its default graph of these."""
    return f"{url.partition('?')[0]}?{urlencode([('default-graph-uri', graph) for graph in graphs])}"


def _loaded(folder: Path, number: int, file: tuple[str, str]) -> str:
    # Virtuoso reads from folders that its settings name, and nothing else.
    path, graph = file
    copy = folder / f"{number}.ttl"
    shutil.copy(path, copy)
    return f"DB.DBA.TTLP(file_to_string_output('{copy}'), '', '{graph}', 0);\n"


@contextmanager
def _running(command: list[str], folder: Path, url: str) -> Iterator[str]:
    """A server for as long as it is needed: waited for, and ended."""
    with (folder / "output.txt").open("wb") as output:
        server = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        try:
            _wait(server, url, folder / "output.txt")
            yield url
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def free_port() -> int:
    """A port of the loopback interface that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(server: subprocess.Popen[bytes], url: str, output: Path) -> None:
    until = time.monotonic() + LONGEST_START
    opener = build_opener(ProxyHandler({}))
    while server.poll() is None and time.monotonic() < until:
        try:
            with opener.open(f"{url}?{urlencode({'query': 'ASK {}'})}", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    pytest.fail(f"{url} does not come up: {output.read_text(errors='replace')[-1000:]}")


def _load_oxigraph(program: str, folder: Path, files: list[str] | tuple[str, ...], *graph: str) -> None:
    command = [program, "load", "--location", str(folder), "--file", *files, *graph]
    subprocess.run(command, capture_output=True, timeout=120, check=True)


def installed_program(*names: str) -> str:
    """The path of the first of these that there is. Without any, the test is skipped, or fails: see above."""
    if os.environ.get("CAREERGRAPH_REQUIRE_PEERS") == "0":
        pytest.skip("no other programs are wanted")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        if os.environ.get("CAREERGRAPH_REQUIRE_PEERS") == "1":
            pytest.fail(f"{names[0]} is required, and not installed")
        pytest.skip(f"no {names[0]} on this system")
    return found
