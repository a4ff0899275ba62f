"""What the fields of the pages suggest while somebody types: nodes by name, and names to use in a query."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.catalogue.near_misses import find_near_misses
from careergraph.model.errors import AmbiguousName
from careergraph.model.records import Record, Ref
from careergraph.model.text import fold, normalise
from careergraph.rdf.kinds import NAMED_KINDS
from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.query_errors import WORDS
from careergraph.rdf.results import shorten
from careergraph.rdf.standards import SKOS
from careergraph.server.pages.vocabulary_page import list_terms
from careergraph.store.statements import untag

#: How many suggestions there are at most.
MOST = 12
#: Of shorter texts than this, only names that begin so are looked for on disk: too many have such a word.
_SHORT = 3
_NOTATION = 2
#: Property that names a node → the place of such a name among suggestions.
_RANKS = {SKOS.prefLabel: 0, SKOS.altLabel: 2, SKOS.hiddenLabel: 4}
#: What a name in a query can end in without an escape.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w.-]*[\w-])?", re.ASCII)


def _rank(filed: str) -> int | None:
    """The place of a name among suggestions; None for what is not a name. Other languages come after English."""
    predicate, language = untag(filed)
    return _RANKS[predicate] + (1 if language else 0) if predicate in _RANKS else None


class Completion(Record):
    """What may stand in a query at some place: the text, what it means, and what sort of thing it is."""

    text: str
    label: str
    about: str


class Names:
    """The names of a data set, prepared for being looked up with every key that is pressed.

    Args:
        catalogue: the data set; it does not change.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def _known(self) -> list[tuple[str, int, str]]:
        # Each name as it is compared; 0 for a label, 2 for an alias, 4 for a name that is not shown; the node.
        named = {iri for kind in NAMED_KINDS for iri in self._catalogue.in_memory.get(kind, ())}
        return [
            (fold(name), rank, iri)
            for iri, said in self._catalogue.memory.items()
            if iri in named
            for filed, names in said.items()
            if (rank := _rank(filed)) is not None
            for name in names
        ]

    def nodes_starting_with(self, text: str, kinds: Iterable[str] = (), most: int = MOST) -> tuple[Ref, ...]:
        """The nodes with a name, or a word in a name, that begins with a text.

        First come labels that begin so, then labels with such a word, then aliases; the shorter the sooner.

        Args:
            text: what has been typed.
            kinds: the kinds of node that will do; all if none is given.
            most: how many at most.

        >>> [ref.label for ref in Names(Catalogue.load("bundled")).nodes_starting_with("pyt", most=3)]
        ['pytest', 'Python', 'PyTorch']
        """
        wanted, among = fold(text), set(kinds)
        best: dict[str, tuple[int, int, str]] = {}
        for name, rank, iri in (*self._known, *self._on_disk(normalise(text))) if wanted else ():
            if f" {wanted}" in f" {name}" and (not among or self._catalogue.kind(iri) in among):
                found = (rank + (not name.startswith(wanted)), len(name), name)
                best[iri] = min(found, best.get(iri, found))
        return tuple(map(self._catalogue.ref, sorted(best, key=lambda iri: (best[iri], iri))[:most]))

    def suggest(self, text: str, kinds: Iterable[str] = (), most: int = MOST) -> tuple[Ref, ...]:
        """The nodes of some kinds with a name, or a word in one, that begins with a text; else those that look like it.

        >>> [ref.label for ref in Names(Catalogue.load("bundled")).suggest("AI ethcist", ["role"])]
        ['AI ethicist']
        """
        wanted = tuple(kinds)
        found = self.nodes_starting_with(text, wanted, most)
        if found or not fold(text) or len(fold(text)) < _SHORT:
            return found
        return tuple(ref for ref in self.near(text, wanted) if not wanted or ref.kind in wanted)

    def _on_disk(self, wanted: str) -> Iterator[tuple[str, int, str]]:
        for index in self._catalogue.indexes:
            if len(wanted) < _SHORT:
                yield from (
                    (fold(name.text), 2 * name.rank, name.node) for name in index.names_starting_with(wanted, MOST)
                )
            else:
                for iri, names in index.with_words(wanted.split()).items():
                    if iri not in self._catalogue.memory:
                        yield from ((name, 2 * rank, iri) for rank, name in names if rank < _NOTATION)

    def near(self, text: str, kinds: Iterable[str] = ()) -> tuple[Ref, ...]:
        """The nodes, of some kinds, whose names look most like a text."""
        found, among = [], tuple(kinds)
        for name in find_near_misses(self._catalogue, text, *among):
            with suppress(AmbiguousName):
                found.append(self._catalogue.ref(find_node(self._catalogue, name, *among)))
        return tuple(dict.fromkeys(found))


