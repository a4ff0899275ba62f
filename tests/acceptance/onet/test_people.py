"""What an adviser would expect of routes, line by line: orderings and bounds, each with a reason to argue with.

`people.csv` has them. Most hold for the bundled graph alone; some take all of O*NET, and are skipped without it.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import careergraph
from careergraph.api import CareerGraph
from careergraph.model.errors import NoRoute
from careergraph.transitions.route_steps import Route, Routes

TABLE = Path(__file__).parents[1] / "people.csv"
#: An adviser's client thinks in a year.
MONTHS = 12


class Expectation(NamedTuple):
    """One line of the table."""

    data: str
    rule: str
    origin: str
    role: str
    value: str
    reason: str


def expectations() -> list[Expectation]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Expectation(**row) for row in csv.DictReader(file)]


class Adviser:
    """Asks a graph for the best route, each question once."""

    def __init__(self, graph: CareerGraph) -> None:
        self.graph = graph
        self.answer = cache(self._answer)

    def _answer(self, origin: str, role: str, skill: str | None = None) -> Routes | None:
        start = self.graph.start(origin, skills=[skill] if skill else [])
        try:
            return self.graph.routes(start, role)
        except NoRoute:
            return None

    def route(self, origin: str, role: str) -> Route | None:
        answer = self.answer(origin, role)
        return answer.routes[0] if answer else None

    def cost(self, origin: str, role: str, skill: str | None = None) -> float:
        """Expected attempts of the best route; what cannot be reached costs more than anything."""
        answer = self.answer(origin, role, skill)
        return answer.routes[0].attempts if answer else float("inf")

    def cost_by_degree(self, origin: str, role: str) -> float | None:
        """Expected attempts by way of a degree, where an answer says that no route is realistic; None elsewhere."""
        answer = self.answer(origin, role)
        return answer.by_degree.attempts if answer and answer.by_degree else None

    def stops(self, origin: str, role: str) -> set[str]:
        route = self.route(origin, role)
        return {step.destination.label for step in route.steps[:-1]} if route else set()


Rule = Callable[[Adviser, Expectation], bool]


def easier_than_for(ask: Adviser, one: Expectation) -> bool:
    mine, others = ask.cost_by_degree(one.origin, one.role), ask.cost_by_degree(one.value, one.role)
    if mine is not None and others is not None:  # both are told first to take a degree: two hopeless chains say nothing
        return mine < others
    return ask.cost(one.origin, one.role) < ask.cost(one.value, one.role)


def nearer_than(ask: Adviser, one: Expectation) -> bool:
    return ask.cost(one.origin, one.role) < ask.cost(one.origin, one.value)


def gains_from(ask: Adviser, one: Expectation) -> bool:
    return ask.cost(one.origin, one.role, one.value) < ask.cost(one.origin, one.role)


def first_step_in_words(ask: Adviser, one: Expectation) -> bool:
    route = ask.route(one.origin, one.role)
    return route is not None and one.value in {move.ease for move in route.steps[0].transitions}


def steps_at_most(ask: Adviser, one: Expectation) -> bool:
    route = ask.route(one.origin, one.role)
    return route is not None and len(route.steps) <= int(one.value)


def no_easier_than(ask: Adviser, one: Expectation) -> bool:
    route = ask.route(one.origin, one.role)
    return route is None or route.feasibility <= float(one.value)


def by_way_of(ask: Adviser, one: Expectation) -> bool:
    return bool(ask.stops(one.origin, one.role) & set(one.value.split("|")))


def not_by_way_of(ask: Adviser, one: Expectation) -> bool:
    return not ask.stops(one.origin, one.role) & set(one.value.split("|"))


def not_within_a_year(ask: Adviser, one: Expectation) -> bool:
    route = ask.route(one.origin, one.role)
    return route is None or route.duration.high > MONTHS


def takes_at_least(ask: Adviser, one: Expectation) -> bool:
    route = ask.route(one.origin, one.role)
    return route is None or route.duration.low >= float(one.value)


RULES: dict[str, Rule] = {
    "easier than for": easier_than_for,
    "nearer than": nearer_than,
    "gains from": gains_from,
    "first step in words": first_step_in_words,
    "steps at most": steps_at_most,
    "no easier than": no_easier_than,
    "by way of": by_way_of,
    "not by way of": not_by_way_of,
    "not within 12 months": not_within_a_year,
    "takes at least": takes_at_least,
}


def check(graph: CareerGraph, data: str) -> None:
    """Judge all expectations of a data set, print how many hold, and fail if one does not."""
    asked, adviser = [one for one in expectations() if one.data == data], Adviser(graph)
    broken = [one for one in asked if not RULES[one.rule](adviser, one)]
    sys.stdout.write(f"{len(asked) - len(broken)} of {len(asked)} expectations hold with {data}\n")
    assert asked
    assert not broken, "\n".join(f"{one.origin} -> {one.role}: {one.rule} {one.value}: {one.reason}" for one in broken)


def test_there_are_enough_expectations_each_with_a_reason_and_none_twice() -> None:
    every = expectations()
    assert len(every) >= 120
    assert {one.rule for one in every} == set(RULES)
    assert len({one[:5] for one in every}) == len(every)
    assert all(one.reason.endswith(".") for one in every)


def test_an_adviser_would_sign_the_routes_of_the_bundled_graph() -> None:
    check(careergraph.load("bundled"), "bundled")


def test_an_adviser_would_sign_the_routes_with_onet(imported_onet: Path) -> None:
    check(careergraph.load("bundled", str(imported_onet)), "onet")


@pytest.mark.parametrize("one", [one for one in expectations() if one.rule == "easier than for"][:3], ids=str)
def test_an_expectation_turned_round_is_broken(one: Expectation) -> None:
    adviser = Adviser(careergraph.load("bundled"))
    assert not easier_than_for(adviser, one._replace(origin=one.value, value=one.origin))
