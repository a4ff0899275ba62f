"""Checksums: whatever bit of a data set turns, `verify` finds it, and arrays and index do not answer with it."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from careergraph.model.errors import UnusableDataset
from careergraph.store.checksums import BLOCK, CHECKSUMS, verify
from careergraph.store.datasets import snapshot
from careergraph.store.index import Index
from careergraph.transitions.precomputed.arrays import open_arrays
from careergraph.transitions.precomputed.costs import StepCosts
from careergraph.transitions.precomputed.similarity import ARRAYS, FORMAT, HEADER, TYPES, Similarity
from command_line import careergraph
from onet_release import installed


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed(tmp_path_factory.mktemp("verified") / "onet")


def turn(path: Path, place: int, bit: int = 0) -> None:
    """Turn one bit of a file; twice, and it is as it was."""
    with path.open("r+b") as file:
        file.seek(place)
        found = file.read(1)[0]
        file.seek(place)
        file.write(bytes([found ^ (1 << bit)]))


def parts(dataset: Path) -> list[Path]:
    top = Path(snapshot(str(dataset)))
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
        turn(path, place, bit)
        try:
            if path.name == CHECKSUMS:
                with pytest.raises(UnusableDataset, match="is damaged"):
                    verify(str(dataset))
            else:
                (damage,) = verify(str(dataset)).damage
                assert (Path(damage.file).name, damage.block) == (path.name, place // BLOCK)
        finally:
            turn(path, place, bit)


def test_damage_is_told_with_its_place_and_exit_code_1(dataset: Path) -> None:
    (index,) = (path for path in parts(dataset) if path.name == "index.sqlite")
    turn(index, 3 * BLOCK)
    try:
        finished = careergraph("datasets", "verify", str(dataset))
    finally:
        turn(index, 3 * BLOCK)
    assert finished.returncode == 1
    assert "index.sqlite: from byte 196,608 on" in finished.stdout


@pytest.mark.parametrize(("opens", "name"), [(Similarity.open, "likeness.bin"), (StepCosts.open, "steps.bin")])
def test_no_array_with_a_turned_bit_is_ever_looked_into(opens: object, name: str, dataset: Path) -> None:
    (path,) = (path for path in parts(dataset) if path.name == name)
    found = opens(str(path.parent))  # type: ignore[operator]
    right = {array: bytes(found._arrays[array]) for array in found._arrays._pieces}
    chance, told = random.Random(23), 0
    for _ in range(300):
        place, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
        turn(path, place, bit)
        try:
            now = opens(str(path.parent))._arrays  # type: ignore[operator]
            for array, content in right.items():
                try:
                    assert bytes(now[array]) == content, (array, place)
                except UnusableDataset:
                    told += 1
        except UnusableDataset:
            told += 1
        finally:
            turn(path, place, bit)
    assert told > 250


def test_arrays_of_older_versions_have_no_checksum_of_each_and_are_read(dataset: Path, tmp_path: Path) -> None:
    network = Path(snapshot(str(dataset)), "network")
    found = open_arrays(str(network), HEADER, ARRAYS, types=TYPES, format_=FORMAT)
    assert found is not None
    assert found.header["each"].keys() == TYPES.keys()


def test_what_is_said_about_a_node_is_sealed(dataset: Path, tmp_path: Path) -> None:
    source = Path(snapshot(str(dataset)), "index.sqlite")
    node = "https://w3id.org/careergraph/id/onet/occupation/23-1011.00"
    (tmp_path / "index.sqlite").write_bytes(source.read_bytes())
    assert Index(str(tmp_path)).get(node)
    with sqlite3.connect(tmp_path / "index.sqlite") as database:
        database.execute("UPDATE node SET body = replace(body, 'Lawyers', 'Lawyerz')")
    database.close()
    with pytest.raises(UnusableDataset, match=r"what it says about .* has changed"):
        Index(str(tmp_path)).get(node)


def test_without_checksums_nothing_can_be_verified(dataset: Path) -> None:
    path = Path(snapshot(str(dataset)), CHECKSUMS)
    content = path.read_bytes()
    path.unlink()
    try:
        with pytest.raises(UnusableDataset, match="without checksums; import it again"):
            verify(str(dataset))
    finally:
        path.write_bytes(content)
