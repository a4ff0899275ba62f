"""People as text: what was recognised in a CV, and what was not."""

from __future__ import annotations

from careergraph.model.escaping import blank_controls
from careergraph.render.text.phrases import fill_paragraph, format_bullets, format_section
from careergraph.transitions.people.person import Match, Person, UnknownPhrase
from careergraph.transitions.people.years import HALFWAY, ORDINARY, find_deepening, find_level_after

_LONGEST_QUOTE = 120
_UNREAD = "Not read: prose, names of employers and classes, awards, interests, references."


def format_person(person: Person) -> str:
    """What was matched, how, and from where; then what was not, and why."""
    lines = fill_paragraph(_printable(person.name))
    lines += format_section("Positions", format_bullets(map(match_text, person.positions)))
    lines += format_section(
        "Skills, credentials, fields of study and courses", format_bullets(map(match_text, person.assets))
    )
    lines += format_section("Not matched", format_bullets(map(format_unmatched, person.unmatched)))
    if not (person.positions or person.assets):
        lines += ["", "Nothing was matched."]
    places = [match.where for match in (*person.positions, *person.assets)] + [item.where for item in person.unmatched]
    if not all(where.startswith("--") for where in places):
        lines += ["", *fill_paragraph(_UNREAD)]
    return "\n".join(lines)


def format_years(person: Person) -> str:
    """How the years of each position and skill count, in figures; see `careergraph.transitions.people.years`."""
    told = {match.ref.id: match for match in (*person.positions, *person.assets) if match.years is not None}
    lines = format_section("How years count", format_bullets(map(_explain_years, told.values())))
    return "\n".join(lines or ["", "The CV gives no dates or years, so none are counted."])


def _explain_years(match: Match) -> str:
    years = match.years or 0.0
    after = f"{years:.3g} / ({years:.3g} + {HALFWAY:g})"
    if match.ref.kind == "skill":
        return (
            f"{match.ref.label}: {_years(years)}; {after} = {find_level_after(years):g}, unless the CV states a level"
        )
    usual = f"{ORDINARY:g} / ({ORDINARY:g} + {HALFWAY:g})"
    told = f"{match.ref.label}: {_years(years)}, jobs at the same time counted once; what people there hold counts"
    return f"{told} {find_deepening(years):g} times as deep: ({after}) / ({usual}), or 1 if that is less"


def match_text(match: Match) -> str:
    """One match: the node, its level if it has one, the words it was found in and how."""
    level = f", level {match.level:g}" if match.ref.kind == "skill" else ""
    method = f"fuzzy, {match.score:.2f}" if match.method == "fuzzy" else match.method
    years = [_years(match.years)] if match.years is not None else []
    besides = "".join(f"; {said}" for said in (*map(_printable, match.facts), *years))
    return f"{match.ref.label} ({match.ref.kind}{level}): {_quote(match.text)} in {match.where} ({method}){besides}"


def _years(years: float) -> str:
    return "1 year" if years == 1 else f"{years:.3g} years"


def format_unmatched(item: UnknownPhrase) -> str:
    """One text that matches nothing in the graph."""
    return f"{_quote(item.text)} in {item.where}: {item.why}"


def _quote(text: str) -> str:
    shown = _printable(text)
    return f'"{shown}"' if len(shown) <= _LONGEST_QUOTE else f'"{shown[:_LONGEST_QUOTE]}…"'


def _printable(text: str) -> str:
    # Characters that move the cursor or turn the direction of writing must not reach a terminal.
    return " ".join(blank_controls(text).split())
