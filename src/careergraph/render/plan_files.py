"""Plans for calendars, documents and sheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from careergraph.model.errors import NothingAsked
from careergraph.model.escaping import to_safe_text
from careergraph.render.text.phrases import format_labels
from careergraph.render.text.plan import cost_text, format_coverage, format_hours, format_totals, format_when
from careergraph.transitions.plans.records import Plan, PlannedCourse
from careergraph.transitions.plans.timetables import Slot

_COLUMNS = ("place", "step", "course", "provider", "covers", "hours_low", "hours_high", "cost", "currency")
_WEEKS = ("first_week", "last_week", "first_day", "last_day", "url", "as_of")


def plan_calendar(found: Plan) -> str:
    """The plan as iCalendar (RFC 5545): an all-day entry for each course with dates.

    Raises:
        NothingAsked: the plan has no days, since no hours per week or no start were given.
    """
    table = found.timetable
    if table is None or table.start is None:
        raise NothingAsked("A calendar needs days: give --hours-per-week and --start.")
    courses = {item.course.id: item for item in found.courses}
    events = (line for slot in table.slots for line in _event(slot, courses[slot.course.id], table.start))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//careergraph//plan//EN", *events, "END:VCALENDAR"]
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line))


def _event(slot: Slot, item: PlannedCourse, start: str) -> list[str]:
    first, last = (date.fromisoformat(day or start) for day in (slot.first_day, slot.last_day))
    told = f"{format_hours(item)}, {cost_text(item)}. {item.url or ''}".strip()
    return [
        "BEGIN:VEVENT",
        f"UID:{first:%Y%m%d}-{item.course.id.rsplit('/', 1)[-1]}@careergraph",
        f"DTSTAMP:{start.replace('-', '')}T000000Z",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(item.course.label)}",
        f"DESCRIPTION:{_escape(told)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escape(text: str) -> str:
    return to_safe_text(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> Iterable[str]:
    """A line in pieces of at most 75 octets, as the standard requires; no character is split."""
    piece, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > 75:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    yield piece


def plan_markdown(found: Plan) -> str:
    """The plan as Markdown: a list of tasks for each step of the route."""
    lines = [f"# From {found.origin.label} to {found.destination.label}", ""]
    if found.courses:
        lines += [f"{format_totals(found)}.", ""]
    for number, stage in enumerate(found.stages, 1):
        lines += [f"## Step {number}: {stage.destination.label}", ""]
        lines += [_task(item, found) for item in found.courses if item.stage == number]
        lines += [f"- [ ] {format_labels(item.any_of, ' or ')}: {item.text}" for item in stage.milestones]
        lines += ["", f"Apply when {'; '.join(stage.apply_when)}.", ""]
    for title, items in {"No course covers": found.uncovered, "Left to the work itself": found.by_work}.items():
        if items:
            lines += [f"## {title}", "", *(f"- {format_labels(item.any_of, ' or ')}" for item in items), ""]
    return to_safe_text("\n".join(lines).rstrip() + "\n")


def _task(item: PlannedCourse, found: Plan) -> str:
    name = f"[{item.course.label}]({item.url})" if item.url else item.course.label
    slots = found.timetable.slots if found.timetable else ()
    weeks = next((f", {format_when(slot)}" for slot in slots if slot.course == item.course), "")
    covers = format_coverage(item)
    return f"- [ ] {name}: {format_hours(item)}, {cost_text(item)}{weeks}" + (f" ({covers})" if covers else "")


def plan_csv(found: Plan) -> str:
    """The plan as CSV (RFC 4180): a row for each course. What is unknown is left empty."""
    slots = {slot.course.id: slot for slot in found.timetable.slots} if found.timetable else {}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((*_COLUMNS, *_WEEKS))
    for place, item in enumerate(found.courses, 1):
        slot = slots.get(item.course.id)
        weeks = (slot.first_week, slot.last_week, slot.first_day, slot.last_day) if slot else (None,) * 4
        covers = format_coverage(item)
        provider = item.provider.label if item.provider else None
        known = (item.hours_low, item.hours_high, item.cost, item.currency)
        writer.writerow((place, item.stage, item.course.label, provider, covers, *known, *weeks, item.url, item.as_of))
    return out.getvalue()


#: Format → the function that writes a plan in it.
PLAN_FILES: dict[str, Callable[[Plan], str]] = {"ics": plan_calendar, "md": plan_markdown, "csv": plan_csv}
