"""The process in which queries run: it opens a data set, gives up files and connections, and answers one by one.

`python -m careergraph.sparql.worker` speaks messages (`sparql.isolation.messages`) on standard input and output.
"""

from __future__ import annotations

import sys
from typing import BinaryIO

from careergraph.model.errors import CareergraphError, QueryTooHeavy, UnexpectedFault
from careergraph.rdf.query_text import Query
from careergraph.sparql.evaluation import evaluate
from careergraph.sparql.isolation.limits import allow_processor, confine, leave_the_terminal
from careergraph.sparql.isolation.messages import Header, as_header, read_message, write_message
from careergraph.store.oxigraph import OpenStore, open_dataset, open_joined


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer requests until there are no more of them.

    The first frame names the data set's `files`, the folder in which they are put together already, if any (`joined`),
    whether queries see what follows from them (`direct`), how much `memory` beyond theirs queries may take, how long an
    `output` may be, both in bytes, and the `niceness` of the process. Each of the other frames
    has a query as its content; the header has the time that it may take, and arguments of `evaluate`.
    """
    leave_the_terminal()
    try:
        opening, _ = read_message(requests)
        data = _open(opening)
    except CareergraphError as error:
        write_message(replies, as_header(error))
        return
    except Exception as error:
        write_message(replies, as_header(UnexpectedFault.of(error)))
        return
    confine(memory=opening["memory"], files=False, niceness=opening["niceness"])
    write_message(replies, {"ready": True})
    try:
        while True:
            header, content = _reply(data, opening["output"], *read_message(requests))
            write_message(replies, header, content)
            del content
    except EOFError:
        return


def _open(opening: Header) -> OpenStore:
    if opening["joined"] is not None:
        return open_joined(opening["joined"], direct=opening["direct"])
    return open_dataset(opening["files"], direct=opening["direct"])


def _reply(data: OpenStore, largest: int, request: Header, query: bytes) -> tuple[Header, bytes]:
    allow_processor(request.pop("seconds"))
    try:
        answer = evaluate(
            data.store,
            Query(query.decode(), request.pop("facts")),
            request.pop("format"),
            among=data.graphs,
            largest=largest,
            **request,
        )
    except CareergraphError as error:
        return as_header(error), b""
    except MemoryError:
        return as_header(QueryTooHeavy("its answer does not fit the memory that queries may take")), b""
    except Exception as error:
        return as_header(UnexpectedFault.of(error)), b""
    return {"form": answer.form, "remarks": list(answer.remarks)}, answer.content


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
