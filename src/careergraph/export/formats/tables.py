"""CSV: a table of nodes and a table of edges, for spreadsheets and data frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from careergraph.export.rows import EDGE_COLUMNS, NODE_COLUMNS, as_text, make_edge_row, make_node_row
from careergraph.export.view import View


def to_tables(view: View) -> dict[str, bytes]:
    """`nodes.csv` and `edges.csv`, in UTF-8; lists are text with ` | ` between the items."""
    nodes = (map(as_text, make_node_row(node).values()) for node in view.nodes)
    edges = (map(as_text, make_edge_row(edge).values()) for edge in view.edges)
    return {"nodes.csv": to_table(list(NODE_COLUMNS), nodes), "edges.csv": to_table(list(EDGE_COLUMNS), edges)}


def to_table(header: Sequence[str], rows: Iterable[Iterable[str]]) -> bytes:
    r"""Rows as CSV; a cell is quoted where it has to be.

    >>> to_table(["a", "b"], [["1", 'x"y']])
    b'a,b\n1,"x""y"\n'
    """
    return "".join(f"{','.join(map(_cell, row))}\n" for row in (header, *rows)).encode()


def _cell(text: str) -> str:
    # The csv module leaves a lone carriage return unquoted, which no reader then takes for a part of the cell.
    # Sign by sign, as there are millions of cells.
    is_special = "," in text or '"' in text or "\n" in text or "\r" in text
    return '"' + text.replace('"', '""') + '"' if is_special else text
