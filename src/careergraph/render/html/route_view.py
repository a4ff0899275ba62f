"""Routes as a page shows them: what is learnt at one step and held at the next, words with their sources."""

from __future__ import annotations

from collections.abc import Sequence

from careergraph.model.records import Pay, Record, Ref, Transition
from careergraph.render.html.citations import (
    Citation,
    CitedText,
    Remark,
    list_citations,
    list_remarks,
    list_short_marks,
)
from careergraph.render.html.pay_chart import PayChart, draw_pay_charts
from careergraph.render.html.step_card import StepCard, step_card
from careergraph.render.text.full import tell_transition, to_do
from careergraph.render.text.phrases import format_feasibility, tell_grade
from careergraph.render.text.verdict import format_months, grade_after_school
from careergraph.transitions.durations import Duration as Duration
from careergraph.transitions.gaps import Missing
from careergraph.transitions.pay import PayChange
from careergraph.transitions.route_steps import Route, Routes, RouteStep


class HeldView(Record):
    """Something held before a step. `since` is the number of the earlier step that taught it, if one did.

    `grouped` if that step taught one of several alternatives, of which this is one.
    """

    ref: Ref
    since: int | None
    grouped: bool


class MissingView(Record):
    """Something missing: any one of the alternatives, how firmly, how far it is met (percent), who teaches it."""

    any_of: tuple[Ref, ...]
    grading: str
    part: str | None
    met: int
    courses: tuple[Ref, ...]
    stated: tuple[Ref, ...]
    marks: tuple[str, ...]
    cited: tuple[Citation, ...]


class FactorView(Record):
    """One factor of a feasibility."""

    name: str
    value: str
    reason: str


class StepView(Record):
    """One step of a route. `gained` are the groups that count as held from here on."""

    number: int
    card: StepCard
    origin: Ref
    destination: Ref
    asserted: bool
    feasibility: str
    factors: tuple[FactorView, ...]
    says: tuple[CitedText, ...]
    held: tuple[HeldView, ...]
    missing: tuple[MissingView, ...]
    milestones: tuple[Ref, ...]
    to_do: tuple[str, ...]
    gained: tuple[tuple[Ref, ...], ...]
    pay: PayChart
    cited: tuple[Citation, ...]
    remarks: tuple[Remark, ...]


class ChangeView(Record):
    """What a role pays beyond an earlier one; `alike` is what both figures are of, `marks` keep it from being firm."""

    origin: Ref
    destination: Ref
    alike: tuple[str, ...]
    low: str
    high: str
    marks: tuple[str, ...]


class RouteView(Record):
    """One route; `number` counts from 1, the best. `title` says what it is best by, `said` how hard and how long."""

    number: int
    title: str
    said: str
    stops: tuple[Ref, ...]
    feasibility: str
    steps: tuple[StepView, ...]
    changes: tuple[ChangeView, ...]


def make_route_views(found: Routes, *, explain: bool = False) -> tuple[RouteView, ...]:
    """The routes of a `path` answer, best first.

    Args:
        found: the answer.
        explain: whether to break each feasibility into its factors.
    """
    alone = len(found.routes) == 1
    return tuple(_route(number, route, explain, alone) for number, route in enumerate(found.routes, 1))


def _route(number: int, route: Route, explain: bool, alone: bool) -> RouteView:
    nodes = [step.destination.id for step in route.steps]
    charts = draw_pay_charts([step.pay for step in route.steps], f"route-{number}-pay", nodes)
    steps = tuple(
        _step(place, step, _find_learnt(route.steps[: place - 1]), charts[place - 1], explain)
        for place, step in enumerate(route.steps, 1)
    )
    return RouteView(
        number=number,
        title=name_route(route, number, alone=alone),
        said=route_in_short(route),
        stops=(route.steps[0].origin, *(step.destination for step in route.steps)),
        feasibility=format_feasibility(route.feasibility),
        steps=steps,
        changes=_list_changes(route.pay_changes),
    )


#: What a route is best by → how that reads above it.
_BEST = {
    "fewest attempts": "best on the whole",
    "easiest steps": "easiest steps",
    "fewest moves": "fewest moves",
    "least to learn": "least to learn",
    "least time": "least time",
}


