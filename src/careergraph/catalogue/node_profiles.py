"""One node with everything that is said about it; roles side by side; counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from careergraph.catalogue.alignments import Alignment, alignments
from careergraph.catalogue.catalogue import Catalogue, by_source
from careergraph.catalogue.claims import (
    attributes,
    find_words,
    is_judged,
    list_requirements,
    pay,
    pay_line,
    requirement,
    transition,
)
from careergraph.catalogue.courses import find_teachers
from careergraph.catalogue.ratings import Rating, facts, ratings
from careergraph.model.records import (
    Attribute,
    Evidence,
    Note,
    Pay,
    Record,
    Ref,
    Requirement,
    Statement,
    Transition,
)
from careergraph.rdf.kinds import CLAIM_KINDS, DESTINATIONS, NAMED_KINDS, NOTE_KINDS
from careergraph.rdf.vocabulary import CG, SCHEMA, SKOS

CLAIMS = frozenset(CLAIM_KINDS.values())
_WORDED = ("definition", "classification", "collaboration", "variant", "advice", "recommendation", "claim")
_ATTRIBUTES = ("attribute", "effort", "price", "prerequisite", "teaching", "offering", "naming")


class Profile(Record):
    """A node and what is said about it. What does not apply to the node's kind is empty.

    What is in `holds` and `taught_by` is the editors' judgement, save for what is in `stated`: a source states that.
    `disagreements` are the notes that sources, or parts of one, contradict each other; `notes` are all others.
    """

    id: str
    kind: str
    label: str
    type: str
    aliases: tuple[str, ...]
    definitions: tuple[str, ...]
    broader: tuple[Ref, ...]
    narrower: tuple[Ref, ...]
    alignments: tuple[Alignment, ...]
    requirements: tuple[Requirement, ...]
    ratings: tuple[Rating, ...]
    pay: tuple[Pay, ...]
    tasks: tuple[Statement, ...]
    transitions: tuple[Transition, ...]
    holds: tuple[Ref, ...]
    required_by: tuple[Ref, ...]
    taught_by: tuple[Ref, ...]
    stated: tuple[Ref, ...]
    statements: tuple[Statement, ...]
    attributes: tuple[Attribute, ...]
    evidence: tuple[Evidence, ...]
    disagreements: tuple[Note, ...]
    notes: tuple[Note, ...]


class Comparison(Record):
    """Roles side by side, and the requirements that all of them share (by their alternatives)."""

    roles: tuple[Profile, ...]
    shared: tuple[tuple[Ref, ...], ...]


class Stats(Record):
    """How much there is: nodes by kind, claims by kind, sources by standing, statements."""

    nodes: dict[str, int]
    claims: dict[str, int]
    standings: dict[str, int]
    statements: int


def profile(catalogue: Catalogue, iri: str) -> Profile:
    """Everything that is said about a node, with its evidence.

    Args:
        catalogue: where to look.
        iri: the node's IRI.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load()
    >>> profile(catalogue, find_node(catalogue, "ML engineer")).label
    'Machine learning engineer'
    """
    ref = catalogue.ref(iri)
    claims = catalogue.about(iri)
    leaving = catalogue.pointing(CG.origin, iri, "transition")
    arriving = catalogue.pointing(CG.destination, iri, "transition")
    own = [iri] if ref.kind == "transition" else []
    moves = tuple(transition(catalogue, claim) for claim in dict.fromkeys((*own, *leaving, *arriving)))
    said = (
        *catalogue.evidence(iri),
        *(e for claim in (*claims, *leaving, *arriving) for e in catalogue.evidence(claim)),
    )
    notes = _notes(catalogue, iri, (*claims, *leaving, *arriving))
    return Profile(
        id=ref.id,
        kind=ref.kind,
        label=ref.label,
        type=(catalogue.class_of(iri) or "").rpartition("#")[2],
        aliases=tuple(catalogue.values(iri, SKOS.altLabel)),
        definitions=_own_words(catalogue, iri),
        broader=catalogue.refs(iri, SKOS.broader),
        narrower=tuple(map(catalogue.ref, sorted(catalogue.pointing(SKOS.broader, iri)))),
        alignments=alignments(catalogue, iri),
        requirements=_requirements(catalogue, iri),
        ratings=ratings(catalogue, iri) if ref.kind == "occupation" else (),
        pay=tuple(pay_line(catalogue, iri, role) for role in _pay_of(catalogue, iri)) or pay(catalogue, iri),
        tasks=find_words(catalogue, iri, "task"),
        transitions=moves,
        holds=_holds(catalogue, iri),
        required_by=_roles_that_require(catalogue, iri),
        taught_by=find_teachers(catalogue).get(iri, ()) if ref.kind == "skill" else (),
        stated=(*_holds(catalogue, iri, stated=True), *find_teachers(catalogue, stated=True).get(iri, ())),
        statements=find_words(catalogue, iri, *_WORDED),
        attributes=(*attributes(catalogue, iri, *_ATTRIBUTES), *facts(catalogue, iri)),
        evidence=tuple(sorted(dict.fromkeys(said), key=by_source)),
        disagreements=tuple(note for note in notes if note.kind == "disagreement"),
        notes=tuple(note for note in notes if note.kind != "disagreement"),
    )


def compare(catalogue: Catalogue, roles: tuple[str, ...]) -> Comparison:
    """Profiles of several roles, with what all of them ask for.

    Args:
        catalogue: where to look.
        roles: IRIs of roles, in the order in which they shall stand.
    """
    profiles = tuple(profile(catalogue, role) for role in dict.fromkeys(roles))
    asked = [{item.any_of: None for item in found.requirements} for found in profiles]
    shared = tuple(group for group in asked[0] if all(group in other for other in asked)) if asked else ()
    return Comparison(profiles, shared)


def stats(catalogue: Catalogue) -> Stats:
    """Counts of everything in a data set."""
    counts = {kind: len(found) for kind, found in catalogue.by_kind.items()}
    sources = catalogue.by_kind.get("source", ())
    standings = Counter(catalogue.label(catalogue.value(iri, CG.standing) or "unstated") for iri in sources)
    return Stats(
        nodes={kind: counts[kind] for kind in NAMED_KINDS if kind in counts},
        claims={kind: counts[kind] for kind in dict.fromkeys(CLAIM_KINDS.values()) if kind in counts},
        standings=dict(sorted(standings.items())),
        statements=sum(len(objects) for node in catalogue.statements.values() for objects in node.values()),
    )


def _requirements(catalogue: Catalogue, iri: str) -> tuple[Requirement, ...]:
    kind = catalogue.kind(iri)
    if kind == "requirement":
        return tuple(requirement(catalogue, iri, role) for role in catalogue.values(iri, SCHEMA.about)[:1])
    return list_requirements(catalogue, iri, waived=True) if kind in DESTINATIONS else ()


def _own_words(catalogue: Catalogue, iri: str) -> tuple[str, ...]:
    # A claim has no definition: what it is is what it says.
    return tuple(catalogue.values(iri, SCHEMA.text)) if catalogue.kind(iri) in CLAIMS else catalogue.definitions(iri)


def _pay_of(catalogue: Catalogue, iri: str) -> Sequence[str]:
    return catalogue.values(iri, SCHEMA.about)[:1] if catalogue.kind(iri) == "pay" else ()


def _holds(catalogue: Catalogue, iri: str, *, stated: bool = False) -> tuple[Ref, ...]:
    holdings = [c for c in catalogue.about(iri, "holding") if not (stated and is_judged(catalogue, c))]
    return tuple(dict.fromkeys(ref for claim in holdings for ref in catalogue.refs(claim, CG.holds)))


def _roles_that_require(catalogue: Catalogue, iri: str) -> tuple[Ref, ...]:
    claims = catalogue.pointing(CG.anyOf, iri, "requirement")
    roles = dict.fromkeys(role for claim in claims for role in catalogue.values(claim, SCHEMA.about))
    return tuple(sorted(map(catalogue.ref, roles), key=lambda ref: ref.label))


def _notes(catalogue: Catalogue, iri: str, claims: tuple[str, ...]) -> tuple[Note, ...]:
    found = [note for node in (iri, *claims) for note in catalogue.notes(node)]
    about = map(catalogue.note, catalogue.about(iri, *NOTE_KINDS))
    return tuple(sorted(dict.fromkeys([*found, *about]), key=lambda note: NOTE_KINDS.index(note.kind)))
