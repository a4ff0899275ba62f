"""Routes as short text: the stops, how hard and how long the route is, and for each step what to do about it.

This text fits on a screen; `careergraph.render.text.full` has everything that sources say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from careergraph.model.records import Pay, Transition
from careergraph.render.text.citations import Citations
from careergraph.render.text.full import format_factors
from careergraph.render.text.phrases import format_feasibility, format_labels, paragraph, pay_figures, points
from careergraph.transitions.criteria import CRITERIA
from careergraph.transitions.durations import Duration
from careergraph.transitions.gaps import Missing
from careergraph.transitions.route_steps import Route, Routes, RouteStep
from careergraph.transitions.studies import LONG_SHOT, WITHIN_REACH, Nearer

#: The least feasibility for each word, best first.
GRADES = (
    (0.7, "easy"),
    (0.45, "manageable"),
    (WITHIN_REACH, "demanding"),
    (LONG_SHOT, "hard"),
    (0.0, "a long shot"),
)
#: This many missing things are named; the rest are counted.
MOST_MISSING = 5
#: Below this feasibility, a chain of moves is no advice.
_HOPELESS = 0.02
#: A requirement met to this share counts as nearly there: it is not what to begin with.
_NEARLY = 0.9
#: Times of at least this many months are given in years.
_YEARS = 24


def format_routes(found: Routes, *, explain: bool = False) -> str:
    """The routes of a `path` answer: the best one with its steps, the others in brief, and the sources they cite.

    Args:
        found: the answer.
        explain: whether to break each feasibility down into its factors.
    """
    cited = Citations()
    lines = paragraph(f"From {found.origin.label} to {found.destination.label}", hang=2)
    lines += format_outlook(found)
    for number, route in enumerate(found.routes, 1):
        lines += ["", *_heading(number, route, len(found.routes))]
        in_brief = number > 1 or _is_hopeless(route)
        for place, step in enumerate(route.steps, 1):
            lines += _brief(place, step, explain) if in_brief else _step(place, step, cited, explain)
    lines += cited.lines()
    return "\n".join([*lines, "", *paragraph(_hint(found))])


def format_outlook(found: Routes) -> list[str]:
    """Where the best route is a long shot: that it is, what a degree would change, which role is within reach."""
    best, study, nearer = found.routes[0], found.by_degree, found.nearer
    if best.feasibility >= LONG_SHOT:
        return []
    lines = ["", *paragraph(f"{_verdict(best)}.", hang=2)]
    if study:
        after = f"{found.destination.label} is {grade(study.feasibility)} ({format_feasibility(study.feasibility)})"
        degree = (
            f"{study.degree.label} in {_field(study.field.label)}, {format_months(study.school)}; after it, {after}"
        )
        lines += paragraph(f"By a degree: {degree}; {format_months(study.duration)} in all.", hang=2)
    if nearer:
        lines += paragraph(f"Within reach, and nearer: {nearer.role.label}, {_in_brief(nearer)}.", hang=2)
    return lines


def _verdict(best: Route) -> str:
    """What to think of a best route that is a long shot."""
    moves = len(best.steps)
    if moves == 1:
        return "No realistic direct way: this one move is a long shot"
    if not _is_hopeless(best) and min(step.feasibility for step in best.steps) >= LONG_SHOT:
        return f"Far, but not out of reach: each of these {moves} moves can be made, all in a row are a long shot"
    return f"No realistic way by changing jobs alone: the best one known is a chain of {moves} moves, and a long shot"


def _is_hopeless(route: Route) -> bool:
    """Whether a route is a chain that nobody should set out on, and whose steps need no advice."""
    return len(route.steps) > 1 and route.feasibility < _HOPELESS


def _field(label: str) -> str:
    """A field of study as it stands after *in*.

    >>> _field("Statistics (field of study)")
    'statistics'
    """
    name = label.removesuffix(" (field of study)")
    return name[:1].lower() + name[1:]


def _in_brief(nearer: Nearer) -> str:
    return f"{grade(nearer.feasibility)} ({format_feasibility(nearer.feasibility)}), {format_months(nearer.duration)}"


def _hint(found: Routes) -> str:
    unproven = "" if found.proven else "Other routes may be as good: among so many, not all were compared. "
    is_far = found.routes[0].feasibility < LONG_SHOT
    nearer = "`careergraph reach`, with the same origin, lists what is nearer. " if is_far else ""
    return f"{unproven}{nearer}--full has everything that sources say, --explain how each figure comes about."


def _heading(number: int, route: Route, total: int) -> list[str]:
    stops = " -> ".join([route.steps[0].origin.label, *(step.destination.label for step in route.steps)])
    best_by = "best by every measure" if len(route.labels) == len(CRITERIA) else ", ".join(route.labels)
    kind = f" ({best_by})" if best_by else ""
    name = "Route" if total == 1 else "Best route" if number == 1 else f"Route {number}"
    steps = "1 step" if len(route.steps) == 1 else f"{len(route.steps)} steps"
    said = f"{steps}, {describe_difficulty(route)}; {format_months(route.duration)}"
    said += ", with a year or two in each stop" if any(part.name == "stay" for part in route.duration.parts) else ""
    return [*paragraph(f"{name}{kind}: {stops}", hang=2), *paragraph(f"{said}.", 2)]


def _step(place: int, step: RouteStep, cited: Citations, explain: bool) -> list[str]:
    lines = ["", *paragraph(f"{place}. {step.origin.label} -> {step.destination.label}", hang=3)]
    rows = (
        ("How hard", f"{difficulty(step, cited)}."),
        ("Do first", find_first_thing(step)),
        ("Missing", missing_in_short(step.missing)),
        ("Time", f"{format_months(step.duration)}{_parts(step.duration)}."),
        ("Pay", pay_in_short(step.pay, cited)),
        ("Note", " ".join(remark.text for remark in step.remarks if remark.kind not in ("computed", "observed"))),
        ("Observed", " ".join(remark.text for remark in step.remarks if remark.kind == "observed")),
        ("Caution", disagreements(step)),
    )
    for name, text in rows:
        if text:
            lines += paragraph(f"{name:<9} {text}", 3, 10)
    return lines + (format_factors(step) if explain else [])


def _brief(place: int, step: RouteStep, explain: bool) -> list[str]:
    said = (
        f"{describe_difficulty(step)}, {format_months(step.duration)}{'' if step.basis == 'asserted' else ', computed'}"
    )
    text = f"{place}. {step.origin.label} -> {step.destination.label}: {said}. {missing_in_short(step.missing)}"
    return [*paragraph(text.strip(), 2, 3), *(format_factors(step) if explain else [])]


def grade(feasibility: float) -> str:
    """A feasibility in words.

    >>> grade(0.9), grade(0.3), grade(0.01)
    ('easy', 'demanding', 'a long shot')
    """
    return next(word for least, word in GRADES if feasibility >= least)


def grade_after_school(way: Route | RouteStep) -> str:
    """How hard a route or a step is, in words; where it takes years of schooling, with the number of years."""
    school = months_at_school(way.duration)
    after = f" after {school / 12:.0f} years at school" if school >= _YEARS else ""
    return f"{grade(way.feasibility)}{after}"


def describe_difficulty(way: Route | RouteStep) -> str:
    """How hard a route or a step is, in words and as a number."""
    return f"{grade_after_school(way)} ({format_feasibility(way.feasibility)})"


def months_at_school(duration: Duration) -> float:
    """The least number of months of schooling in a duration."""
    return sum(part.low for part in duration.parts if part.name == "schooling")


def difficulty(step: RouteStep, cited: Citations) -> str:
    """How hard a step is: the source's words, or how common such moves are; and the number."""
    said = describe_difficulty(step)
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
    says = f'calls it "{move.ease}"' if move.ease else "lists the two as related"
    for_whom = f' for any "{move.origin.label}"' if move.ease and move.origin != step.origin else ""
    return f"{source} {says}{for_whom}{cited.mark(move.evidence)}"


