"""A picture in small of what a saved question answers: bars, moves on the map, a graph, a verdict, or rows.

They show the answers on the bundled data. `scripts/make_question_pictures.py` draws them, so that no page has to ask
all questions before it can show them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache

from markupsafe import Markup

from careergraph.render.assets import FOLDER
from careergraph.render.map.career_map import CareerMap, Line
from careergraph.render.map.drawing import draw_path
from careergraph.render.map.layout import lay_out
from careergraph.server.pages.result_charts import BarGroup
from careergraph.server.pages.results import AnswerRows

FILE = FOLDER / "question-pictures.json"
#: Pixels: how wide and high a picture is.
WIDTH, HEIGHT = 120, 60
#: So many bars, rows, columns and nodes can be told apart.
MOST_BARS, MOST_ROWS, MOST_COLUMNS, MOST_NODES = 7, 6, 4, 14
#: A text of so many characters fills its column.
_FULL = 24


@cache
def draw_question_pictures() -> Mapping[str, Markup]:
    """The picture of each saved question by its name, as SVG.

    >>> draw_question_pictures()["pay-of-role"][:4]
    Markup('<svg')
    """
    found: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: Markup(text) for name, text in found.items()}  # which a script of ours has written


def draw_picture(answer: AnswerRows, bars: Sequence[BarGroup], shown: CareerMap, moves: Sequence[Line]) -> str:
    """An answer in small, as SVG.

    Args:
        answer: the answer.
        bars: the same as bars, if its columns allow that.
        shown: the map of moves.
        moves: the answer as lines between its stations, if it has some.
    """
    drawn = (
        _verdict(answer.verdict)
        if answer.verdict is not None
        else _moves(shown, moves)
        if moves
        else _bars(bars[0])
        if bars
        else _graph(answer)
        if answer.graph is not None
        else _table(answer)
    )
    return f'<svg class="picture" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">{drawn}</svg>'


def _verdict(said: bool) -> str:
    return f'<path class="stroke" d="{"M40 32l14 14l26-32" if said else "M44 14l32 32m0-32l-32 32"}"/>'


def _bars(group: BarGroup) -> str:
    shown = group.bars[:MOST_BARS]
    pitch = HEIGHT / max(len(shown), 4)
    return "".join(
        f'<rect class="full" x="{_at(bar.start)}" y="{round(at * pitch + 2, 1)}" '
        f'width="{max(1.0, _at(bar.width))}" height="{round(pitch - 3, 1)}"/>'
        for at, bar in enumerate(shown)
    )


def _at(percent: float) -> float:
    return round(percent * WIDTH / 100, 1)


def _moves(shown: CareerMap, moves: Sequence[Line]) -> str:
    placed = lay_out(shown)
    scale = min(WIDTH / placed.width, HEIGHT / placed.height)
    at = {item.station.ref.id: (round(item.x * scale, 1), round(item.y * scale, 1)) for item in placed.stations}
    lines = "".join(f'<path class="thin" d="{draw_path([at[one.origin], at[one.destination]])}"/>' for one in moves)
    ends = {end for line in moves for end in (line.origin, line.destination)}
    stops = "".join(
        f'<circle class="{"full" if iri in ends else "faint"}" cx="{x}" cy="{y}" r="1.6"/>'
        for iri, (x, y) in at.items()
    )
    return lines + stops


def _graph(answer: AnswerRows) -> str:
    graph = answer.graph or {"nodes": [], "edges": []}
    nodes = graph["nodes"][:MOST_NODES]
    turn = 2 * math.pi / max(1, len(nodes))
    at = {
        node["id"]: (round(60 + 48 * math.cos(n * turn), 1), round(30 + 24 * math.sin(n * turn), 1))
        for n, node in enumerate(nodes)
    }
    edges = [edge for edge in graph["edges"] if edge["from"] in at and edge["to"] in at]
    lines = "".join(
        f'<path class="thin" d="M{at[edge["from"]][0]} {at[edge["from"]][1]}L{at[edge["to"]][0]} {at[edge["to"]][1]}"/>'
        for edge in edges
    )
    return lines + "".join(f'<circle class="full" cx="{x}" cy="{y}" r="3"/>' for x, y in at.values())


def _table(answer: AnswerRows) -> str:
    columns = min(MOST_COLUMNS, len(answer.columns)) or 1
    wide = WIDTH / columns
    cells = (
        (row, column, min(_FULL, len(cell.text)))
        for row, found in enumerate(answer.rows[:MOST_ROWS])
        for column, cell in enumerate(found[:columns])
        if cell
    )
    head = f'<rect class="faint" width="{WIDTH}" height="7"/>'
    return head + "".join(
        f'<rect class="{"full" if column == 0 else "pale"}" x="{round(column * wide + 2, 1)}" y="{11 + row * 8}" '
        f'width="{round(max(3.0, length / _FULL * (wide - 5)), 1)}" height="4"/>'
        for row, column, length in cells
    )
