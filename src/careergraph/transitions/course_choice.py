"""Which courses: the exact choice by 0-1 programming.

Of all sets that cover every requirement that some course covers, and in which courses are taught what they expect
before they start, it is the first by, in this order:

0. with a budget, the fewest requirements that are left out, since what would cover them cannot be paid;
1. the fewest courses that one cannot get to, since they wait for each other in a circle (such a course is taken
   without what it waits for);
2. the fewest courses whose hours (or cost) have no known upper end: what nobody says is neither guessed nor taken for
   nothing, so such courses serve only where nothing else does;
3. by hours and time, the fewest courses of which not even a lower bound is known;
   by time, then, with any number of courses side by side, the least hours until the last of them is done;
4. the least sum of the upper ends, which is what one has to be ready to spend;
5. the fewest courses;
6. their IRIs: the set with the smaller first IRI, then the smaller second one, and so on.

By time, the best set by 0 to 6 is found again and again with the end of the last one as a limit, until there is none
that is as good by 0 to 3. A set that has a course too late is ruled out by a row: whoever takes that course and is to
be in time has to take one that could teach sooner what it waits for, itself or by its teachers.

Each is minimised with those before it held at their optimum. Hours and money are counted in hundredths (where one
figure is beyond a million, to eight digits of the largest), so that all sums are of whole numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from math import inf

from careergraph.transitions.binary_programs import Patience, Row, TooLarge, find_least, find_open
from careergraph.transitions.course_dominance import drop_dominated
from careergraph.transitions.course_market import Market
from careergraph.transitions.course_prices import Price
from careergraph.transitions.course_readiness import Deadlines, find_ends, find_startable

#: Up to what size of sum objectives are merged into one; how many digits an amount has at most. Beyond, the tolerance
#: of a solver for large programs (it takes 0.999999 for 1) could come into play.
_FINEST, _DIGITS = 1_000_000, 8
#: How many variables a large program settles at once: their weights stay far below the tolerance.
_BLOCK = 12


def choose_courses(
    market: Market, added: Mapping[str, Price], lengths: Mapping[str, int] | None = None
) -> frozenset[str]:
    """The best set of courses; see the head of this module.

    Args:
        market: the courses to choose from, what is to be covered, and what all of them may cost together.
        added: what each course adds to that of which the least is to be spent.
        lengths: how long each takes, in hundredths of an hour, if the least time is to pass.
    """
    if not market.courses:
        return frozenset()
    market = drop_dominated(market, _figures(market, added, lengths), find_startable(market, market.courses))
    search = _Search(market, added)
    best = search.find()
    if best is None:
        raise RuntimeError("No plan was found, although taking all courses is one.")
    if lengths is not None:
        search.keep(best)
    while lengths is not None:
        end = max(find_ends(market, best, lengths, search.startable).values(), default=0)
        better = search.find(lengths, end - 1) if end else None
        if better is None:
            break
        best = better
    return best


def _figures(
    market: Market, added: Mapping[str, Price], lengths: Mapping[str, int] | None
) -> dict[str, tuple[float, ...]]:
    """All that a course should not have more of than another one that takes its place."""
    prices = [added[course] for course in market.courses]
    amounts = _coarse([price.amount for price in prices])
    times = [0 if lengths is None else lengths[course] for course in market.courses]
    costs = [0.0 if market.budget is None else market.costs[course] for course in market.courses]
    opens, blanks = [price.open for price in prices], [price.blank for price in prices]
    return dict(zip(market.courses, zip(opens, blanks, amounts, times, costs, strict=True), strict=True))


class _Search:
    """The program of one market, with all the rows that have been found to be needed so far."""

    def __init__(self, market: Market, added: Mapping[str, Price]) -> None:
        self.market, self.startable, self.patience = market, find_startable(market, market.courses), Patience()
        prices, size = [added[course] for course in market.courses], len(market.courses)
        self.first = [
            [int(course not in self.startable) for course in market.courses],
            [int(price.open) for price in prices],
            [int(price.blank) for price in prices],
        ]
        self.objectives = [*self.first, _coarse([price.amount for price in prices]), [1] * size]
        self.rows = _constraints(market)
        if market.budget is not None:
            self.objectives = _with_gaps(self.objectives, len(market.covers))
            self.rows.append(_within_budget(market, market.budget))

    def find(self, lengths: Mapping[str, int] | None = None, limit: float = inf) -> frozenset[str] | None:
        """The best set whose courses are all done by a limit; None if there is none."""
        objectives = _merge_objectives(self.objectives)
        if lengths is None:
            return self._find(objectives, lengths, limit)
        self.rows += _in_time(self.market, self.startable, lengths, limit)
        if (
            self._find(objectives[:1], lengths, limit, any_of_them=True) is None
        ):  # which is told sooner than what is best
            return None
        return self._find(objectives, lengths, limit)

    def _find(
        self,
        objectives: Sequence[Sequence[int]],
        lengths: Mapping[str, int] | None,
        limit: float,
        *,
        any_of_them: bool = False,
    ) -> frozenset[str] | None:
        # Which of several sets that are as good it is to be is asked only once one is found that can be walked.
        sizes = [0] if any_of_them else [0, len(self.market.courses)]
        for size in sizes:
            while True:
                taken = _lexicographic_minimum(objectives, self.rows, size, self.patience)
                if taken is None:
                    return None
                chosen = frozenset(one for one, value in zip(self.market.courses, taken, strict=False) if value)
                rows = _circles(self.market, chosen, self.startable)
                if not rows and lengths is not None:
                    rows = _late(self, chosen, lengths, limit)
                if not rows:
                    break
                self.rows += rows
        return chosen

    def keep(self, chosen: frozenset[str]) -> None:
        """Let nothing from now on be worse than a choice by what comes before the time."""
        taken = [int(course in chosen) for course in self.market.courses]
        taken += [int(courses.isdisjoint(chosen)) for courses in self.market.covers]
        before = len(self.first) + (self.market.budget is not None)
        for objective in self.objectives[:before]:
            _fix(objective, taken[: len(objective)], self.rows)


def _in_time(market: Market, startable: frozenset[str], lengths: Mapping[str, int], limit: float) -> Iterator[Row]:
    """No course that is late even if all are taken; and of what teaches the others, something that is soon enough."""
    ends = find_ends(market, market.courses, lengths, startable)
    for course in market.courses:
        if ends.get(course, inf) > limit:
            yield _at_least_one(market, (), course)
        for teaching in market.needs[course].values() if course in startable else ():
            soon = [one for one in teaching if ends.get(one, inf) <= limit - lengths[course]]
            if teaching:
                yield _at_least_one(market, soon, course)


def _late(search: _Search, chosen: frozenset[str], lengths: Mapping[str, int], limit: float) -> list[Row]:
    """What a choice lacks of which some courses are done too late: for each, one of those that could teach sooner."""
    ends = find_ends(search.market, chosen, lengths, search.startable)
    earliest = find_ends(search.market, search.market.courses, lengths, search.startable)
    deadlines = Deadlines(search.market, lengths, search.startable, ends, earliest)
    late = sorted(course for course in chosen if ends[course] > limit)
    return [_at_least_one(search.market, deadlines.find_ways_in(course, limit), course) for course in late]


def _with_gaps(objectives: Sequence[list[int]], covers: int) -> list[list[int]]:
    """The objectives, behind a first one that counts what is left uncovered; a variable more for each requirement."""
    return [[0] * len(objectives[0]) + [1] * covers, *([*objective, *[0] * covers] for objective in objectives)]


def _within_budget(market: Market, budget: float) -> Row:
    """A row that keeps what the courses cost together within a budget, in hundredths."""
    costs = {place: -round(market.costs[course] * 100) for place, course in enumerate(market.courses)}
    return {place: cost for place, cost in costs.items() if cost} or {0: 0}, -round(budget * 100)


def _coarse(amounts: Sequence[int]) -> list[int]:
    """Amounts in a unit, a power of ten, in which none has too many digits."""
    unit = 10 ** max(0, len(str(max(amounts))) - _DIGITS)
    return [(amount + unit // 2) // unit for amount in amounts]


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
        covered = [({**row, size + place: 1}, least) for place, (row, least) in enumerate(covered)]
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


def _lexicographic_minimum(
    objectives: Sequence[Sequence[int]], rows: Sequence[Row], size: int, patience: Patience
) -> list[int] | None:
    """The values, 0 or 1, that are minimal by each objective in turn among those minimal by the ones before it.

    Args:
        objectives: the weights of the variables, none of them negative.
        rows: what the values keep to.
        size: of so many variables, the first ones, the first that can be 1 then is, and so on: no choice is left.
        patience: for the search of our own; a solver for large programs does what is left.

    Returns:
        The values; None if none keep to the rows.
    """
    kept, upper = list(rows), [1] * len(objectives[0])
    found, best = list[int](), 0
    for objective in objectives:
        # What was found before keeps to all rows: only what is better is looked for.
        known = _sum(objective, found) if found else inf
        better = _solve(objective, kept, upper, patience, below=known)
        if better is None and not found:
            return None
        found = better or found
        best = _fix(objective, found, kept)
        upper = [0 if weight > best else bound for weight, bound in zip(objective, upper, strict=True)]
    finest = max(objectives, key=max)
    return _settle(found, size, finest, kept, upper, patience)


def _settle(
    found: list[int], size: int, objective: Sequence[int], rows: list[Row], upper: Sequence[int], patience: Patience
) -> list[int]:
    """Of all values that keep to some rows, those with the first variable 1 if that can be, then the second one, ..."""
    below = _sum(objective, found) + 1
    other = {place: -1 if value else 1 for place, value in enumerate(found[:size])}, 1 - sum(found[:size])
    if not size or _solve(objective, [*rows, other], upper, patience, below=below, first=True) is None:
        return found
    may_be, allowed = find_open(objective, rows, upper, below=below), list(upper)
    waiting = [place for place in range(size) if may_be[place]]
    for limit in (patience, None):
        try:
            while waiting:
                if not found[waiting[0]]:
                    wanted = [*rows, ({waiting[0]: 1}, 1)]
                    found = find_least(objective, wanted, allowed, below=below, first=True, patience=limit) or found
                _hold(found, waiting[:1], rows, allowed)
                del waiting[0]
        except TooLarge:
            with suppress(ImportError, OSError):  # else it goes on one by one, however long that takes
                return _settle_large(found, waiting, [*rows, _stay_below(objective, below)], allowed)
    return found


def _settle_large(found: list[int], waiting: Sequence[int], rows: list[Row], allowed: list[int]) -> list[int]:
    """The same for what is left, several variables at once: each counts more than all after it."""
    for start in range(0, len(waiting), _BLOCK):
        block = waiting[start : start + _BLOCK]
        weights = [0] * len(allowed)
        for number, place in enumerate(reversed(block)):
            weights[place] = -(2**number)
        found = _solve_large(weights, rows, allowed) or found
        _hold(found, block, rows, allowed)
    return found


def _hold(found: Sequence[int], places: Sequence[int], rows: list[Row], allowed: list[int]) -> None:
    """Let some variables be what they are from now on."""
    for place in places:
        if found[place]:
            rows.append(({place: 1}, 1))
        else:
            allowed[place] = 0


def _sum(objective: Sequence[int], found: Sequence[int]) -> int:
    return sum(weight * value for weight, value in zip(objective, found, strict=True))


def _fix(objective: Sequence[int], found: Sequence[int], rows: list[Row]) -> int:
    """Let nothing be worse by an objective than what was found; its value comes back."""
    best = _sum(objective, found)
    rows.append(({place: -weight for place, weight in enumerate(objective) if weight}, -best - 0.5))
    return best


def _solve(
    objective: Sequence[int],
    rows: Sequence[Row],
    upper: Sequence[int],
    patience: Patience,
    *,
    below: float = inf,
    first: bool = False,
) -> list[int] | None:
    """Values, 0 or 1, that keep to some rows and are minimal by an objective; None if there are none.

    Args:
        objective: the weights of the variables.
        rows: what the values keep to.
        upper: which variables may be 1.
        patience: for the search of our own.
        below: what the objective has to stay below.
        first: whether any values will do that keep to all of this.
    """
    try:
        return find_least(objective, rows, upper, below=below, first=first, patience=patience)
    except TooLarge:
        limited = rows if below == inf else [*rows, _stay_below(objective, below)]
    try:
        return _solve_large(objective, limited, upper)
    except (ImportError, OSError):  # where no file can be opened any more, as in a server's processes
        return find_least(objective, rows, upper, below=below, first=first)


def _stay_below(objective: Sequence[int], limit: float) -> Row:
    return {place: -weight for place, weight in enumerate(objective) if weight} or {0: 0}, 0.5 - limit


def _solve_large(objective: Sequence[int], rows: Sequence[Row], upper: Sequence[int]) -> list[int] | None:
    """The same by HiGHS, which takes longer to import than most programs do to solve."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    entries = [(row, column, value) for row, (values, _) in enumerate(rows) for column, value in values.items()]
    places, columns, values = zip(*entries, strict=True)
    matrix = csr_array((np.array(values, float), (places, columns)), shape=(len(rows), len(objective)))
    result = milp(
        np.array(objective, float),
        integrality=np.ones(len(objective), int),
        bounds=Bounds(0, np.array(upper, float)),
        constraints=LinearConstraint(matrix, np.array([bound for _, bound in rows]), inf),
        options={"mip_rel_gap": 0, "presolve": False},  # HiGHS 1.12 takes some feasible programs for infeasible
    )
    return None if result.x is None else [round(value) for value in result.x]
