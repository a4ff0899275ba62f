"""Pay lines as bars: one scale for each currency, nothing converted, and what a source does not state is said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from careergraph.model.records import Pay, Record
from careergraph.render.html.citations import Citation, list_citations, list_short_marks
from careergraph.render.text.phrases import tell_whose_pay

#: A scale is cut into at most so many parts.
_PARTS = 5


class Tick(Record):
    """A figure on a scale; `at` is its place in percent of the scale's width."""

    at: float
    label: str


class Bar(Record):
    """One pay line: where its bar stands, in percent of the scale's width, and all that is said about it.

    `figures` is None where no figure is known; then there is nothing to draw, and `words` stand for it. `unstated`
    names what the source leaves out. An end that is not known is told by `low_known` and `high_known`.
    """

    pay: Pay
    figures: str | None
    words: str
    start: float
    end: float
    width: float
    low_known: bool
    high_known: bool
    details: tuple[str, ...]
    unstated: tuple[str, ...]
    marks: tuple[str, ...]
    disputed: bool
    cited: tuple[Citation, ...]


class Scale(Record):
    """All bars of one currency; it is None where the source names none."""

    currency: str | None
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]


class PayChart(Record):
    """The pay of one role: the lines with figures by currency, and those in words alone.

    `name` is unique among the charts of one page.
    """

    name: str
    scales: tuple[Scale, ...]
    unscaled: tuple[Bar, ...]


def draw_pay_charts(
    roles: Sequence[Sequence[Pay]], name: str = "pay", nodes: Sequence[str] = ()
) -> tuple[PayChart, ...]:
    """Charts that can be compared with each other: a currency has the same scale in all of them.

    Args:
        roles: the pay lines of each role.
        name: what the charts' names begin with; another one for each call on the same page.
        nodes: the IRIs of the roles: lines of others say whose pay they are. None do if not given.

    >>> draw_pay_charts([[], []])[1].name
    'pay-2'
    """
    highest: dict[str | None, int] = {}
    for line in (line for lines in roles for line in lines):
        figures = [figure for figure in (line.low, line.high) if figure is not None]
        if figures:
            highest[line.currency] = max(*figures, highest.get(line.currency, 1))
    steps = {currency: _step(figure) for currency, figure in highest.items()}
    charts = zip_longest(roles, nodes)
    return tuple(_chart(f"{name}-{number}", lines, highest, steps, of) for number, (lines, of) in enumerate(charts, 1))


def format_figures(pay: Pay) -> str | None:
    """The figures of a line with its currency; None if it has none. What the source leaves open ends in a plus."""
    if pay.low is None and pay.high is None:
        return None
    currency = pay.currency or "currency not stated:"
    if pay.high is None:
        return f"{currency} {pay.low:,}{'+' if pay.open_ended else ', upper end not stated'}"
    plus = "+" if pay.open_ended else ""
    return (
        f"{currency} {pay.low:,}–{pay.high:,}{plus}" if pay.low is not None else f"{currency} up to {pay.high:,}{plus}"
    )


def _chart(
    name: str, lines: Sequence[Pay], highest: dict[str | None, int], steps: dict[str | None, int], node: str | None
) -> PayChart:
    bars: dict[str | None, list[Bar]] = {}
    unscaled = []
    for line in lines:
        if line.low is None and line.high is None:
            unscaled.append(_bar(line, 1, node))
        else:
            step = steps[line.currency]
            bars.setdefault(line.currency, []).append(_bar(line, _top(highest[line.currency], step), node))
    scales = (Scale(currency, _ticks(highest[currency], steps[currency]), tuple(b)) for currency, b in bars.items())
    return PayChart(name, tuple(scales), tuple(unscaled))


def _step(highest: int) -> int:
    """The least round figure that goes into the highest at most five times."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= _PARTS * factor * power:
                return factor * power
        power *= 10


def _top(highest: int, step: int) -> int:
    return -(-highest // step) * step


def find_ticks(highest: int) -> tuple[int, tuple[Tick, ...]]:
    """Where a scale ends that has room for a figure, and the round figures on it.

    >>> find_ticks(7)[0], [tick.label for tick in find_ticks(7)[1]]
    (8, ['0', '2', '4', '6', '8'])
    """
    step = _step(highest)
    return _top(highest, step), _ticks(highest, step)


def _ticks(highest: int, step: int) -> tuple[Tick, ...]:
    top = _top(highest, step)
    return tuple(Tick(_place(figure, top), _short(figure)) for figure in range(0, top + 1, step))


def _place(figure: int, top: int) -> float:
    # In whole numbers, so that no figure is too large.
    return max(0, min(10_000, 10_000 * figure // top)) / 100


def _short(figure: int) -> str:
    """A figure for a scale: `250k`, `1.5M`."""
    for unit, sign in ((1_000_000, "M"), (1_000, "k")):
        if figure >= unit:
            whole, rest = divmod(figure * 10 // unit, 10)
            return f"{whole:,}.{rest}{sign}" if rest else f"{whole:,}{sign}"
    return str(figure)


def _bar(line: Pay, top: int, node: str | None) -> Bar:
    known = [figure for figure in (line.low, line.high) if figure is not None] or [0]
    start, end = _place(min(known), top), _place(max(known), top)
    figures = format_figures(line)
    return Bar(
        pay=line,
        figures=figures,
        words=figures or line.text or "no figure",
        start=start,
        end=end,
        width=round(end - start, 2),
        low_known=line.low is not None,
        high_known=line.high is not None,
        details=_details(line, node),
        unstated=_list_unstated(line) if figures else (),
        marks=list_short_marks(line.notes),
        disputed=any(note.kind == "disagreement" for note in line.notes),
        cited=list_citations(line.evidence),
    )


def _details(line: Pay, node: str | None) -> tuple[str, ...]:
    employers = ", ".join(ref.label for ref in line.employers)
    whose = tell_whose_pay(line, node) if node else ""
    found = (
        whose and f"pay of {line.role.label}",
        line.region,
        " / ".join(line.segments),
        f"e.g. {employers}" if employers else None,
        line.seniority,
        line.basis,
        f"equity: {line.equity}" if line.equity else None,
        str(line.year) if line.year else None,
    )
    return tuple(part for part in found if part)


def _list_unstated(line: Pay) -> tuple[str, ...]:
    asked = {
        "region": line.region,
        "kind of employer": line.segments,
        "what it includes": line.basis,
        "year": line.year,
    }
    return tuple(name for name, value in asked.items() if not value)
