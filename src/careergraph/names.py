"""From what people type to nodes: exact look-up by label or alias, near misses, and text search."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from careergraph.catalogue import CLAIM_KINDS, NODE_KINDS, Catalogue
from careergraph.errors import AmbiguousName, InvalidName, UnknownKind, UnknownName
from careergraph.records import Ref
from careergraph.vocabulary import SCHEMA, SKOS

ID = "https://w3id.org/careergraph/id/"
LONGEST_NAME = 200
#: The kinds of node that have names, in the order in which listings show them.
NAMED_KINDS = tuple(dict.fromkeys(kind for kind in NODE_KINDS.values() if kind not in ("section", "term")))
#: Zero-width characters that some scripts and emoji cannot be written without.
_JOINERS = "\u200c\u200d"
_HIDDEN = ("section", "term")


def normal(name: str) -> str:
    """A name as it is compared: Unicode-folded, case-folded, hyphens, dashes and runs of spaces as one space.

    >>> normal("  Machine-Learning   ENGINEER ")
    'machine learning engineer'
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    if not folded.isascii():
        folded = "".join("-" if unicodedata.category(sign) == "Pd" else sign for sign in folded)
    return " ".join(folded.replace("-", " ").split())


def checked(name: str) -> str:
    """The name itself, if it can be one.

    Raises:
        InvalidName: it is empty, longer than 200 characters, or holds control characters.
    """
    if not normal(name):
        raise InvalidName("A name is empty; `careergraph list role` shows all roles")
    if len(name) > LONGEST_NAME:
        raise InvalidName(f"A name is {len(name):,} characters long; at most {LONGEST_NAME} are allowed")
    if any(unicodedata.category(sign).startswith("C") and sign not in _JOINERS for sign in name):
        raise InvalidName(f"The name {name!a} holds control characters")
    return name


def resolve(catalogue: Catalogue, name: str, *kinds: str) -> str:
    """The IRI of the one node that a name stands for.

    A name is a preferred label, an alias, a full IRI, or `kind/slug` as in an IRI. A preferred label wins over an
    alias that sounds the same.

    Args:
        catalogue: where to look.
        name: what the user typed.
        kinds: the kinds of node that will do; any kind that has names if none is given.

    Raises:
        InvalidName: the name cannot be one.
        UnknownName: nothing of these kinds is called so; carries near misses.
        AmbiguousName: several nodes of these kinds are called so.

    >>> resolve(Catalogue.load(), "ML Engineer", "role")
    'https://w3id.org/careergraph/id/role/machine-learning-engineer'
    """
    wanted = normal(checked(name))
    for iri in (name, ID + name):
        if iri in catalogue.statements and _fits(catalogue, iri, kinds):
            return iri
    named = [iri for iri in _named(catalogue, kinds) if wanted in map(normal, _names(catalogue, iri))]
    preferred = [iri for iri in named if normal(catalogue.label(iri)) == wanted]
    found = preferred or named
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousName(name, candidates=tuple(sorted(iri.removeprefix(ID) for iri in found)))
    raise UnknownName(name, kinds=kinds, suggestions=near_misses(catalogue, name, *kinds))


def near_misses(catalogue: Catalogue, name: str, *kinds: str) -> tuple[str, ...]:
    """Up to three names, of nodes of these kinds, that look like a given one; the likeliest first."""
    from difflib import get_close_matches

    spelling: dict[str, str] = {}
    for iri in _named(catalogue, kinds):
        for label in _names(catalogue, iri):
            spelling.setdefault(normal(label), label)
    wanted = normal(name)
    close = get_close_matches(wanted, spelling, n=3, cutoff=0.6)
    containing = [known for known in spelling if wanted in known]
    return tuple(spelling[found] for found in dict.fromkeys([*close, *sorted(containing, key=len)]))[:3]


def beginning_with(catalogue: Catalogue, text: str, *kinds: str) -> list[str]:
    """The labels and aliases of nodes of these kinds that begin with a text, in alphabetical order.

    >>> beginning_with(Catalogue.load(), "pyt", "skill")
    ['Python', 'Python programming', 'Python skills', 'PyTorch']
    """
    wanted = normal(text)
    names = (name for iri in _named(catalogue, kinds) for name in _names(catalogue, iri))
    return sorted({name for name in names if normal(name).startswith(wanted)}, key=lambda name: (normal(name), name))


def search(catalogue: Catalogue, text: str) -> tuple[Ref, ...]:
    """The nodes whose label, alias or definition has all the words of a text, best match first.

    A word matches the beginning of a word. First come nodes of which the whole label is matched, then a whole alias,
    then those matched in the label, in an alias, in a definition; equals go by kind and label.

    Raises:
        InvalidName: the text is empty, too long, or holds control characters.
    """
    words = normal(checked(text)).split()
    ranked = []
    for iri in _named(catalogue, ()):
        rank = _rank(catalogue, iri, words)
        if rank is not None:
            ref = catalogue.ref(iri)
            ranked.append(((rank, NAMED_KINDS.index(ref.kind), ref.label, iri), ref))
    return tuple(ref for _, ref in sorted(ranked))


def listed(catalogue: Catalogue, kind: str) -> tuple[Ref, ...]:
    """All nodes of a kind, by label.

    Args:
        catalogue: where to look.
        kind: a kind in the singular or plural, of nodes or of claims such as `transition`.

    Raises:
        UnknownKind: there is no such kind.
    """
    kinds = (*NAMED_KINDS, *dict.fromkeys(CLAIM_KINDS.values()))
    singular = next((known for known in kinds if normal(kind) in (known, known + "s")), None)
    if singular is None:
        raise UnknownKind(kind, kinds=kinds)
    found = [
        Ref(iri, singular, catalogue.value(iri, SCHEMA.text) or catalogue.label(iri))
        for iri in catalogue.by_kind.get(singular, ())
    ]
    return tuple(sorted(found, key=lambda ref: (normal(ref.label), ref.id)))


def _rank(catalogue: Catalogue, iri: str, words: list[str]) -> int | None:
    label = [normal(catalogue.label(iri))]
    aliases = list(map(normal, catalogue.values(iri, SKOS.altLabel)))
    for rank, names in enumerate((label, aliases)):
        if " ".join(words) in names:
            return rank
    shelves = (label, aliases, map(normal, catalogue.definitions(iri)))
    return next((rank for rank, texts in enumerate(shelves, 2) if any(_matches(t, words) for t in texts)), None)


def _matches(text: str, words: list[str]) -> bool:
    # A word that starts a word of the text follows a space, or a bracket or quote that stands for one.
    padded = " " + "".join(c if c.isalnum() or c in "+#.&'" else " " for c in text)
    return all(f" {word}" in padded or word in text.split() for word in words)


def _named(catalogue: Catalogue, kinds: Iterable[str]) -> Iterable[str]:
    for kind in tuple(kinds) or NAMED_KINDS:
        yield from catalogue.by_kind.get(kind, ())


def _names(catalogue: Catalogue, iri: str) -> tuple[str, ...]:
    return (*catalogue.values(iri, SKOS.prefLabel), *catalogue.values(iri, SKOS.altLabel))


def _fits(catalogue: Catalogue, iri: str, kinds: tuple[str, ...]) -> bool:
    return catalogue.kind(iri) in (kinds or (*NAMED_KINDS, *_HIDDEN, *CLAIM_KINDS.values()))
