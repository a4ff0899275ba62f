"""What people did is a skill: by the verb and what it was done to."""

from __future__ import annotations

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.transitions.people.activities import find_activity, list_skills
from careergraph.transitions.people.matching import match_profile
from careergraph.transitions.people.reading import Reading


def understood(text: str) -> list[str]:
    person = match_profile(Catalogue.load("bundled"), {"skills": [{"name": text}]})
    return sorted(match.ref.label for match in person.assets)


def test_each_activity_names_one_skill() -> None:
    names = Reading(Catalogue.load("bundled")).skill_names
    found = {name: names.exact(name) for name in list_skills()}
    assert [name for name, hit in found.items() if hit is None or len(hit.iris) != 1] == []


@pytest.mark.parametrize(
    ("told", "skills"),
    [
        ("Laid bricks", ["Building work"]),
        ("Served drinks", ["Bar work"]),
        ("Cared for patients", ["Nursing care"]),
        ("Caring for the elderly", ["Care for old people"]),
        ("Cleaned and analysed survey data in SPSS", ["Data cleaning", "SPSS"]),
        ("Planning and delivering lessons", ["Teaching"]),
        ("Managed company's social media accounts", ["Social-media management"]),
        ("Managed £2m budget", ["Budgeting"]),
        ("Patrolled premises", ["Guarding and patrol"]),
        ("Ran marathons", []),
        ("Laid plans", []),
    ],
)
def test_what_was_done_to_what_is_a_skill(told: str, skills: list[str]) -> None:
    assert understood(told) == skills


@pytest.mark.parametrize(
    ("written", "skills"),
    [
        ("AWS and Azure", ["AWS", "Azure"]),
        ("Experience with SAP and Oracle", ["Oracle Database", "SAP"]),
        ("NLP with spaCy", ["Natural language processing", "spaCy"]),
        ("C and C++ programming", ["C", "C++"]),
        ("Networking (TCP/IP, DNS, DHCP)", ["Computer networking"]),
        ("Stakeholder mgmt.", ["Stakeholder management"]),
        ("Painting & decorating", ["Building work"]),
        ("verhandlungssicheres Englisch", ["English"]),
        ("patient handover", ["Nursing care"]),
    ],
)
def test_what_stands_beside_each_other_is_told_apart(written: str, skills: list[str]) -> None:
    assert understood(written) == skills


@pytest.mark.parametrize("text", ["framing", "yoga and meditation", "Blended Process"])
def test_a_word_that_means_what_it_says_is_no_slip(text: str) -> None:
    fuzzy = match_profile(Catalogue.load("bundled"), {"skills": [{"name": text}]}).assets
    assert [match for match in fuzzy if match.method == "fuzzy"] == []


def test_verbs_have_all_their_forms() -> None:
    forms = ("weld pipes", "welds pipes", "welded pipes", "welding pipes")
    assert {find_activity(form) for form in forms} == {"welding"}
    assert {find_activity(f"{form} labels") for form in ("apply", "applied")} == {None}
