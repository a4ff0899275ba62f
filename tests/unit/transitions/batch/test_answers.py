"""Answers in a batch: what the four questions come to one by one, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import careergraph
from careergraph.api import CareerGraph
from careergraph.model.errors import NoAnswer
from careergraph.transitions.batch import answers, releases
from careergraph.transitions.batch.answers import QUESTIONS, Answer, Answerer, BadPerson
from careergraph.transitions.batch.errors import BadRow
from careergraph.transitions.batch.releases import Release, tell_release
from careergraph.transitions.origins import Origin
from careergraph.transitions.route_steps import Route
from made_people import make_people

RELEASE = Release("some data", "some parameters")
ROLES = ("AI ethicist", "machine learning engineer", "AI product manager")
PEOPLE = list(make_people(30, seed=7, to=ROLES))


@pytest.fixture(scope="module")
def graph() -> CareerGraph:
    return careergraph.load("bundled")


def answered(graph: CareerGraph, question: str, most: int = 30) -> Iterator[tuple[Origin, dict[str, Any], Answer]]:
    """Each person's origin as the library makes it, their row, and what a batch answers."""
    answerer = Answerer(graph.catalogue, question, None, RELEASE)
    for number, row in enumerate(PEOPLE[:most]):
        found = answerer.answer(number, row)
        assert isinstance(found, Answer), found
        assert (found.row, found.id, found.question) == (number, row["id"], question)
        assert (found.data, found.parameters) == RELEASE
        origin = graph.start(row["position"], skills=[*row["skills"], *row["credentials"]])
        yield origin, row, found


def stops(route: Route) -> tuple[str, ...]:
    return tuple(step.destination.id for step in route.steps)


def test_routes_are_those_that_path_finds(graph: CareerGraph) -> None:
    for origin, row, found in answered(graph, "routes"):
        if found.reason is not None:
            with pytest.raises(NoAnswer) as caught:
                graph.routes(origin, row["to"])
            assert (str(caught.value), found.route) == (found.reason, ())
            continue
        best = graph.routes(origin, row["to"]).routes[0]
        assert (found.route, found.cost, found.feasibility) == (stops(best), best.attempts, best.feasibility)
        assert (found.months_low, found.months_high) == (best.duration.low, best.duration.high)
        missing = {tuple(ref.id for ref in item.any_of) for step in best.steps for item in step.missing}
        assert set(found.missing) == missing


def test_gaps_are_those_that_gap_lists(graph: CareerGraph) -> None:
    for origin, row, found in answered(graph, "gap"):
        gap = graph.gap(origin, row["to"])
        assert found.missing == tuple(tuple(ref.id for ref in item.any_of) for item in gap.missing)
        assert found.cost is None
        assert found.route == ()


def test_plans_are_those_that_plan_makes(graph: CareerGraph) -> None:
    for origin, row, found in answered(graph, "plan", 8):
        plan = graph.plan(origin, row["to"])
        assert found.courses == tuple(item.course.id for item in plan.courses)
        assert (found.hours_low, found.hours_high) == (plan.hours_low, plan.hours_high)


def test_what_is_within_reach_is_what_reach_finds(graph: CareerGraph) -> None:
    for origin, _, found in answered(graph, "reach", 2):
        best = graph.reach(origin, limit=20).destinations
        assert [item.role for item in found.reach] == [item.role.id for item in best]
        assert [item.route for item in found.reach] == [stops(item.route) for item in best]
        assert [item.cost for item in found.reach] == [item.attempts for item in best]


def test_equal_questions_are_answered_once(graph: CareerGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counting(*arguments: object) -> answers.Facts:
        asked.append(arguments)
        return answers.answer_gap(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(answers, "QUESTIONS", {**QUESTIONS, "gap": counting})
    answerer = Answerer(graph.catalogue, "gap", "AI ethicist", RELEASE)
    for row in ({"position": "philosopher"}, {"id": 2, "position": "Philosopher"}, {"position": "nurse practitioner"}):
        answerer.answer(0, row)
    found = [answerer.answer(n, {"id": str(n), "position": "philosopher"}) for n in range(5)]
    assert len(asked) <= 2
    assert [item.id for item in found] == list("01234")


def test_a_bad_row_is_told_with_its_number_and_name(graph: CareerGraph) -> None:
    answerer = Answerer(graph.catalogue, "gap", "AI ethicist", RELEASE)
    found = answerer.answer(4, {"id": "eve\x1b", "position": "philosofer"})
    assert isinstance(found, BadPerson)
    assert (found.row, found.id, found.error) == (4, "eve\\x1b", "UnknownName")
    assert answerer.answer(5, BadRow("it is not JSON")) == BadPerson(
        5, None, "BadRow", "This row cannot be asked about: it is not JSON."
    )


def test_a_fault_that_nobody_has_thought_of_is_one_rows(graph: CareerGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> answers.Facts:
        raise ZeroDivisionError

    monkeypatch.setattr(answers, "QUESTIONS", {"gap": fail})
    found = Answerer(graph.catalogue, "gap", "AI ethicist", RELEASE).answer(0, {"position": "philosopher"})
    assert isinstance(found, BadPerson)
    assert found.error == "UnexpectedFault"
    assert "ZeroDivisionError" in found.reason


def test_a_release_tells_data_and_parameters(graph: CareerGraph) -> None:
    release = tell_release(graph.catalogue.files)
    assert release == tell_release(graph.catalogue.files)
    assert release.data != tell_release(graph.catalogue.files[1:]).data
    assert release.parameters.startswith(f"careergraph {careergraph.__version__} sha256:")
    tables = {path.name for path in Path(careergraph.__file__).parent.glob("transitions/**/*.json")}
    assert {name for _, name in releases._TABLES} == tables
