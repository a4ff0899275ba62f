"""How the cells of a sheet are read: what a person writes becomes the lexical form that a statement has.

Each function takes a cell that is not empty and gives that form, or raises ValueError with what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

Cell = Callable[[str], str]

#: The longest label or alias, in signs: as the ontology's shapes have it.
_LONGEST_LABEL = 200
_YES_NO = {"yes": "true", "true": "true", "no": "false", "false": "false"}
#: What may not stand in an IRI.
_NOT_IN_IRIS = re.compile(r'[\s<>"{}|\\^`]')


def text(cell: str) -> str:
    """Any text, in one line."""
    return cell


def label(cell: str) -> str:
    """A name of at most 200 signs."""
    if len(cell) > _LONGEST_LABEL:
        raise ValueError(f"the name is {len(cell)} characters long; at most {_LONGEST_LABEL} are allowed")
    return cell


def number(cell: str) -> str:
    """A number from 0 up.

    >>> number("7.50"), number("12")
    ('7.50', '12')
    """
    try:
        found = Decimal(cell)
    except InvalidOperation:
        found = Decimal("NaN")
    if not (cell.isascii() and found.is_finite()) or found.is_signed() or "_" in cell:
        raise ValueError(f"{cell!r} is no number from 0 up; write it like 1500 or 7.5, without any other sign")
    return format(found, "f")


def amount(cell: str) -> str:
    """A whole number above 0."""
    if not (cell.isascii() and cell.isdigit() and int(cell)):
        raise ValueError(f"{cell!r} is no whole number above 0; write it like 45000, without any other sign")
    return str(int(cell))


def year(cell: str) -> str:
    """A year."""
    if not re.fullmatch(r"[0-9]{4}", cell):
        raise ValueError(f"{cell!r} is no year; write it like 2026")
    return cell


def day(cell: str) -> str:
    """A day, year first."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            raise ValueError
        return date.fromisoformat(cell).isoformat()
    except ValueError:
        raise ValueError(f"{cell!r} is no date; write it like 2026-03-31") from None


def currency(cell: str) -> str:
    """A code of ISO 4217."""
    if not re.fullmatch(r"[A-Z]{3}", cell):
        raise ValueError(f"{cell!r} is no code of a currency; write three capital letters, like GBP")
    return cell


def yes_no(cell: str) -> str:
    """Yes or no."""
    try:
        return _YES_NO[cell.casefold()]
    except KeyError:
        raise ValueError(f"{cell!r} is neither yes nor no") from None


def address(cell: str) -> str:
    """The address of a web page.

    >>> address("https://example.org/courses?id=7")
    'https://example.org/courses?id=7'
    """
    try:
        parts = urlsplit(cell)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and not _NOT_IN_IRIS.search(cell)
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(f"{cell!r} is no address; write the whole of it, like https://example.org/courses")
    return cell
