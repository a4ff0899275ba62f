"""Pages in Chromium: they ask for nothing, run nothing, fit, and can be read and walked through by anybody."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from page_answers import ALL, COMPARISONS, PATHS, page_of

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

Scheme = Literal["light", "dark"]
Media = Literal["screen", "print"]


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Callable[..., list[str]]:
    """Open the page of a command from disk; gives what the page asked for and what the console said."""
    heard: list[str] = []

    def refuse(route: Route) -> None:
        heard.append(f"request {route.request.url}")
        route.abort()

    def open_(*arguments: str, look: str = "light") -> list[str]:
        target = tmp_path / "page.html"
        target.write_bytes(page_of(*arguments))
        address = target.as_uri()
        page.route(lambda url: url != address, refuse)
        page.on("console", lambda message: heard.append(f"console {message.text}"))
        page.on("pageerror", lambda error: heard.append(f"error {error}"))
        page.on("dialog", lambda dialog: heard.append(f"dialog {dialog.message}"))
        LOOKS[look](page)
        page.goto(address)
        return heard

    return open_


def looking(width: int = 1280, scheme: Scheme = "light", media: Media = "screen") -> Callable[[Page], None]:
    """What makes a page look like that."""

    def look(page: Page) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(media=media, color_scheme=scheme)

    return look


LOOKS = {
    "light": looking(),
    "dark": looking(scheme="dark"),
    "phone": looking(width=360),
    "tablet": looking(width=960),
    "print": looking(width=800, media="print"),
}
WIDE = "two steps, an alternative"


@pytest.mark.parametrize("arguments", ALL.values(), ids=ALL.keys())
def test_a_page_asks_for_nothing_says_nothing_and_fits(
    arguments: tuple[str, ...], opened: Callable[..., list[str]], page: Page
) -> None:
    heard = opened(*arguments)
    for name, look in LOOKS.items():
        look(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
    assert page.evaluate("window.hacked") is None
    assert heard == []


@pytest.mark.parametrize(
    "arguments",
    [PATHS["a derived step"], PATHS["somebody"], COMPARISONS["something in common"]],
    ids=["derived", "somebody", "compare"],
)
def test_axe_finds_no_violation(arguments: tuple[str, ...], opened: Callable[..., list[str]], page: Page) -> None:
    opened(*arguments)
    for name, look in LOOKS.items():
        look(page)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    found: list[dict[str, float]] = page.eval_on_selector_all(
        selector, "all => all.map(one => one.getBoundingClientRect().toJSON())"
    )
    return found


def test_steps_stand_left_to_right_with_what_is_alike_at_one_height(
    opened: Callable[..., list[str]], page: Page
) -> None:
    opened(*PATHS[WIDE])
    first, second = boxes(page, ".route:first-of-type .step")
    assert first["right"] < second["left"]
    assert first["top"] == second["top"]
    for block in ("ease", "skill-bar", "counts", "facts", "evidence"):
        one_, other = boxes(page, f".route:first-of-type .step .{block}")
        assert one_["top"] == other["top"], block


@pytest.mark.parametrize("look", ["phone", "print"])
def test_steps_stand_one_below_the_other_on_a_phone_and_on_paper(
    look: str, opened: Callable[..., list[str]], page: Page
) -> None:
    opened(*PATHS[WIDE], look=look)
    first, second = boxes(page, ".route:first-of-type .step")
    assert first["bottom"] < second["top"]
    assert first["left"] == second["left"]


def test_no_step_of_a_long_route_has_to_be_scrolled_to_aside(opened: Callable[..., list[str]], page: Page) -> None:
    """Cards that have no room beside the others stand below; their sources unfold by keyboard."""
    opened("path", "software engineer", "AI safety researcher", "-k", "2", look="tablet")
    for card in boxes(page, ".step.card"):
        assert card["left"] >= 0
        assert card["right"] <= page.evaluate("innerWidth")
    sources = page.locator(".step.card summary").first
    sources.focus()
    assert sources.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.locator(".step.card .block.says").first.is_visible()


def test_a_comparison_on_a_phone_names_the_role_in_each_cell(opened: Callable[..., list[str]], page: Page) -> None:
    opened(*COMPARISONS["something in common"])
    assert not page.locator("td .column").first.is_visible()
    opened(*COMPARISONS["something in common"], look="phone")
    assert page.locator("td .column").first.is_visible()
    cells = boxes(page, ".distinct tr:nth-child(2) td")
    assert cells[0]["bottom"] <= cells[1]["top"]


def test_the_pattern_of_a_disagreement_is_painted(opened: Callable[..., list[str]], page: Page) -> None:
    """A pattern whose definition is not found paints nothing."""
    opened(*COMPARISONS["something in common"])
    bar = page.locator(".range.disputed").first
    name = bar.evaluate("one => getComputedStyle(one).fill")
    assert page.evaluate("name => document.querySelector(name)?.tagName", name.split('"')[1]) == "pattern"


@pytest.mark.parametrize(
    ("arguments", "most"),
    [
        (("path", "software engineer", "AI product manager", "-k", "3"), 3),
        (("compare", "AI ethicist", "AI product manager", "data scientist", "ML engineer"), 4),
    ],
    ids=["three routes", "four roles"],
)
def test_a_page_takes_few_sheets_of_paper_and_breaks_no_word(
    arguments: tuple[str, ...], most: int, opened: Callable[..., list[str]], page: Page
) -> None:
    opened(*arguments, look="print")
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    assert len(sheets) <= most
    printed = " ".join("".join(sheet.extract_text() for sheet in sheets).split())
    for word in ("manager", "experience", "professional", "engineer"):
        halves = [f"{word[:cut]} {word[cut:]}" for cut in range(3, len(word) - 2)]
        assert not [half for half in halves if half in printed], word
