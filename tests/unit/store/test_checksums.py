"""Checksums: whatever bit of a data set turns, `verify` finds it, and arrays and index do not answer with it."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from careergraph.model.errors import UnusableDataset
from careergraph.store.checksums import BLOCK, CHECKSUMS, verify
from careergraph.store.datasets import CURRENT, MANIFEST, find_snapshot, read_manifest
from careergraph.transitions.precomputed.arrays import open_arrays
from careergraph.transitions.precomputed.similarity import ARRAYS, FORMAT, HEADER, TYPES
from command_line import careergraph
from turned_bits import turned


@pytest.fixture(scope="module")
def dataset(small_onet: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(small_onet, tmp_path_factory.mktemp("verified") / "onet"))


def parts(dataset: Path) -> list[Path]:
    top = Path(find_snapshot(str(dataset)))
    return sorted(path for path in top.rglob("*") if path.is_file() and path.stat().st_size and path.name[:3] != "LOG")


def test_a_data_set_is_as_it_was_imported(dataset: Path) -> None:
    found = verify(str(dataset))
    assert found.damage == ()
    assert found.files >= len(parts(dataset)) - 1  # all but the checksums themselves
    finished = careergraph("datasets", "verify", str(dataset))
    assert (finished.returncode, finished.stderr) == (0, "")
    assert "is as it was imported" in finished.stdout


def test_every_bit_that_turns_is_found(dataset: Path) -> None:
    chance = random.Random(23)
    for _ in range(60):
        path = chance.choice(parts(dataset))
        place, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
        with turned(path, place, bit):
            if path.name == CHECKSUMS:
                with pytest.raises(UnusableDataset, match="is damaged"):
                    verify(str(dataset))
            else:
                (damage,) = verify(str(dataset)).damage
                assert (Path(damage.file).name, damage.block) == (path.name, place // BLOCK)


def test_damage_is_told_with_its_place_and_exit_code_1(dataset: Path) -> None:
    (index,) = (path for path in parts(dataset) if path.name == "index.sqlite")
    with turned(index, 3 * BLOCK):
        finished = careergraph("datasets", "verify", str(dataset))
    assert finished.returncode == 1
    assert "index.sqlite: from byte 196,608 on" in finished.stdout


def test_arrays_of_older_versions_have_no_checksum_of_each_and_are_read(dataset: Path, tmp_path: Path) -> None:
    network = Path(find_snapshot(str(dataset)), "network")
    found = open_arrays(str(network), HEADER, ARRAYS, types=TYPES, format_=FORMAT)
    assert found is not None
    assert found.header["each"].keys() == TYPES.keys()


def test_no_bit_of_the_manifest_changes_what_it_says(dataset: Path) -> None:
    right, path, told = read_manifest(str(dataset)), Path(find_snapshot(str(dataset)), MANIFEST), 0
    for place in range(path.stat().st_size):
        with turned(path, place, place % 8):
            try:
                assert read_manifest(str(dataset)) == right
            except UnusableDataset:
                told += 1
    assert told > path.stat().st_size / 2


def test_no_bit_of_the_pointer_leads_anywhere_else(dataset: Path) -> None:
    right = find_snapshot(str(dataset))
    for place in range((dataset / CURRENT).stat().st_size):
        for bit in range(8):
            with turned(dataset / CURRENT, place, bit), suppress(UnusableDataset):
                assert find_snapshot(str(dataset)) == right or not Path(find_snapshot(str(dataset))).exists()


def test_without_checksums_nothing_can_be_verified(dataset: Path) -> None:
    path = Path(find_snapshot(str(dataset)), CHECKSUMS)
    content = path.read_bytes()
    path.unlink()
    try:
        with pytest.raises(UnusableDataset, match="without checksums; import it again"):
            verify(str(dataset))
    finally:
        path.write_bytes(content)
