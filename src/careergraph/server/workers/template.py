"""The process whose copies answer questions: it opens a data set, and gives a copy of itself to whoever asks for one.

`python -m careergraph.server.workers.template DESCRIPTOR` speaks with `careergraph.server.workers.copies.Template` over
the socket of that descriptor: first a line of JSON in each direction, then fixed frames. It has no threads, since a
copy would have whatever locks they hold, for ever.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import sys
from collections.abc import Sequence
from typing import NoReturn

from careergraph.api import CareerGraph
from careergraph.model.errors import CareergraphError, UnexpectedFault
from careergraph.server.workers.copies import ASKED, COPY, END, TOLD
from careergraph.server.workers.question_worker import open_graph, serve_open
from careergraph.sparql.isolation.limits import leave_the_terminal
from careergraph.sparql.isolation.messages import as_header
from careergraph.store.memory import give_freed_memory_back


def main(descriptor: int) -> None:
    """Open what the first line names, and give copies until nobody asks for any more."""
    leave_the_terminal()
    with socket.socket(fileno=descriptor) as link:
        asked = json.loads(link.makefile("rb").readline())
        try:
            graph = open_graph(asked["files"], asked["language"])
        except CareergraphError as error:
            _tell(link, as_header(error))
        except Exception as error:
            _tell(link, as_header(UnexpectedFault.of(error)))
        else:
            # What is there by now is there for good: to look through it for garbage would make each copy its own.
            gc.collect()
            graph.catalogue.shrink()
            give_freed_memory_back()
            gc.freeze()
            _tell(link, {"ready": True})
            _give_copies(link, graph)


def _tell(link: socket.socket, said: dict[str, object]) -> None:
    link.sendall(json.dumps(said).encode() + b"\n")


def _give_copies(link: socket.socket, graph: CareerGraph) -> None:
    while True:
        asked, pipes, _, _ = socket.recv_fds(link, ASKED.size, 2)
        if len(asked) < ASKED.size:
            return
        what, pid = ASKED.unpack(asked)
        if what == COPY:
            link.sendall(TOLD.pack(_copy(link, graph, pipes), True))
        else:
            ended, status = os.waitpid(pid, os.WNOHANG if what == END else 0)
            link.sendall(TOLD.pack(os.waitstatus_to_exitcode(status), bool(ended)))


def _copy(link: socket.socket, graph: CareerGraph, pipes: Sequence[int]) -> int:
    pid = os.fork()
    if not pid:
        link.close()
        _answer(graph, *pipes)
    for pipe in pipes:
        os.close(pipe)
    return pid


def _answer(graph: CareerGraph, requests: int, replies: int) -> NoReturn:
    # Nothing of the process that was copied may run here.
    try:
        serve_open(graph, os.fdopen(requests, "rb"), os.fdopen(replies, "wb"))
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
