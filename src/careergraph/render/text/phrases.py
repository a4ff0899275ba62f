"""How text results look: paragraphs, lists and the recurring phrases, in 80 columns and without colour."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from careergraph.model.records import Evidence, Note, Pay, Ref, Spread

if TYPE_CHECKING:
    from careergraph.catalogue.twins import Same

WIDTH = 80
#: Characters at which a line may break; a no-break space is not among them.
_BLANKS = str.maketrans(dict.fromkeys("\t\n\x0b\x0c\r", " "))

#: How O*NET grades related occupations, in plain words.
_EASES = {
    "Primary-Short": "among the most closely related",
    "Primary-Long": "closely related",
    "Supplemental": "related",
}


def fill_paragraph(text: str, indent: int = 0, hang: int = 0) -> list[str]:
    """A text as lines of at most 80 columns; continuation lines are indented by `hang` more."""
    # Not by `textwrap`, which the start of every command would wait for, and which compiles patterns.
    lines: list[str] = []
    start, line, gap = " " * indent, "", ""
    for word in text.translate(_BLANKS).split(" "):
        if not word:  # several spaces in a row are kept, except at the end of a line
            gap += " "
            continue
        if line and len(start) + len(line) + len(gap) + len(word) + 1 > WIDTH:
            lines.append(start + line)
            start, line = " " * (indent + hang), word
        else:  # words are never cut: a part of an IRI is of no use
            line = f"{line} {gap}{word}" if line else gap + word
        gap = ""
    return [*lines, start + line] if line else lines


def format_bullets(texts: Iterable[str], indent: int = 2) -> list[str]:
    """Each text as a list item."""
    return [line for text in texts for line in fill_paragraph(f"- {text}", indent, 2)]


def format_section(title: str, lines: Sequence[str]) -> list[str]:
    """A titled block after an empty line; nothing at all if there are no lines."""
    return ["", title, *lines] if lines else []


def format_labels(refs: Iterable[Ref], joint: str = ", ") -> str:
    """The labels of some nodes in a row."""
    return joint.join(ref.label for ref in refs)


#: Begins with a vowel in writing only: "a university", "a UX designer"; or in speech only, letter by letter: "an ML …".
_CONSONANTS, _VOWELS = r"u(?:ni|se|ti|x)", r"[aeiou]|(?:ML|MLOps|HR|NLP|LLM|SQL|R)\b"


#: What the name of many people is made of, and how one of these parts ends: O*NET's are in capitals.
_BETWEEN_NOUNS, _PLURAL = r", (?:and )?| and | (?:of|in|for|at|on|with|to)\b.*", r".*(?:[a-z](?<![siuc])|[Mm]echanic)s"


def choose_article(label: str) -> str:
    """What goes before a label in "I am …": an article, or what fits the name of many people, or of a field of study.

    >>> [choose_article(label) for label in ("AI ethicist", "UX designer", "MLOps engineer", "nurse")]
    ['an', 'a', 'an', 'a']
    >>> choose_article("Registered Nurses"), choose_article("Physics (field of study)"), choose_article("sous chef")
    ('one of the', 'from', 'a')
    """
    if label.endswith("(field of study)"):
        return "from"
    if label[:1].isupper() and any(re.fullmatch(_PLURAL, part) for part in re.split(_BETWEEN_NOUNS, label)):
        return "one of the"
    return "an" if re.match(_VOWELS, label, re.I) and not re.match(_CONSONANTS, label, re.I) else "a"


def to_words(name: str) -> str:
    """The name of a class as people write it.

    >>> to_words("FieldOfStudy")
    'field of study'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def split_judgements(refs: Iterable[Ref], stated: Collection[Ref]) -> tuple[list[Ref], list[Ref]]:
    """Split nodes into those about which the editors judge something, and those about which a source states it."""
    found = list(refs)
    return [ref for ref in found if ref not in stated], [ref for ref in found if ref in stated]


def format_citation(evidence: Iterable[Evidence]) -> str:
    """Who says so, in brackets: `[Article …: Role 1 / Salary; FAQ 3]`, or that no source is named."""
    return f"[{' | '.join(format_sections(evidence)) or 'no source is named'}]"


def format_sections(evidence: Iterable[Evidence]) -> list[str]:
    """Sources with all their sections, one line a source; a third party is named as one."""
    by_source: dict[str, list[str]] = {}
    for item in evidence:
        standing = f" ({item.standing})" if item.standing == "third-party" else ""
        found = by_source.setdefault(f"{item.source.label}{standing}", [])
        if item.section and item.section not in found:
            found.append(item.section)
    return [f"{source}: {'; '.join(found)}" if found else source for source, found in by_source.items()]


