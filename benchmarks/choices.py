"""How long somebody waits who comes for a route: the curated graph as our page and as plain pyvis, in one run.

A script chooses where to start and where to go as soon as the page takes that. Of ours, the end is when the cards of
the route are there; of pyvis, which knows no routes, when both nodes are chosen in the drawn graph, which is all that
it offers. And the map is drawn so many milliseconds after an empty page would be, in a browser that nothing listens to:
our page draws nothing before the whole map is there, so that its first drawing is that of the map.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError as NotInTime
from pyvis.network import Network

from benchmarks.plain_browser import time_first_drawing
from benchmarks.reporting import Goal, Report
from careergraph.catalogue.catalogue import Catalogue
from careergraph.export.explorer.page import make_page
from careergraph.export.view import view

if TYPE_CHECKING:
    from playwright.sync_api import Page

ORIGIN, DESTINATION = "Software engineer", "AI product manager"
EMPTY = "<!doctype html><html lang=en><meta charset=utf-8><title>Empty</title><body><p>Nothing.</p></body></html>"
#: Milliseconds that the map may be drawn later than an empty page.
LATER = 100.0
_NOW = "performance.now()"
_CHOSEN = """([from, to]) => {
    const ids = [from, to].map((label) => nodes.get().find((node) => node.label === label).id);
    network.selectNodes(ids);
    return new Promise((told) => network.once("afterDrawing", () => told(network.getSelectedNodes().length === 2)));
}"""

Opened = Callable[[], AbstractContextManager["Page"]]


def measure_choices(
    opened: Opened, browser: Sequence[str], rounds: int, seconds: float, report: Report
) -> list[tuple[bool, str]]:
    """Measure both, print and report them.

    Args:
        opened: gives a page in a browser of its own.
        browser: the command of that browser, with its options.
        rounds: how often each of our pages is opened, the median counts; pyvis' takes so long that once is enough.
        seconds: how long to wait for pyvis.
        report: where figures are kept.

    Returns:
        Each goal: whether it is met, and in words.
    """
    catalogue = Catalogue.load("bundled")
    with tempfile.TemporaryDirectory() as folder:
        files = {
            name: _written(Path(folder) / f"{name}.html", text)
            for name, text in (("ours", make_page(catalogue)), ("pyvis", _plain(catalogue)), ("empty", EMPTY))
        }
        ours = [_ours(opened, files["ours"]) for _ in range(rounds)]
        theirs = _theirs(opened, files["pyvis"], 1000 * seconds)
        # In turn, so that whatever else the machine does hits both.
        painted = [[time_first_drawing(browser, files[name]) for name in ("ours", "empty")] for _ in range(rounds)]
        drawn, empty = map(list, zip(*painted, strict=True))
    report.measured("a route with two choices made", "careergraph", "ms", ours)
    late = theirs >= 1000 * seconds
    report.measured("a route with two choices made", "pyvis, both chosen, no route", "ms", [theirs], at_least=late)
    report.measured("first drawing of the map", "careergraph", "ms", drawn)
    report.measured("first drawing of the map", "an empty page", "ms", empty)
    later = median(drawn) - median(empty)
    report.measured("first drawing of the map", "later than an empty page", "ms", [later], Goal("at most", LATER))
    goals = [
        (median(ours) < theirs, f"a route after {median(ours):,.0f} ms, pyvis {'> ' if late else ''}{theirs:,.0f} ms"),
        (later <= LATER, f"the map {later:,.0f} ms later than an empty page (goal {LATER:g} ms)"),
    ]
    for met, text in goals:
        print(f"{'met   ' if met else 'MISSED'}  {text}")
    return goals


def _written(file: Path, page: str) -> Path:
    file.write_text(page, encoding="utf-8")
    return file


def _plain(catalogue: Catalogue) -> str:
    found = view(catalogue)
    network = Network(height="750px", width="100%", directed=True, cdn_resources="in_line")
    for node in found.nodes:
        network.add_node(node.id, label=node.label)
    for edge in found.edges:
        network.add_edge(edge.source, edge.target)
    return str(network.generate_html(notebook=False))


def _ours(opened: Opened, file: Path) -> float:
    with opened() as page:
        page.goto(file.as_uri(), wait_until="commit")
        for name, text in (("I am a", ORIGIN), ("and want to be", DESTINATION)):
            page.get_by_role("combobox", name=name).fill(text)
            page.keyboard.press("Enter")
        page.locator("#cards .card").first.wait_for()
        return float(page.evaluate(_NOW))


def _theirs(opened: Opened, file: Path, longest: float) -> float:
    """Milliseconds until both ends are chosen; the longest wait if that takes longer."""
    with opened() as page:
        page.goto(file.as_uri(), wait_until="commit")
        try:
            page.wait_for_function("window.network && window.nodes", timeout=longest)
            # A page that is busy with physics answers nothing for minutes, and evaluating has no limit of its own.
            page.wait_for_function(_CHOSEN, arg=[ORIGIN, DESTINATION], timeout=longest)
        except NotInTime:
            return longest
        return float(page.evaluate(_NOW))
