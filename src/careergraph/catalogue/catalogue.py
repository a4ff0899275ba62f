"""The catalogue: nodes by kind and label, and the claims about each, read from indexed statements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, TypeVar, cast

from careergraph.model.errors import BadFigure
from careergraph.model.records import Evidence, Note, Ref
from careergraph.rdf.kinds import KINDS, NOTE_KINDS, kind_of
from careergraph.rdf.standards import DCTERMS, PROV, RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.store.compiled import CompiledStatements
from careergraph.store.datasets import is_imported
from careergraph.store.locations import find_data_folder, list_files
from careergraph.store.memory_index import INVERSE, ComputedIndex, MemoryIndex, take_last_part
from careergraph.store.statements import Statements, read_statements

if TYPE_CHECKING:
    from careergraph.store.index import Index
    from careergraph.store.union import Union

T = TypeVar("T")

#: A number as XML Schema writes it, in any of its types. Python reads more: underscores, digits of all scripts.
_NUMBER = r"[ \t\r\n]*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[ \t\r\n]*"
#: More characters than any meaningful number has; reading millions of them takes long.
_MOST_SIGNS = 400
#: Above it, a figure as it is computed with may differ from the figure as it is written.
GREATEST = 1e15
#: What nodes in memory have once more by its language: see `careergraph.store.statements`.
_AGAIN = (f"{SKOS.prefLabel}@", f"{SKOS.altLabel}@")


class Catalogue:
    """Indexed statements, with the look-ups that everything else is built on.

    Args:
        statements: from `careergraph.store.statements.read_statements`.
        indexes: data sets on disk to be joined with them.
        files: what it was read from, as `of_files` takes it.

    Look-ups by IRI are constant-time dictionary accesses; the indexes are built on first use, in time linear in
    the number of statements in memory. Data sets on disk have their own index, and are read only as needed.
    """

    def __init__(self, statements: Statements, indexes: Sequence[Index] = (), files: Iterable[str] = ()) -> None:
        self.memory: Statements = statements
        self.indexes, self.files = tuple(indexes), tuple(files)
        #: The preferred language of labels, as an ISO 639 code.
        self.language = "en"
        self.statements: Statements = statements
        self._joined: Union | None = None
        self._once: dict[object, object] = {}
        self._refs: dict[str, Ref] = {}
        self._kinds: dict[str, str] = {}
        self._matched: dict[str, list[tuple[str, str]]] = {}
        if indexes:
            from careergraph.store.union import Union

            self._joined = self.statements = Union(statements, self.indexes)
            self.memory = self._joined.memory
        known = isinstance(self.memory, CompiledStatements)
        #: The index of the statements in memory: by kind, by the nodes they point to, by name and by words.
        self.index: MemoryIndex = cast(CompiledStatements, self.memory) if known else ComputedIndex(self.memory)

    @classmethod
    def load(cls, *datasets: str) -> Catalogue:
        """The catalogue of one or more data sets taken together; by default of the bundled one and all imported ones.

        From a SPARQL endpoint (`https://…`), it reads the statements about careers as they are now.

        Raises:
            EndpointFailed: an endpoint does not answer, or not as it should.
            UnreadableFile: a file is missing or does not parse.
            UnusableDataset: no data set of a name can be opened, or an endpoint has nothing about careers.

        >>> Catalogue.load().label("https://w3id.org/careergraph/id/role/ai-ethicist")
        'AI ethicist'
        """
        return cls.of_files(list_files(datasets))

    @classmethod
    def of_files(cls, files: Iterable[str]) -> Catalogue:
        """The catalogue of the given RDF files, and of data sets on disk, each given by its folder."""
        given, curated = dict.fromkeys(files), find_data_folder("graph")
        on_disk = [path for path in given if not path.startswith(curated) and is_imported(path)]
        if not on_disk:
            return cls(read_statements(given), files=given)
        from careergraph.store.index import Index
        from careergraph.store.snapshots import open_live

        return cls(
            read_statements(path for path in given if path not in on_disk),
            [open_live(p, Index) for p in on_disk],
            given,
        )

    def keep_at_most(self, nodes: int) -> None:
        """Keep so many of the nodes that are read of data sets on disk, and not as many as a long question needs."""
        if self._joined is not None:
            self._joined.most_kept = nodes

    def shrink(self) -> None:
        """Forget what was read of data sets on disk: it is read again where it is asked for."""
        if self._joined is not None:
            self._joined.shrink()

    def values(self, iri: str, predicate: str) -> Sequence[str]:
        """All objects of a statement, in the order of `Statements`; empty if there is none."""
        said = self.statements.get(iri)
        return said.get(predicate, ()) if said else ()

    def value(self, iri: str, predicate: str) -> str | None:
        """The first object of a statement, or None."""
        found = self.values(iri, predicate)
        return found[0] if found else None

    def said(self, iri: str) -> Mapping[str, Sequence[str]]:
        """All that is said about a node, once; texts on disk in other languages than English by predicate and language.

        >>> sorted(Catalogue({"urn:a": {SKOS.prefLabel: ["Arzt"], f"{SKOS.prefLabel}@de": ["Arzt"]}}).said("urn:a"))
        ['http://www.w3.org/2004/02/skos/core#prefLabel']
        """
        said = self.statements.get(iri) or {}
        return said if iri not in self.memory else {p: found for p, found in said.items() if not p.startswith(_AGAIN)}

    def number(self, iri: str, predicate: str) -> float | None:
        """The first object of a statement as a number, or None.

        Raises:
            BadFigure: the object is not a number as XML Schema writes it, or above `GREATEST`.
        """
        return find_number(iri, predicate, self.statements.get(iri) or {})

    def integer(self, iri: str, predicate: str) -> int | None:
        """The first object of a statement as a whole number from 0 up, or None.

        Raises:
            BadFigure: the object is not such a number.
        """
        found = self.number(iri, predicate)
        if found is None:
            return None
        if not found.is_integer() or found < 0:
            value = self.value(iri, predicate) or ""
            raise BadFigure(node=iri, predicate=predicate, value=value, wanted="a whole number from 0 up")
        return int(found)

    def check_order(self, iri: str, *predicates: str) -> None:
        """Make sure that the figures of a node by these predicates, as far as it has them, do not descend.

        Raises:
            BadFigure: one of them is above the next.
        """
        found = [(number, p) for p in predicates if (number := self.number(iri, p)) is not None]
        for (low, below), (high, above) in pairwise(found):
            if low > high:
                wanted = f"at most its {take_last_part(above)}, {self.value(iri, above)}"
                raise BadFigure(node=iri, predicate=below, value=self.value(iri, below) or "", wanted=wanted)

    def kind(self, iri: str) -> str:
        """What a node is: `role`, `skill`, `pay` …; `thing` if the ontology does not name its class."""
        return kind_of(self.values(iri, RDF.type))

    def class_of(self, iri: str) -> str | None:
        """The class of the ontology that a node is of, or None."""
        for class_ in self.values(iri, RDF.type):
            if class_ in KINDS:
                return class_
        return None

    def label(self, iri: str) -> str:
        """What a node is called in `language`, or else in English or any language, or else the end of its IRI."""
        return self.label_in(iri)[0]

    def label_in(self, iri: str) -> tuple[str, str | None]:
        """The label that `label` gives, and its language: English where the data names none, None for an IRI's end.

        In another language than English, the one alias of a node without a label passes for its label, and so does the
        label of what is the same in another data set.

        >>> Catalogue({"urn:a": {f"{SKOS.prefLabel}@nl": ["Verpleegkundige"]}}).label_in("urn:a")
        ('Verpleegkundige', 'nl')
        """
        said = self.statements.get(iri, {})
        own = said.get(f"{SKOS.prefLabel}@{self.language}") or (self.language != "en" and self._translate(iri))
        if own:
            return own[0], self.language
        filed = SKOS.prefLabel if said.get(SKOS.prefLabel) else _any_label(said)
        return (said[filed][0], filed.partition("@")[2] or "en") if filed else (take_last_part(iri), None)

    def _translate(self, iri: str) -> Sequence[str]:
        """What a node that is in memory can be called in `language`, where that has no label of its own."""
        aliases = self.values(iri, f"{SKOS.altLabel}@{self.language}")
        if len(aliases) == 1 or not self.indexes or iri not in self.memory:
            return aliases if len(aliases) == 1 else ()
        same = (node for node, mapping in self.matches(iri) if mapping == SKOS.exactMatch)
        return next(filter(None, (self.values(node, f"{SKOS.prefLabel}@{self.language}") for node in same)), ())

    def ref(self, iri: str) -> Ref:
        """A reference to a node, as results contain it."""
        if iri not in self._refs:
            self._refs[iri] = Ref(iri, self.kind(iri), *self.label_in(iri))
        return self._refs[iri]

    def refs(self, iri: str, predicate: str) -> tuple[Ref, ...]:
        """References to all objects of a statement, by label."""
        return tuple(sorted(map(self.ref, self.values(iri, predicate)), key=lambda ref: (ref.label, ref.id)))

    @cached_property
    def by_kind(self) -> Mapping[str, list[str]]:
        """Kind → the nodes of that kind, by IRI."""
        return self.in_memory if self._joined is None else self._joined.kinds(self.in_memory)

    @property
    def in_memory(self) -> dict[str, list[str]]:
        """Kind → the nodes of that kind in memory, by IRI."""
        return self.index.kinds

    def pointing(self, predicate: str, iri: str, *kinds: str) -> list[str]:
        """The nodes that point to a node by a predicate, of the given kinds or of any, by IRI."""
        found = self.index.pointing(predicate, iri)
        if kinds:
            known = self._kinds
            found = [node for node in found if (known.get(node) or self._keep_kind(node)) in kinds]
        return found if self._joined is None else self._joined.pointing(found, predicate, iri, kinds)

    def _keep_kind(self, iri: str) -> str:
        # Of what is in memory alone: an occupation has some hundred claims, and is asked for one kind after the other.
        found = self._kinds[iri] = self.kind(iri)
        return found

    def having(self, predicate: str, kind: str) -> list[str]:
        """The nodes of a kind about which something is said by one of the predicates in `POINTERS`, by IRI."""
        found = [node for node in self.index.having(predicate) if self.kind(node) == kind]
        return found if self._joined is None else self._joined.having(found, predicate, kind)

    def about(self, iri: str, *kinds: str) -> list[str]:
        """The claims about a node, of the given kinds or of any."""
        return self.pointing(SCHEMA.about, iri, *kinds)

    def matches(self, iri: str) -> list[tuple[str, str]]:
        """The counterparts of a node in other sources, each with the SKOS mapping as seen from the node."""
        if iri not in self._matched:
            said = self.statements.get(iri) or {}
            found = [(node, by) for by in INVERSE for node in said.get(by, ()) if node in self.statements]
            found += [(node, inverse) for by, inverse in INVERSE.items() for node in self.pointing(by, iri)]
            found += self._joined.alignments(iri) if self._joined is not None else []
            self._matched[iri] = list(dict.fromkeys(found))
        return self._matched[iri]

    def each(self, kind: str, *, keep: bool = True) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """All nodes of a kind with all their statements, by IRI.

        Args:
            kind: the kind.
            keep: whether those read from disk are kept in memory, for questions about them later.
        """
        if self._joined is None:
            yield from ((iri, self.memory[iri]) for iri in self.by_kind.get(kind, ()))
        else:
            yield from self._joined.each(kind, self.in_memory.get(kind, ()), keep=keep)

    def once(self, compute: Callable[[Catalogue], T]) -> T:
        """The result of a function of this catalogue: computed at the first call, and kept as long as the catalogue.

        Args:
            compute: takes the catalogue; called only once for each catalogue.

        >>> catalogue = Catalogue({})
        >>> catalogue.once(lambda made: len(made.statements))
        0
        """
        if compute not in self._once:
            self._once[compute] = compute(self)
        return cast(T, self._once[compute])

    def set_once(self, compute: Callable[[Catalogue], T], value: T) -> None:
        """Make `once` return this value without calling the function."""
        self._once[compute] = value

    def lineage(self, iri: str, past: set[str] | None = None) -> tuple[str, ...]:
        """A node and all its broader nodes, nearest first.

        Args:
            iri: the node.
            past: nodes whose lineage is not wanted again; what is found is added to it.
        """
        seen = set[str]() if past is None else past
        found = [iri]
        seen.add(iri)
        for node in found:
            new = [broader for broader in dict.fromkeys(self.values(node, SKOS.broader)) if broader not in seen]
            found += new
            seen.update(new)
        return tuple(found)

    def weight(self, term: str | None, default: float = 1.0) -> float:
        """The editors' weight of a term, or the default where there is no term or no weight.

        Raises:
            BadFigure: the weight is not a number between 0 and 1.
        """
        found = self.number(term, CG.weight) if term else None
        if found is None:
            return default
        if not 0 <= found <= 1:
            value = self.value(term or "", CG.weight) or ""
            raise BadFigure(node=term or "", predicate=CG.weight, value=value, wanted="a number between 0 and 1")
        return found

    def evidence(self, iri: str) -> tuple[Evidence, ...]:
        """The sources and sections that a claim is taken from, by source and section."""
        found = map(self._evidence, self.values(iri, PROV.wasDerivedFrom))
        return tuple(sorted(found, key=group_by_source))

    def _evidence(self, iri: str) -> Evidence:
        source = self.value(iri, SCHEMA.isPartOf) or iri
        standing = self.value(source, CG.standing)
        return Evidence(self.ref(source), self.value(iri, CG.section), standing and self.label(standing))

    def notes(self, iri: str) -> tuple[Note, ...]:
        """The editorial notes that concern a claim, disagreements first."""
        found = map(self.note, self.pointing(CG.concerns, iri, *NOTE_KINDS))
        return tuple(sorted(found, key=lambda note: (NOTE_KINDS.index(note.kind), note.id)))

    def note(self, iri: str) -> Note:
        """One editorial note."""
        severity = self.value(iri, CG.severity)
        return Note(
            id=iri,
            kind=self.kind(iri),
            text=self.value(iri, SCHEMA.text) or "",
            severity=severity and self.label(severity),
            concerns=tuple(self.values(iri, CG.concerns)),
            evidence=self.evidence(iri),
        )

    def definitions(self, iri: str) -> tuple[str, ...]:
        """The editors' definitions of a node, if there are any."""
        return (*self.texts(iri, SKOS.definition), *self.texts(iri, DCTERMS.description))

    def texts(self, iri: str, predicate: str) -> Sequence[str]:
        """The texts of a node by a predicate, in `language` if there are any, or else in English."""
        said = self.statements.get(iri, {})
        own = said.get(f"{predicate}@{self.language}")
        if own is not None:
            return own
        foreign = {text for filed, found in said.items() if filed.startswith(f"{predicate}@") for text in found}
        return [text for text in said.get(predicate, ()) if text not in foreign]


