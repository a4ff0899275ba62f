"""The answer to a query as lines on the career map, where its rows tell of moves between stations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from careergraph.catalogue.catalogue import Catalogue
from careergraph.render.map.career_map import Line, draw_career_map
from careergraph.render.map.drawing import map_part
from careergraph.server.pages.results import AnswerRows, Cell
from careergraph.server.urls import link

#: What columns, and parameters of saved queries, are called that hold where a move starts, and where it leads.
STARTS = ("from", "origin", "as_a", "position", "subject")
ENDS = ("to", "destination", "reached", "object", "role")
#: What statements about a move call its two ends.
ORIGIN, DESTINATION = "cg:origin", "cg:destination"
#: The column that says how easy a move is, between 0 and 1; and what stands for that where there is none.
EASE, USUAL = "weight", 0.4

Row = Sequence[Cell | None]


def find_moves(catalogue: Catalogue, found: AnswerRows, given: Mapping[str, str]) -> Markup:
    """The map with a line for each row that names two of its stations.

    Args:
        catalogue: where the map and the labels are.
        found: the answer.
        given: the parameters of a saved query by name, for the end of a move that no column holds.

    Returns:
        The part of a page; empty where no row tells of a move.
    """
    lines = move_lines(catalogue, found, given)
    return map_part(draw_career_map(catalogue), link, lambda ref: ref.label, lines) if lines else Markup()


def move_lines(catalogue: Catalogue, found: AnswerRows, given: Mapping[str, str]) -> list[Line]:
    """The moves between stations of the map that the rows of an answer tell of: see `find_moves`."""
    stations = draw_career_map(catalogue).stations
    known = {name: item.ref.id for item in stations for name in (item.ref.id, item.ref.label.casefold())}
    return list(dict.fromkeys(_lines(found, given, known)))


def _lines(found: AnswerRows, given: Mapping[str, str], known: Mapping[str, str]) -> Iterator[Line]:
    if found.graph is not None:
        yield from _stated_lines(found.rows, known)
    columns = found.columns
    ease = columns.index(EASE) if EASE in columns else None
    for row in found.rows:
        start, end = (_station(columns, row, given, known, names) for names in (STARTS, ENDS))
        if start and end and start != end:
            yield Line(start, end, _ease(row, ease), True, None)


def _stated_lines(statements: Sequence[Row], known: Mapping[str, str]) -> Iterator[Line]:
    """The moves that statements about claims tell of: each has an origin and a destination."""
    ends: dict[str, dict[str, str]] = {}
    for claim, property_, value in statements:
        if claim and property_ and value and property_.hint in (ORIGIN, DESTINATION):
            station = known.get(value.text.casefold())
            ends.setdefault(claim.href or claim.text, {}).update({property_.hint: station} if station else {})
    for move in ends.values():
        if len(move) == 2:
            yield Line(move[ORIGIN], move[DESTINATION], USUAL, True, None)


def _station(
    columns: Sequence[str], row: Row, given: Mapping[str, str], known: Mapping[str, str], names: Sequence[str]
) -> str | None:
    """The station that a row, or else a parameter, names under one of these names."""
    column = next((name for name in names if name in columns), None)
    if column is None:
        return next((known[text] for name in names if (text := given.get(name, "").casefold()) in known), None)
    cell = row[columns.index(column)]
    texts = (cell.text, cell.hint or "") if cell else ()
    return next((known[name] for text in texts for name in (text, text.casefold()) if name in known), None)


def _ease(row: Row, at: int | None) -> float:
    cell = row[at] if at is not None else None
    try:
        return min(1.0, max(0.0, float(cell.text))) if cell else USUAL
    except ValueError:
        return USUAL
