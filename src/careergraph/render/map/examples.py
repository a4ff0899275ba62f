"""Ways along the career map to begin with: one from each lane, by the moves that sources call easiest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from careergraph.model.records import Record, Ref
from careergraph.render.map.career_map import CareerMap, Line


class Example(Record):
    """A way along the map.

    `stops` are its stations, `sourced` says of each step whether a source names it, and `words` are the source's for
    the first one.
    """

    stops: tuple[Ref, ...]
    sourced: tuple[bool, ...]
    words: str | None


def find_examples(found: CareerMap) -> tuple[Example, ...]:
    """A way for each lane from which one leads: it begins with the lane's easiest move, and goes on as easily.

    Args:
        found: the map.

    >>> find_examples(CareerMap((), (), (), 1))
    ()
    """
    return tuple(filter(None, (_example(found, lane) for lane in found.lanes)))


def _example(found: CareerMap, lane: str) -> Example | None:
    starts = [station.ref.id for station in found.stations if station.lane == lane and station.column == 0]
    onwards = {station.ref.id: _onwards(found, station.ref.id) for station in found.stations}
    first = max((onwards[iri][0] for iri in starts if onwards[iri]), key=lambda line: line.ease, default=None)
    if first is None:
        return None
    refs = {station.ref.id: station.ref for station in found.stations}
    way = list(_follow(first, onwards))
    stops = (refs[first.origin], *(refs[line.destination] for line in way))
    return Example(stops, tuple(line.sourced for line in way), first.words)


def _onwards(found: CareerMap, station: str) -> list[Line]:
    return [line for line in found.leaving(station) if line.sourced]


def _follow(line: Line | None, onwards: Mapping[str, list[Line]]) -> Iterator[Line]:
    """A line and those that lead on from it, each the easiest, until none does or the way comes round."""
    passed = set[str]()
    while line is not None and line.destination not in passed:
        yield line
        passed |= {line.origin, line.destination}
        line = next(iter(onwards[line.destination]), None)
