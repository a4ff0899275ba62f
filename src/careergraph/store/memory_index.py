"""Indexes of statements in memory: by kind, by what points to them, by name, by the words of their texts.

For the bundled data they come compiled (`careergraph.store.compiled`), with the same methods; for other files they are
computed when they are first needed.
"""

# On the start path: no more imports than it takes to look something up.
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from careergraph.rdf.kinds import NAMED_KINDS, kind_of
from careergraph.rdf.standards import DCTERMS, OWL, RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG

#: Subject → predicate → objects, IRIs and literals alike as plain strings: the subjects in the order of their IRIs, the
#: objects in that of their text, but labels in English before those in other languages. A store gives statements in any
#: order, so that of the files must not matter. Labels and aliases in other languages are there once more, by predicate
#: and language as `careergraph.store.statements.tag` writes them.
Statements = Mapping[str, dict[str, list[str]]]
#: The labels, the aliases and notations, and the definitions of a node, as `careergraph.model.text.fold` gives them.
Texts = tuple[list[str], list[str], list[str]]

#: SKOS mapping → the same seen from the other side.
INVERSE = {
    SKOS.exactMatch: SKOS.exactMatch,
    SKOS.closeMatch: SKOS.closeMatch,
    SKOS.broadMatch: SKOS.narrowMatch,
    SKOS.narrowMatch: SKOS.broadMatch,
}
#: The predicates whose objects are asked who points to them.
POINTERS = (
    SCHEMA.about,
    CG.origin,
    CG.destination,
    CG.transition,
    CG.concerns,
    CG.anyOf,
    CG.teaches,
    CG.provider,
    CG.audience,
    CG.relevantTo,
    OWL.annotatedSource,
    OWL.annotatedTarget,
    CG.element,
    CG.tool,
    CG.category,
    CG.zone,
    CG.activity,
    CG.movedFrom,
    CG.movedTo,
    CG.implies,
    CG.speaksFor,
    SKOS.broader,
    *INVERSE,
)
_NAMES = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.notation)
#: The predicates of names that are offered where somebody mistypes one.
SPELLINGS = _NAMES[:2]


class MemoryIndex(Protocol):
    """An index of statements in memory."""

    @property
    def kinds(self) -> dict[str, list[str]]:
        """Kind → the nodes of that kind, by IRI."""

    def pointing(self, predicate: str, value: str) -> list[str]:
        """The nodes that point to something by one of `POINTERS`, by IRI."""

    def having(self, predicate: str) -> list[str]:
        """The nodes that point to anything by one of `POINTERS`, by IRI."""

    def by_name(self, folded: str) -> Sequence[tuple[str, str]]:
        """Kind and IRI of each node with a label or notation that is a text without accents; kind by kind."""

    def by_beginning(self, beginning: str) -> Iterable[tuple[str, str]]:
        """Kind and IRI of each node with a name that begins with a text without accents; once for each such name."""

    def in_the_singular(self, singular: str) -> Iterable[tuple[str, str]]:
        """Kind and IRI of each node with a name whose singular, without accents, is a text; once for each such name."""

    def alike(self, wanted: str, kinds: Sequence[str] = (), most: int = 200) -> list[tuple[str, str]]:
        """The labels and aliases that have most groups of letters in common with a text, each with its node.

        A name that contains the text has all of them in common. Equally near ones come kind by kind, by IRI.

        Args:
            wanted: the text, in normal form and without accents.
            kinds: the kinds of node; any kind that has names if none is given.
            most: how many at most.
        """

    def texts_where(self, fits: Callable[[str], object]) -> Iterable[tuple[str, Texts]]:
        """The nodes with names whose texts fit, all as one with the labels in the singular besides; kind by kind."""


