"""Years of experience: how long somebody did something by the dates of a CV, and how deep it goes by that."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

#: After so many years half of the way to mastery is gone: what vacancies ask for where they want more than a start.
HALFWAY = 2.0
#: What the editors judge people in a position to hold is held after so many years there.
ORDINARY = 3.0
_JULY = 6
_MONTHS = dict(
    zip(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), range(12), strict=True)
)
_DATE = re.compile(r"([12]\d{3})(?:-(0[1-9]|1[0-2])(?:-\d\d)?)?$")
_WORDED = re.compile(r"(?:([a-z]{3})[a-z]*\.?,? )?([12]\d{3})$")
_STATED = re.compile(r"\b(\d{1,2})(?:\.\d)?\+? ?(?:to \d+ |[-–] ?\d+ )?(?:years?|yrs?)\b")


class Span(NamedTuple):
    """A time from one month to another, counted from the year 0; the last one does not belong to it."""

    first: int
    last: int


def month(text: str) -> int | None:
    """The month of a date, counted from the year 0; of a year alone, its middle.

    >>> month("2014-03") - month("2014"), month("Mar 2014") == month("2014-03"), month("soon")
    (-4, True, None)
    """
    plain = text.strip().casefold()
    if found := _DATE.match(plain):
        return int(found[1]) * 12 + (int(found[2]) - 1 if found[2] else _JULY)
    found = _WORDED.match(plain)
    if not found or (found[1] and found[1] not in _MONTHS):
        return None
    return int(found[2]) * 12 + (_MONTHS[found[1]] if found[1] else _JULY)


def span(start: str | None, end: str | None, *, today: date | None = None) -> Span | None:
    """The time between two dates of a CV, until today if it has not ended; nothing if it does not begin before that.

    Args:
        start: when it began.
        end: when it ended.
        today: the day until which it lasts, if not the real one.
    """
    first = month(start or "")
    day = today or date.today()
    now = day.year * 12 + day.month - 1
    last = now if end is None else month(end)
    if first is None or last is None or first > min(last, now):
        return None
    return Span(first, min(last, now))


def years_of(spans: Iterable[Span]) -> float:
    """How many years some times are together; what they have in common counts once.

    Takes n log n time in the spans.

    >>> years_of([Span(0, 24), Span(12, 36), Span(48, 60)])
    4.0
    """
    months, until = 0, 0
    for first, last in sorted(spans):
        months += max(0, last - max(first, until))
        until = max(until, last)
    return round(months / 12, 2)


def stated_years(phrase: str) -> float | None:
    """How many years a phrase says, if it does.

    >>> stated_years("python 3.11 (5 yrs)"), stated_years("10+ years of sql"), stated_years("windows 11")
    (5.0, 10.0, None)
    """
    found = _STATED.search(phrase)
    return float(found[1]) if found else None


def level_after(years: float) -> float:
    """How deep somebody holds a skill after some years with it: years ÷ (years + 2), between 0 and 1.

    >>> level_after(2), level_after(6)
    (0.5, 0.75)
    """
    return round(years / (years + HALFWAY), 2)


def deepening(years: float) -> float:
    """How many times as deep what people in a position hold is held after some years there; never less than 1.

    >>> deepening(1), deepening(3), deepening(10)
    (1.0, 1.0, 1.39)
    """
    return max(1.0, round(years / (years + HALFWAY) / (ORDINARY / (ORDINARY + HALFWAY)), 2))
