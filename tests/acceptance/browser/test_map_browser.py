"""The career map as people use it, in Chromium: by pointer, by keyboard, on a phone, by address, on paper."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from careergraph.catalogue.names import find_node
from careergraph.render.text.verdict import tell_outlook
from careergraph.transitions.all_routes import MOST_STEPS
from careergraph.transitions.routes import find_routes
from explorer_data import catalogue
from explorer_pages import PHONE, WIDE, Open, until

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

LAPTOP: ViewportSize = {"width": 1440, "height": 900}
#: Counts what somebody does, and how far the page has been scrolled.
COUNTING = """() => {
    window.done = { clicks: 0, scrolled: 0 };
    addEventListener("click", () => (done.clicks += 1), true);
    addEventListener("scroll", () => (done.scrolled = Math.max(done.scrolled, scrollY)), true);
}"""


def station(page: Page, name: str) -> tuple[float, float]:
    """The middle of a station on the screen."""
    box = page.locator(".station", has_text=name).locator("circle").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def thumbs(page: Page) -> list[str]:
    return page.locator("#thumbs .thumb strong").all_inner_texts()


def is_in_sight(page: Page, selector: str) -> bool:
    """Whether the beginning of an element is on the screen."""
    box = page.locator(selector).first.bounding_box()
    assert page.viewport_size is not None
    return box is not None and 0 <= box["y"] < page.viewport_size["height"] - 40


class TestFindingARoute:
    def test_takes_two_clicks_on_the_map_and_no_scrolling(self, open_page: Open) -> None:
        page = open_page("", size=LAPTOP)
        page.evaluate(COUNTING)
        page.mouse.click(*station(page, "Software engineer"))
        page.mouse.click(*station(page, "AI product manager"))
        until(page, "document.querySelectorAll('#cards > li').length === 2")
        assert page.evaluate("done") == {"clicks": 2, "scrolled": 0}
        assert page.evaluate("location.hash") == "#route=software-engineer,ai-product-manager"
        assert is_in_sight(page, "#thumbs .thumb")
        assert is_in_sight(page, "#cards .card")

    def test_takes_two_choices_in_words_on_a_phone_with_the_answer_in_sight(self, open_page: Open) -> None:
        page = open_page("", size=PHONE)
        page.evaluate(COUNTING)
        page.get_by_role("combobox", name="I am a").fill("software eng")
        page.keyboard.press("Enter")
        page.get_by_role("combobox", name="and want to be").fill("ai product")
        page.keyboard.press("Enter")
        until(page, "document.querySelectorAll('#stops li').length === 3")
        assert page.evaluate("done.scrolled") == 0
        assert all(is_in_sight(page, f"#stops li:nth-child({at})") for at in (1, 2, 3))
        assert page.locator("#stops strong").all_inner_texts() == [
            "Software engineer",
            "Machine learning engineer",
            "AI product manager",
        ]

    def test_shows_the_routes_of_the_engine_with_a_card_for_each_step(self, open_page: Open) -> None:
        page = open_page("#route=software-engineer,ai-product-manager")
        ends = (find_node(catalogue(), name) for name in ("software engineer", "AI product manager"))
        found = find_routes(catalogue(), *ends, k=3, max_steps=MOST_STEPS).routes
        assert len(thumbs(page)) == len(found)
        for number, route in enumerate(found):
            page.locator("#thumbs .thumb").nth(number).click()
            until(page, "(n) => chosen.way === n", number)
            stops = [route.steps[0].origin.label, *(step.destination.label for step in route.steps)]
            headings = [f"{at + 1} {stops[at]} → {stops[at + 1]}" for at in range(len(route.steps))]
            assert page.locator("#cards h3").all_inner_texts() == headings
            lines = page.locator(".drawn .line")
            assert lines.count() == len(route.steps)
            kinds = ["sourced" if step.basis == "asserted" else "computed" for step in route.steps]
            assert sorted(kinds) == sorted(
                "sourced" if "sourced" in (line.get_attribute("class") or "") else "computed" for line in lines.all()
            )

    def test_says_first_that_a_route_is_a_long_shot_and_what_is_better_as_the_command_line_does(
        self, open_page: Open
    ) -> None:
        page = open_page("#route=nurse,data-scientist", size=LAPTOP)
        ends = [find_node(catalogue(), name) for name in ("nurse", "data scientist")]
        told = tell_outlook(find_routes(catalogue(), *ends), figures=False)
        assert len(told) > 1
        assert page.locator("#outlook p").all_inner_texts() == told
        assert is_in_sight(page, "#outlook")
        page.set_viewport_size(PHONE)
        assert is_in_sight(page, "#outlook")
        page.emulate_media(media="print")
        assert page.locator("#outlook").is_visible()
        page.emulate_media(media="screen")
        page.evaluate("location.hash = '#route=software-engineer,ai-product-manager'")
        until(page, "document.querySelectorAll('#thumbs li').length === 3")
        assert not page.locator("#outlook").is_visible()

    def test_unfolds_who_says_so(self, open_page: Open) -> None:
        page = open_page("#route=software-engineer,ai-product-manager")
        card = page.locator("#cards .card").first
        assert not card.get_by_text("Role 1 / Transition path").first.is_visible()
        card.locator("summary").click()
        assert card.get_by_text("Role 1 / Transition path").first.is_visible()

    def test_works_from_names_that_are_not_on_the_map_with_a_typo(self, open_page: Open) -> None:
        page = open_page("")
        page.get_by_role("combobox", name="I am a").fill("nurze")
        assert page.get_by_role("option").first.inner_text().startswith("Nurse")
        page.keyboard.press("Enter")
        assert page.locator("text.guest").inner_html() == "Nurse"
        assert len(thumbs(page)) > 10
        page.get_by_role("combobox", name="and want to be").fill("ethicist")
        page.keyboard.press("Enter")
        until(page, "document.querySelectorAll('#cards > li').length > 0")
        assert page.locator("#cards h3").first.inner_text() == "1 Nurse → AI ethicist"

    @pytest.mark.parametrize(
        ("box", "typed", "found"),
        [
            ("and want to be", "machine lerning enginer", "Machine learning engineer"),
            ("I am a", "lawyer", "Lawyer"),
            ("I am a", "MLE", "Machine learning engineer"),
            ("I am a", "programmer", "Software engineer"),
            ("I am a", "ml-engineer", "Machine learning engineer"),
        ],
    )
    def test_finds_names_by_the_rules_of_the_command_line(
        self, open_page: Open, box: str, typed: str, found: str
    ) -> None:
        page = open_page("")
        page.get_by_role("combobox", name=box).fill(typed)
        assert page.get_by_role("option").first.locator("span").first.inner_text() == found

    def test_has_no_dead_end(self, open_page: Open) -> None:
        page = open_page("")
        without = page.evaluate("places.filter((_, from) => !within(from).length).map(({ label }) => label)")
        assert without == []
        pairs = page.evaluate(
            """places.flatMap((start, from) => places.map((end, to) => [from, to])
                .filter(([, to]) => isGoal(to) && to !== from && !waysBetween(from, to).length))
                .map(([from, to]) => [places[from].label, places[to].label])"""
        )
        for origin, role in pairs:  # only where one is there already
            start = find_node(catalogue("bundled"), origin, "role", "background")
            assert find_node(catalogue("bundled"), role, "role") in catalogue("bundled").lineage(start), (origin, role)


class TestOneEnd:
    def test_lights_up_all_that_is_within_reach(self, open_page: Open) -> None:
        page = open_page("#route=software-engineer,")
        assert page.locator(".station.on").count() > 10
        assert page.locator("#thumbs-title").inner_text() == "Within reach from Software engineer"
        assert page.locator("#thumbs .thumb").count() > 10
        page.locator("#thumbs .thumb").first.click()
        until(page, "chosen.to !== null")
        assert page.locator("#cards .card").count() > 0

    def test_the_goal_lights_up_the_ways_to_it(self, open_page: Open) -> None:
        page = open_page("#route=,ai-ethicist")
        assert page.locator("#thumbs-title").inner_text() == "Ways to become an AI ethicist"
        assert "Policy professional" in thumbs(page)

    def test_is_offered_to_those_who_are_not_sure_yet(self, open_page: Open) -> None:
        page = open_page("#route=software-engineer,ai-ethicist")
        page.get_by_role("link", name="not sure yet").click()
        assert page.evaluate("location.hash") == "#route=software-engineer,"


class TestTheAddress:
    def test_holds_the_question_and_the_title_names_it(self, open_page: Open) -> None:
        page = open_page("#route=software-engineer,ai-product-manager&way=2")
        assert page.title() == "From Software engineer to AI product manager · Careers in AI"
        assert page.locator("#thumbs .thumb").nth(1).get_attribute("aria-current") == "true"
        assert page.get_by_role("combobox", name="I am a").input_value() == "Software engineer"

    def test_back_and_forward_go_through_what_was_asked(self, open_page: Open) -> None:
        page = open_page("")
        page.mouse.click(*station(page, "Data scientist"))
        page.mouse.click(*station(page, "AI research scientist"))
        until(page, "document.title.startsWith('From Data scientist')")
        page.go_back()
        assert page.title() == "Within reach from Data scientist · Careers in AI"
        page.go_back()
        assert page.title() == "Careers in AI"
        page.go_forward()
        page.go_forward()
        assert page.title() == "From Data scientist to AI research scientist · Careers in AI"

    def test_leads_to_everything_and_back(self, open_page: Open) -> None:
        page = open_page("#route=software-engineer,ai-product-manager")
        page.get_by_role("link", name="See everything").click()
        page.wait_for_selector("html.graph-ready", state="attached")
        assert page.locator("#graph canvas").is_visible()
        assert not page.locator(".map").is_visible()
        page.go_back()
        assert page.locator(".map").is_visible()
        assert page.locator("#cards .card").count() == 2

    def test_of_nothing_says_so(self, open_page: Open) -> None:
        page = open_page("#route=painter,ai-ethicist")
        assert page.locator("#unknown").inner_text() == "Nothing is called “painter” here."
        assert page.locator("#thumbs-title").inner_text() == "Ways to become an AI ethicist"


class TestWithoutAPointer:
    def test_stations_are_links_that_the_keyboard_reaches(self, open_page: Open) -> None:
        page = open_page("")
        page.locator(".station", has_text="Policy professional").focus()
        page.keyboard.press("Enter")
        until(page, "chosen.from !== null")
        page.locator(".station", has_text="AI ethicist").focus()
        page.keyboard.press("Enter")
        until(page, "document.querySelectorAll('#cards > li').length === 1")

    def test_without_a_script_the_map_is_there_with_nested_lists(self, open_page: Open) -> None:
        page = open_page("", java_script_enabled=False)
        assert page.locator(".map").is_visible()
        assert not page.locator("#ask").is_visible()
        assert page.locator(".outline").get_by_role("link", name="Software engineer").is_visible()

    def test_on_paper_has_the_question_the_map_and_the_cards_on_two_pages(self, open_page: Open) -> None:
        page = open_page("#route=software-engineer,ai-product-manager")
        page.emulate_media(media="print")
        assert page.get_by_role("heading", name="From Software engineer to AI product manager").is_visible()
        assert not page.locator("#ask").is_visible()
        assert page.pdf(format="A4").count(b"/Type /Page\n") <= 2


def test_draws_nothing_of_the_graph_before_it_is_asked_for(open_page: Open) -> None:
    page = open_page("", size=WIDE)
    assert page.evaluate("window.vis") is None
    image = Image.open(io.BytesIO(page.locator(".map").screenshot())).convert("RGB")
    assert len(image.getcolors(1_000_000) or []) > 100
