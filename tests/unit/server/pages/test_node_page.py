"""What the page of a node begins with: moves with what they take, and its facts in short."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.server.pages.node_page import MOST_NEXT, list_node_values
from careergraph.server.pages.nodes import Nodes
from careergraph.transitions.gaps import find_gap

ID = "https://w3id.org/careergraph/id/"


@cache
def nodes() -> Nodes:
    return Nodes(Catalogue.load("bundled"))


def shown(path: str) -> dict[str, Any]:
    return list_node_values(nodes(), ID + path)


@pytest.mark.parametrize("role", ["machine-learning-engineer", "ai-ethicist", "ai-product-manager"])
def test_each_move_has_a_bar_of_what_the_gap_holds_and_lacks(role: str) -> None:
    moves = shown(f"role/{role}")["next_here"]
    assert 0 < len(moves) <= MOST_NEXT
    for move in moves:
        found = find_gap(nodes().catalogue, move.ref.id, f"{ID}role/{role}")
        counted = move.counted
        assert (counted.held, counted.partly + counted.missing) == (len(found.held), len(found.missing))


def test_what_sources_call_easiest_comes_first_and_each_position_once() -> None:
    labels = [move.ref.label for move in shown("role/machine-learning-engineer")["next_here"]]
    assert labels[0] == "Software engineer"
    assert len(set(labels)) == len(labels)


def test_a_course_begins_with_what_people_ask_of_it() -> None:
    facts = dict(shown("course/mats")["in_short"])
    assert list(facts)[:4] == ["Type", "Homepage", "Teaches", "Builds on"]
    assert facts["Homepage"][0].href == "https://www.matsprogram.org"
    assert facts["Takes"][0].text == "12 weeks"


def test_a_source_lists_what_is_read_in_it() -> None:
    labels = [ref.label for ref in shown("source/ai-careers-article")["sections"]]
    assert "Role 1, machine learning engineer: pay" in labels
    assert labels == sorted(labels)
    assert shown("course/mats")["sections"] == []
