"""Take the graph elsewhere: one writer a format, in a table. The same data gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial

import pyoxigraph

from careergraph.errors import UnsuitableFormat
from careergraph.loading import parse
from careergraph.prefixes import serialized

Writer = Callable[[set[pyoxigraph.Triple]], bytes]


def _json_ld(triples: set[pyoxigraph.Triple]) -> bytes:
    # One line a value, so that two versions can be compared.
    nodes = json.loads(serialized(triples, pyoxigraph.RdfFormat.JSON_LD))
    return json.dumps(nodes, indent=1, ensure_ascii=False).encode() + b"\n"


EXPORTS: dict[str, Writer] = {
    "turtle": partial(serialized, format_=pyoxigraph.RdfFormat.TURTLE),
    "json-ld": _json_ld,
}


def export(files: Iterable[str], format_: str) -> bytes:
    """Write the merged statements of a data set in one of `EXPORTS`.

    Statements are read from the files and not from a store, which would rewrite literals such as 1.50.

    Raises:
        UnreadableFile: a file cannot be read.
        UnsuitableFormat: there is no such format.
    """
    if format_ not in EXPORTS:
        raise UnsuitableFormat(format_, formats=tuple(EXPORTS))
    return EXPORTS[format_](
        {pyoxigraph.Triple(q.subject, q.predicate, q.object) for path in files for q in parse(path)}
    )
