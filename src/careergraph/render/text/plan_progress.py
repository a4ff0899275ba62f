"""How a plan is going, as text."""

from __future__ import annotations

from collections.abc import Iterator

from careergraph.render.text.phrases import fill_paragraph, format_bullets, format_labels, format_section
from careergraph.transitions.plans.progress import Outstanding, Progress

_TITLES = {"late": "Late", "under way": "Under way", "to come": "To come"}


def format_progress(found: Progress) -> str:
    """The answer to `plan --resume`: what is done, late and left, and when the rest will be done from today on."""
    plan = found.plan
    total = len(found.done) + len(found.left)
    lines = fill_paragraph(f"From {plan.origin.label} to {plan.destination.label}, on {found.today}", hang=2)
    lines += ["", *fill_paragraph(f"Done: {len(found.done)} of {total} courses.", hang=2)]
    lines += format_bullets(ref.label for ref in found.done)
    for state, title in _TITLES.items():
        lines += format_section(title, format_bullets(_line(item) for item in found.left if item.state == state))
    lines += format_section(
        "To show or to reach", format_bullets(format_labels(group, " or ") for group in found.milestones)
    )
    return "\n".join([*lines, *_outlook(found)])


def _line(item: Outstanding) -> str:
    if item.state == "late":
        return f"{item.course.label}: was due by {item.last_day}"
    days = f": {item.first_day} to {item.last_day}" if item.first_day else ""
    return f"{item.course.label}{days}"


def _outlook(found: Progress) -> Iterator[str]:
    table, before = found.timetable, found.plan.timetable
    yield ""
    if not found.left:
        yield from fill_paragraph("All courses are done.")
    if found.left and table is not None and table.end is not None:
        planned = f"; the plan said {before.end}" if before and before.end else ""
        hours = f"{table.hours_per_week:g} hours a week"
        yield from fill_paragraph(f"From today on, at {hours}, what is left is done by {table.end}{planned}.", hang=2)
    if found.left and table is not None and table.without:
        yield from fill_paragraph(
            f"On top of that, because no source says how long: {format_labels(table.without)}.", hang=2
        )
    if found.left and (before is None or before.start is None):
        yield from fill_paragraph(
            "The plan has no dates: make it with --hours-per-week and --start to see what is late."
        )
