"""One node with everything that is said about it; roles side by side; counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.alignments import Alignment, list_alignments
from careergraph.catalogue.catalogue import Catalogue, group_by_source
from careergraph.catalogue.claims import (
    find_pay,
    find_words,
    is_judged,
    list_attributes,
    list_requirements,
    read_pay_line,
    read_requirement,
    read_transition,
)
from careergraph.catalogue.courses import find_teachers
from careergraph.catalogue.names import find_twins
from careergraph.catalogue.ratings import Rating, list_facts, list_ratings
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
    replace,
)
from careergraph.rdf.kinds import CLAIM_KINDS, DESTINATIONS, NAMED_KINDS, NOTE_KINDS
from careergraph.rdf.standards import SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG

if TYPE_CHECKING:
    from careergraph.model.values import ClaimKind, Count, Iri, Kind, Language, NamedKind, NonEmpty, Schema


CLAIMS = frozenset(CLAIM_KINDS.values())
_WORDED = ("definition", "classification", "collaboration", "variant", "advice", "recommendation", "claim")
_ATTRIBUTES = ("attribute", "effort", "price", "prerequisite", "teaching", "offering", "naming")


class Profile(Record):
    """One node and everything that is said about it; what does not apply to the node's kind is empty."""

    id: Iri
    """The node's IRI."""
    kind: Kind
    """What the node is."""
    label: NonEmpty
    """The node's preferred label."""
    language: Language | None
    """The label's language, English where the data names none; null if the label is not a text of the data."""
    type: Annotated[str, Schema(examples=["Role", "Tool"])]
    """The name of the node's class in the ontology."""
    aliases: Annotated[tuple[NonEmpty, ...], Schema(uniqueItems=True)]
    """Other names of the node."""
    definitions: tuple[str, ...]
    """What the editors say the node is."""
    broader: tuple[Ref, ...]
    """What the node specialises or belongs to."""
    narrower: tuple[Ref, ...]
    """What specialises the node or belongs to it."""
    alignments: tuple[Alignment, ...]
    """The counterparts of the node in other sources."""
    requirements: tuple[Requirement, ...]
    """What a role asks for, the most important first, with what sources say is not needed."""
    ratings: tuple[Rating, ...]
    """How important each skill, piece of knowledge and trait is in an occupation, the most important first."""
    pay: tuple[Pay, ...]
    """What a role pays, line by line as sources have it."""
    tasks: tuple[Statement, ...]
    """What people in a role do."""
    transitions: tuple[Transition, ...]
    """The moves that start from the node, then those that lead to it."""
    holds: tuple[Ref, ...]
    """What people in a position can be expected to hold."""
    required_by: tuple[Ref, ...]
    """The roles that ask for the node."""
    taught_by: tuple[Ref, ...]
    """The courses that teach a skill."""
    stated: tuple[Ref, ...]
    """Those of holds and taught_by that a source itself states; the others are the editors' judgement."""
    statements: tuple[Statement, ...]
    """What else is said about the node in words."""
    attributes: tuple[Attribute, ...]
    """The node's properties as pages give them."""
    evidence: Annotated[tuple[Evidence, ...], Schema(uniqueItems=True)]
    """Every source and section that says something about the node, each once."""
    disagreements: tuple[Note, ...]
    """Where sources, or parts of one source, contradict each other about the node."""
    notes: tuple[Note, ...]
    """Other remarks of the editors on the node and on what is said about it."""


#: How two sources have one thing, as far as comparing roles goes.
_AS_GOOD_AS_ONE = (SKOS.exactMatch, SKOS.closeMatch)


class Comparison(Record):
    """Roles side by side."""

    roles: Annotated[tuple[Profile, ...], Schema(minItems=1)]
    """The roles in the order asked for, each as `careergraph show` gives it."""
    shared: Annotated[tuple[Annotated[tuple[Ref, ...], Schema(minItems=1)], ...], Schema(uniqueItems=True)]
    """The requirements that all the roles have, each as its alternatives."""


class Stats(Record):
    """Counts of nodes, claims, sources and statements."""

    nodes: dict[NamedKind, Annotated[int, Schema(minimum=1)]]
    """How many nodes there are of each kind; kinds without nodes are left out."""
    claims: dict[ClaimKind, Annotated[int, Schema(minimum=1)]]
    """How many claims there are of each kind; kinds without claims are left out."""
    standings: dict[str, Annotated[int, Schema(minimum=1)]]
    """How many sources there are of each standing, in the words of the data; `unstated` counts those without."""
    statements: Count
    """How many statements, RDF triples, there are in all."""


