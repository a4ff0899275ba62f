"""Content negotiation: choose a media type that a client accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from starlette.requests import Request

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_MEDIA = re.compile(r"([!#$%&'*+.^`|~\w-]+)/([!#$%&'*+.^`|~\w-]+)", re.ASCII)
_WEIGHT = re.compile(r"q\s*=\s*(.*)")
_QUALITY = re.compile(r"0(?:\.\d*)?|1(?:\.0*)?", re.ASCII)


class Range(NamedTuple):
    """One entry of an `Accept` header."""

    type: str
    subtype: str
    parameters: bool
    quality: float

    def fit(self, offer: str) -> int:
        """How specifically the range matches an offer: 0 if it does not."""
        type_, _, subtype = offer.partition("/")
        named = (self.type == type_, self.subtype == subtype)
        meant = all(same or mine == "*" for same, mine in zip(named, self[:2], strict=True))
        return 1 + 2 * sum(named) + (not self.parameters) if meant else 0


def choose_best(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer that a client likes best.

    Args:
        accept: the `Accept` header; None or empty if there is none, which accepts anything.
        offers: media types without parameters, in lower case; among those liked equally, the first one wins.

    Returns:
        One of the offers; None if the client accepts none of them.

    >>> choose_best("text/csv;q=0.5, application/*;q=0.9, */*;q=0.1", ["application/json", "text/csv", "text/plain"])
    'application/json'
    """
    if not accept or not accept.strip():
        return offers[0]
    ranges = list(_ranges(accept))
    liked = max(offers, key=lambda offer: _quality(offer, ranges))
    return liked if _quality(liked, ranges) > 0 else None


def choose(request: Request, offers: Sequence[str]) -> str | None:
    """The offer that the client that sent a request likes best: see `choose_best`."""
    return choose_best(", ".join(request.headers.getlist("accept")), offers)


def _quality(offer: str, ranges: Sequence[Range]) -> float:
    # The most specific range decides, whether its quality is high or low.
    fit, quality = max(((found.fit(offer), found.quality) for found in ranges), default=(0, 0.0))
    return quality if fit else 0.0


def _ranges(accept: str) -> Iterator[Range]:
    # What cannot be parsed is ignored. Quoted strings do not matter here, but they may contain commas.
    for entry in _QUOTED.sub("", accept).lower().split(","):
        text, *parameters = (part.strip() for part in entry.split(";"))
        media = _MEDIA.fullmatch(text)
        weights = [found[1] for part in parameters if (found := _WEIGHT.fullmatch(part))]
        others = sum(map(bool, parameters)) > len(weights)
        quality = _QUALITY.fullmatch(weights[0]) if weights else _QUALITY.fullmatch("1")
        if media and quality and (media[1] != "*" or media[2] == "*"):
            yield Range(media[1], media[2], others, float(quality[0]))


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


def list_offers(form: str | None) -> dict[str, str]:
    """Media type → format for the answer to a query of a form.

    >>> next(iter(list_offers("CONSTRUCT")))
    'text/turtle'
    """
    return GRAPH_MEDIA if form in ("CONSTRUCT", "DESCRIBE") else RESULT_MEDIA


def to_content_type(media: str) -> str:
    """A media type as a header names it; what begins with `text/` names its encoding.

    >>> to_content_type("text/csv")
    'text/csv; charset=utf-8'
    """
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
