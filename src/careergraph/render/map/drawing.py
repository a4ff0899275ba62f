"""The career map as a picture: curves and labels for its lines and stations, and the page parts that show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from markupsafe import Markup

from careergraph.model.records import Record, Ref
from careergraph.render.assets import environment
from careergraph.render.map.career_map import COLUMNS, CareerMap, Line
from careergraph.render.map.layout import Band, Layout, Placed, lay_out

#: The width of a line in pixels: of the hardest move, and what the easiest has more.
THINNEST, MORE = 1.0, 6.0
#: Distance of a label from the middle of its station, in pixels.
ASIDE, ABOVE = 13, 11
#: How far a line bends out that stays in its column.
BOW = 40


class Curve(Record):
    """A line of the map as a path of SVG, with its width in pixels."""

    line: Line
    path: str
    width: float


class Sign(Record):
    """A station with its label: where the text stands, which of its ends stands there; and the lane, from 1."""

    ref: Ref
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str
    starts: bool
    lane: int


class Heading(Record):
    """What a column is called."""

    x: float
    text: str


class Drawing(Record):
    """All that the picture of a map shows, from back to front, and the map itself for the nested lists."""

    width: int
    height: float
    bands: tuple[Band, ...]
    headings: tuple[Heading, ...]
    curves: tuple[Curve, ...]
    signs: tuple[Sign, ...]
    shown: CareerMap


def draw(found: CareerMap) -> Drawing:
    """The picture of a map, the same on every run.

    >>> draw(CareerMap((), (), (), 1)).curves
    ()
    """
    layout = lay_out(found)
    curves = (Curve(track.line, path_through(track.points), width_of(track.line.ease)) for track in layout.tracks)
    lanes = {lane: number for number, lane in enumerate(found.lanes, 1)}
    return Drawing(
        width=layout.width,
        height=layout.height,
        bands=layout.bands,
        headings=tuple(_headings(layout)),
        # What is computed, and what is hard, lies behind what sources call easy.
        curves=tuple(sorted(curves, key=lambda curve: (curve.line.sourced, curve.line.ease))),
        signs=tuple(_sign(placed, found.columns, lanes[placed.station.lane]) for placed in layout.stations),
        shown=found,
    )


def map_part(found: CareerMap, link: Callable[[Ref], str], known_by: Callable[[Ref], str]) -> Markup:
    """The map as a part of a page: a picture whose stations are links, and the same as nested lists.

    Args:
        found: the map.
        link: the address that a station leads to.
        known_by: the name by which a script knows a station.
    """
    refs = {station.ref.id: station.ref for station in found.stations}
    names = {iri: known_by(ref) for iri, ref in refs.items()}
    template = environment().get_template("map/map.html")  # which escapes what it is filled with
    return Markup(template.render(drawing=draw(found), link=link, refs=refs, known_by_id=names))


def width_of(ease: float) -> float:
    """How wide a line is, in pixels: the easier, the wider.

    >>> width_of(0.0), width_of(1.0)
    (1.0, 7.0)
    """
    return round(THINNEST + MORE * ease**2, 1)


def path_through(points: Sequence[tuple[float, float]]) -> str:
    """A path of SVG that leaves, passes and arrives level; within a column, a bow to the right.

    >>> path_through([(0, 0), (100, 50)])
    'M0 0C50 0 50 50 100 50'
    """
    (x, y), *_ = points
    return f"M{x:g} {y:g}{''.join(_bend(*pair) for pair in pairwise(points))}"


def _bend(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x, y), (to_x, to_y) = start, end
    middle = (x + to_x) / 2 if x != to_x else x + BOW
    return f"C{middle:g} {y:g} {middle:g} {to_y:g} {to_x:g} {to_y:g}"


def _headings(layout: Layout) -> tuple[Heading, ...]:
    first, between, last = COLUMNS
    columns = layout.columns
    if len(columns) < 2:
        return (Heading(columns[0], first),)
    middle = (Heading((columns[1] + columns[-2]) / 2, between),) if len(columns) > 2 else ()
    return (Heading(columns[0], first), *middle, Heading(columns[-1], last))


def _sign(placed: Placed, columns: int, lane: int) -> Sign:
    station, x, y = placed.station, placed.x, placed.y
    sides = {0: (x - ASIDE, y + 4, "end"), columns - 1: (x + ASIDE, y + 4, "start")}
    return Sign(station.ref, x, y, *sides.get(station.column, (x, y - ABOVE, "middle")), station.column == 0, lane)
