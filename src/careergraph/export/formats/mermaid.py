"""Mermaid: a flowchart for Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from careergraph.export.view import View, ViewEdge, ViewNode
from careergraph.model.errors import TooMuchToDraw
from careergraph.model.escaping import quote_mermaid
from careergraph.model.kind_styles import find_style

#: How many edges Mermaid draws by default.
MOST_EDGES = 500
_SHAPES = {
    "dot": ("([", "])"),
    "square": ("[", "]"),
    "triangle": ("[/", "\\]"),
    "triangleDown": ("[\\", "/]"),
    "diamond": ("{", "}"),
    "star": (">", "]"),
    "hexagon": ("{{", "}}"),
}


def to_mermaid(view: View) -> bytes:
    """The view as a flowchart; what only the editors say is dotted.

    Raises:
        TooMuchToDraw: there are more edges than Mermaid draws.
    """
    if len(view.edges) > MOST_EDGES:
        raise TooMuchToDraw("A Mermaid chart", size=len(view.edges), most=MOST_EDGES, unit="edges")
    names = {node.id: f"n{number}" for number, node in enumerate(view.nodes)}
    kinds = sorted({node.kind for node in view.nodes})
    lines = ["flowchart LR"]
    lines += (f"    classDef {kind} {_look(kind)}" for kind in kinds)
    lines += (f"    {_node(names[node.id], node)}" for node in view.nodes)
    lines += (f"    {arrow}" for edge in view.edges for arrow in _arrow(edge, names[edge.source], names[edge.target]))
    return "\n".join([*lines, ""]).encode()


def _look(kind: str) -> str:
    return f"fill:#fff,stroke:{find_style(kind).colour},stroke-width:2px,color:#111"


def _node(name: str, node: ViewNode) -> str:
    opening, closing = _SHAPES.get(find_style(node.kind).shape, ("[", "]"))
    return f"{name}{opening}{quote_mermaid(node.label)}{closing}:::{node.kind}"


def _arrow(edge: ViewEdge, source: str, target: str) -> Iterator[str]:
    words = ", ".join(filter(None, (edge.ease, edge.strength, edge.level)))
    label = quote_mermaid(f"{edge.label}: {words}" if words else edge.label)
    yield f"{source} {'-.->' if edge.basis == 'judged' else '-->'}|{label}| {target}"
