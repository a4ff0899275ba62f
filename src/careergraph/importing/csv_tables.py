"""Published tables of comma-separated text: rows by column, and every error with its file and line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from careergraph.importing.archives import Download
from careergraph.importing.source import Advance
from careergraph.importing.tables import CONTROL, decode_table, describe_csv_fault
from careergraph.model.errors import UnusableSource
from careergraph.model.escaping import to_safe_line

#: Rows between two calls of `advance`.
_STRIDE = 1_000
#: Bytes that a cell may have: the longest list of labels has a tenth of it.
_LONGEST_CELL = 1_000_000


class CsvTable:
    """One CSV file of a download, in UTF-8; cells may be quoted and go over several lines.

    Args:
        download: where the file is.
        name: the file's name.
        columns: the columns that are wanted, in that order; others are passed over.
        optional: further columns, behind those, that need not be there: cells of one that is not are empty.
        mend: a function to correct the text before it is checked.

    Raises:
        UnusableSource: the file is missing, or unreadable, or no table, or a column is missing or there twice.
    """

    def __init__(
        self,
        download: Download,
        name: str,
        *columns: str,
        optional: tuple[str, ...] = (),
        mend: Callable[[str], str] = str,
    ) -> None:
        self.name, self.place = name, download.place(name) or name
        self._text = self._decode(download.read(name), mend)
        _, names = next(self._lines(), (1, []))
        names = [cell.strip() for cell in names]
        for column in (*columns, *optional):
            if names.count(column) != 1 and (column in columns or column in names):
                had = to_safe_line(", ".join(names[:20]))
                raise self.fault(1, f"there is no column {column!r} among its columns, or there are two; it has {had}")
        self._width = len(names)
        self._places = [names.index(column) if column in names else None for column in (*columns, *optional)]

    def __len__(self) -> int:
        """The number of rows of data."""
        return sum(1 for _ in self._lines()) - 1

    def rows(self, advance: Advance = lambda _: None) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows, each with the line that it begins on, counted from 1.

        Args:
            advance: called now and then with the number of further rows read.
        """
        unreported, lines = 0, self._lines()
        next(lines, None)
        for line, cells in lines:
            if len(cells) != self._width:
                raise self.fault(line, f"the row has {len(cells)} cells where {self._width} belong")
            yield line, tuple(cells[place] if place is not None else "" for place in self._places)
            unreported += 1
            if unreported == _STRIDE:
                advance(unreported)
                unreported = 0
        advance(unreported)

    def fault(self, line: int, reason: str) -> UnusableSource:
        """The error that says that a line is not as it should be."""
        return UnusableSource(self.place, reason, line=line)

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        reader, line = csv.reader(io.StringIO(self._text, newline=""), strict=True), 1
        before = csv.field_size_limit(_LONGEST_CELL)
        try:
            for cells in reader:
                if cells:
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            raise self.fault(line, describe_csv_fault(error)) from None
        finally:
            csv.field_size_limit(before)

    def _decode(self, content: bytes, mend: Callable[[str], str]) -> str:
        text = mend(decode_table(content, self.fault).replace("\r\n", "\n").replace("\r", "\n"))
        found = CONTROL.search(text)
        if found:
            line = text.count("\n", 0, found.start()) + 1
            raise self.fault(line, f"it has the control character U+{ord(found[0]):04X}")
        if not text.strip():
            raise self.fault(1, "the file is empty where the names of the columns belong")
        return text
