"""What a server bears: a bystander beside hostile requests, idle clients and slow queries, and an end in the middle.

    python benchmarks/server_load.py [--requests 10000] [--idle 500] [--slow 50] [--limit 0.1]

A bystander in a process of its own asks for a style sheet again and again; how long it waits is measured alone, and
beside each kind of load, in the same run, and how long the listening process works meanwhile, which no other program on
the machine changes (Linux). The limit is what the median of a load may add to the bystander's wait, and that work at
most, in seconds. Everything goes to 127.0.0.1, and ends by itself. Ends with exit code 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

from benchmarks.cold_start import CAREERGRAPH
from benchmarks.reporting import Goal, Report, add_format, reporting

#: The bystander: a line with the seconds that each request took, its status, and the seconds that the server's threads
#: have worked meanwhile, until its standard input ends.
_BYSTANDER = """
import glob, http.client, sys, threading, time
def worked():
    found = 0
    for path in glob.glob(f"/proc/{sys.argv[2]}/task/*/schedstat"):
        try:
            with open(path) as file:
                found += int(file.read().split()[0])
        except OSError:
            pass
    return found / 1e9
done = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), done.set()), daemon=True).start()
while not done.is_set():
    before, began = worked(), time.perf_counter()
    client = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=60)
    client.request("GET", "/static/pages.css", headers={"Host": "localhost", "Connection": "close"})
    status = client.getresponse().status
    client.close()
    taken = time.perf_counter() - began
    print(taken, status, worked() - before, flush=True)
    time.sleep(0.02)
