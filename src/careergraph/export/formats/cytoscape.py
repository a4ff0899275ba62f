"""Cytoscape JSON: what Cytoscape and Cytoscape.js open, and `networkx.cytoscape_graph` reads."""

from __future__ import annotations

import json

from careergraph.export.explorer.layout import find_places
from careergraph.export.rows import drop_empty, make_edge_row, make_node_row
from careergraph.export.view import View


def to_cytoscape(view: View) -> bytes:
    """The view as one JSON document, an element a line; what is not known has no key."""
    spots = find_places(view)
    nodes: list[dict[str, object]] = [
        # `name` is what Cytoscape shows, and `value` what NetworkX takes for the node.
        {
            "data": {**drop_empty(make_node_row(node)), "name": node.label, "value": node.id},
            "position": dict(zip("xy", spots[node.id], strict=True)),
        }
        for node in view.nodes
    ]
    edges: list[dict[str, object]] = [
        {"data": {**drop_empty(make_edge_row(edge)), "key": edge.id, "interaction": edge.kind}} for edge in view.edges
    ]
    elements = ",\n".join(f'"{name}": [\n{_each(found)}\n]' for name, found in (("nodes", nodes), ("edges", edges)))
    return f'{{"data": [], "directed": true, "multigraph": true, "elements": {{\n{elements}\n}}}}\n'.encode()


def _each(elements: list[dict[str, object]]) -> str:
    return ",\n".join(json.dumps(element, ensure_ascii=False) for element in elements)
