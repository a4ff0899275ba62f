"""Which step of a route a course belongs to, and in which order courses are taken."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import careergraph
from careergraph.transitions.plans.course_market import Market
from careergraph.transitions.plans.course_order import find_stages, with_soonest


def market(needs: Mapping[str, Mapping[str, set[str]]]) -> Market:
    """Courses by what they need and who teaches that."""
    known = {course: {asset: frozenset(teaching) for asset, teaching in each.items()} for course, each in needs.items()}
    return Market(tuple(sorted(needs)), frozenset(), (), known, {}, None)


def test_a_course_belongs_to_the_first_step_that_cannot_do_without_it() -> None:
    courses = market({"containers": {}, "pipelines": {}, "models": {}})
    covering = [
        (1, frozenset({"pipelines"})),
        (1, frozenset({"containers", "models"})),  # either teaches it, and the second step needs the models anyway
        (2, frozenset({"models"})),
    ]
    assert find_stages(courses, courses.courses, covering) == {"pipelines": 1, "containers": 1, "models": 2}


def test_what_a_course_expects_is_taken_in_its_step_or_before() -> None:
    courses = market({"basics": {}, "maths": {"school": {"basics"}}, "models": {"algebra": {"maths"}}})
    covering = [(1, frozenset({"models"})), (2, frozenset({"maths"}))]
    assert find_stages(courses, courses.courses, covering) == {"basics": 1, "maths": 1, "models": 1}


def test_of_several_teachers_one_is_enough_for_a_step() -> None:
    courses = market({"first": {}, "second": {}, "models": {"python": {"first", "second"}}})
    covering = [(1, frozenset({"models"})), (2, frozenset({"second"}))]
    assert find_stages(courses, courses.courses, covering) == {"first": 1, "second": 2, "models": 1}


def test_a_step_that_no_course_helps_with_has_none() -> None:
    courses = market({"basics": {}, "models": {"python": {"basics"}}})
    covering = [(1, frozenset[str]()), (2, frozenset({"models"})), (2, frozenset({"basics"}))]
    assert find_stages(courses, courses.courses, covering) == {"basics": 2, "models": 2}


def test_side_by_side_the_teacher_that_is_done_first_is_the_one() -> None:
    courses = market({"first": {}, "second": {}, "models": {"python": {"first", "second"}}})
    covering = [(1, frozenset({"models"})), (2, frozenset({"second"}))]
    soonest = with_soonest(courses, {"first": 20, "second": 10, "models": 30})
    assert find_stages(soonest, courses.courses, covering) == {"first": 2, "second": 1, "models": 1}


def test_courses_that_wait_for_each_other_stay_in_one_step() -> None:
    courses = market({"egg": {"hen": {"hen"}}, "hen": {"egg": {"egg"}}})
    assert find_stages(courses, courses.courses, [(1, frozenset({"egg"})), (2, frozenset({"egg"}))])["egg"] == 1


def test_data_that_is_imported_does_not_change_the_order_of_the_same_courses(small_onet: Path) -> None:
    """O*NET has NumPy and Python as well; NumPy comes before machine learning with and without it."""
    asked = ("historian", "ML engineer")
    bare, joined = (
        [item.course.label for item in careergraph.load("bundled", *more).plan(*asked, straight=True).courses]
        for more in ((), (str(small_onet),))
    )
    assert joined == bare
    assert bare.index("Python for Scientific Computing") < bare.index("Google Machine Learning Crash Course")
