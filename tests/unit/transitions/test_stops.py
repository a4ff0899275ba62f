"""Which occupations make sense as stops of a route."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from careergraph.transitions.durations import Preparation
from careergraph.transitions.stops import find_scarcity_of, is_academic, is_on_the_way, is_support

NURSE, PRACTICAL = "licence as a registered nurse", "licence as a practical nurse"
#: Position → its code, its job zone, and its licence.
POSITIONS = {
    "farmer": ("45-2092.00", 2, None),
    "dentist": ("29-1021.00", 5, "licence as a dentist"),
    "nurse": ("29-1141.00", 3, NURSE),
    "practical nurse": ("29-2061.00", 3, PRACTICAL),
    "veterinarian": ("29-1131.00", 5, "licence as a veterinarian"),
    "hospital manager": ("11-9111.00", 4, None),
    "actuary": ("15-2011.00", 4, None),
    "statistical assistant": ("43-9111.00", 4, None),
    "biostatistician": ("15-2041.01", 5, None),
    "data scientist": ("15-2051.00", 4, None),
    "sales manager": ("11-2022.00", 4, None),
    "cook": ("35-2014.00", 2, None),
}


def network(origin: str) -> Any:
    """A network that knows no more than codes and preparations, seen from an origin."""
    prepared = {place: Preparation(place, zone, None, None, licence) for place, (_, zone, licence) in POSITIONS.items()}
    return SimpleNamespace(
        origin=SimpleNamespace(ref=SimpleNamespace(id=origin)),
        code=lambda place: POSITIONS[place][0],
        preparation=prepared.__getitem__,
        stand_ins=lambda place: {},
    )


@pytest.mark.parametrize(
    ("origin", "stop", "end", "is_sensible"),
    [
        ("dentist", "veterinarian", "data scientist", False),  # a school of its own, and data do not ask for it
        ("farmer", "practical nurse", "nurse", True),  # whose school counts for the other
        ("farmer", "nurse", "nurse", True),
        ("farmer", "biostatistician", "data scientist", False),  # above both ends
        ("dentist", "biostatistician", "data scientist", True),
        ("actuary", "hospital manager", "data scientist", False),  # nobody manages on the way to doing
        ("actuary", "hospital manager", "sales manager", True),
    ],
)
def test_a_stop_is_no_detour(origin: str, stop: str, end: str, is_sensible: bool) -> None:
    assert is_on_the_way(network(origin), origin, stop, end) == is_sensible


def test_no_professional_becomes_a_clerk_on_the_way() -> None:
    assert is_support(network("actuary"), "actuary", "statistical assistant")
    assert is_support(network("actuary"), "cook", "statistical assistant")
    assert not is_support(network("cook"), "cook", "statistical assistant")
    assert not is_support(network("actuary"), "actuary", "biostatistician")


def test_a_stop_with_few_jobs_takes_more_attempts() -> None:
    seen = network("actuary")
    assert find_scarcity_of(seen, "nurse") == 0
    assert find_scarcity_of(seen, "biostatistician") > find_scarcity_of(seen, "veterinarian") > 0


def test_university_teachers_are_told_by_their_code() -> None:
    assert is_academic("25-1022.00")
    assert not is_academic("25-3031.00")
