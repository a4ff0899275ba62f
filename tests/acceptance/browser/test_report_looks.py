"""Reports look as they did, on paper and on paper without colours; three people's have been looked at by eye."""

from __future__ import annotations

import io
import os
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

import careergraph
from careergraph.render.html.report import report_html
from looks import keep, looks_like

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: Picture → who asks, and for what.
PEOPLE = {
    "report-nurse": ("registered nurse", "machine learning engineer"),
    "report-lawyer": ("lawyer", "AI ethicist"),
    "report-engineer": ("software engineer", "AI product manager"),
}
#: A sheet of A4 as wide as a browser has it, and as long as route, gap and plan are.
SHEET = {"width": 794, "height": 1500}


def printed(browser: Browser, folder: Path, origin: str, role: str) -> Page:
    """The report of somebody as a page that is to be printed."""
    graph = careergraph.load("bundled")
    plan = graph.plan(origin, role, hours_per_week=8, start="2027-01-11")
    file = folder / "report.html"
    file.write_bytes(report_html(graph.routes(origin, role, k=3), plan))
    page = browser.new_page(viewport=SHEET)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("picture", PEOPLE)
def test_looks_as_it_did(browser: Browser, tmp_path: Path, picture: str) -> None:
    page = printed(browser, tmp_path, *PEOPLE[picture])
    try:
        if os.environ.get("CAREERGRAPH_NEW_PICTURES") == "1":
            keep(page, picture)
        average, most = looks_like(page, picture)
        others = [looks_like(page, other)[0] for other in PEOPLE if other != picture]
    finally:
        page.close()
    assert average < 4, f"tests/pictures/{picture}.png shows something else; CAREERGRAPH_NEW_PICTURES=1 makes it anew"
    assert most < 140
    assert min(others) > average  # the reports of other people look different


def test_held_partly_held_and_missing_are_three_shades_of_grey(browser: Browser, tmp_path: Path) -> None:
    page = printed(browser, tmp_path, *PEOPLE["report-engineer"])
    try:
        box = page.locator("section svg").nth(0).bounding_box()
        assert box is not None
        grey = Image.open(io.BytesIO(page.screenshot(clip=box))).convert("L")
    finally:
        page.close()
    middle = [int(grey.getpixel((place, grey.height // 2))) for place in range(grey.width)]  # type: ignore[arg-type]
    shades = sorted({shade for shade in middle if middle.count(shade) > grey.width / 30})
    assert len(shades) == 3, shades
    assert min(later - sooner for sooner, later in pairwise(shades)) > 40, shades
