"""Routes as pages: what they say is what the JSON says, and there is nothing in them that could ask or run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.render.assets import load_templates
from careergraph.render.html.route_view import make_route_views
from careergraph.render.text.phrases import tell_grade
from careergraph.transitions.routes import find_routes
from command_line import CAREERGRAPH, careergraph, complaint
from html_reading import HEAD, addresses, elements, having, one, parse_page, words
from page_answers import (
    ALL,
    BY,
    COMPARISONS,
    HOSTILE,
    PATHS,
    answer_of,
    citations,
    ids,
    refs,
    squeeze,
    tree_of,
)


@pytest.mark.parametrize("arguments", PATHS.values(), ids=PATHS.keys())
class TestARouteAsAPage:
    def steps(self, arguments: tuple[str, ...]) -> Iterator[tuple[Element, dict[str, Any]]]:
        shown = having(tree_of(*arguments), "step")
        expected = [step for route in answer_of(*arguments)["routes"] for step in route["steps"]]
        assert expected
        assert len(shown) == len(expected)
        return zip(shown, expected, strict=True)

    def test_has_all_routes_with_their_stops_the_best_first(self, arguments: tuple[str, ...]) -> None:
        shown = having(tree_of(*arguments), "route")
        routes = answer_of(*arguments)["routes"]
        for section, route in zip(shown, routes, strict=True):
            stops = [route["steps"][0]["origin"], *(step["destination"] for step in route["steps"])]
            assert ids(one(section, "stops")) == refs(stops)
            assert len(having(section, "step")) == len(route["steps"])
        headings = [words(heading) for section in shown for heading in elements(section, "h2")]
        assert headings == ["The best route", *(f"Alternative {number}" for number in range(1, len(routes)))]

    def test_tells_asserted_from_derived_in_words_and_by_line(self, arguments: tuple[str, ...]) -> None:
        for shown, step in self.steps(arguments):
            assert step["basis"] in shown.get("class", "").split()
            said = {"asserted": "sourced: a source names", "derived": "computed: no source names"}[step["basis"]]
            assert words(one(shown, "basis")) == f"{said} this step"

    def test_says_what_is_held_and_what_is_missing_group_by_group(self, arguments: tuple[str, ...]) -> None:
        for shown, step in self.steps(arguments):
            assert ids(one(shown, "held")) == refs(step["held"])
            items = [item for ul in one(shown, "missing").findall("ul") for item in ul.findall("li")]
            for item, missing in zip(items, step["missing"], strict=True):
                taught = [node for block in having(item, "courses") for node in ids(block)]
                assert taught == refs(missing["courses"])
                assert ids(item) == refs(missing["any_of"]) + taught
                assert len(having(item, "any-of")) == (len(missing["any_of"]) > 1)
                grading = tell_grade(missing["strength"], missing["level"], estimated=missing["estimated"])
                assert words(one(item, "grading")) == grading
                assert [words(part) for part in having(item, "met")] == (
                    [f"{missing['met'] * 100:.0f}% there"] if missing["met"] else []
                )
                cited = [citations(missing["evidence"])] if missing["evidence"] else []
                assert [words(part) for part in having(item, "cited")] == cited

    def test_names_milestones_and_what_counts_as_held_after_the_step(self, arguments: tuple[str, ...]) -> None:
        for shown, step in self.steps(arguments):
            assert ids(one(shown, "milestones")) == refs(step["milestones"])
            assert ids(one(shown, "gained")) == [ref for item in step["missing"] for ref in refs(item["any_of"])]

    def test_gives_every_claim_its_source_and_section(self, arguments: tuple[str, ...]) -> None:
        for shown, step in self.steps(arguments):
            assert [words(c) for c in having(one(shown, "says"), "cited")] == [
                citations(move["evidence"]) for move in step["transitions"]
            ]
            for move in step["transitions"]:
                assert squeeze(move["text"].rstrip(".")) in words(one(shown, "says"))
            assert "".join(words(c) for c in having(one(shown, "sources"), "cited")) == citations(step["evidence"])

    def test_shows_every_pay_line_in_words_and_every_known_figure_as_a_bar(self, arguments: tuple[str, ...]) -> None:
        for shown, step in self.steps(arguments):
            block = one(shown, "pays")
            written = [words(line) for line in having(block, "pay-words")]
            assert len(written) == len(step["pay"])
            for line in step["pay"]:
                (text,) = [text for text in written if citations(line["evidence"]) in text and told(line, text)]
                assert ("sources disagree" in text) == ("disagreement" in {note["kind"] for note in line["notes"]})
            assert len(having(block, "range")) == sum(line["low"] is not None for line in step["pay"])
            assert len(having(block, "open")) == sum(line["open_ended"] is True for line in step["pay"])

    def test_tells_every_note_once_disagreements_first(self, arguments: tuple[str, ...]) -> None:
        for shown, step in self.steps(arguments):
            claims = (*step["transitions"], *step["missing"], *step["pay"])
            notes = {note["id"]: note for claim in claims for note in claim["notes"]}
            items = [item for block in having(shown, "remarks") for item in block]
            assert len(items) == len(notes)
            for note in notes.values():
                assert any(squeeze(note["text"]) in words(item) for item in items)
            kinds = ["disputed" in item.get("class", "") for item in items]
            assert kinds == sorted(kinds, reverse=True)

    def test_shows_the_factors_of_a_feasibility_only_when_asked(self, arguments: tuple[str, ...]) -> None:
        for shown, step in self.steps(arguments):
            rows = [list(map(words, row)) for table in having(shown, "factors") for row in elements(table, "tr")]
            factors = [[f["name"], f"{f['value']:.2f}", squeeze(f["reason"])] for f in step["factors"]]
            assert rows[1:] == (factors if "--explain" in arguments else [])


def told(line: dict[str, Any], text: str) -> bool:
    figures = f"{line['low']:,}–{line['high']:,}{'+' * bool(line['open_ended'])}" if line["low"] else line["text"]
    details = (line["region"], line["seniority"], line["basis"], line["equity"], line["currency"], *line["segments"])
    return squeeze(figures) in text and all(squeeze(detail) in text for detail in details if detail)


def test_what_an_earlier_step_taught_is_marked_where_it_is_held_later() -> None:
    arguments = ("path", "data analyst", "machine learning engineer", "-k", "3", "--derived")
    marked = 0
    for section, route in zip(having(tree_of(*arguments), "route"), answer_of(*arguments)["routes"], strict=True):
        learnt: dict[str, str] = {}
        for number, (shown, step) in enumerate(zip(having(section, "step"), route["steps"], strict=True), 1):
            items = list(elements(one(shown, "held"), "li"))
            for item, ref in zip(items, step["held"], strict=True):
                assert [words(mark) for mark in having(item, "since")] == (
                    [learnt[ref["id"]]] if ref["id"] in learnt else []
                )
                marked += ref["id"] in learnt
            for missing in step["missing"]:
                group = "one of its group " if len(missing["any_of"]) > 1 else ""
                for ref in missing["any_of"]:
                    learnt.setdefault(ref["id"], f"{group}learnt in step {number}")
    assert marked


@pytest.mark.parametrize("arguments", ALL.values(), ids=ALL.keys())
class TestAnyPage:
    def test_has_no_script_no_address_and_no_handler_in_it(self, arguments: tuple[str, ...]) -> None:
        root = tree_of(*arguments)
        assert addresses(root) == []
        assert {element.tag for element in root.iter()} & {"script", "iframe", "object", "form", "base", "img"} == set()

    def test_forbids_everything_but_the_styles_that_it_has(self, arguments: tuple[str, ...]) -> None:
        (policy,) = [
            meta.get("content", "")
            for meta in elements(tree_of(*arguments), "meta")
            if meta.get("http-equiv") == "Content-Security-Policy"
        ]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == "'none'"
        assert rules["style-src"].startswith("'sha256-")
        assert "unsafe" not in policy

    def test_has_no_identifier_twice(self, arguments: tuple[str, ...]) -> None:
        names = [element.get("id") for element in tree_of(*arguments).iter() if element.get("id")]
        assert len(names) == len(set(names))
        patterns = [rect.get("fill", "") for rect in having(tree_of(*arguments), "disputed")]
        assert all(fill[len("url(#") : -1] in names for fill in patterns if fill)


def test_a_page_is_the_same_byte_for_byte_on_every_run() -> None:
    command = [CAREERGRAPH, *PATHS["two steps, an alternative"], "--explain", "--format", "html"]
    runs = [
        subprocess.run(command, capture_output=True, check=True, timeout=60, env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout


@pytest.mark.parametrize(
    "arguments", [PATHS["a derived step"], COMPARISONS["something in common"]], ids=["path", "compare"]
)
@pytest.mark.parametrize("format_", ["html", "json", "text"])
def test_o_writes_what_would_be_printed_to_a_file(arguments: tuple[str, ...], format_: str, tmp_path: Path) -> None:
    target = tmp_path / "answer"
    printed = careergraph(*arguments, "--format", format_)
    finished = careergraph(*arguments, "--format", format_, "-o", str(target))
    assert (finished.returncode, finished.stdout) == (0, "")
    assert target.read_text(encoding="utf-8") == printed.stdout
    assert finished.stderr == f"Wrote {target.stat().st_size:,} bytes to {target}.\n"
    assert list(tmp_path.iterdir()) == [target]


def test_o_without_a_name_and_into_a_missing_folder_are_wrong_calls(tmp_path: Path) -> None:
    arguments = (*PATHS["a derived step"], "--format", "html", "-o")
    assert "needs the name of a file" in complaint(careergraph(*arguments, ""), 2)
    assert "Cannot write" in complaint(careergraph(*arguments, str(tmp_path / "no" / "folder.html")), 2)


def test_macros_link_nodes_and_sources_where_a_page_says_so() -> None:
    catalogue = Catalogue.load("bundled", str(HOSTILE))
    (route,) = make_route_views(find_routes(catalogue, f"{BY}/origin", f"{BY}/second-role"))
    macros: Any = load_templates().get_template("pages/_route.html").module
    section = macros.route_section(route, "<A title>", 3, lambda ref: f"/node?id={ref.id}&x=\"'<>")
    root = parse_page(f"{HEAD}{section}".encode())
    links = [link.get("href", "") for link in elements(root, "a")]
    assert {link.removeprefix("/node?id=").removesuffix("&x=\"'<>") for link in links} >= {
        f"{BY}/{name}" for name in ("origin", "role", "second-role", "skill", "course", "milestone", "source")
    }
    assert [words(heading) for heading in elements(root, "h3")] == ["<A title>"]
    assert addresses(root) == [("a", "href", link) for link in links]
