"""What several test files share: a browser, a server, stores of others."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from peers import oxigraph as oxigraph
from peers import virtuoso as virtuoso
from served import GRAPHS, Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: Nothing that Chromium does by itself may reach out or ask for a screen.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it. Without one, tests are skipped, or fail where one is required."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        if os.environ.get("CAREERGRAPH_REQUIRE_BROWSER") == "1":
            pytest.fail("a browser is required, and none is installed")
        pytest.skip("no Chromium on this system")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page in a context of its own; what a test leaves behind, no other sees."""
    context = browser.new_context()
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    yield opened
    context.close()


@pytest.fixture(scope="session")
def endpoint() -> Iterator[Served]:
    """A server on the bundled data set and three named graphs, with the options that it has by default."""
    with served("--dataset", "bundled", "--dataset", str(GRAPHS)) as running:
        yield running
