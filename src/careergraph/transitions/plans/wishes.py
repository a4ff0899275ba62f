"""Wishes for a plan as they are typed: the courses that somebody is ready to take, and a span of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypedDict

from careergraph.model.errors import ContradictoryConditions
from careergraph.transitions.plans.course_market import Wishes

_SUM = re.compile(r"(?:([A-Z]{3})\s*)?([0-9]{1,9}(?:\.[0-9]{1,2})?)(?:\s*([A-Z]{3}))?")
_SPAN = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)\s*(m|months?|y|years?)?", re.ASCII)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*")


class PlanWishes(TypedDict, total=False):
    """What a plan is to keep to."""

    by: str
    """What to minimise: `hours`, the default, `cost`, or `time` with courses side by side."""
    straight: bool
    """Whether to plan straight for the role, without the stops of the best route."""
    via: Sequence[str]
    """Roles to pass."""
    done: Sequence[str]
    """Skills, credentials, milestones and courses that are done."""
    free: bool
    """Whether to plan only courses that are free."""
    budget: str | None
    """What all courses may cost together, such as `500USD`."""
    languages: Sequence[str]
    """The languages that courses may be held in, as ISO 639 codes; any if there are none."""
    hours_per_week: float | None
    """The hours a week for courses; without them there is no timetable."""
    start: str | None
    """The first day, as an ISO 8601 date."""


def read_wishes(
    *, free: bool = False, budget: str | None = None, languages: Sequence[str] = (), avoid: Sequence[str] = ()
) -> Wishes:
    """Read wishes as they are typed.

    Args:
        free: whether courses have to cost nothing.
        budget: a sum with its currency, such as `500USD`.
        languages: ISO 639 codes, such as `en`.
        avoid: the IRIs of courses not to plan.

    Raises:
        ContradictoryConditions: the sum has no currency, or more than one; a language is not a code.

    >>> read_wishes(budget="500USD", languages=["en-GB"])
    Wishes(free=False, budget=500.0, currency='USD', languages=('en',), avoid=())
    """
    codes = tuple(map(_read_language, languages))
    amount, currency = (None, None) if budget is None else _read_sum(budget)
    return Wishes(free, amount, currency, codes, tuple(avoid))


def _read_language(text: str) -> str:
    """The language of a code, which may name a country as well, such as en-GB."""
    found = _LANGUAGE.fullmatch(text.strip().lower())
    if found is None:
        raise ContradictoryConditions(f"{text!r} is not a code of a language; write it like en.")
    return found[1]


def _read_sum(text: str) -> tuple[float, str]:
    found = _SUM.fullmatch(text.strip().upper())
    currencies = [code for code in (found[1], found[3]) if code] if found else []
    if found is None or len(currencies) != 1:
        raise ContradictoryConditions(f"{text!r} is not a sum of money; write it with its currency, like 500USD.")
    return float(found[2]), currencies[0]


def read_months(text: str) -> float:
    """A span of time in months: `12m`, `18 months`, `2y`, or a number of months.

    Raises:
        ContradictoryConditions: it is none.

    >>> read_months("18 months"), read_months("1.5y"), read_months("7")
    (18.0, 18.0, 7.0)
    """
    found = _SPAN.fullmatch(text.strip().lower())
    if found is None:
        raise ContradictoryConditions(f"{text!r} is not a span of time; write it like 12m or 1y.")
    return float(found[1]) * (12 if (found[2] or "m").startswith("y") else 1)
