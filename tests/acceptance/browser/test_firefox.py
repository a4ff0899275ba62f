"""The main ways through the pages in Firefox: the map, a route, skills, a CV, a query, the file on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from careergraph.export.explorer.page import make_page
from explorer_data import catalogue
from served import Served
from server_browsing import PAGES, settled, violations, visiting
from server_pages import ML_ENGINEER

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page


@pytest.fixture
def visitor(firefox: Browser, endpoint: Served) -> Iterator[Page]:
    with visiting(firefox, endpoint) as page:
        yield page


def type_and_wait(visitor: Page, field: Locator, text: str) -> None:
    """Type a text, and wait for what is suggested for the whole of it, and not for its beginning."""
    with visitor.expect_response(lambda answer: parse_qs(urlsplit(answer.url).query).get("text") == [text]) as answer:
        field.press_sequentially(text)
    first = answer.value.json()["results"][0]["label"]
    visitor.locator("[role=option]:first-child", has_text=first).wait_for()


@pytest.mark.parametrize("place", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing_and_the_console_is_silent(visitor: Page, place: str) -> None:
    settled(visitor, place)
    assert violations(visitor) == []


def test_two_clicks_on_the_map_show_the_route_and_back_leads_back(visitor: Page) -> None:
    visitor.set_viewport_size({"width": 1440, "height": 900})
    settled(visitor, "")
    for name in ("Software engineer", "AI product manager"):
        visitor.locator(".station", has_text=name).locator("circle").click()
    visitor.get_by_role("heading", name="The best route").wait_for()
    assert visitor.locator("h1").inner_text() == "From Software engineer to AI product manager"
    assert visitor.locator(".drawn .line").count() == 2
    visitor.go_back()
    assert visitor.locator("h1").inner_text() == "Careers in AI"


def test_a_route_is_typed_with_slips_and_chosen_by_keyboard(visitor: Page) -> None:
    settled(visitor, "")
    origin = visitor.get_by_label("I am")
    type_and_wait(visitor, origin, "sofware enginer")
    origin.press("ArrowDown")
    origin.press("Enter")
    assert origin.input_value() == "Software engineer"
    visitor.get_by_label("and want to be").fill("AI safety researcher")
    visitor.keyboard.press("Enter")
    visitor.get_by_role("heading", name="The best route").wait_for()


def test_skills_become_chips(visitor: Page) -> None:
    settled(visitor, "reach")
    field = visitor.get_by_role("combobox", name="What I can do")
    type_and_wait(visitor, field, "pytho")
    field.press("Enter")
    visitor.locator(".chips li").wait_for()
    assert visitor.locator(".chips li span").all_inner_texts() == ["Python"]
    visitor.get_by_role("button", name="Show all I can reach").click()
    visitor.get_by_role("heading", name="within reach, the easiest first").wait_for()


def test_a_cv_is_read(visitor: Page) -> None:
    settled(visitor, "cv")
    said = b"Experience\nData scientist, Initech, 2019 - present\nSkills\nPython, SQL\n"
    visitor.get_by_label("My CV").set_input_files({"name": "cv.txt", "mimeType": "text/plain", "buffer": said})
    visitor.get_by_role("button", name="Read my CV").click()
    visitor.get_by_role("heading", name="What my CV says").wait_for()
    assert visitor.get_by_label("I am").input_value() == "Data scientist"


def test_a_query_is_written_with_colours_and_run(visitor: Page) -> None:
    settled(visitor, "query")
    visitor.locator(".cm-content").click()
    visitor.keyboard.press("Control+a")
    visitor.keyboard.press("Delete")
    visitor.keyboard.type("SELECT ?role { ?role a cg:Role")
    visitor.keyboard.press("Escape")
    visitor.keyboard.press("Control+Enter")
    visitor.locator("table.rows").wait_for()
    assert visitor.locator(".cm-line span").first.evaluate("(word) => getComputedStyle(word).fontWeight") == "600"


def test_no_page_is_wider_than_a_phone(firefox: Browser, endpoint: Served) -> None:
    with visiting(firefox, endpoint, viewport={"width": 360, "height": 740}) as page:
        for place in PAGES.values():
            settled(page, place)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place


def test_what_a_page_folds_unfolds_by_keyboard(visitor: Page) -> None:
    settled(visitor, ML_ENGINEER)
    summary = visitor.locator("summary", has_text="Tasks")
    summary.focus()
    visitor.keyboard.press("Enter")
    assert visitor.locator("details[open] > summary", has_text="Tasks").is_visible()


def test_the_file_on_disk_draws_the_route_and_the_graph(firefox: Browser, tmp_path: Path) -> None:
    file = tmp_path / "careergraph.html"
    file.write_text(make_page(catalogue()), "utf-8")
    page = firefox.new_context(viewport={"width": 1440, "height": 900}).new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_selector("html.ready", state="attached")
    for name in ("Software engineer", "AI product manager"):
        page.locator(".station", has_text=name).locator("circle").click()
    page.locator("#cards .card").nth(1).wait_for()
    assert page.title() == "From Software engineer to AI product manager · Careers in AI"
    page.get_by_role("link", name="See everything").click()
    page.wait_for_selector("html.graph-ready", state="attached")
    assert page.locator("#graph canvas").is_visible()
    page.get_by_role("combobox", name="Find anything").fill("machine lerning")
    assert "Machine learning" in page.get_by_role("option").first.inner_text()
    page.context.close()
    assert complaints == []
