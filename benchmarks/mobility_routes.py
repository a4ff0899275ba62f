"""Whether somebody was seen to make the steps of routes."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from benchmarks.observed import Moves
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.proxies import find_proxies
from careergraph.model.errors import AlreadyThere, NoRoute
from careergraph.rdf.standards import SKOS
from careergraph.transitions.routes import find_routes

#: Major groups of SOC that count as professional: management, business, computing, engineering, science, social work,
#: law, teaching, arts and media, health.
PROFESSIONAL = ("11", "13", "15", "17", "19", "21", "23", "25", "27", "29")

#: From and to, by IRI.
Step = tuple[str, str]


class StepCounts(NamedTuple):
    """How many steps there were, how many the moves could tell of, and how many of those somebody made."""

    steps: int
    known: int
    made: int

    @property
    def share(self) -> float:
        """The share of those known that somebody made; 0 if none is known."""
        return self.made / self.known if self.known else 0.0


class Survey:
    """What a survey can say of a step from one occupation to another.

    Args:
        observed: the moves between groups.
        origins: the numbers of the groups that it has enough moves from to tell.
        members: the numbers of the occupations in each group.
        occupations: the IRIs of the occupations.
    """

    def __init__(
        self,
        observed: Moves,
        origins: Iterable[int],
        members: Sequence[Sequence[int]],
        occupations: Sequence[str],
    ) -> None:
        self._flow, self._origins = observed.flow, frozenset(origins)
        self._groups: dict[str, set[int]] = {iri: set() for iri in occupations}
        for group, numbers in enumerate(members):
            for number in numbers:
                self._groups[occupations[number]].add(group)

    def knows(self, origin: str) -> bool:
        """Whether it has enough moves from an occupation to tell."""
        return not self._origins.isdisjoint(self._groups.get(origin, ()))

    def was_made(self, step: Step) -> bool | None:
        """Whether somebody made a step; None if it has too few moves from there to tell, or one group has both ends."""
        origins, destinations = (self._groups.get(end, set()) for end in step)
        if not self.knows(step[0]) or not destinations or origins & destinations:
            return None
        return any(self._flow[here, there] > 0 for here in origins for there in destinations)

    def count(self, steps: Iterable[Step]) -> StepCounts:
        """How many of some steps somebody made."""
        found = [self.was_made(step) for step in steps]
        return StepCounts(len(found), len(found) - found.count(None), found.count(True))


def list_professional(catalogue: Catalogue, survey: Survey, occupations: Iterable[str]) -> list[str]:
    """The professional occupations that a survey has enough moves from."""
    return [
        iri
        for iri in occupations
        if (catalogue.value(iri, SKOS.notation) or "").startswith(PROFESSIONAL) and survey.knows(iri)
    ]


def list_roles(catalogue: Catalogue, occupations: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Curated role → its proxies among some occupations, for those that have any and are no families of roles."""
    known = set(occupations)
    found = {
        role: tuple(sorted(known & find_proxies(catalogue, role).keys()))
        for role in catalogue.by_kind["role"]
        if not catalogue.pointing(SKOS.broader, role, "role")
    }
    return {role: proxies for role, proxies in found.items() if proxies}


def find_best_route(catalogue: Catalogue, origin: str, destination: str) -> tuple[str, ...]:
    """The positions on the best route by the default objective, by IRI; none if there is no route."""
    try:
        steps = find_routes(catalogue, origin, destination).routes[0].steps
    except (NoRoute, AlreadyThere):
        return ()
    return (origin, *(step.destination.id for step in steps))


def between_occupations(found: Iterable[Sequence[str]], occupations: Iterable[str]) -> Iterator[Step]:
    """The steps of routes that lead from an occupation to an occupation.

    >>> list(between_occupations([("a", "b", "role"), ("b", "c")], ["a", "b", "c"]))
    [('a', 'b'), ('b', 'c')]
    """
    known = set(occupations)
    return (step for nodes in found for step in pairwise(nodes) if known.issuperset(step))


def draw_questions(
    origins: Sequence[str], roles: dict[str, tuple[str, ...]], count: int, seed: int
) -> list[tuple[str, str, str]]:
    """Random questions: an origin, a role, and one of the role's proxies that is not the origin."""
    drawn, found = random.Random(seed), list[tuple[str, str, str]]()
    while len(found) < count:
        origin, role = drawn.choice(origins), drawn.choice(list(roles))
        proxy = drawn.choice(roles[role])
        if origin != proxy:
            found.append((origin, role, proxy))
    return found


def draw_steps(origins: Sequence[str], occupations: Sequence[str], count: int, seed: int) -> list[Step]:
    """Random steps from some origins to any other occupation."""
    drawn = random.Random(seed)
    steps = ((drawn.choice(origins), drawn.choice(occupations)) for _ in range(count))
    return [step for step in steps if step[0] != step[1]]
