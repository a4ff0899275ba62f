"""What Lighthouse says of the server's first page, a route page and others: accessibility and performance, of 100.

    python benchmarks/lighthouse.py [FOLDER] [--lighthouse node_modules/.bin/lighthouse] [--rounds 1] [--format json]

FOLDER is a data folder (`CAREERGRAPH_DATA`); without one, a server of the bundled graph is asked. Lighthouse loads each
page as a phone with a slow processor would over a slow network, which it simulates. Accessibility has to be 100, and
performance 90 or more; what Lighthouse finds wanting stands below the figures. It needs a Chromium and Node.js; without
`--lighthouse`, npx fetches Lighthouse. Ends with exit code 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

from benchmarks.html import browser_version, chromium
from benchmarks.pages import serve
from benchmarks.reporting import Goal, Report, add_format, reporting

_TO_PRODUCT = {"origin": "software engineer", "role": "AI product manager"}
PAGES = {
    "first page": "",
    "route": "path?" + urlencode({"origin": "software engineer", "destination": "AI product manager"}),
    "role": "id/role/machine-learning-engineer",
    "skill": "id/skill/python",
    "plan": "plan?" + urlencode(_TO_PRODUCT),
    "comparison": "compare?" + urlencode([("role", "AI ethicist"), ("role", "data scientist")]),
    "query": "query",
    "CV form": "cv",
}
GOALS = {"accessibility": 100.0, "performance": 90.0}
_FETCHED = ("npx", "--yes", "lighthouse@12")


def measure(report: Report, port: int, command: Sequence[str], rounds: int) -> None:
    """Let Lighthouse look at each page, and print a line for each, with what is wanting below it."""
    print(f"{'page':<12}{'accessibility':>15}{'performance':>13}")
    for name, place in PAGES.items():
        found = [ask(command, f"http://127.0.0.1:{port}/{place}") for _ in range(rounds)]
        figures = {kind: [100 * one["categories"][kind]["score"] for one in found] for kind in GOALS}
        print(f"{name:<12}{median(figures['accessibility']):>15.0f}{median(figures['performance']):>13.0f}", flush=True)
        for line in dict.fromkeys(line for one in found for line in list_wanting(one)):
            print(f"    {line}")
        for kind, goal in GOALS.items():
            report.measured(f"{name}: {kind}", "careergraph", "of 100", figures[kind], Goal("at least", goal))
    report.used(Chromium=browser_version(), Lighthouse=found[-1]["lighthouseVersion"])


def ask(command: Sequence[str], address: str) -> dict[str, Any]:
    """Lighthouse's report on one page."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "report.json"
        options = (
            *("--quiet", "--output=json", f"--output-path={written}"),
            *(f"--only-categories={','.join(GOALS)}", "--chrome-flags=--headless --no-sandbox --disable-gpu"),
        )
        environment = os.environ | {"CHROME_PATH": chromium()}
        subprocess.run([*command, address, *options], check=True, env=environment, timeout=300)
        found: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
        return found


def list_wanting(found: dict[str, Any]) -> Iterator[str]:
    """The checks that cost a page of its figures, and what each says."""
    for kind in GOALS:
        for ref in found["categories"][kind]["auditRefs"]:
            check = found["audits"][ref["id"]]
            if ref["weight"] and check["score"] is not None and check["score"] < 0.9:
                yield f"{kind}: {check['title']} {check.get('displayValue', '')}".rstrip()


def main() -> int:
    """Measure, print a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", help="a data folder; the bundled graph alone if not given")
    parser.add_argument("--lighthouse", metavar="FILE", help="where Lighthouse is; fetched by npx if not given")
    parser.add_argument("--rounds", type=int, default=1, help="how often each page is looked at; the median counts")
    add_format(parser)
    options = parser.parse_args()
    command = (options.lighthouse,) if options.lighthouse else _FETCHED
    with (
        tempfile.TemporaryDirectory() as empty,
        serve(options.folder or empty) as (port, _),
        reporting(options.format) as report,
    ):
        measure(report, port, command, options.rounds)
    return int(not report.met)


if __name__ == "__main__":
    sys.exit(main())
