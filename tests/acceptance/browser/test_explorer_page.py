"""The whole page that `export html` writes."""

from __future__ import annotations

import json
import os
import re
import subprocess
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from careergraph.catalogue.names import find_node, is_in_vocabulary
from careergraph.catalogue.node_profiles import describe_node
from careergraph.export.explorer.page import make_page, unpack
from careergraph.export.explorer.route_table import MOST
from careergraph.export.view import View, view
from careergraph.model.errors import NoAnswer
from careergraph.model.records import Evidence
from careergraph.rdf.kinds import POSITIONS
from careergraph.render.html.pay_chart import format_figures
from careergraph.render.html.route_view import name_route
from careergraph.render.html.step_card import step_card
from careergraph.render.map.career_map import draw_career_map
from careergraph.transitions.routes import find_routes
from command_line import CAREERGRAPH
from explorer_data import HOSTILE, catalogue, share_routes
from html_reading import addresses, elements, having, parse_page, words

ROLE = "https://w3id.org/careergraph/id/role/"


@pytest.fixture(scope="module", autouse=True)
def known_routes(shared_folder: Path) -> None:
    """What a page takes longest for is made once for all tests."""
    for bundled in (catalogue(), catalogue("bundled")):
        share_routes(bundled, shared_folder)


@cache
def page(*datasets: str) -> str:
    return make_page(catalogue(*datasets))


@cache
def tree(*datasets: str) -> Element:
    return parse_page(page(*datasets).encode())


def unpacked(root: Element, name: str) -> str:
    """What stands packed in a page, as text."""
    (island,) = (script for script in elements(root, "script") if script.get("id") == f"packed-{name}")
    assert island.get("type") == "text/plain"
    return unpack(island.text or "")


def data_of(root: Element) -> Any:
    return json.loads(unpacked(root, "graph"))


@cache
def table() -> Any:
    return json.loads(unpacked(tree(), "routes"))


def articles(root: Element) -> dict[str, Element]:
    return {article.get("id", ""): article for article in elements(root, "article")}


def article(name: str) -> Element:
    return articles(tree())[name]


def sections(found: Element) -> dict[str, Element]:
    """The blocks of an article by their headings."""
    return {words(next(block.iter("h4"))): block for block in found.iter("section")}


def squeezed(text: str) -> str:
    return " ".join(text.split())


