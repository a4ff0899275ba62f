"""What to think of a route, in words: how hard it is, how long it takes, and what is better where it is a long shot."""

from __future__ import annotations

from careergraph.render.text.phrases import fill_paragraph, format_feasibility
from careergraph.transitions.durations import Duration
from careergraph.transitions.route_steps import Route, Routes, RouteStep, is_hopeless
from careergraph.transitions.studies import LONG_SHOT, WITHIN_REACH

#: The least feasibility for each word, best first.
GRADES = (
    (0.7, "easy"),
    (0.45, "manageable"),
    (WITHIN_REACH, "demanding"),
    (LONG_SHOT, "hard"),
    (0.0, "a long shot"),
)
#: Times of at least this many months are given in years.
YEARS = 24


def format_outlook_lines(found: Routes) -> list[str]:
    """The sentences of `tell_outlook` as lines of text, after an empty one."""
    lines = [line for text in tell_outlook(found) for line in fill_paragraph(text, hang=2)]
    return ["", *lines] if lines else []


def tell_outlook(found: Routes, *, figures: bool = True) -> list[str]:
    """Where the best route is a long shot: that it is, what a degree would change, which role is within reach.

    Args:
        found: the answer.
        figures: whether to give feasibilities as numbers besides.

    Returns:
        A sentence for each; none if the best route is no long shot.
    """
    best, study, nearer = found.routes[0], found.by_degree, found.nearer
    if best.feasibility >= LONG_SHOT:
        return []
    texts = [f"{_verdict(best)}."]
    if study:
        degree = f"{_small(study.degree.label)} in {_field(study.field.label)}, {format_months(study.school)}"
        after = _graded(study.feasibility, figures)
        texts.append(f"With a {degree}, {found.destination.label} is {after}; {format_months(study.duration)} in all.")
    if nearer:
        ease = _graded(nearer.feasibility, figures)
        texts.append(f"Within reach, and nearer: {nearer.role.label}, {ease}, {format_months(nearer.duration)}.")
    return texts


def _graded(feasibility: float, figures: bool) -> str:
    return f"{grade(feasibility)} ({format_feasibility(feasibility)})" if figures else grade(feasibility)


def _verdict(best: Route) -> str:
    """What to think of a best route that is a long shot."""
    moves = len(best.steps)
    if moves == 1:
        return "No realistic direct way: this one move is a long shot"
    if not is_hopeless(best) and min(step.feasibility for step in best.steps) >= LONG_SHOT:
        return f"Far, but not out of reach: each of these {moves} moves can be made, all in a row are a long shot"
    return f"No realistic way by changing jobs alone: the best one known is a chain of {moves} moves, and a long shot"


def is_no_advice(route: Route, found: Routes) -> bool:
    """Whether a route's steps would only distract: nobody should set out on it, and there is a better way."""
    return is_hopeless(route) and found.by_degree is not None


def _field(label: str) -> str:
    """A field of study as it stands after *in*.

    >>> _field("Statistics (field of study)")
    'statistics'
    """
    return _small(label.removesuffix(" (field of study)"))


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def grade(feasibility: float) -> str:
    """A feasibility in words.

    >>> grade(0.9), grade(0.3), grade(0.01)
    ('easy', 'demanding', 'a long shot')
    """
    return next(word for least, word in GRADES if feasibility >= least)


def grade_after_school(way: Route | RouteStep) -> str:
    """How hard a route or a step is, in words; where it takes years of schooling, with the number of years."""
    school = count_months_at_school(way.duration)
    after = f" after {school / 12:.0f} years of study" if school >= YEARS else ""
    return f"{grade(way.feasibility)}{after}"


def tell_how_hard(way: Route | RouteStep) -> str:
    """How hard a route or a step is, in words and as a number."""
    return f"{grade_after_school(way)} ({format_feasibility(way.feasibility)})"


def count_months_at_school(duration: Duration) -> float:
    """The least number of months of schooling in a duration."""
    return sum(part.low for part in duration.parts if part.name == "schooling")


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
    return (round(value / 12), "years") if round(value) >= YEARS else (round(value), "months")