def format_feasibility(value: float) -> str:
    """A feasibility in two decimals, or in one significant digit where that would say nothing.

    >>> format_feasibility(0.4923), format_feasibility(0.00123)
    ('0.49', '0.001')
    """
    return f"{value:.2f}" if value >= 0.01 else f"{value:.1g}"


def format_pay(pay: Pay) -> str:
    """One pay line: figures, then everything the source says about them, then its marks."""
    details = (
        pay.region,
        " / ".join(pay.segments),
        format_labels(pay.employers) and f"e.g. {format_labels(pay.employers)}",
        pay.seniority,
        pay.basis,
        pay.equity and f"equity: {pay.equity}",
        str(pay.year) if pay.year else None,
        pay.spread and tell_spread(pay.spread),
    )
    figures = format_pay_range(pay)
    text = ", ".join(part for part in (figures, *details) if part) if figures else (pay.text or "no figure")
    return f"{text} {format_citation(pay.evidence)}{mark_claim(pay.notes)}"


def tell_spread(spread: Spread) -> str:
    """The spread that the figures of a pay line come from, in words: quartiles, median, tenths, reports, error."""
    ends = spread.low and spread.high and f"a tenth below {spread.low:,}, a tenth above {spread.high:,}"
    error = None if spread.standard_error is None else f"relative standard error {spread.standard_error:g} %"
    told = (
        "quartiles",
        spread.median and f"median {spread.median:,}",
        ends,
        spread.reports and f"{spread.reports:,} reports",
        error,
    )
    return "; ".join(part for part in told if part)


def format_pay_range(pay: Pay) -> str:
    """The figures of a pay line; empty if it has none."""
    return f"{pay.currency} {pay.low:,}-{pay.high:,}{'+' if pay.open_ended else ''}" if pay.low and pay.high else ""


def format_pay_figures(pay: Pay) -> str:
    """The figures of a pay line, and whom they apply to."""
    year = str(pay.year) if pay.year else None
    where = (pay.region, " / ".join(pay.segments), pay.seniority, pay.basis, year)
    return ", ".join(part for part in (format_pay_range(pay), *where) if part)


def tell_whose_pay(line: Pay, node: str) -> str:
    """A prefix that says whose pay a line shown with a node is; empty where it is the node's own."""
    return "" if node in (line.role.id, line.id) else f"{line.role.label}: "


def count_points(number: int) -> str:
    """A number of points, in words.

    >>> count_points(1), count_points(2)
    ('1 point', '2 points')
    """
    return "1 point" if number == 1 else f"{number} points"


def mark_claim(notes: Iterable[Note]) -> str:
    """The marks that warn a reader about a claim: ` (sources disagree) (ambiguous)`."""
    return "".join(f" ({MARKS[kind]})" for kind in dict.fromkeys(note.kind for note in notes))


#: Kind of note → the mark that warns a reader about the claim.
MARKS = {
    "disagreement": "sources disagree",
    "correction": "corrected",
    "ambiguity": "ambiguous",
    "omission": "incomplete",
}


def format_note(note: Note) -> str:
    """One editorial note: what kind, how severe, what it says."""
    severity = f", {note.severity}" if note.severity else ""
    return f"{note.kind.capitalize()}{severity}: {note.text} {format_citation(note.evidence)}"


#: A strength that sources give of the role ("accessible with ...") → what it says of the requirement.
_STRENGTHS = {"accessible with": "opens the role"}


def tell_grade(strength: str, level: str | None, *, estimated: bool = False) -> str:
    """How firmly and how deep something is asked for, and whether that is estimated.

    >>> tell_grade("required", "strong"), tell_grade("usual", None, estimated=True)
    ('required, strong', 'usual, estimated')
    >>> tell_grade("accessible with", "strong")
    'opens the role, strong'
    """
    return ", ".join(filter(None, (_STRENGTHS.get(strength, strength), level, "estimated" if estimated else "")))


def format_refs(found: Sequence[Ref], reasons: Mapping[str, str] | None = None, same: Iterable[Same] = ()) -> str:
    """The answer to `search` and `list`: label and kind, a line each.

    Args:
        found: the nodes.
        reasons: node → another name to show in brackets, such as the one by which it was found.
        same: what other data sets have for some of them.
    """
    names = {iri: f" ({reason})" for iri, reason in (reasons or {}).items()}
    also = {one.id: f", also {', '.join(f'{ref.label} ({ref.kind})' for ref in one.others)}" for one in same}
    lines = (
        fill_paragraph(f"{ref.label}{names.get(ref.id, '')} ({ref.kind}){also.get(ref.id, '')}", hang=2)
        for ref in found
    )
    return "\n".join(line for one in lines for line in one)


def word_ease(ease: str) -> str:
    """How easy a move is, in the words of its source; a grade that is a code, in plain ones.

    >>> word_ease("Primary-Long"), word_ease("most direct")
    ('closely related', 'most direct')
    """
    return _EASES.get(ease, ease)
