"""Plans as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from careergraph.catalogue.courses import Figure
from careergraph.model.records import Attribute, Evidence, Note, Ref
from careergraph.render.text.full import format_missing, format_tracks, list_remarks
from careergraph.render.text.phrases import (
    fill_paragraph,
    format_bullets,
    format_citation,
    format_feasibility,
    format_labels,
    format_section,
)
from careergraph.render.text.verdict import format_months, grade
from careergraph.transitions.gaps import Missing
from careergraph.transitions.plans.records import NEARLY, Partly, Plan, PlannedCourse, Plans, Stage
from careergraph.transitions.plans.timetables import Slot

#: How many requirements that are not nearly met a brief answer lists.
_MOST_UNCOVERED = 10
#: From how many hours on a sum is told in whole hours.
_MANY_HOURS = 10
_BY = {
    "hours": "in the fewest hours",
    "cost": "for the least money",
    "time": "in the least time, with courses side by side",
}


def plan_text(found: Plan, *, full: bool = False) -> str:
    """The answer to `plan`.

    Args:
        found: the answer.
        full: whether to give everything that pages say about each course, instead of only naming the pages.
    """
    lines = fill_paragraph(f"From {found.origin.label} to {found.destination.label}, {_BY[found.by]}", hang=2)
    lines += format_tracks(found.destination, found.tracks)
    lines += _route_lines(found)
    if found.courses:
        lines += ["", *fill_paragraph(f"Courses, in order: {format_totals(found)}", hang=2)]
    lines += _timetable_lines(found)
    places = {item.course.id: place for place, item in enumerate(found.courses, 1)}
    for number, stage in enumerate(found.stages, 1):
        if len(found.stages) > 1:
            lines += [
                "",
                *fill_paragraph(
                    f"Step {number}: {stage.destination.label}{f' ({told})' if (told := tell_stage(stage)) else ''}",
                    hang=2,
                ),
            ]
        for item in found.courses:
            if item.stage == number:
                place = places[item.course.id]
                lines += _course(place, item, found.courses[: place - 1], _when(found, item), full=full)
        lines += _stage_lines(stage)
    lines += format_section("Practice has to do the rest", format_bullets(map(_partly_text, found.partly)))
    lines += _work_lines(found)
    title = "Milestones (no source says how long they take)"
    lines += format_section(title, format_bullets(_left_text(item, ()) for item in found.milestones))
    lines += _uncovered_lines(found, full=full)
    lines += format_section("About these claims", format_bullets(list_remarks(_notes(found))))
    if found.courses or found.milestones or found.uncovered:
        return "\n".join(lines)
    nothing = "Nothing is missing." if found.already or found.by_work else "No source says what this role asks for."
    return "\n".join([*lines, "", nothing])


def format_plans(found: Plans, *, full: bool = False) -> str:
    """The answer to `plan -k`: the plans for several routes, one below the other."""
    texts = []
    for number, each in enumerate(found.plans, 1):
        stops = " -> ".join([each.origin.label, *(stage.destination.label for stage in each.stages)])
        heading = "\n".join(fill_paragraph(f"Plan {number} of {len(found.plans)}: {stops}", hang=2))
        texts.append(f"{heading}\n\n{plan_text(each, full=full)}")
    return "\n\n\n".join(texts)


def _uncovered_lines(found: Plan, *, full: bool) -> list[str]:
    """What no course covers; a brief answer only names what is nearly there, and cuts a long list."""
    nearest = {item.any_of: item.courses for item in found.nearest}
    near = () if full else tuple(item for item in found.uncovered if item.met >= NEARLY)
    far = [item for item in found.uncovered if item not in near]
    shown = far if full else far[:_MOST_UNCOVERED]
    texts = [_left_text(item, nearest.get(item.any_of, ()), full=full) for item in shown]
    texts += [f"{len(far) - len(shown)} more: --full lists them"] if len(far) > len(shown) else []
    lines = format_section("No course covers", format_bullets(texts))
    if near:
        names = ", ".join(dict.fromkeys(format_labels(item.any_of, " or ") for item in near))
        lines += ["", *fill_paragraph(f"Nearly there, so that work does the rest: {names}.", hang=2)]
    return lines


def _work_lines(found: Plan) -> list[str]:
    """What is only estimated and comes with the work, by name."""
    if not found.by_work:
        return []
    names = ", ".join(format_labels(item.any_of, " or ") for item in found.by_work)
    said = "Left to the work itself, for no source asks for it: people there are estimated to know, or to know deeper,"
    return ["", *fill_paragraph(f"{said} {names}.", hang=2)]


def _route_lines(found: Plan) -> list[str]:
    """How hard the route is and how long it takes: the courses are only a part of it."""
    told = tell_route(found, figures=True)
    if not told:
        return []
    stops = " -> ".join([found.origin.label, *(stage.destination.label for stage in found.stages)])
    hint = " --straight plans without the stops." if len(found.stages) > 1 else ""
    if grade(found.feasibility or 0) == grade(0):
        hint += " Have something to fall back on; `path` weighs other ways, such as a degree."
    return ["", *fill_paragraph(f"Route: {stops}: {told}.{hint}", hang=2)]


def tell_route(found: Plan, *, figures: bool = False) -> str:
    """How hard the route of a plan is and how long it takes, without a full stop; empty if that is not known.

    Args:
        found: the plan.
        figures: whether to give the feasibility as a number besides.
    """
    if found.feasibility is None or found.duration is None:
        return ""
    hard = f"{grade(found.feasibility)}{f' ({format_feasibility(found.feasibility)})' if figures else ''}"
    stays = ", with a year or two in each stop" if len(found.stages) > 1 else ""
    return f"{hard}, {format_months(found.duration)} in all{stays}; courses are a part of it"


def tell_stage(stage: Stage) -> str:
    """How hard a step of a plan is and how long it takes; empty if that is not known."""
    if stage.feasibility is None or stage.duration is None:
        return ""
    return f"{grade(stage.feasibility)}, {format_months(stage.duration)}"


def _timetable_lines(found: Plan) -> list[str]:
    table = found.timetable
    if table is None or not table.slots:
        return []
    days = f", from {table.start} to {table.end}" if table.start else ""
    each = f" for each of up to {table.side_by_side} courses side by side" if table.side_by_side > 1 else ""
    weeks = "1 week" if table.weeks == 1 else f"{table.weeks} weeks"
    on_top = "projects, and the time in each stop," if len(found.stages) > 1 else "projects"
    said = f"At {_number(table.hours_per_week)} hours a week{each}: {weeks}{days}; {on_top} come on top."
    more = (
        [f"Not in these weeks, because no source says how long they take: {format_labels(table.without)}."]
        if table.without
        else []
    )
    return ["", *fill_paragraph(" ".join([said, *more]), hang=2)]


def _stage_lines(stage: Stage) -> list[str]:
    lines: list[str] = []
    for item in stage.milestones:
        strength = f" ({item.strength})" if item.strength else ""
        whom = f" (advised to: {format_labels(item.advised_to)})" if item.advised_to and not item.strength else ""
        said = f"{format_labels(item.any_of, ' or ')}{strength}: {item.text}{whom} {format_citation(item.evidence)}"
        lines += format_bullets([said])
        lines += format_bullets((f"{words.text} {format_citation(words.evidence)}" for words in item.shows), 4)
    shown = format_section("To show, as sources advise", lines)
    *several, last = stage.apply_when
    if not several:
        return [*shown, "", *fill_paragraph(f"Apply for {stage.destination.label} when {last}.", hang=2)]
    return [*shown, *format_section(f"Apply for {stage.destination.label} when", format_bullets(stage.apply_when))]


def _partly_text(item: Partly) -> str:
    what = format_labels(item.any_of, " or ")
    return f"{what}: courses teach it to the level {item.taught}, the role asks for {item.asked}"


def _left_text(item: Missing, courses: Sequence[Ref], *, full: bool = True) -> str:
    near = f"; nearest: {format_labels(courses)}" if courses else ""
    text = format_missing(item) if full or not courses else format_missing(item).partition("; taught")[0]
    return f"{text}{near} {format_citation(item.evidence) if item.evidence else ''}".rstrip()


def format_totals(found: Plan) -> str:
    """How long all courses take and what they cost, as far as that is known."""
    least = found.hours_low + sum(item.hours_low or 0.0 for item in found.courses if not item.hours_known)
    hours = f"{_range(_rounded(found.hours_low), _rounded(found.hours_high))} hours"
    if least > found.hours_low:  # of some courses only the least is known
        hours = f"at least {_number(_rounded(least))} hours"
    cost = " + ".join(f"{money.currency} {_number(money.amount)}" for money in found.costs) or "free"
    return f"{_total('hours', hours, found.unknown, found)}; {_total('cost', cost, found.cost_unknown, found)}"


def _rounded(hours: float) -> float:
    """A sum of hours without decimals, which no sum of such figures deserves, unless it is small."""
    return round(hours) if hours >= _MANY_HOURS else hours


def _total(what: str, known: str, unknown: Sequence[Ref], found: Plan) -> str:
    if len(unknown) == len(found.courses):
        return f"{what} unknown"
    return f"{known} ({what} unknown for {format_labels(unknown)})" if unknown else known


def _course(place: int, item: PlannedCourse, before: Sequence[PlannedCourse], when: str, *, full: bool) -> list[str]:
    whose = f" ({item.provider.label})" if item.provider and item.provider.label not in item.course.label else ""
    title = f"{place}. {item.course.label}{whose}: {format_hours(item)}, {cost_text(item)}"
    told = {format_labels(group, " or ") for other in before for group in other.covers}
    covered = dict.fromkeys(format_labels(group, " or ") for group in item.covers)
    blocks = {
        "When": when,
        "Covers": "; ".join(name for name in covered if name not in told),
        "Covers again": "; ".join(name for name in covered if name in told),
        "For courses after it": "" if item.covers else format_labels(item.prepares),
        "Take it after": format_labels(item.after),
        "You need, and no course before it teaches": format_labels(item.bring),
        "Where": item.url or "",
    }
    texts = [f"{heading}: {text}" for heading, text in blocks.items() if text]
    if full:
        texts += [_stated_lines([claim], claim.evidence) for claim in item.prerequisites]
        texts += [_figure(figure) for figure in (*_basis_text(item), *item.prices)]
    else:
        texts += _says_who(item)
    return [*fill_paragraph(title, hang=3), *format_bullets(texts, 3)]


def format_coverage(item: PlannedCourse) -> str:
    """What a course covers, each name once: two sources may ask for one thing."""
    return "; ".join(dict.fromkeys(format_labels(group, " or ") for group in item.covers))


def _when(found: Plan, item: PlannedCourse) -> str:
    """The weeks of a course; for one of unknown length, the course after which it comes."""
    slots = {slot.course.id: slot for slot in found.timetable.slots} if found.timetable else {}
    if item.course.id in slots or not slots:
        return format_when(slots[item.course.id]) if slots else ""
    before = [
        slots[other.course.id] for other in found.courses[: found.courses.index(item)] if other.course.id in slots
    ]
    start = f"after week {max(slot.last_week for slot in before)}" if before else "first"
    return f"{start}, for as long as it takes; what follows moves back by that"


def format_when(slot: Slot) -> str:
    """The weeks of a course, and its days if the plan has any."""
    weeks = (
        f"week {slot.first_week}" if slot.first_week == slot.last_week else f"weeks {slot.first_week}-{slot.last_week}"
    )
    days = f", {slot.first_day} to {slot.last_day}" if slot.first_day else ""
    return weeks + days + (", or longer" if slot.open_ended else "")


def _says_who(item: PlannedCourse) -> list[str]:
    """The pages behind hours and price, each with what it is and how old."""
    evidence = list_figures_evidence(item)
    return [f"Hours and price: {format_citation(evidence)}; {format_age(item)}"] if evidence else []


def format_age(item: PlannedCourse) -> str:
    """How old the pages on hours and price are; those older than two years may be out of date."""
    if item.as_of is None:
        return "undated"
    day = f"since {item.old} it may have changed" if item.old else f"as of {item.as_of}"
    return f"{day}, in part undated" if item.undated else day


def list_figures_evidence(item: PlannedCourse) -> list[Evidence]:
    """Who says how long a course takes and what it costs."""
    figures = (*_basis_text(item), *item.prices)
    said = [claim.evidence for figure in figures for claim in (*figure.claims, *figure.scope)]
    return list(dict.fromkeys(one for each in said for one in each))


def _basis_text(item: PlannedCourse) -> Iterable[Figure]:
    """The figures behind the hours; where there are none, everything stated about the time."""
    return [figure for figure in item.efforts if figure.low is not None or item.hours_low is None]


def format_hours(item: PlannedCourse) -> str:
    """How long a course takes, or that this is unknown."""
    if item.hours_low is None:
        return "hours unknown"
    if item.hours_high is None:
        return f"at least {_number(item.hours_low)} hours, how many more is unknown"
    figures = [figure for figure in item.efforts if figure.low is not None]
    differ = " (sources differ)" if len({(figure.low, figure.high) for figure in figures}) > 1 else ""
    partial = f" ({'; '.join(scopes)})" if (scopes := find_scopes(item)) else ""
    return f"{_range(item.hours_low, item.hours_high)} hours{differ}{partial}"


def find_scopes(item: PlannedCourse) -> tuple[str, ...]:
    """What the hours of a course include or leave out according to its pages, each once."""
    return tuple(dict.fromkeys(claim.value for figure in _basis_text(item) for claim in figure.scope))


def cost_text(item: PlannedCourse) -> str:
    """What a course costs, or that this is unknown."""
    if item.cost is None:
        return "cost unknown"
    return f"{item.currency} {_number(item.cost)}" if item.cost else "free"


def _figure(figure: Figure) -> str:
    """What pages say, the figure computed from it, who says so, and what kind of pages they are."""
    claims = (*figure.claims, *figure.scope)
    result = f"Computed: {figure.computed} = {_range(figure.low, figure.high)}, from " if figure.computed else ""
    stated = _stated_lines(claims, dict.fromkeys(item for claim in claims for item in claim.evidence), result)
    return "; ".join([stated, *figure.pages])


def _stated_lines(claims: Iterable[Attribute], evidence: Iterable[Evidence], result: str = "") -> str:
    said = result + "; ".join(map(_note_lines, claims))
    return f"{said[:1].upper()}{said[1:]} {format_citation(evidence)}"


def _note_lines(claim: Attribute) -> str:
    remark = f" ({claim.remark})" if claim.remark else ""
    value = " ".join(filter(None, (claim.value, claim.unit)))
    return f"{claim.property.replace('_', ' ')}: {value}{remark}"


def _notes(found: Plan) -> Iterable[Note]:
    for item in found.courses:
        figures = (*item.efforts, *item.prices)
        claims = (*item.prerequisites, *(claim for figure in figures for claim in (*figure.claims, *figure.scope)))
        yield from (note for claim in claims for note in claim.notes)
    yield from (note for item in (*found.milestones, *found.uncovered) for note in item.notes)


def _range(low: float | None, high: float | None) -> str:
    ends = [_number(end) for end in (low, high) if end is not None]
    return "-".join(dict.fromkeys(ends)) if high is not None else f"{ends[0]} or more"


def _number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")