class ComputedIndex:
    """An index of statements, computed when it is needed, in time linear in their number."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    @cached_property
    def kinds(self) -> dict[str, list[str]]:
        """Kind → the nodes of that kind: see `MemoryIndex`."""
        found: dict[str, list[str]] = {}
        for iri, said in self._statements.items():
            found.setdefault(kind_of(said.get(RDF.type, ())), []).append(iri)
        return found

    @cached_property
    def pointers(self) -> dict[str, dict[str, list[str]]]:
        """Predicate → object → subjects, of `POINTERS`."""
        found: dict[str, dict[str, list[str]]] = {predicate: {} for predicate in POINTERS}
        for iri, said in self._statements.items():
            for predicate in said.keys() & found.keys():
                for value in said[predicate]:
                    found[predicate].setdefault(value, []).append(iri)
        return found

    def pointing(self, predicate: str, value: str) -> list[str]:
        """The nodes that point to something: see `MemoryIndex`."""
        return self.pointers[predicate].get(value, [])

    def having(self, predicate: str) -> list[str]:
        """The nodes that point to anything: see `MemoryIndex`."""
        return sorted({node for found in self.pointers[predicate].values() for node in found})

    @cached_property
    def names(self) -> dict[str, list[tuple[str, str]]]:
        """Name without accents → kind and IRI of each node of that name."""
        from careergraph.model.text import fold

        found: dict[str, list[tuple[str, str]]] = {}
        for kind, iri, said in self._nodes_with_names():
            for name in dict.fromkeys(fold(text) for predicate in _NAMES for text in said.get(predicate, ())):
                found.setdefault(name, []).append((kind, iri))
        return found

    def by_name(self, folded: str) -> Sequence[tuple[str, str]]:
        """Kind and IRI of each node of a name: see `MemoryIndex`."""
        return self.names.get(folded, ())

    def by_beginning(self, beginning: str) -> Iterator[tuple[str, str]]:
        """Kind and IRI of each node with a name that begins with a text: see `MemoryIndex`."""
        return (pair for name, found in self.names.items() if name.startswith(beginning) for pair in found)

    def in_the_singular(self, singular: str) -> Iterator[tuple[str, str]]:
        """Kind and IRI of each node with a name whose singular is a text: see `MemoryIndex`."""
        from careergraph.model.text import begin_plurals, to_singular

        beginning = begin_plurals(singular)
        alike = (name for name in self.names if name.startswith(beginning) and to_singular(name) == singular)
        return (pair for name in alike for pair in self.names[name])

    def alike(self, wanted: str, kinds: Sequence[str] = (), most: int = 200) -> list[tuple[str, str]]:
        """The labels and aliases that look like a text: see `MemoryIndex`."""
        from careergraph.model.text import count_shared_grams, fold

        ranked = []
        for place, (text, iri) in enumerate(self.spellings(kinds)):
            shared = count_shared_grams(wanted, fold(text))
            if shared:
                ranked.append((-shared, place, text, iri))
        return [(text, iri) for *_, text, iri in sorted(ranked)[:most]]

    def spellings(self, kinds: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
        """The labels and aliases of all nodes of some kinds, or of any that has names, each with its node."""
        for kind in tuple(kinds) or NAMED_KINDS:
            for iri in self.kinds.get(kind, ()):
                yield from ((text, iri) for name in SPELLINGS for text in self._statements[iri].get(name, ()))

    def texts_where(self, fits: Callable[[str], object]) -> Iterator[tuple[str, Texts]]:
        """The nodes with names whose texts fit: see `MemoryIndex`."""
        return ((iri, texts) for iri, whole, texts in self.texts if fits(whole))

    @cached_property
    def texts(self) -> list[tuple[str, str, Texts]]:
        """Each node that has names, with all its texts as one, and one by one."""
        return [(iri, *_texts(iri, said)) for _, iri, said in self._nodes_with_names()]

    def _nodes_with_names(self) -> Iterator[tuple[str, str, Mapping[str, list[str]]]]:
        return ((kind, iri, self._statements[iri]) for kind in NAMED_KINDS for iri in self.kinds.get(kind, ()))


def _texts(iri: str, said: Mapping[str, list[str]]) -> tuple[str, Texts]:
    from careergraph.model.text import fold, to_singular

    labels = [fold(said[filed][0]) for filed in said if filed.partition("@")[0] == SKOS.prefLabel]
    labels = labels or [fold(take_last_part(iri))]
    aliases = [fold(text) for name in _NAMES[1:] for text in said.get(name, ())]
    definitions = [fold(text) for name in (SKOS.definition, DCTERMS.description) for text in said.get(name, ())]
    whole = "\n".join((*labels, *map(to_singular, labels), *aliases, *definitions))
    return whole, (labels, aliases, definitions)


def take_last_part(iri: str) -> str:
    """The end of an IRI, which replaces a missing label.

    >>> take_last_part("https://example.org/skill/python")
    'python'
    """
    return iri.rstrip("/#").rsplit("/", 1)[-1]
