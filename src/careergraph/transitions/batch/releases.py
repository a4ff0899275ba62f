"""The releases of data and parameters that answers are made with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from careergraph.model.errors import ContradictoryConditions
from careergraph.store.datasets import find_snapshot, is_imported, read_manifest
from careergraph.store.locations import is_endpoint, to_printed_name
from careergraph.transitions import durations, ease, openings
from careergraph.transitions.precomputed import bundled_similarity
from careergraph.version import __version__

#: How many digits of a digest identify a state.
_DIGITS = 16


class Release(NamedTuple):
    """Identifiers of a state of the data and of a state of the parameters."""

    data: str
    parameters: str


def tell_release(files: Sequence[str]) -> Release:
    """The release of data sets, and of the parameters that come with this version.

    Args:
        files: as `Catalogue.files` has them: RDF files, and folders of imported data sets.

    Raises:
        ContradictoryConditions: one of them is an endpoint, which may say something else with every question.
        UnreadableFile: one of them cannot be read.

    >>> from careergraph.store.locations import list_dataset_files
    >>> tell_release(list_dataset_files("bundled")).data.startswith("files sha256:")
    True
    """
    endpoints = [to_printed_name(path) for path in files if is_endpoint(path)]
    if endpoints:
        raise ContradictoryConditions(f"A batch is answered from data at hand, and {endpoints[0]} is an endpoint.")
    plain = sorted(path for path in files if not is_imported(path))
    known = [f"files sha256:{hash_release(plain)}"] if plain else []
    known += [_name_release(path) for path in files if is_imported(path)]
    tables = (Path(str(module.__file__)).with_name(name) for module, name in _TABLES)
    return Release(", ".join(known), f"careergraph {__version__} sha256:{hash_release(map(str, tables))}")


def hash_release(paths: Iterable[str]) -> str:
    """A digest of the contents of some files in their order."""
    digest = hashlib.sha256()
    for path in paths:
        content = Path(path).read_bytes()
        digest.update(f"{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:_DIGITS]


_TABLES = (
    (durations, durations.MONTHS),
    (ease, ease.CALIBRATION),
    (openings, openings.OPENINGS),
    (bundled_similarity, bundled_similarity.TABLE),
)


def _name_release(path: str) -> str:
    said = read_manifest(path)
    return f"{said.name} {said.release} ({Path(find_snapshot(path)).name})"
