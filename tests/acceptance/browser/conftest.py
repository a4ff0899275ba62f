"""Pages of the explorer, made once for all tests, and opened from disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.export.explorer.page import MOST_DETAILS, make_page
from careergraph.export.view import view
from explorer_data import HOSTILE, catalogue, large_view, share_routes
from explorer_pages import WIDE, Open

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

#: The map once it answers, and the graph.
READY = {True: "html.ready", False: "html.graph-ready"}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, shared_folder: Path) -> Path:
    """Pages on disk: the curated graph, a part of it, one with hostile data, a large one."""
    curated, hostile = catalogue(), catalogue(*HOSTILE)
    share_routes(curated, shared_folder)
    some = view(curated, kinds=["role", "background", "credential", "topic"])
    pages = {
        "curated": make_page(curated),
        "some": make_page(curated, some),
        "hostile": make_page(hostile),
        "large": make_page(Catalogue({}), large_view(MOST_DETAILS + 200, 5_000)),
    }
    made = tmp_path_factory.mktemp("explorer")
    for name, page in pages.items():
        (made / f"{name}.html").write_text(page, "utf-8")
    return made


@pytest.fixture(scope="session")
def left_pages() -> Iterator[dict[str, Page]]:
    """Pages that tests are done with, by how they were made.

    A new page is a new process, which reads and compiles all of vis-network anew: three times the work of loading the
    same document once more, which forgets as much of what was before.
    """
    left: dict[str, Page] = {}
    yield left
    for page in left.values():
        page.context.close()


@pytest.fixture
def open_page(
    browser: Browser, folder: Path, left_pages: dict[str, Page], request: pytest.FixtureRequest
) -> Iterator[Open]:
    """A function that opens a page from disk with every request refused, and lets no complaint of the browser pass."""
    used: list[tuple[str, Page]] = []
    complaints: list[str] = []
    asked: list[str] = []
    hear: dict[Any, Callable[[Any], None]] = {
        "request": lambda request: asked.append(request.url),
        "console": lambda message: complaints.append(message.text),
        "pageerror": lambda error: complaints.append(str(error)),
    }
    failed = request.session.testsfailed

    def opened(hash_: str = "#all", *, name: str = "curated", size: ViewportSize = WIDE, **options: Any) -> Page:
        made_like = repr((size, options))
        page = left_pages.pop(made_like, None)
        if page is None:
            context = browser.new_context(viewport=size, reduced_motion="reduce", **options)
            context.set_offline(True)
            page = context.new_page()
            page.set_default_timeout(10_000)
        page.emulate_media(media="screen", color_scheme=options.get("color_scheme", "light"), reduced_motion="reduce")
        used.append((made_like, page))
        for event, listener in hear.items():
            page.on(event, listener)
        page.goto(f"{(folder / f'{name}.html').as_uri()}{hash_}")
        if options.get("java_script_enabled", True):
            of_map = not hash_ or hash_.startswith("#route=")
            page.wait_for_selector(READY[of_map], state="attached")
        return page

    yield opened
    for made_like, page in used:
        # A page with a button held down is of no use to others.
        if request.session.testsfailed > failed or made_like in left_pages:
            page.context.close()
            continue
        page.mouse.move(0, 0)
        page.goto("about:blank")
        for event, listener in hear.items():
            page.remove_listener(event, listener)
        left_pages[made_like] = page
    assert not complaints
    assert not [url for url in asked if url != "about:blank" and not url.startswith((folder.as_uri(), "blob:"))]
