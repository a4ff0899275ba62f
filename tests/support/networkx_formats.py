"""A graph of NetworkX goes into each of its formats and comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx

# Whatever NetworkX can write a multigraph with, and what it then gives back.
FILES: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "graphml": (nx.write_graphml, lambda path: nx.read_graphml(path, force_multigraph=True)),
    "graphml-xml": (nx.write_graphml_xml, lambda path: nx.read_graphml(path, force_multigraph=True)),
    "gexf": (nx.write_gexf, nx.read_gexf),
    "gml": (nx.write_gml, nx.read_gml),
}
DATA: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "node-link": (nx.node_link_data, nx.node_link_graph),
    "adjacency": (nx.adjacency_data, nx.adjacency_graph),
    "cytoscape": (nx.cytoscape_data, nx.cytoscape_graph),
}
#: What a format adds by itself, and the labels of nodes, which are their names in GML.
ADDED = {"id", "value", "source", "target", "key"}


def same(one: nx.MultiDiGraph[str], other: nx.MultiDiGraph[str], *, but: set[str]) -> bool:
    def bare(data: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in data.items() if name not in but}

    nodes = ({iri: bare(data) for iri, data in graph.nodes(data=True)} for graph in (one, other))
    first, second = ([(*edge[:3], bare(edge[3])) for edge in edges(graph)] for graph in (one, other))
    return next(nodes) == next(nodes) and first == second


def edges(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str, str, dict[str, Any]]]:
    """All edges with their keys and attributes, in one order."""
    return sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])


def assert_file_brings_back(graph: nx.MultiDiGraph[str], format_: str, path: Path) -> nx.MultiDiGraph[str]:
    """Assert that what a writer makes of a graph is the graph for its reader; the graph as it was read."""
    write, read = FILES[format_]
    write(graph, path)
    found: nx.MultiDiGraph[str] = read(path)
    assert same(graph, found, but=ADDED | ({"label"} if format_ == "gml" else set()))
    return found


def assert_data_bring_back(graph: nx.MultiDiGraph[str], format_: str) -> None:
    """Assert that what a graph becomes as JSON is the graph again."""
    to_data, from_data = DATA[format_]
    assert same(graph, from_data(json.loads(json.dumps(to_data(graph), allow_nan=False))), but=ADDED)
