"""HTML that stands by itself as PDF, by WeasyPrint."""

from __future__ import annotations

from careergraph.model.errors import MissingProgram
from careergraph.model.extras import need_extra

#: What WeasyPrint sets text with, and does not bring.
_LIBRARY = "the library Pango"


def to_pdf(html: bytes) -> bytes:
    """A page as PDF.

    Args:
        html: the page; everything that it shows stands in it, and nothing is fetched.

    Raises:
        MissingExtra: WeasyPrint is not installed.
        MissingProgram: it cannot find Pango.
    """
    try:
        with need_extra("pdf", "A report as PDF", "weasyprint"):
            from weasyprint import HTML
            from weasyprint.urls import URLFetcher
    except OSError as error:  # libraries of the system are looked for when it is imported
        raise MissingProgram("A report as PDF", program=_LIBRARY, advice="the system's packages have it") from error
    only_here = URLFetcher(allowed_protocols=("data",))
    made: bytes = HTML(string=html.decode(), url_fetcher=only_here).write_pdf()
    return made
