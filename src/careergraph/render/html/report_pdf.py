"""HTML that stands by itself as PDF, by WeasyPrint."""

from __future__ import annotations

from careergraph.model.errors import MissingProgram
from careergraph.model.extras import extra

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
        with extra("pdf", "A report as PDF", "weasyprint"):
            from weasyprint import HTML
    except OSError as error:  # libraries of the system are looked for when it is imported
        raise MissingProgram("A report as PDF", program=_LIBRARY, advice="the system's packages have it") from error
    made: bytes = HTML(string=html.decode(), url_fetcher=_fetch).write_pdf()
    return made


def _fetch(url: str, *_: object, **__: object) -> dict[str, object]:
    """Fetch only data that is in the page itself."""
    from weasyprint import default_url_fetcher

    if not url.startswith("data:"):
        raise ValueError(f"{url} does not stand in the page")
    fetched: dict[str, object] = default_url_fetcher(url)
    return fetched
