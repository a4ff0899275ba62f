"""Arrays that an import stores in a folder: mapped into memory, and read without numpy.

They are two files: a header in JSON, and the arrays one after the other, followed by the header's checksum.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from careergraph.model.errors import UnusableDataset

#: How many bytes a checksum has.
_CHECKSUM = 4
#: A larger array is compared with its checksums block by block, in blocks of this many bytes, as it is read.
_LARGE, _BLOCK = 1 << 17, 1 << 16
#: The type of items that are positions in another array: a wrong one would point beyond its end.
_PLACES = "I"


class ArrayFiles(NamedTuple):
    """The contents of the two files: the header, and name → array."""

    header: dict[str, Any]
    arrays: dict[str, Sequence[float]]


def write_arrays(
    folder: str,
    header: str,
    arrays: str,
    *,
    types: Mapping[str, str],
    format_: int,
    said: Mapping[str, Any],
    contents: Mapping[str, bytes],
) -> None:
    """Write arrays for `open_arrays` to open.

    Args:
        folder: where to.
        header: the name of the header.
        arrays: the name of the file of arrays.
        types: name of an array → the type of its items, as `struct` has it.
        format_: the version of the layout.
        said: other entries of the header.
        contents: name of an array → its items.

    Raises:
        OSError: the folder cannot be written to.
    """
    import json
    import zlib

    places, start = {}, 0
    for name in types:
        places[name] = (start, len(contents[name]))
        start += _pad(len(contents[name]))
    each = {name: zlib.crc32(contents[name]) for name in types}
    layout = {"format": format_, "bytes": start, "arrays": places, "crc": _checksum(contents, types), "each": each}
    large = {name: _sums(memoryview(contents[name])) for name in types if len(contents[name]) > _LARGE}
    layout |= {"block": _BLOCK, "blocks": large}
    text = json.dumps({**layout, **said}, ensure_ascii=False).encode()
    with open(os.path.join(folder, arrays), "wb") as file:
        file.writelines(contents[name].ljust(_pad(len(contents[name])), b"\0") for name in types)
        file.write(zlib.crc32(text).to_bytes(_CHECKSUM, "big"))
    with open(os.path.join(folder, header), "wb") as file:
        file.write(text)


def open_arrays(folder: str, header: str, arrays: str, *, types: Mapping[str, str], format_: int) -> ArrayFiles | None:
    """Open a file of arrays with its header, which says where each array is; None if there is none.

    Args:
        folder: where both are.
        header: the name of the header, JSON with `format`, `bytes` and `arrays`: name → its place and length in bytes;
            `crc`, the checksum of all arrays of whole numbers, `each`: name → the checksum of that array, and `blocks`:
            name of a large array → the checksums of its blocks of `block` bytes.
        arrays: the name of the file of arrays.
        types: name of an array → the type of its items, as `struct` has it.
        format_: the version of the layout that the header has to state.

    Raises:
        UnusableDataset: they are of another version, or damaged.

    Takes time linear in the header. Each array is compared with its checksum when it is first read, which raises
    UnusableDataset if it is damaged.

    >>> open_arrays("/nowhere", "a.json", "a.bin", types={}, format_=1) is None
    True
    """
    import json
    import mmap
    import zlib

    try:
        with open(os.path.join(folder, header), "rb") as file:
            text = file.read()
        said = json.loads(text)
        with open(os.path.join(folder, arrays), "rb") as file:
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise UnusableDataset(folder, f"its file {arrays} cannot be read ({error}); import it again") from error
    whole = isinstance(said, dict) and said.get("format") == format_ and said.get("bytes") == len(content) - _CHECKSUM
    if whole and zlib.crc32(text).to_bytes(_CHECKSUM, "big") == content[-_CHECKSUM:]:
        pieces = {name: content[start : start + length] for name, (start, length) in said["arrays"].items()}
        # Older versions wrote no checksum of each array, and a wrong position would point beyond another's end.
        if "each" in said or _checksum(pieces, types) == said["crc"]:
            return ArrayFiles(said, _CheckedArrays(folder, arrays, pieces, types, said))
    raise UnusableDataset(folder, f"its file {arrays} is of another version, or damaged; import it again")


class _CheckedBlocks(Sequence[float]):
    """A large array: each block is compared with its checksum when it is first read.

    Args:
        piece: the bytes.
        code: the type of the items.
        size: how many bytes a block has.
        sums: the checksums of the blocks.
        damage: the error to raise if one differs.
    """

    def __init__(self, piece: memoryview, code: str, size: int, sums: Sequence[int], damage: UnusableDataset) -> None:
        self._bytes, self._items = piece, piece.cast(code)  # type: ignore[call-overload]
        self._per_block, self._size, self._damage = size // self._items.itemsize, size, damage
        self._unread: list[int | None] = list(sums)

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            start, stop, _ = place.indices(len(self._items))
            self._check(start // self._per_block, -(-stop // self._per_block))
        else:
            block = place // self._per_block
            if self._unread[block] is not None:
                self._check(block, block + 1)
        return self._items[place]

    def whole(self) -> Sequence[float]:
        """All of it, as one piece of memory."""
        self._check(0, len(self._unread))
        found: Sequence[float] = self._items
        return found

    def _check(self, first: int, end: int) -> None:
        from zlib import crc32

        for block in range(first, end):
            expected, self._unread[block] = self._unread[block], None
            if expected is not None and crc32(self._bytes[block * self._size : (block + 1) * self._size]) != expected:
                self._unread[block] = expected
                raise self._damage


def read_whole_array(array: Sequence[float]) -> Sequence[float]:
    """An array that `open_arrays` gave as one piece of memory, as numpy takes it; all of it is read.

    >>> read_whole_array([1.0])
    [1.0]
    """
    return array.whole() if isinstance(array, _CheckedBlocks) else array


class _CheckedArrays(dict[str, Sequence[float]]):
    """Name → array; each is compared with its checksum when it is first read, a large one block by block."""

    def __init__(
        self,
        folder: str,
        file: str,
        pieces: Mapping[str, memoryview],
        types: Mapping[str, str],
        said: Mapping[str, Any],
    ) -> None:
        super().__init__()
        self._pieces, self._types = pieces, types
        self._damage = UnusableDataset(folder, f"its file {file} is damaged; import it again")
        self._checksums: Mapping[str, int] = said.get("each", {})
        self._block: int = said.get("block", 0)
        self._blocks: Mapping[str, Sequence[int]] = said.get("blocks", {})

    def __missing__(self, name: str) -> Sequence[float]:
        from zlib import crc32

        piece, code = self._pieces[name], self._types[name]
        if name in self._blocks:
            return self.setdefault(name, _CheckedBlocks(piece, code, self._block, self._blocks[name], self._damage))
        if crc32(piece) != self._checksums.get(name, crc32(piece)):  # older versions wrote none
            raise self._damage
        found: Sequence[float] = piece.cast(code)  # type: ignore[call-overload]
        return self.setdefault(name, found)


def _sums(piece: memoryview) -> list[int]:
    from zlib import crc32

    return [crc32(piece[start : start + _BLOCK]) for start in range(0, len(piece), _BLOCK)]


def _pad(length: int) -> int:
    # Numbers of any size start where such numbers may.
    return -(-length // 8) * 8


def _checksum(contents: Mapping[str, bytes | memoryview], types: Mapping[str, str]) -> int:
    import zlib

    found = 0
    for name, code in types.items():
        if code == _PLACES:
            found = zlib.crc32(contents[name], found)
    return found
