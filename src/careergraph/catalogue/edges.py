"""From claims to plain edges: which named things are connected, how, and which claim says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Evidence, Record
from careergraph.rdf.kinds import NAMED_KINDS
from careergraph.rdf.standards import DCTERMS, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, NAMESPACE


class Pattern(Record):
    """How claims become edges: from each value of `tail` to each value of a predicate in `heads`."""

    kind: str
    label: str
    claims: tuple[str, ...]
    tail: str
    heads: tuple[str, ...]


#: All edges that claims make. What is said about a transition is said about the role that it leads to.
PATTERNS = (
    Pattern("transition", "leads to", ("transition",), CG.origin, (CG.destination,)),
    Pattern("requires", "asks for", ("requirement",), SCHEMA.about, (CG.anyOf,)),
    Pattern("condition", "presupposes", ("condition",), CG.transition, (CG.anyOf,)),
    Pattern("step", "is reached by way of", ("step",), CG.transition, (CG.anyOf,)),
    Pattern("holds", "holds", ("holding",), SCHEMA.about, (CG.holds,)),
    Pattern("teaches", "teaches", ("teaching",), SCHEMA.about, (CG.teaches,)),
    Pattern("expects", "expects", ("prerequisite",), SCHEMA.about, (CG.expects,)),
    Pattern("provides", "provides", ("offering",), CG.provider, (SCHEMA.about,)),
    Pattern("recommended", "is recommended for", ("recommendation",), SCHEMA.about, (CG.audience, CG.relevantTo)),
    Pattern("employs", "employs", ("classification",), SCHEMA.about, (CG.employs,)),
    Pattern("pays", "pays", ("pay",), CG.employer, (SCHEMA.about,)),
    Pattern("rates", "draws on", ("rating",), SCHEMA.about, (CG.element,)),
    Pattern("uses", "uses", ("tool-use",), SCHEMA.about, (CG.tool,)),
    Pattern("does", "does", ("task",), SCHEMA.about, (CG.activity,)),
    Pattern(
        "relevant",
        "matters to",
        ("classification", "claim", "definition", "advice", "collaboration", "offering"),
        SCHEMA.about,
        (CG.relevantTo,),
    ),
)

#: What a role is said *not* to need must not be taken for a requirement, nor what merely helps for a prerequisite.
WAIVED = ("waives", "does not need")
EASED = ("eased", "is easier with")
#: How plain statements between two nodes are read; of any other predicate the words of its local name are taken.
STATEMENTS = {
    SKOS.broader: "is part of",
    SKOS.exactMatch: "is the same as",
    SKOS.closeMatch: "is nearly the same as",
    SKOS.broadMatch: "is a case of",
    SKOS.narrowMatch: "covers",
    SKOS.relatedMatch: "is related to",
    DCTERMS.publisher: "is published by",
    DCTERMS.creator: "is by",
}
_NEXT_WORD = re.compile("(?<=[a-z])(?=[A-Z])")
#: The property for what is required, as opposed to what helps.
_HARD = "prerequisite"


class Link(NamedTuple):
    """A plain edge. `number` counts the edges of a claim that makes several, and is 0 if it makes one."""

    kind: str
    label: str
    source: str
    target: str
    predicate: str
    claim: str | None
    number: int

    @property
    def id(self) -> str:
        """An id that is unique among the edges of the data set."""
        if self.claim is None:
            return f"{self.source} {self.predicate} {self.target}"
        return f"{self.claim}#{self.kind}" + (f"-{self.number}" if self.number else "")


def find_links(catalogue: Catalogue) -> Iterator[Link]:
    """All edges between named things: those from claims, then those from statements such as what is part of what.

    Linear in the number of statements.

    >>> sorted({link.kind for link in find_links(Catalogue.load())})[:4]
    ['broader', 'condition', 'creator', 'eased']
    """
    named_things = {iri for kind in NAMED_KINDS for iri in catalogue.by_kind.get(kind, ())}
    for pattern in PATTERNS:
        for kind in pattern.claims:
            for claim, _ in catalogue.each(kind):  # reads many at once, and the next line finds them read
                yield from _from_claim(catalogue, pattern, claim, named_things.__contains__)
    for iri in sorted(named_things):
        yield from _from_statements(iri, catalogue.statements[iri], named_things.__contains__)


def find_links_of(catalogue: Catalogue, iri: str, pointing: Iterable[tuple[str, str]]) -> Iterator[Link]:
    """Those of the edges that begin or end at a node, in the order in which `find_links` has them.

    Linear in the number of statements that point to the node, and to the transitions that lead there.

    Args:
        catalogue: the data set.
        iri: the node.
        pointing: predicate and subject of all statements that point to the node.
    """

    def is_named(node: str) -> bool:
        return catalogue.kind(node) in NAMED_KINDS

    said = list(pointing)
    for pattern in PATTERNS:
        claims = _claims_on(catalogue, pattern, iri, said)
        for kind in pattern.claims:
            for claim in sorted(claim for claim in claims if catalogue.kind(claim) == kind):
                found = _from_claim(catalogue, pattern, claim, is_named)
                yield from (link for link in found if iri in (link.source, link.target))
    for node in sorted({iri, *(subject for _, subject in said)}):
        if is_named(node) and is_named(iri):
            found = _from_statements(node, catalogue.statements[node], is_named)
            yield from (link for link in found if iri in (link.source, link.target))


def _claims_on(catalogue: Catalogue, pattern: Pattern, iri: str, pointing: Iterable[tuple[str, str]]) -> set[str]:
    by = {pattern.tail, *pattern.heads}
    found = {subject for predicate, subject in pointing if predicate in by}
    if pattern.tail == CG.transition:
        for move in catalogue.pointing(CG.destination, iri, "transition"):
            found.update(catalogue.pointing(CG.transition, move))
    return found


_Test = Callable[[str], bool]


def _from_claim(catalogue: Catalogue, pattern: Pattern, claim: str, is_named: _Test) -> Iterator[Link]:
    kind, label = _as_meant(catalogue, pattern, claim)
    tails = sorted(set(filter(is_named, _tails(catalogue, pattern, claim))))
    heads = {(head, by) for by in pattern.heads for head in catalogue.values(claim, by) if is_named(head)}
    ends = [(tail, head, by) for tail in tails for head, by in sorted(heads)]
    for number, (tail, head, by) in enumerate(ends, start=1):
        # If the claim is about the head, the predicate that matters is the one that names the tail.
        predicate = pattern.tail if by == SCHEMA.about else by
        yield Link(kind, label, tail, head, predicate, claim, number if len(ends) > 1 else 0)


def _tails(catalogue: Catalogue, pattern: Pattern, claim: str) -> Sequence[str]:
    found = catalogue.values(claim, pattern.tail)
    if pattern.tail != CG.transition:
        return found
    return [role for move in found for role in catalogue.values(move, CG.destination)]


def _as_meant(catalogue: Catalogue, pattern: Pattern, claim: str) -> tuple[str, str]:
    if pattern.kind == "requires" and catalogue.weight(catalogue.value(claim, CG.strength)) == 0:
        return WAIVED
    if pattern.kind == "expects" and catalogue.value(claim, SCHEMA.propertyID) not in (_HARD, None):
        return EASED
    return pattern.kind, pattern.label


def _from_statements(iri: str, by_predicate: Mapping[str, Sequence[str]], is_named: _Test) -> Iterator[Link]:
    for predicate in sorted(by_predicate):
        if not predicate.startswith(NAMESPACE.prov):  # who says so is evidence, not an edge
            local = predicate.rstrip("/#").replace("#", "/").rpartition("/")[2]
            label = STATEMENTS.get(predicate) or _NEXT_WORD.sub(" ", local).lower()
            for value in sorted(set(filter(is_named, by_predicate[predicate]))):
                yield Link(local, label, iri, value, predicate, None, 0)


def find_basis(evidence: Sequence[Evidence]) -> str:
    """What an edge is based on: `asserted` by sources, `judged` by the editors alone, or just `stated`.

    >>> find_basis(())
    'stated'
    """
    if not evidence:
        return "stated"
    return "judged" if all(item.standing == "editorial" for item in evidence) else "asserted"


def name_sources(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Who says so, each source with its section, as text."""
    return tuple(f"{item.source.label}: {item.section}" if item.section else item.source.label for item in evidence)
