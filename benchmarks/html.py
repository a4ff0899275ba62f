"""How soon a graph stands in the browser and how smoothly it pans: plain pyvis beside the explorer page, in one run.

Three pages of the same random graph: what pyvis makes of it as it comes, with physics; pyvis with the positions that
the explorer page has, physics off; and the explorer page. Each is opened from disk in a headless Chromium of its own,
without a GPU, and panned with a mouse. pyvis puts its own copy of vis-network into its page; what that page asks of a
CDN besides (Bootstrap's styles and script) is answered at once and empty, so that no network is measured.

- first drawing: milliseconds from navigation until the frame after the one that first had the nodes of every kind on a
  canvas, told by the colours of its pixels; painting is in it. `> N s` means that there was none within N seconds.
- ready: the same until vis-network itself has drawn the graph, so that nodes can be pointed at and dragged. pyvis'
  pages show nothing earlier; the explorer page paints its first picture by itself, while vis-network is not yet there.
- longest task: of the main thread, from navigation until a second after both; `< 50` where there was none that a
  browser reports.
- frames: in how many frames a second the picture changed while the mouse dragged it around.

Then, on the curated graph, what somebody waits for who comes for a route (`choices.py`): from opening the file until
the route between two positions is on the screen, both chosen by a script; and how much later than an empty page the map
is drawn.

All four sizes take about seven minutes on two cores; most of them are spent on waiting for pyvis with physics, which
takes 138 s for 1,000 / 5,000 and more than 350 s for the larger ones (`--timeout 400` to see it). A minute is
enough to see whether it takes 100 times as long.

    python benchmarks/html.py [--sizes 300/900 1000/5000] [--rounds 3] [--timeout 60] [--format json]
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Route, sync_playwright
from playwright.sync_api import TimeoutError as NotInTime
from pyvis.network import Network

from benchmarks.choices import measure_choices
from benchmarks.reporting import Goal, Report, add_format, reporting
from careergraph.catalogue.catalogue import Catalogue
from careergraph.export.explorer.page import make_page, unpack
from careergraph.export.view import View, view
from careergraph.model.kind_styles import find_style
from careergraph.rdf.standards import RDF, SKOS
from careergraph.rdf.vocabulary import CG

SIZES = ((300, 900), (1_000, 5_000), (1_000, 20_000), (5_000, 20_000))
PHYSICS, PLACED, OURS = "pyvis", "pyvis, positions", "careergraph"
#: Where first drawings are compared, and how many times sooner than each the explorer page has to be there.
JUDGED, SOONER = (1_000, 5_000), {PHYSICS: 100.0, PLACED: 3.0}
#: Frames a second that panning has to reach at every size.
SMOOTH = 30.0
PANNING_SECONDS = 3.0
CLASSES = {"skill": CG.Skill, "course": CG.Course, "organisation": CG.Organisation, "topic": CG.Topic}
RELATED = "http://www.w3.org/2004/02/skos/core#related"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
SHOWN = re.compile(r"careergraph: shown at ([\d.]+), ready at ([\d.]+)")
#: What share of its nodes' pixels the first drawing has to have of those that are there a second later.
WHOLE = 0.9
WATCH = Path(__file__).with_name("watch_drawing.js")

#: A point of the canvas with no node near it, in pixels of the window.
EMPTY_SPOT = """() => {
  const network = careergraphWatch.network, box = network.canvas.frame.canvas.getBoundingClientRect();
  const free = (x, y) => [-6, 0, 6].every((dx) => [-6, 0, 6].every((dy) => {
    const above = document.elementFromPoint(box.left + x + dx, box.top + y + dy);
    return above === network.canvas.frame.canvas && network.getNodeAt({ x: x + dx, y: y + dy }) === undefined;
  }));
  for (let ring = 0; ring < 60; ring++)
    for (let turn = 0; turn < 16; turn++) {
      const x = box.width / 2 + ring * 5 * Math.cos(turn), y = box.height / 2 + ring * 5 * Math.sin(turn);
      if (free(x, y)) return [box.left + x, box.top + y];
    }
  return null;
}"""


class PageTimes(NamedTuple):
    """One page, opened once; all but `frames` in milliseconds, infinite if it was not there in time."""

    first: float
    ready: float
    longest: float
    frames: float


def graph(nodes: int, edges: int) -> Catalogue:
    """A random graph of named things with plain statements between them; the same on every run."""
    generator = random.Random(nodes * edges)
    iris = [f"https://example.org/{number}" for number in range(nodes)]
    pairs: dict[tuple[int, int], None] = {}
    while len(pairs) < edges:
        pair = generator.randrange(nodes), generator.randrange(nodes)
        if pair[0] != pair[1] and pair[::-1] not in pairs:
            pairs[pair] = None
    heads: dict[int, list[str]] = {}
    for tail, head in pairs:
        heads.setdefault(tail, []).append(iris[head])
    kinds = [generator.choice(list(CLASSES)) for _ in iris]
    return Catalogue(
        {
            iri: {
                RDF.type: [CLASSES[kind]],
                SKOS.prefLabel: [f"{kind.capitalize()} number {number}"],
                RELATED: heads.get(number, []),
            }
            for number, (iri, kind) in enumerate(zip(iris, kinds, strict=True))
        }
    )


def plain(found: View, places: Sequence[dict[str, int]] | None) -> str:
    """The page that pyvis makes by itself, its library in it; without places it has to find them."""
    # An undirected network of pyvis compares each new edge with all others, which takes minutes; so it is made directed
    # and loses its arrows afterwards, which the explorer page does not draw either.
    network = Network(height="750px", width="100%", directed=True, cdn_resources="in_line")
    numbers = {node.id: number for number, node in enumerate(found.nodes)}
    for node, number in zip(found.nodes, numbers.values(), strict=True):
        look, place = find_style(node.kind), places[number] if places else {}
        network.add_node(number, label=node.label, color=look.colour, shape=look.shape, size=10, **place)
    for edge in found.edges:
        network.add_edge(numbers[edge.source], numbers[edge.target])
    for drawn in network.edges:
        del drawn["arrows"]
    if places:
        network.toggle_physics(False)
    return str(network.generate_html(notebook=False))


def pages(nodes: int, edges: int) -> dict[str, str]:
    """The three pages of one size, by name."""
    catalogue = graph(nodes, edges)
    found = view(catalogue, words=False)
    assert (len(found.nodes), len(found.edges)) == (nodes, edges)
    ours = make_page(catalogue, found)
    packed = re.search(r'<script[^>]*id="packed-graph"[^>]*>(.*?)</script>', ours, re.DOTALL)
    assert packed
    places = [{"x": node["x"], "y": node["y"]} for node in json.loads(unpack(packed[1]))["nodes"]]
    return {PHYSICS: plain(found, None), PLACED: plain(found, places), OURS: ours}


def chromium() -> str:
    """Where the browser is that pages are measured in."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        sys.exit("A Chromium is needed to measure pages in, and there is none on this system.")
    return path


