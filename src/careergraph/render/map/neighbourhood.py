"""A map of where somebody can get to, for stops that the editors' map does not have: grouped by family."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Ref
from careergraph.render.map.career_map import CareerMap, Line, Station
from careergraph.render.map.families import find_family
from careergraph.transitions.route_steps import Route, RouteStep

#: So many stations can be read at a glance; the nearest count.
MOST = 15
#: Steps of routes by their two ends.
Steps = dict[tuple[str, str], RouteStep]


def draw_neighbourhood(catalogue: Catalogue, ways: Iterable[Route]) -> CareerMap:
    """A map of the stops of routes from one place, which stands first; columns are steps, lanes are families.

    Args:
        catalogue: where the families are: lanes of the editors, groups of occupations.
        ways: the routes, the nearest first; those that would bring more than fifteen stations are left out.

    >>> draw_neighbourhood(Catalogue({}), [])
    CareerMap(lanes=(), stations=(), lines=(), columns=1)
    """
    columns: dict[Ref, int] = {}
    steps: Steps = {}
    for way in ways:
        stops = [way.steps[0].origin, *(step.destination for step in way.steps)]
        if len({*columns, *stops}) <= MOST:
            for column, stop in enumerate(stops):
                columns[stop] = max(column, columns.get(stop, 0))
            steps |= {(step.origin.id, step.destination.id): step for step in way.steps}
    stations = [Station(ref, find_family(catalogue, ref.id), column) for ref, column in columns.items()]
    return _in_lanes(stations, tuple(_line(step) for step in steps.values()))


def _in_lanes(stations: Sequence[Station], lines: tuple[Line, ...]) -> CareerMap:
    """The stations, lane by lane: that of the start first, the others by how near they come."""
    lanes = tuple(dict.fromkeys(station.lane for station in stations))
    ordered = sorted(stations, key=lambda station: lanes.index(station.lane))
    return CareerMap(lanes, tuple(ordered), lines, 1 + max((item.column for item in stations), default=0))


def _line(step: RouteStep) -> Line:
    words = step.transitions[0].ease if step.transitions else None
    return Line(step.origin.id, step.destination.id, step.feasibility, step.basis == "asserted", words)


def covers(shown: CareerMap, ways: Iterable[Route]) -> bool:
    """Whether a map has all stops of some routes, but for where they start."""
    known = {station.ref.id for station in shown.stations}
    return all(step.destination.id in known for way in ways for step in way.steps)
