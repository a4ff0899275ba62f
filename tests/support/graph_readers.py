"""Formats for graphs, read by the readers made for them: what comes back has to be what was written."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import networkx as nx

from careergraph.export.formats.cytoscape import to_cytoscape
from careergraph.export.formats.gexf import to_gexf
from careergraph.export.formats.graphml import to_graphml
from careergraph.export.formats.neo4j import DELIMITER, to_neo4j
from careergraph.export.formats.tables import to_tables
from careergraph.export.formats.xml import can_hold
from careergraph.export.rows import Row, as_text, drop_empty, make_edge_row, make_node_row
from careergraph.export.view import View


def in_text(row: Row) -> dict[str, Any]:
    """A row as a format without lists has it: what is known, each list as one text."""
    texts = {name: as_text(value) if isinstance(value, tuple) else value for name, value in drop_empty(row).items()}
    return {name: can_hold(value) if isinstance(value, str) else value for name, value in texts.items()}


def in_json(row: Row) -> dict[str, Any]:
    """A row as a format with lists has it: what is known."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in drop_empty(row).items()}


def read_graphml(content: bytes) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    graph = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    names = nx.get_node_attributes(graph, "iri")
    nodes = [{"id": data.pop("iri")} | data for _, data in graph.nodes(data=True)]
    edges = [
        {"id": data.pop("key"), "source": names[tail], "target": names[head]} | data
        for tail, head, data in graph.edges(data=True)
    ]
    return nodes, edges


def read_gexf(content: bytes) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    graph = nx.read_gexf(io.BytesIO(content))
    edges = [{"source": tail, "target": head} | data for tail, head, data in graph.edges(data=True)]
    return [{"id": name} | data for name, data in graph.nodes(data=True)], edges


def read_cytoscape(content: bytes) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    graph = nx.cytoscape_graph(json.loads(content))
    edges = [{"source": tail, "target": head} | data for tail, head, data in graph.edges(data=True)]
    return [data for _, data in graph.nodes(data=True)], edges


def by_id(rows: list[dict[str, Any]], *without: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: {name: value for name, value in row.items() if name not in without} for row in rows}


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))


def neo4j_value(type_: str, cell: str) -> Any:
    """A cell as neo4j-admin reads it: nothing for an empty one."""
    readers: dict[str, Callable[[str], Any]] = {
        "double": float,
        "boolean": "true".__eq__,
        "string[]": lambda text: tuple(text.split(DELIMITER)),
    }
    return readers.get(type_, str)(cell) if cell else None


def neo4j_rows(content: bytes) -> list[dict[str, Any]]:
    return [
        {column: neo4j_value(column.partition(":")[2], cell) for column, cell in row.items()}
        for row in rows_of(content)
    ]


def assert_graphml_brings_back(seen: View) -> None:
    """Assert that the reader of this format finds every node and edge, with all that it says."""
    nodes, edges = read_graphml(to_graphml(seen))
    assert by_id(nodes, "r", "g", "b") == {node.id: in_text(make_node_row(node)) for node in seen.nodes}
    assert by_id(edges) == {edge.id: in_text(make_edge_row(edge)) for edge in seen.edges}


def assert_gexf_brings_back(seen: View) -> None:
    """Assert that the reader of this format finds every node and edge, with all that it says."""
    nodes, edges = read_gexf(to_gexf(seen))
    assert by_id(nodes, "viz") == {node.id: in_text(make_node_row(node)) for node in seen.nodes}
    assert by_id(edges) == {edge.id: in_text(make_edge_row(edge)) for edge in seen.edges}


def assert_cytoscape_brings_back(seen: View) -> None:
    """Assert that the reader of this format finds every node and edge, with all that it says."""
    nodes, edges = read_cytoscape(to_cytoscape(seen))
    assert by_id(nodes, "name", "value") == {node.id: in_json(make_node_row(node)) for node in seen.nodes}
    assert by_id(edges, "key", "interaction") == {edge.id: in_json(make_edge_row(edge)) for edge in seen.edges}


def assert_csv_brings_back(seen: View) -> None:
    """Assert that the reader of this format finds every node and edge, with all that it says."""
    files = to_tables(seen)
    for name, rows in (("nodes.csv", map(make_node_row, seen.nodes)), ("edges.csv", map(make_edge_row, seen.edges))):
        assert rows_of(files[name]) == [{column: as_text(value) for column, value in row.items()} for row in rows]


def assert_neo4j_brings_back(seen: View) -> None:
    """Assert that the reader of this format finds every node and edge, with all that it says."""
    files = to_neo4j(seen)
    for found, edge in zip(neo4j_rows(files["relationships.csv"]), seen.edges, strict=True):
        assert (found.pop(":START_ID"), found.pop(":END_ID")) == (edge.source, edge.target)
        assert re.fullmatch("[A-Z0-9_]+", found.pop(":TYPE"))
        told = {column.partition(":")[0]: value for column, value in found.items() if value is not None}
        assert told == {
            name: value for name, value in drop_empty(make_edge_row(edge)).items() if name not in ("source", "target")
        }
    for found, node in zip(neo4j_rows(files["nodes.csv"]), seen.nodes, strict=True):
        assert found.pop(":LABEL").split(DELIMITER)[:2] == ["Thing", node.kind.capitalize()]
        told = {column.partition(":")[0]: value for column, value in found.items() if value is not None}
        assert told == drop_empty(make_node_row(node))


#: By the name of each format: what asserts that its reader brings a view back.
ROUND_TRIPS: dict[str, Callable[[View], None]] = {
    "graphml": assert_graphml_brings_back,
    "gexf": assert_gexf_brings_back,
    "cytoscape": assert_cytoscape_brings_back,
    "csv": assert_csv_brings_back,
    "neo4j": assert_neo4j_brings_back,
}