class Completions:
    """What may stand in a query: prefixes, terms of the vocabularies in use, nodes by label, words of SPARQL.

    Args:
        catalogue: the data set; it does not change.
        names: its names.
    """

    def __init__(self, catalogue: Catalogue, names: Names) -> None:
        self._catalogue, self._names = catalogue, names

    @cached_property
    def _terms(self) -> tuple[Completion, ...]:
        own = tuple(Completion(f"cg:{term.name}", term.label, term.definition) for term in list_terms())
        used = {predicate for iri in self._catalogue.memory for predicate in self._catalogue.said(iri)}
        used.update(predicate for index in self._catalogue.indexes for predicate in index.predicates())
        others = sorted(set(filter(_write, map(shorten, used))) - {term.text for term in own})
        return (*own, *(Completion(text, text.partition(":")[2], "property") for text in others))

    def of(self, token: str) -> tuple[Completion, ...]:
        """What a query may go on with.

        Args:
            token: what stands before the cursor: the beginning of a word, or of a name with its prefix.

        >>> completions = Completions(Catalogue.load(), Names(Catalogue.load()))
        >>> completions.of("pyto")[0].text, completions.of("cg:Ro")[0].text, completions.of("rol")[0].text
        ('skill:pytorch', 'cg:Role', 'role:')
        """
        prefix, colon, rest = token.partition(":")
        found = self._find_names(prefix, rest) if colon else self._plain(token)
        return tuple(dict.fromkeys(item for item, _ in zip(found, range(MOST), strict=False)))

    def _find_names(self, prefix: str, rest: str) -> Iterator[Completion]:
        wanted = fold(rest)
        for term in self._terms:
            if term.text.startswith(f"{prefix}:") and _begins(term, wanted):
                yield term
        space = PREFIXES.get(prefix)
        on_disk = (iri for index in self._catalogue.indexes for iri in index.under(f"{space}{rest}", MOST))
        for iri in (*self._catalogue.memory, *on_disk) if space else ():
            if space and iri.startswith(space):
                item = self._node(self._catalogue.ref(iri))
                if _begins(item, wanted):
                    yield item

    def _plain(self, word: str) -> Iterator[Completion]:
        wanted = fold(word)
        yield from (Completion(f"{p}:", p, space) for p, space in PREFIXES.items() if p.startswith(word.lower()))
        if wanted:
            yield from (Completion(key, key, "SPARQL") for key in sorted(WORDS) if key.startswith(word.upper()))
            yield from (term for term in self._terms if _begins(term, wanted))
            yield from map(self._node, self._names.nodes_starting_with(word))

    def _node(self, ref: Ref) -> Completion:
        short = shorten(ref.id)
        return Completion(short if _write(short) else f"<{ref.id}>", ref.label, ref.kind)


def _write(short: str) -> bool:
    prefix, _, local = short.partition(":")
    return prefix in PREFIXES and _LOCAL.fullmatch(local) is not None


def _begins(item: Completion, wanted: str) -> bool:
    local = fold(item.text.partition(":")[2])
    return any(f" {wanted}" in f" {text}" for text in (local, fold(item.label)))