def name_route(route: Route, number: int = 1, *, alone: bool = False) -> str:
    """What a route is best by, in a few words.

    Args:
        route: the route.
        number: its place among all that were found, counted from 1, the best.
        alone: whether no other was found that it could be better than.

    >>> name_route(Route(("fewest moves", "least time"), 1.0, 1.0, 0.0, Duration(0, 0, ()), (), ()), 2)
    'Fewest moves, least time'
    """
    if alone:
        return "The best way"
    best = [_BEST.get(label, label) for label in route.labels]
    if len(best) == len(_BEST):
        return "Best in every way"
    words = list(dict.fromkeys(["best on the whole", *best] if number == 1 else best))[:2]
    return ", ".join(words).capitalize() if words else "Another way"


def route_in_short(route: Route) -> str:
    """How many steps a route has, how hard it is, and how long it takes."""
    steps = "1 step" if len(route.steps) == 1 else f"{len(route.steps)} steps"
    stays = ", a year or two in each stop included" if any(part.name == "stay" for part in route.duration.parts) else ""
    return f"{steps} · {grade_after_school(route)} · {format_months(route.duration)}{stays}"


def _find_learnt(steps: Sequence[RouteStep]) -> dict[Ref, HeldView]:
    """What earlier steps asked for and taught, with the first step that did."""
    found: dict[Ref, HeldView] = {}
    for number, step in enumerate(steps, 1):
        for item in step.missing:
            for ref in item.any_of:
                found.setdefault(ref, HeldView(ref, number, len(item.any_of) > 1))
    return found


def _step(number: int, step: RouteStep, learnt: dict[Ref, HeldView], chart: PayChart, explain: bool) -> StepView:
    noted: tuple[Transition | Missing | Pay, ...] = (*step.transitions, *step.missing, *step.pay)
    return StepView(
        number=number,
        card=step_card(step, f"{chart.name}-card"),
        origin=step.origin,
        destination=step.destination,
        asserted=step.basis == "asserted",
        feasibility=format_feasibility(step.feasibility),
        factors=tuple(FactorView(f.name, format_feasibility(f.value), f.reason) for f in step.factors)
        if explain
        else (),
        says=tuple(CitedText(tell_transition(step, move), list_citations(move.evidence)) for move in step.transitions),
        held=tuple(learnt.get(ref, HeldView(ref, None, False)) for ref in step.held),
        missing=tuple(map(_missing, step.missing)),
        milestones=step.milestones,
        to_do=tuple(dict.fromkeys(to_do(task) for move in step.transitions for task in move.steps)),
        gained=tuple(item.any_of for item in step.missing),
        pay=chart,
        cited=list_citations(step.evidence),
        remarks=list_remarks(note for claim in noted for note in claim.notes),
    )


def _missing(item: Missing) -> MissingView:
    return MissingView(
        any_of=item.any_of,
        grading=tell_grade(item.strength, item.level, estimated=item.estimated),
        part=item.part,
        met=round(item.met * 100),
        courses=item.courses,
        stated=item.stated,
        marks=list_short_marks(item.notes),
        cited=list_citations(item.evidence),
    )


def _list_changes(found: Sequence[PayChange]) -> tuple[ChangeView, ...]:
    """One line for all changes whose figures are of the same: sources may state several for the same people."""
    alike: dict[tuple[object, ...], list[PayChange]] = {}
    for item in found:
        same = (item.origin, item.destination, item.currency, item.region, item.segments, item.basis, item.seniority)
        alike.setdefault(same, []).append(item)
    return tuple(map(_change, alike.values()))


def _change(found: Sequence[PayChange]) -> ChangeView:
    first = found[0]
    alike = (first.region, " / ".join(first.segments), first.basis, first.seniority)
    marks = {
        "one of the ranges is open-ended": any(item.open_ended for item in found),
        "converted at the rate you gave": any(item.converted for item in found),
    }
    noted = list_short_marks(note for item in found for note in item.notes)
    return ChangeView(
        origin=first.origin,
        destination=first.destination,
        alike=tuple(part for part in alike if part),
        low=_more_or_less(first.currency, [item.low for item in found]),
        high=_more_or_less(first.currency, [item.high for item in found]),
        marks=(*(mark for mark, holds in marks.items() if holds), *noted),
    )


def _more_or_less(currency: str, amounts: Sequence[int]) -> str:
    """One difference, or the range of several."""
    return " to ".join(dict.fromkeys(_more(currency, amount) for amount in (min(amounts), max(amounts))))


def _more(currency: str, amount: int) -> str:
    """An amount beyond another one, in words.

    >>> _more("GBP", 20_000), _more("GBP", -500), _more("GBP", 0)
    ('GBP 20,000 more', 'GBP 500 less', 'the same')
    """
    return f"{currency} {abs(amount):,} {'more' if amount > 0 else 'less'}" if amount else "the same"
