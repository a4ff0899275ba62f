"""When to take each course, at so many hours a week: weeks, and days if the first one is given.

Courses follow one another, or stand side by side, each with all hours of a week for itself. One takes the most hours
that a page gives; where only a lower bound is known, that, and the timetable says that it may be longer; where nothing
is known, it has no place in the timetable and is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil, floor, inf
from typing import TYPE_CHECKING, Annotated

from careergraph.model.errors import ContradictoryConditions
from careergraph.model.records import Record, Ref

if TYPE_CHECKING:
    from datetime import date

    from careergraph.model.values import Amount, Count, Schema

_DAYS = 7
#: As far as the calendar of Python goes, and further than any plan.
_MOST_WEEKS = 10_000


class Slot(Record):
    """The weeks of a course, both ends included."""

    course: Ref
    """The course itself."""
    hours: Amount
    """The hours that the weeks are counted from."""
    open_ended: bool
    """Whether the hours are a lower bound, so that it may take longer."""
    first_week: Annotated[int, Schema(minimum=1)]
    """The week it begins in, the first of the plan being 1."""
    last_week: Annotated[int, Schema(minimum=1)]
    """The week it ends in."""
    first_day: Annotated[str, Schema(format="date")] | None
    """The first day of its first week; null if no start is given."""
    last_day: Annotated[str, Schema(format="date")] | None
    """The last day of its last week; null if no start is given."""


class Timetable(Record):
    """When to take the courses of a plan."""

    hours_per_week: Annotated[float, Schema(exclusiveMinimum=0)]
    """How many hours a week there are for courses."""
    start: Annotated[str, Schema(format="date")] | None
    """The first day; null if none is given."""
    weeks: Count
    """How many weeks all courses of known effort take; milestones come on top, for no source says how long."""
    end: Annotated[str, Schema(format="date")] | None
    """The last day of the last week; null if no start is given."""
    slots: tuple[Slot, ...]
    """The courses of known effort, in their order."""
    side_by_side: Count
    """How many courses are under way at once, at most; each then takes all hours a week for itself."""
    without: tuple[Ref, ...]
    """The courses that no page gives an effort of, which the weeks leave out."""


def make_timetable(
    spans: Iterable[tuple[Ref, float | None, bool]],
    hours_per_week: float | None,
    start: str | None,
    ends: Mapping[str, float] | None = None,
) -> Timetable | None:
    """Put courses into weeks; None if no hours per week are given.

    Args:
        spans: each course with its hours, or None, and whether these are all it takes.
        hours_per_week: more than 0.
        start: the first day, as an ISO 8601 date.
        ends: after how many hours each course is done, by IRI, if they stand side by side; one follows another if not
            given.

    Raises:
        ContradictoryConditions: there are no hours in a week, or no such day, or the plan goes on for centuries.

    >>> course = Ref("urn:course", "course", "A course", "en")
    >>> made = make_timetable([(course, 20.0, True), (course, 4.0, True)], 8, "2027-01-11")
    >>> [(slot.first_week, slot.last_week, slot.last_day) for slot in made.slots]
    [(1, 3, '2027-01-31'), (3, 3, '2027-01-31')]
    """
    if hours_per_week is None:
        return None
    if not 0 < hours_per_week <= _DAYS * 24:
        raise ContradictoryConditions(
            f"There are no {hours_per_week:g} hours in a week; give more than 0 and up to 168."
        )
    first, given = read_day(start), list(spans)
    slots: list[Slot] = []
    before = 0.0
    spent: list[tuple[float, float]] = []
    for course, hours, known in given:
        if hours is not None:
            begin = before if ends is None else ends[course.id] - hours
            slots.append(_slot(course, begin, hours, known, hours_per_week, first))
            spent.append((begin, begin + hours))
            before = begin + hours
    weeks = max((slot.last_week for slot in slots), default=0)
    return Timetable(
        hours_per_week=float(hours_per_week),
        start=start,
        weeks=weeks,
        end=_day(first, weeks * _DAYS - 1) if weeks else None,
        slots=tuple(slots),
        side_by_side=max((sum(one <= begin < end for one, end in spent) for begin, _ in spent), default=0),
        without=tuple(course for course, hours, _ in given if hours is None),
    )


def read_day(text: str | None) -> date | None:
    """A day as ISO 8601 writes it.

    Raises:
        ContradictoryConditions: there is no such day.
    """
    if text is None:
        return None
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ContradictoryConditions(f"There is no day {text!r}; write it like 2027-01-11.") from None


def _slot(course: Ref, before: float, hours: float, known: bool, a_week: float, first: date | None) -> Slot:
    begins, ends = floor(before / a_week + 1e-9) + 1, max(ceil((before + hours) / a_week - 1e-9), 1)
    ends = max(begins, ends)
    if ends > _MOST_WEEKS or before + hours == inf:
        raise ContradictoryConditions(f"At {a_week:g} hours a week the plan takes more than {_MOST_WEEKS:,} weeks.")
    return Slot(
        course=course,
        hours=hours,
        open_ended=not known,
        first_week=begins,
        last_week=ends,
        first_day=_day(first, (begins - 1) * _DAYS),
        last_day=_day(first, ends * _DAYS - 1),
    )


def _day(first: date | None, later: int) -> str | None:
    if first is None:
        return None
    from datetime import timedelta

    try:
        return (first + timedelta(days=later)).isoformat()
    except OverflowError:
        raise ContradictoryConditions("The plan would go on beyond the year 9999.") from None
