"""Degrees as they are abbreviated and worded, and what they are in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from careergraph.model.text import normal
from careergraph.transitions.people.dates import ISO_DATE, is_ongoing, month, to_iso
from careergraph.transitions.people.phrases import outside_brackets

#: How degrees are abbreviated and worded, without dots and in lower case; the first that fits counts.
_DEGREES = {
    r"(phd|ph d|dphil|doctorate|doctoral degree|doctor of (philosophy|science|engineering)|doctor$|dr$)": "phd",
    r"(mres|mphil|master'?s? of research|research master'?s?)": "research-masters",
    r"(master'?s?|m ?sc|ma|ms|meng|me|mtech|mba|mpa|mpp|mph|med|mfa|mca|mcom|msw|mmath|mphys|llm)": "masters-degree",
    r"(bachelor'?s?|b ?sc|ba|bs|beng|be|btech|bba|llb|bcom|bed|bca|bfa|bsn|barch|bdes|bpharm)": "bachelors-degree",
}


def _degree_words(text: str) -> str:
    return outside_brackets(normal(text).replace(".", "").replace("’", "'"))


def degrees_in(text: str) -> Iterator[str]:
    """The degrees (slugs) that a text begins with.

    >>> list(degrees_in("M.Sc. Physics"))
    ['masters-degree']
    """
    words = _degree_words(text)
    return (slug for pattern, slug in _DEGREES.items() if re.match(rf"{pattern}(?!\w)", words))


def subject_of(text: str) -> str:
    """What a degree is said to be in.

    >>> subject_of("B.Sc. (Hons) Computer Science"), subject_of("Master of Arts in Philosophy"), subject_of("Ph.D.")
    ('computer science', 'philosophy', '')
    """
    words = _degree_words(text)
    degree = next((found for p in _DEGREES if (found := re.match(rf"{p}(?!\w)", words))), None)
    rest = words[degree.end() :] if degree else words
    rest = re.sub(r"^ of (arts?|sciences?|engineering|technology)\b", "", rest)
    return rest.rpartition(" in ")[2].strip(" ,:").removeprefix("degree").strip().removeprefix("of ")


def is_under_way(entry: Mapping[str, Any]) -> bool:
    """Whether studies have no end, one that is to come, or one that nobody can read."""
    from datetime import date

    start, end = entry.get("startDate"), entry.get("endDate")
    if not end or is_ongoing(end):
        return bool(start or end)
    if not ISO_DATE.fullmatch(end):
        when = month(end)
        return when is None or to_iso(when) > date.today().isoformat()[:7]
    return str(end) > date.today().isoformat()[: len(end)]
