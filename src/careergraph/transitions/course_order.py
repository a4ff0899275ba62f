"""The order in which the chosen courses are taken, and the step of a route that each belongs to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import inf

from careergraph.catalogue.alignments import add_broader
from careergraph.catalogue.catalogue import Catalogue
from careergraph.transitions.course_market import Market, Offer
from careergraph.transitions.course_readiness import find_startable, is_ready
from careergraph.transitions.learning_order import find_first


def find_stages(
    market: Market, chosen: Collection[str], covering: Sequence[tuple[int, frozenset[str]]]
) -> dict[str, int]:
    """For each chosen course, the first step of a route that needs it, for what it covers or for what others expect.

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
    catalogue: Catalogue, market: Market, chosen: Collection[str], stages: Mapping[str, int], offer: Offer
) -> list[str]:
    """The courses in an order in which what each expects is taught before it.

    If several could be next, those of the first step of a route come first; then those before which the fewest others
    should be taken, judging by what other courses on the same subject expect (mathematics before neural networks,
    Docker before pipelines); then those that most others wait for; then those with the fewest hours; then the label
    decides.

    A circle is entered at a course that cannot be started otherwise and waits for the fewest. (`graphlib` supports
    neither circles nor alternatives.) Takes time quadratic in the chosen courses.
    """
    startable = find_startable(market, market.courses)
    better, rank = _find_better_first(catalogue, market, chosen, offer), _rank(catalogue, market, chosen, offer)
    waiting = sorted(chosen)
    taken: list[str] = []
    while waiting:
        ready = [course for course in waiting if is_ready(market.needs[course], taken)]
        locked = [course for course in waiting if course not in startable]
        following = (
            min(ready, key=lambda one: (stages.get(one, 1), len(better[one].intersection(waiting)), *rank[one]))
            if ready
            else min(locked, key=lambda one: (len(_prerequisites_of(market, one, waiting)), *rank[one]))
        )
        taken.append(following)
        waiting.remove(following)
    return taken


def _rank(
    catalogue: Catalogue, market: Market, chosen: Collection[str], offer: Offer
) -> dict[str, tuple[float, float, str, str]]:
    """The sort key of courses that could all be next: how many wait for it, its hours, its label, its IRI."""
    return {
        course: (
            -len(_followers_of(market, course, chosen)),
            offer.facts[course].hours_high or inf,
            catalogue.label(course),
            course,
        )
        for course in chosen
    }


def _find_better_first(
    catalogue: Catalogue, market: Market, chosen: Collection[str], offer: Offer
) -> dict[str, frozenset[str]]:
    """Course → those of the others that teach what courses on the same subject mostly expect."""
    wanted = add_broader(catalogue, dict.fromkeys(market.wanted.union(*(market.needs[one] for one in chosen)), 1.0))
    teaches = {
        course: {asset for asset in wanted if course in offer.taught.get(asset, ())} for course in sorted(chosen)
    }
    first = find_first(catalogue, sorted(wanted))
    found = {}
    for course, assets in teaches.items():
        before = set[str]().union(*(first[asset] for asset in assets)) - assets
        found[course] = frozenset(one for one in chosen if one != course and not before.isdisjoint(teaches[one]))
    return found


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
