"""The model: a logistic regression over the features, with coefficients that are data of the package.

    logit = bias + Σ coefficient × (value - mean) / scale            probability = 1 / (1 + e^-logit)

Coefficients are fitted by `scripts/fit_likeness.py` and stand in `model.json` beside this module.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import numpy as np

from careergraph.importing.derive.similarity.features import Singles
from careergraph.importing.derive.similarity.profiles import Floats
from careergraph.model.records import Record

MODEL = "model.json"


class Weight(Record):
    """The weight of a feature: `coefficient` per `scale` above `mean`."""

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

    `fitted` describes the data it was fitted to: the source, its origins and pairs, and which pairs count as related.
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
    """A model from the JSON that `to_json` made of it."""
    said = json.loads(text)
    weights = tuple(Weight(**weight) for weight in said["weights"])
    return Model(said["bias"], weights, said["fitted"])


def to_json(model: Model) -> str:
    """A model as JSON, with a line for each feature."""
    weights = ",\n    ".join(json.dumps(weight.to_dict(), ensure_ascii=False) for weight in model.weights)
    fitted = json.dumps(model.fitted, ensure_ascii=False, indent=2).replace("\n", "\n  ")
    return f'{{\n  "bias": {model.bias},\n  "weights": [\n    {weights}\n  ],\n  "fitted": {fitted}\n}}\n'
