"""What people can not do, have not finished, or only want: told in the languages of many CVs."""

from __future__ import annotations

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.transitions.people.denials import drop_wishes, is_denied, is_unfinished
from careergraph.transitions.people.matching import match_profile


@pytest.mark.parametrize(
    "phrase",
    [
        "no experience with docker",
        "not familiar with sql",
        "never used docker",
        "little to no sql",
        "lacks knowledge of statistics",
        "haven't used git yet",
        "planning to learn go",
        "keine kenntnisse in java",
        "noch nicht mit sql gearbeitet",
        "aucune notion de java",
        "sans expérience en python",
        "sin experiencia en python",
        "dropped out of a machine learning course",
        "hobbies: python, chess",
    ],
)
def test_what_is_denied_is_known_as_such(phrase: str) -> None:
    assert is_denied(phrase)


@pytest.mark.parametrize(
    "phrase",
    ["no code tools", "nosql", "zero shot learning", "zero trust", "not only python", "work without supervision"],
)
def test_words_for_no_that_are_part_of_a_name_deny_nothing(phrase: str) -> None:
    assert not is_denied(phrase)


@pytest.mark.parametrize(
    "studies",
    [
        "phd (not completed)",
        "phd (abd)",
        "msc, did not finish",
        "ba history - withdrew in 2011",
        "master informatik, abgebrochen",
        "master en santé publique, abandonné",
        "máster en curso",
        "bsc, left without a degree",
        "mba (in progress)",
    ],
)
def test_studies_that_have_not_come_to_their_end_are_known_as_such(studies: str) -> None:
    assert is_unfinished(studies)


@pytest.mark.parametrize("studies", ["msc (distinction)", "b.sc. (hons)", "phd in physics", "diplom informatik"])
def test_a_degree_is_finished_unless_something_says_otherwise(studies: str) -> None:
    assert not is_unfinished(studies)


@pytest.mark.parametrize(
    ("title", "is_left"),
    [
        ("Aspiring data scientist", ""),
        ("Seeking data engineer role", ""),
        ("Angehender Softwareentwickler", ""),
        ("Nurse, aspiring data scientist", "Nurse, "),
        ("Data analyst transitioning to data science | Leeds", "Data analyst | Leeds"),
    ],
)
def test_what_somebody_wants_to_be_is_not_what_they_are(title: str, is_left: str) -> None:
    assert " ".join(drop_wishes(title).split()) == is_left.strip()


def test_a_wish_is_kept_aside_with_the_reason() -> None:
    person = match_profile(Catalogue.load("bundled"), {"basics": {"label": "Aspiring data scientist"}})
    assert person.positions == ()
    assert [item.why for item in person.unmatched] == ["it says what somebody wants to be"]
