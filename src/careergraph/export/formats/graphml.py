"""GraphML: nodes and edges with typed attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from careergraph.export.formats.xml import DECLARATION, escape_text, write_element, write_lines
from careergraph.export.rows import EDGE_COLUMNS, NODE_COLUMNS, Row, as_text, drop_empty, make_edge_row, make_node_row
from careergraph.export.view import View
from careergraph.rdf.results import shorten

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_SCHEMA = f"{NAMESPACE} {NAMESPACE}/1.0/graphml.xsd"
#: GraphML's own attributes take the place of these columns, or would be mistaken for them.
_RENAMED = {"node": {"id": "iri"}, "edge": {"id": "key"}}
_ENDS = ("source", "target")
#: Gephi reads a colour from three numbers.
_CHANNELS = ("r", "g", "b")
#: Names of nodes in GraphML are XML names, so they cannot be IRIs.
_TOKEN = re.compile(r"[A-Za-z_][\w.-]*:[\w.-]+", re.ASCII)


def to_graphml(view: View) -> bytes:
    """The view as GraphML, with parallel edges; lists are text with ` | ` between the items."""
    names = {node.id: _name(node.id, number) for number, node in enumerate(view.nodes)}
    nodes = (
        write_lines("node", {"id": names[node.id]}, _data("node", make_node_row(node) | _colour(make_node_row(node))))
        for node in view.nodes
    )
    edges = (
        write_lines(
            "edge",
            {"id": f"e{number}", "source": names[edge.source], "target": names[edge.target]},
            _data("edge", make_edge_row(edge)),
        )
        for number, edge in enumerate(view.edges)
    )
    graph = write_lines("graph", {"id": "careergraph", "edgedefault": "directed"}, (*nodes, *edges))
    root = {
        "xmlns": NAMESPACE,
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "xsi:schemaLocation": _SCHEMA,
    }
    return (DECLARATION + write_lines("graphml", root, (*_keys(), graph)) + "\n").encode()


def _name(iri: str, number: int) -> str:
    short = shorten(iri)
    return short if _TOKEN.fullmatch(short) else f"n{number}"


def _keys() -> Iterator[str]:
    columns: dict[str, Mapping[str, str]] = {
        "node": {**NODE_COLUMNS, **dict.fromkeys(_CHANNELS, "int")},
        "edge": {name: type_ for name, type_ in EDGE_COLUMNS.items() if name not in _ENDS},
    }
    for domain, typed in columns.items():
        for name, type_ in typed.items():
            title = _RENAMED[domain].get(name, name)
            yield write_element(
                "key",
                {
                    "id": f"{domain}-{title}",
                    "for": domain,
                    "attr.name": title,
                    "attr.type": "string" if type_ == "list" else type_,
                },
            )


def _data(domain: str, row: Row) -> Iterator[str]:
    for column, value in drop_empty(row).items():
        if domain == "node" or column not in _ENDS:
            key = f"{domain}-{_RENAMED[domain].get(column, column)}"
            yield write_element("data", {"key": key}, escape_text(as_text(value)))


def _colour(row: Row) -> Row:
    colour = as_text(row["colour"]).removeprefix("#")
    return {name: int(colour[at : at + 2], 16) for name, at in zip(_CHANNELS, (0, 2, 4), strict=True)}
