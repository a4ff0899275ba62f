"""The positions of nodes: computed here once, so that a browser need not compute them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import floor, sqrt

import rustworkx as rx

from careergraph.export.view import View

#: Average pixels for a node, across and down: labels are wider than they are high.
ACROSS, DOWN = 120, 92
#: How many pairs of nodes may be compared: some seconds. A round of the layout looks at all pairs of a component.
WORK = 400_000_000
MOST_ROUNDS, FEWEST_ROUNDS = 500, 12
#: How often nodes that are too close are moved apart, at most.
PUSHES = 100

Point = tuple[float, float]


def place_nodes(rooms: Sequence[float], links: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Positions for nodes such that linked nodes are close together and none overlap.

    Each component is laid out by itself, by Fruchterman and Reingold's forces; then components are set in rows, the
    largest first; then nodes that still stand too close are moved apart. All this takes nothing but sums, products,
    quotients and square roots, whose results IEEE 754 fixes, so the places are the same on every machine.

    Args:
        rooms: how many pixels each node needs around it; nodes are numbered from 0.
        links: pairs of different nodes, once each → how strongly they pull, more than 0.

    Returns:
        x to the right and y downwards in whole pixels, by number of node. O(nodes²) for each round.

    >>> places = place_nodes([20, 20, 20], {(0, 1): 1.0})
    >>> len(set(places)), places == place_nodes([20, 20, 20], {(0, 1): 1.0})
    (3, True)
    """
    count = len(rooms)
    graph: rx.PyGraph[int, float] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.add_edges_from(_share_out(links))
    parts = sorted((sorted(part) for part in rx.connected_components(graph)), key=lambda part: (-len(part), part))
    boxes = [_size(len(part)) for part in parts]
    found: dict[int, Point] = {}
    for part, (width, height), (left, top) in zip(parts, boxes, _rows(boxes), strict=True):
        for node, (x, y) in zip(part, _lay_out(graph, part), strict=True):
            found[node] = left + width * (1 + x) / 2, top + height * (1 + y) / 2
    return [(round(x), round(y)) for x, y in _apart([found[node] for node in range(count)], rooms)]


def _share_out(links: Mapping[tuple[int, int], float]) -> list[tuple[int, int, float]]:
    """Links in order, each weaker the more links its two nodes have: otherwise nodes with many links pile up."""
    load: dict[int, float] = {}
    for (tail, head), pull in sorted(links.items()):
        load[tail], load[head] = load.get(tail, 0) + pull, load.get(head, 0) + pull
    return [(tail, head, pull / sqrt(load[tail] * load[head])) for (tail, head), pull in sorted(links.items())]


def _lay_out(graph: rx.PyGraph[int, float], part: Sequence[int]) -> list[Point]:
    """Coordinates between -1 and 1 for the nodes of one component."""
    if len(part) == 1:
        return [(0.0, 0.0)]
    rounds = max(FEWEST_ROUNDS, min(MOST_ROUNDS, WORK // len(part) ** 2))
    found = rx.spring_layout(graph.subgraph(list(part)), weight_fn=float, num_iter=rounds, seed=1)
    return [(float(found[number][0]), float(found[number][1])) for number in range(len(part))]


def _size(nodes: int) -> Point:
    # The coordinates of a layout reach the sides, so a single node needs its own space and a pair the one between.
    side = sqrt(nodes)
    return ACROSS * side, DOWN * side


def _rows(boxes: Sequence[Point]) -> list[Point]:
    """Left upper corners for boxes, largest first: in rows as wide as the first, or wider than high.

    A box less than half as high as its row begins a new row.
    """
    rest = sum(width * height for width, height in boxes[1:])
    widest = max(boxes[0][0], 1.3 * sqrt(rest)) if boxes else 0.0
    corners, left, top, tallest = [], 0.0, 0.0, 0.0
    for width, height in boxes:
        if left and (left + width > widest or 2 * height < tallest):
            left, top, tallest = 0.0, top + tallest, 0.0
        corners.append((left, top))
        left, tallest = left + width, max(tallest, height)
    return corners


def _apart(places: Iterable[Point], rooms: Sequence[float]) -> list[Point]:
    """The places, with nodes pushed from each other until each has its room, or as far as `PUSHES` rounds go."""
    found = [list(place) for place in places]
    side = 2 * max(rooms, default=1.0)
    for _ in range(PUSHES):
        cells: dict[tuple[int, int], list[int]] = {}
        for node, (x, y) in enumerate(found):
            cells.setdefault((floor(x / side), floor(y / side)), []).append(node)
        if not sum(_push_apart(found, rooms, node, other) for node, other in _close(cells)):
            break
    return [(x, y) for x, y in found]


def _close(cells: Mapping[tuple[int, int], Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Pairs of nodes in the same cell or in neighbouring ones, each once."""
    for (column, row), nodes in cells.items():
        yield from combinations(nodes, 2)
        for beside in ((column + 1, row - 1), (column + 1, row), (column + 1, row + 1), (column, row + 1)):
            yield from product(nodes, cells.get(beside, ()))


def _push_apart(found: list[list[float]], rooms: Sequence[float], node: int, other: int) -> bool:
    """Whether two nodes were too close; if so, each is moved by half of the missing distance."""
    (x, y), (u, v) = found[node], found[other]
    across, down = u - x, v - y
    distance = sqrt(across * across + down * down)
    lacking = rooms[node] + rooms[other] - distance
    if lacking <= 0.5:
        return False
    if not distance:  # exactly on top of each other: move sideways
        across, distance = 1.0, 1.0
    move_x, move_y = across / distance * lacking / 2, down / distance * lacking / 2
    found[node], found[other] = [x - move_x, y - move_y], [u + move_x, v + move_y]
    return True


#: How many pixels each node needs around it.
_ROOM = 20.0
#: How strongly an edge pulls its ends together; where it is missing, by one.
_PULLS = {"transition": 3.0, "requires": 2.0}


def find_places(view: View) -> Mapping[str, tuple[int, int]]:
    """IRI → x to the right and y downwards; linked nodes are close together, the same on every run."""
    from careergraph.export.explorer.layout import place_nodes

    numbers = {node.id: number for number, node in enumerate(view.nodes)}
    links: dict[tuple[int, int], float] = {}
    for edge in view.edges:
        one, other = sorted((numbers[edge.source], numbers[edge.target]))
        if one != other:
            links[one, other] = max(links.get((one, other), 0.0), _PULLS.get(edge.kind, 1.0))
    return dict(zip(numbers, place_nodes([_ROOM] * len(numbers), links), strict=True))
