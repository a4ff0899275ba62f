"""Years of experience: how long somebody did something by the dates of a CV, and the level that follows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from careergraph.transitions.people.dates import Span

#: The years after which half of the way to mastery is done: what vacancies ask for that want more than beginners.
HALFWAY = 2.0
#: The years in a position that the editors' judgement of what people there hold refers to.
ORDINARY = 3.0
_MONTHS_A_YEAR = 12
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)}
_STATED = re.compile(
    rf"\b(\d{{1,2}}(?:[.,]\d)?|{'|'.join(_WORDS)})\+? ?(?:(?:to|bis|a|à) \d+ |[-–] ?\d+ )?(?:full )?"
    r"(?:(years?|yrs?|yoe|jahren?|jahr|ans|an|années|años|anos|anni|jaar)|months?|mos|monaten?|mois|meses|mesi)\b"
)


def count_years(spans: Iterable[Span]) -> float:
    """How many years several periods are together; overlaps count once.

    Takes n log n time in the spans.

    >>> count_years([Span(0, 24), Span(12, 36), Span(48, 60)])
    4.0
    """
    months, until = 0, 0
    for first, last in sorted(spans):
        months += max(0, last - max(first, until))
        until = max(until, last)
    return round(months / _MONTHS_A_YEAR, 2)


def find_years(phrase: str) -> float | None:
    """How many years a phrase states, if any.

    >>> find_years("python 3.11 (5 yrs)"), find_years("sql, 2.5 jahre"), find_years("windows 11")
    (5.0, 2.5, None)
    >>> find_years("six months of rust")
    0.5
    """
    found = _STATED.search(phrase)
    if not found:
        return None
    said = float(_NUMBERS.get(found[1]) or found[1].replace(",", "."))
    return said if found[2] else round(said / _MONTHS_A_YEAR, 2)


def find_level_after(years: float) -> float:
    """The level of a skill after some years with it: years ÷ (years + 2), between 0 and 1.

    >>> find_level_after(2), find_level_after(6)
    (0.5, 0.75)
    """
    return round(years / (years + HALFWAY), 2)


def find_deepening(years: float) -> float:
    """The factor by which years in a position make its skills deeper; never less than 1.

    >>> find_deepening(1), find_deepening(3), find_deepening(10)
    (1.0, 1.0, 1.39)
    """
    return max(1.0, round(years / (years + HALFWAY) / (ORDINARY / (ORDINARY + HALFWAY)), 2))
