"""Browsers as the system has them."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Playwright

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
#: Browser → what it is called where it is installed.
PROGRAMS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "firefox": ("firefox-esr", "firefox"),
}
#: What asks for rest and for a light page, which Playwright cannot ask Firefox for; and what has it load a page anew
#: when somebody goes back, for it tells nobody when a page that it has kept is there again.
PREFERENCES = {
    "ui.prefersReducedMotion": 1,
    "layout.css.prefers-color-scheme.content-override": 1,
    "browser.sessionhistory.max_total_viewers": 0,
}


def launch(name: str, driver: Callable[[], Playwright]) -> Iterator[Browser]:
    """A browser until the tests are over; without one, or where none is wanted, the test is skipped, or fails.

    Args:
        name: `chromium`, which may be required, or `firefox`, which is asked where there is one.
        driver: starts Playwright, of which a process can only have one at a time.
    """
    required = os.environ.get("CAREERGRAPH_REQUIRE_BROWSER")
    if required == "0":
        pytest.skip("no browser is wanted")
    path = next(filter(None, map(shutil.which, PROGRAMS[name])), None)
    if path is None:
        if required == "1" and name == "chromium":
            pytest.fail(f"a browser is required, and there is no {name.title()}")
        pytest.skip(f"no {name.title()} on this system")
    with tempfile.TemporaryDirectory() as folder:
        options: dict[str, Any] = {"executable_path": path, "args": list(FLAGS)}
        if name == "firefox":
            options = {"executable_path": _bridge(path, Path(folder)), "channel": "moz-firefox"}
            options |= {"firefox_user_prefs": PREFERENCES, "env": {**os.environ, "HOME": folder}}
        browser = getattr(driver(), name).launch(**options)
        yield browser
        browser.close()


def _bridge(firefox: str, folder: Path) -> Path:
    """A program that runs Firefox behind `firefox_bridge.py`."""
    program = folder / "firefox"
    bridge = Path(__file__).with_name("firefox_bridge.py")
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{bridge}" "{firefox}" "$@"\n', encoding="utf-8")
    program.chmod(0o700)
    return program