"""
#: Takes the engine far longer than any time-out.
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
WIDE = "SELECT * {{ VALUES ?x {{ {} }} {} }}".format(
    " ".join(map(str, range(1000))), " ".join(f"BIND(1 AS ?a{number})" for number in range(700))
)
#: What answers 30 MB.
LONG = "SELECT * {{ VALUES ?x {{ {0} }} VALUES ?y {{ {0} }} BIND('{1}' AS ?z) }}".format(
    " ".join(map(str, range(120))), "x" * 2_000
)
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_PIECES = {"Content-Type": "application/sparql-query", "Transfer-Encoding": "chunked"}
#: Kinds of requests that have held up a server: method, address, headers, body.
HOSTILE: dict[str, tuple[str, str, dict[str, str], bytes]] = {
    "a Content-Type of 118 KB": ("POST", "/sparql", {"Content-Type": 'text/plain; a="' + ";" * 118_000}, b"x"),
    "an Accept of 100 KB": ("GET", "/sparql?query=ASK%7B%7D", {"Accept": "a/b;q=0.1," * 10_000}, b""),
    "a form of 4 MB": ("POST", "/sparql", _FORM, b"a=b&" * 1_000_000),
    "a form with 4 MB of escapes": ("POST", "/sparql", _FORM, b"query=" + b"%41" * 1_300_000),
    "a body in pieces of a byte each": ("POST", "/sparql", _PIECES, b"1\r\nx\r\n" * 700_000),
    "12,000 headers": ("GET", "/", {f"x{number}": "y" for number in range(12_000)}, b""),
    "an address of 59 KB": ("GET", "/api/path?" + "skill=a&" * 7_000, {}, b""),
    "700 columns on a page": ("GET", f"/query?query={quote(WIDE)}", {}, b""),
    "a query nested 200 deep": ("GET", "/sparql?query=" + quote("ASK " + "{" * 200 + "}" * 200), {}, b""),
    "4 MB of brackets": ("POST", "/sparql", {"Content-Type": "application/sparql-query"}, b"{" * 4_000_000),
    "4 MB of a query's strings": ("POST", "/sparql", {"Content-Type": "application/sparql-query"}, b'"\\' * 2_000_000),
    "a search for 200 letters": ("GET", "/search?q=" + "abcdefgh" * 25, {}, b""),
    "names to suggest from": ("GET", "/suggest?text=" + "e" * 200 + "&kind=role" * 1_000, {}, b""),
}


@contextmanager
def serve(*options: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A server and its port."""
    command = [CAREERGRAPH, "serve", "--port", "0", "--dataset", "bundled", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as process:
        assert process.stderr
        said = next(line for line in process.stderr if "listens at" in line)  # it may warn of what takes long
        port = int(said.split("/ ")[0].rpartition(":")[2])
        try:
            ask(port, "GET", "/sparql?query=ASK%7B%7D")
            yield port, process
        finally:
            process.terminate()


def ask(port: int, method: str, place: str, headers: dict[str, str] | None = None, body: bytes = b"") -> int:
    """The status of one request; 0 if the server ended the connection."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with closing(client), suppress(OSError, http.client.HTTPException):
        client.request(method, place, body or None, {"Host": "localhost", "Connection": "close", **(headers or {})})
        response = client.getresponse()
        response.read()
        return response.status
    return 0


class Waits(NamedTuple):
    """How long a bystander's requests took, and how long the listening process worked during each, in ms."""

    taken: list[float]
    worked: list[float]


def beside(port: int, pid: int, load: Callable[[], object]) -> Waits:
    """What a bystander's requests take while something goes on.

    Raises:
        RuntimeError: one of them is not answered.
    """
    command = [sys.executable, "-c", _BYSTANDER, str(port), str(pid)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as bystander:
        assert bystander.stdout
        bystander.stdout.readline()  # it has begun
        until = time.perf_counter() + 2
        load()
        while time.perf_counter() < until:
            load()
        told, _ = bystander.communicate()
    answers = [line.split() for line in told.splitlines()]
    if bystander.returncode or any(status != "200" for _, status, _ in answers):
        raise RuntimeError("a bystander was not answered")
    return Waits(*([float(line[place]) * 1_000 for line in answers] for place in (0, 2)))


def memory(pid: int) -> float:
    """What a process has in memory, in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def hold_idle(port: int, clients: int) -> None:
    """Hold connections that send nothing for two seconds."""
    with ExitStack() as stack:
        for _ in range(clients):
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
        time.sleep(2)


def crowd(port: int, queries: int, idle: int) -> list[int]:
    """Slow queries beside idle connections: the statuses of the queries."""
    with ExitStack() as stack, ThreadPoolExecutor(queries) as pool:
        for _ in range(idle):
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
        return list(pool.map(lambda _: ask(port, "GET", f"/sparql?query={quote(SLOW)}"), range(queries)))


def send_mixture(port: int, requests: int) -> list[int]:
    """Requests of all sorts, eight at a time: their statuses."""
    places = (
        "/static/pages.css",
        "/sparql?query=ASK%7B%7D",
        "/id/role/ai-ethicist",
        "/api/show?name=METR",
        "/search?q=learning",
        "/nothing/here",
        "/sparql?query=nonsense",
        "/suggest?text=py",
    )
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(lambda number: ask(port, "GET", places[number % len(places)]), range(requests)))


def begin_download(port: int) -> socket.socket:
    """A client that has asked for a long answer, and reads no more than its beginning."""
    client = socket.create_connection(("127.0.0.1", port), timeout=60)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)
    client.sendall(f"GET /sparql?query={quote(LONG)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return client


def leave(port: int, downloads: int) -> None:
    """Begin to read long answers, and leave."""
    for _ in range(downloads):
        with begin_download(port) as client, suppress(OSError):
            client.recv(100)


def read_slowly(port: int, pid: int, clients: int) -> float:
    """Ask for as many long answers at once, and read none: the most memory that a process has meanwhile, in MB."""
    with ExitStack() as stack:
        waiting = [stack.enter_context(begin_download(port)) for _ in range(clients)]
        until, most = time.perf_counter() + 60, 0.0
        while time.perf_counter() < until and waiting:
            most = max(most, memory(pid))
            answered, _, _ = select.select(waiting, [], [], 0.05)
            waiting = [client for client in waiting if client not in answered]
        return max(most, memory(pid))


def end_within(seconds: float, queries: int) -> tuple[int, float]:
    """Exit code of a server that gets SIGTERM during queries, and the seconds that it takes to end."""
    with serve() as (port, process):
        threads = [
            threading.Thread(target=ask, args=(port, "GET", f"/sparql?query={quote(SLOW)}")) for _ in range(queries)
        ]
        for thread in threads:
            thread.start()
        time.sleep(1)
        began = time.perf_counter()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=seconds)
        taken = time.perf_counter() - began
        for thread in threads:
            thread.join()
        return process.returncode, taken


def measure(report: Report, options: argparse.Namespace) -> None:
    """All loads, one after the other, on one server."""
    with serve("--timeout", "5") as (port, process):
        alone = beside(port, process.pid, lambda: time.sleep(3)).taken
        report.measured("style sheet, nothing else going on", "bystander", "ms", alone)
        print(f"{'nothing':<34} median {sorted(alone)[len(alone) // 2]:8.1f} ms, longest {max(alone):8.1f} ms")
        loads: dict[str, Callable[[], object]] = {
            name: lambda request=request: ask(port, *request)  # type: ignore[misc]
            for name, request in HOSTILE.items()
        }
        loads[f"{options.idle} idle clients"] = lambda: hold_idle(port, options.idle)
        loads[f"{options.slow} slow queries, {options.idle} idle clients"] = lambda: crowd(
            port, options.slow, options.idle
        )
        limit = Goal("at most", 1_000 * options.limit)
        for name, load in loads.items():
            waits = beside(port, process.pid, load)
            middle, worked = sorted(waits.taken)[len(waits.taken) // 2], max(waits.worked)
            report.measured(f"style sheet beside {name}", "bystander", "ms", waits.taken)
            goal = limit if name in HOSTILE else None  # the others are hundreds of clients at once
            report.measured(f"longest work during it, beside {name}", "serve", "ms", [worked], goal)
            print(f"{name:<34} median {middle:8.1f} ms, longest {max(waits.taken):8.1f} ms, worked {worked:6.1f} ms")
            report.met &= middle - sorted(alone)[len(alone) // 2] <= 1_000 * options.limit
        send_mixture(port, options.requests // 5)
        before = memory(process.pid)
        statuses = send_mixture(port, options.requests)
        leave(port, 60)
        time.sleep(1)
        after = memory(process.pid)
        goal = Goal("at most", 40)
        report.measured(
            f"listener grows in {options.requests:,} requests and 60 broken-off downloads",
            "serve",
            "MB",
            [after - before],
            goal,
        )
        counted = {status: statuses.count(status) for status in sorted(set(statuses))}
        print(f"{options.requests:,} mixed requests: {counted}; listener {before:.0f} -> {after:.0f} MB")
        report.met &= not any(status >= 500 or not status for status in counted)
        for clients in (20, 105):
            most = read_slowly(port, process.pid, clients) - after
            bound = Goal("at most", 350)
            report.measured(f"listener grows beside {clients} slow readers", "serve", "MB", [most], bound)
            print(f"{clients} slow readers: listener grows by {most:.0f} MB")
    code, taken = end_within(30, 8)
    report.measured("from SIGTERM during queries to the end", "serve", "s", [taken], Goal("at most", 5))
    print(f"SIGTERM during 8 queries: exit code {code} after {taken:.1f} s")
    report.met &= code == 0


def main() -> int:
    """Measure, print a line for each load."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--idle", type=int, default=500)
    parser.add_argument("--slow", type=int, default=50)
    parser.add_argument("--limit", type=float, default=0.1)
    add_format(parser)
    options = parser.parse_args()
    with reporting(options.format) as report:
        measure(report, options)
    return int(not report.met)


if __name__ == "__main__":
    sys.exit(main())
