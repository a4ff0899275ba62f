"""Which fields a text on studies names."""

from __future__ import annotations

from functools import cache

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.transitions.people.reading import Reading


@cache
def reading() -> Reading:
    return Reading(Catalogue.load("bundled"))


def fields(text: str) -> list[str]:
    catalogue = reading().catalogue
    return [
        catalogue.label(iri).removesuffix(" (field of study)")
        for hit in reading().studies.find(text)
        for iri in hit.iris
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LLB", ["Law"]),
        ("MBA (Finance)", ["Finance"]),
        ("B.E. (CSE)", ["Computer science"]),
        ("BSc Mathematics and Computer Science", ["Mathematics", "Computer science"]),
        ("BA History & Politics", ["Historical studies", "Political science"]),
        ("MSc Computational Neuroscience", ["Neuroscience"]),
        ("Zahnmedizin", ["Dentistry"]),
        ("Soins infirmiers", ["Nursing"]),
        ("HBO Verpleegkunde", ["Nursing"]),
        ("NVQ Level 3 Plumbing", ["Building trades"]),
        ("High school diploma", []),
        ("Associate of Arts", []),
        ("Undeclared", []),
    ],
)
def test_fields_by_name_behind_degrees_and_by_their_words(text: str, expected: list[str]) -> None:
    assert fields(text) == expected
