"""What the sheets of courses and organisations say of them, as attributes: who gives a course, what it teaches ..."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from careergraph.importing.csv.claims import Claims
from careergraph.importing.csv.names import Read
from careergraph.importing.known_names import KnownNames
from careergraph.importing.source import Node, Said
from careergraph.rdf.standards import SCHEMA
from careergraph.rdf.vocabulary import CG

#: What a claim about a course or an organisation is: kind, class, name of the property, value, what else is said.
_Attribute = tuple[str, str, str, str, list[Said]]

#: Column → the property under which the curated courses have the same.
_TEXTS = {
    "language": "taught_in",
    "certificate": "certificate",
    "licence": "licence",
    "url": "homepage",
    "date": "as_of",
}


def read_courses(claims: Claims, read: Read, course: str) -> Iterator[Node]:
    """All that a row says about a course.

    Raises:
        UnusableSource: hours are upside down, or there is a price without a currency, or the other way round, or what
            a price is for without a price.
    """
    for kind, class_, name, value, more in _course(claims.known, read):
        yield _make(claims, read, course, kind, class_, name, value, more)


def read_organisations(claims: Claims, read: Read, organisation: str) -> Iterator[Node]:
    """All that a row says about an organisation."""
    for url in read.all("url"):
        yield _make(claims, read, organisation, "attribute", CG.Attribute, "homepage", url, [])


#: File → what its rows claim about the thing that each declares.
ATTRIBUTES: dict[str, Callable[[Claims, Read, str], Iterator[Node]]] = {
    "organisations.csv": read_organisations,
    "courses.csv": read_courses,
}


def _make(
    claims: Claims, read: Read, about: str, kind: str, class_: str, name: str, value: str, more: list[Said]
) -> Node:
    said = [(SCHEMA.about, about, "iri"), (SCHEMA.propertyID, name, ""), (SCHEMA.value, value, ""), *more]
    return claims.make(read, kind, class_, (about,), said)


def _course(known: KnownNames, read: Read) -> Iterator[_Attribute]:
    for iri in read.all("provider"):
        yield "offering", CG.Offering, "provider", known.label(iri), [(CG.provider, iri, "iri")]
    for iri in read.all("teaches"):
        depth = [(CG.level, level, "iri") for level in read.all("level")]
        yield "teaching", CG.Teaching, "teaches", known.label(iri), [(CG.teaches, iri, "iri"), *depth]
    for iri in read.all("expects"):
        depth = [(CG.level, level, "iri") for level in read.all("expects_level")]
        yield "prerequisite", CG.Prerequisite, "prerequisite", known.label(iri), [(CG.expects, iri, "iri"), *depth]
    yield from _hours(read)
    yield from _price(read)
    for column, name in _TEXTS.items():
        for value in read.all(column):
            yield "attribute", CG.Attribute, name, value, []


def _hours(read: Read) -> Iterator[_Attribute]:
    low, high = (next(iter(read.all(name)), None) for name in ("hours_low", "hours_high"))
    if low is not None and high is not None and Decimal(low) > Decimal(high):
        raise read.row.fault(f"the lower number of hours, {low}, is above the upper one, {high}")
    said: list[Said] = [(SCHEMA.unitText, "hours", "")]
    said += [(SCHEMA.minValue, low, "decimal")] if low is not None else []
    said += [(SCHEMA.maxValue, high, "decimal")] if high is not None else []
    if low is not None or high is not None:
        yield "effort", CG.Effort, "effort_total", _range(low, high), said


def _range(low: str | None, high: str | None) -> str:
    if low is None or high is None:
        return f"at most {high}" if low is None else f"at least {low}"
    return low if low == high else f"{low}-{high}"


def _price(read: Read) -> Iterator[_Attribute]:
    price, currency = (next(iter(read.all(name)), None) for name in ("price", "currency"))
    if price is None and currency is None:
        if any(read.all("price_basis")):
            raise read.row.fault("what a price is for says nothing without a price")
        return
    if price is None or (currency is None and Decimal(price)):
        raise read.row.fault("a price and its currency belong together; only a price of 0 needs no currency")
    said: list[Said] = [(SCHEMA.price, price, "decimal")]
    said += [(SCHEMA.priceCurrency, currency, "")] if currency is not None else []
    period = next((basis for basis in read.all("price_basis") if basis != "once"), None)
    said += [(SCHEMA.unitText, f"{currency} {period}", "")] if period is not None else []
    words = " ".join(filter(None, (price, currency, period)))
    yield "price", CG.Price, "price", words if Decimal(price) else "free", said
