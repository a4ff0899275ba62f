"""Nodes, comparisons and counts as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from careergraph.catalogue.alignments import Alignment
from careergraph.catalogue.node_profiles import Comparison, Profile, Stats
from careergraph.catalogue.ratings import Rating
from careergraph.model.records import Attribute, Ref, Requirement, Statement, Transition
from careergraph.render.text.facts import word_fact, word_unit
from careergraph.render.text.phrases import (
    fill_paragraph,
    format_bullets,
    format_citation,
    format_labels,
    format_note,
    format_pay,
    format_section,
    format_sections,
    split_judgements,
    tell_grade,
    tell_whose_pay,
)

#: Kinds of fact that come by the dozen; more than this many of one property and source are shown as one list.
_LISTED, _MANY = ("tool-use", "schooling", "naming"), 5
#: How many other names are shown: some occupations have more than a hundred.
_MOST_NAMES = 20


def format_profile(found: Profile) -> str:
    """The answer to `show --full`."""
    kind = found.kind if found.type.lower() == found.kind else f"{found.kind}: {found.type.lower()}"
    lines = [*fill_paragraph(f"{found.label} ({kind})", hang=2), found.id]
    lines += format_bullets([f"also called {_list_names(found.aliases)}"] if found.aliases else [])
    lines += format_section("What it is", format_bullets(found.definitions))
    lines += format_section("Part of", format_bullets([format_labels(found.broader)]) if found.broader else [])
    lines += format_section("Includes", format_bullets([format_labels(found.narrower)]) if found.narrower else [])
    lines += format_section(
        "Sources disagree, or need care", format_bullets(map(format_note, (*found.disagreements, *found.notes)))
    )
    lines += format_section("Elsewhere", format_bullets(map(format_alignment, found.alignments)))
    asked = () if found.ratings else found.requirements  # where there are ratings, they say more
    lines += format_section("Asks for", format_bullets(format_requirement(item, found.id) for item in asked))
    lines += format_section("Rated", format_bullets(map(format_rating, found.ratings)))
    lines += format_section("Pays", format_bullets(_pay_lines(found)))
    lines += format_section("Tasks", format_bullets(map(format_statement, found.tasks)))
    lines += format_section("Transitions", format_bullets(map(format_transition, found.transitions)))
    lines += _judgement_lines(("Holds (by the editors' judgement)", "Holds"), found.holds, found.stated)
    lines += format_section(
        "Asked for by", format_bullets([format_labels(found.required_by)]) if found.required_by else []
    )
    lines += _judgement_lines(
        ("Taught by (as the editors read course pages)", "Taught by"), found.taught_by, found.stated
    )
    lines += format_section("What is said about it", format_bullets(map(format_statement, found.statements)))
    lines += format_section("Facts from pages", format_bullets(_facts(found.attributes)))
    lines += format_section("Sources", format_bullets(format_sections(found.evidence)))
    return "\n".join(lines)


def _list_names(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f", and {more} more (--format json has all)" if more > 0 else "")


def _judgement_lines(titles: tuple[str, str], refs: Sequence[Ref], stated: Sequence[Ref]) -> list[str]:
    split = zip(titles, split_judgements(refs, stated), strict=True)
    return [
        line
        for title, found in split
        for line in format_section(title, format_bullets([format_labels(found)]) if found else [])
    ]


def _pay_lines(found: Profile) -> Iterator[str]:
    """What a node pays; a line that belongs to another node says whose it is."""
    return (f"{tell_whose_pay(line, found.id)}{format_pay(line)}" for line in found.pay)


def format_alignment(item: Alignment) -> str:
    """What corresponds to a node in another source; what is not in the data is shown with its address."""
    named = item.node.label if item.node.kind != "thing" else f"{item.node.label}, {item.node.id}"
    sure = "" if item.confidence is None else f", {item.confidence:.0%} sure"
    return f"{named} ({item.mapping}{sure}): {item.reason} {format_citation(item.evidence)}"


def format_rating(item: Rating) -> str:
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
        alike.setdefault((item.kind, item.property, tuple(format_sections(item.evidence))), []).append(item)
    for (kind, name, _), items in alike.items():
        if kind not in _LISTED or len(items) <= _MANY:
            yield from map(format_attribute, items)
        else:
            values = ", ".join(f"{item.value} ({item.remark})" if item.remark else item.value for item in items)
            yield f"{name}: {values} {format_citation(items[0].evidence)}"


def format_requirement(item: Requirement, role: str, *, cite: bool = True) -> str:
    """One requirement: its alternatives, how firmly, for which role it is stated and, if asked for, who says so."""
    inherited = "" if item.stated_for.id == role else f", stated for {item.stated_for.label}"
    grading = f"{tell_grade(item.strength, item.level, estimated=item.estimated)}{inherited}"
    cited = f" {format_citation(item.evidence)}" if cite and item.evidence else ""
    return f"{format_labels(item.any_of, ' or ')} ({grading}){cited}"


def format_statement(item: Statement) -> str:
    """One claim made of words, with its details in brackets."""
    details = f" ({'; '.join(item.details)})" if item.details else ""
    return f"{item.text}{details} {format_citation(item.evidence)}"


def format_attribute(item: Attribute) -> str:
    """One fact from a page: property, value, unit, remark."""
    return f"{item.property.replace('_', ' ')}: {format_fact(item)} {format_citation(item.evidence)}"


def format_fact(item: Attribute) -> str:
    """The value of a fact with its unit, unless that is plain from the value itself, and what the editors add."""
    said = (word_fact(item.property, item.value), word_unit(item.property, item.value, item.unit))
    return f"{' '.join(filter(None, said))}{f' ({item.remark})' if item.remark else ''}"


def format_transition(item: Transition) -> str:
    """One transition in a line."""
    ease = f" ({item.ease})" if item.ease else ""
    return f"{item.origin.label} -> {item.destination.label}{ease} {format_citation(item.evidence)}"


def format_full_comparison(found: Comparison) -> str:
    """The answer to `compare --full`: what all share, then a block a role."""
    lines = [f"Comparing {', '.join(role.label for role in found.roles)}"]
    shared = [format_labels(group, " or ") for group in found.shared]
    known = all(role.requirements for role in found.roles)
    lines += format_section("All of them ask for", format_bullets(shared or (["nothing in common"] if known else [])))
    common = set(found.shared)
    for role in found.roles:
        own = [item for item in role.requirements if item.any_of not in common]
        lines += ["", role.label, "=" * len(role.label)]
        none = "nothing" if role.requirements else "no source says"
        lines += _block("Besides, asks for", (format_requirement(item, role.id) for item in own), none)
        lines += _block("Pays", _pay_lines(role))
        lines += _block("Tasks", map(format_statement, role.tasks))
        lines += _block("Reached from", _origins(role))
        lines += _block(
            "Sources disagree, or need care", map(format_note, (*role.disagreements, *role.notes)), "nothing noted"
        )
    return "\n".join(lines)


def _block(title: str, texts: Iterable[str], none: str = "no source says") -> list[str]:
    lines = format_bullets(texts)
    return [title, *lines] if lines else [f"{title}: {none}"]


def _origins(role: Profile) -> list[str]:
    arriving = [item for item in role.transitions if item.destination.id == role.id]
    return [
        f"{t.origin.label} ({t.ease}) {format_citation(t.evidence)}" if t.ease else t.origin.label for t in arriving
    ]


#: The kinds of claim that have kinds below them.
_REST = {"attribute": "other attribute", "claim": "other claim"}


def format_stats(found: Stats) -> str:
    """The answer to `stats`; of the claims, those of a kind of their own are not counted once more with the rest."""
    lines = [f"{found.statements:,} statements"]
    for title, counts in (
        ("Nodes", found.nodes),
        ("Claims", found.claims),
        ("Sources by standing", found.standings),
    ):
        lines += format_section(title, [f"  {count:>5}  {_REST.get(name, name)}" for name, count in counts.items()])
    return "\n".join(lines)