def browser_version() -> str:
    """What that browser calls itself."""
    return subprocess.run([chromium(), "--version"], capture_output=True, text=True, check=True).stdout.split()[1]


@contextmanager
def open_page(playwright: Playwright) -> Iterator[Page]:
    """A page in a browser of its own that no other measurement can have warmed up or worn out."""
    browser: Browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
    try:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(f"window.careergraphKinds = {json.dumps([find_style(kind).colour for kind in CLASSES])};")
        page.add_init_script(path=WATCH)
        page.route(re.compile("^https?:"), _empty)
        yield page
    finally:
        browser.close()


def _empty(route: Route) -> None:
    route.fulfill(status=200, body="", headers={"Access-Control-Allow-Origin": "*"})


def measured(playwright: Playwright, file: Path, seconds: float) -> PageTimes:
    """Open one page, wait until the graph stands, drag it around."""
    with open_page(playwright) as page:
        try:
            with page.expect_console_message(_is_shown, timeout=seconds * 1000) as heard:
                page.goto(f"{file.as_uri()}#all", wait_until="commit")
            first, ready = map(float, SHOWN.match(heard.value.text).groups())  # type: ignore[union-attr]
        except NotInTime:
            return PageTimes(math.inf, math.inf, math.inf, math.nan)
        page.wait_for_timeout(1000)
        seen, longest = page.evaluate("[careergraphWatch.seen, careergraphWatch.longest]")
        later = page.evaluate("careergraphWatch.count()")
        assert all(one >= WHOLE * other for one, other in zip(seen, later, strict=True)), (seen, later)
        return PageTimes(first, ready, float(longest), measure_frames(page))


