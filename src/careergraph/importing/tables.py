"""Tables of tab-separated text: rows by the names of their columns, and every error with its file and line."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from operator import itemgetter

from careergraph.importing.archives import Download
from careergraph.importing.source import Advance
from careergraph.model.decoding import decode_text
from careergraph.model.errors import UnusableSource

#: Rows between two calls of `advance`.
_STRIDE = 1_000
#: Characters that no single-line text has: they would turn it round, hide it, or end the line.
CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")


def decode_table(content: bytes, fault: Callable[[int, str], UnusableSource]) -> str:
    """The text of a table.

    Args:
        content: the file.
        fault: makes the error of a line, counted from 1, and a reason.

    Raises:
        UnusableSource: it is not in the encoding that it should be in, which is UTF-8 without another mark.
    """
    try:
        return decode_text(content)
    except UnicodeDecodeError as error:
        odd = f"byte {content[error.start]:#04x} cannot stand there"
        reason = f"it is not in {error.encoding.upper()}: {odd}; save it as 'CSV UTF-8'"
        raise fault(content.count(b"\n", 0, error.start) + 1, reason) from None


#: What Python says of a table → what that means.
_CSV_FAULTS = {
    "unexpected end of data": "a quotation mark opens a cell, and none closes it",
    "expected after '\"'": "a cell goes on behind its closing quotation mark; within a cell, one is written twice",
    "field larger than field limit": "a cell is too long, perhaps because a quotation mark is not closed",
}


def describe_csv_fault(error: csv.Error) -> str:
    """What is wrong with a table of comma-separated text.

    >>> describe_csv_fault(csv.Error("unexpected end of data"))
    'it is not valid CSV: a quotation mark opens a cell, and none closes it'
    """
    found = next((meant for said, meant in _CSV_FAULTS.items() if said in str(error)), str(error))
    return f"it is not valid CSV: {found}"


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
        text = decode_table(content, self.fault).replace("\r\n", "\n")
        found = CONTROL.search(text)
        if found:
            line = text.count("\n", 0, found.start()) + 1
            raise self.fault(line, f"it has the control character U+{ord(found[0]):04X}")
        lines = text.rstrip("\n").split("\n")
        if not lines[0]:
            raise self.fault(1, "the file is empty where the names of the columns belong")
        return lines
