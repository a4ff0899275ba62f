"""Alignments: which things of different sources are the same, nearly the same, or one broader than the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_twins
from careergraph.model.records import Evidence, Record, Ref
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.standards import OWL, RDF, RDFS, SCHEMA, SKOS, SSSOM
from careergraph.rdf.vocabulary import CG

if TYPE_CHECKING:
    from careergraph.model.values import Iri, Schema, Share


_PARAMETER = "https://w3id.org/careergraph/id/parameter/"
#: Mapping → the editors' parameter for how much holding the one counts for holding the other, and the default value. A
#: broader thing counts as much for a narrower one as the other way round.
_COUNTS = {
    SKOS.exactMatch: ("exact-match", 1.0),
    SKOS.closeMatch: ("close-match", 0.8),
    SKOS.broadMatch: ("broad-match", 0.5),
    SKOS.narrowMatch: ("broad-match", 0.5),
}


class Alignment(Record):
    """A node of another source that corresponds to a node, as a reviewed SSSOM mapping."""

    id: Iri
    """The claim's IRI."""
    node: Ref
    """The node of the other source."""
    mapping: Annotated[
        str, Schema(enum=["exact match", "close match", "broad match", "narrow match", "related match", "same thing"])
    ]
    """How it is related; 'broad match' says that it is the broader one, 'same thing' is said of an organisation."""
    confidence: Share | None
    """How sure the reviewer is; null if that is not stated."""
    reason: str
    """Why the two are aligned."""
    evidence: tuple[Evidence, ...]
    """Who says so."""


#: SKOS mapping → its name as seen from its subject and from its object.
_NAMES = {
    SKOS.exactMatch: ("exact match", "exact match"),
    SKOS.closeMatch: ("close match", "close match"),
    SKOS.broadMatch: ("broad match", "narrow match"),
    SKOS.narrowMatch: ("narrow match", "broad match"),
    SKOS.relatedMatch: ("related match", "related match"),
    SCHEMA.sameAs: ("same thing", "same thing"),
}
#: Sources in which each thing has a page of its own, which can be looked at without importing anything.
_PAGES = (PREFIXES["ror"], PREFIXES["wd"])


def list_alignments(catalogue: Catalogue, iri: str) -> tuple[Alignment, ...]:
    """The alignments of a node with nodes that are in the data or have a page to look at, the surest first."""
    found = []
    for side, (own, other) in enumerate(_ENDS):
        for claim in catalogue.pointing(own, iri, "alignment"):
            for node in catalogue.values(claim, other):
                if node in catalogue.statements or node.startswith(_PAGES):
                    found.append(_alignment(catalogue, claim, node, side))
    return tuple(sorted(found, key=lambda item: (-(item.confidence or 0), item.node.label, item.id)))


_ENDS = ((OWL.annotatedSource, OWL.annotatedTarget), (OWL.annotatedTarget, OWL.annotatedSource))


def _alignment(catalogue: Catalogue, claim: str, node: str, side: int) -> Alignment:
    mapping = catalogue.value(claim, OWL.annotatedProperty) or SKOS.closeMatch
    return Alignment(
        id=claim,
        node=catalogue.ref(node) if node in catalogue.statements else _page(catalogue, claim, node),
        mapping=_NAMES[mapping][side],
        confidence=catalogue.number(claim, SSSOM.confidence),
        reason=catalogue.value(claim, RDFS.comment) or "",
        evidence=catalogue.evidence(claim),
    )


def _page(catalogue: Catalogue, claim: str, node: str) -> Ref:
    label = catalogue.value(claim, SSSOM.object_label)
    return Ref(node, catalogue.kind(node), label or node, "en" if label else None)


def find_counterparts(catalogue: Catalogue, iri: str) -> dict[str, float]:
    """The counterparts of a thing in other sources, and how much holding it counts for holding each, between 0 and 1.

    A node of the vocabulary counts in full for a node of the same name and kind in a data set on disk.

    >>> catalogue = Catalogue.load("bundled")
    >>> find_counterparts(catalogue, "https://w3id.org/careergraph/id/role/ai-ethicist")
    {}
    """
    found: dict[str, float] = {}
    for other, predicate in catalogue.matches(iri):
        found[other] = max(found.get(other, 0.0), weigh_mapping(catalogue, predicate))
    return found | dict.fromkeys(find_twins(catalogue, iri), 1.0)


