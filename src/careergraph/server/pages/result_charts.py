"""The answer to a query as bars, where its columns hold ranges or amounts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from careergraph.model.records import Record
from careergraph.render.html.pay_chart import Tick, find_ticks
from careergraph.server.pages.results import Cell
from careergraph.server.pages.words import NO_AMOUNTS

#: What columns are called that hold the two ends of a range, what it is counted in, and whether it goes on.
LOW, HIGH = ("low", "lowest", "minimum", "min"), ("high", "highest", "maximum", "max")
UNIT, OPEN = ("currency", "unit"), "open_ended"
#: So many bars can be looked at.
MOST_BARS = 40

Row = Sequence[Cell | None]


class RangeBar(Record):
    """One row as a bar: where it begins and how wide it is, in percent of the scale's width."""

    label: str
    words: str
    start: float
    width: float


class BarGroup(Record):
    """The bars of one unit, which share a scale."""

    unit: str
    ticks: tuple[Tick, ...]
    bars: tuple[RangeBar, ...]


def find_bars(columns: Sequence[str], rows: Sequence[Row]) -> tuple[BarGroup, ...]:
    """The rows as bars: from the low to the high end of a range, or else from nought to an amount.

    Args:
        columns: what the columns are called.
        rows: the cells; those beyond the first forty that can be drawn are left out.

    Returns:
        A group for each unit; none where no column holds figures, or fewer than two rows do.

    >>> rows = [[Cell("A", None, False, None), Cell("2", None, False, None)] for _ in range(2)]
    >>> [(bar.words, bar.width) for bar in find_bars(["what", "claims"], rows)[0].bars]
    [('2', 100.0), ('2', 100.0)]
    """
    low, high = _column(columns, LOW), _column(columns, HIGH)
    amount = None if low is not None or high is not None else _find_amounts(columns, rows)
    if low is None and high is None and amount is None:
        return ()
    ends = (lambda row: (0.0, _figure(row, amount))) if amount is not None else _range_of(low, high)
    unit, name = _column(columns, UNIT), _find_names(columns, rows, {low, high, amount})
    drawn: dict[str, list[tuple[str, str, float, float]]] = {}
    for row in rows:
        start, end = ends(row)
        if end is not None and start is not None and 0 <= start <= end and sum(map(len, drawn.values())) < MOST_BARS:
            words = _in_words(columns, row, None if amount is not None else start, end)
            drawn.setdefault(_text(row, unit), []).append((_text(row, name), words, start, end))
    found = tuple(_group(unit, bars) for unit, bars in drawn.items())
    return found if sum(len(group.bars) for group in found) > 1 else ()


def _range_of(low: int | None, high: int | None) -> Callable[[Row], tuple[float | None, float | None]]:
    def ends(row: Row) -> tuple[float | None, float | None]:
        known = [figure for figure in (_figure(row, low), _figure(row, high)) if figure is not None]
        return (min(known), max(known)) if known else (None, None)

    return ends


def _group(unit: str, bars: Sequence[tuple[str, str, float, float]]) -> BarGroup:
    top, ticks = find_ticks(math.ceil(max(end for *_, end in bars)) or 1)
    placed = (
        RangeBar(label, words, round(100 * start / top, 2), round(100 * (end - start) / top, 2))
        for label, words, start, end in bars
    )
    return BarGroup(unit, ticks, tuple(placed))


def _column(columns: Sequence[str], names: Iterable[str]) -> int | None:
    return next((columns.index(name) for name in names if name in columns), None)


def _find_amounts(columns: Sequence[str], rows: Sequence[Row]) -> int | None:
    """The first column that holds nothing but numbers, and counts something."""
    return next(
        (
            at
            for at, name in enumerate(columns)
            if name not in NO_AMOUNTS and rows and all(_figure(row, at) is not None for row in rows)
        ),
        None,
    )


def _find_names(columns: Sequence[str], rows: Sequence[Row], taken: set[int | None]) -> int | None:
    """The first column of words that are not the same in all rows; else the first of words."""
    free = (at for at in range(len(columns)) if at not in taken and columns[at] not in (*UNIT, OPEN))
    worded = [at for at in free if any(_text(row, at) and _figure(row, at) is None for row in rows)]
    telling = (at for at in worded if len({_text(row, at) for row in rows}) > 1)
    return next(telling, next(iter(worded), None))


def _text(row: Row, at: int | None) -> str:
    cell = row[at] if at is not None else None
    if cell is None:
        return ""
    return cell.hint if cell.href and not cell.outside and cell.hint else cell.text


def _figure(row: Row, at: int | None) -> float | None:
    cell = row[at] if at is not None else None
    try:
        found = float(cell.text) if cell and cell.href is None else math.nan
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _in_words(columns: Sequence[str], row: Row, start: float | None, end: float) -> str:
    unit = _text(row, _column(columns, UNIT))
    goes_on = OPEN in columns and _text(row, columns.index(OPEN)) == "true"
    figures = f"{end:,g}" if start is None or start == end else f"{start:,g}–{end:,g}"
    return f"{unit} {figures}{'+' if goes_on else ''}".strip()
