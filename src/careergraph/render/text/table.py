"""Tables for terminals."""

from __future__ import annotations

from collections.abc import Sequence

from careergraph.model.escaping import to_safe_line
from careergraph.rdf.results import Table

#: Signs of a cell that are shown; --format csv and others give all.
LONGEST_CELL = 10_000


def print_table(table: Table) -> None:
    """Print rows under their column names; on a pipe without wrapping, so that no value is cut.

    On a terminal that is too narrow for the longest word of each column, a record at a time, a value a line.
    """
    import sys

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    grid = RichTable(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    rows = [[to_safe_line(cell or "", LONGEST_CELL) for cell in row] for row in table.rows]
    words = _longest_words(table.columns, rows)
    for column, width in zip(table.columns, words, strict=True):
        grid.add_column(Text(column), overflow="fold", min_width=width)
    for row in rows:
        grid.add_row(*map(Text, row))
    console = Console(file=sys.stdout, highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = max(80, console.measure(grid, options=console.options.update(width=10_000)).maximum)
    if sum(words) + 2 * len(words) - 1 > console.width:
        console.print(Text("\n\n".join(_record(table.columns, row) for row in rows)), soft_wrap=True)
    else:
        console.print(grid)
    console.print(f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}", style="dim")


def _longest_words(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """For each column the least width, in cells of the terminal, at which no word and no number is broken."""
    from rich.cells import cell_len

    return [max(map(cell_len, [*name.split(), "", *_words(rows, place)])) for place, name in enumerate(columns)]


def _words(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    # An IRI is broken in any case: most are longer than terminals are wide.
    return [word for row in rows for word in row[place].split() if "://" not in word]


def _record(columns: Sequence[str], row: Sequence[str]) -> str:
    widest = max(map(len, columns), default=0)
    return "\n".join(f"{name:{widest}}  {cell}".rstrip() for name, cell in zip(columns, row, strict=True))
