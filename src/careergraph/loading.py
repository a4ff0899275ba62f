"""From files to statements: parse RDF fast, and index it by subject."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pyoxigraph

from careergraph.errors import UnreadableFile

#: Subject → predicate → objects, IRIs and literals alike as plain strings, in the order of the files.
Statements = dict[str, dict[str, list[str]]]

_FORMATS = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
    ".json": pyoxigraph.RdfFormat.JSON_LD,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
    ".xml": pyoxigraph.RdfFormat.RDF_XML,
    ".owl": pyoxigraph.RdfFormat.RDF_XML,
}


def rdf_format(path: str) -> pyoxigraph.RdfFormat:
    """The RDF format that a file's suffix stands for.

    Raises:
        UnreadableFile: the suffix is none of those known.
    """
    try:
        return _FORMATS[os.path.splitext(path)[1].lower()]
    except KeyError:
        known = ", ".join(_FORMATS)
        raise UnreadableFile(path=path, reason=f"its ending is none of {known}") from None


def parse(path: str) -> Iterator[pyoxigraph.Quad]:
    """The statements of one file, in its order.

    Raises:
        UnreadableFile: the file is missing, cannot be opened, or breaks its format's syntax, with the place.
    """
    format_ = rdf_format(path)
    try:
        with open(path, "rb") as file:
            yield from pyoxigraph.parse(file.read(), format=format_)
    except SyntaxError as error:
        raise UnreadableFile(path=path, reason=_reason(error.msg), line=error.lineno, column=error.offset) from error
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error
    except ValueError as error:
        raise UnreadableFile(path=path, reason=_first_line(str(error))) from error


def read_statements(files: Iterable[str]) -> Statements:
    """Parse files and index all their statements by subject and predicate.

    Linear in the number of statements. A statement that several files make is kept once.

    Raises:
        UnreadableFile: one of the files cannot be read; nothing is returned then.
    """
    statements: Statements = {}
    with _no_collection():
        for path in files:
            _add(statements, path)
    for by_predicate in statements.values():
        for predicate, objects in by_predicate.items():
            if len(objects) > 1:
                by_predicate[predicate] = list(dict.fromkeys(objects))
    return statements


def _add(statements: Statements, path: str) -> None:
    try:
        for quad in parse(path):
            # Only the triple terms of RDF 1.2 have no value.
            by_predicate = statements.setdefault(quad.subject.value, {})  # type: ignore[union-attr]
            by_predicate.setdefault(quad.predicate.value, []).append(quad.object.value)  # type: ignore[union-attr]
    except AttributeError:
        raise UnreadableFile(
            path=path, reason="it makes statements about statements, which are not supported"
        ) from None


@contextmanager
def _no_collection() -> Iterator[None]:
    # Only lists and dicts that all stay alive are made here: looking for garbage among them costs a third of the time.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _first_line(text: str | None) -> str:
    return (text or "").strip().partition("\n")[0] or "it breaks the format's syntax"


def _reason(text: str | None) -> str:
    # The parser repeats the place, which the error tells by itself: "Parser error at line 15 column 11: …".
    return re.sub(r"^Parser error at line \d+ column \d+: ", "", _first_line(text))
