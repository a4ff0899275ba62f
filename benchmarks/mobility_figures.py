"""How well rankings of destinations agree with observed moves, and how much likeness has to do with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import spearmanr

from benchmarks.observed import Flags, Floats

Numbers = NDArray[np.int64]
#: How many destinations count as the first.
FIRST = 10
#: How strongly coefficients are held back, so that there is one answer where moves say nothing.
_RIDGE = 1e-5
#: Shares below are taken for this, so that their logarithm is one.
_LEAST = 1e-7


@dataclass(frozen=True)
class Ranking:
    """How good a ranking is, for each origin.

    `recall_at_10` is the share of an origin's ten commonest destinations that are among the first ten, `share_in_10`
    that of its moves that go to those, `spearman` the rank correlation of score and share over all destinations, and
    `seen_in_10` the share of the first ten that anybody went to.
    """

    recall_at_10: Floats
    share_in_10: Floats
    spearman: Floats
    seen_in_10: Floats


@dataclass(frozen=True)
class Slope:
    """A coefficient: its value, its standard error with origins as clusters, and its value without each fold."""

    value: float
    standard_error: float
    in_folds: tuple[float, ...]


def rank(scores: Floats, shares: Floats, possible: Flags) -> Ranking:
    """Compare a ranking with what was observed.

    Args:
        scores: origins × destinations, the greater the better.
        shares: of those who left an origin, how many went to each destination.
        possible: which destinations are ranked; each origin has one that somebody went to.

    >>> found = rank(np.array([[3.0, 2, 1]]), np.array([[0.5, 0, 0.5]]), np.ones((1, 3), dtype=bool))
    >>> found.recall_at_10.tolist(), found.share_in_10.tolist()
    ([1.0], [1.0])
    """
    lines = [_rank_one(score[some], share[some]) for score, share, some in zip(scores, shares, possible, strict=True)]
    return Ranking(*np.array(lines).T)


def _rank_one(scores: Floats, shares: Floats) -> tuple[float, float, float, float]:
    first, commonest = (np.argsort(-values, kind="stable")[:FIRST] for values in (scores, shares))
    commonest = commonest[shares[commonest] > 0]
    recall = len(np.intersect1d(first, commonest)) / len(commonest)
    there = shares[first]
    return recall, there.sum() / shares.sum(), float(spearmanr(scores, shares).statistic), (there > 0).mean()


def fit_choice(features: Floats, shares: Floats, usual: Floats, possible: Flags, ridge: float = _RIDGE) -> Floats:
    """The coefficients of the conditional logit that makes observed destinations most likely (McFadden, 1974).

    A destination's share is usual × exp(coefficients · features), over the sum of that; each origin counts the same.

    Args:
        features: origins × destinations × features.
        shares: what was observed; origins × destinations.
        usual: what is expected of each destination where features say nothing.
        possible: which destinations there are.
        ridge: how strongly coefficients are held back.

    >>> features = np.array([[[0.0], [1.0]]])
    >>> even, both = np.full((1, 2), 0.5), np.ones((1, 2), dtype=bool)
    >>> fit_choice(features, np.array([[1.0, 3.0]]), even, both).round(2).tolist()  # the logarithm of 3
    [1.1]
    """
    observed = _of_all(np.where(possible, shares, 0))

    def loss(weights: Floats) -> tuple[float, Floats]:
        chances = _chances(weights, features, usual, possible)
        missed = np.einsum("od,odf->f", observed - chances, features) / len(features)
        likely = (observed * np.log(np.maximum(chances, 1e-300))).sum() / len(features)
        return -likely + ridge * (weights @ weights), -missed + 2 * ridge * weights

    return np.asarray(minimize(loss, np.zeros(features.shape[-1]), jac=True, method="L-BFGS-B").x)


def standard_errors(weights: Floats, features: Floats, shares: Floats, usual: Floats, possible: Flags) -> Floats:
    """Standard errors of such coefficients that hold whatever the moves from one origin have in common (sandwich).

    Takes what `fit_choice` takes, and its answer. See Huber (1967); an origin is a cluster.
    """
    observed, chances = _of_all(np.where(possible, shares, 0)), _chances(weights, features, usual, possible)
    missed = np.einsum("od,odf->of", observed - chances, features)
    mean = np.einsum("od,odf->of", chances, features)
    curved = np.einsum("od,odf,odg->fg", chances, features, features, optimize=True) - mean.T @ mean
    inverse = np.linalg.inv(curved)
    return np.asarray(np.sqrt(np.diag(inverse @ (missed.T @ missed) @ inverse)))


def score_out_of_fold(
    features: Floats, shares: Floats, possible: Flags, folds: Sequence[Numbers], ridge: float = _RIDGE
) -> tuple[Floats, Floats]:
    """Scores by coefficients fitted to the origins of all other folds, and the mean of these coefficients."""
    even = np.ones(shares.shape)
    fitted = [_fit_without(fold, features, shares, even, possible, ridge) for fold in folds]
    scores = np.zeros(shares.shape)
    for fold, weights in zip(folds, fitted, strict=True):
        scores[fold] = features[fold] @ weights
    return scores, np.asarray(np.mean(fitted, axis=0))


def fit_slopes(
    logits: Floats, cap: float, shares: Floats, expected: Floats, possible: Flags, folds: Sequence[Numbers]
) -> tuple[Slope, Slope]:
    """How much the logarithm of the lift grows for each logit, below a cap and above it.

    The lift is how many times as common as chance a move is: its share over that of all other origins' moves.
    """
    features = np.stack([np.minimum(logits, cap), np.maximum(logits - cap, 0)], axis=-1)
    given = features, shares, np.maximum(expected, _LEAST), possible
    weights = fit_choice(*given)
    errors = standard_errors(weights, *given)
    parts = np.array([_fit_without(fold, *given) for fold in folds])
    below, above = (
        Slope(float(w), float(e), tuple(each.tolist())) for w, e, each in zip(weights, errors, parts.T, strict=True)
    )
    return below, above


def _fit_without(
    fold: Numbers, features: Floats, shares: Floats, usual: Floats, possible: Flags, ridge: float = _RIDGE
) -> Floats:
    kept = np.setdiff1d(np.arange(len(shares)), fold)
    return fit_choice(features[kept], shares[kept], usual[kept], possible[kept], ridge)


def lift_within(chosen: Flags, shares: Floats, expected: Floats) -> float:
    """How many times as common as chance the chosen moves are, all together; 0 if none is expected."""
    usual = expected[chosen].sum()
    return float(shares[chosen].sum() / usual) if usual else 0.0


def _of_all(figures: Floats) -> Floats:
    return np.asarray(figures / figures.sum(axis=1, keepdims=True))


def _chances(weights: Floats, features: Floats, usual: Floats, possible: Flags) -> Floats:
    scores = np.where(possible, features @ weights + np.log(usual), -np.inf)
    return _of_all(np.exp(scores - scores.max(axis=1, keepdims=True)))