class TestThePage:
    def test_is_one_file_under_1_6_megabytes(self) -> None:
        assert len(page().encode()) < 1_600_000

    def test_has_all_stations_of_the_map(self) -> None:
        assert page().count('class="station') == len(draw_career_map(catalogue()).stations) == 30

    def test_opens_with_a_sentence_and_the_map_before_anything_else(self) -> None:
        body = page().partition("<body>")[2]
        order = [
            'id="ask"',
            'class="map"',
            'id="answer"',
            'id="everything"',
            'id="packed-routes"',
            "<noscript>",
            'id="articles"',
        ]
        assert [body.index(part) for part in order] == sorted(body.index(part) for part in order)

    def test_says_the_map_as_nested_lists_to_those_without_a_script(self) -> None:
        (outline,) = having(tree(), "outline")
        assert {"Software engineer", "AI product manager"} <= {words(link) for link in outline.iter("a")}
        assert all(link.get("href", "").removeprefix("#") in articles(tree()) for link in outline.iter("a"))

    @pytest.mark.parametrize("datasets", [(), HOSTILE], ids=["curated", "hostile"])
    def test_parses_without_an_error_and_names_nothing_to_load(self, datasets: tuple[str, ...]) -> None:
        for element, attribute, value in addresses(tree(*datasets)):
            allowed = r"#|https?://" if element == "a" else r"#" if element == "use" else r"data:,$|#answer$"
            assert attribute == "href", (element, attribute)
            assert re.match(allowed, value), (element, value)

    @pytest.mark.parametrize("datasets", [(), HOSTILE], ids=["curated", "hostile"])
    def test_allows_its_own_scripts_and_styles_by_their_hashes_and_nothing_else(
        self, datasets: tuple[str, ...]
    ) -> None:
        root = tree(*datasets)
        (policy,) = (meta.get("content", "") for meta in elements(root, "meta") if meta.get("http-equiv"))
        directives = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        running = [script.text or "" for script in elements(root, "script") if script.get("type") is None]
        assert len(running) == 2
        packed = [unpacked(root, name) for name in ("library", "program")]
        assert directives.pop("script-src").split() == [hash_of(text) for text in (*running, *packed)]
        assert directives.pop("style-src").split() == [hash_of(style.text or "") for style in elements(root, "style")]
        assert directives == {
            "default-src": "'none'",
            "img-src": "data: blob:",
            "base-uri": "'none'",
            "form-action": "'none'",
            "require-trusted-types-for": "'script'",
            "trusted-types": "careergraph",
        }

    def test_shows_hostile_names_as_the_text_that_they_are(self) -> None:
        root = tree(*HOSTILE)
        shown = {words(heading) for item in articles(root).values() for heading in item.iter("h3")}
        labels = {squeezed(node.label) for node in view(catalogue(*HOSTILE)).nodes}
        assert any("<script>" in label for label in labels)
        assert shown == labels

    def test_is_the_same_on_two_runs_whatever_the_hash_seed(self, tmp_path: Path) -> None:
        written = []
        for seed in ("1", "2"):
            path = tmp_path / f"{seed}.html"
            datasets = [part for name in HOSTILE for part in ("--dataset", name)]
            arguments = [CAREERGRAPH, "export", "html", "-o", str(path), *datasets]
            subprocess.run(arguments, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
            written.append(path.read_bytes())
        assert written[0] == written[1]
        assert b"window.hacked" in written[0]

    def test_writes_no_file_besides_and_leaves_the_view_as_it_was(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        near = view(catalogue(*HOSTILE), focus="https://example.org/hostile/role")
        before = near.to_dict()
        make_page(catalogue(*HOSTILE), near)
        assert near.to_dict() == before
        assert not list(tmp_path.iterdir())

    def test_has_a_link_for_each_node_and_each_link_leads_to_an_article(self) -> None:
        (listed,) = (nav for nav in elements(tree(), "nav") if nav.get("id") == "list")
        links = {link.get("href", ""): words(link) for link in listed.iter("a")}
        assert sorted(links.values()) == sorted(squeezed(node.label) for node in view(catalogue(), words=False).nodes)
        assert {link.removeprefix("#") for link in links} == set(articles(tree()))

    def test_has_every_edge_of_the_view_once(self) -> None:
        data, whole = data_of(tree()), view(catalogue(), words=False)
        ids = [node.id for node in whole.nodes]
        shown = [(ids[edge["from"]], ids[edge["to"]], edge["kind"]) for edge in data["edges"]]
        assert len(shown) == len(set(shown))
        assert set(shown) == {
            (edge.source, edge.target, edge.kind) for edge in whole.edges if edge.source != edge.target
        }

    def test_marks_what_only_the_editors_say_and_what_sources_dispute(self) -> None:
        data, whole = data_of(tree()), view(catalogue(), words=False)
        assert sum("judged" in edge for edge in data["edges"]) > 100
        disputed = {(edge.source, edge.target, edge.kind) for edge in whole.edges if edge.disputed}
        ids = [node.id for node in whole.nodes]
        found = {(ids[e["from"]], ids[e["to"]], e["kind"]) for e in data["edges"] if e.get("disputed")}
        assert found == disputed != set()


def hash_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("role", sorted(catalogue().by_kind["role"]))
class TestTheArticleOfARole:
    def of(self, role: str) -> tuple[Any, Element]:
        return describe_node(catalogue(), role), article(f"role={role.rsplit('/', 1)[-1]}")

    def test_says_how_sources_define_it(self, role: str) -> None:
        found, shown = self.of(role)
        texts = [*found.definitions, *(item.text for item in found.statements if item.kind == "definition")]
        assert all(squeezed(text) in words(shown) for text in texts)

    def test_has_each_requirement_with_a_group_as_a_group(self, role: str) -> None:
        found, shown = self.of(role)
        items = sections(shown)["Asks for"].iter("li") if found.requirements else iter(())
        for requirement, item in zip(found.requirements, items, strict=True):
            names = [words(link) for link in item.iter("a")][: len(requirement.any_of)]
            assert names == [squeezed(ref.label) for ref in requirement.any_of]
            assert len(having(item, "any-of")) == (len(requirement.any_of) > 1)
            strength = {"accessible with": "opens the role"}.get(requirement.strength, requirement.strength)
            assert strength in words(item)

    def test_has_each_pay_line_with_region_segment_and_disagreement(self, role: str) -> None:
        found, shown = self.of(role)
        items = {words(item) for block in having(shown, "pay-lines") for item in block.iter("li")}
        for line in found.pay:
            figures = format_figures(line)
            expected = [figures, line.region, *line.segments] if figures else []
            if figures and any(note.kind == "disagreement" for note in line.notes):
                expected.append("sources disagree")
            assert any(all(word in item for word in expected if word) for item in items) or not figures
            assert (figures or squeezed(line.text or "no figure")) in words(shown)

    def test_has_tasks_and_transitions_both_ways(self, role: str) -> None:
        found, shown = self.of(role)
        blocks = sections(shown)
        assert all(squeezed(task.text) in words(blocks["Tasks"]) for task in found.tasks)
        for move in found.transitions:
            block, end = ("Leads to", move.destination) if move.origin.id == role else ("Reached from", move.origin)
            assert squeezed(end.label) in words(blocks[block])
            assert squeezed(move.text) in words(blocks[block])

    def test_names_every_source_with_its_section_once(self, role: str) -> None:
        found, shown = self.of(role)
        listed = [words(item) for item in sections(shown)["Sources"].iter("li")] if evidence(found) else []
        expected = [
            squeezed(", ".join(filter(None, (f"{e.source.label}{third(e)}", e.section)))) for e in evidence(found)
        ]
        for place, line in enumerate(listed):  # a source that was named in the line above is not named again
            if line.startswith("the same, "):
                listed[place] = f"{listed[place - 1].partition(', ')[0]}, {line.removeprefix('the same, ')}"
        assert sorted(listed) == sorted(expected)

    def test_numbers_its_sources_as_they_are_listed(self, role: str) -> None:
        found, shown = self.of(role)
        count = len(evidence(found))
        used = {int(number) for note in shown.iter("sup") for number in words(note).split(",")}
        assert used <= set(range(1, count + 1))
        assert bool(used) == bool(count)

    def test_says_what_sources_disagree_about(self, role: str) -> None:
        found, shown = self.of(role)
        for note in found.disagreements:
            assert squeezed(note.text) in words(sections(shown)["Sources disagree"])


def evidence(record: Any) -> set[Evidence]:
    """All evidence anywhere in a record, found by another way than the page's."""
    if isinstance(record, Evidence):
        return {record}
    if isinstance(record, tuple):
        return {item for part in record for item in evidence(part)}
    return {item for part in getattr(record, "__dict__", {}).values() for item in evidence(part)}


def third(item: Evidence) -> str:
    return " (third party)" if item.standing == "third-party" else ""


class TestCourses:
    def test_of_a_role_teach_what_it_asks_for_or_are_recommended_for_it(self) -> None:
        block = sections(article("role=machine-learning-engineer"))["Courses"]
        rows = [words(item) for item in block.iter("li")]
        asked = {
            ref.label
            for item in describe_node(catalogue(), f"{ROLE}machine-learning-engineer").requirements
            for ref in item.any_of
        }
        assert any(row.startswith("Practical Deep Learning for Coders recommended") for row in rows)
        for row in rows:
            assert "recommended" in row or any(name in row.partition(" teaches ")[2] for name in asked), row


def ways(origin: str, role: str) -> list[list[Any]]:
    """The routes of the table from one position to another, by label."""
    number = {place[0]: at for at, place in enumerate(table()["places"])}
    start = str(number[origin])
    shared = str(table()["same"].get(start, start))
    return list(table()["ways"][shared].get(str(number[role]), []))


#: Some origins of each sort: one that is on the map, a role, a family of roles, names that share their routes.
ORIGINS = ("Software engineer", "Data scientist", "Non-technical AI role", "Nurse", "Chemist", "Academic (law)")


class TestRoutesBeforehand:
    def test_are_there_from_every_bundled_position(self) -> None:
        known = {catalogue().label(iri) for kind in POSITIONS for iri in catalogue("bundled").by_kind.get(kind, ())}
        assert {place[0] for place in table()["places"]} == known
        for at in range(len(known)):
            assert table()["ways"][str(table()["same"].get(str(at), at))], table()["places"][at][0]

    @pytest.mark.parametrize("origin", ORIGINS)
    def test_are_those_of_the_engine(self, origin: str) -> None:
        start = find_node(catalogue("bundled"), origin, *POSITIONS)
        most, steps = MOST[is_in_vocabulary(catalogue("bundled"), start)]
        for iri in catalogue("bundled").by_kind["role"]:
            shown = ways(origin, catalogue().label(iri))
            try:
                found = find_routes(catalogue("bundled"), start, iri, k=most, max_steps=steps).routes
            except NoAnswer:  # already there
                found = ()
            assert [(title, attempts) for title, _, _, attempts in shown] == [
                (name_route(route, number, alone=len(found) == 1), round(route.attempts, 2))
                for number, route in enumerate(found, 1)
            ]
            for (_, _, numbers, _), route in zip(shown, found, strict=True):
                told = [table()["steps"][number] for number in numbers]
                stops = [table()["places"][step[1]][0] for step in told]
                assert stops == [step.destination.label for step in route.steps]
                assert [bool(step[2]) for step in told] == [step.basis == "asserted" for step in route.steps]

    @pytest.mark.parametrize("origin", ORIGINS)
    def test_have_a_card_for_each_step_that_says_what_is_held_and_missing(self, origin: str) -> None:
        start = find_node(catalogue("bundled"), origin, *POSITIONS)
        role = find_node(catalogue("bundled"), "AI ethicist", "role")
        _, most = MOST[is_in_vocabulary(catalogue("bundled"), start)]
        (route,) = find_routes(catalogue("bundled"), start, role, max_steps=most).routes
        (_, _, steps, _), *_ = ways(origin, "AI ethicist")
        for number, step in zip(steps, route.steps, strict=True):
            card = step_card(step)
            parts = table()["cards"][table()["steps"][number][4]]
            body = "".join(table()["parts"][part] for part in parts)
            head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Card</title>'
            shown = words(parse_page(f"{head}<body>{body}</body></html>".encode()))
            assert f"{card.held} held · {card.partly} partly · {card.missing} missing" in shown
            assert squeezed(card.first) in shown
            assert squeezed(card.named) in shown
            assert f"Sources ({card.sources})" in shown


@pytest.fixture(scope="module")
def near() -> View:
    """The ten nodes that are nearest to a role."""
    return view(catalogue(), words=False, focus=f"{ROLE}ai-ethicist", max_nodes=10)