def find_same(catalogue: Catalogue, iri: str) -> tuple[str, ...]:
    """The nodes that mean the same as a node, by exact match."""
    return tuple(other for other, mapping in catalogue.matches(iri) if mapping == SKOS.exactMatch)


def find_same_positions(catalogue: Catalogue, position: str) -> tuple[str, ...]:
    """The other positions that are the same as a position, by exact match."""
    return tuple(sorted(other for other in find_same(catalogue, position) if catalogue.kind(other) in POSITIONS))


def find_positions(catalogue: Catalogue, position: str) -> tuple[str, ...]:
    """The positions that come with a position: itself, broader ones, and their counterparts in other sources."""
    found = catalogue.once(_found_positions)
    if position not in found:
        known = set[str]()
        found[position] = _spread(
            position, lambda node: (*catalogue.lineage(node, known), *find_same_positions(catalogue, node))
        )
    return found[position]


def _found_positions(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """What `find_positions` has found: a search for routes asks for the same positions tens of thousands of times."""
    return {}


def find_arrivals(catalogue: Catalogue, position: str) -> tuple[str, ...]:
    """The positions by which a position is reached: itself, its specialisations, and those that are the same."""

    def find_near(node: str) -> tuple[str, ...]:
        narrower = sorted(catalogue.pointing(SKOS.broader, node, *POSITIONS))
        return (*narrower, *find_same_positions(catalogue, node))

    return _spread(position, find_near)


def _spread(node: str, find_near: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """A node, those near it, those near these, and so on: each once, and asked about once."""
    found = {node: None}
    waiting = [node]
    for one in waiting:
        new = [other for other in dict.fromkeys(find_near(one)) if other not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return tuple(found)


def weigh_mapping(catalogue: Catalogue, predicate: str) -> float:
    """How much holding a thing counts for holding what a SKOS mapping maps it to, 0 if nothing."""
    if predicate not in _COUNTS:
        return 0.0
    name, otherwise = _COUNTS[predicate]
    return catalogue.weight(_PARAMETER + name, otherwise)


def add_broader(catalogue: Catalogue, assets: Mapping[str, float], without: Collection[str] = ()) -> dict[str, float]:
    """Assets together with the broader assets that they imply, at the same level.

    A tool implies the skill it belongs to, a doctorate in one field implies a doctorate, sociology implies social
    science. Knowing part of a subject does not imply knowing the subject, and mastering one skill does not imply the
    broader one. An asset also implies what the editors say it implies.

    Args:
        catalogue: where to look.
        assets: the IRIs of assets, each with its level.
        without: the IRIs of assets that are not added, nor what only they imply.
    """
    found = dict(assets)
    queue = list(assets)
    for asset in queue:
        for other in (*_broader_implied(catalogue, asset), *catalogue.values(asset, CG.implies)):
            if other not in without and found.get(other, 0.0) < found[asset]:
                found[other] = found[asset]
                queue.append(other)
    return found


def find_implying(catalogue: Catalogue, assets: Iterable[str]) -> list[str]:
    """The assets that imply one of the given assets, including these: the inverse of `add_broader`.

    Takes time linear in what it finds.
    """
    found = dict.fromkeys(assets)
    queue = list(found)
    for asset in queue:
        narrower = () if _is(catalogue, asset, CG.Knowledge) else catalogue.pointing(SKOS.broader, asset)
        implying = (other for other in narrower if not _is(catalogue, other, CG.Knowledge, CG.Skill))
        new = [other for other in (*implying, *catalogue.pointing(CG.implies, asset)) if other not in found]
        found |= dict.fromkeys(new)
        queue += new
    return queue


def _broader_implied(catalogue: Catalogue, asset: str) -> list[str]:
    if _is(catalogue, asset, CG.Knowledge, CG.Skill):
        return []
    return [other for other in catalogue.values(asset, SKOS.broader) if not _is(catalogue, other, CG.Knowledge)]


def _is(catalogue: Catalogue, iri: str, *classes: str) -> bool:
    return any(class_ in classes for class_ in catalogue.values(iri, RDF.type))
