"""Plans: the courses and milestones that close a gap, in order, for the fewest hours or the least money.

The choice of courses is exact. Of all sets that cover every missing requirement that some course covers, and in which
courses are taught what they expect before they start, it is the first by, in this order:

1. the fewest courses that one cannot get to, since they wait for each other in a circle (such a course is taken
   without what it waits for);
2. the fewest courses whose hours (or cost) have no known upper end: what nobody says is neither guessed nor taken for
   nothing, so such courses serve only where nothing else does;
3. by hours, the fewest courses of which not even a lower bound is known;
4. the least sum of the upper ends, which is what one has to be ready to spend;
5. the fewest courses;
6. their IRIs: the set with the smaller first IRI, then the smaller second one, and so on.

Each is minimised by 0-1 programming with those before it held at their optimum. Hours and money are counted in
hundredths (where one figure is beyond a million, to eight digits of the largest), so that all sums are of whole
numbers. To be taught something is not to master it: levels do not enter here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.courses import CourseFacts, Figure, course_facts, find_teachers, takeable
from careergraph.model.errors import ContradictoryConditions
from careergraph.model.records import Attribute, Record, Ref
from careergraph.transitions.gaps import Missing, gap
from careergraph.transitions.holdings import Holdings
from careergraph.transitions.origins import Origin, origin_at

if TYPE_CHECKING:
    from careergraph.model.values import Amount, Currency, Schema


#: How many places of the order of IRIs one program decides; up to what size of sum objectives are merged into one; how
#: many digits an amount has at most. Beyond, the solver's tolerance (it takes 0.999999 for 1) could come into play.
_PLACES, _FINEST, _DIGITS = 16, 1_000_000, 8


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


class _Market(Record):
    """The courses to choose from, by IRI, as far as they matter to a gap.

    `covers` has the courses for each requirement; `needs` has, for each course, whom to learn from what it expects:
    the courses that teach it, once for each asset.
    """

    courses: tuple[str, ...]
    covers: tuple[frozenset[str], ...]
    needs: Mapping[str, Mapping[str, frozenset[str]]]


def plan(
    catalogue: Catalogue, origin: str | Origin, role: str, held: Holdings | None = None, *, by: str = "hours"
) -> Plan:
    """Choose and order the courses that close a gap, and list what courses do not close.

    Args:
        catalogue: where to look.
        origin: the IRI of a position, or an origin.
        role: the IRI of a role.
        held: what is held, if not what the origin holds.
        by: what to spend least of, `hours` or `cost`. Money is never converted: by cost, what is not priced in the
            currency that most courses are priced in counts like a cost that is not known.

    Raises:
        BadFigure: the effort or price of a course is not a number from 0 up.
        ContradictoryConditions: a plan cannot be best by that.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load()
    >>> found = plan(catalogue, find_node(catalogue, "software engineer"), find_node(catalogue, "ML engineer"))
    >>> [(item.course.label, item.hours_low, item.hours_high) for item in found.courses]
    [('DeepLearning.AI Deep Learning Specialization', 75.0, 78.0)]
    """
    if by not in MEASURES:
        raise ContradictoryConditions(f"A plan cannot be best by {by!r}; it can be by {', '.join(MEASURES)}.")
    start = origin_at(catalogue, origin)
    holding = start.held if held is None else held
    found = gap(catalogue, start, role, holding)
    facts = {course: course_facts(catalogue, course) for course in takeable(catalogue)}
    covering = {item: frozenset(ref.id for ref in item.courses if ref.id in facts) for item in found.missing}
    market = _market(catalogue, facts, holding, [courses for courses in covering.values() if courses])
    chosen = _choose(market, MEASURES[by](facts))
    planned = _make_plan(catalogue, market, chosen, facts, covering)
    left = [item for item, courses in covering.items() if not courses]
    return Plan(
        origin=found.origin,
        destination=found.destination,
        by=by,
        already=bool(found.held) and not found.missing,
        courses=planned,
        milestones=tuple(item for item in left if not _is_skill(item)),
        uncovered=tuple(item for item in left if _is_skill(item)),
        hours_low=round(sum((item.hours_low or 0.0 for item in planned if item.hours_known), 0.0), 2),
        hours_high=round(sum((item.hours_high or 0.0 for item in planned), 0.0), 2),
        unknown=tuple(item.course for item in planned if not item.hours_known),
        costs=_costs(planned),
        cost_unknown=tuple(item.course for item in planned if item.cost is None),
        tracks=found.tracks,
    )


def _is_skill(item: Missing) -> bool:
    return any(ref.kind == "skill" for ref in item.any_of)


def _costs(planned: Iterable[PlannedCourse]) -> tuple[Money, ...]:
    sums: Counter[str] = Counter()
    for item in planned:
        if item.cost and item.currency:
            sums[item.currency] += round(item.cost * 100)
    return tuple(Money(amount / 100, currency) for currency, amount in sorted(sums.items()))


def _market(
    catalogue: Catalogue, facts: Mapping[str, CourseFacts], held: Holdings, covers: Iterable[frozenset[str]]
) -> _Market:
    """The courses that cover something, with all that teach what those expect, and so on."""
    teaching = find_teachers(catalogue)
    wanted = tuple(covers)
    queue = sorted(frozenset[str]().union(*wanted))
    needs: dict[str, dict[str, frozenset[str]]] = {}
    for course in queue:
        lacking = [ref.id for ref in facts[course].expects if not held.level([ref.id])]
        needs[course] = {
            asset: frozenset(ref.id for ref in teaching.get(asset, ()) if ref.id in facts) - {course}
            for asset in lacking
        }
        queue += sorted(frozenset[str]().union(*needs[course].values()) - set(queue))
    return _Market(tuple(sorted(queue)), wanted, needs)


### What is best


class _Price(Record):
    """What a course adds to the objectives: whether it is open-ended, whether nothing is known, how many hundredths."""

    open: bool
    blank: bool
    amount: int


def _by_hours(facts: Mapping[str, CourseFacts]) -> dict[str, _Price]:
    return {course: _price(known.hours_high, blank=known.hours_low is None) for course, known in facts.items()}


def _by_cost(facts: Mapping[str, CourseFacts]) -> dict[str, _Price]:
    paid = Counter(known.currency for known in facts.values() if known.currency)
    most = min(paid, key=lambda currency: (-paid[currency], currency), default=None)
    return {
        course: _price(known.cost if known.currency in (None, most) else None, blank=False)
        for course, known in facts.items()
    }


def _price(amount: float | None, *, blank: bool) -> _Price:
    return _Price(amount is None, blank, 0 if amount is None else round(amount * 100))


#: What a plan can spend least of → what each course adds to that.
MEASURES: dict[str, Callable[[Mapping[str, CourseFacts]], dict[str, _Price]]] = {"hours": _by_hours, "cost": _by_cost}


### Which courses

#: `Σ coefficient · variable ≥ bound` over whole numbers, with a variable, 0 or 1, for each course.
_Row = tuple[dict[int, int], float]


def _choose(market: _Market, added: Mapping[str, _Price]) -> frozenset[str]:
    """The best set of courses; see the head of this module."""
    if not market.courses:
        return frozenset()
    startable, prices = _startable(market, market.courses), [added[course] for course in market.courses]
    size = len(market.courses)
    objectives = [
        [int(course not in startable) for course in market.courses],
        [int(price.open) for price in prices],
        [int(price.blank) for price in prices],
        _coarse([price.amount for price in prices]),
        [1] * size,
        *_in_order(size),
    ]
    rows = _constraints(market)
    while True:
        taken = _lexicographic_minimum(_merge_objectives(objectives), rows)
        chosen = frozenset(course for course, value in zip(market.courses, taken, strict=True) if value)
        circles = _circles(market, chosen, startable)
        if not circles:
            return chosen
        rows += circles


def _coarse(amounts: Sequence[int]) -> list[int]:
    """Amounts in a unit, a power of ten, in which none has too many digits."""
    unit = 10 ** max(0, len(str(max(amounts))) - _DIGITS)
    return [(amount + unit // 2) // unit for amount in amounts]


def _startable(market: _Market, courses: Iterable[str], first: Collection[str] = ()) -> frozenset[str]:
    """Those of some courses that one gets to by taking each as soon as what it expects has been taught; some first."""
    waiting, found = [course for course in courses if course not in first], set(first)
    while ready := [course for course in waiting if _ready(market.needs[course], found)]:
        found.update(ready)
        waiting = [course for course in waiting if course not in found]
    return frozenset(found)


def _ready(needs: Mapping[str, frozenset[str]], taken: Collection[str]) -> bool:
    return not any(teaching and teaching.isdisjoint(taken) for teaching in needs.values())


def _in_order(size: int) -> list[list[int]]:
    """Objectives that prefer the first course to all later ones, the second to all after it, and so on."""
    return [
        [-(2 ** (start + _PLACES - 1 - place)) if start <= place < start + _PLACES else 0 for place in range(size)]
        for start in range(0, size, _PLACES)
    ]


def _merge_objectives(objectives: Sequence[Sequence[int]]) -> list[list[int]]:
    """The same lexicographic order by fewer objectives: several in one, like the digits of a number, while they fit."""
    merged = [[0] * len(objectives[0])]
    for objective in objectives:
        reach, radix = 1 + sum(map(abs, merged[-1])), 1 + sum(map(abs, objective))
        if reach * radix <= max(_FINEST, reach):
            merged[-1] = [radix * first + second for first, second in zip(merged[-1], objective, strict=True)]
        else:
            merged.append(list(objective))
    return merged


def _constraints(market: _Market) -> list[_Row]:
    """Each requirement is covered, and what a course expects is taught, be it too late."""
    needs = [(course, teaching) for course in market.courses for teaching in market.needs[course].values() if teaching]
    covered = [_at_least_one(market, courses) for courses in market.covers]
    return covered + [_at_least_one(market, teaching, course) for course, teaching in needs]


def _circles(market: _Market, chosen: frozenset[str], startable: frozenset[str]) -> list[_Row]:
    """What a choice lacks of which some courses wait for each other, though one could get to them otherwise.

    In any order that can be walked, the first of them is taught what it waits for here by a course that is not one of
    them, and of those none has been chosen: whoever takes one of them needs at least one of those.
    """
    taken = _startable(market, chosen, chosen - startable)
    stuck = chosen - taken
    awaited = (teaching for course in stuck for teaching in market.needs[course].values())
    ways_in = frozenset[str]().union(*(teaching for teaching in awaited if teaching.isdisjoint(taken))) - stuck
    return [_at_least_one(market, ways_in, course) for course in sorted(stuck)]


def _at_least_one(market: _Market, courses: Collection[str], wanting: str | None = None) -> _Row:
    """A row that asks for one of some courses, or asks so only if a certain course is taken."""
    number = {course: place for place, course in enumerate(market.courses)}
    row = {number[course]: 1 for course in courses}
    return (row, 1) if wanting is None else (row | {number[wanting]: -1}, 0)


def _lexicographic_minimum(objectives: Sequence[Sequence[int]], rows: Sequence[_Row]) -> list[int]:
    """The values, 0 or 1, that are minimal by each objective in turn among those minimal by the ones before it."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    found: list[int] = []
    rows = list(rows)
    for objective in objectives:
        entries = [(row, column, value) for row, (values, _) in enumerate(rows) for column, value in values.items()]
        places, columns, values = zip(*entries, strict=True)
        matrix = csr_array((np.array(values, float), (places, columns)), shape=(len(rows), len(objective)))
        result = milp(
            np.array(objective, float),
            integrality=np.ones(len(objective), int),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, np.array([bound for _, bound in rows]), inf),
            options={"mip_rel_gap": 0, "presolve": False},  # HiGHS 1.12 takes some feasible programs for infeasible
        )
        if result.x is None:
            raise RuntimeError(f"No plan was found, although taking all courses is one: {result.message}")
        found = [round(value) for value in result.x]
        best = sum(weight * value for weight, value in zip(objective, found, strict=True))
        rows.append(({place: -weight for place, weight in enumerate(objective) if weight}, -best - 0.5))
    return found


