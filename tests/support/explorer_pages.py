"""Explorer pages in a browser: how large they are, and waiting for what they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

Open = Callable[..., "Page"]

WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}


def until(page: Page, condition: str, argument: object = None) -> None:
    """Wait until something holds. Playwright's own way evaluates text in the page, which the page forbids."""
    for _ in range(200):
        if page.evaluate(condition, argument):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"it never became true that {condition}")
