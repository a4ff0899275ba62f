"""No array with a turned bit is ever looked into."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from careergraph.model.errors import UnusableDataset
from careergraph.store.datasets import find_snapshot
from careergraph.transitions.precomputed.costs import StepCosts
from careergraph.transitions.precomputed.similarity import Similarity
from turned_bits import turned


@pytest.fixture(scope="module")
def dataset(small_onet: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(small_onet, tmp_path_factory.mktemp("verified") / "onet"))


def parts(dataset: Path) -> list[Path]:
    top = Path(find_snapshot(str(dataset)))
    return sorted(path for path in top.rglob("*") if path.is_file() and path.stat().st_size and path.name[:3] != "LOG")


@pytest.mark.parametrize(("opens", "name"), [(Similarity.open, "likeness.bin"), (StepCosts.open, "steps.bin")])
def test_no_array_with_a_turned_bit_is_ever_looked_into(opens: object, name: str, dataset: Path) -> None:
    (path,) = (path for path in parts(dataset) if path.name == name)
    found = opens(str(path.parent))  # type: ignore[operator]
    right = {array: list(found._arrays[array]) for array in found._arrays._pieces}
    chance, told = random.Random(23), 0
    for _ in range(300):
        place, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
        with turned(path, place, bit):
            try:
                now = opens(str(path.parent))._arrays  # type: ignore[operator]
            except UnusableDataset:
                told += 1
                continue
            for array, content in right.items():
                try:
                    assert list(now[array]) == content, (array, place)
                except UnusableDataset:
                    told += 1
    assert told > 250
