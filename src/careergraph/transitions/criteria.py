"""What a route can be best by, how long it may be, and where it may lead."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, log

from careergraph.model.records import Record
from careergraph.transitions.ease import load_calibration
from careergraph.transitions.measures import Measurable

LONGEST_ROUTE = 6
#: How many hours a week somebody learns, if nobody says.
HOURS_PER_WEEK = 10.0
#: So many candidates at least are put in order by what they cost with everything carried along.
CANDIDATES = 50

#: What a plan can be best by, the default first: see `careergraph.transitions.course_choice`.
PLAN_CRITERIA = ("hours", "cost", "time")


class Criterion(Record):
    """What a route can be best by: the sum over its steps of a cost, which must not be negative.

    `words` say what is best about the best route, as a label among alternatives.
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
    # Each step more is a stop more, and a stay there; it does no harm that the first step counts one as well.
    return step.months + (known.stay_low + known.stay_high) / 2 if step.ease > 0 else inf


#: By default, the expected attempts: whoever fails at a step tries again from there, so a step of ease e takes 1/e.
CRITERIA = {
    "attempts": Criterion(_attempts, "fewest attempts"),
    "feasibility": Criterion(_feasibility, "easiest steps"),
    "steps": Criterion(_steps, "fewest moves"),
    "effort": Criterion(_effort, "least to learn"),
    "time": Criterion(_time, "least time"),
}
DEFAULT = "attempts"


class Ways(Record):
    """What a search keeps to: where routes may lead, and what they are best by.

    `ends` are the positions that count as arriving; `stops` are to be passed in any order, what is in `avoid` is not.
    An exact search looks at `patience` partial routes before it gives up.
    """

    ends: tuple[str, ...]
    stops: tuple[str, ...]
    avoid: frozenset[str]
    max_steps: int
    by: str
    patience: int
