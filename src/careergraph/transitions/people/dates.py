"""Dates as people write them in CVs: in figures and in words, of months, quarters and seasons, in several languages."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

#: A date as JSON Resume has it.
ISO_DATE = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
#: Letter with an accent → without; the places in a text stay as they are.
_PLAIN = str.maketrans("äàáâãåçèéêëìíîïñòóôõöùúûüý", "aaaaaaceeeeiiiinooooouuuuy")
#: What the months are called in English, German, French, Spanish, Italian, Dutch and Portuguese, in full or short.
_MONTHS = (
    "jan(?:uary|uar|vier|v|eiro|uari)?|janner|ene(?:ro)?|gen(?:naio)?",
    "feb(?:ruary|ruar|rero|braio|ruari)?|fev(?:rier|r|ereiro)?",
    "mar(?:ch|s|z|zo|co)?|mrz|mrt|maart",
    "apr(?:il|ile)?|a[vb]r(?:il)?",
    "mayo?|maio?|mei|mag(?:gio)?",
    "jun(?:e|io?|ho)?|juin|giu(?:gno)?",
    "jul(?:y|io?|ho)?|juil(?:let|l)?|lug(?:lio)?",
    "aug(?:ust|ustus)?|aout|ago(?:sto)?",
    "sep(?:t|tember|tembre|tiembre)?|set(?:t|tembre|embro)?",
    "o[ck]t(?:ober|obre|ubre)?|ott(?:obre)?|out(?:ubro)?",
    "nov(?:ember|embre|iembre|embro)?",
    "dec(?:ember|embre)?|dez(?:ember|embro)?|dic(?:embre|iembre)?",
)
#: Season → the month in its middle, counted from 0.
_SEASONS = {
    "winter(?:semester)?": 0, "spring|fruhling|fruhjahr|printemps": 3, "summer|sommer(?:semester)?|ete": 6,
    "autumn|fall|herbst|automne": 9, "early|anfang|beginning": 1, "mid|mitte": 6, "late": 10, "end|ende": 11,
}  # fmt: skip
_YEAR = r"(?:19|20)\d\d"
#: The middle of a year, for one that stands alone; the middles of its quarters.
_JULY, _QUARTERS, _MONTHS_A_YEAR = 6, (1, 4, 7, 10), 12
#: A year of two figures below this one is of this century: *'98* is 1998, *'21* is 2021.
_CENTURY = 60
_NAMED = "|".join(_MONTHS)
_SEASON = "|".join(_SEASONS)
_DATE = (
    rf"(?:\d{{1,2}}[./]\d{{1,2}}[./]{_YEAR}"
    rf"|(?:0?[1-9]|1[0-2])[./-]{_YEAR}"
    rf"|{_YEAR}[-/.](?:0?[1-9]|1[0-2])(?:[-/.][0-3]?\d)?(?!\d)"
    rf"|(?:[qt][1-4]|[1-4]\.? ?(?:quartal|trimestre|quarter)),? ?[/-]? ?{_YEAR}"
    rf"|{_YEAR}[ /-]?[qt][1-4]"
    rf"|(?:(?:[0-3]?\d(?:st|nd|rd|th)?\.? (?:of )?)?\b(?:{_NAMED})\b\.?|\b(?:{_SEASON})\b(?: of)?)"
    rf"(?: [0-3]?\d(?:st|nd|rd|th)?,)?[ ,/-]*(?:de |del |of )?(?:{_YEAR}|['’]\d\d|(?<=[-/])\d\d)"
    rf"|{_YEAR}(?!-(?:0[1-9]|1[0-2])\b))"
)
_NOW = (
    r"(?:(?:(?:the )?(?:present|current|ongoing|now|today|date|still|till date)|heute|aktuell|laufend|jetzt|dato|"
    r"gegenwart|aujourd['’]hui|ce jour|maintenant|actuel(?:lement)?|en cours|actualidad|actualmente|actual|hoy|"
    r"presente|oggi|attuale|attualmente|in corso|heden|nu|atual|o momento|momento)(?: day)?\b)"
)
_DASH = r"\s*(?:[-–—‒−]+|\b(?:to|until|till|through|thru|bis|a|au|hasta|al|ate|tot|t/m)\b|à|→)\s*(?:\bzum?\b\s*)?"
_SINCE = r"\b(?:since|seit|from|ab|depuis|desde|dal|sinds|vanaf|starting)\s+"
_FROM = r"\b(?:since|seit|from|ab|depuis|desde|dal|da|sinds|vanaf|starting|von|de|van)\s+"
_ABOUT = r"(?:(?:ca|c|approx|about|circa|around)\.?\s+|~\s?)?"
_SPAN = re.compile(
    rf"(?:{_FROM})?{_ABOUT}(?<![\w])(?P<first>{_DATE})(?:{_DASH}{_ABOUT}(?:(?P<last>{_DATE})|(?P<now>{_NOW})|"
    rf"(?P<short>\d\d)(?![\w/.-]))|/(?P<academic>\d\d)(?![\w/.-])|\s*[-–—](?=\s*(?:$|[,;:|)\]]))(?P<open>))"
)
_OPEN = re.compile(rf"{_SINCE}{_ABOUT}(?P<first>{_DATE})(?!\s*{_DASH}\s*{_DATE})")
_ONE = re.compile(
    rf"(?:{_SINCE})?(?:(?:expected|anticipated|graduation|voraussichtlich|prevu)[: ]+)?{_ABOUT}(?P<first>{_DATE})"
    r"(?:t[\d:.]+z?|\.| \((?:expected|anticipated|voraussichtlich|prevu)\))?$"
)
_ONGOING = re.compile(rf"(?:(?:to|until|till|bis|a|hasta|tot|in|ate|à|jusqu['’]a)\s+)?{_NOW}$|[-–—]$")


class Span(NamedTuple):
    """A time from one month to another, counted from the year 0; the last one does not belong to it."""

    first: int
    last: int


class Dated(NamedTuple):
    """A period in a text, its position in the text, and whether it is over."""

    span: Span | None
    start: int
    end: int
    over: bool


def to_month(text: str) -> int | None:
    """The month of a date, counted from the year 0: of a year alone, a quarter or a season the one in its middle.

    >>> to_month("2014-03") - to_month("2014"), to_month("Q3 2020") - to_month("2020")
    (-4, 1)
    >>> to_month("März 2014") == to_month("03/2014")
    True
    >>> to_month("soon")
    """
    found = _ONE.match(_fold(text.strip()))
    return _month_of(found["first"]) if found else None


def to_iso(when: int) -> str:
    """A month that is counted from the year 0, as ISO 8601 has it.

    >>> to_iso(to_month("March 2014") or 0)
    '2014-03'
    """
    return f"{when // _MONTHS_A_YEAR:04}-{when % _MONTHS_A_YEAR + 1:02}"


def is_ongoing(text: str) -> bool:
    """Whether a text says, in place of a date, that something has not ended.

    >>> is_ongoing("present"), is_ongoing("bis heute"), is_ongoing("2014")
    (True, True, False)
    """
    return bool(_ONGOING.match(_fold(text.strip())))


def to_span(start: str | None, end: str | None, *, today: date | None = None) -> Span | None:
    """The time between two dates of a CV, until today if it has not ended; nothing if it does not begin before that.

    Args:
        start: when it began, or from when to when it was.
        end: when it ended.
        today: the day until which it lasts, if not the real one.

    >>> to_span("2019–2021", None), to_span("seit 2020", "2022-07") == to_span("2020", "2022-07")
    (Span(first=24234, last=24258), True)
    """
    first = to_month(start or "")
    if first is None and end is None and (found := find_span(start or "", today=today)):
        return found.span
    last = _now(today) if end is None or is_ongoing(end) else to_month(end)
    return _between(first, last, today)


def find_span(text: str, *, today: date | None = None) -> Dated | None:
    """The first period from one date to another in a text, and its position.

    Args:
        text: a line of a CV, such as *Data engineer, 03/2019 bis heute*.
        today: the day until which a time lasts that has not ended, if not the real one.

    >>> find_span("Nurse, Mar 2014 to Mar 2016")
    Dated(span=Span(first=24170, last=24194), start=7, end=27, over=True)
    """
    plain = _fold(text)
    found = _SPAN.search(plain)
    if not found:
        open_ = _OPEN.search(plain)
        lasts = _between(_month_of(open_["first"]), _now(today), today) if open_ else None
        return Dated(lasts, open_.start(), open_.end(), over=False) if open_ else None
    first = _month_of(found["first"])
    last = _month_of(found["last"]) if found["last"] else _end_of(found, today)
    over = found["now"] is None and found["open"] is None and not is_to_come(found.group(), today=today)
    return Dated(_between(first, last, today), found.start(), found.end(), over)


def is_to_come(text: str, *, today: date | None = None) -> bool:
    """Whether a text names a year that has not begun.

    >>> is_to_come("MSc, 2999"), is_to_come("MSc, 1999")
    (True, False)
    """
    return any(int(year) > (today or date.today()).year for year in re.findall(r"\b[12]\d{3}\b", text))


def _end_of(found: re.Match[str], today: date | None) -> int | None:
    """The end of a time that has not ended, or of one whose last year has two figures: *2019/21*."""
    short = found["short"] or found["academic"]
    return _now(today) if short is None else _month_of(found["first"][:2] + short) if found["first"].isdigit() else None


def _between(first: int | None, last: int | None, today: date | None) -> Span | None:
    if first is None or last is None or first > min(last, _now(today)):
        return None
    return Span(first, min(last, _now(today)))


def _now(today: date | None) -> int:
    day = today or date.today()
    return day.year * _MONTHS_A_YEAR + day.month - 1


def _fold(text: str) -> str:
    """A text of the same length in lower case and without accents."""
    folded = text.lower()
    return (folded if len(folded) == len(text) else text).translate(_PLAIN)


def _month_of(text: str) -> int | None:
    year = _year_in(text)
    if year is None:
        return None
    if found := re.search(r"[qt]([1-4])\b|\b([1-4])\.? ?(?:quar|trim)", text):
        return year * _MONTHS_A_YEAR + _QUARTERS[int(found[1] or found[2]) - 1]
    if (number := _named_month(text)) is not None:
        return year * _MONTHS_A_YEAR + number
    figures = [int(part) for part in re.findall(r"\d+", text)]
    number = _month_among(figures, first=len(figures) > 1 and figures[0] == year)
    return year * _MONTHS_A_YEAR + number if number is not None else None


def _named_month(text: str) -> int | None:
    """The month, counted from 0, that a text names itself or by a season."""
    named = ((words, number) for words, number in (*_SEASONS.items(), *zip(_MONTHS, range(12), strict=True)))
    return next((number for words, number in named if re.search(rf"\b(?:{words})\b", text)), None)


def _month_among(figures: list[int], *, first: bool) -> int | None:
    """The month in a date in figures: behind the year if that comes first, else before it."""
    if len(figures) == 1:
        return _JULY
    number = figures[1] if first else figures[-2]
    return number - 1 if 1 <= number <= _MONTHS_A_YEAR else None


def _year_in(text: str) -> int | None:
    if found := re.search(_YEAR, text):
        return int(found.group())
    found = re.search(r"(\d\d)$", text)
    return (2000 if int(found[1]) < _CENTURY else 1900) + int(found[1]) if found else None
