"""A report to hand over: the route as a line with stops, the gap as bars, the plan, pay, risks, numbered sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careergraph.model.records import Ref
from careergraph.render.assets import environment, static_text
from careergraph.render.html.report_brand import NOBODY, Brand
from careergraph.render.html.step_card import Cell, skill_cells
from careergraph.render.text.citations import Citations
from careergraph.render.text.phrases import format_feasibility, labels
from careergraph.render.text.routes import disagreements, first_thing, grade_after_school, months, pay_in_short
from careergraph.transitions.plan_records import Plan, PlannedCourse
from careergraph.transitions.routes import Route, Routes, RouteStep
from careergraph.transitions.timetables import Slot

#: A step that is harder than this is a risk to name.
_LONG_SHOT = 0.12
_MOST_MISSING = 8


class Stop(NamedTuple):
    """A step as the report shows it."""

    number: int
    destination: Ref
    grade: str
    sourced: bool
    why: str
    cells: tuple[Cell, ...]
    counts: dict[str, int]
    first: str
    missing: tuple[str, ...]
    more: int
    time: str
    pay: str


class Week(NamedTuple):
    """A course in the plan: its place on the line of weeks in percent; no place where nobody says how long it takes."""

    course: PlannedCourse
    when: str
    start: float
    width: float
    pages: tuple[str, ...]


def report_html(found: Routes, plan: Plan, brand: Brand | None = None) -> bytes:
    """The report on the best of some routes, as one HTML file that prints on two pages and an appendix.

    Args:
        found: the routes; the first is reported, the others are named.
        plan: what to learn for it.
        brand: whose report it is; nobody's by default.

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
        "stops": [_stop(number, step, cited) for number, step in enumerate(route.steps, 1)],
        "weeks": list(_weeks(plan)),
        "stations": [found.origin.label, *(step.destination.label for step in route.steps)],
        "verdict": f"{grade_after_school(route)} ({format_feasibility(route.feasibility)})",
        "time": months(route.duration),
        "risks": list(_risks(route, plan)),
        "others": [_in_a_line(other) for other in found.routes[1:]],
        "sources": cited.names,
        "styles": static_text("report.css"),
    }
    filled = environment().get_template("report/report.html").render(values)
    return f"{filled}\n".encode("utf-8", "backslashreplace")


def _stop(number: int, step: RouteStep, cited: Citations) -> Stop:
    partly = sum(item.met > 0 for item in step.missing)
    counts = {"held": len(step.held), "partly": partly, "missing": len(step.missing) - partly}
    names = list(dict.fromkeys(labels(item.any_of, " or ") for item in step.missing))
    return Stop(
        number=number,
        destination=step.destination,
        grade=grade_after_school(step),
        sourced=step.basis == "asserted",
        why=_why(step, cited),
        cells=skill_cells(counts),
        counts=counts,
        first=first_thing(step),
        missing=tuple(names[:_MOST_MISSING]),
        more=max(0, len(names) - _MOST_MISSING),
        time=months(step.duration),
        pay=pay_in_short(step.pay, cited) or "No source says.",
    )


def _why(step: RouteStep, cited: Citations) -> str:
    if not step.transitions:
        return "Computed: no source names this step."
    move = max(step.transitions, key=lambda move: move.ease_weight)
    return f"{move.text.rstrip('.')}{cited.mark(move.evidence)}."


def _weeks(plan: Plan) -> Iterator[Week]:
    table = plan.timetable
    slots = {slot.course.id: slot for slot in table.slots} if table else {}
    weeks = max(1, table.weeks) if table else 1
    for item in plan.courses:
        slot = slots.get(item.course.id)
        if slot is None:
            yield Week(item, "", 0, 0, _pages(item))
            continue
        start = 100 * (slot.first_week - 1) / weeks
        width = 100 * (slot.last_week - slot.first_week + 1) / weeks
        yield Week(item, _when(slot), round(start, 1), round(width, 1), _pages(item))


def _when(slot: Slot) -> str:
    if slot.first_week == slot.last_week:
        return f"week {slot.first_week}"
    return f"weeks {slot.first_week}-{slot.last_week}"


def _pages(item: PlannedCourse) -> tuple[str, ...]:
    """The pages that say how long a course takes and what it costs, each once."""
    return tuple(dict.fromkeys(page for figure in (*item.efforts, *item.prices) for page in figure.pages))


def _risks(route: Route, plan: Plan) -> Iterator[str]:
    """What may go otherwise, in words."""
    for step in route.steps:
        label = step.destination.label
        if step.feasibility < _LONG_SHOT:
            yield f"{label}: a long shot. Have something to fall back on."
        yield from (f"{label}: {remark.text}" for remark in step.remarks if remark.kind != "computed")
        apart = disagreements(step).partition(":")[0]
        if apart:
            yield f"{label}: {apart[0].lower()}{apart[1:]}."
    if plan.unknown:
        yield f"Nobody says how long these take: {labels(plan.unknown)}."
    if plan.uncovered:
        left = "; ".join(labels(item.any_of, " or ") for item in plan.uncovered)
        yield f"No course on record covers {left}."
    if plan.cost_unknown:
        yield f"What these cost is not known: {labels(plan.cost_unknown)}."


def _in_a_line(route: Route) -> str:
    stops = ", then ".join(step.destination.label for step in route.steps)
    kind = f"{', '.join(route.labels)}: " if route.labels else ""
    return f"{kind}{stops} ({grade_after_school(route)}, {months(route.duration)})"
