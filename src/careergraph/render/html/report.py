"""A report to hand over: the route as a line with stops, the gap as bars, the plan, pay, risks, numbered sources."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from careergraph.model.records import Note, Pay, Ref, Transition
from careergraph.render.assets import load_templates, read_static
from careergraph.render.html.pay_chart import Bar, draw_pay_charts
from careergraph.render.html.report_brand import NOBODY, Brand
from careergraph.render.html.step_card import Cell, list_skill_cells
from careergraph.render.text.citations import Citations
from careergraph.render.text.phrases import format_feasibility, format_labels
from careergraph.render.text.plan import cost_text, find_scopes, format_totals, list_figures_evidence
from careergraph.render.text.routes import find_first_thing, shorten_pay
from careergraph.render.text.verdict import format_months, grade_after_school, tell_outlook
from careergraph.transitions.gaps import Missing
from careergraph.transitions.plans.milestones import PlannedMilestone
from careergraph.transitions.plans.records import NEARLY, Plan, PlannedCourse
from careergraph.transitions.plans.timetables import Slot
from careergraph.transitions.route_steps import Route, Routes, RouteStep

#: A step that is harder than this is a risk to name.
_LONG_SHOT = 0.12
#: How many bars of the gap all steps have together, and each at least; how many names and pay lines stand in the body.
_BARS, _LEAST_BARS, _NAMES, _PAY_LINES = 16, 4, 8, 7
#: So that everything fits on two pages: with more steps than this, steps are shortened; if there are many courses too,
#: the print is smaller and less pay is listed. A step takes as much room as so many courses; there is so much room.
_STEPS, _STEP_ROOM, _MOST_ROOM, _FEWER_LINES = 2, 3, 16, 4
#: For so many characters of risks there is always room; beyond, so many take as much of it as a course.
_FEW_WORDS, _WORDS_OF_A_ROW = 400, 250
#: The line of stops: how long it is, how wide a letter and how high a row of names, in units of the drawing; how much
#: of the way to the next stop a name may take, so that two never touch; how many rows it may have.
_LINE, _LETTER, _ROW, _ROOM, _ROWS = 640, 6.6, 14, 0.64, 4


class Shortfall(NamedTuple):
    """Something missing, and how far it is there already, in percent."""

    name: str
    met: int


class Stop(NamedTuple):
    """A step as the report shows it; what is missing beyond the bars stands in the appendix."""

    number: int
    destination: Ref
    grade: str
    sourced: bool
    why: str
    cells: tuple[Cell, ...]
    counts: dict[str, int]
    first: str
    held: str
    bars: tuple[Shortfall, ...]
    more: tuple[Shortfall, ...]
    time: str
    pay: str


class Station(NamedTuple):
    """A stop on the line: its place, and its name in rows."""

    x: float
    rows: tuple[str, ...]


class Week(NamedTuple):
    """A course in the plan: its place on the line of weeks in percent; no place where nobody says how long it takes."""

    course: PlannedCourse
    when: str
    cost: str
    start: float
    width: float
    pages: tuple[str, ...]
    cited: str


class Show(NamedTuple):
    """What to have done before applying, and what it should show."""

    text: str
    whom: str
    shows: tuple[str, ...]


class PayLine(NamedTuple):
    """A line of pay, and the numbers of who says so."""

    bar: Bar
    cited: str


class Source(NamedTuple):
    """A numbered source, and its address if it has one."""

    name: str
    address: str | None


def _nowhere(_: str) -> None:
    """The address of a source, where none is known."""


def report_html(
    found: Routes, plan: Plan, brand: Brand | None = None, address: Callable[[str], str | None] = _nowhere
) -> bytes:
    """The report on the best of some routes, as one HTML file that prints on two pages and an appendix.

    Args:
        found: the routes; the first is reported, the others are named.
        plan: what to learn for it.
        brand: whose report it is; nobody's by default.
        address: the IRI of a source → its address, for the appendix.

    Returns:
        The file; the same answer gives the same bytes.
    """
    cited = Citations()
    route = found.routes[0]
    values = {
        "found": found,
        "route": route,
        "plan": plan,
        "brand": brand or NOBODY,
        "stops": _list_stops(route.steps, cited),
        "weeks": (weeks := list(_weeks(plan, cited))),
        "begin": _begin(weeks),
        "totals": format_totals(plan) if plan.courses else "",
        "by_work": _name_some([format_labels(item.any_of, " or ") for item in plan.by_work]),
        "stages": [(stage, [_show(item, cited) for item in stage.milestones]) for stage in plan.stages],
        "stations": list_stations([found.origin.label, *(step.destination.label for step in route.steps)]),
        "row": _ROW,
        "outlook": tell_outlook(found),
        "verdict": f"{grade_after_school(route)} ({format_feasibility(route.feasibility)})",
        "time": format_months(route.duration),
        "pays": _pay_lines(route.steps[-1], cited),
        "risks": (risks := list(_risks(route, plan, cited))),
        "others": [_in_a_line(other) for other in found.routes[1:]],
        "pay_lines": _FEWER_LINES if (close := _is_long(route, plan, risks)) else _PAY_LINES,
        "close": close,
        "brief": len(route.steps) > _STEPS,
        "sources": [Source(name, address(ref.id)) for name, ref in zip(cited.names, cited.sources, strict=True)],
        "styles": read_static("report.css"),
    }
    filled = load_templates().get_template("report/report.html").render(values)
    return f"{filled}\n".encode("utf-8", "backslashreplace")


def _is_long(route: Route, plan: Plan, risks: Sequence[str]) -> bool:
    said = max(0, sum(map(len, risks)) - _FEW_WORDS) // _WORDS_OF_A_ROW
    return len(route.steps) > _STEPS or _STEP_ROOM * len(route.steps) + len(plan.courses) + said > _MOST_ROOM


def list_stations(names: Sequence[str]) -> list[Station]:
    """The stops of the line, each name in as many rows as it takes not to touch the next one.

    Args:
        names: two or more, in their order.

    >>> list_stations(["Nurse", "Database administrator"])[1].x
    670.0
    """
    gap = _LINE / (len(names) - 1)
    letters = max(8, int(_ROOM * gap / _LETTER))
    wrap = partial(textwrap.wrap, width=letters, max_lines=_ROWS, placeholder="…", break_long_words=False)
    return [Station(round(30 + place * gap, 1), tuple(wrap(name))) for place, name in enumerate(names)]


def _list_stops(steps: Sequence[RouteStep], cited: Citations) -> list[Stop]:
    bars = max(_LEAST_BARS, _BARS // len(steps))
    return [_stop(number, step, bars, cited) for number, step in enumerate(steps, 1)]


def _stop(number: int, step: RouteStep, bars: int, cited: Citations) -> Stop:
    partly = sum(item.met > 0 for item in step.missing)
    counts = {"held": len(step.held), "partly": partly, "missing": len(step.missing) - partly}
    missing = _shortfalls(step.missing)
    return Stop(
        number=number,
        destination=step.destination,
        grade=grade_after_school(step),
        sourced=step.basis == "asserted",
        why=_why(step, cited),
        cells=list_skill_cells(counts),
        counts=counts,
        first=find_first_thing(step),
        held=_name_some(list(dict.fromkeys(ref.label for ref in step.held))),
        bars=missing[:bars],
        more=missing[bars:],
        time=format_months(step.duration),
        pay=shorten_pay(step, cited),
    )


def _shortfalls(missing: Sequence[Missing]) -> tuple[Shortfall, ...]:
    """What is missing, each name once: what two sources ask for alike, as the one has it that asks most."""
    found: dict[str, float] = {}
    for item in missing:
        name = format_labels(item.any_of, " or ")
        found[name] = min(item.met, found.get(name, 1.0))
    return tuple(Shortfall(name, round(100 * met)) for name, met in found.items())


def _name_some(names: Sequence[str], joint: str = ", ") -> str:
    """Some names, and how many there are besides."""
    more = len(names) - _NAMES
    return joint.join(names[:_NAMES]) + (f" and {more} more" if more > 0 else "")


def _begin(weeks: Sequence[Week]) -> tuple[Week, list[Week]] | None:
    """The first course, and what else begins in the first week; None where there is no course."""
    if not weeks:
        return None
    also = [week for week in weeks[1:] if week.width and not week.start]
    return weeks[0], also


def _pay_lines(step: RouteStep, cited: Citations) -> list[PayLine]:
    """What a role pays, those lines first that have figures, by currency."""
    chart = draw_pay_charts([step.pay], nodes=[step.destination.id])[0]
    bars = (*(bar for scale in chart.scales for bar in scale.bars), *chart.unscaled)
    return [PayLine(bar, cited.mark(bar.pay.evidence)) for bar in bars]


def _why(step: RouteStep, cited: Citations) -> str:
    if not step.transitions:
        return "Computed: no source names this step."
    move = max(step.transitions, key=lambda move: move.ease_weight)
    return f"{move.text.rstrip('.')}{cited.mark(move.evidence)}."


def _show(item: PlannedMilestone, cited: Citations) -> Show:
    whom = f" (advised to: {format_labels(item.advised_to)})" if item.advised_to and not item.strength else ""
    shows = tuple(f"{words.text.rstrip('.')}{cited.mark(words.evidence)}." for words in item.shows)
    return Show(f"{item.text.rstrip('.')}{cited.mark(item.evidence)}.", whom, shows)


def _weeks(plan: Plan, cited: Citations) -> Iterator[Week]:
    table = plan.timetable
    slots = {slot.course.id: slot for slot in table.slots} if table else {}
    weeks, done = (max(1, table.weeks) if table else 1), 0
    for item in plan.courses:
        slot, evidence = slots.get(item.course.id), cited.mark(list_figures_evidence(item))
        if slot is None:
            yield Week(item, f"after week {done}" if done else "first", cost_text(item), 0, 0, _pages(item), evidence)
            continue
        done = max(done, slot.last_week)
        start = 100 * (slot.first_week - 1) / weeks
        width = 100 * (slot.last_week - slot.first_week + 1) / weeks
        yield Week(item, _when(slot), cost_text(item), round(start, 1), round(width, 1), _pages(item), evidence)


def _when(slot: Slot) -> str:
    if slot.first_week == slot.last_week:
        return f"week {slot.first_week}"
    return f"weeks {slot.first_week}-{slot.last_week}"


def _pages(item: PlannedCourse) -> tuple[str, ...]:
    """What the hours count, and the pages that say how long a course takes and what it costs, each once."""
    pages = dict.fromkeys(page for figure in (*item.efforts, *item.prices) for page in figure.pages)
    return (*(f"its hours are {scope}" for scope in find_scopes(item)), *pages)


def _risks(route: Route, plan: Plan, cited: Citations) -> Iterator[str]:
    """What may go otherwise, in words: long shots, what sources disagree on, what nobody knows."""
    for step in route.steps:
        label = step.destination.label
        if step.feasibility < _LONG_SHOT:
            yield f"{label}: a long shot. Have something to fall back on."
        yield from (f"{label}: {remark.text}" for remark in step.remarks if remark.kind != "computed")
        yield from (f"{label}: {note.text.rstrip('.')}{cited.mark(note.evidence)}." for note in _apart(step))
    if plan.unknown:
        yield f"Nobody says how long these take: {format_labels(plan.unknown)}."
    untaught = dict.fromkeys(format_labels(item.any_of, " or ") for item in plan.uncovered if item.met < NEARLY)
    if untaught:
        yield f"No course on record covers {_name_some(list(untaught), '; ')}."
    if plan.cost_unknown:
        yield f"What these cost is not known: {format_labels(plan.cost_unknown)}."


def _apart(step: RouteStep) -> list[Note]:
    """What sources disagree on about a step, each once."""
    claims: tuple[Transition | Missing | Pay, ...] = (*step.transitions, *step.missing, *step.pay)
    notes = {note.id: note for claim in claims for note in claim.notes if note.kind == "disagreement"}
    return list(notes.values())


def _in_a_line(route: Route) -> str:
    stops = ", then ".join(step.destination.label for step in route.steps)
    kind = f"{', '.join(route.labels)}: " if route.labels else ""
    return f"{kind}{stops} ({grade_after_school(route)}, {format_months(route.duration)})"
