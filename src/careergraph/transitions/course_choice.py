"""Which courses: the exact choice by 0-1 programming.

Of all sets that cover every requirement that some course covers, and in which courses are taught what they expect
before they start, it is the first by, in this order:

0. with a budget, the fewest requirements that are left out, since what would cover them cannot be paid;
1. the fewest courses that one cannot get to, since they wait for each other in a circle (such a course is taken
   without what it waits for);
2. the fewest courses whose hours (or cost) have no known upper end: what nobody says is neither guessed nor taken for
   nothing, so such courses serve only where nothing else does;
3. by hours, the fewest courses of which not even a lower bound is known;
4. the least sum of the upper ends, which is what one has to be ready to spend;
5. the fewest courses;
6. their IRIs: the set with the smaller first IRI, then the smaller second one, and so on.

Each is minimised with those before it held at their optimum. Hours and money are counted in hundredths (where one
figure is beyond a million, to eight digits of the largest), so that all sums are of whole numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import inf

from careergraph.catalogue.courses import CourseFacts
from careergraph.model.records import Record
from careergraph.transitions.course_market import Market

#: How many places of the order of IRIs one program decides; up to what size of sum objectives are merged into one; how
#: many digits an amount has at most. Beyond, the solver's tolerance (it takes 0.999999 for 1) could come into play.
_PLACES, _FINEST, _DIGITS = 16, 1_000_000, 8


### What is best


class Price(Record):
    """What a course adds to the objectives: whether it is open-ended, whether nothing is known, how many hundredths."""

    open: bool
    blank: bool
    amount: int


def price_by_hours(facts: Mapping[str, CourseFacts]) -> dict[str, Price]:
    """What each course adds to the hours of a plan."""
    return {course: _price(known.hours_high, blank=known.hours_low is None) for course, known in facts.items()}


def price_by_cost(facts: Mapping[str, CourseFacts]) -> dict[str, Price]:
    """What each course adds to the cost of a plan, in the currency that most are priced in."""
    paid = Counter(known.currency for known in facts.values() if known.currency)
    most = min(paid, key=lambda currency: (-paid[currency], currency), default=None)
    return {
        course: _price(known.cost if known.currency in (None, most) else None, blank=False)
        for course, known in facts.items()
    }


def _price(amount: float | None, *, blank: bool) -> Price:
    return Price(amount is None, blank, 0 if amount is None else round(amount * 100))


#: What a plan can spend least of → what each course adds to that.
MEASURES: dict[str, Callable[[Mapping[str, CourseFacts]], dict[str, Price]]] = {
    "hours": price_by_hours,
    "cost": price_by_cost,
}


### Which courses

#: `Σ coefficient · variable ≥ bound` over whole numbers, with a variable, 0 or 1, for each course.
Row = tuple[dict[int, int], float]


def choose_courses(market: Market, added: Mapping[str, Price]) -> frozenset[str]:
    """The best set of courses; see the head of this module.

    Args:
        market: the courses to choose from, what is to be covered, and what all of them may cost together.
        added: what each course adds to that of which the least is to be spent.
    """
    if not market.courses:
        return frozenset()
    startable, prices = find_startable(market, market.courses), [added[course] for course in market.courses]
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
    if market.budget is not None:
        objectives = _with_gaps(objectives, len(market.covers))
        rows.append(_within_budget(market, market.budget))
    while True:
        taken = _lexicographic_minimum(_merge_objectives(objectives), rows)
        chosen = frozenset(course for course, value in zip(market.courses, taken, strict=False) if value)
        circles = _circles(market, chosen, startable)
        if not circles:
            return chosen
        rows += circles


def _with_gaps(objectives: Sequence[list[int]], covers: int) -> list[list[int]]:
    """The objectives, behind a first one that counts what is left uncovered; a variable more for each requirement."""
    size = len(objectives[0])
    return [[0] * size + [1] * covers, *([*objective, *[0] * covers] for objective in objectives)]


def _within_budget(market: Market, budget: float) -> Row:
    """A row that keeps what the courses cost together within a budget, in hundredths."""
    costs = {place: -round(market.costs[course] * 100) for place, course in enumerate(market.courses)}
    return {place: cost for place, cost in costs.items() if cost} or {0: 0}, -round(budget * 100)


def _coarse(amounts: Sequence[int]) -> list[int]:
    """Amounts in a unit, a power of ten, in which none has too many digits."""
    unit = 10 ** max(0, len(str(max(amounts))) - _DIGITS)
    return [(amount + unit // 2) // unit for amount in amounts]


def find_startable(market: Market, courses: Iterable[str], first: Collection[str] = ()) -> frozenset[str]:
    """Those of some courses that one gets to by taking each as soon as what it expects has been taught; some first."""
    waiting, found = [course for course in courses if course not in first], set(first)
    while ready := [course for course in waiting if is_ready(market.needs[course], found)]:
        found.update(ready)
        waiting = [course for course in waiting if course not in found]
    return frozenset(found)


def is_ready(needs: Mapping[str, frozenset[str]], taken: Collection[str]) -> bool:
    """Whether some courses teach what a course expects, as far as any course does."""
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


def _constraints(market: Market) -> list[Row]:
    """Each requirement is covered, and what a course expects is taught, be it too late."""
    needs = [(course, teaching) for course in market.courses for teaching in market.needs[course].values() if teaching]
    covered = [_at_least_one(market, courses) for courses in market.covers]
    if market.budget is not None:
        size = len(market.courses)
        covered = [(row | {size + place: 1}, least) for place, (row, least) in enumerate(covered)]
    return covered + [_at_least_one(market, teaching, course) for course, teaching in needs]


def _circles(market: Market, chosen: frozenset[str], startable: frozenset[str]) -> list[Row]:
    """What a choice lacks of which some courses wait for each other, though one could get to them otherwise.

    In any order that can be walked, the first of them is taught what it waits for here by a course that is not one of
    them, and of those none has been chosen: whoever takes one of them needs at least one of those.
    """
    taken = find_startable(market, chosen, chosen - startable)
    stuck = chosen - taken
    awaited = (teaching for course in stuck for teaching in market.needs[course].values())
    ways_in = frozenset[str]().union(*(teaching for teaching in awaited if teaching.isdisjoint(taken))) - stuck
    return [_at_least_one(market, ways_in, course) for course in sorted(stuck)]


def _at_least_one(market: Market, courses: Collection[str], wanting: str | None = None) -> Row:
    """A row that asks for one of some courses, or asks so only if a certain course is taken."""
    number = {course: place for place, course in enumerate(market.courses)}
    row = {number[course]: 1 for course in courses}
    return (row, 1) if wanting is None else (row | {number[wanting]: -1}, 0)


def _lexicographic_minimum(objectives: Sequence[Sequence[int]], rows: Sequence[Row]) -> list[int]:
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