def find_number(iri: str, predicate: str, said: Mapping[str, Sequence[str]]) -> float | None:
    """The first object of a statement as a number, or None, for whoever has read what is said about the node.

    Raises:
        BadFigure: the object is not a number as XML Schema writes it, or too great to be told apart from its
            neighbours.

    >>> find_number("urn:claim", "urn:weight", {"urn:weight": ["0.5"]})
    0.5
    """
    found = said.get(predicate)
    if not found:
        return None
    text = found[0]
    number = float(text) if len(text) <= _MOST_SIGNS and _is_number(text) else inf
    if abs(number) <= GREATEST:
        return number
    wanted = "a number that can be computed with" if _is_number(text) else "a number"
    raise BadFigure(node=iri, predicate=predicate, value=text, wanted=wanted)


def _is_number(text: str) -> bool:
    # Nearly all are plain digits, which can be checked without compiling a pattern.
    is_plain = text.isascii() and text.replace(".", "", 1).isdigit()
    return is_plain or re.fullmatch(_NUMBER, text) is not None


def _any_label(said: Mapping[str, list[str]]) -> str | None:
    return next((filed for filed in said if filed.startswith(f"{SKOS.prefLabel}@")), None)


def group_by_source(item: Evidence) -> tuple[str, str, str]:
    """The sort key of evidence: sources by label, then their sections by name."""
    return item.source.label, item.source.id, item.section or ""
