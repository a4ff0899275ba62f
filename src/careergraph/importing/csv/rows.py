"""The rows of a sheet: a CSV file as spreadsheets write it, and every fault with its file and line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from careergraph.importing.archives import Download
from careergraph.importing.csv.layout import Column
from careergraph.importing.tables import CONTROL, decode_table, describe_csv_fault
from careergraph.model.errors import UnusableSource
from careergraph.model.escaping import to_safe_line
from careergraph.model.near_names import find_near_names

#: The possible delimiters of cells. No name of a column contains any of them.
_DELIMITERS = ",;\t"
_BAR = "|"
#: Among so many lines, the first that names a column is the one that names all of them.
_TITLES = 6
#: The line that tells Excel the delimiter of cells.
_SEPARATOR = re.compile(r"[ \t]*\"?sep=([,;\t])[,;\t\" ]*(?:\r\n?|\n|$)", re.IGNORECASE)


class Row(NamedTuple):
    """One row: the file and the line it begins on, counted from 1, and its cells by column, those that are filled."""

    place: str
    line: int
    cells: dict[str, str]

    @property
    def file(self) -> str:
        """The sheet that the row is in."""
        return self.place.rpartition("/")[2].lower()

    def fault(self, reason: str) -> UnusableSource:
        """The error that says that the row is not as it should be."""
        return UnusableSource(self.place, reason, line=self.line)

    def parts(self, column: str) -> tuple[str, ...]:
        """The parts of a cell between vertical bars; nothing if it is empty."""
        return tuple(part.strip() for part in self.cells.get(column, "").split(_BAR) if part.strip())


class Sheet:
    """One CSV file of a download, read into memory.

    It is in UTF-8, with or without a byte order mark, or in UTF-16 or UTF-32 with one; cells are separated by commas,
    semicolons or tabs, whichever separates the names of the columns, or what a first line `sep=;` says. Rows and
    columns without anything in them are passed over, and so is a title above the names of the columns; a row may end
    early, and white space in a cell counts as one space. `left_out` are the names of columns that mean nothing here.

    Args:
        download: where the file is.
        name: the file's name.
        columns: the columns it may have, in any order; those required have to be there. Others are left out.

    Raises:
        UnusableSource: the file is unreadable, or no table, or has a column too few or twice, or one whose name is
            nearly that of another, or a row that has something beyond the last column, or lacks something required.
    """

    def __init__(self, download: Download, name: str, columns: Sequence[Column]) -> None:
        self.name, self.place = name, download.place(name) or name
        known = [column.name for column in columns]
        text, delimiter = _dialect(decode_table(download.read(name), self._fault), known)
        # With a single column, an empty row of several columns is a cell that consists of delimiters.
        lines = [row for row in self._lines(text, delimiter) if any(cell.strip(_DELIMITERS) for cell in row[1])]
        if not lines:
            raise self._fault(1, "the file is empty where the names of the columns belong")
        titles = next((place for place, (_, cells) in enumerate(lines[:_TITLES]) if _names_columns(cells, known)), 0)
        del lines[:titles]  # the name of the table, which Numbers writes above it, and what people write there
        self._line, names = lines.pop(0)
        head = self._head(names, columns)
        self.left_out = tuple(name for name in head if name not in ("", *known))
        required = [column.name for column in columns if column.required]
        self.rows = tuple(self._row(line, cells, head, required) for line, cells in lines)

    def _lines(self, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        line = 1
        try:
            for cells in reader:
                yield line, [self._cell(cell, line) for cell in cells]
                line = reader.line_num + 1
        except csv.Error as error:
            raise self._fault(line, describe_csv_fault(error)) from None

    def _cell(self, cell: str, line: int) -> str:
        plain = " ".join(cell.split())
        found = CONTROL.search(plain)
        if found:
            raise self._fault(line, f"it has the control character U+{ord(found[0]):04X}")
        return plain

    def _head(self, names: Sequence[str], columns: Sequence[Column]) -> list[str]:
        known = [column.name for column in columns]
        found = [_column(name) for name in names]
        for name in filter(None, found):
            near = find_near_names(name, known) if name not in known else ()
            if near:
                raise self._fault(self._line, f"there is no such column as {name!r}; did you mean {near[0]!r}?")
        for column in columns:
            if found.count(column.name) > 1:
                raise self._fault(self._line, f"the column {column.name!r} is there twice")
            if column.required and column.name not in found:
                had = to_safe_line(", ".join(filter(None, names)))
                raise self._fault(self._line, f"the column {column.name!r} is missing; there is {had}")
        return found

    def _row(self, line: int, cells: Sequence[str], names: Sequence[str], required: Sequence[str]) -> Row:
        if any(cells[len(names) :]):
            raise self._fault(line, f"the row has {len(cells)} cells where {len(names)} belong")
        filled = {name: cell for name, cell in zip(names, cells, strict=False) if cell and name not in self.left_out}
        if "" in filled:
            raise self._fault(line, f"{to_safe_line(filled[''])!r} stands in a column that has no name")
        row = Row(self.place, line, filled)
        for name in required:
            if not row.parts(name):
                raise row.fault(f"there is nothing in the column {name!r}")
        return row

    def _fault(self, line: int, reason: str) -> UnusableSource:
        return UnusableSource(self.place, reason, line=line)


def _column(name: str) -> str:
    return "_".join(name.lower().split())


def _names_columns(cells: Sequence[str], known: Sequence[str]) -> bool:
    return any(_column(cell) in known for cell in cells)


def _dialect(text: str, known: Sequence[str]) -> tuple[str, str]:
    """The text, with an empty line instead of one that says `sep=`, and the delimiter of its cells."""
    said = _SEPARATOR.match(text)
    if said:
        return "\n" + text[said.end() :], said[1]
    lines = (line for line in re.split(r"\r\n?|\n", text) if line.strip(_DELIMITERS + '" '))
    first = next(lines, "")
    head = next((line for line in (first, *lines) if _names_columns(re.split('[",;\t]+', line), known)), first)
    most = max(_DELIMITERS, key=head.count)
    return text, most if most in head else "\t"  # a single column: commas in it are the text's own