def _is_shown(message: ConsoleMessage) -> bool:
    return SHOWN.match(message.text) is not None


def measure_frames(page: Page) -> float:
    """Frames a second in which the picture changed while a mouse dragged it around in circles."""
    spot = page.evaluate(EMPTY_SPOT)
    assert spot, "no place on the canvas where there is no node"
    before = page.evaluate("careergraphWatch.network.getViewPosition()")
    x, y = spot
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y)
    page.evaluate("careergraphWatch.countFrames()")
    start, angle = time.perf_counter(), 0.0
    while time.perf_counter() < start + PANNING_SECONDS:
        angle += 0.1
        page.mouse.move(x + 120 * math.sin(angle), y + 80 * (1 - math.cos(angle)))
    frames = page.evaluate("careergraphWatch.frames")
    seconds = time.perf_counter() - start
    page.mouse.up()
    page.wait_for_timeout(200)
    after = page.evaluate("careergraphWatch.network.getViewPosition()")
    assert after != before, "the mouse did not move the picture"
    return float(frames) / seconds


def measure(nodes: int, edges: int, rounds: int, seconds: float) -> dict[str, list[PageTimes]]:
    """Measure the three pages of one size in turn, print a line of medians for each, return all rounds.

    A page with physics is opened once: it takes minutes, beside which its rounds differ little.
    """
    found: dict[str, list[PageTimes]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        files = {name: _write(Path(folder) / f"{len(name)}.html", page) for name, page in pages(nodes, edges).items()}
        for number in range(rounds):
            for name, file in files.items():
                if number == 0 or name != PHYSICS:
                    found.setdefault(name, []).append(measured(playwright, file, seconds))
        sizes = {name: file.stat().st_size for name, file in files.items()}
    for name, runs in found.items():
        print(_line(f"{nodes:,} / {edges:,}", name, sizes[name], medians(runs), seconds), flush=True)
    return found


def medians(runs: Sequence[PageTimes]) -> PageTimes:
    """What stands for all rounds of a page."""
    return PageTimes(*map(median, zip(*runs, strict=True)))


def _write(file: Path, page: str) -> Path:
    file.write_text(page, encoding="utf-8")
    return file


def _line(size: str, name: str, bytes_: int, result: PageTimes, seconds: float) -> str:
    late = math.isinf(result.first)
    first, ready = (f"> {seconds:g} s" if late else f"{value:,.0f}" for value in (result.first, result.ready))
    longest = "-" if late else f"{result.longest:,.0f}" if result.longest else "< 50"
    frames = "-" if late else f"{result.frames:.0f}"
    return f"{size:>15}  {name:<18}{bytes_:>11,}{first:>18}{ready:>11}{longest:>17}{frames:>10}"


HEADINGS = (
    f"{'nodes / edges':>15}  {'page':<18}{'bytes':>11}{'first drawing, ms':>18}{'ready, ms':>11}"
    f"{'longest task, ms':>17}{'frames/s':>10}"
)


#: Nodes and edges → page → all rounds.
Found = dict[tuple[int, int], dict[str, list[PageTimes]]]


def judge(found: Found, seconds: float) -> Iterator[tuple[bool, str]]:
    """Each goal: whether it is met, and in words."""
    if JUDGED in found:
        for name, goal in SOONER.items():
            yield _sooner(found[JUDGED][name], found[JUDGED][OURS], name, goal, seconds)
    for (nodes, edges), pages in found.items():
        frames = medians(pages[OURS]).frames
        yield frames >= SMOOTH, f"panning {nodes:,} / {edges:,} at {frames:.0f} frames/s (goal {SMOOTH:g})"


def _sooner(
    theirs: Sequence[PageTimes], ours: Sequence[PageTimes], name: str, goal: float, seconds: float
) -> tuple[bool, str]:
    """Compare medians; besides, single rounds, in which the pages were opened one right after another."""
    waits = [min(run.first, seconds * 1000) for run in theirs]
    ratio = median(waits) / median(run.first for run in ours)
    each = sorted(wait / run.first for wait, run in zip(waits, ours, strict=False))
    least = ">= " if any(math.isinf(run.first) for run in theirs) else ""
    rounds = f"{each[0]:,.1f} to {each[-1]:,.1f} in single rounds" if len(each) > 1 else "one round"
    return ratio >= goal, f"first drawing {least}{ratio:,.1f} x sooner than {name} ({rounds}; goal {goal:g} x)"


def size(text: str) -> tuple[int, int]:
    """Read `1000/5000`."""
    nodes, _, edges = text.replace(",", "").partition("/")
    return int(nodes), int(edges)


def main() -> int:
    """Measure; exit code 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=size, nargs="+", default=SIZES, metavar="NODES/EDGES")
    parser.add_argument("--rounds", type=int, default=3, help="how often each page is opened; the median counts")
    parser.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS", help="longest wait for a page")
    add_format(parser)
    options = parser.parse_args()
    with reporting(options.format) as report:
        print(HEADINGS)
        rounds, seconds = options.rounds, options.timeout
        found = {(nodes, edges): measure(nodes, edges, rounds, seconds) for nodes, edges in options.sizes}
        goals = list(judge(found, seconds))
        for met, text in goals:
            print(f"{'met   ' if met else 'MISSED'}  {text}")
        report_pages(found, seconds, report)
        with sync_playwright() as playwright:
            goals += measure_choices(lambda: open_page(playwright), (chromium(), *FLAGS), rounds, seconds, report)
    return int(not all(met for met, _ in goals))


def report_pages(found: Found, seconds: float, report: Report) -> None:
    """Report all pages, and how much sooner ours is there."""
    for (nodes, edges), pages in found.items():
        size = f"{nodes:,} nodes, {edges:,} edges"
        for side, runs in pages.items():
            late = any(math.isinf(run.first) for run in runs)
            waits = [min(run.first, seconds * 1000) for run in runs]
            report.measured(f"{size}: first drawing", side, "ms", waits, at_least=late)
            if not late:
                report.measured(f"{size}: ready", side, "ms", [run.ready for run in runs])
                goal = Goal("at least", SMOOTH) if side == OURS else None
                report.measured(f"{size}: panning", side, "frames/s", [run.frames for run in runs], goal)
            if side != OURS:
                _report_ratio(size, (nodes, edges) == JUDGED, side, waits, pages[OURS], late, report)
    report.used(Chromium=browser_version())


def _report_ratio(
    size: str, judged: bool, side: str, waits: Sequence[float], ours: Sequence[PageTimes], late: bool, report: Report
) -> None:
    ratios = [wait / run.first for wait, run in zip(waits, ours, strict=False)]
    ratio = median(waits) / median(run.first for run in ours)
    goal = Goal("at least", SOONER[side]) if judged else None
    report.ratio(f"{size}: first drawing", f"{side} / {OURS}", ratios, goal, value=ratio, at_least=late)


if __name__ == "__main__":
    sys.exit(main())
