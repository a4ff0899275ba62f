"""Where the nodes of a view stand: as in the explorer."""

from __future__ import annotations

from collections.abc import Mapping

from careergraph.export.view import View

#: How many pixels each node needs around it.
_ROOM = 20.0
#: How strongly an edge pulls its ends together; where it is missing, by one.
_PULLS = {"transition": 3.0, "requires": 2.0}


def places(view: View) -> Mapping[str, tuple[int, int]]:
    """IRI → x to the right and y downwards; what is linked stands together, the same on every run."""
    from careergraph.export.explorer.layout import positions

    numbers = {node.id: number for number, node in enumerate(view.nodes)}
    links: dict[tuple[int, int], float] = {}
    for edge in view.edges:
        one, other = sorted((numbers[edge.source], numbers[edge.target]))
        if one != other:
            links[one, other] = max(links.get((one, other), 0.0), _PULLS.get(edge.kind, 1.0))
    return dict(zip(numbers, positions([_ROOM] * len(numbers), links), strict=True))
