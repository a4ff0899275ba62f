"""Which courses: the exact choice by 0-1 programming.

The choice is made among all sets that cover every requirement that some course covers, and in which what courses expect
is taught before they start. It is the first of them by, in this order:

0. with a budget, the fewest requirements that are left out, since what would cover them cannot be paid;
1. the fewest courses that cannot be started, since they wait for each other in a circle (such a course is taken
   without what it waits for);
2. the fewest courses whose hours (or cost) have no known upper end: an unknown figure is neither guessed nor taken for
   zero, so such courses are chosen only where no other will do;
3. by hours and time, the fewest courses of which not even a lower bound is known;
   by time, then, with any number of courses side by side, the least hours until the last of them is done;
4. the least sum of the upper ends, which is what the person has to be ready to spend;
5. by cost, of those that cost the same: 2 to 4 for their hours;
6. the fewest courses;
7. their IRIs: the set with the smaller first IRI, then the smaller second one, and so on.

By time, the best set by 0 to 7 is found again and again with the end of the last one as a limit, until there is none
that is as good by 0 to 3. A set with a course that ends too late is ruled out by a row: taking that course in time
requires another one that teaches what it waits for sooner, directly or through its teachers.

Each objective is minimised with those before it held at their optimum. Hours and money are counted in hundredths (where
one figure is beyond a million, to eight digits of the largest), so that all sums are of whole numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from math import inf

from careergraph.transitions.plans.binary_programs import Patience, Row, TooLarge, find_least, find_open
from careergraph.transitions.plans.course_dominance import drop_dominated
from careergraph.transitions.plans.course_market import Market
from careergraph.transitions.plans.course_prices import Price
from careergraph.transitions.plans.course_readiness import Deadlines, find_ends, find_startable

#: The largest sum up to which objectives are merged into one; the most digits of an amount. Beyond these, the tolerance
#: of a solver for large programs (it takes 0.999999 for 1) could matter.
_FINEST, _DIGITS = 1_000_000, 8
#: How many variables a large program settles at once: their weights stay far below the tolerance.
_BLOCK = 12


def choose_courses(
    market: Market, added: Sequence[Mapping[str, Price]], lengths: Mapping[str, int] | None = None
) -> frozenset[str]:
    """The best set of courses, as the docstring of this module defines it.

    Args:
        market: the courses to choose from, what is to be covered, and what all of them may cost together.
        added: what each course adds to the objective, such as money, and to each that decides where the ones before it
            do not, such as hours.
        lengths: how long each takes, in hundredths of an hour, if time is to be minimised.
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
    market: Market, added: Sequence[Mapping[str, Price]], lengths: Mapping[str, int] | None
) -> dict[str, tuple[float, ...]]:
    """The figures in which a course must not exceed another one to replace it."""
    sums = [figures for measure in added for figures in _objectives(market, measure)]
    times = [0 if lengths is None else lengths[course] for course in market.courses]
    costs = [0.0 if market.budget is None else market.costs[course] for course in market.courses]
    return dict(zip(market.courses, zip(*sums, times, costs, strict=True), strict=True))


def _objectives(market: Market, measure: Mapping[str, Price]) -> tuple[list[int], list[int], list[int]]:
    """What each course adds to the courses of open length or price, to those of unknown one, and to the sum."""
    prices = [measure[course] for course in market.courses]
    opens, blanks = [int(price.open) for price in prices], [int(price.blank) for price in prices]
    return opens, blanks, _coarse([price.amount for price in prices])


class _Search:
    """The program of one market, with all rows found necessary so far."""

    def __init__(self, market: Market, added: Sequence[Mapping[str, Price]]) -> None:
        self.market, self.startable, self.patience = market, find_startable(market, market.courses), Patience()
        opens, blanks, amounts = _objectives(market, added[0])
        others = [figures for measure in added[1:] for figures in _objectives(market, measure)]
        self.first = [[int(course not in self.startable) for course in market.courses], opens, blanks]
        self.objectives = [*self.first, amounts, *others, [1] * len(market.courses)]
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
        ):  # which can be checked sooner than which set is best
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
        # Ties between equally good sets are broken only once a set is found whose courses can all be started.
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
        """From now on, require solutions no worse than a choice by the objectives before time."""
        taken = [int(course in chosen) for course in self.market.courses]
        taken += [int(courses.isdisjoint(chosen)) for courses in self.market.covers]
        before = len(self.first) + (self.market.budget is not None)
        for objective in self.objectives[:before]:
            _fix(objective, taken[: len(objective)], self.rows)


