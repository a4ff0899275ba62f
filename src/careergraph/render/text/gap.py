"""What is held and what is missing, as short text; `full_gap_text` has everything that sources say."""

from __future__ import annotations

from careergraph.model.records import Ref
from careergraph.render.text.citations import Citations
from careergraph.render.text.full import format_tracks
from careergraph.render.text.phrases import fill_paragraph, format_bullets, format_labels, format_section
from careergraph.transitions.gaps import Gap, Missing

#: This many things are listed one by one; the rest are counted.
MOST_LISTED = 10


def format_gap(found: Gap) -> str:
    """The answer to `gap`: how much is held, then what is missing, most important first."""
    cited = Citations()
    partly = [item for item in found.missing if item.met]
    wholly = [item for item in found.missing if not item.met]
    lines = [f"From {found.origin.label} to {found.destination.label}"]
    lines += format_tracks(found.destination, found.tracks)
    if not found.held and not found.missing:
        return "\n".join([*lines, "", "No source says what this role asks for."])
    lines += fill_paragraph(f"{len(found.held)} held, {len(partly)} partly, {len(wholly)} missing.")
    lines += format_section("Held", fill_paragraph(_row(found.held), 2) if found.held else [])
    lines += format_section("Partly held", format_bullets(_some([_partly(item, cited) for item in partly])))
    lines += format_section("Missing", format_bullets(_some([_missing(item, cited) for item in wholly])))
    notes = {note.id for item in found.missing for note in item.notes}
    care = [f"{len(notes)} {'note' if len(notes) == 1 else 'notes'} on these: see --full."] if notes else []
    return "\n".join([*lines, *(["", *care] if care else []), *cited.lines()])


def _row(refs: tuple[Ref, ...]) -> str:
    more = len(refs) - MOST_LISTED
    return f"{format_labels(refs[:MOST_LISTED])}{f' and {more} more' if more > 0 else ''}."


def _some(texts: list[str]) -> list[str]:
    more = len(texts) - MOST_LISTED
    return [*texts[:MOST_LISTED], *([f"{more} more: --full has them"] if more > 0 else [])]


def _partly(item: Missing, cited: Citations) -> str:
    return f"{format_labels(item.any_of, ' or ')}: {item.met:.0%} of what is asked for{cited.mark(item.evidence)}"


def _missing(item: Missing, cited: Citations) -> str:
    estimated = ", estimated" if item.estimated else ""
    said = f"{format_labels(item.any_of, ' or ')} ({item.strength}{estimated}){cited.mark(item.evidence)}"
    if not item.courses:
        return said
    more = len(item.courses) - 1
    return f"{said}: {item.courses[0].label}{f' or {more} more' if more else ''}"
