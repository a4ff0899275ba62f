"""What the page of a node shows: its profile, its connections, and every statement about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import Any

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.edges import Link
from careergraph.catalogue.node_profiles import Profile, describe_node
from careergraph.model.errors import BadFigure
from careergraph.model.records import Attribute, Evidence, Record, Ref, Transition
from careergraph.rdf.kinds import CLAIM_KINDS, POSITIONS
from careergraph.rdf.results import shorten
from careergraph.rdf.standards import SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, NAMESPACE
from careergraph.render.html.citations import list_remarks
from careergraph.render.html.pay_chart import draw_pay_charts
from careergraph.render.html.step_card import SkillCounts, count_skills
from careergraph.render.text.facts import word_fact
from careergraph.render.text.node_summary import group_facts, name_property
from careergraph.render.text.nodes import format_fact
from careergraph.render.text.phrases import to_words
from careergraph.render.text.verdict import grade
from careergraph.server.pages.nodes import Nodes
from careergraph.server.urls import to_address, to_web_address
from careergraph.transitions.coverage import share_met
from careergraph.transitions.gaps import find_assets_that_meet
from careergraph.transitions.holdings import find_holdings
from careergraph.transitions.moves import Moves
from careergraph.transitions.requirements import find_requirements
from careergraph.transitions.tool_ranks import put_telling_tools_first

#: How many nodes that point to one are listed for each predicate.
MOST_POINTING = 100
#: How many computed steps are shown where no source names one.
MOST_NEAREST = 6
#: How many moves are shown first, how many facts, and how many values of each.
MOST_NEXT, MOST_FACTS, MOST_VALUES = 6, 8, 3
#: Properties that stand first among facts.
_FIRST_FACTS = ("homepage", "type", "kind")
#: Kinds of edge that the profile tells in more detail, or that are too many to list: those that leave a node, and those
#: that arrive.
_MANY = frozenset({"rates", "uses", "does"})
_CLAIMS = frozenset(CLAIM_KINDS.values())
_TOLD_LEAVING = _MANY | {"requires", "waives", "holds", "transition", "broader"}
_TOLD_ARRIVING = _MANY | {"requires", "waives", "transition", "broader", "teaches"}


class Value(Record):
    """One value of a statement; `href` leads to its page, on this server or (`outside`) in the web."""

    text: str
    href: str | None
    outside: bool


class Row(Record):
    """All values of one predicate. `left` is how many more there are than are listed."""

    predicate: Value
    values: tuple[Value, ...]
    left: int


class NextMove(Record):
    """Where a move leads or comes from, in the source's words how easily, and how much of what is asked for is held."""

    ref: Ref
    ease: str | None
    counted: SkillCounts | None


class Connection(Record):
    """An edge to or from a node: what a claim says in three words."""

    tail: Ref
    label: str
    head: Ref
    claim: str | None


class SourceParts(Record):
    """A source with those of its sections that say something, each with the address of its page, if it has one."""

    source: Ref
    standing: str | None
    sections: tuple[Value, ...]


def list_node_values(nodes: Nodes, iri: str) -> dict[str, Any]:
    """What `server/node.html` shows of a node.

    Args:
        nodes: the data set.
        iri: the IRI of a node that is in it.
    """
    catalogue = nodes.catalogue
    found = put_telling_tools_first(catalogue, describe_node(catalogue, iri))
    connections, trouble = _connections(nodes, iri)
    leaving = [move for move in found.transitions if move.destination.id != iri]
    arriving = [move for move in found.transitions if move.destination.id == iri]
    return {
        "found": found,
        "title": make_title(catalogue, iri).label,
        "web": [place for place in map(to_web_address, catalogue.values(iri, SCHEMA.url)) if place],
        "pay": draw_pay_charts([found.pay], nodes=[iri])[0],
        "remarks": list_remarks((*found.disagreements, *found.notes)),
        "leaving": leaving,
        "nearest": _nearest(catalogue, iri) if found.kind in POSITIONS and not leaving else [],
        "arriving": arriving,
        "next_on": _next_moves(catalogue, leaving, "destination"),
        "next_here": _next_moves(catalogue, arriving, "origin"),
        "in_short": _facts_in_short(catalogue, found.attributes),
        "sections": _sections_of(nodes, iri) if found.kind == "source" else [],
        "connections": connections,
        "trouble": trouble,
        "sources": _sources(catalogue, found),
        "rows": [_row(catalogue, *item) for item in catalogue.said(iri).items()],
        "pointing": _pointing(nodes, iri),
        "position": found.kind in POSITIONS,
    }


