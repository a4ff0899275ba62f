"""Sheets of workbooks as Excel writes them: rows by the names of their columns, faults with sheet and row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from zipfile import is_zipfile

from careergraph.importing.archives import open_download, open_file
from careergraph.importing.source import Advance
from careergraph.importing.tables import CONTROL
from careergraph.model.errors import UnusableSource
from careergraph.model.extras import need_extra

#: How many rows from the top are searched for the names of the columns.
_HEAD = 50
#: Rows between two calls of `advance`.
_STRIDE = 1_000

Row = tuple[str, ...]


class Workbook:
    """The first sheet of a workbook that has some columns, read into memory.

    Args:
        path: the file.
        columns: the columns that are wanted, in that order.

    Raises:
        MissingExtra: the package that reads workbooks is not installed.
        UnusableSource: there is no such file, or it is not a workbook, or is malicious, or lacks a column.
    """

    def __init__(self, path: str, *columns: str) -> None:
        self.name, self.path = PurePath(path).name, path
        sheets = _read(path)
        for rows in sheets:
            head = next((n for n, row in enumerate(rows[:_HEAD]) if set(columns) <= set(row)), None)
            if head is not None:
                self._first, self._rows = head + 2, rows[head + 1 :]
                self._places = [rows[head].index(column) for column in columns]
                self.before, self.cells = rows[:head], rows
                return
        reason = f"no sheet of it has the columns {', '.join(columns)} among its first {_HEAD} rows"
        raise UnusableSource(path, reason)

    def __len__(self) -> int:
        """The number of rows below the names of the columns."""
        return len(self._rows)

    @property
    def text(self) -> str:
        """The text of the sheet, cell by cell."""
        return "\n".join(cell for row in self.cells for cell in row if cell)

    def rows(self, advance: Advance = lambda _: None) -> Iterator[tuple[int, Row]]:
        """The rows below the names of the columns, each with its number, without those of which all cells are empty.

        Args:
            advance: called now and then with the number of further rows read.
        """
        for number, cells in enumerate(self._rows, start=self._first):
            picked = tuple(cells[place] for place in self._places)
            if any(picked):
                yield number, picked
            if (number - self._first) % _STRIDE == _STRIDE - 1:
                advance(_STRIDE)
        advance(len(self._rows) % _STRIDE)

    def fault(self, row: int, reason: str) -> UnusableSource:
        """The error that says that a row is not as it should be."""
        return UnusableSource(self.name, reason, line=row)


def _read(path: str) -> list[list[Row]]:
    with need_extra("xlsx", "Reading a workbook", "openpyxl"):
        import openpyxl
    open_file(path)
    if not is_zipfile(path):
        raise UnusableSource(path, "it is not a whole workbook, a file that ends in .xlsx")
    with open_download(path):  # a workbook is a zip archive, which is looked at before anything is unpacked
        pass
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        return [_cells(path, sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    except UnusableSource:
        raise
    except Exception as error:  # whatever a broken workbook makes of its reader
        raise UnusableSource(path, f"it is not a workbook that can be read: {type(error).__name__}") from error


def _cells(path: str, rows: Iterator[Sequence[object]]) -> list[Row]:
    found = [tuple("" if cell is None else " ".join(str(cell).split()) for cell in row) for row in rows]
    for number, row in enumerate(found, start=1):
        if any(map(CONTROL.search, row)):
            raise UnusableSource(PurePath(path).name, "a cell has a control character", line=number)
    return found
