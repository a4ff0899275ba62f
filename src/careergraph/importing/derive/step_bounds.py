"""What no way between two positions costs less than, and how often the best ways pass a position."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from careergraph.transitions.criteria import CRITERIA, DEFAULT, LONGEST_ROUTE
from careergraph.transitions.measures import Measure
from careergraph.transitions.precomputed.costs import ProjectedStep

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: How much a bound is reduced, since it must never exceed the real sum, and sums are rounded.
_BELOW = 1 - 1e-5


def find_bounds(found: Sequence[Sequence[ProjectedStep]], scarcity: Sequence[float] = ()) -> dict[str, Sequence[float]]:
    """For every position as a destination what no way there costs less than; how often best ways pass a position.

    By dynamic programming over the number of steps, for all pairs at once: O(n·s) time for n positions and s steps. On
    the way to a destination, positions that may only be a route's last are not passed.

    Args:
        found: for each position, the steps from it.
        scarcity: how much harder each position is as a stop, for want of jobs; no position is if not given.

    Returns:
        `within`: destinations × numbers of steps left × origins, lower bounds of the cost; `passes`: see below.

    >>> find_bounds([[], []])["passes"]
    [0.0, 0.0, 0.0]
    """
    size, cost = len(found), CRITERIA[DEFAULT].cost
    direct, scarce = np.full((size, size), np.inf), np.array(scarcity or [0.0] * size)
    onwards: list[tuple[NDArray[np.int64], Floats]] = []
    for tail, steps in enumerate(found):
        heads = np.array([step.head for step in steps], dtype=np.int64)
        costs = np.array([cost(Measure(step.ease, step.effort, step.surcharge, step.months)) for step in steps])
        direct[heads, tail] = costs
        passable = np.array([not step.last for step in steps], dtype=bool)
        as_stops = costs + scarce[heads] / np.array([step.ease or np.inf for step in steps])
        onwards.append((heads[passable], as_stops[passable]) if len(steps) else (heads, costs))
    np.fill_diagonal(direct, 0.0)
    within = np.empty((size, LONGEST_ROUTE, size), dtype=np.float32)
    within[:, 0] = direct * _BELOW
    # From here on, origins × destinations: the rows of what a step leads to are read as a whole.
    least, first = np.ascontiguousarray(direct.T), np.tile(np.arange(size), (size, 1))
    for length in range(1, LONGEST_ROUTE):
        before, least = least, least.copy()
        for tail, (heads, costs) in enumerate(onwards):
            if len(heads):
                tried = before[heads] + costs[:, np.newaxis]
                reached = tried.min(axis=0)
                better = np.flatnonzero(reached < least[tail] - 1e-12)
                least[tail, better] = reached[better]
                first[tail, better] = heads[tried[:, better].argmin(axis=0)]
        within[:, length] = least.T * _BELOW
    return {"within": array("f", within.tobytes()), "passes": _passes(least.T, first.T)}


def _passes(least: Floats, first: NDArray[np.int64]) -> Sequence[float]:
    """How many best ways between two other positions pass each; last, how many pairs have a way at all.

    Args:
        least: destinations × origins: what the best way costs.
        first: destinations × origins: where its first step leads.
    """
    size = len(least)
    goals, here = np.nonzero(np.isfinite(least) & ~np.eye(size, dtype=bool))
    counts = np.zeros(size + 1)
    counts[size] = len(goals)
    for _ in range(LONGEST_ROUTE):
        here = first[goals, here]
        going = here != goals
        goals, here = goals[going], here[going]
        counts[:size] += np.bincount(here, minlength=size)
    return counts.tolist()
