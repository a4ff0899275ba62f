"""Tables for terminals."""

from __future__ import annotations

from careergraph.model.escaping import printable
from careergraph.rdf.results import Table

#: Signs of a cell that are shown; --format csv and others give all.
LONGEST_CELL = 10_000


def print_table(table: Table) -> None:
    """Print rows under their column names; on a pipe without wrapping, so that no value is cut."""
    import sys

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    grid = RichTable(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in table.columns:
        grid.add_column(column, overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(printable(cell or "", LONGEST_CELL)) for cell in row))
    console = Console(file=sys.stdout, highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = max(80, console.measure(grid, options=console.options.update(width=10_000)).maximum)
    console.print(grid)
    console.print(f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}", style="dim")
