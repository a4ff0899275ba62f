"""Criteria for the best route, and the conditions that a search keeps to."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, log

from careergraph.model.records import Record
from careergraph.transitions.ease import load_calibration
from careergraph.transitions.measures import Measurable

LONGEST_ROUTE = 6
#: How many hours a week somebody learns by default.
HOURS_PER_WEEK = 10.0
#: At least this many candidates are ranked by their cost with everything learnt on the way.
CANDIDATES = 50

#: What a plan can be best by, the default first: see `careergraph.transitions.plans.course_choice`.
PLAN_CRITERIA = ("hours", "cost", "time")


class Criterion(Record):
    """A criterion for the best route: the sum over its steps of a cost, which must not be negative.

    `words` describe the route that is best by it, among alternatives.
    """

    cost: Callable[[Measurable], float]
    words: str


def _attempts(step: Measurable) -> float:
    return load_calibration().move_cost + 1 / step.ease + step.surcharge if step.ease > 0 else inf


def _feasibility(step: Measurable) -> float:
    return -log(step.ease) if step.ease > 0 else inf


def _steps(step: Measurable) -> float:
    return 1.0 if step.ease > 0 else inf


def _effort(step: Measurable) -> float:
    return step.effort if step.ease > 0 else inf


def _time(step: Measurable) -> float:
    known = load_calibration()
    # Each further step means a further stop with its stay; counting one for the first step as well does no harm.
    return step.months + (known.stay_low + known.stay_high) / 2 if step.ease > 0 else inf


#: By default, the expected attempts: somebody who fails at a step tries it again, so a step of ease e takes 1/e
#: attempts.
CRITERIA = {
    "attempts": Criterion(_attempts, "fewest attempts"),
    "feasibility": Criterion(_feasibility, "easiest steps"),
    "steps": Criterion(_steps, "fewest moves"),
    "effort": Criterion(_effort, "least to learn"),
    "time": Criterion(_time, "least time"),
}
DEFAULT = "attempts"


class Ways(Record):
    """The conditions of a search: where routes may lead, and by which criterion they are best.

    `ends` are the positions that count as arriving; `stops` have to be passed in any order, those in `avoid` must not
    be. An exact search examines `patience` partial routes before it gives up.
    """

    ends: tuple[str, ...]
    stops: tuple[str, ...]
    avoid: frozenset[str]
    max_steps: int
    by: str
    patience: int
