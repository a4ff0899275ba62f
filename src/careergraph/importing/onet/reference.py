"""What O*NET's rows refer to, read once; a reference to anything else is an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from typing import NamedTuple, TypeVar

from careergraph.importing.onet.files import NOT_AVAILABLE, Files
from careergraph.importing.source import Advance
from careergraph.importing.tables import Table

T = TypeVar("T")

_CODE = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?")


class Scale(NamedTuple):
    """A scale of figures, with both ends."""

    code: str
    minimum: float
    maximum: float


class Figure(NamedTuple):
    """A figure as the source states it, and as a share of its scale: both as decimals in canonical form."""

    stated: str
    share: str


class Occupation(NamedTuple):
    """An occupation as its own file has it."""

    title: str
    description: str


class Element(NamedTuple):
    """An element of the content model."""

    name: str
    description: str


class Activity(NamedTuple):
    """A detailed work activity, the intermediate one that it belongs to, and the element that that belongs to."""

    title: str
    intermediate: str
    intermediate_title: str
    element: str


class Zone(NamedTuple):
    """A zone of preparation: its name, and what it takes by way of experience, education and training."""

    name: str
    experience: str
    education: str
    training: str


class Reference:
    """The reference files, and checks of what refers to them.

    The last three fill while the claims are read: `used`, the elements that they are about; `tools`, with the IRI and
    the commodities of each; `shares`, (occupation, element) → grade → percent of the respondents who name it.

    Raises:
        UnusableSource: a code has characters that no code has, or is there twice, or a scale is not valid.
    """

    def __init__(self, files: Files, advance: Advance) -> None:
        tables = files.tables
        self.occupations = _index(tables["Occupation Data"], Occupation, advance)
        self.elements = _index(tables["Content Model Reference"], Element, advance)
        self.commodities = _commodities(tables, advance)
        self.zones = _index(tables["Job Zone Reference"], Zone, advance)
        self.scales = _scales(tables["Scales Reference"], advance)
        self.activities = _activities(tables["DWA Reference"], self, advance)
        self.grades = _grades(tables["Education, Training, and Experience Categories"], self, advance)
        self.used: set[str] = set()
        self.tools: dict[str, tuple[str, set[str]]] = {}
        self.shares: dict[tuple[str, str], dict[int, float]] = {}
        self._figures: dict[tuple[str, str], Figure] = {}

    def check(self, table: Table, line: int, what: str, code: str, known: Container[str]) -> None:
        """Make sure that a code is known.

        Raises:
            UnusableSource: it is not.
        """
        if code not in known:
            raise table.fault(line, f"there is no {what} {code!r} in the reference files")

    def figure(self, table: Table, line: int, scale: str, value: str) -> Figure:
        """A figure on a scale.

        Raises:
            UnusableSource: there is no such scale, or the value is not a number or out of the scale.
        """
        known = self._figures.get((scale, value))
        if known is None:
            self.check(table, line, "scale", scale, self.scales)
            known = self._figures[scale, value] = _figure(table, line, self.scales[scale], value)
        return known


def _figure(table: Table, line: int, scale: Scale, value: str) -> Figure:
    if not _NUMBER.fullmatch(value):
        raise table.fault(line, f"the value {value!r} is not a number")
    number = float(value)
    if not scale.minimum <= number <= scale.maximum:
        range_ = f"{scale.minimum:g} to {scale.maximum:g}"
        raise table.fault(line, f"the value {value} is out of the scale {scale.code}, which goes from {range_}")
    return Figure(to_decimal(number), to_decimal((number - scale.minimum) / (scale.maximum - scale.minimum)))


def to_decimal(number: float) -> str:
    """A number as XML Schema writes a decimal, to six places.

    >>> to_decimal(4.10), to_decimal(5.0), to_decimal(0.78000001)
    ('4.1', '5', '0.78')
    """
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _index(table: Table, make: Callable[..., T], advance: Advance) -> dict[str, T]:
    found: dict[str, T] = {}
    for line, (code, *fields) in table.rows(advance):
        _check_code(table, line, code)
        if code in found:
            raise table.fault(line, f"{code} is there a second time")
        if fields[0].strip() in ("", NOT_AVAILABLE):
            raise table.fault(line, f"{code} has no name")
        found[code] = make(*fields)
    return found


def _commodities(tables: Mapping[str, Table], advance: Advance) -> dict[str, str]:
    if "UNSPSC Reference" in tables:
        return _index(tables["UNSPSC Reference"], str, advance)
    table, found = tables["Commodities"], dict[str, str]()
    for line, (code, title) in table.rows():
        _check_code(table, line, code)
        if found.setdefault(code, title) != title:
            raise table.fault(line, f"{code} is called {title!r} here, and {found[code]!r} above")
    return found


def _check_code(table: Table, line: int, code: str) -> None:
    if not _CODE.fullmatch(code):
        raise table.fault(line, f"{code!r} is not a code: letters, digits, full stops and hyphens belong there")


def _scales(table: Table, advance: Advance) -> dict[str, Scale]:
    found: dict[str, Scale] = {}
    for line, (code, _, minimum, maximum) in table.rows(advance):
        if not (_NUMBER.fullmatch(minimum) and _NUMBER.fullmatch(maximum) and float(minimum) < float(maximum)):
            raise table.fault(line, f"a scale cannot go from {minimum!r} to {maximum!r}")
        found[code] = Scale(code, float(minimum), float(maximum))
    return found


def _activities(table: Table, reference: Reference, advance: Advance) -> dict[str, Activity]:
    found: dict[str, Activity] = {}
    for line, (element, intermediate, intermediate_title, code, title) in table.rows(advance):
        reference.check(table, line, "element", element, reference.elements)
        _check_code(table, line, intermediate)
        _check_code(table, line, code)
        if code in found:
            raise table.fault(line, f"{code} is there a second time")
        found[code] = Activity(title, intermediate, intermediate_title, element)
    return found


def _grades(table: Table, reference: Reference, advance: Advance) -> dict[tuple[str, str], str]:
    # (element, category) → description
    found: dict[tuple[str, str], str] = {}
    for line, (element, scale, category, description) in table.rows(advance):
        reference.check(table, line, "element", element, reference.elements)
        reference.check(table, line, "scale", scale, reference.scales)
        if not (category.isascii() and category.isdecimal()):
            raise table.fault(line, f"the category {category!r} is not a number")
        found[element, category] = description
    return found
