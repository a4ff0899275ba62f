"""A view as pyvis has it: nodes with place, shape and size, edges, and options for vis-network."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log2

from pyvis.network import Network

from careergraph.catalogue.catalogue import Catalogue
from careergraph.export.explorer.layout import place_nodes
from careergraph.export.view import View, ViewEdge, ViewNode
from careergraph.model.kind_styles import find_style
from careergraph.rdf.kinds import POSITIONS
from careergraph.render.map.families import find_lane

#: How strongly an edge pulls its ends together; where it is missing, as `OTHER_PULL`.
PULLS = {"transition": 3.0, "requires": 2.0, "broader": 1.5, "teaches": 1.0, "holds": 0.3, "rates": 0.1, "uses": 0.1}
OTHER_PULL = 0.7
#: Sources are linked to everything; in the picture they do not pull, or they would distort it.
ASIDE = "source"
#: Radius in pixels by kind, before what is added for many neighbours. Larger nodes get their labels first.
SIZES = {"role": 16, "background": 12, "milestone": 11, "source": 5}
OTHER_SIZE = 8
#: Free pixels around the middle of a node.
ROOMS = {"role": 75, "background": 48}
OTHER_ROOM = 24

#: How an edge reads from its other end.
BACKWARDS = {
    "transition": "is reached from",
    "requires": "is asked for by",
    "waives": "is not needed by",
    "condition": "is presupposed by",
    "step": "is on the way to",
    "holds": "is held by",
    "teaches": "is taught by",
    "expects": "is expected by",
    "eased": "makes easier",
    "provides": "is provided by",
    "recommended": "has recommended to it",
    "employs": "is employed by",
    "pays": "is paid by",
    "rates": "is drawn on by",
    "uses": "is used by",
    "does": "is done by",
    "relevant": "has to do with",
    "implies": "is part of holding",
    "broader": "includes",
    "exactMatch": "is the same as",
    "closeMatch": "is nearly the same as",
    "broadMatch": "covers",
    "narrowMatch": "is a case of",
    "relatedMatch": "is related to",
    "publisher": "publishes",
    "creator": "is the author of",
}

#: If there are more nodes, they have no border, which takes a quarter of the drawing time.
MANY = 2_000
#: The region of positions that are in no lane; how many positions a region has at least, and how many lanes are named.
OUTSIDE = "Other jobs and studies"
LEAST_REGION, MOST_REGIONS = 3, 8
#: How many names of a node besides its label are shown in the panel, and searched.
MOST_NAMES = 6


def choose_options(nodes: int) -> dict[str, dict[str, object]]:
    """Options for vis-network: no movement by itself; labels and keys are left to the page."""
    rim = 1.5 if nodes <= MANY else 0
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "nodes": {"borderWidth": rim, "borderWidthSelected": 3, "font": {"size": 0}, "labelHighlightBold": False},
        "edges": {"smooth": False, "arrowStrikethrough": False, "width": 2, "selectionWidth": 0, "hoverWidth": 0},
        "interaction": {
            "hover": True,
            "hideEdgesOnDrag": True,
            "hideEdgesOnZoom": True,
            "selectConnectedEdges": False,
            "tooltipDelay": 250,
            "keyboard": False,
        },
    }


def make_drawing(view: View, addresses: Mapping[str, str]) -> Network:
    """The view as a pyvis network; nodes are numbered in the order of the view.

    What vis-network does not know is ours: a node's `key` is its address, `also` are its aliases, `says` is its
    definition; an edge's `kind` says which of `list_relations` it is, `says` what the source adds, and `judged` that
    only the editors say so.
    """
    network = Network(directed=True)  # an undirected network compares each edge with all others
    network.set_options(json.dumps(choose_options(len(view.nodes))))
    numbers = {node.id: number for number, node in enumerate(view.nodes)}
    degrees = Counter(end for edge in view.edges for end in {edge.source, edge.target})
    rooms = [ROOMS.get(node.kind, OTHER_ROOM) for node in view.nodes]
    for node, (x, y) in zip(view.nodes, place_nodes(rooms, _links(view, numbers)), strict=True):
        network.add_node(
            numbers[node.id],
            label=node.label,
            shape=find_style(node.kind).shape,
            group=node.kind,
            size=SIZES.get(node.kind, OTHER_SIZE) + round(1.5 * log2(1 + degrees[node.id])),
            x=x,
            y=y,
            key=addresses[node.id],
            **_words(node),
        )
    for (source, target, kind), claims in _unlike(view).items():
        network.add_edge(numbers[source], numbers[target], kind=kind, **_remarks(claims))
    for drawn in network.edges:
        del drawn["arrows"]  # the page knows which edges have them
    return network


def list_relations(view: View) -> dict[str, tuple[str, str]]:
    """Kind of edge → how it reads from its source, and from its target; in the order of the view."""
    return {edge.kind: (edge.label, BACKWARDS.get(edge.kind, f"is where “{edge.label}” leads")) for edge in view.edges}


def list_regions(catalogue: Catalogue, view: View) -> list[dict[str, object]]:
    """The regions of the picture: each the name of a lane, and the numbers of the positions in it.

    Args:
        catalogue: where lanes and groups of occupations are.
        view: what is drawn.

    Returns:
        The largest lane first, at most `MOST_REGIONS`; then what is in none. None if there is one region only.

    >>> from careergraph.export.view import view
    >>> catalogue = Catalogue.load("bundled")
    >>> [region["name"] for region in list_regions(catalogue, view(catalogue, words=False))][0]
    'Policy and ethics'
    """
    found: dict[str, list[int]] = {}
    for number, node in enumerate(view.nodes):
        if node.kind in POSITIONS:
            found.setdefault(find_lane(catalogue, node.id) or OUTSIDE, []).append(number)
    outside = found.pop(OUTSIDE, [])
    named = sorted((item for item in found.items() if len(item[1]) >= LEAST_REGION), key=lambda item: -len(item[1]))
    regions = [*named[:MOST_REGIONS], *([(OUTSIDE, outside)] if len(outside) >= LEAST_REGION else [])]
    return [{"name": name, "nodes": numbers} for name, numbers in regions] if len(regions) > 1 else []


def _links(view: View, numbers: Mapping[str, int]) -> dict[tuple[int, int], float]:
    aside = {node.id for node in view.nodes if node.kind == ASIDE}
    found: dict[tuple[int, int], float] = {}
    for edge in view.edges:
        if edge.source != edge.target and not aside & {edge.source, edge.target}:
            one, other = sorted((numbers[edge.source], numbers[edge.target]))
            found[one, other] = max(found.get((one, other), 0.0), PULLS.get(edge.kind, OTHER_PULL))
    return found


def _unlike(view: View) -> dict[tuple[str, str, str], list[ViewEdge]]:
    """Merge edges that say the same about the same nodes; an edge from a node to itself would be invisible."""
    found: dict[tuple[str, str, str], list[ViewEdge]] = {}
    for edge in view.edges:
        if edge.source != edge.target:
            found.setdefault((edge.source, edge.target, edge.kind), []).append(edge)
    return found


def _words(node: ViewNode) -> dict[str, object]:
    found: dict[str, object] = {"also": sorted(node.aliases, key=len)[:MOST_NAMES], "says": node.definition}
    return {name: value for name, value in found.items() if value}


def _remarks(claims: Sequence[ViewEdge]) -> dict[str, object]:
    said = (", ".join(word for word in (claim.ease, claim.strength, claim.level) if word) for claim in claims)
    found: dict[str, object] = {
        "says": next(filter(None, said), ""),
        "judged": all(claim.basis == "judged" for claim in claims),
        "disputed": any(claim.disputed for claim in claims),
    }
    return {name: value for name, value in found.items() if value}
