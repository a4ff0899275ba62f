"""Routes and gaps as text, with everything that sources say; `render.text.routes` and `gap` are in brief."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from careergraph.model.records import Note, Pay, Ref, Step, Transition
from careergraph.render.text.phrases import (
    fill_paragraph,
    format_bullets,
    format_citation,
    format_feasibility,
    format_labels,
    format_note,
    format_pay,
    format_section,
    format_sections,
    mark_claim,
    split_judgements,
    tell_grade,
    tell_whose_pay,
)
from careergraph.render.text.verdict import format_outlook_lines
from careergraph.transitions.gaps import Gap, Grounds, Missing
from careergraph.transitions.pay import PayChange
from careergraph.transitions.route_steps import Route, Routes, RouteStep


def format_full_routes(found: Routes, *, explain: bool = False) -> str:
    """The routes of a `path` answer, best first; `explain` breaks each feasibility into its factors."""
    lines = [f"From {found.origin.label} to {found.destination.label}", *format_outlook_lines(found)]
    for number, route in enumerate(found.routes, 1):
        title = f"Route {number} of {len(found.routes)}: " if len(found.routes) > 1 else ""
        lines += ["", *fill_paragraph(f"{title}{_summary(route)}", hang=2)]
        for place, step in enumerate(route.steps, 1):
            lines += _step(place, step, explain)
        lines += format_section("How pay changes on the way", format_bullets(map(_pay_change, route.pay_changes)))
    return "\n".join(lines)


def _pay_change(change: PayChange) -> str:
    alike = (change.region, " / ".join(change.segments), change.basis, change.seniority)
    firm = "; one of the ranges is open-ended" if change.open_ended else ""
    rate = "; converted at the rate you gave" if change.converted else ""
    return (
        f"{change.origin.label} -> {change.destination.label} ({', '.join(part for part in alike if part)}): "
        f"{change.currency} {change.low:+,} at the low end, {change.high:+,} at the high end{firm}{rate}"
        f"{mark_claim(change.notes)}"
    )


def _summary(route: Route) -> str:
    stops = " -> ".join([route.steps[0].origin.label, *(step.destination.label for step in route.steps)])
    steps = "1 step" if len(route.steps) == 1 else f"{len(route.steps)} steps"
    return f"{stops} ({steps}, feasibility {format_feasibility(route.feasibility)})"


_NOBODY = "No source: the step is computed from what is held and what the role asks for."


def _step(place: int, step: RouteStep, explain: bool) -> list[str]:
    title = f"{place}. {step.origin.label} -> {step.destination.label}"
    lines = ["", *fill_paragraph(f"{title} ({step.basis}, feasibility {format_feasibility(step.feasibility)})", hang=3)]
    if explain:
        lines += format_factors(step)
    says = [f"{tell_transition(step, move)} {format_citation(move.evidence)}" for move in step.transitions] or [_NOBODY]
    blocks = {
        "Who says so": says,
        "Held already": [format_labels(step.held)] if step.held else [],
        "Missing": format_all_missing(step.missing),
        "Milestones": [format_labels(step.milestones, "; ")] if step.milestones else [],
        "On the way": list(dict.fromkeys(to_do(s) for t in step.transitions for s in t.steps)),
        f"What {step.destination.label} pays": [
            f"{tell_whose_pay(line, step.destination.id)}{format_pay(line)}" for line in step.pay
        ],
        "Sources": format_sections(step.evidence),
    }
    noted: tuple[Transition | Missing | Pay, ...] = (*step.transitions, *step.missing, *step.pay)
    blocks["Sources disagree, or need care"] = list_remarks(note for claim in noted for note in claim.notes)
    for heading, texts in blocks.items():
        if texts:
            lines += [f"   {heading}", *format_bullets(texts, 3)]
    return lines


def format_factors(step: RouteStep) -> list[str]:
    """The factors of a step's feasibility, with what each was made of."""
    return format_bullets((f"{part.name} {format_feasibility(part.value)}: {part.reason}" for part in step.factors), 3)


def tell_transition(step: RouteStep, transition: Transition) -> str:
    """What a source says about a step: its words, the ease, whom it speaks about, the conditions."""
    words = [transition.text, f"Ease: {transition.ease}." if transition.ease else ""]
    if step.origin.kind == "person":
        words.append(f"Said of {transition.origin.label}.")
    elif transition.origin.id != step.origin.id:
        words.append(f"Said of {transition.origin.label}, which includes {step.origin.label}.")
    for worded in (transition.origin_as_worded, transition.destination_as_worded):
        if worded:
            words.append(f'The source writes "{worded}"; the role is the editors\' reading.')
    words.extend(f"Condition: {condition.text}." for condition in transition.conditions)
    return " ".join(_sentence(word) for word in words if word)


def _sentence(text: str) -> str:
    text = text.rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."


def to_do(step: Step) -> str:
    """Something to do on the way, with how firmly the source puts it."""
    return f"{step.text} ({step.strength})" if step.strength else step.text


#: A requirement met to this share is only listed by name: an occupation asks for dozens of things.
_NEARLY = 0.9


def format_all_missing(missing: Iterable[Missing], *, cite: bool = False) -> list[str]:
    """Missing requirements one by one; what is nearly there in one line at the end."""
    found = list(missing)
    nearly = [format_labels(item.any_of, " or ") for item in found if item.met >= _NEARLY]
    texts = [format_missing(item, cite=cite) for item in found if item.met < _NEARLY]
    return [*texts, f"Nearly there: {', '.join(nearly)}"] if nearly else texts


def format_missing(item: Missing, *, cite: bool = False) -> str:
    """One missing requirement: its alternatives as a group, how firmly, how far it is met, who teaches it."""
    group = format_labels(item.any_of, " or ")
    partly = f"; {item.met:.0%} there" if item.met else ""
    says = f" {format_citation(item.evidence)}" if cite else ""
    read, stated = split_judgements(item.courses, item.stated)
    courses = f"; taught, as the editors read course pages, by {format_labels(read)}" if read else ""
    courses += f"; taught by {format_labels(stated)}" if stated else ""
    return f"{group} ({tell_grade(item.strength, item.level, estimated=item.estimated)}{partly}){says}{courses}"


def list_remarks(notes: Iterable[Note]) -> list[str]:
    """Editorial notes, each once."""
    return list(dict.fromkeys(map(format_note, notes)))


def _held_line(grounds: Grounds) -> str:
    return f"{grounds.asset.label} ({'; '.join(grounds.because)})" if grounds.because else grounds.asset.label


def format_tracks(destination: Ref, tracks: Sequence[Ref]) -> list[str]:
    """Which track is meant of a role that asks for nothing itself, and what the other tracks are called."""
    others = format_labels(ref for ref in tracks if ref != destination)
    if others:
        return fill_paragraph(f"{destination.label} is the track that fits best; ask by name for {others}.", hang=2)
    return fill_paragraph(f"{destination.label} is the only track of this role.", hang=2) if tracks else []


def format_full_gap(found: Gap) -> str:
    """The answer to `gap`."""
    lines = [f"From {found.origin.label} to {found.destination.label}"]
    lines += format_tracks(found.destination, found.tracks)
    lines += format_section("Held already", format_bullets(map(_held_line, found.grounds)))
    lines += format_section("Missing", format_bullets(format_all_missing(found.missing, cite=True)))
    lines += format_section(
        "About these claims", format_bullets(list_remarks(note for m in found.missing for note in m.notes))
    )
    return "\n".join(lines if found.held or found.missing else [*lines, "", "No source says what this role asks for."])