def _common(step: RouteStep) -> str:
    if step.lift is None:
        return ""
    others = [ref for ref in step.between if ref not in (step.origin, step.destination)]
    moves = f"moves between {format_labels(step.between, ' and ')}" if others else "such moves"
    return f"{moves} are {times_chance(step.lift)}"


def times_chance(lift: float) -> str:
    """How common a move is, compared with what the sizes of the two occupations would give by chance.

    >>> times_chance(4.2), times_chance(1.1), times_chance(0.3)
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
    school = months_at_school(step.duration)
    if school >= _YEARS:
        return f"Find a school: about {school / 12:.0f} years of it come first."
    wanted = [item for item in step.missing if item.met < _NEARLY][:MOST_MISSING]
    lacking = min(wanted, key=lambda item: not item.courses, default=None)
    if lacking is None:
        unknown = any(remark.kind == "unknown" for remark in step.remarks)
        return "Ask what it takes: no source says." if unknown else "Apply: what is asked for is held."
    course = f', with "{lacking.courses[0].label}"' if lacking.courses else ""
    verb = "Get" if lacking.any_of[0].kind != "skill" else "Learn"
    return f"{verb}: {format_labels(lacking.any_of, ' or ')}{course}."


def missing_in_short(missing: Sequence[Missing]) -> str:
    """The first things that are missing, how far each is there, and how many more there are.

    >>> missing_in_short(())
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


