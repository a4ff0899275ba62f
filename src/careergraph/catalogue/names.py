"""From what people type to nodes: exact look-up by label or alias, near misses, and lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.near_misses import find_near_misses, list_texts
from careergraph.model.errors import AmbiguousName, InvalidName, UnknownKind, UnknownName
from careergraph.model.escaping import has_controls
from careergraph.model.records import Ref
from careergraph.model.telling_words import find_telling_words
from careergraph.model.text import fold, normalise, to_singular
from careergraph.rdf.kinds import CLAIM_KINDS, NAMED_KINDS
from careergraph.rdf.standards import DCTERMS, RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, ID
from careergraph.store.statements import untag

if TYPE_CHECKING:
    from careergraph.store.index import Index

LONGEST_NAME = 200
#: The scheme of the vocabulary: names that are there because people use them.
VOCABULARY = f"{ID}scheme/vocabulary"
_HIDDEN = ("section", "term")
#: Words for *general*, as classifications put them before or behind the name of an occupation.
_GENERAL = ("general", "algemeen", "allgemein", "generale", "generaliste", "geral", "ogolny", "almen")
#: The claims by which a source says what is done in an occupation, or what it takes.
_DESCRIBING = ("rating", "task", "tool-use", "requirement")
_NAMING = frozenset({SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel})


def check_name(name: str) -> str:
    """The name itself, if it is a possible name.

    Raises:
        InvalidName: it is empty, longer than 200 characters, or holds control characters.
    """
    if not fold(name):
        raise InvalidName("A name is empty; `careergraph list role` shows all roles")
    if len(name) > LONGEST_NAME:
        raise InvalidName(f"A name is {len(name):,} characters long; at most {LONGEST_NAME} are allowed")
    if has_controls(name):  # the rule of the shapes: every label that they allow can be asked for
        raise InvalidName(f"The name {name!a} holds control characters")
    return name


def find_node(catalogue: Catalogue, name: str, *kinds: str) -> str:
    """The IRI of the one node of a name.

    A name is a preferred label, an alias, a notation such as the code of an occupation, a full IRI, `kind/slug` as in
    an IRI, or `kind:slug` as in queries. Accents may be left out, and a name that nothing has may be one in the other
    English spelling, *centre* or *center*. A preferred label wins over one that is the same in
    the singular, and that wins over an alias. Nodes in memory, that is curated ones, come before anything on disk. The
    name of a node that has been replaced (`dcterms:isReplacedBy`) means the node that replaced it.

    Args:
        catalogue: where to look.
        name: what the user typed.
        kinds: the acceptable kinds of node; any kind that has names if none is given.

    Raises:
        InvalidName: it is not a possible name.
        UnknownName: no node of these kinds has this name; carries near misses.
        AmbiguousName: several nodes of these kinds have this name.

    >>> find_node(Catalogue.load("bundled"), "ML Engineer", "role")
    'https://w3id.org/careergraph/id/role/machine-learning-engineer'
    """
    found = look_up(catalogue, name, *kinds)
    if found is None:
        raise UnknownName(name, kinds=kinds, suggestions=find_near_misses(catalogue, name, *kinds))
    return found


def look_up(catalogue: Catalogue, name: str, *kinds: str) -> str | None:
    """The IRI of the one node that a name stands for, by the rules of `find_node`; None if nothing is called so.

    For whoever does not mind that a name is unknown: near misses take much longer to find than names do.

    Args:
        catalogue: where to look.
        name: what the user typed.
        kinds: the kinds of node that will do; any kind that has names if none is given.

    Raises:
        InvalidName: the name cannot be one.
        AmbiguousName: several nodes of these kinds are called so.

    >>> look_up(Catalogue.load("bundled"), "Lamplighter", "role") is None
    True
    """
    wanted = normalise(check_name(name))
    for iri in (name, ID + name, ID + name.replace(":", "/", 1)):
        if iri in catalogue.statements and _fits(catalogue, iri, kinds):
            return _current(catalogue, iri)
    found = _find_meant(catalogue, name, wanted, kinds) or _find_by_spelling(catalogue, name, kinds)
    if len(found) > 1:
        candidates = tuple(iri.removeprefix(ID) for iri in found)
        raise AmbiguousName(name, candidates=candidates, names=tuple(_distinct_names(catalogue, found, candidates)))
    return found[0] if found else None


def _find_meant(catalogue: Catalogue, name: str, wanted: str, kinds: Sequence[str]) -> list[str]:
    found = keep_what_is_meant(catalogue, next(filter(None, _find_by_name(catalogue, wanted, kinds)), []))
    found = list(dict.fromkeys(_current(catalogue, iri) for iri in found))
    if len(found) > 1:  # names that differ in accents alone
        found = [iri for iri in found if _is_called(catalogue, iri, name)] or found
    return found


def _find_by_spelling(catalogue: Catalogue, name: str, kinds: Sequence[str]) -> list[str]:
    """The one node with this name in the other English spelling; none where several have it, or nobody spells so."""
    from careergraph.model.spelling import list_spellings  # not on the start path

    every = (_find_meant(catalogue, other, other, kinds) for other in list_spellings(name))
    return next((found for found in every if len(found) == 1), [])


def _is_called(catalogue: Catalogue, iri: str, name: str) -> bool:
    """Whether a node has a name with just these accents."""
    given = (text for predicate in _NAMING for text in catalogue.values(iri, predicate))
    return normalise(name) in map(normalise, given)


def _current(catalogue: Catalogue, iri: str) -> str:
    """The node that has replaced a node, if one has; else the node itself."""
    seen = [iri]
    for node in seen:
        later = catalogue.value(node, DCTERMS.isReplacedBy)
        if later is not None and later in catalogue.statements and later not in seen:
            seen.append(later)
    return seen[-1]


def _find_by_name(catalogue: Catalogue, wanted: str, kinds: Sequence[str]) -> Iterator[list[str]]:
    """The nodes of a name, rank by rank; those in memory first, so that no import changes an answer.

    For the same reason, data sets on disk are asked one after the other, those that rate occupations first. Only an
    occupation that is nothing but a word of the vocabulary gives way to one of the same name on disk, because a source
    says what that one asks for. A node that is only found by a hidden name gives way, too.
    """
    every = _find_in_memory(catalogue, wanted, kinds)
    words = [
        iri for iri in every if is_word_for_an_occupation(catalogue, iri) or _is_hidden_name(catalogue, iri, wanted)
    ]
    in_memory = [iri for iri in every if iri not in words]
    yield [iri for iri in in_memory if fold(wanted) in map(fold, catalogue.values(iri, SKOS.prefLabel))]
    in_the_singular = _find_in_the_singular(catalogue, wanted, kinds)
    yield _without_words(catalogue, in_the_singular)
    yield in_memory
    labels: list[str] = []
    in_the_singular_on_disk: list[str] = []
    several: list[str] = []
    for index in order_indexes(catalogue):
        on_disk = _find_on_disk(catalogue, index, wanted, kinds)
        labels += [node for node, rank in on_disk.items() if rank == 0]
        yield _without_words(catalogue, [node for node, rank in on_disk.items() if rank == 0])
        alike = _find_on_disk_in_the_singular(catalogue, index, wanted, kinds)
        in_the_singular_on_disk += alike
        yield _without_words(catalogue, alike)
        also = [node for node in _without_words(catalogue, on_disk) if is_meant_by(catalogue, node, words)]
        yield also if len(also) == 1 else []
        several += on_disk
    yield [iri for iri in words if fold(wanted) in map(fold, catalogue.values(iri, SKOS.prefLabel))] or labels
    yield in_the_singular or in_the_singular_on_disk
    shown = [iri for iri in words if not _is_hidden_name(catalogue, iri, wanted)]
    yield shown
    yield _without_words(catalogue, several) or several
    for index in order_indexes(catalogue):
        names = (name for text in _general_names(wanted) for name in index.names_equal_to(text))
        yield list(dict.fromkeys(name.node for name in names if _counts(catalogue, name.node, kinds)))
    yield words


def _is_hidden_name(catalogue: Catalogue, node: str, wanted: str) -> bool:
    """Whether a node is only found by a hidden name: a node that has the name as a label is meant rather."""
    names = {fold(text) for text in list_texts(catalogue, node)}
    return fold(wanted) not in names and fold(wanted) in map(fold, catalogue.values(node, SKOS.hiddenLabel))


def _find_in_memory(catalogue: Catalogue, wanted: str, kinds: Sequence[str]) -> list[str]:
    """The nodes in memory with this name, in the order of the kinds."""
    found, places = catalogue.index.by_name(fold(wanted)), tuple(kinds) or NAMED_KINDS
    fitting = [(places.index(kind), iri) for kind, iri in found if kind in places]
    return [iri for _, iri in sorted(fitting, key=lambda item: item[0])]


def find_words(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """The occupations of the vocabulary that a name stands for: words for an occupation that a source may describe.

    Args:
        catalogue: where to look.
        name: what the user typed.
    """
    found = _find_in_memory(catalogue, fold(name), ("background",))
    return tuple(iri for iri in found if is_word_for_an_occupation(catalogue, iri))


def is_meant_by(catalogue: Catalogue, node: str, words: Collection[str]) -> bool:
    """Whether an occupation on disk that is known by a name as well is what the vocabulary has by that name.

    One that its source only names, such as *Military Officers, All Other*, says less than the vocabulary does.
    """
    described = not words or any(catalogue.about(node, *_DESCRIBING))
    return described and speaks_of_the_same(catalogue, node, words)


def speaks_of_the_same(catalogue: Catalogue, node: str, words: Iterable[str]) -> bool:
    """Whether an occupation on disk that has a name may be the same as the vocabulary's node of that name.

    It may be if the vocabulary has no such node, or if its label shares a word that says what people do with a name
    there: *care assistant* does not mean animal caretakers.
    """
    names = [
        text for word in words for text in (*list_texts(catalogue, word), *catalogue.values(word, SKOS.hiddenLabel))
    ]
    label = catalogue.label(node).partition(", Except")[0]
    return not names or bool(find_telling_words(label) & {word for text in names for word in find_telling_words(text)})


def _general_names(wanted: str) -> Iterator[str]:
    """Names that mean the same as a name: *general nurse* for *nurse*, in some languages."""
    for word in _GENERAL:
        yield from (f"{word} {wanted}", f"{wanted} {word}")


def _without_words(catalogue: Catalogue, found: Iterable[str]) -> list[str]:
    return [iri for iri in found if not is_word_for_an_occupation(catalogue, iri)]


def _find_on_disk(catalogue: Catalogue, index: Index, wanted: str, kinds: Sequence[str]) -> dict[str, int]:
    """The nodes of a data set on disk with this name, each with the best rank of a matching name."""
    ranks: dict[str, int] = {}
    for name in index.names_equal_to(wanted):
        if _counts(catalogue, name.node, kinds):
            ranks[name.node] = min(name.rank, ranks.get(name.node, name.rank))
    return ranks


def _find_in_the_singular(catalogue: Catalogue, wanted: str, kinds: Sequence[str]) -> list[str]:
    one, places = to_singular(fold(wanted)), tuple(kinds) or NAMED_KINDS
    named = {(places.index(kind), iri) for kind, iri in catalogue.index.in_the_singular(one) if kind in places}
    # The index of names leaves out what people do not type, such as terms; who asks for such a kind gets it.
    others = [kind for kind in kinds if kind not in NAMED_KINDS]
    named |= {(places.index(kind), iri) for kind in others for iri in catalogue.by_kind.get(kind, ())}
    labels = {iri: map(fold, catalogue.values(iri, SKOS.prefLabel)) for _, iri in sorted(named)}
    return [iri for iri, found in labels.items() if one in map(to_singular, found)]


def order_indexes(catalogue: Catalogue) -> list[Index]:
    """The data sets on disk in the order in which their names count: those first that rate occupations."""
    return sort_indexes(catalogue.indexes)


def sort_indexes(indexes: Iterable[Index]) -> list[Index]:
    """Data sets on disk in the order in which their names count: see `order_indexes`."""
    return sorted(indexes, key=lambda index: -index.tally.get("rating", 0))


def _find_on_disk_in_the_singular(catalogue: Catalogue, index: Index, wanted: str, kinds: Sequence[str]) -> list[str]:
    names = index.names_in_the_singular(to_singular(wanted))
    return list(dict.fromkeys(n.node for n in names if n.rank == 0 and _counts(catalogue, n.node, kinds)))


def _distinct_names(catalogue: Catalogue, found: list[str], ids: Sequence[str]) -> Iterator[str]:
    """Names that distinguish nodes: their labels, or their ids where labels are not unique."""
    labels = [catalogue.label(iri) for iri in found]
    shared = Counter(map(fold, labels))
    for label, id_ in zip(labels, ids, strict=True):
        yield label if shared[fold(label)] == 1 else id_


def keep_what_is_meant(catalogue: Catalogue, found: Iterable[str]) -> list[str]:
    """Of nodes with the same name, those that somebody can mean by it.

    Nodes that sources speak of come before words of the vocabulary, in which a skill comes before a field of study or
    an occupation of the same name. Twins count as one: nodes that an exact match declares the same, and nodes of the
    same name and kind in two data sets.

    Args:
        catalogue: where to look.
        found: nodes with the same name, either all in memory or all on disk.
    """
    given = sorted(found)
    told = [iri for iri in given if not is_in_vocabulary(catalogue, iri)]
    skills = [iri for iri in given if catalogue.kind(iri) == "skill"]
    kept: list[str] = []
    for iri in told or skills or given:
        if not any(_are_twins(catalogue, iri, other) for other in kept):
            kept.append(iri)
    return kept


def _are_twins(catalogue: Catalogue, one: str, other: str) -> bool:
    if (other, SKOS.exactMatch) in catalogue.matches(one):
        return True
    # Within one data set, nodes of the same name are different things.
    apart = one not in catalogue.memory and not any(one in index and other in index for index in catalogue.indexes)
    return apart and _sort_of(catalogue, one) == _sort_of(catalogue, other)


def _sort_of(catalogue: Catalogue, iri: str) -> tuple[str, str]:
    return catalogue.kind(iri), normalise(catalogue.label(iri))


def find_twins(catalogue: Catalogue, iri: str) -> list[str]:
    """The nodes on disk that are the same as a node of the vocabulary: of its kind, and with its label as a name.

    For all other nodes, only a reviewed alignment says that they are the same.
    """
    if not catalogue.indexes or not is_in_vocabulary(catalogue, iri):
        return []
    kind, label = _sort_of(catalogue, iri)
    names = (name for index in catalogue.indexes for name in index.names_equal_to(label))
    found = dict.fromkeys(name.node for name in names if name.rank == 0 and name.kind == kind)
    return [node for node in found if node not in catalogue.memory]


def is_in_vocabulary(catalogue: Catalogue, iri: str) -> bool:
    """Whether a node belongs to the vocabulary: names that people use, which no source need mention.

    >>> is_in_vocabulary(Catalogue.load("bundled"), f"{ID}skill/kubernetes")
    True
    """
    return VOCABULARY in catalogue.values(iri, SKOS.inScheme)


def is_word_for_an_occupation(catalogue: Catalogue, iri: str) -> bool:
    """Whether a node is an occupation of the vocabulary, about which no source says anything."""
    return is_in_vocabulary(catalogue, iri) and CG.Profession in catalogue.values(iri, RDF.type)


def list_nodes(catalogue: Catalogue, kind: str) -> tuple[Ref, ...]:
    """All nodes of a kind, by label.

    Args:
        catalogue: where to look.
        kind: a kind in the singular or plural, of nodes or of claims such as `transition`.

    Raises:
        UnknownKind: there is no such kind.
    """
    kinds = (*NAMED_KINDS, *dict.fromkeys(CLAIM_KINDS.values()))
    one = next((known for known in kinds if fold(kind) in _forms(fold(known))), None)
    if one is None:
        raise UnknownKind(kind, kinds=kinds)
    found = []
    for iri, said in catalogue.each(one, keep=False):
        text = said.get(SCHEMA.text)
        found.append(Ref(iri, one, text[0], "en") if text else Ref(iri, one, *catalogue.label_in(iri)))
    return tuple(sorted(found, key=lambda ref: (fold(ref.label), ref.id)))


def _forms(kind: str) -> tuple[str, ...]:
    return (kind, f"{kind}s", f"{kind[:-1]}ies") if kind.endswith("y") else (kind, f"{kind}s")


def list_names_in_all_languages(catalogue: Catalogue, iri: str) -> tuple[str, ...]:
    """The labels, aliases and notations of a node, in English first and then in all other languages."""
    said = catalogue.statements.get(iri, {})
    found = (text for filed, texts in said.items() if untag(filed)[0] in _NAMING for text in texts)
    return tuple(dict.fromkeys((*list_names(catalogue, iri), *found)))


def list_names(catalogue: Catalogue, iri: str) -> tuple[str, ...]:
    """The labels, aliases and notations of a node."""
    return (*list_texts(catalogue, iri), *catalogue.values(iri, SKOS.notation))


def _counts(catalogue: Catalogue, iri: str, kinds: Sequence[str]) -> bool:
    # Nodes that are in memory as well have been looked up there, by all of their names.
    return iri not in catalogue.memory and (not kinds or catalogue.kind(iri) in kinds)


def _fits(catalogue: Catalogue, iri: str, kinds: tuple[str, ...]) -> bool:
    return catalogue.kind(iri) in (kinds or (*NAMED_KINDS, *_HIDDEN, *CLAIM_KINDS.values()))