def describe_node(catalogue: Catalogue, iri: str) -> Profile:
    """Everything that is said about a node, with its evidence.

    Args:
        catalogue: where to look.
        iri: the node's IRI.

    >>> from careergraph.catalogue.names import find_node
    >>> catalogue = Catalogue.load()
    >>> describe_node(catalogue, find_node(catalogue, "ML engineer")).label
    'Machine learning engineer'
    """
    ref = catalogue.ref(iri)
    claims = catalogue.about(iri)
    leaving = catalogue.pointing(CG.origin, iri, "transition")
    arriving = catalogue.pointing(CG.destination, iri, "transition")
    own = [iri] if ref.kind == "transition" else []
    moves = tuple(read_transition(catalogue, claim) for claim in dict.fromkeys((*own, *leaving, *arriving)))
    said = (
        *catalogue.evidence(iri),
        *(e for claim in (*claims, *leaving, *arriving) for e in catalogue.evidence(claim)),
    )
    notes = _notes(catalogue, iri, (*claims, *leaving, *arriving))
    return Profile(
        id=ref.id,
        kind=ref.kind,
        label=ref.label,
        language=ref.language,
        type=(catalogue.class_of(iri) or "").rpartition("#")[2],
        aliases=tuple(_other_names(catalogue, ref)),
        definitions=_own_words(catalogue, iri),
        broader=catalogue.refs(iri, SKOS.broader),
        narrower=tuple(map(catalogue.ref, sorted(catalogue.pointing(SKOS.broader, iri)))),
        alignments=list_alignments(catalogue, iri),
        requirements=_requirements(catalogue, iri),
        ratings=list_ratings(catalogue, iri) if ref.kind == "occupation" else (),
        pay=tuple(read_pay_line(catalogue, iri, role) for role in _pay_of(catalogue, iri)) or find_pay(catalogue, iri),
        tasks=find_words(catalogue, iri, "task"),
        transitions=moves,
        holds=_holds(catalogue, iri),
        required_by=_roles_that_require(catalogue, iri),
        taught_by=find_teachers(catalogue).get(iri, ()) if ref.kind == "skill" else (),
        stated=(*_holds(catalogue, iri, stated=True), *find_teachers(catalogue, stated=True).get(iri, ())),
        statements=find_words(catalogue, iri, *_WORDED),
        attributes=(*list_attributes(catalogue, iri, *_ATTRIBUTES), *list_facts(catalogue, iri)),
        evidence=tuple(sorted(dict.fromkeys(said), key=group_by_source)),
        disagreements=tuple(note for note in notes if note.kind == "disagreement"),
        notes=tuple(note for note in notes if note.kind != "disagreement"),
    )


def compare(
    catalogue: Catalogue, roles: tuple[str, ...], asked: Callable[[str], Iterable[Requirement]] | None = None
) -> Comparison:
    """Profiles of several roles, with what all of them ask for.

    What two sources have for one thing, by an exact or a close match or as twins, is one thing that is asked for.

    Args:
        catalogue: where to look.
        roles: IRIs of roles, in the order in which they shall stand.
        asked: what is estimated that a role asks for besides what sources say; nothing if not given.
    """
    known: dict[str, Ref] = {}
    profiles = tuple(
        _with_requirements(catalogue, describe_node(catalogue, role), asked(role) if asked else (), known)
        for role in dict.fromkeys(roles)
    )
    every = [{item.any_of: None for item in found.requirements} for found in profiles]
    shared = tuple(group for group in every[0] if all(group in other for other in every)) if every else ()
    return Comparison(profiles, shared)


def _with_requirements(
    catalogue: Catalogue, found: Profile, estimated: Iterable[Requirement], known: dict[str, Ref]
) -> Profile:
    """A profile with what is estimated as well, where each thing goes by the reference under which it was met first."""
    every = (*found.requirements, *(item for item in estimated if item.estimated))
    told = (
        replace(item, any_of=tuple(dict.fromkeys(_first(catalogue, ref, known) for ref in item.any_of)))
        for item in every
    )
    return replace(found, requirements=tuple(told))


def _first(catalogue: Catalogue, ref: Ref, known: dict[str, Ref]) -> Ref:
    close = (other for other, mapping in catalogue.matches(ref.id) if mapping in _AS_GOOD_AS_ONE)
    same = (ref.id, *close, *find_twins(catalogue, ref.id))
    first = next((known[iri] for iri in same if iri in known), ref)
    known.update(dict.fromkeys(same, first))
    return first


def count_nodes(catalogue: Catalogue) -> Stats:
    """Counts of everything in a data set."""
    counts = {kind: len(found) for kind, found in catalogue.by_kind.items()}
    sources = catalogue.by_kind.get("source", ())
    standings = Counter(catalogue.label(catalogue.value(iri, CG.standing) or "unstated") for iri in sources)
    return Stats(
        nodes={kind: counts[kind] for kind in NAMED_KINDS if kind in counts},
        claims={kind: counts[kind] for kind in dict.fromkeys(CLAIM_KINDS.values()) if kind in counts},
        standings=dict(sorted(standings.items())),
        statements=sum(len(objects) for iri in catalogue.statements for objects in catalogue.said(iri).values()),
    )


def _requirements(catalogue: Catalogue, iri: str) -> tuple[Requirement, ...]:
    kind = catalogue.kind(iri)
    if kind == "requirement":
        return tuple(read_requirement(catalogue, iri, role) for role in catalogue.values(iri, SCHEMA.about)[:1])
    return list_requirements(catalogue, iri, waived=True) if kind in DESTINATIONS else ()


def _other_names(catalogue: Catalogue, ref: Ref) -> Iterator[str]:
    """The aliases in the language that is asked for, behind the label in English where that is another."""
    labels = catalogue.values(ref.id, SKOS.prefLabel)[:1] if ref.language not in (None, "en") else []
    yield from (name for name in (*labels, *catalogue.texts(ref.id, SKOS.altLabel)) if name != ref.label)


def _own_words(catalogue: Catalogue, iri: str) -> tuple[str, ...]:
    # A claim has no definition besides its text.
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
