"""How easy a move is, on one scale: an ease from a likeness, and from an ease how common such moves are.

    ease = exp(-slope × (cap - min(logit, cap)))        lift = lift at the cap × ease

The logit is that of the likeness of two occupations (`importing.derive.similarity`). How much more common than chance
moves between them are grows with it, log-linearly up to the cap and no further. All parameters, with their standard
errors and sources, stand in `calibration.json` beside this module.
"""

from __future__ import annotations

import os
from functools import cache
from math import exp

from careergraph.model.records import Record

CALIBRATION = "calibration.json"


class Calibration(Record):
    """The parameters of the model other than the weights of words; `calibration.json` has units and sources.

    The costs are in units of an easy move; the hours are for one skill from nothing to full depth.
    """

    ease_slope: float
    ease_cap: float
    lift_at_cap: float
    move_cost: float
    schooling_cost: float
    licence_cost: float
    skill_hours_low: float
    skill_hours_high: float
    schooling_high: float
    experience_low: float
    experience_high: float
    stay_low: float
    stay_high: float
    jobs_usual: float
    jobs_exponent: float
    stop_jobs_exponent: float
    taught_share: float


@cache
def load_calibration() -> Calibration:
    """The calibration that comes with the package.

    >>> load_calibration().move_cost
    3.0
    """
    import json  # not on the start path: most commands need no table

    with open(os.path.join(os.path.dirname(__file__), CALIBRATION), encoding="utf-8") as file:
        said = json.load(file)
    return Calibration(*(float(said[name.replace("_", "-")]["value"]) for name in Calibration.__match_args__))


def to_ease(logit: float, *, slope: float | None = None, cap: float | None = None) -> float:
    """The ease of a move between two occupations of a given likeness, in (0, 1].

    Args:
        logit: the logit of the probability that experts call the two related.
        slope: how much the logarithm of the ease changes with each unit of the logit; as calibrated if not given.
        cap: the logit above which all moves are equally easy; as calibrated if not given.

    >>> to_ease(3.0), to_ease(8.0), round(to_ease(-5.0), 3)
    (1.0, 1.0, 0.135)
    """
    known = load_calibration()
    slope, cap = known.ease_slope if slope is None else slope, known.ease_cap if cap is None else cap
    return exp(-slope * (cap - min(logit, cap)))


def lift_of(ease: float) -> float:
    """How many times as common as chance moves of a given ease between two occupations are.

    >>> round(lift_of(0.4), 6)
    4.0
    """
    return load_calibration().lift_at_cap * ease
