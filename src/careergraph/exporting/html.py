"""HTML: the graph explorer, one page that needs no other file and no network."""

from __future__ import annotations

from careergraph.catalogue import Catalogue
from careergraph.extras import extra
from careergraph.views import View


def html(catalogue: Catalogue, view: View) -> bytes:
    """The view as a page to explore, with all that is said about its nodes.

    Raises:
        MissingExtra: pyvis, which makes it, is not installed.
    """
    with extra("pictures", "The page to explore", "pyvis"):
        from careergraph.explorer.page import explorer_page
    return explorer_page(catalogue, view).encode()
