"""Checksums of all files that an import has written, block by block, and the search for damage in them."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from careergraph.model.errors import UnusableDataset
from careergraph.model.records import Record
from careergraph.store.datasets import find_snapshot

if TYPE_CHECKING:
    from careergraph.model.values import Count

CHECKSUMS = "checksums.json"
#: The size of a block in bytes.
BLOCK = 1 << 16
#: The file that the engine rewrites whenever it opens a store; nothing is read from it.
_NO_DATA = ("LOG", "LOCK", "lock")


class Damage(Record):
    """A file of a data set that is not as it was written."""

    file: str
    """The file, relative to the snapshot."""
    block: Count | None
    """The first block of 65,536 bytes that has changed, from 0; None if the file is missing or of another length."""


class Verification(Record):
    """The result of comparing a data set on disk with its checksums."""

    path: str
    """The folder of the data set."""
    files: Count
    """How many files were compared."""
    bytes: Count
    """How many bytes they have."""
    damage: tuple[Damage, ...]
    """Which files are damaged, by name."""


def write_checksums(folder: str) -> None:
    """Write the checksums of all files of a snapshot beside them.

    Raises:
        OSError: a file cannot be read, or the folder cannot be written to.
    """
    from concurrent.futures import ThreadPoolExecutor

    found = dict(_files(folder))
    with ThreadPoolExecutor() as pool:  # summing needs no lock of Python's
        sums = pool.map(_sum, found.values())
        sizes = map(os.path.getsize, found.values())
        files = {name: {"bytes": size, "blocks": blocks} for name, size, blocks in zip(found, sizes, sums, strict=True)}
    text = json.dumps({"block": BLOCK, "files": files}, indent=0)
    with open(os.path.join(folder, CHECKSUMS), "w", encoding="utf-8") as file:
        file.write(f"{sha256(text.encode()).hexdigest()}\n{text}")


def verify(path: str) -> Verification:
    """Compare all of an imported data set with its checksums. Linear in its size.

    Args:
        path: the data set's folder.

    Raises:
        UnusableDataset: it has no checksums, or the checksums themselves are damaged.
    """
    return _compare_all(path, find_snapshot(path))


def check_whole(path: str) -> None:
    """Do nothing if an imported data set is as it was written. Linear in its size.

    Args:
        path: the data set's folder.

    Raises:
        UnusableDataset: a file of it is damaged; or it has no checksums, or damaged ones.
    """
    for found in verify(path).damage:
        raise UnusableDataset(path, f"its file {found.file} is damaged; import it again")


def is_whole(folder: str) -> bool:
    """Whether all files of a snapshot's folder are as they were written. Linear in their size.

    Raises:
        OSError: one of them cannot be read.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     before = is_whole(folder)
    ...     write_checksums(folder)
    ...     before, is_whole(folder)
    (False, True)
    """
    try:
        return not _compare_all(folder, folder).damage
    except UnusableDataset:
        return False


def _compare_all(path: str, folder: str) -> Verification:
    known = _read(path, folder)
    found = dict(_files(folder))
    damage = [Damage(name, None) for name in sorted(known.keys() - found.keys())]
    for name in sorted(known.keys() & found.keys()):
        damage += _compare(name, found[name], known[name]["bytes"], known[name]["blocks"])
    return Verification(path, len(known), sum(item["bytes"] for item in known.values()), tuple(damage))


def _compare(name: str, path: str, length: int, blocks: str) -> Iterator[Damage]:
    if os.path.getsize(path) != length:
        yield Damage(name, None)
        return
    now = _sum(path)
    if now != blocks:
        yield Damage(name, next(place // 8 for place in range(0, len(now), 8) if now[place:][:8] != blocks[place:][:8]))


def _read(path: str, folder: str) -> dict[str, dict[str, Any]]:
    try:
        with open(os.path.join(folder, CHECKSUMS), encoding="utf-8") as file:
            digest, _, text = file.read().partition("\n")
        if sha256(text.encode()).hexdigest() == digest:
            return json.loads(text)["files"]  # type: ignore[no-any-return]
    except FileNotFoundError:
        raise UnusableDataset(path, "an older version imported it, without checksums; import it again") from None
    except (OSError, ValueError, KeyError):
        pass
    raise UnusableDataset(path, f"its file {CHECKSUMS} is damaged; import it again")


def _files(folder: str) -> Iterator[tuple[str, str]]:
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if name != CHECKSUMS and not name.startswith(_NO_DATA):
                yield os.path.relpath(path, folder).replace(os.sep, "/"), path


def _sum(path: str) -> str:
    with open(path, "rb") as file:
        return "".join(f"{zlib.crc32(block):08x}" for block in iter(lambda: file.read(BLOCK), b""))
