"""The explorer as people use it, in Chromium: by pointer, by keyboard, by address, without a script, and attacked."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageChops, ImageStat

from careergraph.catalogue.names import find_node
from careergraph.export.explorer.addresses import list_addresses
from careergraph.export.explorer.page import ASKED_FOR
from careergraph.export.view import view
from explorer_data import catalogue
from explorer_pages import PHONE, WIDE, Open, until
from looks import keep, looks_like

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

Scheme = Literal["light", "dark"]

#: What is looked at in each scheme and size.
STATES = {
    "everything": "#all",
    "start": "",
    "a role": "#role=machine-learning-engineer",
    "a depth": "#role=ai-ethicist&depth=1",
    "a route": "#route=software-engineer,ai-product-manager",
    "one end": "#route=nurse,",
    "an address of nothing": "#role=nonsense",
}


@pytest.fixture(scope="module")
def keys() -> dict[str, str]:
    """Name of a node → its address."""
    found = view(catalogue(), words=False).nodes
    by_iri = list_addresses(found)
    return {node.label: by_iri[node.id] for node in found}


def shown(page: Page) -> set[str]:
    """The labels of the nodes that the picture shows."""
    return set(page.evaluate("nodes.filter((n) => !dots.get(n.id).hidden).map((n) => n.label)"))


def lit(page: Page) -> set[str]:
    """The labels of the nodes that stand out."""
    return set(
        page.evaluate(
            "nodes.filter((n) => !dots.get(n.id).hidden && (dots.get(n.id).opacity ?? 1) === 1).map((n) => n.label)"
        )
    )


def wires(page: Page) -> set[tuple[str, str]]:
    """The ends of the real edges."""
    return {(a, b) for a, b in page.evaluate("wires.get().map((w) => [nodes[w.from].label, nodes[w.to].label])")}


def place(page: Page, label: str) -> tuple[float, float]:
    """Where a node is on the screen."""
    x, y = page.evaluate(
        """(label) => {
            const { x, y } = network.canvasToDOM(points[nodes.find((node) => node.label === label).id]);
            const box = element("graph").getBoundingClientRect();
            return [x + box.left, y + box.top];
        }""",
        label,
    )
    return x, y


def heading(page: Page) -> str:
    return page.locator("#panel article h3").inner_text()


class TestOpening:
    def test_from_disk_asks_for_nothing_and_complains_of_nothing(self, open_page: Open) -> None:
        page = open_page()
        assert page.get_by_role("heading", level=1).inner_text() == "Careers in AI"
        assert page.title() == "Everything · Careers in AI"
        whole = view(catalogue(), words=False)
        drawn = {node.id for node in whole.nodes if node.kind not in ASKED_FOR}
        edges = [{edge.source, edge.target} for edge in whole.edges if edge.source != edge.target]
        joined = set().union(*(ends for ends in edges if ends <= drawn))
        wanted = {node.label for node in whole.nodes if node.id in joined}
        assert shown(page) == wanted
        assert page.evaluate("performance.getEntriesByType('resource').length") == 0

    def test_stands_still_at_the_places_that_were_given(self, open_page: Open) -> None:
        page = open_page()
        before = page.evaluate("network.getPositions()")
        page.wait_for_timeout(300)
        assert page.evaluate("network.getPositions()") == before
        given = page.evaluate("Object.fromEntries(nodes.map(({ id, x, y }) => [id, { x, y }]))")
        assert before == {key: given[key] for key in before}
        labels = page.evaluate("keys => keys.map(key => nodes.find(({ id }) => String(id) === key).label)", [*before])
        assert set(labels) == shown(page)
        assert page.evaluate("network.physics.physicsEnabled") is False

    def test_without_a_script_is_a_text_with_links_that_work(self, open_page: Open) -> None:
        page = open_page(java_script_enabled=False)
        assert not page.locator("#graph").is_visible()
        assert not page.locator("#panel").is_visible()
        page.get_by_role("navigation").get_by_role("link", name="AI ethicist", exact=True).click()
        target = page.locator("[id='role=ai-ethicist']")
        assert target.get_by_role("heading", name="AI ethicist", exact=True).is_visible()
        assert abs((target.bounding_box() or {"y": 999})["y"]) < 5

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_wears_what_the_system_prefers_until_the_button_is_pressed(self, open_page: Open, scheme: Scheme) -> None:
        page = open_page(color_scheme=scheme)
        ground = "getComputedStyle(document.body).backgroundColor"
        grounds = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 27)"}
        assert page.evaluate(ground) == grounds[scheme]
        colour = page.evaluate("dots.get(0).color.background")
        page.get_by_role("button", name="Dark").click()
        (other,) = grounds.keys() - {scheme}
        assert page.evaluate(ground) == grounds[other]
        assert page.evaluate("dots.get(0).color.background") != colour

    def test_does_not_move_for_those_who_asked_for_rest(self, open_page: Open) -> None:
        page = open_page()
        assert page.evaluate("motion()") is False
        page.emulate_media(reduced_motion="no-preference")
        assert page.evaluate("motion().duration") > 0


class TestSearch:
    def test_is_reached_by_slash_and_offers_what_has_the_name(self, open_page: Open) -> None:
        page = open_page()
        page.keyboard.press("/")
        page.keyboard.type("machine l")
        box, options = page.get_by_role("combobox", name="Find anything"), page.get_by_role("option")
        assert box.input_value() == "machine l"
        assert box.get_attribute("aria-expanded") == "true"
        assert options.first.inner_text().split("\n") == ["Machine learning engineer", "role"]
        assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
        assert options.first.get_attribute("aria-selected") == "true"

    def test_selects_by_arrow_and_enter(self, open_page: Open) -> None:
        page = open_page()
        page.keyboard.press("/")
        page.keyboard.type("machine l")
        wanted = page.get_by_role("option").nth(1).locator("span").first.inner_text()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert heading(page) == wanted
        assert page.get_by_role("option").count() == 0
        assert page.locator("#said").inner_text() == f"{wanted} is selected."

    def test_finds_aliases_whatever_the_case_and_accents(self, open_page: Open) -> None:
        page = open_page()
        page.get_by_role("combobox", name="Find anything").fill("MlE")
        page.get_by_role("option").first.click()
        assert heading(page) == "Machine learning engineer"

    def test_says_when_nothing_has_the_name_and_gives_way_to_escape(self, open_page: Open) -> None:
        page = open_page()
        box = page.get_by_role("combobox", name="Find anything")
        box.fill("qqqq")
        assert page.locator("#found").inner_text() == page.locator("#said").inner_text() == "Nothing has that name."
        box.press("Enter")
        assert page.evaluate("state.node") is None
        box.press("Escape")
        assert not page.locator("#found").is_visible()

    def test_brings_what_was_out_of_sight_into_view(self, open_page: Open) -> None:
        page = open_page()
        page.evaluate("network.moveTo({ position: { x: -9000, y: -9000 }, scale: 1 })")
        page.get_by_role("combobox", name="Find anything").fill("AI ethicist")
        page.keyboard.press("Enter")
        x, y = place(page, "AI ethicist")
        assert 0 < x < 880
        assert 50 < y < 700


class TestFilters:
    def test_hide_and_show_a_kind_in_the_picture_but_not_in_the_list(self, open_page: Open) -> None:
        page = open_page()
        button = page.locator(".legend [data-kind=skill]")
        others = {node.label for node in view(catalogue(), words=False).nodes if node.kind != "skill"}
        skills = {node.label for node in view(catalogue(), words=False).nodes if node.kind == "skill"} - others
        assert skills <= shown(page)
        button.click()
        assert button.get_attribute("aria-pressed") == "false"
        assert not skills & shown(page)
        page.get_by_role("button", name="List").click()
        assert page.locator("#list a").filter(visible=True).count() == len(view(catalogue(), words=False).nodes)
        page.get_by_role("button", name="Graph", exact=True).click()
        assert not skills & shown(page)
        page.locator(".legend [data-kind=skill]").click()
        assert skills <= shown(page)

    def test_bring_a_kind_into_view_that_is_shown_again_and_say_how_many_there_are(self, open_page: Open) -> None:
        page = open_page()
        page.locator(".legend [data-kind=source]").click()
        count = len([node for node in view(catalogue(), words=False).nodes if node.kind == "source"])
        assert page.locator("#said").inner_text() == f"{count} sources: shown"
        assert page.evaluate("nodes.filter(({ id }) => picture.shown.has(id)).every(inView)")

    def test_leave_what_is_selected_in_sight(self, open_page: Open) -> None:
        page = open_page("#skill=python")
        page.locator(".legend [data-kind=skill]").click()
        assert "Python" in shown(page)
        assert "PyTorch" not in shown(page)

    def test_start_without_sources_which_can_be_asked_for(self, open_page: Open) -> None:
        page = open_page()
        sources = {node.label for node in view(catalogue(), words=False).nodes if node.kind == "source"}
        hidden = "nodes.filter(({ group }) => group === 'source').every(({ id }) => dots.get(id).hidden)"
        assert page.evaluate(hidden)
        page.locator(".legend [data-kind=source]").click()
        assert not page.evaluate(hidden)
        assert len(sources & shown(page)) > 100


class TestSelecting:
    def test_by_pointer_lights_the_neighbours_and_tells_what_is_said(self, open_page: Open) -> None:
        page = open_page()
        page.mouse.click(*place(page, "AI ethicist"))
        until(page, "state.node")
        assert page.evaluate("location.hash") == "#role=ai-ethicist"
        assert heading(page) == "AI ethicist"
        near = view(catalogue(), words=False, focus=find_node(catalogue(), "AI ethicist"), depth=1)
        assert lit(page) == {node.label for node in near.nodes if node.kind not in ASKED_FOR}
        assert lit(page) < shown(page)
        by_iri = {node.id: node.label for node in near.nodes}
        touching = {(by_iri[e.source], by_iri[e.target]) for e in near.edges if near.focus in (e.source, e.target)}
        assert wires(page) == touching

    def test_nothing_by_pointer_lets_go(self, open_page: Open) -> None:
        page = open_page("#role=ai-ethicist")
        page.mouse.click(12, 640)
        until(page, "!state.node")
        assert lit(page) == shown(page)
        assert page.locator("#intro").is_visible()

    def test_follows_links_in_the_panel_and_goes_back(self, open_page: Open) -> None:
        page = open_page()
        page.mouse.click(*place(page, "Machine learning engineer"))
        page.locator("#panel").get_by_role("link", name="PyTorch", exact=True).first.click()
        until(page, "state.node.label === 'PyTorch'")
        assert heading(page) == "PyTorch"
        assert page.evaluate("document.activeElement.textContent") == "PyTorch"
        page.go_back()
        assert heading(page) == "Machine learning engineer"
        page.go_back()
        assert page.locator("#intro").is_visible()
        page.go_forward()
        assert heading(page) == "Machine learning engineer"

    def test_shows_a_group_pay_and_sources_in_the_panel(self, open_page: Open) -> None:
        page = open_page("#role=machine-learning-engineer")
        panel = page.locator("#panel")
        assert panel.locator(".any-of").first.is_visible()
        assert panel.locator(".pay-bar .range").first.bounding_box() is not None
        assert panel.locator(".pay-bar .disputed").count() > 0
        assert panel.locator(".sources li").count() > 5

    def test_lets_a_node_be_dragged_and_its_edges_follow(self, open_page: Open) -> None:
        page = open_page()
        before = page.evaluate("[network.getPositions(), points]")
        x, y = place(page, "AI ethicist")
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 60, y + 40, steps=5)
        page.mouse.up()
        after = page.evaluate("[network.getPositions(), points]")
        moved = [key for key in before[0] if before[0][key] != after[0][key]]
        label = page.evaluate("(id) => nodes[id].label", int(moved[0]))
        assert len(moved) == 1
        assert label == "AI ethicist"
        assert after[1][int(moved[0])] == after[0][moved[0]] != before[1][int(moved[0])]


class TestAddresses:
    @pytest.mark.parametrize("depth", [1, 2])
    def test_choose_a_node_and_how_much_around_it(self, open_page: Open, depth: int) -> None:
        page = open_page(f"#role=ai-ethicist&depth={depth}")
        kinds = {node.kind for node in view(catalogue(), words=False).nodes} - set(ASKED_FOR)
        near = view(catalogue(), words=False, focus=find_node(catalogue(), "AI ethicist"), depth=depth, kinds=kinds)
        assert shown(page) == {node.label for node in near.nodes}
        assert page.get_by_role("button", name=f"{depth} step").first.get_attribute("aria-pressed") == "true"

    def test_are_made_by_the_buttons_for_depth(self, open_page: Open) -> None:
        page = open_page("#role=ai-ethicist")
        page.get_by_role("button", name="2 steps").click()
        assert page.evaluate("location.hash") == "#role=ai-ethicist&depth=2"
        page.go_back()
        assert page.evaluate("state.depth") == 0

    def test_choose_every_node_there_is(self, open_page: Open, keys: dict[str, str]) -> None:
        page = open_page()
        found = page.evaluate(
            "(all) => all.map((key) => readAddress('#' + key).node?.label ?? null)", list(keys.values())
        )
        assert found == list(keys)

    def test_of_nothing_are_no_error(self, open_page: Open) -> None:
        page = open_page("#role=no-such-role")
        for hash_ in ("#role=no-such-role", "#all", "#role=%E0%A4%A", "#=&==&depth=x"):
            page.evaluate("(hash) => { location.hash = hash; follow(); }", hash_)
            assert page.evaluate("state.node") is None
            assert page.locator("#graph canvas").is_visible()

    @pytest.mark.parametrize(
        ("hash_", "names"), [("#role=nonsense", ["nonsense"]), ("#route=foo,b%20c", ["foo", "b c"]), ("#all", [])]
    )
    def test_of_nothing_say_so(self, open_page: Open, hash_: str, names: list[str]) -> None:
        told = open_page(hash_).locator("#unknown")
        assert told.text_content() == " ".join(f"Nothing is called “{name}” here." for name in names)
        assert told.is_visible() == bool(names)

    @pytest.mark.parametrize(
        ("typed", "right"),
        [
            ("#role=AI-Ethicist&depth=99", "#role=ai-ethicist&depth=9"),
            ("#role=x", "#role=x"),
        ],
    )
    def test_are_put_right(self, open_page: Open, typed: str, right: str) -> None:
        assert open_page(typed).evaluate("location.hash") == right


class TestByKeyboardAlone:
    def test_everything_can_be_reached_and_shows_that_it_has_the_focus(self, open_page: Open) -> None:
        page = open_page()
        reached = []
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            name, style, width = page.evaluate(
                """() => {
                    const { activeElement: here } = document;
                    const { outlineStyle, outlineWidth } = getComputedStyle(here);
                    const name = here.getAttribute("aria-label") || here.textContent.trim() || here.id;
                    return [name, outlineStyle, outlineWidth];
                }"""
            )
            assert (style, width) == ("solid", "3px"), name
            reached.append(name)
        buttons = {"Back to the map", "Graph", "List", "Dark", "Save", "Print", "Closer", "Farther", "All", "roles 18"}
        assert buttons <= set(reached)
        assert {"search", f"Graph of {len(view(catalogue(), words=False).nodes)} nodes", "Details"} <= set(reached)

    def test_the_graph_is_walked_by_arrows_and_told(self, open_page: Open) -> None:
        page = open_page()
        page.locator("#graph").focus()
        page.keyboard.press("ArrowRight")
        start = page.evaluate("state.cursor.label")
        told = [page.locator("#said").inner_text()]
        for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
            page.keyboard.press(key)
            told.append(page.locator("#said").inner_text())
        assert told[0].startswith(f"{start}, role, ")
        assert told[0].endswith("connections")
        assert len(set(told)) > 2
        page.keyboard.press("Enter")
        assert heading(page) == page.evaluate("state.cursor.label")
        assert page.locator("#said").inner_text() == f"{heading(page)} is selected. The details follow."
        page.keyboard.press("Escape")
        until(page, "!state.node")
        assert page.locator("#said").inner_text() == "Nothing is selected."
        assert page.locator("#intro").is_visible()

    def test_arrows_go_the_way_that_they_point(self, open_page: Open) -> None:
        page = open_page()
        page.locator("#graph").focus()
        page.keyboard.press("ArrowRight")
        for key, axis, sign in (
            ("ArrowRight", "x", 1),
            ("ArrowLeft", "x", -1),
            ("ArrowDown", "y", 1),
            ("ArrowUp", "y", -1),
        ):
            before = page.evaluate("points[state.cursor.id]")
            page.keyboard.press(key)
            after = page.evaluate("points[state.cursor.id]")
            assert (after[axis] - before[axis]) * sign > 0

    def test_zoom_by_plus_minus_and_nought(self, open_page: Open) -> None:
        page = open_page()
        page.locator("#graph").focus()
        start = page.evaluate("network.getScale()")
        page.keyboard.press("+")
        assert page.evaluate("network.getScale()") == pytest.approx(start * 1.25)
        page.keyboard.press("-")
        page.keyboard.press("-")
        assert page.evaluate("network.getScale()") == pytest.approx(start * 0.8)
        page.keyboard.press("0")
        assert page.evaluate("network.getScale()") == pytest.approx(start)

    def test_the_list_has_everything_that_the_picture_shows_and_selects(self, open_page: Open) -> None:
        page = open_page()
        page.get_by_role("button", name="List").press("Enter")
        assert not page.locator("#graph").is_visible()
        links = page.locator("#list a").filter(visible=True)
        listed = [node.label for node in view(catalogue(), words=False).nodes]
        assert sorted(links.all_inner_texts()) == sorted(" ".join(label.split()) for label in listed)
        page.locator("#list").get_by_role("link", name="AI ethicist", exact=True).press("Enter")
        until(page, "document.activeElement.textContent === 'AI ethicist' && document.activeElement.tagName === 'H3'")
        assert heading(page) == "AI ethicist"
        assert page.locator("#list a[aria-current]").inner_text() == "AI ethicist"


class TestLabels:
    def test_do_not_stand_upon_each_other_at_any_zoom(self, open_page: Open) -> None:
        page = open_page()
        for scale in (0.1, 0.3, 0.6, 1.0, 2.0):
            page.evaluate("(scale) => network.moveTo({ scale })", scale)
            boxes = page.evaluate(
                """() => labelsNow().placed.map(({ node, x, y }) => {
                    const { lines, size, width } = settingOf(node);
                    return [x - width / 2, y, x + width / 2, y + lines.length * size];
                })"""
            )
            assert 2 < len(boxes) < 250  # from far away the names of regions take most of the room
            for at, (left, top, right, bottom) in enumerate(boxes):
                for other in boxes[:at]:
                    assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top

    def test_leave_the_place_of_the_keyboard_when_it_goes_elsewhere(self, open_page: Open) -> None:
        page = open_page()
        page.evaluate("state.cursor = nodes.find(({ group }) => group === 'milestone')")
        page.evaluate("network.moveTo({ scale: 0.1 })")
        named = "labelsNow().placed.some(({ node }) => node === state.cursor)"
        assert page.evaluate(named) is False
        page.locator("#graph").focus()
        assert page.evaluate(named) is True

    def test_name_roles_first_and_more_the_nearer_one_looks(self, open_page: Open) -> None:
        page = open_page()
        counts = []
        for scale in (0.15, 0.5):
            page.evaluate("(scale) => network.moveTo({ scale })", scale)
            kinds = page.evaluate("labelsNow().placed.map(({ node }) => node.group)")
            assert kinds[0] == "role"
            counts.append(len(kinds))
        assert counts[0] < counts[1]


class TestRegions:
    NAMES = ("Policy and ethics", "Product", "Engineering", "Research and safety", "Other jobs and studies")

    def test_are_named_until_one_is_within_them_or_something_is_chosen(self, open_page: Open) -> None:
        page = open_page("#all")
        named = "labelsNow().regions.map(({ name }) => name)"
        assert sorted(page.evaluate(named)) == sorted(self.NAMES)
        page.evaluate("network.moveTo({ scale: 1 })")
        assert page.evaluate(named) == []
        page.evaluate("location.hash = '#role=ai-ethicist'")
        until(page, "state.node")
        page.evaluate("network.moveTo({ scale: 0.3 })")
        assert page.evaluate(named) == []

    def test_are_named_upon_no_label_and_near_their_positions(self, open_page: Open) -> None:
        page = open_page("#all")
        page.evaluate("Object.assign(window, labelsNow())")
        assert page.evaluate(
            "placed.every(({ x, y }) => regions.every((r) => x < r.left || x > r.right || y < r.top || y > r.bottom))"
        )
        of_ethics = "regions.find(({ name }) => name === 'Policy and ethics')"
        spots = "page.regions.find(({ name }) => name === 'Policy and ethics').nodes.map((id) => onScreen({ id }))"
        for way in "xy":
            own = page.evaluate(f"{spots}.map((spot) => spot.{way})")
            assert min(own) <= page.evaluate(f"{of_ethics}.{way}") <= max(own)

    def test_stand_in_the_picture_that_is_saved(self, open_page: Open) -> None:
        page = open_page("#all")
        saved = page.evaluate("asSvg()")
        assert all(f">{name}</text>" in saved for name in self.NAMES)


class TestSmallNodes:
    def test_are_seen_however_far_one_is(self, open_page: Open) -> None:
        page = open_page()
        for scale in (0.05, 0.2, 1.0):
            page.evaluate("(scale) => network.moveTo({ scale })", scale)
            smallest = "Math.min(...dots.map(({ size }) => size)) * network.getScale()"
            until(page, f"{smallest} >= 3")
        until(page, "dots.get().every(({ id, size }) => size === nodes[id].size)")


class TestPicturesOfTheView:
    def test_as_svg_hold_what_is_shown(self, open_page: Open) -> None:
        page = open_page("#role=ai-ethicist&depth=1")
        page.locator("summary", has_text="Save").click()
        with page.expect_download() as saved:
            page.get_by_role("button", name="Picture, SVG").click()
        assert saved.value.suggested_filename == "careergraph.svg"
        assert page.locator(".save").get_attribute("open") is None
        image = ElementTree.fromstring(Path(saved.value.path()).read_bytes())
        svg = "{http://www.w3.org/2000/svg}"
        titles = {title.text for path in image.iter(f"{svg}path") for title in path.iter(f"{svg}title")}
        assert {str(title).partition(" (")[0] for title in titles} == {
            label.partition(" (")[0] for label in shown(page)
        }
        assert {element.tag for element in image.iter()} == {
            f"{svg}{n}" for n in ("svg", "title", "rect", "line", "path", "text")
        }

    def test_as_png_show_the_canvas_on_its_ground(self, open_page: Open) -> None:
        page = open_page(color_scheme="dark")
        page.locator("summary", has_text="Save").click()
        with page.expect_download() as saved:
            page.get_by_role("button", name="Picture, PNG").click()
        image = Image.open(saved.value.path()).convert("RGB")
        box = page.locator("#graph").bounding_box()
        assert box is not None
        assert image.size == (round(box["width"]), round(box["height"]))
        assert image.getpixel((1, 1)) == (20, 23, 27)
        assert len(image.getcolors(1_000_000) or []) > 100

    def test_on_paper_are_light_and_without_what_only_a_screen_needs(self, open_page: Open) -> None:
        page = open_page("#role=ai-ethicist", color_scheme="dark")
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate("colours.dark") is False
        assert page.locator("#graph canvas").is_visible()
        fits = "getComputedStyle(document.querySelector('#graph canvas')).objectFit"
        assert page.evaluate(fits) == "contain"  # circles stay circles
        assert page.locator("#panel article").is_visible()
        assert not page.locator("#search").is_visible()
        assert not page.get_by_role("button", name="Save").is_visible()
        page.emulate_media(media="screen")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.evaluate("colours.dark") is True


class TestALargeGraph:
    def test_has_real_edges_only_where_something_is_selected(self, open_page: Open) -> None:
        page = open_page(name="large")
        assert wires(page) == set()
        busiest = page.evaluate("around.reduce((best, ties, id) => (ties.length > around[best].length ? id : best), 0)")
        page.evaluate("(id) => go({ node: nodes[id] })", busiest)
        until(page, "state.node")
        count = page.evaluate("(id) => around[id].length", busiest)
        assert page.evaluate("wires.length") == count > 0
        assert page.locator("#panel dd a").count() == count

    def test_paints_its_edges_as_one_layer(self, open_page: Open) -> None:
        page = open_page(name="large")
        with_edges = Image.open(io.BytesIO(page.locator("#graph").screenshot())).convert("L")
        page.evaluate("() => { page.edges.length = 0; layer = null; network.redraw(); }")
        without = Image.open(io.BytesIO(page.locator("#graph").screenshot())).convert("L")
        assert ImageStat.Stat(with_edges).mean[0] < ImageStat.Stat(without).mean[0] - 1


#: A point of the canvas that has no node near it, in pixels of the window.
EMPTY_SPOT = """() => {
    const { left, top, width, height } = element("graph").getBoundingClientRect();
    const empty = (x, y) => [-8, 0, 8].every((dx) => [-8, 0, 8].every((dy) =>
        network.getNodeAt({ x: x + dx, y: y + dy }) === undefined));
    for (let x = width / 2; x < width - 20; x += 3)
        for (let y = height / 2; y < height - 20; y += 3) if (empty(x, y)) return [left + x, top + y];
}"""


def hold(page: Page) -> tuple[float, float]:
    """Press the mouse where no node is."""
    x, y = page.evaluate(EMPTY_SPOT)
    page.mouse.move(x, y)
    page.mouse.down()
    return x, y


def middle(page: Page) -> tuple[float, float]:
    """What stands in the middle of the view, in pixels of the screen at the present scale."""
    x, y = page.evaluate("Object.values(network.getViewPosition()).map((way) => way * network.getScale())")
    return x, y


def graph_as_seen(page: Page) -> Image.Image:
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB").crop((150, 150, 700, 600))


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean over all pixels and channels, of 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


class TestPanningALargeGraph:
    def test_moves_the_view_by_the_drag_and_draws_nothing_anew_meanwhile(self, open_page: Open) -> None:
        page = open_page(name="large")
        before = middle(page)
        x, y = hold(page)
        page.mouse.move(x - 20, y)
        page.evaluate("() => { window.drawings = 0; network.on('afterDrawing', () => (window.drawings += 1)); }")
        page.mouse.move(x - 150, y + 80, steps=10)
        assert page.locator(".moved").count() == 1
        assert page.evaluate("drawings") == 0
        page.mouse.up()
        assert middle(page) == pytest.approx((before[0] + 150, before[1] - 80))
        assert page.locator(".moved").count() == 0
        until(page, "drawings > 0")

    @pytest.mark.parametrize("hash_", ["#all", "#skill=7"], ids=["nothing selected", "a node selected"])
    def test_shows_meanwhile_what_is_drawn_afterwards(self, open_page: Open, hash_: str) -> None:
        page = open_page(hash_, name="large")
        page.evaluate("network.moveTo({ scale: 0.3 })")
        still = graph_as_seen(page)
        x, y = hold(page)
        page.mouse.move(x - 90, y + 60, steps=5)
        during = graph_as_seen(page)
        page.mouse.up()
        after = graph_as_seen(page)
        assert difference(during, after) < 0.02 * difference(still, after)

    def test_paints_on_when_it_comes_to_the_edge_of_what_is_painted(self, open_page: Open) -> None:
        page = open_page(name="large")
        before = middle(page)
        x, y = hold(page)
        page.mouse.move(x - 20, y)
        page.evaluate("() => { window.first = held.image; }")
        for way in (x - 400, x, x - 400, x - 800):
            page.mouse.move(way, y)
            covered = page.evaluate(
                """() => {
                    const [all, { left, right }] = [element("graph"), held.image].map((e) => e.getBoundingClientRect());
                    return left <= all.left && right >= all.right;
                }"""
            )
            assert covered
        assert page.evaluate("first === held.image") is False
        assert page.locator(".moved").count() == 1
        page.mouse.up()
        assert middle(page) == pytest.approx((before[0] + 800, before[1]))

    def test_is_no_click_and_a_click_that_trembles_is_no_panning(self, open_page: Open) -> None:
        page = open_page("#skill=7", name="large")
        before = middle(page)
        x, y = hold(page)
        page.mouse.move(x + 60, y, steps=3)
        page.mouse.up()
        assert page.evaluate("state.node.key") == "skill=7"
        assert middle(page) != pytest.approx(before)
        before = middle(page)
        x, y = hold(page)
        page.mouse.move(x + 3, y)
        page.mouse.up()
        until(page, "!state.node")
        assert middle(page) == pytest.approx(before)

    @pytest.mark.parametrize("name", ["curated", "large"])
    def test_may_begin_with_a_rest(self, open_page: Open, name: str) -> None:
        page = open_page("#skill=python" if name == "curated" else "#skill=7", name=name)
        before = middle(page)
        x, y = hold(page)
        page.wait_for_timeout(400)  # longer than vis-network waits before it calls this a click
        page.mouse.move(x + 60, y, steps=3)
        page.mouse.up()
        assert middle(page) != pytest.approx(before)
        assert page.evaluate("state.node") is not None

    def test_still_lets_nodes_be_clicked_and_dragged(self, open_page: Open) -> None:
        page = open_page(name="large")
        page.evaluate("network.focus(0, { scale: 1 })")
        page.mouse.click(*place(page, "Node 0"))
        until(page, "state.node")
        assert heading(page) == "Node 0"
        before, (x, y) = (middle(page), page.evaluate("points[0]")), place(page, "Node 0")
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 60, y + 40, steps=5)
        assert page.locator(".moved").count() == 0
        page.mouse.up()
        after = page.evaluate("points[0]")
        assert (after["x"], after["y"]) == pytest.approx((before[1]["x"] - 60, before[1]["y"] + 40), abs=2)
        assert middle(page) == pytest.approx(before[0])

    def test_ends_where_something_else_comes_between(self, open_page: Open) -> None:
        page = open_page(name="large")
        tell = "(kind) => element('graph').dispatchEvent(new PointerEvent(kind, { pointerId: held.id }))"
        zooms: dict[str, Callable[[], object]] = {
            "key": lambda: page.keyboard.press("+"),
            "wheel": lambda: page.mouse.wheel(0, -100),
        }
        others: dict[str, Callable[[], object]] = {
            "the button came up outside": lambda: page.evaluate(tell, "pointermove"),
            "the system cancels": lambda: page.evaluate(tell, "pointercancel"),
        }
        page.locator("#graph").focus()
        for name, happens in {**others, **zooms}.items():
            before, scale = middle(page), page.evaluate("network.getScale()")
            x, y = hold(page)
            page.mouse.move(x - 70, y, steps=3)
            assert page.locator(".moved").count() == 1, name
            happens()
            until(page, "!document.querySelector('.moved')")
            if name in zooms:
                until(page, "(scale) => network.getScale() > scale", scale)
            else:
                assert middle(page) == pytest.approx((before[0] + 70, before[1])), name
            page.mouse.move(x, y)
            page.mouse.up()
            assert page.locator(".moved").count() == 0, name

    def test_goes_by_finger_until_there_is_a_second(self, open_page: Open) -> None:
        page = open_page(name="large", has_touch=True)
        before = middle(page)
        x, y = page.evaluate(EMPTY_SPOT)
        fingers = page.context.new_cdp_session(page)

        def touch(kind: str, *points: tuple[float, float]) -> None:
            spots = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
            fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

        touch("touchStart", (x, y))
        for way in (20, 40, 60):
            touch("touchMove", (x - way, y + way))
        until(page, "document.querySelector('.moved')")
        touch("touchStart", (x - 60, y + 60), (x + 40, y))
        until(page, "!document.querySelector('.moved')")
        assert middle(page) == pytest.approx((before[0] + 60, before[1] - 60))
        touch("touchEnd")

    def test_leaves_small_graphs_to_vis_network(self, open_page: Open) -> None:
        page = open_page(name="some")
        before = middle(page)
        x, y = hold(page)
        page.mouse.move(x - 90, y + 60, steps=3)
        assert page.locator(".moved").count() == 0
        page.mouse.up()
        assert middle(page) == pytest.approx((before[0] + 90, before[1] - 60), abs=1)


class TestHostileData:
    def test_never_runs_wherever_it_is_shown(self, open_page: Open) -> None:
        page = open_page(name="hostile")
        hostile = page.evaluate("nodes.filter((n) => /[<'=]|breaks off/.test(n.label)).map((n) => n.key)")
        assert len(hostile) > 10
        for key in hostile:
            page.evaluate("(key) => { location.hash = key; }", key)
            until(page, "(key) => state.node?.key === key", key)
            assert page.evaluate("document.querySelector('#panel h3').textContent === state.node.label")
        assert page.evaluate("window.hacked") is None

    def test_never_runs_in_what_is_searched_hovered_and_routed(self, open_page: Open) -> None:
        page = open_page("#route=origin,second-role", name="hostile")
        assert page.locator(".thumb").count() > 0
        assert "<script>" in page.locator("#answer").inner_text()
        page = open_page(name="hostile")
        page.get_by_role("combobox", name="Find anything").fill("script")
        assert page.get_by_role("option").count() > 3
        page.keyboard.press("Escape")
        page.evaluate("() => { lookAtAll(false); }")
        page.mouse.move(*place(page, "<img src=x onerror=window.hacked=4>"))
        page.wait_for_selector(".vis-tooltip", state="visible")
        assert page.locator(".vis-tooltip").inner_text().startswith("<img src=x onerror=window.hacked=4> (background)")
        assert page.evaluate("window.hacked") is None

    def test_never_becomes_an_element_or_an_address(self, open_page: Open) -> None:
        page = open_page(name="hostile")
        assert page.evaluate("document.querySelectorAll('iframe, object, embed, img, base, audio, video').length") == 0
        attributes = page.evaluate("[...document.querySelectorAll('*')].flatMap((item) => item.getAttributeNames())")
        assert not [name for name in attributes if name.startswith("on")]
        schemes = set(
            page.evaluate(
                """[...document.querySelectorAll("a")]
                    .map((a) => a.protocol ?? new URL(a.href.baseVal, location).protocol)"""
            )
        )
        assert schemes <= {"file:", "http:", "https:"}

    def test_in_a_picture_is_text(self, open_page: Open) -> None:
        page = open_page(name="hostile")
        image = ElementTree.fromstring(page.evaluate("asSvg()"))
        assert not [e for e in image.iter() if e.tag.rpartition("}")[2] in ("script", "image", "foreignObject", "a")]
        assert not [name for e in image.iter() for name in e.attrib if name.startswith("on")]

    def test_could_not_run_even_if_it_were_markup(self, open_page: Open, browser: Browser, folder: Path) -> None:
        context = browser.new_context()
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        page.goto((folder / "curated.html").as_uri())
        outcome = page.evaluate(
            """() => {
                const script = document.createElement("script");
                try { script.text = "window.hacked = 1"; document.body.append(script); } catch { window.first = true; }
                const image = "<img src=x onerror='window.hacked = 2'>";
                try { document.body.innerHTML += image; } catch { window.second = true; }
                const link = Object.assign(document.createElement("a"), { href: "javascript:window.hacked=3" });
                document.body.append(link);
                link.click();
                const outcome = () => [window.hacked ?? null, window.first, window.second];
                return new Promise((done) => setTimeout(() => done(outcome()), 200));
            }"""
        )
        context.close()
        assert outcome == [None, True, True]
        assert refused


def complaints_of_axe(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_to_complain_of_in_light(open_page: Open, state: str) -> None:
    assert complaints_of_axe(open_page(STATES[state], name="some", color_scheme="light")) == []


@pytest.mark.parametrize("state", ["everything", "start", "a role", "a route"])
@pytest.mark.parametrize(("scheme", "size"), [("dark", WIDE), ("light", PHONE)], ids=["dark", "phone"])
def test_axe_finds_nothing_to_complain_of_in_dark_and_on_a_phone(
    open_page: Open, state: str, scheme: Scheme, size: ViewportSize
) -> None:
    assert complaints_of_axe(open_page(STATES[state], name="some", color_scheme=scheme, size=size)) == []


@pytest.mark.parametrize("what", ["the whole graph", "the list", "the open search", "the large graph"])
def test_axe_finds_nothing_to_complain_of_either_in(open_page: Open, what: str) -> None:
    page = open_page(name={"the whole graph": "curated", "the large graph": "large"}.get(what, "some"))
    if what == "the list":
        page.get_by_role("button", name="List").click()
    elif what == "the open search":
        page.get_by_role("combobox", name="Find anything").fill("ai")
    assert complaints_of_axe(page) == []


def test_a_phone_of_360_pixels_scrolls_one_way_only(open_page: Open) -> None:
    page = open_page(size=PHONE)
    beyond = """() => [...document.querySelectorAll("button, select, summary, input")]
        .filter((item) => item.checkVisibility() && !item.closest(".legend"))
        .filter((item) => item.getBoundingClientRect().right > 360)
        .map((item) => item.outerHTML)"""
    for hash_ in STATES.values():
        page.evaluate("(hash) => { location.hash = hash; follow(); }", hash_ or "#")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.evaluate(beyond) == []


@pytest.mark.parametrize(
    ("name", "hash_", "scheme", "size"),
    [
        ("explorer-light", "#all", "light", WIDE),
        ("explorer-dark", "#role=machine-learning-engineer", "dark", WIDE),
        ("explorer-map", "#route=software-engineer,ai-product-manager", "light", WIDE),
        ("explorer-map-dark", "", "dark", WIDE),
        ("explorer-phone", "#route=software-engineer,ai-product-manager", "light", PHONE),
    ],
)
def test_looks_as_it_did(open_page: Open, name: str, hash_: str, scheme: Scheme, size: ViewportSize) -> None:
    page = open_page(hash_, color_scheme=scheme, size=size)
    page.wait_for_timeout(200)
    if os.environ.get("CAREERGRAPH_NEW_PICTURES") == "1":
        keep(page, name)
    average, most = looks_like(page, name)
    assert average < 3, f"tests/pictures/{name}.png shows something else; CAREERGRAPH_NEW_PICTURES=1 makes it anew"
    assert most < 110


def test_looks_different_when_it_is(open_page: Open) -> None:
    page = open_page(color_scheme="dark")
    assert looks_like(page, "explorer-light")[0] > 100
    page.emulate_media(color_scheme="light")
    page.locator(".legend [data-kind=background]").click()
    assert looks_like(page, "explorer-light")[1] > 30
