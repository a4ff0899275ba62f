"""Neo4j: two CSV files with the headers that `neo4j-admin database import` reads."""

from __future__ import annotations

import re

from careergraph.export.formats.tables import to_table
from careergraph.export.rows import EDGE_COLUMNS, NODE_COLUMNS, Value, as_text, make_edge_row, make_node_row
from careergraph.export.view import View, ViewNode

#: What separates the items of a list: a control character that no text needs.
DELIMITER = "\x1f"
_TYPES = {"string": "string", "double": "double", "boolean": "boolean", "list": "string[]"}
#: Columns that the database keeps in a form of its own.
_OWN = ("id", "source", "target")
#: Every node has this label; ids are unique within it.
BASE = "Thing"


def to_neo4j(view: View) -> dict[str, bytes]:
    """`nodes.csv` and `relationships.csv`; a node is labelled by its kind and type, an edge is typed by its kind."""
    properties = {name: type_ for name, type_ in NODE_COLUMNS.items() if name not in _OWN}
    relations = {name: type_ for name, type_ in EDGE_COLUMNS.items() if name not in _OWN}
    nodes = (
        [node.id, *(_cell(make_node_row(node)[name]) for name in properties), DELIMITER.join(list_labels(node))]
        for node in view.nodes
    )
    edges = (
        [
            edge.source,
            edge.target,
            name_relation(edge.kind),
            edge.id,
            *(_cell(make_edge_row(edge)[name]) for name in relations),
        ]
        for edge in view.edges
    )
    return {
        "nodes.csv": to_table(["id:ID", *_header(properties), ":LABEL"], nodes),
        "relationships.csv": to_table([":START_ID", ":END_ID", ":TYPE", "id:string", *_header(relations)], edges),
    }


def list_labels(node: ViewNode) -> tuple[str, ...]:
    """The labels of a node in the database.

    >>> list_labels(ViewNode("http://a/1", "skill", "Tool", "Python", (), "", None))
    ('Thing', 'Skill', 'Tool')
    """
    return tuple(dict.fromkeys((BASE, _word(node.kind).capitalize(), *filter(None, [_word(node.type)]))))


def name_relation(kind: str) -> str:
    """The type of an edge in the database: letters, digits and underscores only.

    >>> name_relation("transition"), name_relation("close-match")
    ('TRANSITION', 'CLOSE_MATCH')
    """
    return _word(kind).upper() or "RELATED"


def _word(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")


def _header(columns: dict[str, str]) -> list[str]:
    return [f"{name}:{_TYPES[type_]}" for name, type_ in columns.items()]


def _cell(value: Value) -> str:
    if isinstance(value, tuple):
        return DELIMITER.join(item.replace(DELIMITER, " ") for item in value)
    return as_text(value)
