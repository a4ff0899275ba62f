"""Plans: the courses and milestones that close a gap, in order, for the fewest hours or the least money.

Which courses, and that no choice is better: `careergraph.transitions.course_choice`; what covers what, and how deep:
`careergraph.transitions.course_market`. A plan along a route covers what all its steps lack with one choice, so that
nothing is learnt twice; each course belongs to the first step that needs it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.course_levels import find_taught, homepage_of, level_named, name_level, provider_of
from careergraph.catalogue.courses import CourseFacts, Figure
from careergraph.model.errors import ContradictoryConditions
from careergraph.model.records import Attribute, Record, Ref
from careergraph.rdf.vocabulary import SKOS
from careergraph.transitions.course_choice import MEASURES, choose_courses
from careergraph.transitions.course_market import (
    Market,
    Offer,
    Wishes,
    find_covering,
    find_offer,
    level_taught,
    make_market,
)
from careergraph.transitions.course_order import find_stages, order_courses
from careergraph.transitions.gaps import Gap, Missing, gap
from careergraph.transitions.holdings import Holdings
from careergraph.transitions.milestones import PlannedMilestone, find_milestones
from careergraph.transitions.origins import Origin, origin_at
from careergraph.transitions.timetables import Timetable, make_timetable

if TYPE_CHECKING:
    from careergraph.model.values import Amount, Currency, NonEmpty, Schema
    from careergraph.transitions.routes import Route

#: How many courses are named as the nearest thing, at most.
_NEAREST = 3


class Money(Record):
    """An amount in one currency."""

    amount: Annotated[float, Schema(exclusiveMinimum=0)]
    """How much it is, neither converted nor adjusted."""
    currency: Currency
    """What the amount is counted in, as an ISO 4217 code."""


class PlannedCourse(Record):
    """A course to take, what it is there for, and what it takes."""

    course: Ref
    """The course itself."""
    provider: Ref | None
    """Who offers it; null if nobody says."""
    url: NonEmpty | None
    """Its address; null if none is known."""
    stage: Annotated[int, Schema(minimum=1)]
    """The step of the route that it is taken for, the first being 1."""
    covers: tuple[Annotated[tuple[Ref, ...], Schema(minItems=1)], ...]
    """The missing requirements that the course covers, each as its alternatives; empty for one that others build on."""
    hours_low: Amount | None
    """The fewest hours that a page gives, or the lower bound; null if there is none."""
    hours_high: Amount | None
    """The most hours that a page gives; null if no upper end is known."""
    hours_known: bool
    """Whether both ends are known."""
    computed: Annotated[str, Schema(examples=["12 weeks x 40 hours per week"])] | None
    """How hours were computed that no page gives as such; null if none were."""
    cost: Amount | None
    """The highest price on record, 0 for what is free; null if what one pays in all is not known."""
    currency: Currency | None
    """What the cost is counted in, as an ISO 4217 code; null for what is free or of unknown cost."""
    after: tuple[Ref, ...]
    """The courses of the plan to take before it, for what they teach."""
    bring: tuple[Ref, ...]
    """What the course expects and is neither held nor taught by a course before it."""
    prerequisites: tuple[Attribute, ...]
    """What pages say that one has to bring."""
    efforts: tuple[Figure, ...]
    """What pages say about the time that the course takes."""
    prices: tuple[Figure, ...]
    """What pages say about what the course costs."""


class Partly(Record):
    """A requirement that courses teach less deep than the role asks for: practice has to do the rest."""

    any_of: Annotated[tuple[Ref, ...], Schema(minItems=1)]
    """The requirement, as its alternatives."""
    taught: NonEmpty
    """The level to which the deepest course goes."""
    asked: NonEmpty
    """The level that the role asks for."""


class Nearest(Record):
    """What comes closest to a requirement that no course of the plan covers."""

    any_of: Annotated[tuple[Ref, ...], Schema(minItems=1)]
    """The requirement, as its alternatives."""
    courses: tuple[Ref, ...]
    """Courses that would cover it but are ruled out, or else that teach something of the same kind."""


class Stage(Record):
    """A step of the route: what to learn and show before one applies."""

    destination: Ref
    """The role to apply for at its end."""
    courses: tuple[Ref, ...]
    """The courses taken for it, in their order."""
    milestones: tuple[PlannedMilestone, ...]
    """What sources advise to have done by then, and what it should show."""
    conditions: tuple[Missing, ...]
    """The missing credentials, milestones and experience that the role asks for."""
    apply_when: Annotated[tuple[NonEmpty, ...], Schema(minItems=1)]
    """What has to be the case before one applies, in words."""


class Plan(Record):
    """The courses and milestones that close the gap between a position and a role."""

    origin: Ref
    """The position that was asked from."""
    destination: Ref
    """The role whose requirements the plan meets; a track of the role asked for if that asks for nothing itself."""
    by: Annotated[str, Schema(enum=["hours", "cost"])]
    """What the plan spends least of."""
    already: bool
    """Whether nothing that the role asks for is missing; false where no source says what it asks for."""
    courses: Annotated[tuple[PlannedCourse, ...], Schema(uniqueItems=True)]
    """The courses to take, in this order."""
    milestones: tuple[Missing, ...]
    """The missing credentials, milestones and experience; no source says how long they take."""
    uncovered: tuple[Missing, ...]
    """The missing skills that no course covers."""
    hours_low: Amount
    """The sum of the lower ends of the courses whose hours are known."""
    hours_high: Amount
    """The sum of the upper ends of the courses whose hours are known."""
    unknown: tuple[Ref, ...]
    """The courses whose hours are not known, which the sums leave out."""
    costs: Annotated[tuple[Money, ...], Schema(uniqueItems=True)]
    """What the courses of known cost add up to, one amount a currency; empty if all these are free."""
    cost_unknown: tuple[Ref, ...]
    """The courses whose cost is not known, which the amounts leave out."""
    tracks: tuple[Ref, ...]
    """The tracks of the role asked for, if it asks for nothing itself; else empty."""
    partly: tuple[Partly, ...]
    """The requirements that the courses teach less deep than asked for."""
    nearest: tuple[Nearest, ...]
    """What comes closest to each of `uncovered`, in the same order."""
    stages: Annotated[tuple[Stage, ...], Schema(minItems=1)]
    """The steps of the route in their order; one if the plan goes straight to the role."""
    timetable: Timetable | None
    """When to take each course; null if no hours per week are given."""


class _Lack(NamedTuple):
    """A missing requirement, the step of the route that misses it, and the courses that cover it."""

    stage: int
    item: Missing
    courses: frozenset[str]


def plan(
    catalogue: Catalogue,
    origin: str | Origin,
    role: str,
    held: Holdings | None = None,
    *,
    by: str = "hours",
    wishes: Wishes | None = None,
    route: Route | None = None,
    hours_per_week: float | None = None,
    start: str | None = None,
) -> Plan:
    """Choose and order the courses that close a gap, and list what courses do not close.

    Args:
        catalogue: where to look.
        origin: the IRI of a position, or an origin.
        role: the IRI of a role.
        held: what is held, if not what the origin holds.
        by: what to spend least of, `hours` or `cost`. Money is never converted: by cost, what is not priced in the
            currency that most courses are priced in counts like a cost that is not known.
        wishes: which courses may be planned; all if not given.
        route: the route to follow step by step; straight to the role if not given.
        hours_per_week: how many hours a week there are for courses; without them there is no timetable.
        start: the first day, as an ISO 8601 date; without it, the timetable has weeks but no days.

    Raises:
        BadFigure: the effort or price of a course is not a number from 0 up.
        ContradictoryConditions: a plan cannot be best by that, or there is no such day, or no time in a week.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load()
    >>> found = plan(catalogue, find_node(catalogue, "software engineer"), find_node(catalogue, "ML engineer"))
    >>> [item.course.label for item in found.courses if item.course.label.startswith("RS")]
    []
    """
    if by not in MEASURES:
        raise ContradictoryConditions(f"A plan cannot be best by {by!r}; it can be by {', '.join(MEASURES)}.")
    rules = wishes or Wishes()
    begin = origin_at(catalogue, origin)
    holding = begin.held if held is None else held
    found = gap(catalogue, begin, role, holding)
    offer = find_offer(catalogue, rules)
    lacks = [
        _Lack(stage, item, find_covering(catalogue, offer.taught, item))
        for stage, (_, missing) in enumerate(_steps(found, route), 1)
        for item in missing
    ]
    market = make_market(catalogue, offer, holding, [lack.courses for lack in lacks if lack.courses], rules)
    chosen = choose_courses(market, MEASURES[by](offer.facts))
    planned = _list_courses(catalogue, market, chosen, offer, lacks)
    left = [lack for lack in lacks if lack.courses.isdisjoint(chosen)]
    uncovered = tuple(dict.fromkeys(lack.item for lack in left if _is_skill(lack.item)))
    return Plan(
        origin=found.origin,
        destination=found.destination,
        by=by,
        already=bool(found.held) and not found.missing,
        courses=planned,
        milestones=tuple(dict.fromkeys(lack.item for lack in left if not _is_skill(lack.item))),
        uncovered=uncovered,
        hours_low=round(sum((item.hours_low or 0.0 for item in planned if item.hours_known), 0.0), 2),
        hours_high=round(sum((item.hours_high or 0.0 for item in planned), 0.0), 2),
        unknown=tuple(item.course for item in planned if not item.hours_known),
        costs=_costs(planned),
        cost_unknown=tuple(item.course for item in planned if item.cost is None),
        tracks=found.tracks,
        partly=tuple(_partly(catalogue, offer, lacks, chosen)),
        nearest=tuple(_nearest(catalogue, item, chosen) for item in uncovered),
        stages=_make_stages(catalogue, _steps(found, route), planned, left),
        timetable=make_timetable([_span_of(item) for item in planned], hours_per_week, start),
    )


def _steps(found: Gap, route: Route | None) -> list[tuple[Ref, tuple[Missing, ...]]]:
    """Where each step leads to and what it misses; what an earlier step misses too is learnt there."""
    if route is None or len(route.steps) < 2:
        return [(found.destination, found.missing)]
    *before, last = [(step.destination, step.missing) for step in route.steps]
    return [*before, (found.destination, last[1])]


def _span_of(item: PlannedCourse) -> tuple[Ref, float | None, bool]:
    return item.course, item.hours_high if item.hours_known else item.hours_low, item.hours_known


def _is_skill(item: Missing) -> bool:
    return any(ref.kind == "skill" for ref in item.any_of)


def _costs(planned: Iterable[PlannedCourse]) -> tuple[Money, ...]:
    sums: Counter[str] = Counter()
    for item in planned:
        if item.cost and item.currency:
            sums[item.currency] += round(item.cost * 100)
    return tuple(Money(amount / 100, currency) for currency, amount in sorted(sums.items()))


def _list_courses(
    catalogue: Catalogue, market: Market, chosen: Collection[str], offer: Offer, lacks: Sequence[_Lack]
) -> tuple[PlannedCourse, ...]:
    stages = find_stages(market, chosen, [(lack.stage, lack.courses) for lack in lacks])
    ordered = order_courses(catalogue, market, chosen, stages)
    return tuple(
        _planned(catalogue, market, offer.facts, ordered[:place], course, stages.get(course, 1), lacks)
        for place, course in enumerate(ordered)
    )


def _planned(
    catalogue: Catalogue,
    market: Market,
    facts: Mapping[str, CourseFacts],
    taken: Sequence[str],
    course: str,
    stage: int,
    lacks: Sequence[_Lack],
) -> PlannedCourse:
    known, needs = facts[course], market.needs[course]
    computed = dict.fromkeys(figure.computed for figure in known.efforts if figure.computed)
    return PlannedCourse(
        course=known.course,
        provider=provider_of(catalogue, course),
        url=homepage_of(catalogue, course),
        stage=stage,
        covers=tuple(dict.fromkeys(lack.item.any_of for lack in lacks if course in lack.courses)),
        hours_low=known.hours_low,
        hours_high=known.hours_high,
        hours_known=known.hours_high is not None,
        computed="; ".join(computed) or None,
        cost=known.cost,
        currency=known.currency,
        after=tuple(facts[other].course for other in _teachers(needs, taken)),
        bring=tuple(catalogue.ref(asset) for asset, others in needs.items() if others.isdisjoint(taken)),
        prerequisites=known.prerequisites,
        efforts=known.efforts,
        prices=known.prices,
    )


def _teachers(needs: Mapping[str, frozenset[str]], taken: Sequence[str]) -> Iterable[str]:
    """The first course taken before that teaches each thing that is needed, in the order of the plan."""
    first = {next((other for other in taken if other in teaching), None) for teaching in needs.values()}
    return (other for other in taken if other in first)


### What is left


def _partly(catalogue: Catalogue, offer: Offer, lacks: Sequence[_Lack], chosen: Collection[str]) -> Iterable[Partly]:
    """The requirements that even the deepest course does not teach as deep as they are asked for, each once."""
    told = set()
    for lack in lacks:
        asked, taken = level_named(catalogue, lack.item.level), lack.courses.intersection(chosen)
        taught = level_taught(offer.taught, lack.item, taken)
        if taken and taught < asked and lack.item.any_of not in told:
            told.add(lack.item.any_of)
            yield Partly(
                lack.item.any_of, name_level(catalogue, taught), lack.item.level or name_level(catalogue, asked)
            )


def _nearest(catalogue: Catalogue, item: Missing, chosen: Collection[str]) -> Nearest:
    """Courses on the very thing, whatever was wished for; else on what it is a part of, or on other parts of that."""
    taught = find_taught(catalogue)
    same = [course for ref in item.any_of for course in taught.get(ref.id, {})]
    kin = [broader for ref in item.any_of for broader in catalogue.values(ref.id, SKOS.broader)]
    siblings = [other for broader in kin for other in catalogue.pointing(SKOS.broader, broader)]
    akin = [course for asset in (*kin, *siblings) for course in taught.get(asset, {})]
    found = [course for course in dict.fromkeys(same or akin) if course not in chosen]
    return Nearest(item.any_of, tuple(sorted(map(catalogue.ref, found), key=lambda ref: ref.label))[:_NEAREST])


def _make_stages(
    catalogue: Catalogue,
    steps: Sequence[tuple[Ref, tuple[Missing, ...]]],
    planned: Sequence[PlannedCourse],
    left: Sequence[_Lack],
) -> tuple[Stage, ...]:
    return tuple(
        _make_stage(
            catalogue,
            role,
            [item for item in planned if item.stage == number],
            [lack.item for lack in left if lack.stage == number and not _is_skill(lack.item)],
        )
        for number, (role, _) in enumerate(steps, 1)
    )


def _make_stage(
    catalogue: Catalogue, role: Ref, planned: Sequence[PlannedCourse], conditions: Sequence[Missing]
) -> Stage:
    milestones = find_milestones(catalogue, role.id)
    when = [f"{planned[-1].course.label} and all before it are done"] if planned else []
    when += [f"this is done: {' or '.join(ref.label for ref in item.any_of)}" for item in milestones[:1]]
    when += [f"you have: {' or '.join(ref.label for ref in item.any_of)}" for item in conditions]
    return Stage(
        destination=role,
        courses=tuple(item.course for item in planned),
        milestones=milestones,
        conditions=tuple(conditions),
        apply_when=tuple(when) or ("now: nothing that sources ask for is missing",),
    )
