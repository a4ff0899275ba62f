"""Nodes and edges of a view as flat rows: one place that says which columns there are and of which type."""

from __future__ import annotations

from careergraph.catalogue.edges import name_sources
from careergraph.export.view import ViewEdge, ViewNode
from careergraph.model.kind_styles import find_style

Value = str | float | bool | tuple[str, ...] | None
Row = dict[str, Value]

#: Column → `string`, `double`, `boolean` or `list`, which is a list of strings.
NODE_COLUMNS = {
    "id": "string",
    "label": "string",
    "kind": "string",
    "type": "string",
    "aliases": "list",
    "definition": "string",
    "url": "string",
    "colour": "string",
}
EDGE_COLUMNS = {
    "id": "string",
    "source": "string",
    "target": "string",
    "kind": "string",
    "label": "string",
    "predicate": "string",
    "claim": "string",
    "group": "string",
    "transition": "string",
    "basis": "string",
    "weight": "double",
    "ease": "string",
    "strength": "string",
    "level": "string",
    "text": "string",
    "disputed": "boolean",
    "sources": "list",
    "source_ids": "list",
}
#: What separates the items of a list where a format has only text.
SEPARATOR = " | "


def make_node_row(node: ViewNode) -> Row:
    """A node as a row of `NODE_COLUMNS`; unknown values are None.

    >>> make_node_row(ViewNode("http://a/1", "role", "Role", "AI ethicist", (), "", None))["colour"]
    '#0b62a4'
    """
    values = vars(node) | {"colour": find_style(node.kind).colour}
    return {column: values[column] if values[column] != "" else None for column in NODE_COLUMNS}


def make_edge_row(edge: ViewEdge) -> Row:
    """An edge as a row of `EDGE_COLUMNS`; unknown values are None."""
    values = vars(edge) | {
        "sources": name_sources(edge.evidence),
        "source_ids": tuple(dict.fromkeys(item.source.id for item in edge.evidence)),
    }
    return {column: values[column] if values[column] != "" else None for column in EDGE_COLUMNS}


def drop_empty(row: Row) -> dict[str, str | float | bool | tuple[str, ...]]:
    """A row without unknown values and empty lists."""
    return {column: value for column, value in row.items() if value is not None and value != ()}


def as_text(value: Value) -> str:
    """A value as text, for formats that have nothing else.

    >>> as_text(("a", "b")), as_text(0.5), as_text(True), as_text(None)
    ('a | b', '0.5', 'true', '')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
