"""Nodes, comparisons and counts as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from careergraph.catalogue.alignments import Alignment
from careergraph.catalogue.node_profiles import Comparison, Profile, Stats
from careergraph.catalogue.ratings import Rating
from careergraph.model.records import Attribute, Ref, Requirement, Statement, Transition
from careergraph.render.text.phrases import (
    bullets,
    format_citation,
    grade_phrase,
    judgement_phrase,
    labels,
    note_text,
    paragraph,
    pay_text,
    section,
    sections,
    whose_pay,
)

#: Kinds of fact that come by the dozen; more than this many of one property and source are shown as one list.
_LISTED, _MANY = ("tool-use", "schooling", "naming"), 5
#: How many other names are shown: some occupations have more than a hundred.
_MOST_NAMES = 20
#: Units that go without saying.
_PLAIN_UNITS = frozenset({"year", "date"})


def profile_text(found: Profile) -> str:
    """The answer to `show --full`."""
    kind = found.kind if found.type.lower() == found.kind else f"{found.kind}: {found.type.lower()}"
    lines = [*paragraph(f"{found.label} ({kind})", hang=2), found.id]
    lines += bullets([f"also called {_list_names(found.aliases)}"] if found.aliases else [])
    lines += section("What it is", bullets(found.definitions))
    lines += section("Part of", bullets([labels(found.broader)]) if found.broader else [])
    lines += section("Includes", bullets([labels(found.narrower)]) if found.narrower else [])
    lines += section("Sources disagree, or need care", bullets(map(note_text, (*found.disagreements, *found.notes))))
    lines += section("Elsewhere", bullets(map(alignment_text, found.alignments)))
    asked = () if found.ratings else found.requirements  # where there are ratings, they say more
    lines += section("Asks for", bullets(requirement_text(item, found.id) for item in asked))
    lines += section("Rated", bullets(map(rating_text, found.ratings)))
    lines += section("Pays", bullets(_pay_lines(found)))
    lines += section("Tasks", bullets(map(statement_text, found.tasks)))
    lines += section("Transitions", bullets(map(transition_text, found.transitions)))
    lines += _judgement_lines(("Holds (by the editors' judgement)", "Holds"), found.holds, found.stated)
    lines += section("Asked for by", bullets([labels(found.required_by)]) if found.required_by else [])
    lines += _judgement_lines(
        ("Taught by (as the editors read course pages)", "Taught by"), found.taught_by, found.stated
    )
    lines += section("What is said about it", bullets(map(statement_text, found.statements)))
    lines += section("Facts from pages", bullets(_facts(found.attributes)))
    lines += section("Sources", bullets(sections(found.evidence)))
    return "\n".join(lines)


def _list_names(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f", and {more} more (--format json has all)" if more > 0 else "")


def _judgement_lines(titles: tuple[str, str], refs: Sequence[Ref], stated: Sequence[Ref]) -> list[str]:
    split = zip(titles, judgement_phrase(refs, stated), strict=True)
    return [line for title, found in split for line in section(title, bullets([labels(found)]) if found else [])]


def _pay_lines(found: Profile) -> Iterator[str]:
    """What a node pays; a line that belongs to another node says whose it is."""
    return (f"{whose_pay(line, found.id)}{pay_text(line)}" for line in found.pay)


def alignment_text(item: Alignment) -> str:
    """What corresponds to a node in another source; what is not in the data is shown with its address."""
    named = item.node.label if item.node.kind != "thing" else f"{item.node.label}, {item.node.id}"
    sure = "" if item.confidence is None else f", {item.confidence:.0%} sure"
    return f"{named} ({item.mapping}{sure}): {item.reason} {format_citation(item.evidence)}"


def rating_text(item: Rating) -> str:
    """How important a skill is in an occupation and how deep it goes, with the source's reservations."""
    told = (
        item.importance is not None and f"importance {item.importance:.0%}",
        item.importance_mark and f"({item.importance_mark})",
        item.depth is not None and f"depth {item.depth:.0%}",
        item.depth_mark and f"({item.depth_mark})",
    )
    return f"{item.element.label}: {' '.join(part for part in told if part)} {format_citation(item.evidence)}"


