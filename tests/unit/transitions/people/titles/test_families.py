"""Titles that no name is for are told by what they end with."""

from __future__ import annotations

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.transitions.people.reading import Reading


@pytest.fixture(scope="module")
def reading() -> Reading:
    return Reading(Catalogue.load("bundled"))


@pytest.mark.parametrize(
    ("title", "position"),
    [
        ("Unreal developer", "Software engineer"),
        ("Senior boiler technician (m/f/d)", "Tradesperson"),
        ("Kiln operator", "Factory worker"),
        ("Team Lead - Client Onboarding", "Customer service representative"),
        ("Carbon trader", "Financial analyst"),
        ("Reservoir engineer", "Chemical engineer"),
        ("Substation engineer", "Electrical engineer"),
        ("Sanctions investigator", "Compliance officer"),
        ("Bursaries administrator", "Office administrator"),
        ("Associate Director of Alumni", "Executive"),
    ],
)
def test_what_a_title_ends_with_tells_what_somebody_is(reading: Reading, title: str, position: str) -> None:
    assert [reading.catalogue.label(hit.iris[0]) for hit in reading.find_positions(title)] == [position]


@pytest.mark.parametrize("title", ["Property developer", "Drum majorette", "Curriculum developer at large"])
def test_a_word_that_many_trades_share_tells_nothing_by_itself(reading: Reading, title: str) -> None:
    labels = [reading.catalogue.label(hit.iris[0]) for hit in reading.find_positions(title)]
    assert "Software engineer" not in labels
