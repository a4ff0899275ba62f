"""RDF files: the format that a suffix stands for, and the statements of one file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pyoxigraph

from careergraph.model.errors import UnreadableFile
from careergraph.rdf.bounded_parsing import parse_bounded
from careergraph.store.bounded_files import bound_unpacked, check_regular
from careergraph.store.locations import to_file_iri

_FORMATS = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".turtle": pyoxigraph.RdfFormat.TURTLE,
    ".n3": pyoxigraph.RdfFormat.TURTLE,  # as far as it is Turtle, which nearly all of it is: rules are no data
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
    ".json": pyoxigraph.RdfFormat.JSON_LD,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
    ".xml": pyoxigraph.RdfFormat.RDF_XML,
    ".owl": pyoxigraph.RdfFormat.RDF_XML,
}
#: What a packed file may come to, in bytes: some times the largest data set there is.
MOST_UNPACKED = 2_000_000_000
_PACKED = ".gz"
#: How a file in TriG or N-Quads begins that `export` has written: it may name graphs of the project's, as no other may.
EXPORTED = b"# Written by careergraph export, each statement in the named graph of its source.\n"


def find_rdf_format(path: str) -> pyoxigraph.RdfFormat:
    """The RDF format that a file's suffix stands for; that of a packed file is the one before `.gz`.

    >>> find_rdf_format("careers.ttl.gz") == find_rdf_format("careers.n3")
    True

    Raises:
        UnreadableFile: the suffix is none of those known.
    """
    try:
        return _FORMATS[os.path.splitext(path.lower().removesuffix(_PACKED))[1]]
    except KeyError:
        known = ", ".join(_FORMATS)
        raise UnreadableFile(path=path, reason=f"its ending is none of {known}, nor one of them with .gz") from None


def read_file(path: str) -> Iterator[pyoxigraph.Quad]:
    """The statements of one RDF file, in its order. Relative IRIs in it start from the file's own, unless it says else.

    Raises:
        UnreadableFile: the file is missing, cannot be opened, or breaks its format's syntax, with the place; or it
            grows or nests beyond measure.
    """
    format_ = find_rdf_format(path)
    try:
        yield from parse_bounded(_read(path), format_, base=to_file_iri(path))
    except SyntaxError as error:
        raise UnreadableFile(path=path, reason=_reason(error.msg), line=error.lineno, column=error.offset) from error
    except MemoryError as error:
        raise UnreadableFile(path=path, reason="a text in it is longer than 16,777,216 bytes") from error
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error
    except ValueError as error:
        raise UnreadableFile(path=path, reason=_first_line(str(error))) from error


def is_exported(path: str) -> bool:
    """Whether `careergraph export` has written a file, which can be read."""
    import gzip

    with gzip.open(path) if path.lower().endswith(_PACKED) else open(path, "rb") as file:
        return file.read(len(EXPORTED)) == EXPORTED


def _read(path: str) -> bytes:
    check_regular(path)
    if not path.lower().endswith(_PACKED):
        with open(path, "rb") as file:
            return file.read()
    import gzip
    import zlib

    most = min(MOST_UNPACKED, bound_unpacked(os.path.getsize(path)))
    try:
        with gzip.open(path, "rb") as packed:
            content = packed.read(most + 1)
    except (EOFError, zlib.error) as error:
        raise ValueError(f"it is damaged: {error}") from error
    if len(content) > most:
        raise ValueError(f"it comes to more than {most:,} bytes when unpacked")
    return content


def _first_line(text: str | None) -> str:
    if "LoadDocumentCallback" in (text or ""):
        return "its @context is at an address, and nothing is fetched from the web: put what stands there in its place"
    return (text or "").strip().partition("\n")[0] or "it breaks the format's syntax"


def _reason(text: str | None) -> str:
    # The parser repeats the place, which the error tells by itself: "Parser error at line 15 column 11: …".
    return re.sub(r"^Parser error at line \d+ (?:column \d+|between columns \d+ and \d+): ", "", _first_line(text))
