"""From the cells of a row to their meaning: nodes, terms, numbers, dates, texts."""

from __future__ import annotations

from typing import NamedTuple

from careergraph.importing.csv.layout import DECLARED_IN, FILES, Column
from careergraph.importing.csv.rows import Row
from careergraph.importing.known_names import KnownNames
from careergraph.model.errors import AmbiguousName, InvalidName, UnknownName, UnusableSource


class Read(NamedTuple):
    """A row that has been read: column → the lexical forms and IRIs of its cell, without empty cells."""

    row: Row
    values: dict[str, tuple[str, ...]]

    def all(self, column: str) -> tuple[str, ...]:
        """All values of a cell."""
        return self.values.get(column, ())

    def one(self, column: str) -> str:
        """The value of a cell that is known to be filled."""
        return self.values[column][0]


def read_cells(row: Row, known: KnownNames) -> Read:
    """Read all cells of a row.

    Raises:
        UnusableSource: a cell is not as it should be, or names what is not there.
    """
    columns = FILES[row.file]
    return Read(row, {column.name: _read(row, column, known) for column in columns if column.name in row.cells})


def find_named(row: Row, name: str, known: KnownNames, *kinds: str) -> str:
    """The IRI of the node of one of these kinds that a row names.

    Raises:
        UnusableSource: there is none, or there are several.
    """
    try:
        return known.node(name, *kinds)
    except UnknownName as error:
        raise row.fault(f"no {_either(kinds)} is called {name!r}; {_advice(error, kinds)}") from None
    except (AmbiguousName, InvalidName) as error:
        raise row.fault(str(error)) from None


def _read(row: Row, column: Column, known: KnownNames) -> tuple[str, ...]:
    parts = row.parts(column.name) if column.many else (row.cells[column.name],)
    return tuple(dict.fromkeys(_one(row, column, part, known) for part in parts))


def _one(row: Row, column: Column, part: str, known: KnownNames) -> str:
    if column.kinds:
        return find_named(row, part, known, *column.kinds)
    if column.scheme:
        return _term(row, part, column.scheme, known)
    try:
        return column.cell(part)
    except ValueError as error:
        raise _in(row, column, str(error)) from None


def _term(row: Row, name: str, scheme: str, known: KnownNames) -> str:
    try:
        return known.term(name, scheme)
    except UnknownName as error:
        raise row.fault(f"no {scheme} is called {name!r}; there is {', '.join(error.suggestions)}") from None


def _in(row: Row, column: Column, reason: str) -> UnusableSource:
    return row.fault(f"{reason} (column {column.name!r})")


def _advice(error: UnknownName, kinds: tuple[str, ...]) -> str:
    near = " or ".join(map(repr, error.suggestions))
    files = " or ".join(dict.fromkeys(DECLARED_IN[kind] for kind in kinds))
    meant = f"did you mean {near}? What is new" if near else "what is new"
    return f"{meant} is declared in {files}"


def _either(kinds: tuple[str, ...]) -> str:
    return " or ".join(kinds)
