"""In which order the chosen courses are taken, and to which step of a route each belongs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from careergraph.catalogue.catalogue import Catalogue
from careergraph.transitions.course_choice import find_startable, is_ready
from careergraph.transitions.course_market import Market


def find_stages(
    market: Market, chosen: Collection[str], covering: Sequence[tuple[int, frozenset[str]]]
) -> dict[str, int]:
    """The first step of a route that needs each chosen course, for what it covers or for what others expect.

    Args:
        market: what the courses need.
        chosen: the courses.
        covering: for each requirement, the number of its step and the courses that cover it.
    """
    stages: dict[str, int] = {}
    for stage, courses in sorted(covering, key=lambda pair: pair[0]):
        queue = [course for course in sorted(courses.intersection(chosen)) if course not in stages]
        for course in queue:
            stages.setdefault(course, stage)
            teachers = frozenset[str]().union(*market.needs[course].values()).intersection(chosen)
            queue += [other for other in sorted(teachers) if other not in stages and other not in queue]
    return stages


def order_courses(
    catalogue: Catalogue, market: Market, chosen: Collection[str], stages: Mapping[str, int]
) -> list[str]:
    """The courses in an order in which each is taught what it expects.

    Where several could be next, those of the first step of a route come first, then what most others wait for, then the
    label decides.

    A circle is entered at a course that one could not get to otherwise, and that waits for the fewest. (`graphlib`
    knows neither circles nor that one of several teachers will do.)
    """
    startable = find_startable(market, market.courses)
    followers = {course: len(_followers_of(market, course, chosen)) for course in chosen}
    waiting = sorted(chosen, key=lambda one: (stages.get(one, 1), -followers[one], catalogue.label(one), one))
    taken: list[str] = []
    while waiting:
        ready = [course for course in waiting if is_ready(market.needs[course], taken)]
        locked = [course for course in waiting if course not in startable]
        following = (
            ready[0] if ready else min(locked, key=lambda course: len(_prerequisites_of(market, course, waiting)))
        )
        taken.append(following)
        waiting.remove(following)
    return taken


def _prerequisites_of(market: Market, course: str, waiting: Collection[str]) -> set[str]:
    queue = [course]
    for one in queue:
        teaching = frozenset[str]().union(*market.needs[one].values())
        queue += sorted(teaching.intersection(waiting) - set(queue))
    return set(queue)


def _followers_of(market: Market, course: str, chosen: Collection[str]) -> set[str]:
    """The chosen courses that wait for a course, directly or not."""
    found = {course}
    queue = [course]
    for one in queue:
        waiting = [other for other in chosen if any(one in teaching for teaching in market.needs[other].values())]
        queue += [other for other in waiting if other not in found]
        found.update(waiting)
    return found - {course}
