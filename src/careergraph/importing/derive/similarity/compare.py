"""The model applied to pairs: how likely each destination is for some origins, and which are the most likely."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from careergraph.importing.derive.similarity.coordinates import Coordinates, OccupationProfiles
from careergraph.importing.derive.similarity.features import FEATURES, MISSING, Singles, list_values
from careergraph.importing.derive.similarity.model import Model
from careergraph.importing.derive.similarity.pairwise import ALL
from careergraph.transitions.precomputed.similarity import GRAIN, MOST


class Likely(NamedTuple):
    """How likely destinations are; the arrays are those of `transitions.precomputed.similarity`."""

    logits: NDArray[np.float32]
    """Origins × destinations: the logits but for what is missing."""
    values: NDArray[np.int16]
    """Features × origins × destinations, in grains."""
    best: NDArray[np.uint32]
    """Origins × the most likely destinations, most likely first."""

    def best_logits(self, model: Model) -> NDArray[np.float64]:
        """The logits of the most likely destinations, for people who hold what is usual in the origin."""
        every = _whole_logits(self.logits, self.values[model.names.index(MISSING)], model)
        return np.take_along_axis(every, self.best.astype(np.int64), axis=1)


def compare(located: Coordinates | OccupationProfiles, model: Model, origins: slice = ALL, most: int = MOST) -> Likely:
    """Compare some origins with all destinations.

    Args:
        located: the occupations.
        model: the model.
        origins: which occupations are origins; all by default.
        most: how many of the most likely destinations are listed for each.
    """
    wanted = [feature for feature in FEATURES if feature.name in model.names]
    values = list_values(located, wanted, origins)
    grains = {name: _grains(values.pop(name)) for name in model.names}
    # From the values as they are stored, so that the terms add up to the logit.
    static = np.full(grains[MISSING].shape, model.constant)
    for weight in model.weights:
        if weight.name != MISSING:
            static += weight.slope * GRAIN * grains[weight.name]
    logits = static.astype(np.float32)
    best = _best(_whole_logits(logits, grains[MISSING], model), origins.start, most)
    return Likely(logits, np.stack([grains[name] for name in model.names]), best)


def _grains(values: Singles) -> NDArray[np.int16]:
    return np.asarray(np.clip(np.rint(values / GRAIN), -32768, 32767), dtype=np.int16)


def _whole_logits(logits: NDArray[np.float32], missing: NDArray[np.int16], model: Model) -> NDArray[np.float64]:
    slope = next(weight.slope for weight in model.weights if weight.name == MISSING)
    return np.asarray(logits + slope * GRAIN * missing)


def _best(logits: NDArray[np.float64], first: int, most: int) -> NDArray[np.uint32]:
    ordered, own = -logits, np.arange(len(logits))
    ordered[own, first + own] = np.inf
    return np.argsort(ordered, axis=1, kind="stable")[:, : min(most, ordered.shape[1] - 1)].astype(np.uint32)
