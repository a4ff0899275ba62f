"""What courses teach of what other sources call by names of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.course_levels import TeachingDepths, find_teaching_depths
from careergraph.rdf.vocabulary import ID

TECHNOLOGY = f"{ID}onet/technology"


@pytest.fixture(scope="module")
def taught(small_onet: Path) -> TeachingDepths:
    return find_teaching_depths(Catalogue.load("bundled", str(small_onet)))


@pytest.mark.parametrize(
    ("skill", "theirs"),
    [
        ("python", "python"),  # aligned, and called alike
        ("sql", "structured-query-language-sql"),  # aligned: no name in common
        ("r-language", "r"),  # called alike
        ("aws", "amazon-web-services-aws-software"),
    ],
)
def test_a_course_on_a_tool_is_one_on_what_another_source_calls_the_same(
    taught: TeachingDepths, skill: str, theirs: str
) -> None:
    assert taught[f"{TECHNOLOGY}/{theirs}"] == taught[f"{ID}skill/{skill}"]


def test_a_course_on_a_part_of_what_another_source_rates_is_none_on_the_whole(taught: TeachingDepths) -> None:
    """Statistics is a part of O*NET's mathematics."""
    assert f"{ID}skill/statistics" in taught
    assert f"{ID}onet/element/2.C.4.a" not in taught


def test_what_is_near_a_skill_is_not_taught_with_it(taught: TeachingDepths) -> None:
    """Analytical skills are close to O*NET's critical thinking, which no course on them is about."""
    assert f"{ID}skill/analytical-skills" in taught
    assert f"{ID}onet/element/2.A.2.a" not in taught


def test_without_another_source_nothing_of_it_is_taught() -> None:
    assert not [asset for asset in find_teaching_depths(Catalogue.load("bundled")) if asset.startswith(f"{ID}onet/")]
