"""The graph as a pyvis network: to explore in a notebook, in a page that loads nothing from other hosts."""

from __future__ import annotations

import re
from html import escape
from math import log2
from typing import TYPE_CHECKING, Any

from pyvis.network import Network

from careergraph.model.kind_styles import find_style

if TYPE_CHECKING:
    import networkx as nx

#: What pyvis's page loads from other hosts although everything is requested inline: the style of a button.
_FROM_ELSEWHERE = re.compile(r'<link\b[^>]*?href="https?:[^>]*>|<script\b[^>]*?src="https?:[^>]*>\s*</script>')
_HEIGHT = "600px"
#: How thick the arrows of moves are, and all others, in pixels.
_MOVE, _LINK = 3, 1


class CareerNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network with a self-contained page, which a notebook shows without a file."""

    def __init__(self) -> None:
        super().__init__(height=_HEIGHT, directed=True, cdn_resources="in_line")

    def generate_html(self, *arguments: Any, **named: Any) -> str:
        """The page as pyvis makes it, without what it would load from other hosts."""
        page: str = super().generate_html(*arguments, **named)
        return _FROM_ELSEWHERE.sub("", page)

    def _repr_html_(self) -> str:
        page = escape(self.generate_html())
        return f'<iframe srcdoc="{page}" width="100%" height="{_HEIGHT}" style="border:0"></iframe>'


def to_pyvis(graph: nx.MultiDiGraph[str]) -> CareerNetwork:
    """A graph from `to_networkx` as a pyvis network; the graph is not changed, and no file is written.

    Nodes have the colour and the shape of their kind, and grow with the number of their edges; all edges between the
    same two nodes are one arrow, which is thick if it is a move. Names are at the nodes; what an edge says, and who
    says so, appears under the mouse.

    Args:
        graph: nodes with `kind` and `label`, edges with `kind` and `label`.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("a", kind="role", label="AI ethicist")
    >>> [node["label"] for node in to_pyvis(graph).nodes]
    ['AI ethicist']
    """
    network = CareerNetwork()
    for iri, data in graph.nodes(data=True):
        look = find_style(data["kind"])
        size = 8 + round(2 * log2(1 + graph.degree(iri)))
        title = f"{data['kind']}: {data['label']}"
        network.add_node(iri, data["label"], look.shape, look.colour, title=title, size=size, kind=data["kind"])
    for tail, head in dict.fromkeys((tail, head) for tail, head, _ in graph.edges):
        said = list(graph[tail][head].values())
        width = _MOVE if any(data["kind"] == "transition" for data in said) else _LINK
        network.add_edge(tail, head, title="\n".join(map(_say, said)), width=width)
    return network


def _say(data: dict[str, Any]) -> str:
    ease = f", ease {data['ease']:.2g}" if "ease" in data else ""
    said: str = data["label"] + ease
    return said + (f" ({data['sources']})" if "sources" in data else "")
