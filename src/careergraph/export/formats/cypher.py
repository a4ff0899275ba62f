"""Cypher: a script that loads the view into Neo4j; running it again changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from careergraph.export.formats.neo4j import BASE, list_labels, name_relation
from careergraph.export.rows import Row, Value, drop_empty, make_edge_row, make_node_row
from careergraph.export.view import View, ViewEdge

T = TypeVar("T")

#: How many rows one statement loads: a single one for all would be hard to parse, one for each would be slow.
_BATCH = 100
_CONSTRAINT = f"CREATE CONSTRAINT careergraph_id IF NOT EXISTS FOR (thing:{BASE}) REQUIRE thing.id IS UNIQUE;"
_NODES = f"MERGE (thing:{BASE} {{id: row.id}})\nSET thing:%s, thing += row;"
_EDGES = (
    f"MATCH (source:{BASE} {{id: row.source}}), (target:{BASE} {{id: row.target}})\n"
    "MERGE (source)-[edge:%s {id: row.edge.id}]->(target)\n"
    "SET edge += row.edge;"
)
#: Unicode escapes are read before strings are recognised, so a quote must not be written as one; nor must a backslash
#: in the text followed by a u be mistaken for one, even by a simple reader.
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\u": "\\\\\\u0075"}
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SIGNS = re.compile(r"\\u|[\\'\x00-\x1f\x7f-\x9f\u2028\u2029]")


def to_cypher(view: View) -> bytes:
    """The view as a Cypher script for Neo4j 5: a constraint, then nodes by label, then edges by type."""
    nodes = sorted(view.nodes, key=lambda node: (list_labels(node), node.id))
    edges = sorted(view.edges, key=lambda edge: (name_relation(edge.kind), edge.id))
    statements = [_CONSTRAINT]
    for named, group in groupby(nodes, list_labels):
        rows = (_map(make_node_row(node)) for node in group)
        statements += _unwound(rows, _NODES % ":".join(map(to_identifier, named)))
    for type_, kin in groupby(edges, lambda edge: name_relation(edge.kind)):
        statements += _unwound(map(_relation, kin), _EDGES % to_identifier(type_))
    return ("// A graph of careergraph.\n" + "\n".join(statements) + "\n").encode()


def _unwound(rows: Iterable[str], then: str) -> Iterator[str]:
    for batch in _batches(list(rows)):
        yield "UNWIND [\n" + ",\n".join(batch) + f"\n] AS row\n{then}"


def _batches(rows: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]


def _relation(edge: ViewEdge) -> str:
    row = make_edge_row(edge)
    own = {name: value for name, value in row.items() if name not in ("source", "target")}
    return f"{{source: {to_literal(edge.source)}, target: {to_literal(edge.target)}, edge: {_map(own)}}}"


def _map(row: Row) -> str:
    return (
        "{" + ", ".join(f"{to_identifier(name)}: {to_literal(value)}" for name, value in drop_empty(row).items()) + "}"
    )


def to_identifier(name: str) -> str:
    """A name of a label, a type or a property as Cypher takes it: in backticks unless it is a plain word.

    >>> to_identifier("Skill"), to_identifier("2nd`kind")
    ('Skill', '`2nd``kind`')
    """
    return name if _PLAIN.fullmatch(name) else f"`{name.replace('`', '``')}`"


def to_literal(value: Value) -> str:
    r"""A value as a Cypher literal: nothing in a string can end it.

    >>> print(to_literal("it's"), to_literal(("a", "b")), to_literal(True), to_literal(0.5))
    'it\'s' ['a', 'b'] true 0.5
    """
    if isinstance(value, str):
        return f"'{_escape(value)}'"
    if isinstance(value, tuple):
        return f"[{', '.join(map(to_literal, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else repr(value)


def _escape(text: str) -> str:
    return _SIGNS.sub(lambda sign: _ESCAPES.get(sign[0]) or f"\\u{ord(sign[0]):04x}", text)
