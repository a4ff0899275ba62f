"""Run `careergraph serve` as a user does: a process of its own, on a free port."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

from command_line import CAREERGRAPH

GRAPHS = Path(__file__).parents[1] / "fixtures" / "protocol" / "graphs.trig"
#: Far longer than anything here takes: whoever waits so long has found a fault.
PATIENCE = 60.0


class Served(NamedTuple):
    """A server that runs."""

    url: str
    process: subprocess.Popen[str]
    client: httpx.Client

    @property
    def sparql(self) -> str:
        """The endpoint."""
        return f"{self.url}sparql"

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rstrip("/").rpartition(":")[2])

    def get(self, query: str, **headers: str) -> httpx.Response:
        """The answer to a query by GET."""
        return self.client.get(self.sparql, params={"query": query}, headers=headers)

    def post(self, query: str, **headers: str) -> httpx.Response:
        """The answer to a query by POST, as it is."""
        headers = {"Content-Type": "application/sparql-query", **headers}
        return self.client.post(self.sparql, content=query.encode(), headers=headers)

    def connected(self) -> socket.socket:
        """A bare connection, for what no well-behaved client sends."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def ended(self, sign: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Exit code, and what was printed besides the first line, after a signal."""
        self.process.send_signal(sign)
        _, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, errors


@contextmanager
def served(*options: str) -> Iterator[Served]:
    """A server with these options, until the block ends. It must not have complained of anything by then."""
    command = [CAREERGRAPH, "serve", "--port", "0", *options]
    # Nothing here is encrypted: to read the certificates of the system would take longer than most requests.
    with (
        httpx.Client(timeout=PATIENCE, trust_env=False, verify=False) as client,
        subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as process,
    ):
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            found = re.search(r"http://\S+/(?= )", said)
            assert found, said + process.stderr.read()
            running = Served(found[0], process, client)
            yield running
            if process.returncode is None:
                code, said = running.ended()
                assert (code, said) == (0, ""), f"exit code {code}: {said}"
        finally:
            process.kill()
