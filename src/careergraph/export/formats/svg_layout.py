"""A picture of a view: nodes as boxes in columns by kind, edges as curves between them.

All positions are computed by sums, products and quotients alone, so they are the same on every machine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from careergraph.export.view import View, ViewEdge, ViewNode
from careergraph.model.errors import TooMuchToDraw
from careergraph.model.records import Record

#: More nodes than this are not readable.
MOST_NODES = 400
#: The kinds in each column, from left to right: where people come from, where they go, what it takes, who helps.
COLUMNS = (
    ("background", "person"),
    ("role",),
    ("skill", "credential", "milestone"),
    ("course",),
    ("organisation", "topic", "source"),
)
FONT_SIZE = 12
BOX, ROW, GAP, MARGIN, ICON = 20, 26, 150, 24, 24
#: Room above the boxes for a title, and below them for the legend.
HEAD, FOOT = 46, 70
_LONGEST_LABEL = 280.0
_SWEEPS = 8
#: Approximate widths of characters, in units of the font's size: long texts are cut, so a little too much is harmless.
_WIDTHS = {**dict.fromkeys("iljtfI.,:;'!|()[] ", 0.32), **dict.fromkeys("mwMW@%", 0.92)}
_USUAL, _CAPITAL, _FULL = 0.57, 0.72, 1.05


class Box(Record):
    """A node's position: the left upper corner and the width, in pixels, and as much of its label as fits."""

    node: ViewNode
    label: str
    column: int
    x: float
    y: float
    width: float

    @property
    def middle(self) -> float:
        """The height at which edges meet the box."""
        return self.y + BOX / 2


class Curve(Record):
    """An edge as a cubic Bézier curve: start, end and two control points."""

    edge: ViewEdge
    points: tuple[tuple[float, float], ...]

    @property
    def centre(self) -> tuple[float, float]:
        """The point halfway along."""
        (a, b), (c, d), (e, f), (g, h) = self.points
        return (a + 3 * c + 3 * e + g) / 8, (b + 3 * d + 3 * f + h) / 8


class Drawing(Record):
    """A picture: its size in pixels, its boxes and its curves."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]


def lay_out(view: View) -> Drawing:
    """Lay a view out.

    Raises:
        TooMuchToDraw: it has more than `MOST_NODES` nodes.
    """
    if len(view.nodes) > MOST_NODES:
        raise TooMuchToDraw("A picture", size=len(view.nodes), most=MOST_NODES, unit="nodes")
    columns = _order(_columns(view.nodes), _neighbours(view.edges))
    boxes = _boxes(columns)
    places = {box.node.id: box for box in boxes}
    right = max((box.x + box.width for box in boxes), default=0.0)
    height = max(map(len, columns), default=0) * ROW
    curves = tuple(Curve(edge, _way(places[edge.source], places[edge.target])) for edge in view.edges)
    return Drawing(right + MARGIN + GAP / 2, HEAD + height + FOOT, boxes, curves)


def _columns(nodes: Iterable[ViewNode]) -> list[list[ViewNode]]:
    found = [[node for node in nodes if node.kind in kinds] for kinds in COLUMNS]
    return [column for column in found if column]


def _neighbours(edges: Iterable[ViewEdge]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for edge in edges:
        found.setdefault(edge.source, []).append(edge.target)
        found.setdefault(edge.target, []).append(edge.source)
    return found


def _order(columns: list[list[ViewNode]], neighbours: Mapping[str, Sequence[str]]) -> list[list[ViewNode]]:
    """The order of each column that brings neighbours to the same height: nodes move to their neighbours' mean height.

    The barycentre method of Sugiyama, Tagawa and Toda (1981), with columns for layers.
    """
    heights: dict[str, float] = {}
    for column in columns:
        heights |= _heights(column)
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            column.sort(key=lambda node: (_pull_to(node.id, neighbours, heights), node.label.casefold(), node.id))
            heights |= _heights(column)
    return columns


def _heights(column: Sequence[ViewNode]) -> dict[str, float]:
    # Columns are centred: what counts is how far from the middle a node is.
    return {node.id: row - len(column) / 2 for row, node in enumerate(column)}


def _pull_to(iri: str, neighbours: Mapping[str, Sequence[str]], heights: Mapping[str, float]) -> float:
    pulling = [heights[other] for other in neighbours.get(iri, ())]
    return sum(pulling) / len(pulling) if pulling else float(MOST_NODES)  # nodes without edges go below all others


def _boxes(columns: Sequence[Sequence[ViewNode]]) -> tuple[Box, ...]:
    found: list[Box] = []
    tallest = max(map(len, columns), default=0)
    x = float(MARGIN)
    for number, column in enumerate(columns):
        labels = [cut(node.label, _LONGEST_LABEL) for node in column]
        width = ICON + max(map(measure_text, labels)) + 10
        top = HEAD + (tallest - len(column)) * ROW / 2
        rows = enumerate(zip(column, labels, strict=True))
        found += [Box(node, label, number, x, top + row * ROW, width) for row, (node, label) in rows]
        x += width + GAP
    return tuple(found)


def _way(source: Box, target: Box) -> tuple[tuple[float, float], ...]:
    """The curve between two boxes: across to another column, or out to the right and back within one."""
    forwards = source.column <= target.column
    start = source.x + source.width if forwards else source.x
    end = target.x if source.column < target.column else target.x + target.width
    if source.column == target.column:
        pull = min(GAP * 0.9, 24 + abs(source.middle - target.middle) / 4)
        first, second = start + pull, end + pull
    else:
        pull = abs(end - start) / 2
        first, second = (start + pull, end - pull) if forwards else (start - pull, end + pull)
    return (start, source.middle), (first, source.middle), (second, target.middle), (end, target.middle)


def measure_text(text: str) -> float:
    """About how wide a text is, in pixels, in a usual font of `FONT_SIZE`.

    >>> measure_text("Python") < measure_text("PYTHON") < measure_text("PYTHON 3")
    True
    """
    return FONT_SIZE * sum(map(_sign_width, text))


def _sign_width(sign: str) -> float:
    if sign in _WIDTHS:
        return _WIDTHS[sign]
    if unicodedata.east_asian_width(sign) in "WF":
        return _FULL
    return _CAPITAL if sign.isupper() else _USUAL


def cut(text: str, width: float) -> str:
    """As much of a text as fits into a width, as one line.

    >>> cut("Machine learning engineer", 100)
    'Machine learni…'
    """
    line = " ".join(text.split())
    if measure_text(line) <= width:
        return line
    while line and measure_text(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"
