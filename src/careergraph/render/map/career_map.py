"""What stands on the career map: positions by lane and column, and the moves that join them, read from the data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Record, Ref
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.standards import SCHEMA
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.moves import Move, Moves

#: What the columns are called: the first, those between, the last.
COLUMNS = ("where people start", "stepping stones", "where they go")
#: The lane of all stations where no data says which one they belong into.
ONE_LANE = "All moves"
#: Stands before all roles, so that none is among the starts.
_BEFORE_ALL = ""
#: How many stations a map has at most that no editor has put into lanes; those with most moves count.
MOST_STATIONS = 40


class Station(Record):
    """A position on the map; `column` counts from 0, where people start."""

    ref: Ref
    lane: str
    column: int


class Line(Record):
    """A move between two stations, by IRI. `ease` lies in (0, 1]; `words` are the source's, for how easy it is.

    `sourced` if a source names the move; else it is computed.
    """

    origin: str
    destination: str
    ease: float
    sourced: bool
    words: str | None


class CareerMap(Record):
    """Stations in lanes, and the lines between them; `columns` is how many there are."""

    lanes: tuple[str, ...]
    stations: tuple[Station, ...]
    lines: tuple[Line, ...]
    columns: int

    def leaving(self, station: str) -> tuple[Line, ...]:
        """The lines that start at a station, the easiest first."""
        found = (line for line in self.lines if line.origin == station)
        return tuple(sorted(found, key=lambda line: (-line.ease, line.destination)))


def draw_career_map(catalogue: Catalogue) -> CareerMap:
    """The map that the editors lay out: the positions they put into lanes, with the moves that sources name.

    A role that no source leads to gets the computed move that costs least. Where nobody has put any position into a
    lane, the map has one lane, of the positions with most moves.

    Args:
        catalogue: where the positions and the moves are.

    >>> found = draw_career_map(Catalogue.load("bundled"))
    >>> found.lanes
    ('Policy and ethics', 'Product', 'Engineering', 'Research and safety')
    >>> [line.words for line in found.lines if line.origin.endswith("/software-product-manager")]
    ['most common']
    """
    return catalogue.once(_career_map)


def _career_map(catalogue: Catalogue) -> CareerMap:
    lanes = _lanes(catalogue) or _one_lane(catalogue)
    lines = tuple(_lines(catalogue, lanes))
    columns = _columns(catalogue, lanes, lines)
    stations = tuple(Station(catalogue.ref(iri), lane, columns[iri]) for iri, lane in lanes.items())
    return CareerMap(tuple(dict.fromkeys(lanes.values())), stations, lines, 1 + max(columns.values(), default=0))


def _lanes(catalogue: Catalogue) -> dict[str, str]:
    """Position → the label of its lane, from the first lane to the last."""
    found = [(iri, catalogue.value(iri, CG.lane)) for iri in _positions(catalogue)]
    placed = [(catalogue.integer(lane, SCHEMA.position) or 0, lane, iri) for iri, lane in found if lane]
    return {iri: catalogue.label(lane) for _, lane, iri in sorted(placed)}


def _one_lane(catalogue: Catalogue) -> dict[str, str]:
    ends = [end for claim in catalogue.by_kind.get("transition", ()) for end in _ends(catalogue, claim)]
    busiest = sorted(dict.fromkeys(ends), key=lambda iri: (-ends.count(iri), iri))[:MOST_STATIONS]
    return dict.fromkeys(sorted(busiest), ONE_LANE)


def _ends(catalogue: Catalogue, claim: str) -> tuple[str, ...]:
    return tuple(filter(None, (catalogue.value(claim, CG.origin), catalogue.value(claim, CG.destination))))


def _positions(catalogue: Catalogue) -> Iterator[str]:
    # Positions that were imported are in no lane: what is on disk need not be read for that.
    return (iri for kind in POSITIONS for iri in catalogue.in_memory.get(kind, ()))


def _lines(catalogue: Catalogue, stations: Mapping[str, str]) -> Iterator[Line]:
    named = [_line(catalogue, move) for move in _moves(catalogue, stations, derived=False) if _is_near(catalogue, move)]
    yield from named
    ends = {end for line in named for end in (line.origin, line.destination)}
    yield from _computed_lines(catalogue, stations, [iri for iri in stations if iri not in ends])


def _moves(catalogue: Catalogue, stations: Iterable[str], *, derived: bool) -> list[Move]:
    moves, among = Moves(catalogue, derived=derived), set(stations)
    return [move for iri in stations for move in moves.leaving(iri) if move.destination in among]


def _is_near(catalogue: Catalogue, move: Move) -> bool:
    """Whether a source says the move of its origin itself, or else of the next broader position that it says any of."""
    nearest = next(filter(None, (_statements_about(catalogue, node) for node in catalogue.lineage(move.origin))), ())
    return not set(nearest).isdisjoint(move.claims)


def _statements_about(catalogue: Catalogue, position: str) -> tuple[str, ...]:
    return tuple(catalogue.pointing(CG.origin, position, "transition"))


def _line(catalogue: Catalogue, move: Move) -> Line:
    term = catalogue.value(move.claims[0], CG.ease) if move.claims else None
    return Line(move.origin, move.destination, move.ease, bool(move.claims), catalogue.label(term) if term else None)


def _computed_lines(catalogue: Catalogue, stations: Mapping[str, str], lonely: Sequence[str]) -> Iterator[Line]:
    moves = _moves(catalogue, stations, derived=True) if lonely else []
    for role in lonely:
        arriving = [move for move in moves if move.destination == role and catalogue.kind(move.origin) == "role"]
        if arriving:
            yield _line(catalogue, min(arriving, key=lambda move: (move.cost, move.origin)))


def _columns(catalogue: Catalogue, stations: Iterable[str], lines: Iterable[Line]) -> dict[str, int]:
    """Station → its column: backgrounds first, roles that nothing leaves last, the others by their longest way."""
    leads_to: dict[str, set[str]] = {iri: set() for iri in stations}
    for line in lines:
        leads_to[line.origin].add(line.destination)
    roles = {iri for iri in leads_to if catalogue.kind(iri) != "background"}
    layers = _find_layers({_BEFORE_ALL: roles, **leads_to})
    between = {node: layers[node] for node in roles if leads_to[node]}
    last = 1 + max(between.values(), default=0)
    return {iri: between.get(iri, last) if iri in roles else 0 for iri in leads_to}


def _find_layers(leads_to: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Node → how many moves the longest way to it has; what leads round in a circle shares a layer.

    Written out for some dozens of nodes, as networkx is a tenth of what a server takes of memory.

    >>> _find_layers({"a": ["b"], "b": ["c"], "c": ["b", "d"], "d": []})
    {'a': 0, 'b': 1, 'c': 1, 'd': 2}
    """
    beyond = {node: _reach(leads_to, node) for node in leads_to}
    circles = {node: frozenset((node, *(other for other in beyond[node] if node in beyond[other]))) for node in beyond}
    before: dict[frozenset[str], set[frozenset[str]]] = {circle: set() for circle in circles.values()}
    for node, others in leads_to.items():
        for other in others:
            if circles[other] != circles[node]:
                before[circles[other]].add(circles[node])
    layers: dict[frozenset[str], int] = {}
    for circle in TopologicalSorter(before).static_order():
        layers[circle] = max((layers[earlier] + 1 for earlier in before[circle]), default=0)
    return {node: layers[circles[node]] for node in leads_to}


def _reach(leads_to: Mapping[str, Collection[str]], start: str) -> set[str]:
    found, ahead = set[str](), [start]
    while ahead:
        new = [node for node in leads_to[ahead.pop()] if node not in found]
        found.update(new)
        ahead += new
    return found
