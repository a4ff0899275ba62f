"""The order in which the chosen courses are taken, and the step of a route that each belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import inf

from careergraph.catalogue.alignments import add_broader, find_same
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.course_levels import find_advised_assets
from careergraph.model.records import replace
from careergraph.transitions.learning_order import find_first
from careergraph.transitions.plans.course_market import Market, Offer
from careergraph.transitions.plans.course_readiness import find_startable, is_ready


def find_stages(
    market: Market, chosen: Collection[str], covering: Sequence[tuple[int, frozenset[str]]]
) -> dict[str, int]:
    """For each chosen course, the first step of a route that cannot do without it.

    If several courses teach what a step asks for, those that later steps have more use for are left to later. Takes
    time in the cube of the chosen courses for each step.

    Args:
        market: what the courses need.
        chosen: the courses.
        covering: for each requirement, the number of its step and the courses that cover it.
    """
    last = max((stage for stage, _ in covering), default=1)
    stages: dict[str, int] = {}
    for stage in range(1, last):
        for course in _find_needed(market, chosen, covering, stage):
            stages.setdefault(course, stage)
    return dict.fromkeys(chosen, last) | stages


def _find_needed(
    market: Market, chosen: Collection[str], covering: Sequence[tuple[int, frozenset[str]]], stage: int
) -> set[str]:
    """What has to be taken by the end of a step: without any one of these, something is not covered or not taught."""
    wanted = [courses.intersection(chosen) for number, courses in covering if number <= stage]
    later = Counter(course for number, courses in covering if number > stage for course in courses)
    locked = set(chosen) - find_startable(market, chosen)
    order = sorted(chosen, key=lambda one: (-later[one], sum(one in courses for courses in wanted), one))

    def is_enough(rest: set[str]) -> bool:
        covered = all(not courses or not courses.isdisjoint(rest) for courses in wanted)
        return covered and find_startable(market, rest, locked & rest) == rest

    needed = set(chosen)
    while dropped := next((one for one in order if one in needed and is_enough(needed - {one})), None):
        needed.remove(dropped)
    return needed


def with_soonest(market: Market, ends: Mapping[str, float]) -> Market:
    """A market in which each course is taught what it expects by the course alone that is done first.

    Args:
        market: what the courses need.
        ends: when each chosen course is done.
    """

    def soonest(teaching: frozenset[str]) -> frozenset[str]:
        return frozenset(sorted(teaching.intersection(ends), key=lambda one: (ends[one], one))[:1])

    needs = {
        course: {asset: soonest(teaching) for asset, teaching in each.items()} for course, each in market.needs.items()
    }
    return replace(market, needs=needs)


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
    """Course → those of the others that teach what courses on the same subject mostly expect, or what it advises."""
    advised = {course: find_advised_assets(catalogue, course) for course in chosen}
    known = {asset for asset, courses in offer.taught.items() if not courses.keys().isdisjoint(chosen)}
    wanted = _without_doubles(catalogue, add_broader(catalogue, dict.fromkeys(known.union(*advised.values()), 1.0)))
    teaches = {
        course: {asset for asset in wanted if course in offer.taught.get(asset, ())} for course in sorted(chosen)
    }
    first = find_first(catalogue, sorted(wanted))
    found = {}
    for course, assets in teaches.items():
        before = set[str]().union(advised[course], *(first[asset] for asset in assets)) - assets
        found[course] = frozenset(one for one in chosen if one != course and not before.isdisjoint(teaches[one]))
    return found


def _without_doubles(catalogue: Catalogue, assets: Iterable[str]) -> list[str]:
    """Assets without those of imported data that the curated graph has as well, so that no import changes an order."""
    memory = catalogue.memory
    return [one for one in assets if one in memory or not any(other in memory for other in find_same(catalogue, one))]


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
