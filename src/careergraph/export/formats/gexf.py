"""GEXF, the format of Gephi: typed attributes, and places, colours, shapes and sizes to start from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from math import isqrt

from careergraph.export.explorer.layout import find_places
from careergraph.export.formats.xml import DECLARATION, write_element, write_lines
from careergraph.export.rows import EDGE_COLUMNS, NODE_COLUMNS, Row, as_text, drop_empty, make_edge_row, make_node_row
from careergraph.export.view import View, ViewEdge, ViewNode
from careergraph.model.kind_styles import find_style

NAMESPACE = "http://gexf.net/1.3"
#: Columns for which GEXF has attributes of its own.
_OWN = ("id", "label", "source", "target", "weight")
#: GEXF has four shapes; kinds that share one differ by colour.
_SHAPES = {"square": "square", "triangle": "triangle", "triangleDown": "triangle", "diamond": "diamond"}


def to_gexf(view: View) -> bytes:
    """The view as GEXF 1.3; lists are text with ` | ` between the items."""
    spots = find_places(view)
    degrees = Counter(end for edge in view.edges for end in (edge.source, edge.target))
    nodes = (_node(node, spots[node.id], degrees[node.id]) for node in view.nodes)
    graph = write_lines(
        "graph",
        {"defaultedgetype": "directed", "mode": "static", "idtype": "string"},
        (
            write_lines("attributes", {"class": "node", "mode": "static"}, _columns(NODE_COLUMNS)),
            write_lines("attributes", {"class": "edge", "mode": "static"}, _columns(EDGE_COLUMNS)),
            write_lines("nodes", {"count": len(view.nodes)}, nodes),
            write_lines("edges", {"count": len(view.edges)}, map(_edge, view.edges)),
        ),
    )
    meta = write_element("meta", {}, write_element("creator", {}, "careergraph"))
    root = {"xmlns": NAMESPACE, "xmlns:viz": f"{NAMESPACE}/viz", "version": "1.3"}
    return (DECLARATION + write_lines("gexf", root, (meta, graph)) + "\n").encode()


def _columns(columns: Mapping[str, str]) -> Iterator[str]:
    for name, type_ in columns.items():
        if name not in _OWN:
            yield write_element(
                "attribute", {"id": name, "title": name, "type": "string" if type_ == "list" else type_}
            )


def _node(node: ViewNode, spot: tuple[int, int], degree: int) -> str:
    look = find_style(node.kind)
    red, green, blue = (int(look.colour[at : at + 2], 16) for at in (1, 3, 5))
    return write_lines(
        "node",
        {"id": node.id, "label": node.label},
        (
            _values(make_node_row(node)),
            write_element("viz:color", {"r": red, "g": green, "b": blue}),
            # Gephi's y points upwards.
            write_element("viz:position", {"x": spot[0], "y": -spot[1], "z": 0}),
            write_element("viz:size", {"value": 10 + 2 * isqrt(degree)}),
            write_element("viz:shape", {"value": _SHAPES.get(look.shape, "disc")}),
        ),
    )


def _edge(edge: ViewEdge) -> str:
    # Gephi keeps parallel edges apart by their kind. One without weight weighs 1 there.
    own: dict[str, object] = {"id": edge.id, "source": edge.source, "target": edge.target}
    own |= {"label": edge.label, "kind": edge.kind} | ({} if edge.weight is None else {"weight": edge.weight})
    return write_lines("edge", own, (_values(make_edge_row(edge)),))


def _values(row: Row) -> str:
    cells = (
        write_element("attvalue", {"for": name, "value": as_text(value)})
        for name, value in drop_empty(row).items()
        if name not in _OWN
    )
    return write_lines("attvalues", {}, cells)
