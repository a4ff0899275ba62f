"""What fields suggest while somebody types: names in any language, the shown ones first."""

from __future__ import annotations

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.kinds import POSITIONS
from careergraph.server.pages.suggestions import Names

NAMES = Names(Catalogue.load("bundled"))


@pytest.mark.parametrize("typed", ["Krankenschw", "verpleegk", "infirmi", "nurs"])
def test_a_title_is_found_in_the_language_of_whoever_types_it(typed: str) -> None:
    assert "Nurse" in [ref.label for ref in NAMES.suggest(typed, POSITIONS)]


def test_labels_come_before_aliases_and_those_before_names_that_are_not_shown() -> None:
    found = [ref.label for ref in NAMES.suggest("soft", POSITIONS)]
    assert found[0] == "Software engineer"
    assert all(label.startswith("Software") for label in found[:3])
