"""Plans: the courses and milestones that close a gap, in order, for the fewest hours or the least money.

Which courses, and that no choice is better: `careergraph.transitions.plans.course_choice`; what covers what, and how
deep: `careergraph.transitions.plans.course_market`. A plan along a route covers what all its steps lack with one
choice, so that nothing is learnt twice; each course belongs to the first step that needs it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.course_ages import find_newest_page, find_oldest_page, has_undated_page, is_old
from careergraph.catalogue.course_levels import find_homepage, find_provider, name_level, to_depth
from careergraph.catalogue.courses import CourseFacts
from careergraph.model.errors import ContradictoryConditions
from careergraph.model.records import Ref
from careergraph.rdf.standards import RDF
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.gaps import Gap, Missing, find_gap
from careergraph.transitions.holdings import Holdings
from careergraph.transitions.origins import Origin, make_origin
from careergraph.transitions.plans.course_choice import choose_courses
from careergraph.transitions.plans.course_market import (
    Market,
    Offer,
    Wishes,
    check_wishes,
    find_covering,
    find_depth_to_learn,
    find_level_taught,
    find_offer,
    is_left_to_work,
    make_market,
)
from careergraph.transitions.plans.course_order import find_stages, order_courses, with_soonest
from careergraph.transitions.plans.course_prices import MEASURES, find_lengths, sum_costs
from careergraph.transitions.plans.course_readiness import find_ends, find_startable
from careergraph.transitions.plans.milestones import PlannedMilestone, find_milestones
from careergraph.transitions.plans.nearest_courses import find_nearest
from careergraph.transitions.plans.records import (
    NEARLY,
    SIDE_BY_SIDE,
    Partly,
    Plan,
    PlannedCourse,
    Stage,
)
from careergraph.transitions.plans.timetables import Timetable, make_timetable, read_day

if TYPE_CHECKING:
    from careergraph.transitions.route_steps import Route, RouteStep

#: How many skills a condition names.
_NAMED = 3


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
    done: Sequence[str] = (),
) -> Plan:
    """Choose and order the courses that close a gap, and list what courses do not close.

    Args:
        catalogue: where to look.
        origin: the IRI of a position, or an origin.
        role: the IRI of a role.
        held: what is held, if not what the origin holds.
        by: what to minimise: `hours`, `cost`, or `time`, with courses taken side by side. Money is never converted: by
            cost, a price in another currency than that of most courses counts as unknown.
        wishes: which courses may be planned; all if not given.
        route: the route to follow step by step; straight to the role if not given.
        hours_per_week: how many hours a week there are for courses; without them there is no timetable.
        start: the first day, as an ISO 8601 date; without it, the timetable has weeks but no days.
        done: the IRIs of what has been done since, which the origin has to hold already.

    Raises:
        BadFigure: the effort or price of a course is not a number from 0 up.
        ContradictoryConditions: there is no such criterion, no such day, or no time in a week; or no course on record
            is priced in the budget's currency, or held in one of the languages.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load()
    >>> found = plan(catalogue, find_node(catalogue, "software engineer"), find_node(catalogue, "ML engineer"))
    >>> [item.course.label for item in found.courses if item.course.label.startswith("RS")]
    []
    """
    if by not in MEASURES:
        raise ContradictoryConditions(f"A plan cannot be best by {by!r}; it can be by {', '.join(MEASURES)}.")
    day = read_day(start)
    start = day.isoformat() if day else None  # which may have been typed in another way
    begin = make_origin(catalogue, origin)
    holding = begin.held if held is None else held
    found = find_gap(catalogue, begin, role, holding)
    rules = _without_passed(catalogue, wishes or Wishes(), holding)
    check_wishes(catalogue, rules)
    offer = find_offer(catalogue, rules)
    asked = [(stage, item) for stage, (_, missing) in enumerate(_steps(found, route), 1) for item in missing]
    lacks = [
        _Lack(stage, item, find_covering(catalogue, offer.taught, item))
        for stage, item in asked
        if not is_left_to_work(catalogue, item)
    ]
    market = make_market(catalogue, offer, holding, [(lack.item, lack.courses) for lack in lacks], rules)
    lengths = find_lengths(offer.facts) if by == SIDE_BY_SIDE else None
    chosen = choose_courses(market, [price(offer.facts) for price in MEASURES[by]], lengths)
    ends = _find_ends(market, chosen, lengths) if lengths is not None else None
    planned = _list_courses(catalogue, market, chosen, offer, lacks, ends, start or find_newest_page(catalogue))
    left = [lack for lack in lacks if lack.courses.isdisjoint(chosen)]
    uncovered = _most_demanding(catalogue, [lack.item for lack in left if _is_skill(lack.item)])
    partly = tuple(_partly(catalogue, offer, lacks, chosen))
    told = {item.any_of for item in uncovered} | {item.any_of for item in partly}
    return Plan(
        origin=found.origin,
        destination=found.destination,
        by=by,
        already=bool(found.held) and not found.missing,
        courses=planned,
        milestones=_most_demanding(catalogue, [lack.item for lack in left if not _is_skill(lack.item)]),
        uncovered=uncovered,
        hours_low=round(sum((item.hours_low or 0.0 for item in planned if item.hours_known), 0.0), 2),
        hours_high=round(sum((item.hours_high or 0.0 for item in planned), 0.0), 2),
        unknown=tuple(item.course for item in planned if not item.hours_known),
        costs=sum_costs(planned),
        cost_unknown=tuple(item.course for item in planned if item.cost is None),
        tracks=found.tracks,
        partly=partly,
        by_work=_most_demanding(catalogue, _by_work(catalogue, offer, (item for _, item in asked), chosen, told)),
        nearest=tuple(find_nearest(catalogue, item, chosen) for item in uncovered),
        stages=_make_stages(catalogue, _steps(found, route), begin.positions, planned, left, route),
        feasibility=route.feasibility if route else None,
        duration=route.duration if route else None,
        timetable=_timetable(planned, hours_per_week, start, ends),
        done=tuple(map(catalogue.ref, done)),
    )


def _without_passed(catalogue: Catalogue, wishes: Wishes, held: Holdings) -> Wishes:
    """Wishes that leave out the courses that somebody has passed."""
    passed = (asset for asset in held.assets if catalogue.kind(asset) == "course")
    return wishes._replace(avoid=(*wishes.avoid, *passed))


def _steps(found: Gap, route: Route | None) -> list[tuple[Ref, tuple[Missing, ...]]]:
    """Where each step leads and what is missing there, without what is learnt at an earlier step."""
    if route is None or len(route.steps) < 2:
        return [(found.destination, found.missing)]
    *before, last = [(step.destination, step.missing) for step in route.steps]
    return [*before, (found.destination, last[1])]


def _find_ends(market: Market, chosen: Collection[str], lengths: Mapping[str, int]) -> dict[str, float]:
    return find_ends(market, chosen, lengths, find_startable(market, market.courses))


def _timetable(
    planned: Iterable[PlannedCourse], hours_per_week: float | None, start: str | None, ends: Mapping[str, float] | None
) -> Timetable | None:
    hours = None if ends is None else {course: end / 100 for course, end in ends.items()}
    return make_timetable([_span_of(item) for item in planned], hours_per_week, start, hours)


def _span_of(item: PlannedCourse) -> tuple[Ref, float | None, bool]:
    return item.course, item.hours_high if item.hours_known else item.hours_low, item.hours_known


def _is_skill(item: Missing) -> bool:
    return any(ref.kind == "skill" for ref in item.any_of)


def _list_courses(
    catalogue: Catalogue,
    market: Market,
    chosen: Collection[str],
    offer: Offer,
    lacks: Sequence[_Lack],
    ends: Mapping[str, float] | None,
    day: str | None,
) -> tuple[PlannedCourse, ...]:
    """The courses in their order; those that stand side by side, in each step by when they are done."""
    taught = market if ends is None else with_soonest(market, ends)
    stages = find_stages(taught, chosen, [(lack.stage, lack.courses) for lack in lacks])
    if ends is None:
        ordered = order_courses(catalogue, market, chosen, stages, offer)
    else:
        ordered = sorted(ends, key=lambda course: stages.get(course, 1))
    before = {course: ordered[:place] for place, course in enumerate(ordered)}
    if ends is not None:
        before = {course: sorted(taken, key=list(ends).index) for course, taken in before.items()}
    return tuple(
        _plan(catalogue, market, offer.facts, before[course], course, stages.get(course, 1), lacks, chosen, day)
        for course in ordered
    )


def _plan(
    catalogue: Catalogue,
    market: Market,
    facts: Mapping[str, CourseFacts],
    taken: Sequence[str],
    course: str,
    stage: int,
    lacks: Sequence[_Lack],
    chosen: Collection[str],
    day: str | None,
) -> PlannedCourse:
    known, needs = facts[course], market.needs[course]
    oldest = find_oldest_page(catalogue, known)
    computed = dict.fromkeys(figure.computed for figure in known.efforts if figure.computed)
    return PlannedCourse(
        course=known.course,
        provider=find_provider(catalogue, course),
        url=find_homepage(catalogue, course),
        stage=stage,
        covers=tuple(dict.fromkeys(lack.item.any_of for lack in lacks if course in lack.courses)),
        prepares=_prepare(catalogue, market, chosen, course),
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
        as_of=oldest,
        undated=has_undated_page(catalogue, known),
        old=oldest if is_old(oldest, day) else None,
    )


def _prepare(catalogue: Catalogue, market: Market, chosen: Collection[str], course: str) -> tuple[Ref, ...]:
    """What a course teaches that other courses expect."""
    needs = (market.needs[other] for other in sorted(chosen))
    assets = {asset for each in needs for asset, teaching in each.items() if course in teaching}
    return tuple(sorted(map(catalogue.ref, assets), key=lambda ref: ref.label))


def _teachers(needs: Mapping[str, frozenset[str]], taken: Sequence[str]) -> Iterable[str]:
    """For each thing needed, the first earlier course that teaches it, in the order of the plan."""
    first = {next((other for other in taken if other in teaching), None) for teaching in needs.values()}
    return (other for other in taken if other in first)


### What is left


def _partly(catalogue: Catalogue, offer: Offer, lacks: Sequence[_Lack], chosen: Collection[str]) -> Iterable[Partly]:
    """The requirements that no course teaches to the level asked for, each once."""
    told = set()
    for lack in lacks:
        asked, taken = find_depth_to_learn(catalogue, lack.item), lack.courses.intersection(chosen)
        taught = find_level_taught(offer.taught, lack.item, taken)
        if taken and taught < asked and lack.item.any_of not in told:
            told.add(lack.item.any_of)
            yield Partly(
                lack.item.any_of, name_level(catalogue, taught), lack.item.level or name_level(catalogue, asked)
            )


def _by_work(
    catalogue: Catalogue,
    offer: Offer,
    asked: Iterable[Missing],
    chosen: Collection[str],
    without: Collection[tuple[Ref, ...]],
) -> Iterator[Missing]:
    """The estimated skills that are not known in full when the courses are done, without those told elsewhere."""
    for item in asked:
        deep, taught = to_depth(catalogue, item.level), find_level_taught(offer.taught, item, chosen)
        is_skill = item.any_of[0].kind == "skill"
        if is_skill and item.estimated and item.any_of not in without and taught < deep:
            yield item


def _most_demanding(catalogue: Catalogue, items: Iterable[Missing]) -> tuple[Missing, ...]:
    """Each requirement once, in the form of the most demanding step of the route."""
    found: dict[tuple[str, ...], Missing] = {}
    for item in items:
        key = tuple(sorted(ref.id for ref in item.any_of))
        known = found.get(key)
        if known is None or to_depth(catalogue, item.level) > to_depth(catalogue, known.level):
            found[key] = item
    return tuple(found.values())


def _make_stages(
    catalogue: Catalogue,
    steps: Sequence[tuple[Ref, tuple[Missing, ...]]],
    positions: Sequence[str],
    planned: Sequence[PlannedCourse],
    left: Sequence[_Lack],
    route: Route | None,
) -> tuple[Stage, ...]:
    """The steps, each with its courses, milestones and conditions; the first one starts from `positions`."""
    starts = [positions, *((role.id,) for role, _ in steps)]
    moves = route.steps if route else [None] * len(steps)
    return tuple(
        _make_stage(
            catalogue,
            role,
            find_milestones(catalogue, role.id, start),
            [item for item in planned if item.stage == number],
            [lack.item for lack in left if lack.stage == number],
            move,
        )
        for number, ((role, _), start, move) in enumerate(zip(steps, starts, moves, strict=False), 1)
    )


def _make_stage(
    catalogue: Catalogue,
    role: Ref,
    milestones: tuple[PlannedMilestone, ...],
    planned: Sequence[PlannedCourse],
    left: Sequence[Missing],
    move: RouteStep | None,
) -> Stage:
    conditions = tuple(item for item in left if not _is_skill(item))
    meant = [item for item in milestones if item.strength or not item.advised_to]
    untaught = list(
        dict.fromkeys(name_alternatives(item.any_of) for item in left if _is_skill(item) and item.met < NEARLY)
    )
    when = [f"{planned[-1].course.label} and all before it are done"] if planned else []
    when += [f"you can show: {name_alternatives(item.any_of)}" for item in meant[:1]]
    when += [f"{_verb(catalogue, item)}: {name_alternatives(item.any_of)}" for item in conditions]
    when += [f"you have practised what no course covers: {_name_some(untaught)}"] if untaught else []
    return Stage(
        destination=role,
        courses=tuple(item.course for item in planned),
        milestones=milestones,
        conditions=conditions,
        apply_when=tuple(when) or ("nothing that sources ask for is missing",),
        feasibility=move.feasibility if move else None,
        duration=move.duration if move else None,
    )


def _verb(catalogue: Catalogue, item: Missing) -> str:
    is_field = CG.FieldOfStudy in catalogue.values(item.any_of[0].id, RDF.type)
    return "you have studied or worked in" if is_field else "you have"


def name_alternatives(refs: Iterable[Ref]) -> str:
    """The alternatives of a requirement in words."""
    return " or ".join(ref.label for ref in refs)


def _name_some(names: Sequence[str]) -> str:
    """Some names, and the number of others."""
    named, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
    return f"{named} and {more} more" if more > 0 else named
