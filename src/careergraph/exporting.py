"""Take the graph elsewhere: one writer a format, in a table. The same data gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph

from careergraph.errors import UnsuitableFormat
from careergraph.loading import parse
from careergraph.prefixes import PREFIXES

Writer = Callable[[list[pyoxigraph.Triple]], bytes]


def export(files: Iterable[Path], format_: str) -> bytes:
    """The merged statements of a data set in one of `EXPORTS`.

    Statements are read from the files and not from a store, which would rewrite literals such as 1.50.

    Raises:
        UnreadableFile: a file cannot be read.
        UnsuitableFormat: there is no such format.
    """
    if format_ not in EXPORTS:
        raise UnsuitableFormat(format_, formats=tuple(EXPORTS))
    triples = {pyoxigraph.Triple(q.subject, q.predicate, q.object) for path in files for q in parse(path)}
    return EXPORTS[format_](sorted(triples, key=str))


def _serialized(format_: pyoxigraph.RdfFormat) -> Writer:
    def write(triples: list[pyoxigraph.Triple]) -> bytes:
        return pyoxigraph.serialize(triples, format=format_, prefixes=PREFIXES) or b""

    return write


EXPORTS: dict[str, Writer] = {
    "turtle": _serialized(pyoxigraph.RdfFormat.TURTLE),
    "json-ld": _serialized(pyoxigraph.RdfFormat.JSON_LD),
}
