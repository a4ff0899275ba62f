"""Pay along a route: like is compared with like, everything else is shown side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from careergraph.model.errors import BadRate
from careergraph.model.records import Note, Pay, Record, Ref

if TYPE_CHECKING:
    from careergraph.model.values import Currency, Iri, NonEmpty


#: Currencies to convert from and to → how many units of the latter one unit of the former buys.
Rates = Mapping[tuple[str, str], float]


class PayChange(Record):
    """How much more or less a later role pays than an earlier one, in two comparable lines."""

    origin: Ref
    """The earlier role or the origin."""
    destination: Ref
    """The later role."""
    currency: Currency
    """What the differences are counted in, as an ISO 4217 code."""
    region: str | None
    """The country that both lines are for."""
    segments: tuple[NonEmpty, ...]
    """The groups of employers that both lines are for."""
    basis: str | None
    """What the figures of both lines count."""
    seniority: str | None
    """The seniority that both lines are for."""
    low: int
    """By how much the lower figure rises, or falls if negative."""
    high: int
    """By how much the upper figure rises, or falls if negative."""
    open_ended: bool
    """Whether an upper figure is open-ended, so that the difference is not firm."""
    converted: bool
    """Whether the earlier figures were converted at a rate that the user gave."""
    lines: tuple[Iri, Iri]
    """The IRIs of the earlier and the later line."""
    notes: tuple[Note, ...]
    """What the editors remark on either line."""


def compare_pay(roles: Sequence[tuple[Ref, Sequence[Pay]]], rates: Rates | None = None) -> tuple[PayChange, ...]:
    """Compare the pay of each role of a route with that of the roles before it, where lines are alike.

    Lines are alike if region, segments, basis, seniority and year are the same (unknown matches only unknown), and
    the currency is the same or the user gives a rate for it. Nothing else is converted, and nothing is assumed.

    Args:
        roles: the roles of a route in order, each with its pay lines.
        rates: what the user gave with `--rate`.
    """
    found = []
    for later, (destination, after) in enumerate(roles):
        for origin, before in roles[:later]:
            pairs = ((one, other) for one in before for other in after)
            found += [
                change for one, other in pairs if (change := _change(origin, destination, one, other, rates or {}))
            ]
    return tuple(found)


def read_rate(text: str) -> tuple[tuple[str, str], float]:
    """Read a rate such as `GBP:USD=1.27`: one pound buys 1.27 dollars.

    Raises:
        BadRate: the text is not of that form, or the rate is not a positive number.

    >>> read_rate("GBP:USD=1.27")
    (('GBP', 'USD'), 1.27)
    """
    currencies, _, figure = text.partition("=")
    one, _, other = currencies.partition(":")
    try:
        value = float(figure)
    except ValueError:
        raise BadRate(text) from None
    plain = figure.isascii() and "_" not in figure and one != other
    named = all(len(code) == 3 and code.isascii() and code.isalpha() and code.isupper() for code in (one, other))
    if not named or not plain or not 0 < value < float("inf"):
        raise BadRate(text)
    return (one, other), value


def _change(origin: Ref, destination: Ref, one: Pay, other: Pay, rates: Rates) -> PayChange | None:
    if one.low is None or one.high is None or other.low is None or other.high is None or _sort(one) != _sort(other):
        return None
    factor = _factor(one.currency, other.currency, rates)
    if factor is None or other.currency is None:
        return None
    return PayChange(
        origin=origin,
        destination=destination,
        currency=other.currency,
        region=other.region,
        segments=other.segments,
        basis=other.basis,
        seniority=other.seniority,
        low=round(other.low - one.low * factor),
        high=round(other.high - one.high * factor),
        open_ended=bool(one.open_ended or other.open_ended),
        converted=one.currency != other.currency,
        lines=(one.id, other.id),
        notes=tuple(dict.fromkeys(one.notes + other.notes)),
    )


def _sort(line: Pay) -> tuple[object, ...]:
    return line.region, tuple(sorted(line.segments)), line.basis, line.seniority, line.year


def _factor(one: str | None, other: str | None, rates: Rates) -> float | None:
    if one is None or other is None:
        return None
    if one == other:
        return 1.0
    if (one, other) in rates:
        return rates[one, other]
    return 1 / rates[other, one] if (other, one) in rates else None
