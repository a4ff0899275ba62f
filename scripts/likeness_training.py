"""Fit the model: to which occupations a source relates to each other, and to pairs with their features."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.derive.similarity.features import MISSING, Singles
from careergraph.importing.derive.similarity.model import Model, Weight
from careergraph.importing.derive.similarity.profiles import Floats
from careergraph.rdf.vocabulary import CG

Truths = NDArray[np.bool_]
Numbers = NDArray[np.int64]
#: A tier that weighs at least so much counts as closely related.
CLOSE = 0.6
#: How strongly coefficients are held back: the weight of half the sum of their squares beside the mean loss of a pair.
RIDGE = 1e-6
#: Figures are kept to so many decimals, so that they do not hang on the last bits of a sum.
DIGITS = 6


@dataclass(frozen=True)
class Truth:
    """Which occupations experts call related: `close` of the closer tiers, `every` of all; origins × destinations.

    `unknown` counts the pairs left out because one of the two is not among the occupations.
    """

    close: Truths
    every: Truths
    unknown: int

    @property
    def origins(self) -> Numbers:
        """The numbers of the origins that something is known of."""
        return np.flatnonzero(self.every.any(axis=1))

    def without(self, origins: Numbers) -> Truth:
        """The same, as if nothing were known of some occupations, neither as origins nor as destinations."""
        kept = np.ones(len(self.every), dtype=bool)
        kept[origins] = False
        both = kept[:, None] & kept[None, :]
        return Truth(self.close & both, self.every & both, self.unknown)


def find_assertions(catalogue: Catalogue, occupations: Sequence[str]) -> Truth:
    """What the transitions of a catalogue say that sources assert between occupations."""
    weights: dict[str, float] = {}
    return truth_of(occupations, _transitions(catalogue, weights))


def _transitions(catalogue: Catalogue, weights: dict[str, float]) -> Iterator[tuple[str, str, bool]]:
    for _, said in catalogue.each("transition"):
        ease = next(iter(said.get(CG.ease, ())), None)
        if ease is not None and ease not in weights:
            weights[ease] = catalogue.weight(ease, 0.0)
        for origin in said.get(CG.origin, ()):
            for destination in said.get(CG.destination, ()):
                yield origin, destination, ease is not None and weights[ease] >= CLOSE


def truth_of(names: Sequence[str], pairs: Iterable[tuple[str, str, bool]]) -> Truth:
    """What pairs say that are given by name: origin, destination, whether closely related.

    Args:
        names: the names of all occupations; it is their order that counts.
        pairs: those that experts call related.
    """
    number = {name: place for place, name in enumerate(names)}
    close, every = np.zeros((2, len(names), len(names)), dtype=bool)
    unknown = 0
    for origin, destination, is_close in pairs:
        if origin in number and destination in number:
            every[number[origin], number[destination]] = True
            close[number[origin], number[destination]] |= is_close
        else:
            unknown += 1
    return Truth(close, every, unknown)


def train(
    names: Sequence[str], values: Mapping[str, Singles], truth: Truth, held_out: Numbers, fitted: Mapping[str, Any]
) -> Model:
    """The model fitted to what is known of all origins but some; no pair with one of those has a part in it.

    A pair counts as related if it is of the closer tiers.
    """
    known = truth.without(held_out)
    kept = np.ones(known.every.shape, dtype=bool)
    kept[:, held_out] = False
    np.fill_diagonal(kept, False)
    kept = kept[known.origins]
    examples = np.stack([values[name][known.origins][kept] for name in names], axis=-1)
    return fit(names, examples, known.close[known.origins][kept], fitted)


def folds(origins: Numbers, count: int = 5) -> list[Numbers]:
    """The origins shared out at random into so many folds; always in the same way."""
    shuffled = np.random.default_rng(0).permutation(origins)
    return [np.sort(shuffled[start::count]) for start in range(count)]


def held_out(
    names: Sequence[str], values: Mapping[str, Singles], truth: Truth, parts: Sequence[Numbers]
) -> tuple[Numbers, Floats]:
    """The logits of origins by a model that has seen nothing of them: for each part one fitted to all others.

    Returns:
        The origins of all parts, sorted, and their logits: origins × destinations.
    """
    found: dict[int, Floats] = {}
    for part in parts:
        model = train(names, values, truth, part, {})
        logits = model.logits({name: values[name][part] for name in names})
        found.update(zip(part.tolist(), logits, strict=True))
    origins = np.array(sorted(found), dtype=np.int64)
    return origins, np.stack([found[origin] for origin in origins.tolist()])


def fit(
    names: Sequence[str], values: NDArray[np.float32], related: NDArray[np.bool_], fitted: Mapping[str, Any]
) -> Model:
    """The logistic regression that makes the given answers most likely, with small coefficients (ridge).

    That of what is missing is held at or below 0, so that whoever holds more is never less likely to be related; such
    a bound is why this is no `LogisticRegression` of scikit-learn, which has none.

    Args:
        names: the features.
        values: pairs × features.
        related: for each pair, whether it counts as related.
        fitted: what the model is going to say about what it was fitted to.

    Takes time linear in pairs × features for each of some dozens of rounds (L-BFGS-B).
    """
    means = values.mean(axis=0, dtype=np.float64)
    scales = values.std(axis=0, dtype=np.float64)
    scales[scales < 1e-9] = 1.0
    scaled = ((values - means) / scales).astype(np.float32)
    answers = related.astype(np.float64)

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = (scaled @ weights[:-1].astype(np.float32)).astype(np.float64) + weights[-1]
        off = 1 / (1 + np.exp(-logits)) - answers
        mean = float(np.mean(np.logaddexp(0.0, logits) - answers * logits))
        slopes = (off.astype(np.float32) @ scaled).astype(np.float64) / len(answers) + RIDGE * weights[:-1]
        return mean + RIDGE / 2 * float(weights[:-1] @ weights[:-1]), np.append(slopes, off.mean())

    share = np.clip(answers.mean(), 1e-6, 1 - 1e-6)
    start = np.append(np.zeros(len(names)), np.log(share / (1 - share)))
    bounds = [(None, 0.0) if name == MISSING else (None, None) for name in names] + [(None, None)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500, "ftol": 1e-11})
    weights = zip(names, means, scales, found.x[:-1], strict=True)
    return Model(
        bias=_round(found.x[-1]),
        weights=tuple(Weight(name, _round(mean), _round(scale), _round(own)) for name, mean, scale, own in weights),
        fitted=fitted,
    )


def _round(figure: float) -> float:
    return round(float(figure), DIGITS)
