"""The curated courses: enough for what roles ask for, each with its page, none twice, and old facts are found."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.course_levels import (
    find_expected_levels,
    find_homepage,
    find_languages,
    find_provider,
    find_teaching_depths,
    name_level,
)
from careergraph.catalogue.courses import is_takeable, list_course_facts
from careergraph.rdf.standards import PROV
from careergraph.rdf.vocabulary import ID
from careergraph.transitions.requirements import find_requirements
from check_courses import find_faults, find_old, is_address, list_coverage, pages_of

#: What is learnt in a job or a field of study rather than in courses.
NO_COURSES = {f"{ID}skill/domain-expertise", f"{ID}skill/healthcare-domain"}


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


def test_there_are_at_least_120_courses_books_and_programmes() -> None:
    assert len(is_takeable(bundled())) >= 120


def test_no_address_is_malformed_and_no_course_stands_twice() -> None:
    assert list(find_faults(bundled())) == []


@pytest.mark.parametrize("text", ["ftp://example.org", "example.org", "https://ann@example.org", "https://a b.org", ""])
def test_what_is_no_address_of_a_page_is_found(text: str) -> None:
    assert not is_address(text)


def test_facts_from_pages_of_more_than_two_years_ago_are_found() -> None:
    old = dict(find_old(bundled(), date(2026, 11, 29)))
    assert old[f"{ID}page/spinup"] == "2020-02-07"
    assert f"{ID}page/ossu-cs" not in old
    assert f"{ID}page/ossu-cs" in dict(find_old(bundled(), date(2029, 1, 1)))
    assert old.keys() < set(pages_of(bundled()))


def asked_skills() -> list[str]:
    roles = bundled().by_kind["role"]
    refs = (ref for role in roles for item in find_requirements(bundled(), role) for ref in item.any_of)
    return sorted({ref.id for ref in refs if ref.kind == "skill"} - NO_COURSES)


@pytest.mark.parametrize("skill", asked_skills(), ids=lambda iri: iri.rsplit("/", 1)[-1])
def test_each_skill_that_a_role_asks_for_is_taught_by_two_courses_one_of_them_free(skill: str) -> None:
    courses = find_teaching_depths(bundled()).get(skill, {})
    assert len(courses) >= 2
    assert any(list_course_facts(bundled(), course).cost == 0 for course in courses)


def test_the_table_of_what_is_covered_counts_the_courses_of_all_alternatives_together() -> None:
    rows = [row for row in list_coverage(bundled()) if row.role == "Machine learning engineer"]
    clouds = next(row for row in rows if row.skill == "AWS or Azure or GCP")
    taught = find_teaching_depths(bundled())
    assert clouds.courses == len(set().union(*(taught[f"{ID}skill/{name}"] for name in ("aws", "azure", "gcp"))))
    assert clouds.free >= 1
    assert 1 <= clouds.deep <= clouds.courses
    assert {row.skill for row in rows} >= {"Python", "NumPy", "PyTorch or TensorFlow"}


@pytest.mark.parametrize("slug", ["command-line", "sql", "prompt-engineering", "ai-law", "ai-fairness"])
def test_what_only_courses_build_on_is_taught_as_well(slug: str) -> None:
    assert len(find_teaching_depths(bundled())[f"{ID}skill/{slug}"]) >= 2


def test_each_course_has_a_provider_and_each_new_one_an_address_and_a_language() -> None:
    missing: Counter[str] = Counter()
    for course in is_takeable(bundled()):
        missing["provider"] += find_provider(bundled(), course) is None
        missing["address"] += find_homepage(bundled(), course) is None
        missing["language"] += not find_languages(bundled(), course)
    # A course that the article names without saying which, and those whose pages give none.
    assert missing["provider"] <= 3
    assert missing["address"] <= 8
    assert missing["language"] <= 3


def test_every_fact_about_a_course_says_where_it_was_read() -> None:
    for course in is_takeable(bundled()):
        for claim in bundled().about(course):
            assert bundled().values(claim, PROV.wasDerivedFrom), claim


def test_a_course_on_a_part_of_what_it_expects_does_not_teach_that() -> None:
    handbook = f"{ID}course/python-data-science-handbook"
    taught = find_teaching_depths(bundled())
    assert handbook in taught[f"{ID}skill/pandas"]
    assert find_expected_levels(bundled(), handbook) == {f"{ID}skill/python": 0.5}
    assert handbook not in taught[f"{ID}skill/python"]


def test_no_course_teaches_exactly_what_it_expects_of_those_who_take_it() -> None:
    taught = find_teaching_depths(bundled())
    for course in is_takeable(bundled()):
        for asset, level in find_expected_levels(bundled(), course).items():
            known = taught.get(asset, {}).get(course)
            assert known is None or known > level, (course, asset)


def test_a_depth_has_the_name_of_the_deepest_level_below_it() -> None:
    assert [name_level(bundled(), depth) for depth in (0.0, 0.5, 0.8, 1.0)] == ["basic", "working", "strong", "deep"]
