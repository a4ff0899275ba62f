"""What a degree would change where every route is a long shot, and which role within reach is nearer."""

from __future__ import annotations

from functools import cache

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.transitions.origins import make_origin
from careergraph.transitions.people.matching import match_profile
from careergraph.transitions.people.person import make_origin_of_person
from careergraph.transitions.routes import find_routes
from careergraph.transitions.studies import LONG_SHOT, WITHIN_REACH, Studies


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


def named(name: str) -> str:
    return find_node(bundled(), name)


def test_a_degree_is_named_only_where_the_best_route_is_a_long_shot_and_takes_more() -> None:
    far = find_routes(bundled(), named("chef"), named("data scientist"))
    assert far.routes[0].feasibility < LONG_SHOT
    assert far.by_degree is not None
    assert far.by_degree.attempts < far.routes[0].attempts
    near = find_routes(bundled(), named("software engineer"), named("machine learning engineer"))
    assert (near.by_degree, near.nearer) == (None, None)


def test_whoever_has_a_degree_takes_a_further_one_in_half_the_time() -> None:
    first = Studies(bundled(), make_origin(bundled(), named("chef"))).find(named("data scientist"))
    further = Studies(bundled(), make_origin(bundled(), named("nurse"))).find(named("data scientist"))
    assert first is not None
    assert further is not None
    assert (first.degree.label, further.degree.label) == ("Bachelor's degree", "Master's degree")
    assert (first.school.low, further.school.low) == (48, 24)
    assert first.field == further.field
    assert first.field.label.startswith("Statistics")


def test_no_degree_is_named_after_which_the_role_is_still_out_of_reach() -> None:
    found = Studies(bundled(), make_origin(bundled(), named("psychologist"))).find(named("alignment researcher"))
    assert found is None or found.feasibility >= WITHIN_REACH


def test_the_time_is_that_of_the_degree_and_of_the_step_after_it() -> None:
    found = Studies(bundled(), make_origin(bundled(), named("accountant"))).find(named("data scientist"))
    assert found is not None
    assert found.duration.low > found.school.low
    assert found.duration.high > found.school.high


@pytest.mark.parametrize(
    ("degree", "field", "role", "advised"),
    [
        ("MSc", "Computer science", "AI research scientist", False),
        ("MSc", "Mathematics", "AI infrastructure engineer", False),
        ("PhD", "Physics", "AI infrastructure engineer", False),
        ("MSc", "Psychology", "machine learning engineer", True),
        ("BSc", "Physics", "AI infrastructure engineer", True),
    ],
)
def test_nobody_takes_a_second_degree_in_a_field_near_to_theirs(
    degree: str, field: str, role: str, *, advised: bool
) -> None:
    person = match_profile(bundled(), {"education": [{"studyType": degree, "area": field, "endDate": "2014"}]})
    study = Studies(bundled(), make_origin_of_person(bundled(), person)).find(named(role))
    assert (study is not None) is advised
