"""The name at the top of a CV in plain text."""

from __future__ import annotations

import pytest

from careergraph.transitions.people.cv.names import find_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Amélie Durand\nInfirmière", "Amélie Durand"),
        ("CURRICULUM VITAE\n\nRACHEL O'DONNELL\nLeeds", "RACHEL O'DONNELL"),
        ("Lebenslauf\n\nPersönliche Daten\nName: Jürgen von der Heide", "Jürgen von der Heide"),
        ("Dr. Maria de la Cruz, PhD\nResearcher", "Maria de la Cruz"),
        ("# Priya R. Nair\n", "Priya R. Nair"),
        ("Résumé\nJan Smit (he/him)", "Jan Smit"),
    ],
)
def test_a_name_stands_above_all_else_or_behind_the_word(text: str, name: str) -> None:
    assert find_name([text]) == name


@pytest.mark.parametrize(
    "text",
    ["", "Experience\nNurse, 2019", "jane@example.org\n07700 900123", "I write code.\nI like tea.", "Madonna\nSinger"],
)
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    assert find_name([text]) is None


def test_without_pages_there_is_no_name() -> None:
    assert find_name([]) is None
