"""Plans as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from careergraph.catalogue.courses import Figure
from careergraph.model.records import Attribute, Evidence, Note, Ref
from careergraph.render.text.full import missing_text, remarks, tracks_text
from careergraph.render.text.phrases import bullets, format_citation, labels, paragraph, section
from careergraph.transitions.plans import Plan, PlannedCourse

_BY = {"hours": "in the fewest hours", "cost": "for the least money"}


def plan_text(found: Plan) -> str:
    """The answer to `plan`."""
    lines = paragraph(f"From {found.origin.label} to {found.destination.label}, {_BY[found.by]}", hang=2)
    lines += tracks_text(found.destination, found.tracks)
    if found.courses:
        lines += ["", *paragraph(f"Courses, in order: {totals_text(found)}", hang=2)]
    for place, item in enumerate(found.courses, 1):
        lines += _course(place, item)
    left = {
        "Milestones (no source says how long they take)": found.milestones,
        "No course covers": found.uncovered,
    }
    for title, missing in left.items():
        lines += section(title, bullets(f"{missing_text(item)} {format_citation(item.evidence)}" for item in missing))
    lines += section("About these claims", bullets(remarks(_notes(found))))
    if found.courses or found.milestones or found.uncovered:
        return "\n".join(lines)
    nothing = "Nothing is missing." if found.already else "No source says what this role asks for."
    return "\n".join([*lines, "", nothing])


def totals_text(found: Plan) -> str:
    """How long all courses take and what they cost, as far as that is known."""
    hours = f"{_range(found.hours_low, found.hours_high)} hours"
    cost = " + ".join(f"{money.currency} {_number(money.amount)}" for money in found.costs) or "free"
    return f"{_total('hours', hours, found.unknown, found)}; {_total('cost', cost, found.cost_unknown, found)}"


def _total(what: str, known: str, unknown: Sequence[Ref], found: Plan) -> str:
    if len(unknown) == len(found.courses):
        return f"{what} unknown"
    return f"{known} ({what} unknown for {labels(unknown)})" if unknown else known


def _course(place: int, item: PlannedCourse) -> list[str]:
    title = f"{place}. {item.course.label}: {hours_text(item)}, {cost_text(item)}"
    blocks = {
        "Covers": "; ".join(labels(group, " or ") for group in item.covers),
        "Take it after": labels(item.after),
        "Bring along, for no course before it teaches it": labels(item.bring),
    }
    texts = [f"{heading}: {text}" for heading, text in blocks.items() if text]
    texts += [_stated_lines([claim], claim.evidence) for claim in item.prerequisites]
    texts += [_figure(figure) for figure in (*_basis_text(item), *item.prices)]
    return [*paragraph(title, hang=3), *bullets(texts, 3)]


def _basis_text(item: PlannedCourse) -> Iterable[Figure]:
    """The figures behind the hours; where there are none, all that is said about the time."""
    return [figure for figure in item.efforts if figure.low is not None or item.hours_low is None]


def hours_text(item: PlannedCourse) -> str:
    """How long a course takes, or that nobody says."""
    if item.hours_low is None:
        return "hours unknown"
    if item.hours_high is None:
        return f"at least {_number(item.hours_low)} hours, how many more is unknown"
    figures = [figure for figure in item.efforts if figure.low is not None]
    differ = " (sources differ)" if len({(figure.low, figure.high) for figure in figures}) > 1 else ""
    partial = " (mind what they count)" if any(figure.scope for figure in figures) else ""
    return f"{_range(item.hours_low, item.hours_high)} hours{differ}{partial}"


def cost_text(item: PlannedCourse) -> str:
    """What a course costs, or that nobody says."""
    if item.cost is None:
        return "cost unknown"
    return f"{item.currency} {_number(item.cost)}" if item.cost else "free"


def _figure(figure: Figure) -> str:
    """What pages say, what figure comes of it, who says so, and what the pages are."""
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
