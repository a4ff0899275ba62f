"""Tables of tab-separated text: rows by the names of their columns, and every error with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter

from careergraph.importing.archives import Download
from careergraph.importing.source import Advance
from careergraph.model.errors import UnusableSource

#: Rows between two calls of `advance`.
_STRIDE = 1_000
#: Characters that no single-line text has: they would turn it round, hide it, or end the line.
CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")


class Table:
    """One file of a download: a line of column names, then one row a line, all in UTF-8, fields between tabs.

    Args:
        download: where the file is.
        name: the file's name.
        columns: the columns that are wanted, in that order; others are passed over.

    Raises:
        UnusableSource: the file is missing, or unreadable, or no table, or a column is missing, or there are no rows,
            or a row is longer or shorter than the line of names.
    """

    def __init__(self, download: Download, name: str, *columns: str) -> None:
        self.name = name
        self.place = download.place(name) or name
        self._lines = self._read(download.read(name))
        names = self._lines[0].split("\t")
        for column in columns:
            if names.count(column) != 1:
                had = ", ".join(names[:20])
                raise self.fault(1, f"there is no column {column!r} among its columns, or there are two; it has {had}")
        if len(self._lines) == 1:
            raise self.fault(1, "there are no rows below the names of the columns")
        self._width = len(names)
        self._pick = itemgetter(*map(names.index, columns))

    def __len__(self) -> int:
        """The number of rows of data."""
        return len(self._lines) - 1

    def rows(self, advance: Advance = lambda _: None) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows, each with its line in the file, counted from 1.

        Args:
            advance: called now and then with the number of further rows read.
        """
        pick, width, unreported = self._pick, self._width, 0
        for line, text in enumerate(self._lines[1:], start=2):
            fields = text.split("\t")
            if len(fields) != width:
                raise self.fault(line, f"the row has {len(fields)} fields where {width} belong")
            yield line, pick(fields)
            unreported += 1
            if unreported == _STRIDE:
                advance(unreported)
                unreported = 0
        advance(unreported)

    def fault(self, line: int, reason: str) -> UnusableSource:
        """The error that says that a line is not as it should be."""
        return UnusableSource(self.place, reason, line=line)

    def _read(self, content: bytes) -> list[str]:
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise self.fault(line, f"it is not in UTF-8: byte {content[error.start]:#04x} cannot stand there") from None
        found = CONTROL.search(text)
        if found:
            line = text.count("\n", 0, found.start()) + 1
            raise self.fault(line, f"it has the control character U+{ord(found[0]):04X}")
        lines = text.rstrip("\n").split("\n")
        if not lines[0]:
            raise self.fault(1, "the file is empty where the names of the columns belong")
        return lines
