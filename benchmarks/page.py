"""The page of results, `RESULTS.md`, and the tables of `docs/scale.md`, made of the results that are kept as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.runs import HERE, RUNS, Run

PAGE = HERE / "RESULTS.md"
SCALE_PAGE = HERE.parent / "docs" / "scale.md"
#: The benchmarks whose figures have a size as their side.
_BY_SIZE = ("scale", "pairs")
#: A table in a document: the names of its measurements, and what stands there now.
_TABLE = re.compile(r"(<!-- made by benchmarks/run.py: ([^\n]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_HEAD = """# Results of the benchmarks

Made by `python benchmarks/run.py --onet ONET --esco ESCO --crosswalk CROSSWALK --moves MOVES` from the files in
`benchmarks/results/`; nothing here is written by hand.

Both sides of a ratio run in turn in the same run, so that whatever else the machine does hits both. Ratios are what to
look at; times are those of one machine. A figure is the median of its rounds unless its benchmark says otherwise;
*spread* is the range of the rounds, or where there are eight or more, their quartiles. `≥` marks a figure that is known
only not to be less: nobody waited for the end.
"""

Result = Mapping[str, Any]


def page() -> str:
    """The page of all results."""
    last = {run: run.last() for run in RUNS}
    reports = [found["results"] for found in last.values() if found and found["results"]]
    parts = [
        _HEAD,
        *_where(reports),
        *_goals(last),
        *(part for run, found in last.items() for part in _run(run, found)),
    ]
    return "\n".join(parts)


def scale_page(text: str) -> str:
    """A document with its tables of figures made anew, each by the names of the measurements that stand in its mark."""
    last = [run.last() for run in RUNS if run.script in _BY_SIZE]
    items = [item for found in last if found and found["results"] for item in found["results"]["measurements"]]
    return _TABLE.sub(lambda mark: f"{mark[1]}\n{_by_size(items, mark[2])}\n{mark[3]}", text)


def _where(reports: Sequence[Result]) -> Iterator[str]:
    """The machines and the versions that figures come from."""
    yield "## Where\n"
    machines = {tuple(report["machine"].items()): report["machine"] for report in reports}
    for one in machines.values():
        cores = f"{one['cores']} core{'s' if one['cores'] > 1 else ''}"
        yield f"- {one['processor']}, {cores}, {one['memory'] / 2**30:.0f} GiB of memory; {one['system']}"
    if len(machines) > 1:
        yield "\nThe figures come from different machines: compare ratios only."
    told: dict[str, dict[str, None]] = {}
    for report in reports:
        for name, version in report["versions"].items():
            told.setdefault(name, {})[version] = None
    listed = sorted(told.items(), key=lambda item: (item[0] != "Python", item[0] != "careergraph", item[0].lower()))
    versions = ", ".join(f"{name} {' and '.join(found)}" for name, found in listed)
    yield f"\n{versions or 'Nothing has been measured yet'}.\n"


def _goals(last: Mapping[Run, Mapping[str, Any] | None]) -> Iterator[str]:
    """All goals, and whether they are met."""
    yield "## Goals\n"
    rows = []
    for run, found in last.items():
        for figure in _list_goals(found["results"] if found else None):
            what = figure.get("sides") or f"{figure['side']}, {figure['unit']}".removesuffix(", ")
            rows.append((f"[{run.name}](#{run.name})", figure["name"], what, *_to_cells(figure)))
    yield _table(("run", "what", "of", "figure", "spread", "rounds", "goal"), rows)


def _list_goals(results: Result | None) -> list[Result]:
    figures = [*results["ratios"], *results["measurements"]] if results else []
    return [figure for figure in figures if figure["goal"]]


def _run(run: Run, found: Mapping[str, Any] | None) -> Iterator[str]:
    """What one run found."""
    yield f"## {run.name}\n\n{run.title}."
    if found is None:
        needed = f" It needs {' and '.join(f'`{option}`' for option in run.needs())}." if run.needs() else ""
        yield f"\nNot measured yet.{needed}\n"
        return
    yield f"\n`{found['command']}`, {found['date']}"
    if found["results"] is None:
        yield f"\n**It failed:** {found['failure']}\n"
        return
    results = found["results"]
    smoke = " **A smoke run:** too few rounds, or too little data, to rely on." if found["quick"] else ""
    yield f"({_duration(results['seconds'])}; load {results['load']:.1f} before it).{smoke}\n"
    if run.remark:
        yield f"{run.remark}\n"
    for note in results["notes"]:
        yield f"- {note}\n"
    if results["ratios"]:
        rows = [(item["name"], item["sides"], *_to_cells(item)) for item in results["ratios"]]
        yield _table(("ratio", "of", "figure", "spread", "rounds", "goal"), rows)
    if results["measurements"]:
        rows = [(item["name"], item["side"], *_to_cells(item, item["unit"])) for item in results["measurements"]]
        yield _table(("measured", "side", "figure", "spread", "rounds", "goal"), rows)


def _to_cells(item: Result, unit: str = "") -> tuple[str, str, str, str]:
    """Figure, spread, rounds and goal as cells."""
    least = "≥ " if item["at_least"] else ""
    several = item["rounds"] > 1
    goal = item["goal"]
    verdict = "" if goal is None else f"{goal['relation']} {goal['value']:g}: {'met' if item['met'] else '**missed**'}"
    spread = f"{number(item['low'])} – {number(item['high'])}" if several else ""
    return f"{least}{number(item['value'])} {unit}".rstrip(), spread, str(item["rounds"]), verdict


def _by_size(measured: Sequence[Result], names: str) -> str:
    """Measurements of some names with a column for each size, which is what they have as their side."""
    wanted = names.split("; ")
    items = [item for item in measured if item["name"] in wanted]
    sizes = list(dict.fromkeys(item["side"] for item in items))
    cells = {(item["name"], item["side"]): f"{number(item['value'])} {item['unit']}".rstrip() for item in items}
    return _table(("", *sizes), [(name, *(cells.get((name, size), "–") for size in sizes)) for name in wanted])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} minutes"


def number(value: float) -> str:
    """A figure with three digits that count, and all of those before the point.

    >>> number(123456.7), number(12.345), number(0.012345), number(0)
    ('123,457', '12.3', '0.0123', '0')
    """
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    digits = 2
    while abs(value) < 10 ** (2 - digits) and digits < 8:
        digits += 1
    return f"{value:.{digits}f}" if abs(value) < 10 else f"{value:.1f}"


def write() -> None:
    """Write the page of results, and the tables of the page of scale."""
    _replace(PAGE, page())
    if SCALE_PAGE.exists():
        _replace(SCALE_PAGE, scale_page(SCALE_PAGE.read_text(encoding="utf-8")))


def _replace(path: Path, text: str) -> None:
    aside = path.with_suffix(".new")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)
