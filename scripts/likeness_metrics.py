"""How good a ranking of destinations is, and how far its probabilities can be believed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from careergraph.importing.derive.similarity.profiles import Floats
from careergraph.model.records import Record
from likeness_training import Numbers, Truth, Truths

#: The bounds between which predicted probabilities are counted together.
BOUNDS = (0.0, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


class Bin(Record):
    """Pairs with a predicted probability between two bounds: how many, what was predicted on average, what was so."""

    low: float
    high: float
    pairs: int
    predicted: float
    observed: float


class Calibration(Record):
    """How far probabilities can be believed.

    `brier` is the mean squared error, `ece` the mean distance between predicted and observed, over the bins by pairs.
    """

    brier: float
    ece: float
    bins: tuple[Bin, ...]


class Figures(Record):
    """How good a ranking is: against the closer tiers, and `recall_at_20` against all."""

    recall_at_10: float
    recall_at_20: float
    mrr: float
    auc: float
    calibration: Calibration


def figures(logits: Floats, truth: Truth, origins: Numbers) -> Figures:
    """Measure logits for some origins.

    Args:
        logits: len(origins) × destinations.
        truth: what experts say.
        origins: the numbers of the origins, each with at least one related occupation.
    """
    scores = logits.copy()
    scores[np.arange(len(origins)), origins] = -np.inf
    order = np.argsort(-scores, axis=1, kind="stable")
    others = np.isfinite(scores)
    close, every = truth.close[origins], truth.every[origins]
    return Figures(
        recall_at_10=recall(order, close, 10),
        recall_at_20=recall(order, every, 20),
        mrr=reciprocal_rank(order, close),
        auc=auc(scores[others], close[others]),
        calibration=calibration(1 / (1 + np.exp(-scores[others])), close[others]),
    )


def recall(order: NDArray[np.int64], related: Truths, most: int) -> float:
    """The share of the related destinations that stand among the first, as a mean over origins with any."""
    found = np.take_along_axis(related, order[:, :most], axis=1).sum(axis=1)
    possible = np.minimum(related.sum(axis=1), most)
    return _round(np.mean(found[possible > 0] / possible[possible > 0]))


def reciprocal_rank(order: NDArray[np.int64], related: Truths) -> float:
    """One over the place of the first related destination, as a mean over origins with any."""
    ranked = np.take_along_axis(related, order, axis=1)
    some = ranked.any(axis=1)
    return _round(np.mean(1 / (1 + ranked[some].argmax(axis=1))))


def auc(scores: Floats, related: Truths) -> float:
    """How often a related pair scores higher than one that is not (Mann and Whitney, 1947)."""
    ranks, positive = rankdata(scores), int(related.sum())
    negative = len(related) - positive
    return _round((ranks[related].sum() - positive * (positive + 1) / 2) / (positive * negative))


def calibration(probabilities: Floats, related: Truths, bounds: Sequence[float] = BOUNDS) -> Calibration:
    """Predicted and observed shares of related pairs, between bounds."""
    number = np.clip(np.searchsorted(bounds, probabilities, side="right") - 1, 0, len(bounds) - 2)
    made = [_bin(bounds[at], bounds[at + 1], probabilities[number == at], related[number == at]) for at in set(number)]
    error = sum(item.pairs * abs(item.predicted - item.observed) for item in made) / len(related)
    return Calibration(
        brier=_round(np.mean((probabilities - related) ** 2), 6),
        ece=_round(error, 6),
        bins=tuple(sorted(made, key=lambda item: item.low)),
    )


def _bin(low: float, high: float, probabilities: Floats, related: Truths) -> Bin:
    return Bin(low, high, len(related), _round(probabilities.mean()), _round(related.mean()))


def _round(value: float | np.floating, digits: int = 4) -> float:
    return round(float(value), digits)
