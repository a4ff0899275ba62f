"""Which of several meanings a CV has in mind."""

from __future__ import annotations

from functools import cache

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.transitions.people.matching import match_profile
from careergraph.transitions.people.person import Person


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


def with_skills(*skills: str) -> Person:
    return match_profile(bundled(), {"skills": [{"name": skill} for skill in skills]})


@pytest.mark.parametrize(
    ("beside", "meant"),
    [
        (("Linux", "Kubernetes", "AWS", "teamwork"), "Computer networking"),
        (("sales", "negotiation", "Excel", "PowerPoint"), "Professional networking"),
    ],
)
def test_networking_means_what_the_skills_beside_it_are_about(beside: tuple[str, ...], meant: str) -> None:
    found = {match.text: match.ref.label for match in with_skills("Networking", *beside).assets}
    assert found["Networking"] == meant


def test_networking_alone_can_mean_either() -> None:
    person = with_skills("Networking")
    assert person.assets == ()
    assert [item.why for item in person.unmatched] == ["it can mean Computer networking or Professional networking"]


@pytest.mark.parametrize(
    ("profile", "position"),
    [
        ({"work": [{"position": "PhD student in machine learning"}]}, "PhD student (ML or CS)"),
        ({"work": [{"position": "PhD student in computational neuroscience"}]}, "PhD student (any field)"),
        ({"work": [{"position": "PhD student"}], "education": [{"area": "History"}]}, "PhD student (any field)"),
        (
            {"work": [{"position": "PhD student"}], "education": [{"area": "Computer science"}]},
            "PhD student (ML or CS)",
        ),
        ({"work": [{"position": "PhD student"}]}, "PhD student (ML or CS)"),
    ],
)
def test_a_position_of_certain_fields_is_meant_unless_the_cv_names_others(
    profile: dict[str, list[dict[str, str]]], position: str
) -> None:
    assert [match.ref.label for match in match_profile(bundled(), profile).positions] == [position]


def test_the_field_of_a_title_at_a_university_is_held() -> None:
    person = match_profile(bundled(), {"work": [{"position": "Postdoc in astrophysics"}]})
    assert [match.ref.label for match in (*person.positions, *person.assets)] == [
        "Physicist",
        "Physics (field of study)",
    ]
