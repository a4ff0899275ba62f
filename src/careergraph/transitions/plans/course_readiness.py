"""Which courses can be started, and how soon: what each expects has to be taught before it begins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import inf

from careergraph.transitions.plans.course_market import Market


def find_startable(market: Market, courses: Iterable[str], first: Collection[str] = ()) -> frozenset[str]:
    """The courses that can be started if each is taken as soon as what it expects has been taught, after `first`."""
    waiting, found = [course for course in courses if course not in first], set(first)
    while ready := [course for course in waiting if is_ready(market.needs[course], found)]:
        found.update(ready)
        waiting = [course for course in waiting if course not in found]
    return frozenset(found)


def is_ready(needs: Mapping[str, frozenset[str]], taken: Collection[str]) -> bool:
    """Whether some courses teach what a course expects, as far as any course does."""
    return not any(teaching and teaching.isdisjoint(taken) for teaching in needs.values())


def find_ends(
    market: Market, courses: Collection[str], lengths: Mapping[str, float], startable: Collection[str]
) -> dict[str, float]:
    """When each course is done if any number are taken side by side; in that order.

    A course begins as soon as what it expects has been taught, by whichever teacher is done first. One that can never
    be started, because it waits in a circle, waits for nothing. (Knuth's generalisation of Dijkstra's algorithm; cubic
    in the courses, which are some dozens.)

    Args:
        market: what each course needs.
        courses: those that are taken.
        lengths: how long each takes.
        startable: the courses of the market that one can get to at all.
    """
    waiting, ends = sorted(courses), dict[str, float]()
    while waiting:
        open_ = (one for one in waiting if one not in startable or is_ready(market.needs[one], ends))
        timed = [(_begin(market, one, ends, startable) + lengths[one], one) for one in open_]
        if not timed:
            break
        end, course = min(timed)
        ends[course] = end
        waiting.remove(course)
    return ends


def _begin(market: Market, course: str, ends: Mapping[str, float], startable: Collection[str]) -> float:
    if course not in startable:
        return 0.0
    awaited = (teaching.intersection(ends) for teaching in market.needs[course].values())
    return max((min(ends[one] for one in teaching) for teaching in awaited if teaching), default=0.0)


class Deadlines:
    """The ways to make a choice of courses with late ones end in time.

    Args:
        market: what each course needs.
        lengths: how long each takes.
        startable: the courses of the market that one can get to at all.
        chosen: when each course of the choice is done.
        earliest: when each course of the market is done if all are taken.
    """

    def __init__(
        self,
        market: Market,
        lengths: Mapping[str, float],
        startable: Collection[str],
        chosen: Mapping[str, float],
        earliest: Mapping[str, float],
    ) -> None:
        self.market, self.lengths, self.startable = market, lengths, startable
        self.chosen, self.earliest = chosen, earliest

    def find_ways_in(self, course: str, deadline: float, waiting: frozenset[str] = frozenset()) -> frozenset[str]:
        """The courses of which one has to be added for a chosen course to be done by a deadline.

        Without any of them, the course is late whatever else is taken: there is something it waits for that no chosen
        course teaches soon enough; so another course has to, or a chosen one has to be done sooner. If it waits for
        several such things, the one with the fewest courses is used.

        Args:
            course: the course.
            deadline: by when it is to be done.
            waiting: the courses that wait for it, and so cannot make it end sooner.
        """
        before, below = deadline - self.lengths[course], waiting | {course}
        awaited = self.market.needs[course].values() if course in self.startable else ()
        late = (
            {one for one in teaching if self.earliest.get(one, inf) <= before} - below
            for teaching in awaited
            if teaching and not any(self.chosen.get(one, inf) <= before for one in teaching)
        )
        ways = [self._other_ways(teaching, before, below) for teaching in late]
        return min(ways, key=lambda found: (len(found), sorted(found)), default=frozenset())

    def _other_ways(self, teaching: Collection[str], before: float, waiting: frozenset[str]) -> frozenset[str]:
        sooner = (self.find_ways_in(one, before, waiting) for one in sorted(teaching) if one in self.chosen)
        return frozenset(one for one in teaching if one not in self.chosen).union(*sooner)