def _facts(found: Iterable[Attribute]) -> Iterator[str]:
    """Facts one by one; many facts of the same sort become one list."""
    alike: dict[tuple[str, str, tuple[str, ...]], list[Attribute]] = {}
    for item in found:
        alike.setdefault((item.kind, item.property, tuple(sections(item.evidence))), []).append(item)
    for (kind, name, _), items in alike.items():
        if kind not in _LISTED or len(items) <= _MANY:
            yield from map(attribute_text, items)
        else:
            values = ", ".join(f"{item.value} ({item.remark})" if item.remark else item.value for item in items)
            yield f"{name}: {values} {format_citation(items[0].evidence)}"


def requirement_text(item: Requirement, role: str, *, cite: bool = True) -> str:
    """One requirement: its alternatives, how firmly, for which role it is stated and, if asked for, who says so."""
    inherited = "" if item.stated_for.id == role else f", stated for {item.stated_for.label}"
    grading = f"{grade_phrase(item.strength, item.level, estimated=item.estimated)}{inherited}"
    cited = f" {format_citation(item.evidence)}" if cite and item.evidence else ""
    return f"{labels(item.any_of, ' or ')} ({grading}){cited}"


def statement_text(item: Statement) -> str:
    """One claim made of words, with its details in brackets."""
    details = f" ({'; '.join(item.details)})" if item.details else ""
    return f"{item.text}{details} {format_citation(item.evidence)}"


def attribute_text(item: Attribute) -> str:
    """One fact from a page: property, value, unit, remark."""
    return f"{item.property.replace('_', ' ')}: {fact_value(item)} {format_citation(item.evidence)}"


def fact_value(item: Attribute) -> str:
    """The value of a fact with its unit, unless that is plain from the value itself, and what the editors add."""
    unit = f" {item.unit}" if item.unit and item.unit not in _PLAIN_UNITS else ""
    return f"{item.value}{unit}{f' ({item.remark})' if item.remark else ''}"


def transition_text(item: Transition) -> str:
    """One transition in a line."""
    ease = f" ({item.ease})" if item.ease else ""
    return f"{item.origin.label} -> {item.destination.label}{ease} {format_citation(item.evidence)}"


def full_comparison_text(found: Comparison) -> str:
    """The answer to `compare --full`: what all share, then a block a role."""
    lines = [f"Comparing {', '.join(role.label for role in found.roles)}"]
    shared = [labels(group, " or ") for group in found.shared]
    known = all(role.requirements for role in found.roles)
    lines += section("All of them ask for", bullets(shared or (["nothing in common"] if known else [])))
    common = set(found.shared)
    for role in found.roles:
        own = [item for item in role.requirements if item.any_of not in common]
        lines += ["", role.label, "=" * len(role.label)]
        none = "nothing" if role.requirements else "no source says"
        lines += _block("Besides, asks for", (requirement_text(item, role.id) for item in own), none)
        lines += _block("Pays", _pay_lines(role))
        lines += _block("Tasks", map(statement_text, role.tasks))
        lines += _block("Reached from", _origins(role))
        lines += _block(
            "Sources disagree, or need care", map(note_text, (*role.disagreements, *role.notes)), "nothing noted"
        )
    return "\n".join(lines)


def _block(title: str, texts: Iterable[str], none: str = "no source says") -> list[str]:
    lines = bullets(texts)
    return [title, *lines] if lines else [f"{title}: {none}"]


def _origins(role: Profile) -> list[str]:
    arriving = [item for item in role.transitions if item.destination.id == role.id]
    return [
        f"{t.origin.label} ({t.ease}) {format_citation(t.evidence)}" if t.ease else t.origin.label for t in arriving
    ]


def stats_text(found: Stats) -> str:
    """The answer to `stats`."""
    lines = [f"{found.statements:,} statements"]
    for title, counts in (
        ("Nodes", found.nodes),
        ("Claims", found.claims),
        ("Sources by standing", found.standings),
    ):
        lines += section(title, [f"  {count:>5}  {name}" for name, count in counts.items()])
    return "\n".join(lines)
