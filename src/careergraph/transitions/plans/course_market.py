"""The courses to choose from: those that teach what is missing, deep enough, and those that teach what they expect.

A requirement is covered by the courses that teach one of its alternatives as deep as the role asks for; if it is only
estimated, as deep as a newcomer needs it. If none goes that deep, those that go deepest cover it as far as they go,
provided that is deeper than what is held. What a course expects is taught by courses that go as deep as it expects, or
else by the deepest ones in the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.course_levels import (
    TeachingDepths,
    find_expected_levels,
    find_languages,
    find_teaching_depths,
    to_depth,
)
from careergraph.catalogue.courses import CourseFacts, is_takeable, list_course_facts
from careergraph.model.errors import ContradictoryConditions
from careergraph.model.records import Record
from careergraph.transitions.gaps import Missing
from careergraph.transitions.holdings import Holdings
from careergraph.transitions.plans.records import NEARLY

#: Levels that differ by less are the same: how far a requirement is met is rounded to four places.
_SAME = 1e-3


class Wishes(NamedTuple):
    """Which courses somebody is ready to take."""

    free: bool = False
    """Only courses that cost nothing, as far as a page says so."""
    budget: float | None = None
    """What all courses may cost together; a course of unknown cost, or priced in another currency, is left out."""
    currency: str | None = None
    """What the budget is counted in, as an ISO 4217 code."""
    languages: tuple[str, ...] = ()
    """ISO 639 codes; a course that no source says is held in one of them is left out. All if empty."""
    avoid: tuple[str, ...] = ()
    """The IRIs of courses that are not to be planned, such as those that have been taken."""


class Market(Record):
    """The courses to choose from, by IRI, as far as they matter for a gap.

    `wanted` has the assets that are missing, `covers` the courses for each requirement; `needs` has, for each course
    and each asset that it expects, the courses that teach it. `costs` are in the currency of `budget`.
    """

    courses: tuple[str, ...]
    wanted: frozenset[str]
    covers: tuple[frozenset[str], ...]
    needs: Mapping[str, Mapping[str, frozenset[str]]]
    costs: Mapping[str, float]
    budget: float | None


class Offer(NamedTuple):
    """The courses that the person is ready to take, with what they teach."""

    facts: Mapping[str, CourseFacts]
    taught: TeachingDepths


def find_offer(catalogue: Catalogue, wishes: Wishes) -> Offer:
    """The courses that meet the wishes, and what those teach."""
    known = catalogue.once(_list_facts)
    facts = {course: item for course, item in known.items() if _is_wished(catalogue, item, wishes)}
    taught = {
        asset: {course: level for course, level in by_course.items() if course in facts}
        for asset, by_course in find_teaching_depths(catalogue).items()
    }
    return Offer(facts, taught)


def check_wishes(catalogue: Catalogue, wishes: Wishes) -> None:
    """Make sure that there are courses priced in the currency of the budget, and courses in one of the languages.

    Raises:
        ContradictoryConditions: there are courses in other currencies or languages only.
    """
    facts = catalogue.once(_list_facts)
    currencies = {item.currency for item in facts.values() if item.currency}
    if wishes.budget is not None and currencies and wishes.currency not in currencies:
        raise ContradictoryConditions(
            f"No course is priced in {wishes.currency}, and prices are not converted; give the budget in "
            f"{' or '.join(sorted(currencies))}, or ask for courses that are free."
        )
    spoken = {code for course in facts for code in find_languages(catalogue, course)}
    if wishes.languages and spoken and spoken.isdisjoint(wishes.languages):
        raise ContradictoryConditions(
            f"No course on record is held in {' or '.join(wishes.languages)}; there are courses in "
            f"{', '.join(sorted(spoken))}."
        )


def _list_facts(catalogue: Catalogue) -> dict[str, CourseFacts]:
    return {course: list_course_facts(catalogue, course) for course in is_takeable(catalogue)}


def _is_wished(catalogue: Catalogue, item: CourseFacts, wishes: Wishes) -> bool:
    if item.course.id in wishes.avoid or (wishes.free and item.cost != 0):
        return False
    if wishes.budget is not None and (item.cost is None or item.currency not in (None, wishes.currency)):
        return False
    return not wishes.languages or not set(wishes.languages).isdisjoint(find_languages(catalogue, item.course.id))


def find_depth_to_learn(catalogue: Catalogue, item: Missing) -> float:
    """How deep a missing requirement is to be learnt, between 0 and 1: as deep as the role asks for it.

    If it is only estimated, from what people in the role know, it is learnt to the working level at most, which is also
    assumed where no level is named: nobody expects a newcomer to be as good as they have become.
    """
    asked = to_depth(catalogue, item.level)
    return min(asked, to_depth(catalogue, None)) if item.estimated else asked


def is_left_to_work(catalogue: Catalogue, item: Missing) -> bool:
    """Whether a missing skill needs no course: it is estimated, and held nearly at the working level, or only basic.

    If people in a role know only the basics of something, nobody expects more of a newcomer either.
    """
    held, enough = item.met * to_depth(catalogue, item.level), NEARLY * to_depth(catalogue, None)
    return item.estimated and (held >= enough or find_depth_to_learn(catalogue, item) < enough)


def find_covering(catalogue: Catalogue, taught: TeachingDepths, item: Missing) -> frozenset[str]:
    """The courses that cover a missing requirement as deep as it is to be learnt, or bring one closest to that."""
    held = item.met * to_depth(catalogue, item.level)
    return _teachers(taught, [ref.id for ref in item.any_of], find_depth_to_learn(catalogue, item), held)


def find_level_taught(taught: TeachingDepths, item: Missing, courses: Collection[str]) -> float:
    """The depth to which some courses teach a requirement."""
    levels = (taught.get(ref.id, {}).get(course, 0.0) for ref in item.any_of for course in courses)
    return max(levels, default=0.0)


def _teachers(taught: TeachingDepths, assets: Iterable[str], needed: float, held: float) -> frozenset[str]:
    levels: dict[str, float] = {}
    for asset in assets:
        for course, level in taught.get(asset, {}).items():
            levels[course] = max(level, levels.get(course, 0.0))
    deepest = max(levels.values(), default=0.0)
    if deepest <= held + _SAME:
        return frozenset()
    return frozenset(course for course, level in levels.items() if level >= min(needed, deepest) - _SAME)


def make_market(
    catalogue: Catalogue,
    offer: Offer,
    held: Holdings,
    covers: Iterable[tuple[Missing, frozenset[str]]],
    wishes: Wishes,
) -> Market:
    """The courses that cover requirements, with all that teach what those expect, and so on.

    Args:
        catalogue: where to look.
        offer: the courses that the person is ready to take.
        held: what is held at the start.
        covers: the missing requirements, each with the courses that cover it; those that none covers are left out.
        wishes: have the budget.
    """
    coverable = [(item, courses) for item, courses in covers if courses]
    assets = frozenset(ref.id for item, _ in coverable for ref in item.any_of)
    queue = sorted(frozenset[str]().union(*(courses for _, courses in coverable)))
    needs: dict[str, dict[str, frozenset[str]]] = {}
    for course in queue:
        needs[course] = {
            asset: _teachers(offer.taught, [asset], level, held.level([asset])) - {course}
            for asset, level in find_expected_levels(catalogue, course).items()
            if held.level([asset]) < level - _SAME
        }
        queue += sorted(frozenset[str]().union(*needs[course].values()) - set(queue))
    costs = {course: offer.facts[course].cost or 0.0 for course in queue}
    wanted = tuple(courses for _, courses in coverable)
    return Market(tuple(sorted(queue)), assets, wanted, needs, costs, wishes.budget)
