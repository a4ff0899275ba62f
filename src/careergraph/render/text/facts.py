"""Facts from pages as people say them: a value, and its unit unless that goes without saying."""

from __future__ import annotations

import re

#: Units that go without saying.
_PLAIN_UNITS = frozenset({"year", "date"})
#: A value of which there is one, however it is qualified.
_ONE = re.compile(r"(?:.*[a-z] )?1")
#: Languages of courses, by their codes.
_LANGUAGES = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "sv": "Swedish",
    "zh": "Chinese",
}


def word_fact(property_: str, text: str) -> str:
    """The value of a fact as people say it: languages by their names.

    >>> word_fact("taught_in", "en, fi"), word_fact("price", "free")
    ('English, Finnish', 'free')
    """
    if property_ != "taught_in":
        return text
    return ", ".join(_LANGUAGES.get(code.strip(), code.strip()) for code in text.split(","))


def word_unit(property_: str, text: str, unit: str | None) -> str:
    """The unit behind the value of a fact, in the singular where there is one; empty where it is plain anyway.

    Args:
        property_: the property.
        text: its value.
        unit: its unit, if it has one.

    >>> word_unit("daily_load", "1", "hours per day"), word_unit("duration", "less than 1", "hours")
    ('hour per day', 'hour')
    >>> word_unit("duration", "4.1", "hours"), word_unit("mentors", "59", "mentors")
    ('hours', '')
    """
    if not unit or unit in _PLAIN_UNITS or unit == property_.replace("_", " "):
        return ""
    first, *rest = unit.split(" ")
    return " ".join((first.removesuffix("s") if _ONE.fullmatch(text) else first, *rest))
