"""To be described."""

from __future__ import annotations

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


def _first_line(text: str | None) -> str:
    return (text or "").strip().partition("\n")[0] or "it breaks the format's syntax"


def _reason(text: str | None) -> str:
    # The parser repeats the place, which the error tells by itself: "Parser error at line 15 column 11: …".
    return re.sub(r"^Parser error at line \d+ (?:column \d+|between columns \d+ and \d+): ", "", _first_line(text))
