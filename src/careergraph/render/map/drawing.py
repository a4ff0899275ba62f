"""The career map as a picture: curves and labels for its lines and stations, and the page parts that show them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from textwrap import shorten

from markupsafe import Markup

from careergraph.model.records import Record, Ref
from careergraph.render.assets import load_templates
from careergraph.render.map.career_map import COLUMNS, CareerMap, Line
from careergraph.render.map.labels import LONGEST_BOLD, wrap_label
from careergraph.render.map.layout import FIRST, Band, Layout, StationPlace, column_pitch, lay_out

#: The width of a line in pixels: of the hardest move, and what the easiest has more.
THINNEST, MORE = 1.0, 6.0
#: Distance of a label from the middle of its station, in pixels.
ASIDE, ABOVE = 13, 11
#: How far a line bends out that stays in its column.
BOW = 40
#: How far the lines of a label are apart, in pixels.
LEADING = 14
#: How far down a start stands that is not on the map: beside what the columns are called.
GUEST = 16


class Curve(Record):
    """A line of the map as a path of SVG, with its width in pixels."""

    line: Line
    path: str
    width: float


class Sign(Record):
    """A station with the lines of its label; where the first of them stands, and which of its ends; the lane, from 1.

    `on` if a drawn route passes it, `end` if one starts or ends there.
    """

    ref: Ref
    lines: tuple[str, ...]
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str
    starts: bool
    lane: int
    on: bool
    end: bool


class Heading(Record):
    """What a column is called."""

    x: float
    text: str


class Drawing(Record):
    """All that the picture of a map shows, from back to front, and the map itself for the nested lists.

    `drawn` are the steps of a route, which lie over everything; `guest` is where it starts, if that is not on the map.
    """

    width: int
    height: float
    bands: tuple[Band, ...]
    headings: tuple[Heading, ...]
    curves: tuple[Curve, ...]
    drawn: tuple[Curve, ...]
    guest: Sign | None
    signs: tuple[Sign, ...]
    shown: CareerMap


def draw(found: CareerMap, route: Sequence[Line] = (), start: Ref | None = None) -> Drawing:
    """The picture of a map, the same on every run.

    Args:
        found: the map.
        route: the steps of a route to draw over it; those that leave the map are left out.
        start: where the route starts: if that is not on the map, it stands above the first column.

    >>> draw(CareerMap((), (), (), 1)).curves
    ()
    """
    layout = lay_out(found)
    guest = _guest(found, route, start)
    passed = dict.fromkeys(end for line in route for end in (line.origin, line.destination))
    ends = {start.id} if start else set()
    if all(one.destination == other.origin for one, other in pairwise(route)):
        ends |= {line.origin for line in route[:1]} | {line.destination for line in route[-1:]}
    curves = (Curve(track.line, draw_path(track.points), measure_width(track.line.ease)) for track in layout.tracks)
    lanes = {lane: number for number, lane in enumerate(found.lanes, 1)}
    return Drawing(
        width=layout.width,
        height=layout.height,
        bands=layout.bands,
        headings=tuple(_headings(layout)),
        # What is computed, and what is hard, lies behind what sources call easy.
        curves=tuple(sorted(curves, key=lambda curve: (curve.line.sourced, curve.line.ease))),
        drawn=tuple(_draw_route(route, layout, guest)),
        guest=guest,
        signs=tuple(
            _sign(placed, layout.columns, lanes[placed.station.lane], passed, ends) for placed in layout.stations
        ),
        shown=found,
    )


def map_part(
    found: CareerMap,
    link: Callable[[Ref], str],
    known_by: Callable[[Ref], str],
    route: Sequence[Line] = (),
    start: Ref | None = None,
) -> Markup:
    """The map as a part of a page: a picture whose stations are links, and the same as nested lists.

    Args:
        found: the map.
        link: the address that a station leads to.
        known_by: the name by which a script knows a station.
        route: as for `draw`.
        start: as for `draw`.
    """
    refs = {station.ref.id: station.ref for station in found.stations}
    names = {iri: known_by(ref) for iri, ref in refs.items()}
    template = load_templates().get_template("map/map.html")  # which escapes what it is filled with
    return Markup(template.render(drawing=draw(found, route, start), link=link, refs=refs, known_by_id=names))


def measure_width(ease: float) -> float:
    """How wide a line is, in pixels: the easier, the wider.

    >>> measure_width(0.0), measure_width(1.0)
    (1.0, 7.0)
    """
    return round(THINNEST + MORE * ease**2, 1)


def draw_path(points: Sequence[tuple[float, float]]) -> str:
    """A path of SVG that leaves, passes and arrives level; within a column, a bow to the right.

    >>> draw_path([(0, 0), (100, 50)])
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


def _guest(found: CareerMap, route: Sequence[Line], start: Ref | None) -> Sign | None:
    """The sign of where a route starts, if that is not on the map."""
    if start is None or not route or any(station.ref.id == start.id for station in found.stations):
        return None
    return Sign(
        start,
        (shorten(start.label, LONGEST_BOLD, placeholder=" …"),),
        FIRST,
        GUEST,
        FIRST - ASIDE,
        GUEST + 4,
        "end",
        True,
        0,
        True,
        True,
    )


def _draw_route(route: Sequence[Line], layout: Layout, guest: Sign | None) -> Iterator[Curve]:
    """The steps of a route as curves: along the lines of the map, where it has them."""
    at = {placed.station.ref.id: (placed.x, placed.y) for placed in layout.stations}
    if guest:
        at[guest.ref.id] = guest.x, guest.y
    tracks = {(track.line.origin, track.line.destination): track.points for track in layout.tracks}
    for line in route:
        if line.origin in at and line.destination in at:
            points = tracks.get((line.origin, line.destination)) or (at[line.origin], at[line.destination])
            yield Curve(line, draw_path(points), max(2.0, measure_width(line.ease)))


def _sign(
    placed: StationPlace, columns: Sequence[float], lane: int, passed: Collection[str], ends: Collection[str]
) -> Sign:
    station, x, y, last = placed.station, placed.x, placed.y, len(columns) - 1
    lines = wrap_label(station.ref.label, station.column, len(columns), column_pitch(columns))
    down = LEADING * (len(lines) - 1)
    sides = {0: (x - ASIDE, y + 4 - down / 2, "end"), last: (x + ASIDE, y + 4 - down / 2, "start")}
    text_x, text_y, anchor = sides.get(station.column, (x, y - ABOVE - down, "middle"))
    return Sign(
        ref=station.ref,
        lines=lines,
        x=x,
        y=y,
        text_x=text_x,
        text_y=text_y,
        anchor=anchor,
        starts=station.column == 0,
        lane=lane,
        on=station.ref.id in passed,
        end=station.ref.id in ends,
    )
