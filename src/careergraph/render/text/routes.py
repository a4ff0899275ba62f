"""Routes as short text: the stops, how hard and how long the route is, and for each step what to do about it.

This text fits on a screen; `careergraph.render.text.full` has everything that sources say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from careergraph.model.records import Pay, Transition
from careergraph.render.text.citations import Citations
from careergraph.render.text.full import format_factors
from careergraph.render.text.phrases import (
    count_points,
    fill_paragraph,
    format_labels,
    format_pay_figures,
    tell_whose_pay,
)
from careergraph.render.text.verdict import (
    YEARS,
    count_months_at_school,
    format_months,
    format_outlook_lines,
    is_no_advice,
    tell_how_hard,
)
from careergraph.transitions.criteria import CRITERIA
from careergraph.transitions.durations import Duration
from careergraph.transitions.gaps import Missing
from careergraph.transitions.route_steps import Route, Routes, RouteStep, is_hopeless
from careergraph.transitions.studies import LONG_SHOT

#: This many missing things are named; the rest are counted.
MOST_MISSING = 5
#: A requirement met to this share counts as nearly there, and is named last.
_NEARLY = 0.9
#: A requirement met to this share is not what to begin with: the rest of it comes with the work.
_WORTH_LEARNING = 0.75

#: Among several routes, a best one of more steps than this has only its first step in full.
_FEW_STEPS = 3


def format_routes(found: Routes, *, explain: bool = False) -> str:
    """The routes of a `path` answer: the best one with its steps, the others in brief, and the sources they cite.

    Args:
        found: the answer.
        explain: whether to break each feasibility down into its factors.
    """
    cited = Citations()
    lines = fill_paragraph(f"From {found.origin.label} to {found.destination.label}", hang=2)
    lines += format_outlook_lines(found)
    for number, route in enumerate(found.routes, 1):
        lines += ["", *_heading(number, route, found.routes)]
        in_brief = number > 1 or is_hopeless(route)
        in_full = len(route.steps) if len(found.routes) == 1 or len(route.steps) <= _FEW_STEPS else 1
        if is_no_advice(route, found):
            lines += fill_paragraph(_computed_steps(route), 2)
            continue
        for place, step in enumerate(route.steps, 1):
            is_short = in_brief or place > in_full
            lines += _brief(place, step, explain) if is_short else _step(place, step, cited, explain)
    lines += cited.lines()
    return "\n".join([*lines, "", *fill_paragraph(_hint(found))])


def _computed_steps(route: Route) -> str:
    """How many of a route's steps are computed, where they are not shown one by one."""
    computed = sum(step.basis != "asserted" for step in route.steps)
    named = len(route.steps) - computed
    return f"Sources name {named} of these moves; the rest is computed." if named else "No source names these moves."


def _hint(found: Routes) -> str:
    unproven = "" if found.proven else "Other routes may be as good: among so many, not all were compared. "
    is_far = found.routes[0].feasibility < LONG_SHOT
    nearer = "`careergraph reach`, with the same origin, lists what is nearer. " if is_far else ""
    return f"{unproven}{nearer}--full has everything that sources say, --explain how each figure comes about."


def _heading(number: int, route: Route, routes: Sequence[Route]) -> list[str]:
    total = len(routes)
    stops = " -> ".join([route.steps[0].origin.label, *(step.destination.label for step in route.steps)])
    best_by = "best by every measure" if len(route.labels) == len(CRITERIA) else ", ".join(route.labels)
    if number > 1 and not best_by:
        best_by = "some of the same stops" if _stops(route) & _stops(*routes[: number - 1]) else "by other stops"
    kind = f" ({best_by})" if best_by else ""
    name = "Route" if total == 1 else "Best route" if number == 1 else f"Route {number}"
    steps = "1 step" if len(route.steps) == 1 else f"{len(route.steps)} steps"
    said = f"{steps}, {tell_how_hard(route)}; {format_months(route.duration)}"
    said += ", with a year or two in each stop" if any(part.name == "stay" for part in route.duration.parts) else ""
    return [*fill_paragraph(f"{name}{kind}: {stops}", hang=2), *fill_paragraph(f"{said}.", 2)]


def _stops(*routes: Route) -> set[str]:
    return {step.destination.id for route in routes for step in route.steps[:-1]}


def _step(place: int, step: RouteStep, cited: Citations, explain: bool) -> list[str]:
    lines = ["", *fill_paragraph(f"{place}. {step.origin.label} -> {step.destination.label}", hang=3)]
    rows = (
        ("How hard", f"{tell_difficulty(step, cited)}."),
        ("Do first", find_first_thing(step)),
        ("Missing", shorten_missing(step.missing)),
        ("Time", f"{format_months(step.duration)}{_parts(step.duration)}."),
        ("Pay", shorten_pay(step, cited)),
        ("Note", " ".join(remark.text for remark in step.remarks if remark.kind not in ("computed", "observed"))),
        ("Observed", " ".join(remark.text for remark in step.remarks if remark.kind == "observed")),
        ("Caution", count_disagreements(step)),
    )
    for name, text in rows:
        if text:
            lines += fill_paragraph(f"{name:<9} {text}", 3, 10)
    return lines + (format_factors(step) if explain else [])


