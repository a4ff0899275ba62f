"""A SQLite file whose pages are compared with their checksums when they are first read."""

# Methods have the names that SQLite calls.
# ruff: noqa: N802, N815

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Sequence
from io import FileIO
from zlib import crc32

import apsw

#: The size of a page in bytes; each page has a checksum.
PAGE = 8192
#: The name of the file with the checksums, which is beside the SQLite file.
SUMS = ".crc32"
_CHECKSUM = 4
#: Counters of changes and versions in the first page, which SQLite does not read in a file that never changes.
_COUNTERS = ((24, 28), (92, 100))
_VFS = "careergraph-checked-pages"


class PageDamage(OSError):
    """A page, or the file of checksums, is not as it was written."""


def write_sums(path: str) -> None:
    """Write the checksums of a file's pages beside it. Linear in its size.

    Args:
        path: the SQLite file, which is not written any more; its pages have `PAGE` bytes.

    Raises:
        OSError: the file cannot be read, or its folder cannot be written to.
    """
    with open(path, "rb") as file:
        pages = enumerate(iter(lambda: file.read(PAGE), b""))
        found = _little_endian(array("I", (_sum(number, page) for number, page in pages)))
    content = found.tobytes()
    with open(path + SUMS, "wb") as file:
        file.write(content + crc32(content).to_bytes(_CHECKSUM, "little"))


def open_pages(path: str, *, checked: bool = True) -> apsw.Connection:
    """Open a SQLite file read-only. It may be deleted once it is open, but must not change.

    Args:
        path: the file.
        checked: whether it has checksums to compare its pages with; reading a changed page raises PageDamage.

    Raises:
        apsw.Error: it is not a SQLite file.
        OSError: it cannot be read, has no checksums, or its length does not match them.
        ValueError: it is empty.

    >>> import os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "a.sqlite")
    ...     with apsw.Connection(path) as database:
    ...         _ = database.execute("PRAGMA page_size = 8192; CREATE TABLE a (b); INSERT INTO a VALUES (1)")
    ...     write_sums(path)
    ...     open_pages(path).execute("SELECT b FROM a").fetchall()
    [(1,)]
    """
    if _VFS not in apsw.vfs_names():
        _Files.registered = _Files()
    named = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    return apsw.Connection(f"file:{named}?immutable=1&checked={checked:d}", flags=flags, vfs=_VFS)


class _Files(apsw.VFS):
    """The file system through which SQLite opens files; it lives as long as the process."""

    registered: _Files

    def __init__(self) -> None:
        super().__init__(_VFS, "")

    def xFullPathname(self, name: str) -> str:
        """The name unchanged: it is absolute already."""
        return name

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> _File:  # type: ignore[override]
        """Open the file asked for: reading needs no other."""
        if not isinstance(name, apsw.URIFilename):
            raise apsw.CantOpenError
        return _File(name.filename(), checked=name.uri_boolean("checked", False))


class _File:
    """An open file, as SQLite asks for it: see https://sqlite.org/c3ref/io_methods.html."""

    def __init__(self, path: str, *, checked: bool) -> None:
        self._sums = _read_sums(path) if checked else None
        self._size = os.stat(path).st_size
        self._checked = bytearray(-(-self._size // PAGE))
        if not self._size:
            raise ValueError("it is empty")
        if self._sums is not None and len(self._sums) != len(self._checked):
            raise PageDamage("its length has changed")
        self._file = open(path, "rb", buffering=0)  # noqa: SIM115 - SQLite closes it

    def xRead(self, amount: int, offset: int) -> bytes:
        """A part of the file, once all pages that it touches are known to be as they were written."""
        first, last = offset // PAGE, -(-(offset + amount) // PAGE)
        content = _read_at(self._file, first * PAGE, (last - first) * PAGE)
        if self._sums is not None:
            for page in range(first, min(last, len(self._checked))):
                if not self._checked[page]:
                    self._check(page, content[(page - first) * PAGE : (page - first + 1) * PAGE], self._sums[page])
        begin = offset - first * PAGE
        return content[begin : begin + amount]

    def _check(self, page: int, content: bytes, expected: int) -> None:
        if _sum(page, content) != expected:
            raise PageDamage(f"page {page} has changed")
        self._checked[page] = True

    def xFileSize(self) -> int:
        """The size of the file in bytes."""
        return self._size

    def xClose(self) -> None:
        """Close the file."""
        self._file.close()

    def xFileControl(self, op: int, ptr: int) -> bool:
        """Whether a request was understood: none is supported."""
        return False

    def xDeviceCharacteristics(self) -> int:
        """No properties that SQLite could make use of."""
        return 0

    xSectorSize = xDeviceCharacteristics


def _read_at(file: FileIO, offset: int, amount: int) -> bytes:
    # Not mapped: each page that was ever touched would count as memory of each process. Processes that are copies of
    # one another share the position of an open file, which only `pread` leaves alone.
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), amount, offset)
    file.seek(offset)
    return file.read(amount)


def _sum(number: int, page: bytes) -> int:
    if number:
        return crc32(page)
    (start, end), (other, last) = _COUNTERS
    return crc32(page[last:], crc32(page[end:other], crc32(page[:start])))


def _read_sums(path: str) -> Sequence[int]:
    with open(path + SUMS, "rb") as file:
        content = memoryview(file.read())
    sums = content[:-_CHECKSUM]
    if crc32(sums).to_bytes(_CHECKSUM, "little") != content[-_CHECKSUM:]:
        raise PageDamage("its checksums have changed")
    return sums.cast("I") if sys.byteorder == "little" else _little_endian(array("I", sums))


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