def format_months(duration: Duration) -> str:
    """A range of months in words, in years where it is long.

    >>> format_months(Duration(3.2, 7.8, ())), format_months(Duration(36, 72, ())), format_months(Duration(5, 100, ()))
    ('about 3-8 months', 'about 3-6 years', 'about 5 months to 8 years')
    >>> format_months(Duration(0.2, 4, ())), format_months(Duration(0.3, 30, ()))
    ('up to 4 months', 'up to 2 years')
    >>> format_months(Duration(0, 0, ())), format_months(Duration(0, 0.6, ()))
    ('time unknown', 'less than a month')
    """
    if not duration.high:
        return "time unknown"
    if duration.high < 1:
        return "less than a month"
    (low, unit), (high, last) = _round(duration.low), _round(duration.high)
    if not low:
        return f"up to {high} {last if high > 1 else last[:-1]}"
    if unit != last:
        return f"about {low} {unit if low != 1 else 'month'} to {high} {last}"
    return f"about {low}-{high} {last}" if low != high else f"about {high} {last if high > 1 else last[:-1]}"


def _round(value: float) -> tuple[int, str]:
    return (round(value / 12), "years") if round(value) >= _YEARS else (round(value), "months")


def _parts(duration: Duration) -> str:
    named = [part.name for part in duration.parts if part.high]
    return f" ({' + '.join(dict.fromkeys(named))})" if named else ""


def pay_in_short(pay: Sequence[Pay], cited: Citations) -> str:
    """The first pay line that has figures, and how many more there are."""
    lines = [item for item in pay if item.low and item.high]
    if not lines:
        return ""
    more = f"; {len(lines) - 1} more" if len(lines) > 1 else ""
    return f"{pay_figures(lines[0])}{cited.mark(lines[0].evidence)}{more}."


def disagreements(step: RouteStep) -> str:
    """How many notes there are on the claims about a step: first the disagreements, then the others."""
    claims: Iterable[Transition | Missing | Pay] = (*step.transitions, *step.missing, *step.pay)
    notes = {note.id: note.kind for claim in claims for note in claim.notes}
    apart = sum(kind == "disagreement" for kind in notes.values())
    rest = len(notes) - apart
    texts = [f"sources disagree on {points(apart)}"] if apart else []
    texts += [f"{points(rest)} {'needs' if rest == 1 else 'need'} care"] if rest else []
    text = "; ".join(texts)
    return f"{text[0].upper()}{text[1:]}: see --full." if text else ""
