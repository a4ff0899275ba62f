"""What a course adds to the objective of a plan: hours, money, or time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from careergraph.catalogue.courses import CourseFacts
from careergraph.model.records import Record
from careergraph.transitions.plans.records import Money, PlannedCourse


class Price(Record):
    """What a course adds to the objectives: whether it is open-ended, whether nothing is known, how many hundredths."""

    open: bool
    blank: bool
    amount: int


def price_by_hours(facts: Mapping[str, CourseFacts]) -> dict[str, Price]:
    """What each course adds to the hours of a plan."""
    return {course: _price(known.hours_high, blank=known.hours_low is None) for course, known in facts.items()}


def price_by_cost(facts: Mapping[str, CourseFacts]) -> dict[str, Price]:
    """What each course adds to the cost of a plan, in the currency of most prices."""
    paid = Counter(known.currency for known in facts.values() if known.currency)
    most = min(paid, key=lambda currency: (-paid[currency], currency), default=None)
    return {
        course: _price(known.cost if known.currency in (None, most) else None, blank=False)
        for course, known in facts.items()
    }


def _price(amount: float | None, *, blank: bool) -> Price:
    return Price(amount is None, blank, 0 if amount is None else round(amount * 100))


#: Objective of a plan → what each course adds to it, and to what decides among plans that are equally good by it:
#: of those that cost the same, the one of the fewest hours.
MEASURES: dict[str, tuple[Callable[[Mapping[str, CourseFacts]], dict[str, Price]], ...]] = {
    "hours": (price_by_hours,),
    "cost": (price_by_cost, price_by_hours),
    "time": (price_by_hours,),
}


def find_lengths(facts: Mapping[str, CourseFacts]) -> dict[str, int]:
    """How long each course takes, in hundredths of an hour: the upper end, or else the lower bound; 0 if unknown."""
    spans = {
        course: known.hours_low if known.hours_high is None else known.hours_high for course, known in facts.items()
    }
    return {course: round((hours or 0.0) * 100) for course, hours in spans.items()}


def sum_costs(planned: Iterable[PlannedCourse]) -> tuple[Money, ...]:
    """What courses cost together in each currency, free and unknown ones left out; by currency.

    >>> sum_costs(())
    ()
    """
    sums: Counter[str] = Counter()
    for item in planned:
        if item.cost and item.currency:
            sums[item.currency] += round(item.cost * 100)
    return tuple(Money(amount / 100, currency) for currency, amount in sorted(sums.items()))
