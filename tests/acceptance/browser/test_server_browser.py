"""The pages in Chromium: with a script and without, by keyboard, on a phone, in the dark, under hostile data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from careergraph.server.pages.results import MOST_DRAWN
from careergraph.server.urls import to_address
from served import Served, served
from server_browsing import PAGES, REFUSING, settled, violations, visiting
from server_pages import FIXTURES, ML_ENGINEER, asking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

#: What the editor of queries offers to go on with.
OFFERED = ".cm-tooltip-autocomplete li"

Opened = Callable[..., "Page"]


@pytest.fixture
def server(endpoint: Served) -> Served:
    return endpoint


@pytest.fixture(scope="module")
def hostile() -> Iterator[Served]:
    with served("--dataset", "bundled", "--dataset", str(FIXTURES / "hostile.ttl")) as running:
        yield running


@pytest.fixture
def visitor(browser: Browser, server: Served) -> Iterator[Page]:
    with visiting(browser, server) as page:
        yield page


@pytest.fixture
def reader(browser: Browser, server: Served) -> Iterator[Page]:
    """A page that runs no script."""
    with visiting(browser, server, java_script_enabled=False) as page:
        yield page


### Every page


@pytest.mark.parametrize("place", [*PAGES.values(), *REFUSING.values()], ids=[*PAGES, *REFUSING])
def test_axe_finds_nothing_and_the_console_is_silent(visitor: Page, place: str) -> None:
    settled(visitor, place)
    assert violations(visitor) == []


def test_axe_finds_what_is_wrong(visitor: Page) -> None:
    settled(visitor, "")
    visitor.evaluate("document.querySelector('label[for=search]').remove()")
    assert "label" in {rule for rule, _ in violations(visitor)}


def test_on_a_phone_no_page_is_wider_than_the_screen(browser: Browser, server: Served) -> None:
    with visiting(browser, server, viewport={"width": 360, "height": 740}) as page:
        for place in (*PAGES.values(), *REFUSING.values(), "id/course/mats"):
            settled(page, place)
            assert page.evaluate("document.documentElement.scrollWidth") == 360, place
            assert violations(page, "target-size") == [], place


#: How tall a page may be before anybody unfolds something, in pixels at a width of 1440.
TALLEST = 4_000


def test_no_page_is_long_before_something_is_unfolded(browser: Browser, server: Served) -> None:
    with visiting(browser, server, viewport={"width": 1440, "height": 900}) as page:
        for name, place in PAGES.items():
            settled(page, place)
            assert page.evaluate("document.documentElement.scrollHeight") <= TALLEST, name


def test_nothing_is_squeezed_into_a_column_of_single_letters(browser: Browser, server: Served) -> None:
    tall_words = """[...document.querySelectorAll("main a, main p, main h2, main h3, main li")]
        .filter((one) => one.checkVisibility() && one.textContent.trim().length > 8 && !one.closest("thead"))
        .map((one) => one.getBoundingClientRect()).filter(({ width }) => width > 1 && width < 24).length"""
    for width in (360, 1440):
        with visiting(browser, server, viewport={"width": width, "height": 800}) as page:
            for name, place in PAGES.items():
                settled(page, place)
                assert page.evaluate(tall_words) == 0, (name, width)


def test_in_the_dark_nothing_is_too_faint(browser: Browser, server: Served) -> None:
    with visiting(browser, server, color_scheme="dark") as page:
        for place in ("", PAGES["routes"], PAGES["query"], REFUSING["broken query"]):
            settled(page, place)
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 27)"
            assert violations(page, "color-contrast") == [], place


def test_on_paper_there_are_no_forms_to_fill_and_no_dark_ground(browser: Browser, server: Served) -> None:
    with visiting(browser, server, color_scheme="dark") as page:
        settled(page, ML_ENGINEER)
        page.emulate_media(media="print")
        assert not page.locator("header.site").is_visible()
        assert page.locator("h1").is_visible()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_first_key_leads_past_the_header(visitor: Page) -> None:
    settled(visitor, ML_ENGINEER)
    visitor.keyboard.press("Tab")
    assert visitor.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert visitor.locator(".skip").is_visible()
    visitor.keyboard.press("Enter")
    assert visitor.evaluate("document.activeElement.id") == "main"


### Suggestions


def test_search_suggests_while_typing_and_arrows_and_enter_choose(visitor: Page) -> None:
    settled(visitor, "")
    field = visitor.get_by_role("combobox", name="Search")
    field.press_sequentially("machine learning e")
    options = visitor.get_by_role("option")
    options.first.wait_for()
    assert options.first.text_content() == "Machine learning engineerrole"
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    chosen = visitor.locator("[aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert "Machine learning engineer" in (chosen.text_content() or "")
    assert violations(visitor) == []
    field.press("Enter")
    visitor.wait_for_url(f"**/{ML_ENGINEER}")


def test_escape_closes_the_suggestions_and_enter_then_searches(visitor: Page) -> None:
    settled(visitor, ML_ENGINEER)
    field = visitor.get_by_role("combobox", name="Search")
    field.press_sequentially("pyt")
    visitor.get_by_role("option").first.wait_for()
    field.press("Escape")
    assert visitor.get_by_role("option").count() == 0
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "pyt"
    field.press("Enter")
    visitor.wait_for_url("**/search?q=pyt")


def test_a_suggestion_can_be_clicked_and_nothing_found_is_said(visitor: Page) -> None:
    settled(visitor, "")
    field = visitor.get_by_role("combobox", name="Search")
    field.press_sequentially("zzzz")
    visitor.get_by_text("no suggestions").wait_for(state="attached")
    field.fill("METR")
    visitor.get_by_role("option", name="METR organisation").click()
    visitor.wait_for_url("**/id/organisation/metr")


### The path finder


def test_two_clicks_on_the_map_show_the_route(visitor: Page) -> None:
    visitor.set_viewport_size({"width": 1440, "height": 900})
    settled(visitor, "")
    for name in ("Software engineer", "AI product manager"):
        visitor.locator(".station", has_text=name).locator("circle").click()
    visitor.get_by_role("heading", name="The best route").wait_for()
    assert visitor.locator("h1").inner_text() == "From Software engineer to AI product manager"
    assert visitor.locator(".drawn .line").count() == 2
    thumbs = visitor.locator(".thumb")
    assert thumbs.count() == 3
    assert (thumbs.first.bounding_box() or {"y": 999})["y"] < 600


def test_one_click_on_the_map_lights_all_that_is_within_reach(visitor: Page) -> None:
    settled(visitor, "")
    visitor.locator(".station", has_text="Software engineer").click()
    lit = visitor.locator(".station.on text").all_text_contents()
    assert {"Machine learning engineer", "AI product manager", "Technical AI safety researcher"} <= set(lit)
    assert "AI ethicist" not in lit


def test_another_route_unfolds_when_it_is_chosen_and_when_its_address_is_opened(visitor: Page) -> None:
    place = "path?origin=software+engineer&destination=AI+product+manager"
    settled(visitor, f"{place}#route-2")
    unfolded = visitor.locator(".alternative[open]")
    unfolded.wait_for()
    assert unfolded.count() == 1
    visitor.locator(".thumb").nth(2).click()
    visitor.locator(".alternative[open]").nth(1).wait_for()
    assert visitor.get_by_role("button", name="Copy link").is_visible()


def test_the_path_finder_offers_names_and_shows_routes(visitor: Page) -> None:
    settled(visitor, "")
    origin = visitor.get_by_label("I am")
    origin.press_sequentially("sofware enginer")
    offered = visitor.get_by_role("option")
    offered.first.wait_for()
    assert offered.first.locator("span").inner_text() == "Software engineer"
    offered.first.click()
    assert origin.input_value() == "Software engineer"
    visitor.get_by_label("and want to be").fill("AI safety researcher")
    visitor.keyboard.press("Enter")
    visitor.get_by_role("heading", name="The best route").wait_for()
    assert visitor.locator(".route").first.locator(".step").count() == 2


### What I can do


def test_skills_become_chips_that_can_be_taken_out_again_by_keyboard(visitor: Page) -> None:
    settled(visitor, "reach")
    field = visitor.get_by_role("combobox", name="What I can do")
    field.press_sequentially("pytho")
    visitor.get_by_role("option").first.wait_for()
    field.press("Enter")
    field.fill("zzzzqq")
    visitor.get_by_text("no suggestions").first.wait_for(state="attached")
    field.press("Enter")
    chips = visitor.locator(".chips li span")
    assert chips.all_inner_texts() == ["Python", "zzzzqq"]
    assert violations(visitor) == []
    field.press("Shift+Tab")
    assert visitor.evaluate("document.activeElement.ariaLabel") == "Take out zzzzqq"
    visitor.keyboard.press("Enter")
    assert chips.all_inner_texts() == ["Python"]
    field.press_sequentially("SQL")
    visitor.get_by_role("button", name="Show all I can reach").click()
    visitor.wait_for_url("**skill=Python**")
    visitor.locator(".chips li").first.wait_for()
    assert visitor.locator(".chips li span").all_inner_texts() == ["Python", "SQL"]


def test_enter_takes_a_suggestion_for_what_is_typed_by_now(visitor: Page) -> None:
    """And not the first of those that still stand there for what was typed before."""
    settled(visitor, "reach")
    field = visitor.get_by_role("combobox", name="What I can do")
    field.press_sequentially("pyte")
    visitor.get_by_role("option", name="pytest").wait_for()
    field.fill("pytho")
    field.press("Enter")
    visitor.locator(".chips li span").wait_for()
    assert visitor.locator(".chips li span").all_inner_texts() == ["Python"]


def test_a_cv_fills_the_form_and_leads_to_what_is_within_reach(visitor: Page) -> None:
    settled(visitor, "")
    visitor.get_by_text("Add what I can do").click()
    visitor.get_by_role("link", name="Start from my CV").click()
    said = b"Experience\nData scientist, Initech, 2019 - present\nSkills\nPython, SQL\n"
    visitor.get_by_label("My CV").set_input_files({"name": "cv.txt", "mimeType": "text/plain", "buffer": said})
    visitor.get_by_role("button", name="Read my CV").click()
    visitor.get_by_role("heading", name="What my CV says").wait_for()
    assert visitor.get_by_label("I am").input_value() == "Data scientist"
    visitor.locator(".chips li").first.wait_for()
    assert visitor.locator(".chips li span").all_inner_texts() == ["Python", "SQL"]
    assert violations(visitor) == []
    visitor.get_by_role("button", name="show all I can reach").click()
    visitor.get_by_role("heading", name="within reach, the easiest first").wait_for()


### Queries


def test_a_query_is_written_completed_run_and_sorted_by_keyboard_alone(visitor: Page) -> None:
    settled(visitor, "query")
    keys = visitor.keyboard
    while visitor.evaluate("document.activeElement.id") != "query-editor":
        keys.press("Tab")
    keys.press("Control+a")
    keys.type("SELECT ?role ?low { ?pay a cg:PayR")
    completed(visitor, "cg:PayRange")
    keys.type(" ; schema:abou")
    completed(visitor, "schema:about")
    keys.type(" ?role ; schema:minV")
    completed(visitor, "schema:minValue")
    keys.type(" ?l")
    completed(visitor, "?low")
    keys.type(" . ?role skos:broader role:AI car")
    keys.press("Escape")
    keys.press("Control+Backspace")
    keys.press("Backspace")
    keys.press("Control+Backspace")
    keys.type("ai-care")
    completed(visitor, "role:ai-career-role")
    keys.type(" }")
    keys.press("Control+Enter")
    visitor.locator("table.rows").wait_for()
    assert visitor.locator("#query").input_value().startswith("SELECT ?role ?low { ?pay a cg:PayRange ; schema:about")
    assert "schema%3AminValue" in visitor.url
    assert "rows" in (visitor.locator("#news").text_content() or "")
    while visitor.evaluate("document.activeElement.textContent") != "low":
        keys.press("Tab")
    keys.press("Enter")
    assert figures(visitor) == sorted(figures(visitor))
    assert visitor.locator("th[aria-sort=ascending]").count() == 1
    keys.press("Enter")
    assert figures(visitor) == sorted(figures(visitor), reverse=True)
    assert violations(visitor) == []


def figures(page: Page) -> list[int]:
    return [int(text.replace(",", "")) for text in page.locator("table.rows td:nth-child(2)").all_text_contents()]


def editor(page: Page) -> Locator:
    """The field for SPARQL."""
    return page.get_by_role("textbox", name="SPARQL")


def write(page: Page, query: str) -> Locator:
    """Write a query over the one that is there."""
    field = editor(page)
    field.press("Control+a")
    page.keyboard.insert_text(query)
    return field


def completed(page: Page, text: str) -> None:
    """Ask for completion and take what has this text, by keys."""
    page.keyboard.press("Control+Space")
    page.locator(OFFERED).first.wait_for()
    page.wait_for_timeout(100)  # the editor takes no key for a choice that comes before the list can be seen
    for _ in range(20):
        if page.locator(f"{OFFERED}[aria-selected=true] .cm-completionLabel").text_content() == text:
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator(OFFERED).count() == 0
    assert page.locator("#query").input_value().rstrip(" }").endswith(text)


def test_escape_leaves_what_was_typed_and_tab_moves_on(visitor: Page) -> None:
    settled(visitor, "query")
    field = write(visitor, "rol")
    field.press("Control+Space")
    visitor.locator(OFFERED).first.wait_for()
    assert violations(visitor) == []
    field.press("Escape")
    assert visitor.locator("#query").input_value() == "rol"
    field.press("Tab")
    assert visitor.evaluate("document.activeElement.textContent") == "Run"


def test_an_error_puts_the_cursor_where_it_is(visitor: Page) -> None:
    settled(visitor, "query")
    field = write(visitor, "SELECT ?x\nWHERE { ?x a cgg:Role }")
    field.press("Control+Enter")
    visitor.get_by_role("alert").wait_for()
    shown = visitor.get_by_role("alert").locator("pre").text_content() or ""
    assert "line 2, column 14" in shown
    assert shown.splitlines()[2].index("^") == shown.splitlines()[1].index("cgg:")
    visitor.keyboard.type("HERE")
    assert visitor.locator("#query").input_value() == "SELECT ?x\nWHERE { ?x a HEREcgg:Role }"


def test_words_names_and_variables_of_a_query_have_colours_of_their_own(visitor: Page) -> None:
    settled(visitor, "query")
    write(visitor, "SELECT ?x { ?x a cg:Role }")
    spans = visitor.locator(".cm-line span")
    colours = {
        text: spans.filter(has_text=text).first.evaluate("(span) => getComputedStyle(span).color")
        for text in ("SELECT", "?x", "cg:Role")
    }
    assert len(set(colours.values())) == len(colours)


def test_a_saved_question_is_taken_filled_in_and_run(visitor: Page) -> None:
    settled(visitor, "query")
    visitor.get_by_role("link", name="What does a role pay?").click()
    role = visitor.get_by_label("Role", exact=True)
    role.fill("AI ethicist")
    role.press("Enter")
    visitor.wait_for_url("**role=AI+ethicist**")
    visitor.get_by_role("heading", name="rows").wait_for()
    visitor.reload()
    assert role.input_value() == "AI ethicist"
    assert visitor.locator("table.rows tbody tr").count() > 0


def test_statements_are_drawn_and_can_be_enlarged(visitor: Page) -> None:
    settled(visitor, asking("DESCRIBE role:ai-ethicist role:data-scientist"))
    canvas = visitor.locator(".canvas canvas")
    canvas.wait_for()
    painted = "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean)"
    visitor.wait_for_function(f"({painted})(document.querySelector('.canvas canvas'))")
    before = canvas.screenshot()
    visitor.get_by_role("button", name="Larger").click()
    visitor.wait_for_timeout(600)
    assert canvas.screenshot() != before
    drawn = visitor.evaluate("JSON.parse(document.querySelector('.drawing script').textContent).edges.length")
    assert drawn == min(MOST_DRAWN, visitor.locator("table.rows tbody tr").count())


def test_the_same_query_in_its_address_gives_the_same_rows(visitor: Page) -> None:
    settled(visitor, "query")
    editor(visitor).press("Control+Enter")
    visitor.locator("table.rows").wait_for()
    rows = visitor.locator("table.rows tbody").inner_text()
    visitor.goto(visitor.url)
    assert visitor.locator("table.rows tbody").inner_text() == rows


def test_a_query_that_is_too_long_for_an_address_is_told_so(visitor: Page) -> None:
    settled(visitor, "query")
    write(visitor, "SELECT * {}\n" + f"# {'x' * 98}\n" * 1_000)
    visitor.get_by_role("button", name="Run").click()
    visitor.get_by_text("too long for an address").wait_for()


### Without a script


def test_without_a_script_one_can_search_and_read(reader: Page) -> None:
    reader.goto("")
    reader.get_by_label("Search").fill("MLE")
    reader.get_by_role("button", name="Search").click()
    reader.get_by_role("main").get_by_role("link", name="Machine learning engineer").click()
    assert reader.locator("h1").inner_text().strip() == "Machine learning engineer"
    reader.get_by_text("All that the data says of it, word by word").click()
    assert reader.get_by_role("cell", name="MLE").first.is_visible()


def test_without_a_script_one_can_find_a_route(reader: Page) -> None:
    reader.goto("path")
    reader.get_by_label("I am").fill("data scientist")
    reader.get_by_label("and want to be").fill("AI PM")
    reader.get_by_text("Where else I come from, and conditions").click()
    reader.get_by_label("How many routes").fill("2")
    reader.get_by_role("button", name="Show the way").click()
    assert reader.get_by_role("heading", name="2 routes").is_visible()


def test_without_a_script_one_can_say_what_one_can_do_and_send_a_cv(reader: Page) -> None:
    reader.goto("cv")
    said = b"Experience\nData scientist, Initech, 2019 - present\nSkills\nPython, SQL\n"
    reader.get_by_label("My CV").set_input_files({"name": "cv.txt", "mimeType": "text/plain", "buffer": said})
    reader.get_by_role("button", name="Read my CV").click()
    skills = reader.get_by_label("What I can do")
    assert skills.input_value().splitlines() == ["Python", "SQL"]
    skills.fill("Python\nSQL\nmachine learning")
    reader.get_by_role("button", name="show all I can reach").click()
    reader.get_by_role("heading", name="within reach, the easiest first").wait_for()
    assert reader.get_by_label("What I can do").input_value().splitlines()[-1] == "machine learning"


def test_without_a_script_one_can_ask_and_see_the_rows_and_no_empty_picture(reader: Page) -> None:
    reader.goto("query")
    assert not reader.get_by_text("Ctrl").first.is_visible()
    reader.get_by_label("SPARQL").fill("DESCRIBE role:ai-ethicist")
    reader.get_by_role("button", name="Run").click()
    assert reader.get_by_role("cell", name="AI ethicist", exact=True).first.is_visible()
    assert not reader.locator(".drawing").is_visible()


### A hostile data set


def test_nothing_in_the_data_is_ever_run(browser: Browser, hostile: Served) -> None:
    nodes = [
        "role",
        "origin",
        "long",
        "skill",
        "course",
        "organisation",
        "source",
        "section",
        "transition",
        "pay",
        "disagreement",
    ]
    ours = "FILTER(STRSTARTS(STR(?s), 'https://example.org/'))"
    origin, role = "<img src=x onerror=window.hacked=4>", "</title></style></script><script>window.hacked=7</script>"
    places = (
        "",
        "list/role",
        f"path?{urlencode({'origin': origin, 'destination': role})}",
        asking(f"SELECT * {{ ?s ?p ?o {ours} }}"),
        asking(f"CONSTRUCT {{ ?s ?p ?o }} {{ ?s ?p ?o {ours} }}"),
        *(to_address(f"https://example.org/hostile/{name}") for name in nodes),
    )
    with visiting(browser, hostile) as page:
        for place in places:
            settled(page, place)
            assert page.evaluate("window.hacked") is None, place


def test_hostile_names_are_suggested_as_text(browser: Browser, hostile: Served) -> None:
    with visiting(browser, hostile) as page:
        settled(page, "query")
        field = page.get_by_role("combobox", name="Search")
        field.press_sequentially("<img")
        option = page.get_by_role("option").first
        option.wait_for()
        assert "<img src=x onerror=window.hacked=4>" in (option.text_content() or "")
        write(page, "on").press("Control+Space")
        page.locator(OFFERED).first.wait_for()
        assert page.evaluate("window.hacked") is None
