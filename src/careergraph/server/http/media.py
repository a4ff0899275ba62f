"""Media types: what a client may ask for, and the format that it gets."""

from __future__ import annotations

#: For rows and for yes or no. The first is what a client gets that does not say what it likes. The last three are no
#: names for these formats, but whoever accepts nothing else can read them.
RESULT_MEDIA = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}

#: For statements.
GRAPH_MEDIA = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "rdf-xml",
    "application/json": "json-ld",
    "application/xml": "rdf-xml",
    "text/xml": "rdf-xml",
}


def offers(form: str | None) -> dict[str, str]:
    """Media type → format for the answer to a query of a form.

    >>> next(iter(offers("CONSTRUCT")))
    'text/turtle'
    """
    return GRAPH_MEDIA if form in ("CONSTRUCT", "DESCRIBE") else RESULT_MEDIA


def content_type(media: str) -> str:
    """A media type as a header names it; what begins with `text/` names its encoding.

    >>> content_type("text/csv")
    'text/csv; charset=utf-8'
    """
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