def _next_moves(catalogue: Catalogue, moves: Iterable[Transition], end: str) -> list[NextMove]:
    """The moves that sources call easiest, one for each other end, each with what is held and missing by then."""
    best: dict[str, Transition] = {}
    for move in sorted(moves, key=lambda move: -move.ease_weight):
        best.setdefault(getattr(move, end).id, move)
    chosen = list(best.values())[:MOST_NEXT]
    count = _counter(catalogue)
    return [NextMove(getattr(move, end), move.ease, count(move.origin.id, move.destination.id)) for move in chosen]


def _counter(catalogue: Catalogue) -> Callable[[str, str], SkillCounts | None]:
    """What counts how much of what a role asks for somebody at an origin holds.

    It has none for occupations: they are rated on a hundred scales, which takes longer than a page may.
    """
    held = cache(partial(find_holdings, catalogue))

    def count(origin: str, role: str) -> SkillCounts | None:
        if "occupation" in (catalogue.kind(origin), catalogue.kind(role)):
            return None
        asked = find_requirements(catalogue, role)
        shares = [share_met(item, held(origin)) for item in asked]
        return count_skills(len(find_assets_that_meet(asked, held(origin))), [share for share in shares if share < 1])

    return count


def _facts_in_short(catalogue: Catalogue, attributes: Iterable[Attribute]) -> list[tuple[str, tuple[Value, ...]]]:
    """What people ask first of a course or an organisation, the first few values of each."""
    rows = list(group_facts(attributes).items())
    shown = [row for row in rows if row[1][0].property in _FIRST_FACTS] + rows
    return [
        (name, tuple(_fact(catalogue, item) for item in some[:MOST_VALUES]))
        for name, some in list(dict(shown).items())[:MOST_FACTS]
    ]


def _fact(catalogue: Catalogue, item: Attribute) -> Value:
    said = link_value(catalogue, word_fact(item.property, item.value))
    return said if said.href else Value(format_fact(item), None, False)


def _sections_of(nodes: Nodes, source: str) -> list[Ref]:
    """The parts of a source that something is read in; of an imported one, the first few."""
    parts = [part for predicate, part in nodes.pointing(source) if predicate == SCHEMA.isPartOf][:MOST_POINTING]
    return sorted((make_title(nodes.catalogue, part) for part in parts), key=lambda ref: ref.label)


def _nearest(catalogue: Catalogue, position: str) -> list[NextMove]:
    """Where the computed steps that cost least lead from a position, each with how hard it is."""
    moves = sorted(Moves(catalogue, derived=True).leaving(position), key=lambda move: (move.cost, move.destination))
    count = _counter(catalogue)
    return [
        NextMove(catalogue.ref(move.destination), grade(move.ease), count(position, move.destination))
        for move in moves[:MOST_NEAREST]
    ]


def make_title(catalogue: Catalogue, iri: str) -> Ref:
    """The reference to a node; what a claim is called is what it says, and never the end of its IRI."""
    ref = catalogue.ref(iri)
    text = catalogue.value(iri, SCHEMA.text) or _said_briefly(catalogue, ref) if ref.kind in _CLAIMS else None
    return Ref(ref.id, ref.kind, text, "en") if text else ref


