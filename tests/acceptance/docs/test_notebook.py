"""Results show themselves in a notebook: as tables that fit any theme and harm nobody, and as text."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import pytest
from IPython.core.formatters import DisplayFormatter

import careergraph
from careergraph.api import CareerGraph
from careergraph.catalogue.twins import Found
from careergraph.model.display import Displayable
from careergraph.model.records import Ref, Refs
from careergraph.rdf.results import Table
from careergraph.render.notebook import MOST_ROWS
from careergraph.render.text.routes import format_routes
from careergraph.store.locations import list_dataset_files
from careergraph.store.sources import parse
from html_reading import HEAD, addresses, elements, parse_page, words
from make_notebook import execute, read_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVIL = "https://example.org/hostile/"
HOSTILE = str(Path(__file__).parents[2] / "fixtures" / "hostile.ttl")
PLAN_OF_SOMEBODY = ("software engineer", "machine learning engineer")


#: How many there are in all files, each once.
STATEMENTS = f"{len({quad.triple for path in list_dataset_files('bundled') for quad in parse(path)}):,} statements"


@cache
def bundled() -> CareerGraph:
    return careergraph.load("bundled")


@cache
def hostile() -> CareerGraph:
    return careergraph.load("bundled", HOSTILE)


#: What somebody asks → the labels and figures that have to be shown.
SHOWN: dict[str, tuple[Callable[[CareerGraph], object], tuple[str, ...]]] = {
    "graph": (lambda graph: graph, (STATEMENTS, "transition", "third-party")),
    "routes": (
        lambda graph: graph.routes("software engineer", "AI product manager", k=2),
        ("Software engineer → Machine learning engineer", "Best route, feasibility", "Route 2", "sources disagree"),
    ),
    "gap": (lambda graph: graph.gap(*PLAN_OF_SOMEBODY), ("Held already:", "Calculus", "Taught by", "required, strong")),
    "plan": (
        lambda graph: graph.plan("consultant", "AI ethicist"),
        ("Courses, in order", "Milestones", "No course covers", "hours unknown", "cost unknown"),
    ),
    "plan of hours": (
        lambda graph: graph.plan(*PLAN_OF_SOMEBODY),
        ("259-360 hours", "15 hours (without the programming exercises)", "USD 150"),
    ),
    "reach": (
        lambda graph: graph.reach("consultant", with_skills=["Python"]),
        ("With Python added", "Consultant → AI product manager", "asserted"),
    ),
    "next skills": (lambda graph: graph.next_skills(*PLAN_OF_SOMEBODY), ("each alone would add", "PyTorch", "+0.")),
    "bridges": (lambda graph: graph.bridges(), ("Machine learning engineer", "Best routes pass through")),
    "show": (
        lambda graph: graph.show("ML engineer"),
        ("Machine learning engineer (role)", "Disagreement, high", "USD 180,000–350,000", "Also called"),
    ),
    "compare": (
        lambda graph: graph.compare("ML engineer", "AI ethicist"),
        ("Comparing Machine learning engineer, AI ethicist", "Python", "GBP"),
    ),
    "stats": (lambda graph: graph.stats(), ("Statistics", STATEMENTS)),
    "search": (lambda graph: graph.search("pytorch"), ("PyTorch", "skill")),
    "list": (lambda graph: graph.list("role"), ("AI ethicist", "nodes")),
    "found": (lambda graph: Found(graph.search("ethicist"), ()), ("AI ethicist", "nodes")),
    "refs": (lambda graph: Refs(graph.list("role")), ("AI ethicist", "nodes")),
    "origin": (lambda graph: graph.person(skills=["Python"]), ("You", "python", "Counts as held")),
    "rows": (lambda graph: Table(("skill", "roles"), (("Python", "3"), ("Rust", None))), ("2 rows", "Rust")),
}


def shown(result: object) -> dict[str, str]:
    """What IPython hands to a front end."""
    found: dict[str, str] = DisplayFormatter().format(result)[0]  # type: ignore[no-untyped-call]
    return found


def tree(result: object) -> Element:
    return parse_page(f"{HEAD}{shown(result)['text/html']}".encode())


@pytest.mark.parametrize("question", SHOWN)
def test_a_result_shows_itself(question: str) -> None:
    ask, telling = SHOWN[question]
    seen = words(tree(ask(bundled())))
    assert [text for text in telling if text not in seen] == []
    assert shown(ask(bundled()))["text/plain"].strip()


@pytest.mark.parametrize("question", SHOWN)
def test_what_is_shown_is_small_and_asks_nobody_for_anything(question: str) -> None:
    root = tree(SHOWN[question][0](bundled()))
    assert addresses(root) == []
    assert {element.tag for element in root.iter()}.isdisjoint({"script", "iframe", "link", "img", "object", "form"})
    html = shown(SHOWN[question][0](bundled()))["text/html"]
    assert len(html) < 20_000
    assert "url(" not in html


def test_the_text_is_what_the_command_prints() -> None:
    found = bundled().routes("software engineer", "AI product manager")
    assert shown(found)["text/plain"] == format_routes(found)


def test_every_missing_thing_and_every_source_of_a_route_is_told() -> None:
    found = bundled().routes("software engineer", "AI safety researcher")
    seen = words(tree(found))
    for step in found.routes[0].steps:
        assert all(ref.label in seen for item in step.missing for ref in item.any_of)
        assert all(item.source.label in seen for item in step.evidence)


def hostile_results() -> Iterator[object]:
    graph = hostile()
    nodes = [ref for kind in ("role", "background", "skill", "course", "source") for ref in graph.list(kind)]
    harmful = [ref for ref in nodes if ref.id.startswith(EVIL)]
    assert len(harmful) > 3
    for ref in harmful:
        yield graph.show(ref.id)
    origin, role = f"{EVIL}origin", f"{EVIL}role"
    yield from (graph.routes(origin, role), graph.gap(origin, role), graph.plan(origin, role), graph.reach(origin))
    yield from (graph.compare(role, "AI ethicist"), graph.list("role"), graph.list("skill"), graph.person(skills=[]))
    yield Table(("<script>", "&"), (("<img src=x onerror=window.hacked=1>", '"'),))


def test_hostile_labels_stay_text() -> None:
    for result in hostile_results():
        root = tree(result)
        allowed = {"div", "style", "p", "strong", "table", "caption", "thead", "tbody", "tr", "th", "td"}
        assert {str(element.tag) for element in root.iter()} <= {"html", "head", "body", "meta", "title"} | allowed
        assert addresses(root) == []
        label = getattr(result, "label", None)
        assert label is None or " ".join(label.split()) in words(root)


def test_a_long_table_is_cut_and_says_so() -> None:
    rows = tuple((str(number),) for number in range(MOST_ROWS + 1_000))
    root = tree(Table(("number",), rows))
    assert len(list(elements(root, "tr"))) == MOST_ROWS + 1
    assert "and 1,000 more" in words(root)


def test_what_has_no_look_of_its_own_is_shown_as_python_does() -> None:
    ref = Ref("urn:x", "role", "X", "en")
    assert shown(ref) == {"text/plain": repr(ref)}
    assert Displayable()._repr_html_() is None


def test_a_tuple_of_references_is_still_one() -> None:
    found = bundled().list("role")
    assert found == tuple(found)
    assert isinstance(found, tuple)
    assert found[0].label == "AI career role"


def test_the_library_imports_no_renderer_before_something_is_shown() -> None:
    script = (
        "import sys, careergraph\n"
        "graph = careergraph.load('bundled')\n"
        "graph.routes('consultant', 'AI product manager'), graph.list('role'), graph.show('METR')\n"
        "assert not [name for name in sys.modules if name.startswith(('careergraph.render', 'jinja2', 'IPython'))]\n"
        "assert 'text/html' in graph.list('role')._repr_mimebundle_()\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


@pytest.mark.parametrize(("ground", "ink"), [("rgb(17, 17, 17)", "rgb(238, 238, 238)"), ("white", "rgb(0, 0, 0)")])
def test_tables_take_their_colours_from_the_notebook(page: Page, ground: str, ink: str) -> None:
    html = shown(bundled().gap(*PLAN_OF_SOMEBODY))["text/html"]
    page.set_content(f"{HEAD}<body style='background: {ground}; color: {ink}'>{html}")
    for tag in ("caption", "th", "td"):
        look = page.locator(tag).first.evaluate("e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]")
        assert look == [ink, "rgba(0, 0, 0, 0)"]


def test_the_example_notebook_shows_what_happens() -> None:
    assert execute() == read_notebook(), "if this is meant: python scripts/make_notebook.py"


def test_the_example_notebook_shows_tables() -> None:
    cells = [cell for cell in read_notebook()["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] for cell in cells)
    plain = [cell for cell in cells if all("text/html" not in output["data"] for output in cell["outputs"])]
    # A way through NetworkX, names of graphs, the size of a picture.
    assert ["to_rdflib" in cell["source"] or "to_pyvis" in cell["source"] for cell in plain] == [False, True, True]