### In which order


def _make_plan(
    catalogue: Catalogue,
    market: _Market,
    chosen: Collection[str],
    facts: Mapping[str, CourseFacts],
    covering: Mapping[Missing, frozenset[str]],
) -> tuple[PlannedCourse, ...]:
    planned: list[PlannedCourse] = []
    taken: list[str] = []
    for course in _order_courses(catalogue, market, chosen):
        known, needs = facts[course], market.needs[course]
        teaching = frozenset[str]().union(*needs.values())
        computed = dict.fromkeys(figure.computed for figure in known.efforts if figure.computed)
        planned.append(
            PlannedCourse(
                course=known.course,
                covers=tuple(item.any_of for item, courses in covering.items() if course in courses),
                hours_low=known.hours_low,
                hours_high=known.hours_high,
                hours_known=known.hours_high is not None,
                computed="; ".join(computed) or None,
                cost=known.cost,
                currency=known.currency,
                after=tuple(facts[other].course for other in taken if other in teaching),
                bring=tuple(catalogue.ref(asset) for asset, others in needs.items() if others.isdisjoint(taken)),
                prerequisites=known.prerequisites,
                efforts=known.efforts,
                prices=known.prices,
            )
        )
        taken.append(course)
    return tuple(planned)


def _order_courses(catalogue: Catalogue, market: _Market, chosen: Collection[str]) -> list[str]:
    """The courses in an order in which each is taught what it expects, by label where several could be next.

    A circle is entered at a course that one could not get to otherwise, and that waits for the fewest. (`graphlib`
    knows neither circles nor that one of several teachers will do.)
    """
    startable = _startable(market, market.courses)
    waiting = sorted(chosen, key=lambda course: (catalogue.label(course), course))
    taken: list[str] = []
    while waiting:
        ready = [course for course in waiting if _ready(market.needs[course], taken)]
        locked = [course for course in waiting if course not in startable]
        following = (
            ready[0] if ready else min(locked, key=lambda course: len(_prerequisites_of(market, course, waiting)))
        )
        taken.append(following)
        waiting.remove(following)
    return taken


def _prerequisites_of(market: _Market, course: str, waiting: Collection[str]) -> set[str]:
    queue = [course]
    for one in queue:
        teaching = frozenset[str]().union(*market.needs[one].values())
        queue += sorted(teaching.intersection(waiting) - set(queue))
    return set(queue)
