"""Rows about people: what they may say, and which of them ask the same."""

from __future__ import annotations

from typing import Any

import pytest

from careergraph.api import CareerGraph
from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import CareergraphError, UnknownName
from careergraph.rdf.vocabulary import ID
from careergraph.transitions.batch.errors import BadRow
from careergraph.transitions.batch.people import People, remember
from careergraph.transitions.people.by_hand import make_person


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load("bundled")


@pytest.fixture(scope="module")
def people(catalogue: Catalogue) -> People:
    return People(catalogue, "routes", "AI ethicist")


def test_a_row_holds_what_the_command_line_makes_of_its_names(catalogue: Catalogue, people: People) -> None:
    row = {"position": "software engineer", "skills": ["PyTorch", "sklearn"], "credentials": ["PhD"]}
    made = people.origin(people.ask(row))
    by_name = CareerGraph(catalogue).start("software engineer", skills=["PyTorch", "sklearn", "PhD"])
    assert (made.ref, made.positions) == (by_name.ref, by_name.positions)
    assert {asset: by_name.held.assets[asset] for asset in made.held.assets} == made.held.assets
    assert f"{ID}skill/pytorch" in made.held.assets


def test_a_profile_as_it_is_written_is_a_row(catalogue: Catalogue, people: People) -> None:
    person = make_person(catalogue, skills=["PyTorch"], backgrounds=["software engineer"])
    question = people.ask({"id": 1, "to": "AI ethicist", **person.to_dict()})
    assert question.position is None
    assert question.positions == (f"{ID}background/software-engineer",)
    assert dict(question.assets) == {f"{ID}skill/pytorch": 0.5}
    assert question.to == f"{ID}role/ai-ethicist"


def test_a_row_of_a_table_may_have_the_empty_columns_of_a_profile(people: People) -> None:
    columns = {"position": "philosopher", "positions": None, "assets": None, "name": None}
    assert people.ask(columns) == people.ask({"position": "philosopher"})


def test_names_in_any_order_and_spelling_ask_the_same(people: People) -> None:
    one = people.ask({"id": "a", "position": "software engineer", "skills": ["PyTorch", "Python"]})
    other = people.ask({"id": "b", "position": "Software-Engineer", "skills": ["python", "torch", "pytorch"][::2]})
    assert one == other


def test_for_a_gap_only_what_the_role_asks_for_counts(catalogue: Catalogue) -> None:
    people = People(catalogue, "gap", "machine learning engineer")
    with_more = people.ask({"position": "software engineer", "skills": ["PyTorch", "oil painting"][:1]})
    assert [asset for asset, _ in with_more.assets] == [f"{ID}skill/pytorch"]
    asked_by_none = people.ask({"position": "software engineer", "skills": ["philosophy of mind"]})
    assert asked_by_none == people.ask({"position": "software engineer"})


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({}, "neither position nor skills nor credentials"),
        ({"position": 7}, "its position is 7, not a name"),
        ({"position": ["nurse"]}, "not a name"),
        ({"skills": "Python"}, "its skills are 'Python', not a list of names"),
        ({"skills": ["Python", None]}, "not a list of names"),
        ({"position": "philosopher", "id": True}, "its id is True, neither a name nor a number"),
        ({"position": "philosopher", "id": float("nan")}, "its id is nan, neither a name nor a number"),
        ({"position": "philosopher", "id": {"a": 1}}, "neither a name nor a number"),
        ({"position": "philosopher", "id": "x" * 201}, "its id has 201 characters; at most 200 are possible"),
        ({"positions": [], "assets": []}, "nothing of its positions and assets is known here"),
        ({"positions": [{}], "assets": []}, "names nothing"),
        ({"position": "philosofer"}, "Did you mean"),
        ({"position": "philosopher", "to": "philosopher king"}, "is called 'philosopher king'"),
    ],
)
def test_a_row_that_says_nothing_is_told(people: People, row: dict[str, Any], reason: str) -> None:
    with pytest.raises(CareergraphError, match=reason):
        people.ask(row)


def test_a_row_without_a_role_is_told(catalogue: Catalogue) -> None:
    with pytest.raises(BadRow, match="no role to get to"):
        People(catalogue, "gap").ask({"position": "philosopher"})
    assert People(catalogue, "reach").ask({"position": "philosopher", "to": "anything"}).to is None


def test_an_error_is_remembered_and_raised_anew() -> None:
    calls = []

    def fail(name: str) -> None:
        calls.append(name)
        raise UnknownName(name, kinds=(), suggestions=())

    found = remember(fail)
    for _ in range(3):
        with pytest.raises(UnknownName, match="'x'"):
            found("x")
    assert calls == ["x"]
