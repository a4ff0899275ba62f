"""A node as short text; `careergraph.render.text.nodes` has everything that sources say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from careergraph.catalogue.node_profiles import Profile
from careergraph.model.records import Attribute, Evidence, Pay, Ref, Transition
from careergraph.render.text.citations import Citations
from careergraph.render.text.nodes import format_fact, format_requirement
from careergraph.render.text.phrases import (
    count_points,
    fill_paragraph,
    format_bullets,
    format_labels,
    format_pay_figures,
    format_section,
    format_sections,
    tell_whose_pay,
    word_ease,
)

#: This many things of a kind are named, this many sentences quoted or shares told; the rest are counted.
MOST_NAMED, MOST_QUOTED = 6, 3
#: How many properties that have no row of their own are shown.
_MOST_PROPERTIES = 6
#: Where the text of a row begins.
_WIDTH = 14
_FIGURE = re.compile(r"[0-9]+(\.[0-9]+)?")
#: Kind of fact → the row in which such facts stand together, in the order in which somebody asks for them. Facts of
#: other kinds have a row for each property.
_ROWS: Mapping[str, str] = {
    "preparation": "Preparation",
    "teaching": "Teaches",
    "prerequisite": "Builds on",
    "effort": "Takes",
    "price": "Costs",
    "offering": "Offered by",
    "tool-use": "Tools",
}
_WORDS: Mapping[str, str] = {
    **{word: word.upper() for word in ("ai", "api", "ceo", "fair", "isbn", "mats", "ml", "soc")},
    "hq": "headquarters",
    "alt": "elsewhere",
    "langgraph": "LangGraph",
    "langsmith": "LangSmith",
    "comp": "pay",
    "phd": "PhD",
    "pre": "preparatory",
    "part1": "part 1",
    "onsite": "on site",
    "soft": "(not strict)",
    "optional": "(optional)",
}
#: Names stand in a row of their own; what is told in shares begins with the largest.
_NAMES, _SHARES, _TOOLS = "naming", "schooling", "tool-use"
#: Row of nodes that go with another one → how the editors came to those that no source states.
_JUDGED: Mapping[str, str] = {"Holds": "by the editors' judgement", "Taught by": "as the editors read course pages"}

#: Words, and who says so.
_Sentence: TypeAlias = tuple[str, Sequence[Evidence]]


def format_summary(found: Profile) -> str:
    """The answer to `show`: what a node is, what it takes, pays and leads to, a row each, and who says so.

    >>> from careergraph.api import CareerGraph
    >>> from careergraph.catalogue.catalogue import Catalogue
    >>> print(format_summary(CareerGraph(Catalogue.load()).show("PyTorch")))  # doctest: +ELLIPSIS
    PyTorch (skill: tool)
    https://w3id.org/careergraph/id/skill/pytorch
    What it is    A library for building and training neural networks.
    Also called   torch
    ...
    """
    cited = Citations()
    kind = found.kind if found.type.lower() == found.kind else f"{found.kind}: {found.type.lower()}"
    lines = [*fill_paragraph(f"{found.label} ({kind})", hang=2), found.id]
    lines += [line for name, text in _rows(found, cited) if text for line in _row(name, text)]
    sources = cited.lines() or format_section("Sources", format_bullets(format_sections(found.evidence)))
    return "\n".join([*lines, *sources, "", "--full has everything that sources say."])


def _row(name: str, text: str) -> list[str]:
    if len(name) < _WIDTH:
        return fill_paragraph(f"{name:<{_WIDTH - 1}} {text}", 0, _WIDTH)
    return [name, *fill_paragraph(text, _WIDTH)]


def _rows(found: Profile, cited: Citations) -> Iterator[tuple[str, str]]:
    defined: list[_Sentence] = [(text, ()) for text in found.definitions] or _said(found, "definition")
    yield "What it is", _quote(defined[:1], cited)
    yield "Also called", _some(found.aliases, ", ")
    yield "Part of", format_labels(found.broader)
    yield "Includes", _some([ref.label for ref in found.narrower], ", ")
    yield from _demands(found, cited)
    arriving, leaving = _moves(found)
    yield "Ways in", _steps([(item.origin, item) for item in arriving], cited)
    yield "Leads to", _steps([(item.destination, item) for item in leaving], cited)
    yield "Pays", _pay(found, cited)
    yield "Work", _quote([(item.text, item.evidence) for item in found.tasks], cited)
    yield from _facts(found.attributes, cited)
    yield from _related("Holds", found.holds, found.stated)
    yield from _related("Taught by", found.taught_by, found.stated)
    yield "Asked for by", _some([ref.label for ref in found.required_by], ", ")
    yield "Said of it", _quote([pair for pair in _said(found) if pair not in defined], cited)
    yield "Same as", _some([f"{item.node.label} ({item.mapping})" for item in found.alignments])
    yield "Caution", _caution(found)


def _demands(found: Profile, cited: Citations) -> Iterator[tuple[str, str]]:
    """What a position asks for; where there are ratings, they say more than requirements."""
    rated = [item for item in found.ratings if item.importance is not None]
    deep = [item for item in rated if item.depth is not None]
    for name, some in (("Skills", deep), ("Traits", [item for item in rated if item not in deep])):
        texts = [f"{item.element.label} {item.importance:.0%}" for item in some]
        yield name, _some(texts, ", ") + cited.mark(e for item in some[:MOST_NAMED] for e in item.evidence)
    asked = () if found.ratings else found.requirements
    texts = [format_requirement(item, found.id, cite=False) for item in asked]
    yield "Asks for", _some(texts) + cited.mark(e for item in asked[:MOST_NAMED] for e in item.evidence)


def _pay(found: Profile, cited: Citations) -> str:
    lines = [item for item in found.pay if item.low and item.high]
    texts = [
        f"{tell_whose_pay(item, found.id)}{format_pay_figures(item)}{_median(item)}{cited.mark(item.evidence)}"
        for item in lines
    ]
    return _some(texts, most=MOST_QUOTED)


def _median(line: Pay) -> str:
    return f", median {line.spread.median:,}" if line.spread and line.spread.median else ""


def _said(found: Profile, kind: str | None = None) -> list[_Sentence]:
    return [(item.text, item.evidence) for item in found.statements if kind in (None, item.kind)]


def _quote(found: Sequence[_Sentence], cited: Citations) -> str:
    """The first sentences as they are, each with who says so; the rest are counted."""
    texts = [f"{text.removesuffix('.')}{cited.mark(evidence)}." for text, evidence in found[:MOST_QUOTED]]
    more = len(found) - MOST_QUOTED
    return " ".join([*texts, *([f"{more} more."] if more > 0 else [])])


def _facts(attributes: Sequence[Attribute], cited: Citations) -> Iterator[tuple[str, str]]:
    known = group_facts(attributes)
    shown = [name for name in known if name in _ROWS.values()]
    others = [name for name in known if name not in shown]
    for name in (*shown, *others[:_MOST_PROPERTIES]):
        some = known[name]
        most = MOST_QUOTED if some[0].kind == _SHARES else MOST_NAMED
        text = (
            _name_tools(some)
            if some[0].kind == _TOOLS
            else _some(list(dict.fromkeys(map(format_fact, some))), most=most)
        )
        yield name, text + cited.mark(e for item in some[:most] for e in item.evidence)
    yield "Other facts", ", ".join(others[_MOST_PROPERTIES:])


def _name_tools(tools: Sequence[Attribute]) -> str:
    """The first technologies; what the source remarks on all that are named is said once."""
    named, remarks = tools[:MOST_NAMED], {item.remark for item in tools[:MOST_NAMED]}
    if len(remarks) > 1 or not tools[0].remark:
        return _some(list(map(format_fact, tools)))
    more = len(tools) - len(named)
    return f"{', '.join(item.value for item in named)} ({tools[0].remark}){f'; {more} more' if more > 0 else ''}"


def group_facts(attributes: Iterable[Attribute]) -> dict[str, list[Attribute]]:
    """Facts by what they are about, in the order in which somebody asks for them, the most telling of each first.

    >>> group_facts(())
    {}
    """
    rows: dict[str, list[Attribute]] = {name: [] for name in _ROWS.values()}
    for item in attributes:
        if item.kind != _NAMES:
            rows.setdefault(_ROWS.get(item.kind) or name_property(item.property), []).append(item)
    known = {name: sorted(some, key=_prominence, reverse=True) for name, some in rows.items() if some}
    last = {name: name not in _ROWS.values() and "://" in some[0].value for name, some in known.items()}
    return {name: known[name] for name in sorted(known, key=last.__getitem__)}


def name_property(name: str) -> str:
    """The name of a property as people write it: `hq`, `ai_guide_url` are `Headquarters`, `AI guide`.

    >>> name_property("prerequisite_soft"), name_property("isbn_alt")
    ('Prerequisite (not strict)', 'ISBN elsewhere')
    """
    words = " ".join(_WORDS.get(word, word) for word in name.removesuffix("_url").replace("_", " ").split(" "))
    return f"{words[:1].upper()}{words[1:]}"


def _prominence(item: Attribute) -> float:
    """What comes first among facts of one sort: the largest share of people, or a tool that the source remarks upon."""
    if item.kind == _TOOLS:
        return len((item.remark or "").split(",")) if item.remark else 0.0
    figure = (item.remark or "").removesuffix("%")
    return float(figure) if item.kind == _SHARES and _FIGURE.fullmatch(figure) else 0.0


def _moves(found: Profile) -> tuple[list[Transition], list[Transition]]:
    """The transitions that lead to a node, and those that start from it, the easiest first."""
    moves = sorted(found.transitions, key=lambda item: -item.ease_weight)
    arriving = [item for item in moves if item.destination.id == found.id]
    return arriving, [item for item in moves if item.destination.id != found.id]


def _steps(moves: Sequence[tuple[Ref, Transition]], cited: Citations) -> str:
    """The first positions, those together that their sources call equally easy."""
    known: dict[Ref, list[Transition]] = {}
    for other, item in moves:
        known.setdefault(other, []).append(item)
    named = list(known.items())[:MOST_NAMED]
    alike: dict[str, list[Ref]] = {}
    for other, some in named:
        alike.setdefault("; ".join(dict.fromkeys(word_ease(item.ease) for item in some if item.ease)), []).append(other)
    texts = [f"{format_labels(refs)}{f' ({ease})' if ease else ''}" for ease, refs in alike.items()]
    more = [f"{len(known) - len(named)} more"] if len(known) > len(named) else []
    return "; ".join([*texts, *more]) + cited.mark(e for _, some in named for item in some for e in item.evidence)


def _related(name: str, refs: Sequence[Ref], stated: Sequence[Ref]) -> Iterator[tuple[str, str]]:
    """Nodes that go with another one: those that a source states, then those that the editors judge to."""
    ordered = [*(ref for ref in refs if ref in stated), *(ref for ref in refs if ref not in stated)]
    judged = [ref for ref in ordered if ref not in stated]
    part = "in part " if len(judged) < len(ordered) else ""
    yield name, _some([ref.label for ref in ordered], ", ") + (f" ({part}{_JUDGED[name]})" if judged else "")


def _caution(found: Profile) -> str:
    disputed = f"sources disagree on {count_points(len(found.disagreements))}" if found.disagreements else ""
    others = (
        f"{count_points(len(found.notes))} {'needs' if len(found.notes) == 1 else 'need'} care" if found.notes else ""
    )
    return "; ".join(filter(None, (disputed, others)))


def _some(texts: Sequence[str], joint: str = "; ", most: int = MOST_NAMED) -> str:
    more = len(texts) - most
    return joint.join([*texts[:most], *([f"{more} more"] if more > 0 else [])])