def _brief(place: int, step: RouteStep, explain: bool) -> list[str]:
    said = f"{tell_how_hard(step)}, {format_months(step.duration)}{'' if step.basis == 'asserted' else ', computed'}"
    text = f"{place}. {step.origin.label} -> {step.destination.label}: {said}. {shorten_missing(step.missing)}"
    return [*fill_paragraph(text.strip(), 2, 3), *(format_factors(step) if explain else [])]


def tell_difficulty(step: RouteStep, cited: Citations) -> str:
    """How hard a step is: the source's words, or how common such moves are; and the number."""
    said = tell_how_hard(step)
    why = [_name_sources(step, cited), _common(step)]
    if step.basis != "asserted":
        why.append("no source names this step: it is computed")
    return "; ".join([said[0].upper() + said[1:], *filter(None, why)])


def _name_sources(step: RouteStep, cited: Citations) -> str:
    """Which source names the step, and whether it says how easy it is or only lists the two as related."""
    if not step.transitions:
        return ""
    move = max(step.transitions, key=lambda move: move.ease_weight)
    source = next((item.source.label for item in move.evidence), "a source")
    is_list = not move.ease or bool(step.between)  # a list of related occupations has grades, but no words
    says = "lists the two as related" if is_list else f'calls it "{move.ease}"'
    for_whom = "" if is_list or move.origin == step.origin else f' for any "{move.origin.label}"'
    return f"{source} {says}{for_whom}{cited.mark(move.evidence)}"


def _common(step: RouteStep) -> str:
    if step.lift is None:
        return ""
    others = [ref for ref in step.between if ref not in (step.origin, step.destination)]
    moves = f"moves between {format_labels(step.between, ' and ')}" if others else "such moves"
    return f"{moves} are {tell_times_chance(step.lift)}"


def tell_times_chance(lift: float) -> str:
    """How common a move is, compared with what the sizes of the two occupations would give by chance.

    >>> tell_times_chance(4.2), tell_times_chance(1.1), tell_times_chance(0.3)
    ('about 4 times as common as chance', 'about as common as chance', 'rarer than chance')
    """
    if lift < 0.67:
        return "rarer than chance"
    return "about as common as chance" if lift < 1.5 else f"about {lift:.0f} times as common as chance"


def find_first_thing(step: RouteStep) -> str:
    """What to do first: what a source calls most important, else its first advice, else the first thing missing."""
    advice = [item for move in step.transitions for item in move.steps]
    if advice:
        best = next((item for item in advice if item.strength and "most important" in item.strength), advice[0])
        return best.text
    school = count_months_at_school(step.duration)
    if school >= YEARS:
        return f"Find a school: about {school / 12:.0f} years of it come first."
    wanted = [item for item in step.missing if item.met < _WORTH_LEARNING][:MOST_MISSING]
    lacking = min(wanted, key=lambda item: not item.courses, default=None)
    if lacking is None and any(remark.kind == "unknown" for remark in step.remarks):
        return "Ask what it takes: no source says."
    if lacking is None:
        return f"Apply: {'most of ' if step.missing else ''}what is asked for is held."
    course = f', with "{lacking.courses[0].label}"' if lacking.courses else ""
    verb = "Get" if lacking.any_of[0].kind != "skill" else "Learn"
    return f"{verb}: {format_labels(lacking.any_of, ' or ')}{course}."


def shorten_missing(missing: Sequence[Missing]) -> str:
    """The first things that are missing, how far each is there, and how many more there are.

    >>> shorten_missing(())
    ''
    """
    by_name: dict[str, Missing] = {}  # a skill and a field of knowledge may be called the same
    for item in sorted(missing, key=lambda item: item.met >= _NEARLY):
        by_name.setdefault(format_labels(item.any_of, " or "), item)
    first = list(by_name.items())[:MOST_MISSING]
    texts = [f"{name}{f' ({item.met:.0%} there)' if item.met else ''}" for name, item in first]
    more = len(by_name) - len(first)
    estimated = " (estimated)" if any(item.estimated for _, item in first) else ""
    return f"{'; '.join(texts)}{f'; {more} more' if more > 0 else ''}{estimated}." if texts else ""


def _parts(duration: Duration) -> str:
    named = [part.name for part in duration.parts if part.high]
    return f" ({' + '.join(dict.fromkeys(named))})" if named else ""


def shorten_pay(step: RouteStep, cited: Citations) -> str:
    """The first pay line of where a step leads that has figures, and how many more there are."""
    lines = [item for item in step.pay if item.low and item.high]
    if not lines:
        return ""
    more = f"; {len(lines) - 1} more" if len(lines) > 1 else ""
    whose = tell_whose_pay(lines[0], step.destination.id)
    return f"{whose}{format_pay_figures(lines[0])}{cited.mark(lines[0].evidence)}{more}."


def count_disagreements(step: RouteStep) -> str:
    """How many notes there are on the claims about a step: first the disagreements, then the others."""
    claims: Iterable[Transition | Missing | Pay] = (*step.transitions, *step.missing, *step.pay)
    notes = {note.id: note.kind for claim in claims for note in claim.notes}
    apart = sum(kind == "disagreement" for kind in notes.values())
    rest = len(notes) - apart
    texts = [f"sources disagree on {count_points(apart)}"] if apart else []
    texts += [f"{count_points(rest)} {'needs' if rest == 1 else 'need'} care"] if rest else []
    text = "; ".join(texts)
    return f"{text[0].upper()}{text[1:]}: see --full." if text else ""
