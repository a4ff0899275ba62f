"""HTML: the graph explorer, one page that needs no other file and no network."""

from __future__ import annotations

from careergraph.catalogue.catalogue import Catalogue
from careergraph.export.explorer.page import explorer_page
from careergraph.export.view import View


def html(catalogue: Catalogue, view: View) -> bytes:
    """The view as a page to explore, with all that is said about its nodes."""
    return explorer_page(catalogue, view).encode()
