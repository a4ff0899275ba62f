"""Titles in other languages that name a department."""

from __future__ import annotations

import pytest

from careergraph.rdf.vocabulary import ID
from careergraph.transitions.people.titles.abroad import find_position_abroad


@pytest.mark.parametrize(
    ("title", "position"),
    [
        ("teamleiterin kundenservice", "background/customer-service-representative"),
        ("sachbearbeiter einkauf", "background/buyer"),
        ("werkstudent softwareentwicklung", "background/software-engineer"),
        ("responsable rh", "background/hr-specialist"),
        ("chargée de mission développement durable", "background/environmental-scientist"),
        ("medewerker debiteurenbeheer", "background/accountant"),
        ("addetta alla contabilità", "background/accountant"),
        ("projektleiterin it", "background/project-manager"),
    ],
)
def test_the_department_tells_what_somebody_is(title: str, position: str) -> None:
    assert find_position_abroad(title) == ID + position


@pytest.mark.parametrize("title", ["teamleiterin", "responsable", "logistics", "software engineer", ""])
def test_without_a_department_or_a_word_for_anybody_nothing_is_known(title: str) -> None:
    assert find_position_abroad(title) is None
