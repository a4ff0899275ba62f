"""Timetables: weeks follow from hours, days from the first one, and what is not known has no place in them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careergraph.model.errors import ContradictoryConditions
from careergraph.model.records import Ref
from careergraph.transitions.plans.timetables import Timetable, make_timetable, read_day

A, B, C = (Ref(f"x:{name}", "course", name.upper(), "en") for name in "abc")


def made(*spans: tuple[Ref, float | None, bool], hours: float = 8, start: str | None = None) -> Timetable:
    table = make_timetable(spans, hours, start)
    assert table is not None
    return table


def test_courses_follow_one_another_and_may_share_a_week() -> None:
    table = made((A, 20.0, True), (B, 4.0, True), (C, 9.0, True))
    assert [(slot.first_week, slot.last_week) for slot in table.slots] == [(1, 3), (3, 3), (4, 5)]
    assert (table.weeks, table.end, table.side_by_side) == (5, None, 1)


def test_days_are_those_of_the_weeks_both_ends_included() -> None:
    table = made((A, 8.0, True), (B, 8.0, True), start="2027-01-11")
    assert [(slot.first_day, slot.last_day) for slot in table.slots] == [
        ("2027-01-11", "2027-01-17"),
        ("2027-01-18", "2027-01-24"),
    ]
    assert table.end == "2027-01-24"


def test_a_lower_bound_is_open_ended_and_what_is_unknown_has_no_place() -> None:
    table = made((A, 8.0, False), (B, None, False), (C, 8.0, True))
    assert [(slot.course, slot.open_ended) for slot in table.slots] == [(A, True), (C, False)]
    assert table.without == (B,)
    assert table.weeks == 2


def test_side_by_side_each_course_has_all_hours_of_a_week_for_itself() -> None:
    spans = [(A, 16.0, True), (B, 8.0, True), (C, 8.0, True)]
    table = make_timetable(spans, 8, None, {A.id: 16.0, B.id: 8.0, C.id: 24.0})
    assert table is not None
    assert [(slot.first_week, slot.last_week) for slot in table.slots] == [(1, 2), (1, 1), (3, 3)]
    assert (table.weeks, table.side_by_side) == (3, 2)


def test_without_hours_per_week_there_is_none() -> None:
    assert make_timetable([(A, 8.0, True)], None, "2027-01-11") is None


def test_nothing_to_do_takes_no_week() -> None:
    table = made(start="2027-01-11")
    assert (table.weeks, table.end, table.slots, table.side_by_side) == (0, None, (), 0)


@pytest.mark.parametrize("hours", [0, -1, 169, float("nan"), float("inf")])
def test_a_week_has_up_to_168_hours(hours: float) -> None:
    with pytest.raises(ContradictoryConditions, match="hours in a week"):
        made((A, 8.0, True), hours=hours)


@pytest.mark.parametrize("day", ["2027-02-29", "tomorrow", "", "11.01.2027"])
def test_a_day_that_there_is_not_is_refused(day: str) -> None:
    with pytest.raises(ContradictoryConditions, match="There is no day"):
        read_day(day)


@pytest.mark.parametrize(("hours", "start"), [(1e9, None), (800_000.0, "9990-01-01")])
def test_a_plan_for_centuries_is_refused(hours: float, start: str | None) -> None:
    with pytest.raises(ContradictoryConditions):
        made((A, hours, True), hours=80, start=start)


@given(
    amounts=st.lists(st.floats(0, 500).map(lambda hours: round(hours, 1)), min_size=1, max_size=6),
    pace=st.sampled_from([1, 2.5, 8, 40]),
    more=st.sampled_from([1, 5, 20]),
)
def test_more_hours_a_week_never_lengthen_it(amounts: list[float], pace: float, more: float) -> None:
    spans = [(Ref(f"x:{place}", "course", str(place), "en"), hours, True) for place, hours in enumerate(amounts)]
    slow, quick = (made(*spans, hours=hours, start="2027-01-11") for hours in (pace, pace + more))
    assert quick.weeks <= slow.weeks
    assert date.fromisoformat(quick.end or "2027-01-11") <= date.fromisoformat(slow.end or "2027-01-11")
    assert [slot.first_week for slot in slow.slots] == sorted(slot.first_week for slot in slow.slots)
