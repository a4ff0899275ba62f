"""DOT, the language of Graphviz."""

from __future__ import annotations

import re
from collections.abc import Mapping

from careergraph.export.view import View, ViewEdge, ViewNode
from careergraph.model.kind_styles import find_style

_SHAPES = {
    "dot": "ellipse",
    "square": "box",
    "triangle": "triangle",
    "triangleDown": "invtriangle",
    "diamond": "diamond",
    "star": "star",
    "hexagon": "hexagon",
}
#: How Graphviz reads a label: these stand for something else there.
_ESCAPES = {"\\": "\\\\", '"': '\\"', "&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "\\n"}
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def to_dot(view: View) -> bytes:
    """The view as a directed graph; what only the editors say is dashed."""
    names = {node.id: f"n{number}" for number, node in enumerate(view.nodes)}
    lines = ["digraph careergraph {", '  graph [rankdir="LR", overlap="false"];', '  node [fontname="Helvetica"];']
    lines += (f"  {names[node.id]} [{_attributes(_node(node))}];" for node in view.nodes)
    lines += (f"  {names[edge.source]} -> {names[edge.target]} [{_attributes(_edge(edge))}];" for edge in view.edges)
    return "\n".join([*lines, "}", ""]).encode()


def _node(node: ViewNode) -> dict[str, str]:
    look = find_style(node.kind)
    return {
        "label": node.label,
        "shape": _SHAPES.get(look.shape, "ellipse"),
        "color": look.colour,
        "tooltip": node.definition or node.label,
        "class": node.kind,
        "URL": node.id,
    }


def _edge(edge: ViewEdge) -> dict[str, str]:
    words = ", ".join(filter(None, (edge.ease, edge.strength, edge.level)))
    return {
        "label": f"{edge.label}: {words}" if words else edge.label,
        "tooltip": edge.text or edge.label,
        "class": edge.kind,
        "style": "dashed" if edge.basis == "judged" else "solid",
    } | ({} if edge.weight is None else {"penwidth": f"{1 + 2 * edge.weight:.3g}"})


def _attributes(attributes: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={quote(value)}" for name, value in attributes.items())


def quote(text: str) -> str:
    r"""Text as a quoted string of DOT, to be shown as it is.

    >>> print(quote('a "b" & \\N'))
    "a \"b\" &amp; \\N"
    """
    shown = _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return '"' + "".join(_ESCAPES.get(sign, sign) for sign in shown) + '"'
