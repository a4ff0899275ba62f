"""Compute how similar all occupations are, and write it for `transitions.precomputed.similarity` to read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.derive.similarity.features import FEATURES, MISSING, Singles, values_of
from careergraph.importing.derive.similarity.model import Model, load_bundled
from careergraph.importing.derive.similarity.pairwise import ASKED, OccupationProfiles
from careergraph.importing.derive.similarity.profiles import Profiles, profiles_of
from careergraph.transitions.precomputed.arrays import write_arrays
from careergraph.transitions.precomputed.similarity import ARRAYS, FORMAT, GRAIN, HEADER, MOST, TYPES


def derive(catalogue: Catalogue, folder: str) -> None:
    """Write how likely each occupation of a catalogue is to be called related to each other one.

    Nothing is written if there are fewer than two. The same catalogue gives the same bytes.
    Takes time cubic in the number of occupations, and memory for some dozen numbers a pair.

    Raises:
        BadFigure: a figure in the catalogue is not a number.
        OSError: the disk is full, or closed to writing.
    """
    profiles = profiles_of(catalogue)
    if profiles.size >= 2:
        write(profiles, load_bundled(), Path(folder))


def write(profiles: Profiles, model: Model, folder: Path) -> None:
    """Write the transitions between the occupations of the given profiles, by the given model."""
    wanted = [feature for feature in FEATURES if feature.name in model.names]
    compared = OccupationProfiles(profiles)
    grains = {name: _grains(found) for name, found in values_of(compared, wanted).items()}
    arrays = {**_pairs(model, grains), **_profile_of(compared.importance(*ASKED), compared.depth(*ASKED))}
    contents = {name: np.ascontiguousarray(arrays[name]).tobytes() for name in TYPES}
    said = {
        "occupations": profiles.occupations,
        "unrated": compared.unrated(*ASKED),
        "elements": compared.elements(*ASKED),
        "bias": model.bias,
        "features": [{"name": w.name, "mean": w.mean, "coefficient": w.slope} for w in model.weights],
        "missing": model.names.index(MISSING),
    }
    write_arrays(str(folder), HEADER, ARRAYS, types=TYPES, format_=FORMAT, said=said, contents=contents)


def _grains(values: Singles) -> NDArray[np.int16]:
    return np.asarray(np.clip(np.rint(values / GRAIN), -32768, 32767), dtype=np.int16)


def _pairs(model: Model, grains: Mapping[str, NDArray[np.int16]]) -> dict[str, NDArray[Any]]:
    # From the values as they are stored, so that the terms add up to the logit.
    static = np.full(next(iter(grains.values())).shape, model.constant)
    for weight in model.weights:
        if weight.name != MISSING:
            static += weight.slope * GRAIN * grains[weight.name]
    slope = next(weight.slope for weight in model.weights if weight.name == MISSING)
    logits = static.astype(np.float32)
    return {
        "logits": logits,
        "values": np.stack([grains[name] for name in model.names]),
        "best": _best(logits + slope * GRAIN * grains[MISSING]),
    }


def _best(logits: NDArray[np.float64]) -> NDArray[np.uint32]:
    ordered = -logits
    np.fill_diagonal(ordered, np.inf)
    return np.argsort(ordered, axis=1, kind="stable")[:, : min(MOST, len(ordered) - 1)].astype(np.uint32)


def _profile_of(importance: NDArray[np.float64], depth: NDArray[np.float64]) -> dict[str, NDArray[Any]]:
    known = importance * depth > 0
    return {
        "asked_offsets": np.cumsum([0, *known.sum(axis=1)]).astype(np.uint32),
        "asked_elements": np.nonzero(known)[1].astype(np.uint32),
        "asked_importance": importance[known].astype(np.float32),
        "asked_depth": depth[known].astype(np.float32),
    }
