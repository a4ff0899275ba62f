"""Who says so, and what has to be known of a claim, as pages show it."""

from __future__ import annotations

from collections.abc import Iterable

from careergraph.model.records import Evidence, Note, Record, Ref
from careergraph.render.text.phrases import MARKS


class Citation(Record):
    """A source with all its sections that say something; `standing` as the data has it."""

    source: Ref
    standing: str | None
    sections: tuple[str, ...]


class CitedText(Record):
    """A sentence or two, and who says so."""

    words: str
    cited: tuple[Citation, ...]


class Remark(Record):
    """An editorial note with its sources; `disputed` if it tells of a disagreement, `weight` how much it matters."""

    kind: str
    weight: str
    text: str
    disputed: bool
    cited: tuple[Citation, ...]


#: How severe an editorial note is → how that reads.
_WEIGHTS = {"high": "matters much", "medium": "matters", "low": "matters little"}


def list_citations(evidence: Iterable[Evidence]) -> tuple[Citation, ...]:
    """Each source once, with its sections in the order given."""
    found: dict[tuple[Ref, str | None], dict[str, None]] = {}
    for item in evidence:
        sections = found.setdefault((item.source, item.standing), {})
        if item.section:
            sections[item.section] = None
    return tuple(Citation(source, standing, tuple(sections)) for (source, standing), sections in found.items())


def list_remarks(notes: Iterable[Note]) -> tuple[Remark, ...]:
    """Editorial notes, each once, disagreements first."""
    found = sorted(dict.fromkeys(notes), key=lambda note: note.kind != "disagreement")
    return tuple(
        Remark(
            note.kind,
            _WEIGHTS.get(note.severity or "", ""),
            note.text,
            note.kind == "disagreement",
            list_citations(note.evidence),
        )
        for note in found
    )


def list_short_marks(notes: Iterable[Note]) -> tuple[str, ...]:
    """What has to be known of a claim at a glance, such as `sources disagree`."""
    return tuple(MARKS.get(kind, kind) for kind in dict.fromkeys(note.kind for note in notes))
