"""The small part of ESCO among the fixtures, as it is and with faults."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from careergraph.importing import open_source
from careergraph.importing.dataset.install import install
from careergraph.importing.source import Node
from onet_release import ignore_progress

FIXTURES = Path(__file__).parents[1] / "fixtures" / "esco"
ENGLISH = "ESCO dataset - v1.1.1 - classification - en - csv"
RELATIONS = "ESCO dataset - v1.1.1 - classification -  - csv"
DUTCH = "ESCO dataset - v1.2 - classification - nl - csv"
ESCO = "http://data.europa.eu/esco/"


def downloads(folder: Path = FIXTURES, *names: str) -> tuple[str, ...]:
    """The paths of some downloads, or of all."""
    return tuple(str(folder / name) for name in names or (ENGLISH, RELATIONS, DUTCH))


def alter(folder: Path, download: str, name: str, change: Callable[[str], str]) -> Path:
    """A copy of the fixtures with one file changed."""
    copy = folder / "esco"
    shutil.copytree(FIXTURES, copy)
    path = copy / download / name
    before = path.read_text(encoding="utf-8")
    path.write_text(change(before), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != before
    return copy


def nodes(*paths: str) -> list[Node]:
    """The nodes that the importer makes of some downloads."""
    first, *more = paths
    return list(open_source("esco", first, more=more).nodes(ignore_progress))


def install_fixture(folder: Path, *paths: str) -> Path:
    """A data set's folder, made of some downloads."""
    first, *more = paths or downloads()
    install(open_source("esco", first, more=more), str(folder), progress=ignore_progress)
    return folder
