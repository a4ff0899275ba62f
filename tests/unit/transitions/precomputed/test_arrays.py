"""Arrays laid down by an import: what is read is what was written, or it is told that it is not."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careergraph.model.errors import UnusableDataset
from careergraph.transitions.precomputed import arrays
from careergraph.transitions.precomputed.arrays import ArrayFiles, open_arrays, read_whole_array, write_arrays

TYPES = {"ends": "I", "flags": "B", "shares": "f", "places": "I"}
CONTENTS = {
    "ends": array("I", [0, 2, 3]).tobytes(),
    "flags": array("B", [1, 0, 1]).tobytes(),
    "shares": array("f", [0.25, 0.5, 1]).tobytes(),
    "places": array("I", [7, 8, 9]).tobytes(),
}
in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def opened(folder: Path, format_: int = 3) -> ArrayFiles | None:
    return open_arrays(str(folder), "some.json", "some.bin", types=TYPES, format_=format_)


def read_places(folder: Path) -> list[Sequence[float]]:
    found = opened(folder)
    return [found.arrays[name] for name in ("ends", "places")] if found else []


@pytest.fixture
def laid_down(tmp_path: Path) -> Path:
    """A folder with four arrays of three numbers each."""
    said = {"names": ["a", "é"]}
    write_arrays(str(tmp_path), "some.json", "some.bin", types=TYPES, format_=3, said=said, contents=CONTENTS)
    return tmp_path


def test_what_was_laid_down_is_read(laid_down: Path) -> None:
    found = opened(laid_down)
    assert found is not None
    assert found.header["names"] == ["a", "é"]
    assert {name: list(found.arrays[name]) for name in TYPES} == {
        "ends": [0, 2, 3],
        "flags": [1, 0, 1],
        "shares": [0.25, 0.5, 1],
        "places": [7, 8, 9],
    }


def test_where_nothing_was_laid_down_nothing_is_found(tmp_path: Path) -> None:
    assert opened(tmp_path) is None


def test_another_version_is_told(laid_down: Path) -> None:
    with pytest.raises(UnusableDataset, match=r"its file some\.bin is of another version, or damaged; import it again"):
        opened(laid_down, format_=4)


@in_one_folder
@given(data=st.data(), bit=st.integers(0, 7))
def test_a_bit_that_has_turned_in_the_header_or_in_a_place_is_told(
    data: st.DataObject, bit: int, laid_down: Path
) -> None:
    name = data.draw(st.sampled_from(["some.json", "some.bin"]))
    whole = (laid_down / name).read_bytes()
    # The places: three numbers of four bytes at the beginning, and from byte 40 on, before a gap and the checksum.
    among = range(len(whole)) if name == "some.json" else [*range(12), *range(40, 52), *range(56, 60)]
    at = data.draw(st.sampled_from(among))
    (laid_down / name).write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
    with pytest.raises(UnusableDataset, match="import it again"):
        read_places(laid_down)
    (laid_down / name).write_bytes(whole)


@in_one_folder
@given(data=st.data())
def test_a_file_that_ends_early_is_told(data: st.DataObject, laid_down: Path) -> None:
    name = data.draw(st.sampled_from(["some.json", "some.bin"]))
    whole = (laid_down / name).read_bytes()
    (laid_down / name).write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    with pytest.raises(UnusableDataset, match="import it again"):
        opened(laid_down)
    (laid_down / name).write_bytes(whole)


@pytest.fixture
def in_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an array of ten numbers that counts as large, in blocks of four of them."""
    monkeypatch.setattr(arrays, "_LARGE", 20)
    monkeypatch.setattr(arrays, "_BLOCK", 16)
    contents = {"shares": array("f", range(10)).tobytes()}
    write_arrays(str(tmp_path), "some.json", "some.bin", types={"shares": "f"}, format_=3, said={}, contents=contents)
    return tmp_path


def shares(folder: Path) -> Sequence[float]:
    found = open_arrays(str(folder), "some.json", "some.bin", types={"shares": "f"}, format_=3)
    assert found is not None
    return found.arrays["shares"]


def test_a_large_array_is_read_as_a_small_one(in_blocks: Path) -> None:
    found = shares(in_blocks)
    assert len(found) == 10
    assert list(found) == list(range(10))
    assert (found[9], found[-1]) == (9, 9)
    assert [list(found[3:6]), list(found[8:20]), list(found[4:4])] == [[3, 4, 5], [8, 9], []]
    assert list(read_whole_array(found)) == list(range(10))
    with pytest.raises(IndexError):
        found[10]


@pytest.mark.parametrize("number", range(10))
def test_only_the_block_of_a_large_array_that_has_changed_is_refused(in_blocks: Path, number: int) -> None:
    path = in_blocks / "some.bin"
    content = bytearray(path.read_bytes())
    content[4 * number] ^= 1
    path.write_bytes(content)
    found, damaged = shares(in_blocks), range(number // 4 * 4, min(number // 4 * 4 + 4, 10))
    for place in range(10):
        if place in damaged:
            for _ in range(2):
                with pytest.raises(UnusableDataset, match=r"its file some\.bin is damaged; import it again"):
                    found[place]
        else:
            assert found[place] == place
    with pytest.raises(UnusableDataset, match="import it again"):
        read_whole_array(found)
