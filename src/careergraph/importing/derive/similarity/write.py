"""Compute how similar all occupations are, and write it for `transitions.precomputed.similarity` to read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.derive.similarity.compare import compare
from careergraph.importing.derive.similarity.coordinates import ASKED, OccupationProfiles
from careergraph.importing.derive.similarity.features import MISSING
from careergraph.importing.derive.similarity.model import Model, load_bundled
from careergraph.importing.derive.similarity.profiles import Profiles, make_profiles
from careergraph.transitions.precomputed.arrays import write_arrays
from careergraph.transitions.precomputed.similarity import ARRAYS, FORMAT, HEADER, TYPES


def derive(catalogue: Catalogue, folder: str) -> None:
    """Write how likely each occupation of a catalogue is to be called related to each other one.

    Nothing is written if there are fewer than two. The same catalogue gives the same bytes.
    Takes time cubic in the number of occupations, and memory for some dozen numbers a pair.

    Raises:
        BadFigure: a figure in the catalogue is not a number.
        OSError: the disk is full, or closed to writing.
    """
    profiles = make_profiles(catalogue)
    if profiles.size >= 2:
        write(profiles, load_bundled(), Path(folder))


def write(profiles: Profiles, model: Model, folder: Path) -> None:
    """Write the transitions between the occupations of the given profiles, by the given model."""
    compared = OccupationProfiles(profiles)
    arrays = {**compare(compared, model)._asdict(), **_profile_of(compared.asked_importance, compared.asked_depth)}
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


def _profile_of(importance: NDArray[np.float64], depth: NDArray[np.float64]) -> dict[str, NDArray[Any]]:
    known = importance * depth > 0
    return {
        "asked_offsets": np.cumsum([0, *known.sum(axis=1)]).astype(np.uint32),
        "asked_elements": np.nonzero(known)[1].astype(np.uint32),
        "asked_importance": importance[known].astype(np.float32),
        "asked_depth": depth[known].astype(np.float32),
    }
