"""The model: a logistic regression over the features, with coefficients that are data of the package.

    logit = bias + Σ coefficient × (value - mean) / scale            probability = 1 / (1 + e^-logit)

Coefficients are fitted by `scripts/fit_likeness.py` and stand in `model.json` beside this module.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from careergraph.importing.derive.similarity.features import MISSING, Singles
from careergraph.importing.derive.similarity.profiles import Floats
from careergraph.model.records import Record

#: How strongly coefficients are held back: the weight of half the sum of their squares beside the mean loss of a pair.
RIDGE = 1e-6
MODEL = "model.json"
#: Figures are kept to so many decimals, so that they do not hang on the last bits of a sum.
DIGITS = 6


class Weight(Record):
    """What a feature counts: `coefficient` per `scale` above `mean`."""

    name: str
    mean: float
    scale: float
    coefficient: float

    @property
    def slope(self) -> float:
        """The coefficient per unit of the feature."""
        return self.coefficient / self.scale


class Model(Record):
    """A fitted model.

    `fitted` says what to: the source, its origins and pairs, how a pair counts as related.
    """

    bias: float
    weights: tuple[Weight, ...]
    fitted: Mapping[str, Any]

    @property
    def names(self) -> tuple[str, ...]:
        """The features, in the order of the weights."""
        return tuple(weight.name for weight in self.weights)

    @property
    def constant(self) -> float:
        """The logit where all features are 0."""
        return self.bias - sum(weight.slope * weight.mean for weight in self.weights)

    def logits(self, values: Mapping[str, Singles]) -> Floats:
        """The logit of each pair, in the shape that the features have."""
        parts = [weight.slope * values[weight.name].astype(np.float64) for weight in self.weights]
        return np.asarray(self.constant + np.sum(parts, axis=0))


def load_bundled() -> Model:
    """The model that comes with the package."""
    return read(files("careergraph.importing.derive.similarity").joinpath(MODEL).read_text(encoding="utf-8"))


def read(text: str) -> Model:
    """A model from the JSON that `written` made of it."""
    said = json.loads(text)
    weights = tuple(Weight(**weight) for weight in said["weights"])
    return Model(said["bias"], weights, said["fitted"])


def to_json(model: Model) -> str:
    """A model as JSON, with a line for each feature."""
    weights = ",\n    ".join(json.dumps(weight.to_dict(), ensure_ascii=False) for weight in model.weights)
    fitted = json.dumps(model.fitted, ensure_ascii=False, indent=2).replace("\n", "\n  ")
    return f'{{\n  "bias": {model.bias},\n  "weights": [\n    {weights}\n  ],\n  "fitted": {fitted}\n}}\n'


def fit(
    names: Sequence[str], values: NDArray[np.float32], related: NDArray[np.bool_], fitted: Mapping[str, Any]
) -> Model:
    """The logistic regression that makes the given answers most likely, with small coefficients (ridge).

    That of what is missing is held at or below 0, so that whoever holds more is never less likely to be related.

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
        bias=_columns_kept(found.x[-1]),
        weights=tuple(
            Weight(name, _columns_kept(mean), _columns_kept(scale), _columns_kept(own))
            for name, mean, scale, own in weights
        ),
        fitted=fitted,
    )


def _columns_kept(figure: float) -> float:
    return round(float(figure), DIGITS)
