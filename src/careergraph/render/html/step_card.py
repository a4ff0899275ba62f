"""A step of a route as a card: what is held and missing, what to do first, how long, what it pays, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from careergraph.model.records import Evidence, Pay, Record, Ref, Transition
from careergraph.render.html.citations import Citation, CitedText, Remark, list_citations, list_remarks
from careergraph.render.html.pay_chart import Bar, Tick, draw_pay_charts
from careergraph.render.text.phrases import mark_claim, tell_grade
from careergraph.render.text.routes import find_first_thing, tell_times_chance
from careergraph.render.text.verdict import format_months, grade_after_school
from careergraph.transitions.gaps import Missing
from careergraph.transitions.route_steps import RouteStep

#: Of more things than this the bar shows the shares, not each of them.
MOST_CELLS = 30


class Cell(Record):
    """A part of the bar of skills: `state` is held, partly or missing; place and width in cells."""

    state: str
    x: float
    width: float


class SkillCounts(Record):
    """How many of the things asked for are held, partly held and missing, with the cells of a bar."""

    held: int
    partly: int
    missing: int
    cells: tuple[Cell, ...]


class PayLine(Record):
    """The first pay line with figures, its bar and scale, and how many more lines there are."""

    bar: Bar
    ticks: tuple[Tick, ...]
    more: int


class Lacking(Record):
    """Something missing: any one of the alternatives; how firmly, how far it is met (percent), who teaches it."""

    any_of: tuple[Ref, ...]
    asked: str
    met: int
    courses: tuple[Ref, ...]
    marks: str


class StepCard(Record):
    """What people want to know of a step first, and what unfolds: who says so, and everything in full.

    `sources` counts the sections of sources that something on the card rests on; `named` is how sources call the
    step, or that none does.
    """

    origin: Ref
    destination: Ref
    sourced: bool
    grade: str
    named: str
    held: int
    partly: int
    missing: int
    cells: tuple[Cell, ...]
    first: str
    time: str
    pay: PayLine | None
    minds: tuple[str, ...]
    said: tuple[CitedText, ...]
    have: tuple[Ref, ...]
    lacking: tuple[Lacking, ...]
    milestones: tuple[Ref, ...]
    pays: tuple[Bar, ...]
    remarks: tuple[Remark, ...]
    cited: tuple[Citation, ...]
    sources: int


def step_card(step: RouteStep, name: str = "card") -> StepCard:
    """The card of a step.

    Args:
        step: the step.
        name: unique among the cards of a page.
    """
    counted = count_skills(len(step.held), [item.met for item in step.missing])
    chart = draw_pay_charts([step.pay], name, [step.destination.id])[0]
    bars = tuple(bar for scale in chart.scales for bar in scale.bars) + chart.unscaled
    cited = list_citations(dict.fromkeys(_evidence(step)))
    return StepCard(
        origin=step.origin,
        destination=step.destination,
        sourced=step.basis == "asserted",
        grade=grade_after_school(step).capitalize(),
        named=_name_sources(step),
        held=counted.held,
        partly=counted.partly,
        missing=counted.missing,
        cells=counted.cells,
        first=find_first_thing(step),
        time=format_months(step.duration),
        pay=_first_pay(chart.scales[0].bars, chart.scales[0].ticks, len(bars)) if chart.scales else None,
        minds=tuple(remark.text for remark in step.remarks if remark.kind != "computed"),
        said=tuple(CitedText(_words(step, move), list_citations(move.evidence)) for move in step.transitions),
        have=step.held,
        lacking=tuple(map(_lacking, step.missing)),
        milestones=step.milestones,
        pays=bars,
        remarks=list_remarks(note for claim in _claims(step) for note in claim.notes),
        cited=cited,
        sources=sum(max(1, len(source.sections)) for source in cited),
    )


def _name_sources(step: RouteStep) -> str:
    """How sources call the step; how common it is where that is known; that it is computed."""
    common = f"; such moves are {tell_times_chance(step.lift)}" if step.lift is not None else ""
    if not step.transitions:
        return f"computed: no source names this step{common}"
    move = max(step.transitions, key=lambda move: move.ease_weight)
    source = next((item.source.label for item in move.evidence), "a source")
    words = move.ease and any(factor.name == "words" for factor in step.factors)
    if step.basis != "asserted":
        return f"computed: no source names this step; {source} calls it “{move.ease}” of others{common}"
    others = f" of {move.origin.label}" if move.origin.id != step.origin.id else ""
    if words:
        return f"“{move.ease}”, says {source}{others}{common}"
    return f"{source} {f'names the move{others}' if others else 'lists the two as related'}{common}"


def count_skills(held: int, shares: Iterable[float]) -> SkillCounts:
    """What is held, partly held and missing, in numbers and as a bar.

    Args:
        held: how many things are held.
        shares: of each other thing, how much of it is held: at least nothing, and less than all.

    >>> count_skills(2, [0.5, 0.0, 0.0]).missing
    2
    """
    met = [share > 0 for share in shares]
    counts = {"held": held, "partly": sum(met), "missing": len(met) - sum(met)}
    return SkillCounts(**counts, cells=list_skill_cells(counts))


def list_skill_cells(counts: Mapping[str, int]) -> tuple[Cell, ...]:
    """The cells of a bar: one for each thing, or one for each share where there are many.

    >>> [cell.state for cell in list_skill_cells({"held": 2, "partly": 0, "missing": 1})]
    ['held', 'held', 'missing']
    """
    x, scale, cells = 0.0, min(1.0, MOST_CELLS / max(1, sum(counts.values()))), []
    for state, count in counts.items():
        for width in [1.0] * count if scale == 1 else [round(count * scale, 2)] if count else []:
            cells.append(Cell(state, x, width))
            x = round(x + width, 2)
    return tuple(cells)


def _first_pay(bars: tuple[Bar, ...], ticks: tuple[Tick, ...], count: int) -> PayLine:
    return PayLine(bars[0], ticks, count - 1)


def _words(step: RouteStep, move: Transition) -> str:
    """What a source says of the move, of whom it says so, and under which conditions."""
    others = f"Said of {move.origin.label}." if move.origin.id != step.origin.id else ""
    conditions = (f"Condition: {condition.text.rstrip('.')}." for condition in move.conditions)
    return " ".join(part for part in (f"{move.text.rstrip('.')}.", others, *conditions) if part)


def _lacking(item: Missing) -> Lacking:
    asked = tell_grade(item.strength, item.level, estimated=item.estimated)
    return Lacking(item.any_of, asked, round(item.met * 100), item.courses, mark_claim(item.notes).strip())


def _claims(step: RouteStep) -> Iterator[Transition | Missing | Pay]:
    yield from step.transitions
    yield from step.missing
    yield from step.pay


def _evidence(step: RouteStep) -> Iterable[Evidence]:
    return (item for claim in _claims(step) for item in claim.evidence)
