"""What is named as the nearest thing to what no course covers."""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.course_levels import find_teaching_depths
from careergraph.rdf.vocabulary import ID
from careergraph.transitions.gaps import Missing
from careergraph.transitions.plans.nearest_courses import find_nearest


@pytest.fixture(scope="module")
def joined(small_onet: Path) -> Catalogue:
    return Catalogue.load("bundled", str(small_onet))


def lacking(catalogue: Catalogue, iri: str) -> Missing:
    return Missing(
        any_of=(catalogue.ref(iri),),
        strength="required",
        level=None,
        met=0.0,
        part="",
        courses=(),
        stated=(),
        evidence=(),
        notes=(),
        estimated=False,
    )


def nearest(catalogue: Catalogue, iri: str, chosen: frozenset[str] = frozenset()) -> list[str]:
    return [ref.id for ref in find_nearest(catalogue, lacking(catalogue, iri), chosen).courses]


def test_courses_on_the_very_thing_come_first_those_that_go_deepest_before_the_others(joined: Catalogue) -> None:
    sql = f"{ID}skill/sql"
    found = nearest(joined, sql)
    depths = find_teaching_depths(joined)[sql]
    assert 1 <= len(found) <= 3
    assert min(depths[course] for course in found) >= max(depths[one] for one in depths.keys() - set(found))


def test_a_course_that_the_plan_has_is_not_named(joined: Catalogue) -> None:
    found = nearest(joined, f"{ID}skill/sql")
    assert found[0] not in nearest(joined, f"{ID}skill/sql", frozenset(found[:1]))


def test_else_courses_on_what_it_is_a_part_of(joined: Catalogue) -> None:
    assert f"{ID}skill/mysql" not in find_teaching_depths(joined)
    assert nearest(joined, f"{ID}skill/mysql") == nearest(joined, f"{ID}skill/sql")


def test_a_thing_of_another_source_goes_by_what_the_curated_graph_calls_it(joined: Catalogue) -> None:
    """C++ is a part of programming in the vocabulary; O*NET files it under what is bought with it."""
    assert nearest(joined, f"{ID}onet/technology/c-plus-plus") == nearest(joined, f"{ID}skill/cpp") != []


def test_what_is_only_bought_together_is_not_near(joined: Catalogue) -> None:
    """Photoshop and the other programs of its group are sold to the same people; no course is on any of them."""
    assert nearest(joined, f"{ID}onet/technology/adobe-photoshop") == nearest(joined, f"{ID}skill/photoshop")
