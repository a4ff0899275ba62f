"""RDF files: the format that a suffix stands for, and the statements of one file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pyoxigraph

from careergraph.model.errors import UnreadableFile
from careergraph.rdf.bounded_parsing import parse_bounded

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


def read_file(path: str) -> Iterator[pyoxigraph.Quad]:
    """The statements of one RDF file, in its order.

    Raises:
        UnreadableFile: the file is missing, cannot be opened, or breaks its format's syntax, with the place; or it
            grows or nests beyond measure.
    """
    format_ = rdf_format(path)
    try:
        with open(path, "rb") as file:
            yield from parse_bounded(file.read(), format_)
    except SyntaxError as error:
        raise UnreadableFile(path=path, reason=_reason(error.msg), line=error.lineno, column=error.offset) from error
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error
    except ValueError as error:
        raise UnreadableFile(path=path, reason=_first_line(str(error))) from error


def _first_line(text: str | None) -> str:
    if "LoadDocumentCallback" in (text or ""):
        return "its @context is at an address, and nothing is fetched from the web: put what stands there in its place"
    return (text or "").strip().partition("\n")[0] or "it breaks the format's syntax"


def _reason(text: str | None) -> str:
    # The parser repeats the place, which the error tells by itself: "Parser error at line 15 column 11: …".
    return re.sub(r"^Parser error at line \d+ (?:column \d+|between columns \d+ and \d+): ", "", _first_line(text))
