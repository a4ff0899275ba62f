"""How the cells of a sheet are read: what a person writes becomes the lexical form of a value.

Each function takes a cell that is not empty and gives that form, or raises ValueError with what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

Cell = Callable[[str], str]

#: The longest label or alias, in characters: the same as in the ontology's shapes.
_LONGEST_LABEL = 200
_YES_NO = {"yes": "true", "true": "true", "no": "false", "false": "false"}
#: Characters that an IRI must not contain.
_NOT_IN_IRIS = re.compile(r'[\s<>"{}|\\^`]')
#: Characters that browsers show in the path and the query of an address although they are escaped there.
_BY_NUMBER = re.compile(r"[\[\]]|%(?![0-9A-Fa-f]{2})")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")
#: More digits than any figure about a career has, and as many as can be computed with exactly.
_MOST_DIGITS = 15


#: What a price may be for.
PERIODS = ("once", "per week", "per month", "per year")


def read_text(cell: str) -> str:
    """Any text, in one line."""
    return cell


def label(cell: str) -> str:
    """A name of at most 200 characters."""
    if len(cell) > _LONGEST_LABEL:
        raise ValueError(f"the name is {len(cell)} characters long; at most {_LONGEST_LABEL} are allowed")
    return cell


def read_number(cell: str) -> str:
    """A number from 0 up.

    >>> read_number("7.50"), read_number("12")
    ('7.50', '12')
    """
    if not _NUMBER.fullmatch(cell):
        raise ValueError(f"{cell!r} is not a number from 0 up; write it like 1500 or 7.5, without any other sign")
    return format(Decimal(_check_length(cell)), "f")


def read_amount(cell: str) -> str:
    """A whole number above 0."""
    if not (cell.isascii() and cell.isdigit() and cell.strip("0")):
        raise ValueError(f"{cell!r} is not a whole number above 0; write it like 45000, without any other sign")
    return str(int(_check_length(cell)))


def read_year(cell: str) -> str:
    """A year."""
    if not re.fullmatch(r"[0-9]{4}", cell):
        raise ValueError(f"{cell!r} is not a year; write it like 2026")
    return cell


def read_day(cell: str) -> str:
    """A day, year first."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            raise ValueError
        return date.fromisoformat(cell).isoformat()
    except ValueError:
        raise ValueError(f"{cell!r} is not a date; write it like 2026-03-31") from None


def read_currency(cell: str) -> str:
    """A code of ISO 4217."""
    if not re.fullmatch(r"[A-Z]{3}", cell):
        raise ValueError(f"{cell!r} is not a code of a currency; write three capital letters, like GBP")
    return cell


def read_language(cell: str) -> str:
    """A code of ISO 639."""
    if not re.fullmatch(r"[a-z]{2,3}", cell):
        raise ValueError(f"{cell!r} is not a code of a language; write two or three small letters, like en")
    return cell


def read_period(cell: str) -> str:
    """What a price is for: the whole course, or a period of a subscription."""
    if cell not in PERIODS:
        raise ValueError(f"{cell!r} is not something that a price is for; write one of {', '.join(PERIODS)}")
    return cell


def read_yes_no(cell: str) -> str:
    """Yes or no."""
    try:
        return _YES_NO[cell.casefold()]
    except KeyError:
        raise ValueError(f"{cell!r} is neither yes nor no") from None


def read_address(cell: str) -> str:
    """The address of a web page.

    Brackets and percent signs, which browsers show as they are, become the escapes that an IRI needs.

    >>> read_address("https://example.org/courses?id=7"), read_address("https://example.org/courses?filter[area]=data")
    ('https://example.org/courses?id=7', 'https://example.org/courses?filter%5Barea%5D=data')
    """
    try:
        parts = urlsplit(cell)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and not _NOT_IN_IRIS.search(cell)
        host = len(parts.scheme) + len("://") + len(parts.netloc)
        found = cell[:host] + _BY_NUMBER.sub(lambda sign: f"%{ord(sign[0]):02X}", cell[host:])
        NamedNode(found)  # the engine decides what an IRI is, since it has to accept it
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(f"{cell!r} is not an address; write the whole of it, like https://example.org/courses")
    return found


def _check_length(cell: str) -> str:
    if len(cell) > _MOST_DIGITS:
        raise ValueError(f"the number has {len(cell)} signs; at most {_MOST_DIGITS} are allowed")
    return cell