def _in_time(market: Market, startable: frozenset[str], lengths: Mapping[str, int], limit: float) -> Iterator[Row]:
    """Exclude courses that are late even if all are taken; require teachers that are early enough for the others."""
    ends = find_ends(market, market.courses, lengths, startable)
    for course in market.courses:
        if ends.get(course, inf) > limit:
            yield _at_least_one(market, (), course)
        for teaching in market.needs[course].values() if course in startable else ():
            soon = [one for one in teaching if ends.get(one, inf) <= limit - lengths[course]]
            if teaching:
                yield _at_least_one(market, soon, course)


def _late(search: _Search, chosen: frozenset[str], lengths: Mapping[str, int], limit: float) -> list[Row]:
    """Rows that a choice with late courses violates: each late course needs one of those that could teach sooner."""
    ends = find_ends(search.market, chosen, lengths, search.startable)
    earliest = find_ends(search.market, search.market.courses, lengths, search.startable)
    deadlines = Deadlines(search.market, lengths, search.startable, ends, earliest)
    late = sorted(course for course in chosen if ends[course] > limit)
    return [_at_least_one(search.market, deadlines.find_ways_in(course, limit), course) for course in late]


def _with_gaps(objectives: Sequence[list[int]], covers: int) -> list[list[int]]:
    """The objectives after a first one that counts uncovered requirements; one more variable for each requirement."""
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
    """Each requirement is covered, and what a course expects is taught, even if too late."""
    needs = [(course, teaching) for course in market.courses for teaching in market.needs[course].values() if teaching]
    covered = [_at_least_one(market, courses) for courses in market.covers]
    if market.budget is not None:
        size = len(market.courses)
        covered = [({**row, size + place: 1}, least) for place, (row, least) in enumerate(covered)]
    return covered + [_at_least_one(market, teaching, course) for course, teaching in needs]


def _circles(market: Market, chosen: frozenset[str], startable: frozenset[str]) -> list[Row]:
    """Rows that a choice violates in which courses wait for each other, though another choice would avoid that.

    In any possible order, the first of them is taught what it waits for by a course outside the circle, and none of
    those has been chosen: taking one of the circle requires at least one of those.
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
        rows: the constraints.
        size: ties are broken among this many first variables: the first that can be 1 is 1, and so on.
        patience: for our own search; a solver for large programs does the rest.

    Returns:
        The values; None if none satisfy the rows.
    """
    kept, upper = list(rows), [1] * len(objectives[0])
    found, best = list[int](), 0
    for objective in objectives:
        # The last solution satisfies all rows, so only better ones are searched for.
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
    """Of all values that satisfy the rows, those with the first variable 1 if possible, then the second one, ..."""
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
            with suppress(ImportError, OSError):  # otherwise it continues one by one, however long that takes
                return _settle_large(found, waiting, [*rows, _stay_below(objective, below)], allowed)
    return found


def _settle_large(found: list[int], waiting: Sequence[int], rows: list[Row], allowed: list[int]) -> list[int]:
    """The same for the other variables, several at once: each counts more than all after it."""
    for start in range(0, len(waiting), _BLOCK):
        block = waiting[start : start + _BLOCK]
        weights = [0] * len(allowed)
        for number, place in enumerate(reversed(block)):
            weights[place] = -(2**number)
        found = _solve_large(weights, rows, allowed) or found
        _hold(found, block, rows, allowed)
    return found


def _hold(found: Sequence[int], places: Sequence[int], rows: list[Row], allowed: list[int]) -> None:
    """Fix some variables at their present values."""
    for place in places:
        if found[place]:
            rows.append(({place: 1}, 1))
        else:
            allowed[place] = 0


def _sum(objective: Sequence[int], found: Sequence[int]) -> int:
    return sum(weight * value for weight, value in zip(objective, found, strict=True))


def _fix(objective: Sequence[int], found: Sequence[int], rows: list[Row]) -> int:
    """Require solutions no worse by an objective than the one found; return its value."""
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
    """Values, 0 or 1, that satisfy all rows and minimise an objective; None if there are none.

    Args:
        objective: the weights of the variables.
        rows: the constraints.
        upper: which variables may be 1.
        patience: for our own search.
        below: what the objective has to stay below.
        first: whether to stop at the first values that satisfy all of this.
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
