"""A data folder with the small O*NET, for sources that are about its occupations."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from careergraph.store.datasets import dataset_folder


@pytest.fixture(scope="module")
def with_onet(tmp_path_factory: pytest.TempPathFactory, small_onet: Path) -> Iterator[Path]:
    """A data folder of its own, in which the small O*NET is imported."""
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAREERGRAPH_DATA", str(folder))
        shutil.copytree(small_onet, dataset_folder("onet"))
        yield folder
