"""What a route can be best by, and how long it may be."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, log

from careergraph.model.records import Record

LONGEST_ROUTE = 6


class Criterion(Record):
    """What a route can be best by.

    `cost` takes a step's feasibility and the effort it takes; `least` takes the weight of the transition's ease and
    gives a lower bound of any such cost.
    """

    cost: Callable[[float, float], float]
    least: Callable[[float], float]


def _cost(value: float) -> float:
    return -log(value) if value > 0 else inf


CRITERIA = {
    "feasibility": Criterion(lambda value, effort: _cost(value), lambda ease: _cost(ease)),
    "steps": Criterion(lambda value, effort: 1.0, lambda ease: 1.0),
    "effort": Criterion(lambda value, effort: effort, lambda ease: 0.0),
}
