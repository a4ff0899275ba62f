"""Courses that no best choice contains: another one does all that they do, expects no more, and costs less.

In any choice with such a course, the other one can take its place at the same time and makes the choice better; if the
other one is in it as well, the course is not needed. So it can be left out before the search, and the answer is the
same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from careergraph.transitions.plans.course_market import Market

#: What a course adds to everything that is minimised.
Figures = tuple[float, ...]


def drop_dominated(market: Market, figures: Mapping[str, Figures], startable: Collection[str]) -> Market:
    """A market without the courses that another one dominates.

    Args:
        market: all courses.
        figures: what each adds to each objective, and what else a choice may not have more of, such as its cost.
        startable: the courses that can be started; others neither dominate nor are dominated.

    Takes time in the square of the number of courses.
    """
    roles = {course: frozenset(_roles(market, course)) for course in market.courses}
    order = [course for course in market.courses if course in startable]

    def dominates(better: str, course: str) -> bool:
        one, other = figures[better], figures[course]
        return (
            better != course
            and all(first <= second for first, second in zip(one, other, strict=True))
            and (one != other or better < course)
            and roles[course] <= roles[better]
            and _can_stand_in(market, better, course)
        )

    dominated = {course for course in order if any(dominates(better, course) for better in order)}
    return _keep(market, lambda course: course not in dominated) if dominated else market


def _roles(market: Market, course: str) -> Iterator[tuple[str, str | int]]:
    """The requirements that a course covers, and what it teaches for which other courses."""
    yield from (("", number) for number, courses in enumerate(market.covers) if course in courses)
    for other, needs in market.needs.items():
        yield from ((other, asset) for asset, teaching in needs.items() if course in teaching)


def _can_stand_in(market: Market, better: str, course: str) -> bool:
    """Whether all that teaches what another course expects, apart from that one, teaches what this one expects."""
    own, other = _teaching(market, better), _teaching(market, course)
    return all(course not in wanted and any(known <= wanted for known in other) for wanted in own)


def _teaching(market: Market, course: str) -> list[frozenset[str]]:
    return [teaching for teaching in market.needs[course].values() if teaching]


def _keep(market: Market, is_kept: Callable[[str], bool]) -> Market:
    courses = tuple(filter(is_kept, market.courses))
    needs = {
        course: {asset: frozenset(filter(is_kept, teaching)) for asset, teaching in market.needs[course].items()}
        for course in courses
    }
    covers = tuple(frozenset(filter(is_kept, courses)) for courses in market.covers)
    return replace(market, courses=courses, covers=covers, needs=needs)