def _said_briefly(catalogue: Catalogue, claim: Ref) -> str | None:
    """What a claim without a text says: a move by its two ends, a fact as its property and value."""
    if catalogue.values(claim.id, SKOS.prefLabel):
        return None
    start, end, about = (catalogue.value(claim.id, name) for name in (CG.origin, CG.destination, SCHEMA.about))
    if start and end:
        return f"{catalogue.label(start)} → {catalogue.label(end)}"
    name, text = (catalogue.value(claim.id, term) for term in (SCHEMA.propertyID, SCHEMA.value))
    fact = (name and name_property(name), (name and text and word_fact(name, text)) or text)
    said = ": ".join(filter(None, fact)) or to_words(claim.kind)
    return f"{said} ({catalogue.label(about)})" if about else said


def link_value(catalogue: Catalogue, text: str) -> Value:
    """A value as a link to its page if it is a node or a term of the ontology, or to the web if it may be followed.

    >>> link_value(Catalogue.load(), "https://w3id.org/careergraph/ontology#Role").href
    '/ontology#Role'
    >>> link_value(Catalogue.load(), "javascript:alert(1)").href is None
    True
    """
    if text in catalogue.statements:
        return Value(make_title(catalogue, text).label, to_address(text), False)
    if text.startswith(NAMESPACE.cg):
        return Value(shorten(text), to_address(text), False)
    href = to_web_address(text)
    return Value(shorten(text) if href else text, href, href is not None)


def _row(catalogue: Catalogue, predicate: str, texts: Iterable[str], left: int = 0) -> Row:
    return Row(link_value(catalogue, predicate), tuple(link_value(catalogue, text) for text in texts), left)


def _pointing(nodes: Nodes, iri: str) -> list[Row]:
    by_predicate: dict[str, list[str]] = {}
    for predicate, subject in nodes.pointing(iri):
        by_predicate.setdefault(predicate, []).append(subject)
    return [
        _row(nodes.catalogue, predicate, subjects[:MOST_POINTING], max(0, len(subjects) - MOST_POINTING))
        for predicate, subjects in by_predicate.items()
    ]


def _connections(nodes: Nodes, iri: str) -> tuple[tuple[Connection, ...], str | None]:
    """The edges to and from a node; or what is wrong somewhere in the data, so that there are none."""
    catalogue = nodes.catalogue
    try:
        edges = nodes.edges(iri)
    except BadFigure as error:
        return (), str(error)
    found = (
        Connection(catalogue.ref(edge.source), edge.label, catalogue.ref(edge.target), edge.claim)
        for edge in edges
        if not _statements_of(edge, iri)
    )
    unique = {(edge.tail, edge.label, edge.head): edge for edge in found}
    return tuple(sorted(unique.values(), key=lambda edge: (edge.label, edge.tail.label, edge.head.label))), None


def _statements_of(edge: Link, iri: str) -> bool:
    return edge.kind in (_TOLD_LEAVING if edge.source == iri else _TOLD_ARRIVING)


def _sources(catalogue: Catalogue, found: Profile) -> tuple[SourceParts, ...]:
    by_source: dict[tuple[Ref, str | None], list[Value]] = {}
    pages = dict(_sections(catalogue, found.evidence))
    for item in found.evidence:
        sections = by_source.setdefault((item.source, item.standing), [])
        if item.section:
            sections.append(Value(item.section, pages.get((item.source.id, item.section)), False))
    return tuple(SourceParts(source, standing, tuple(sections)) for (source, standing), sections in by_source.items())


def _sections(catalogue: Catalogue, evidence: Iterable[Evidence]) -> Iterator[tuple[tuple[str, str], str]]:
    wanted = {item.source.id for item in evidence}
    for section in catalogue.by_kind.get("section", ()):
        source, name = catalogue.value(section, SCHEMA.isPartOf), catalogue.value(section, CG.section)
        if source in wanted and source and name:
            yield (source, name), to_address(section)
