"""Where the stations of a career map stand: in columns from left to right, in lanes from top to bottom.

NetworkX gives the columns (`career_map`). Lanes are given by the data, so an order from a library that knows none would
be of no use; within a lane, stations stand in the order of the means of their neighbours, which keeps lines from
crossing: Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures" (1981).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import fmean
from typing import NamedTuple

from careergraph.model.records import Record
from careergraph.render.map.career_map import CareerMap, Line, Station
from careergraph.render.map.labels import wrap_label

#: Pixels: the picture's width, the middles of the first and of the last column, a station's height, a lane's head.
WIDTH, FIRST, LAST = 1100, 274, 834
PITCH, HEAD, FOOT, GAP = 21, 14, 8, 7
#: Above the first lane: what the columns are called.
TOP = 28
#: How far apart the stations of a column may stand at most, in heights of a station.
LOOSEST = 1.7
#: How many heights a station beside its label needs, one below it, each further line of a label, a line that passes.
BESIDE, BELOW, FURTHER, PASSING = 1.0, 1.5, 0.67, 0.6
#: How many heights below a station are its own, where its label stands above it.
OWN = 0.45
#: How often the order of the stations is improved.
ROUNDS = 8


class Room(NamedTuple):
    """How many heights of a station something takes, and how far down in them it stands."""

    height: float
    place: float


_PASSED = Room(PASSING, PASSING / 2)

#: A place in a column of a lane: a station, or where a line of the lane passes by.
Slot = str


class Band(Record):
    """A lane as it is drawn."""

    label: str
    y: float
    height: float


class StationPlace(Record):
    """A station with the pixels that it stands at."""

    station: Station
    x: float
    y: float


class Track(Record):
    """A line with the places that it passes, from its first station to its last."""

    line: Line
    points: tuple[tuple[float, float], ...]


class Layout(Record):
    """A map with all its places, in pixels to the right and down."""

    width: int
    height: float
    columns: tuple[float, ...]
    bands: tuple[Band, ...]
    stations: tuple[StationPlace, ...]
    tracks: tuple[Track, ...]


def lay_out(found: CareerMap) -> Layout:
    """Places for the stations of a map, the same on every run.

    Notes:
        Linear in the number of stations and lines for each of eight rounds.

    >>> lay_out(CareerMap((), (), (), 1)).stations
    ()
    """
    columns = _column_places(found.columns)
    slots = _slots(found)
    rooms = _rooms(found, columns)
    bands = tuple(_bands(found, slots, rooms))
    heights = _order(slots, bands, rooms, _neighbours(found, slots))
    placed = tuple(StationPlace(item, columns[item.column], heights[item.ref.id]) for item in found.stations)
    tracks = tuple(_track(line, found, columns, heights) for line in found.lines)
    bottom = bands[-1].y + bands[-1].height if bands else TOP
    return Layout(WIDTH, bottom + 4, columns, bands, placed, tracks)


def _track(line: Line, found: CareerMap, columns: Sequence[float], heights: Mapping[Slot, float]) -> Track:
    at = {item.ref.id: item.column for item in found.stations}
    first, last = at[line.origin], at[line.destination]
    passed = (column for column in range(first + 1, last) if _name(line, column) in heights)
    through = [(columns[column], heights[_name(line, column)]) for column in passed]
    ends = [(columns[column], heights[end]) for column, end in ((first, line.origin), (last, line.destination))]
    return Track(line, (ends[0], *through, ends[1]))


def _column_places(count: int) -> tuple[float, ...]:
    step = (LAST - FIRST) / max(1, count - 1)
    return tuple(round(FIRST + step * column, 1) for column in range(count))


#: Lane and column → what stands there.
Slots = dict[tuple[str, int], list[Slot]]


def _slots(found: CareerMap) -> Slots:
    slots: Slots = {(lane, column): [] for lane in found.lanes for column in range(found.columns)}
    for item in found.stations:
        slots[item.lane, item.column].append(item.ref.id)
    for column, line in _passing(found, slots):
        # In the middle, where it stays if what stands there has the same neighbours.
        slots[column].insert(len(slots[column]) // 2, _name(line, column[1]))
    return slots


def _passing(found: CareerMap, slots: Slots) -> list[tuple[tuple[str, int], Line]]:
    """Where lines that stay in their lane pass stations by: nothing else may stand there."""
    at = {item.ref.id: item for item in found.stations}
    return [
        ((at[line.origin].lane, column), line)
        for line in found.lines
        if at[line.origin].lane == at[line.destination].lane
        for column in range(at[line.origin].column + 1, at[line.destination].column)
        if slots[at[line.origin].lane, column]
    ]


def _name(line: Line, column: int) -> Slot:
    return f"{line.origin} {line.destination} {column}"


def _rooms(found: CareerMap, columns: Sequence[float]) -> dict[Slot, Room]:
    """Station → its room: between the columns at the sides, labels stand above their stations."""
    sides, pitch = (0, found.columns - 1), column_pitch(columns)
    rooms = {}
    for item in found.stations:
        further = FURTHER * (len(wrap_label(item.ref.label, item.column, found.columns, pitch)) - 1)
        beside, below = BESIDE + further, BELOW + further
        rooms[item.ref.id] = Room(beside, beside / 2) if item.column in sides else Room(below, below - OWN)
    return rooms


def column_pitch(columns: Sequence[float]) -> float:
    """How far columns are apart, in pixels; the whole picture if there is one only."""
    return columns[1] - columns[0] if len(columns) > 1 else WIDTH


def _bands(found: CareerMap, slots: Slots, rooms: Mapping[Slot, Room]) -> Iterator[Band]:
    y = float(TOP)
    for lane in found.lanes:
        rows = max(_rows(slots[lane, column], rooms) for column in range(found.columns))
        height = HEAD + FOOT + PITCH * max(rows, 1.5)
        yield Band(lane, y, height)
        y += height + GAP


def _rows(column: Iterable[Slot], rooms: Mapping[Slot, Room]) -> float:
    return sum(rooms.get(slot, _PASSED).height for slot in column)


def _neighbours(found: CareerMap, slots: Slots) -> Mapping[Slot, list[Slot]]:
    beside: dict[Slot, list[Slot]] = {slot: [] for column in slots.values() for slot in column}
    for line in found.lines:
        passed = [name for column in range(found.columns) if (name := _name(line, column)) in beside]
        for one, other in pairwise((line.origin, *passed, line.destination)):
            beside[one].append(other)
            beside[other].append(one)
    return beside


def _order(
    slots: Slots, bands: Sequence[Band], rooms: Mapping[Slot, Room], neighbours: Mapping[Slot, list[Slot]]
) -> dict[Slot, float]:
    """Slot → its height in the picture, after rounds of moving each towards the mean of its neighbours."""
    lanes = {band.label: band for band in bands}
    heights: dict[Slot, float] = {}
    for (lane, _), column in slots.items():
        heights.update(_spread(column, lanes[lane], rooms))
    for _ in range(ROUNDS):
        for (lane, _), column in slots.items():
            column.sort(key=lambda slot: fmean([heights[other] for other in neighbours[slot]] or [heights[slot]]))
            heights.update(_spread(column, lanes[lane], rooms))
    return heights


def _spread(column: Sequence[Slot], band: Band, rooms: Mapping[Slot, Room]) -> Iterator[tuple[Slot, float]]:
    """Slots about the middle of their lane, each with the room that it needs."""
    height, rows = band.height - HEAD - FOOT, _rows(column, rooms)
    pitch = min(height / max(1, rows), LOOSEST * PITCH)
    y = band.y + HEAD + (height - pitch * rows) / 2
    for slot in column:
        room = rooms.get(slot, _PASSED)
        yield slot, round(y + pitch * room.place, 1)
        y += pitch * room.height
