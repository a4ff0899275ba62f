"""What people write is understood: a list of phrases, and what must not be made of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.transitions.people.matching import match_profile

FIXTURES = Path(__file__).parents[3] / "fixtures" / "people"
#: `phrases` has grown with the vocabulary; `unseen` was written without looking at it, and mended for only in part.
LISTS = ("phrases", "unseen")
SECTIONS = {
    "skill": ("skills", "name"),
    "language": ("languages", "language"),
    "title": ("work", "position"),
    "field": ("education", "area"),
    "credential": ("education", "studyType"),
}
#: Kind → the least share of expected things that are found, and of found things that are expected.
GOALS = {
    "skill": (0.90, 0.97),
    "language": (0.9, 0.97),
    "title": (0.90, 0.95),
    "field": (0.95, 0.97),
    "credential": (0.9, 0.97),
}


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


def phrases(kind: str, name: str = "phrases") -> Iterator[tuple[str, frozenset[str]]]:
    with (FIXTURES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["kind"] == kind:
                yield row["text"], frozenset(filter(None, (row["expected"] or "").split("; ")))


def understood(kind: str, text: str) -> frozenset[str]:
    section, member = SECTIONS[kind]
    profile: dict[str, Any] = {section: [{member: text}]}
    person = match_profile(bundled(), profile)
    return frozenset(match.ref.label for match in (*person.positions, *person.assets))


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("kind", GOALS)
def test_enough_of_the_phrases_is_understood(kind: str, name: str) -> None:
    given = [(expected, understood(kind, text)) for text, expected in phrases(kind, name)]
    right = sum(len(expected & found) for expected, found in given)
    recall, precision = GOALS[kind]
    assert right >= recall * sum(len(expected) for expected, _ in given)
    assert right >= precision * sum(len(found) for _, found in given)


def test_the_list_has_three_hundred_phrases_and_some_that_mean_nothing() -> None:
    every = [expected for kind in SECTIONS for _, expected in phrases(kind)]
    assert len(every) >= 300
    assert sum(not expected for expected in every) >= 25


@pytest.mark.parametrize("text", ["no experience with Docker", "never used SQL", "I want to learn Rust"])
def test_what_is_denied_is_not_held_and_says_so(text: str) -> None:
    person = match_profile(bundled(), {"skills": [{"name": text}]})
    assert person.assets == ()
    assert [item.why for item in person.unmatched] == ["it says what is not held, or not yet"]


def test_a_level_that_the_phrase_tells_counts_unless_one_is_given() -> None:
    skills = [{"name": "basic Excel"}, {"name": "fluent Spanish"}, {"name": "basic SQL", "level": "Expert"}]
    person = match_profile(bundled(), {"skills": skills})
    assert [match.level for match in person.assets] == [0.25, 0.75, 1.0]


def test_sql_implies_no_statistics_nor_a_spoken_language_any_other() -> None:
    from careergraph.transitions.people.person import find_holdings_of_person

    person = match_profile(bundled(), {"skills": [{"name": "SQL"}, {"name": "Welsh"}]})
    held = {bundled().label(iri) for iri in find_holdings_of_person(bundled(), person).assets}
    assert held == {"SQL", "Working with databases", "Welsh"}
