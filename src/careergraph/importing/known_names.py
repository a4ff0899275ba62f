"""From names in a source to nodes: those that exist already, or that the source itself declares."""

from __future__ import annotations

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node, look_up
from careergraph.model.errors import UnknownName
from careergraph.model.text import normalise
from careergraph.rdf.standards import SKOS
from careergraph.rdf.vocabulary import NAMESPACE
from careergraph.store.statements import Statements


class KnownNames:
    """A data set to look names up in, by the rule of the command line.

    Args:
        catalogue: the data set, in memory.

    >>> known = KnownNames(Catalogue.load("bundled"))
    >>> known.node("ML engineer", "role").removeprefix(NAMESPACE.id)
    'role/machine-learning-engineer'
    >>> known.term("Highly valued", "strength").removeprefix(NAMESPACE.id)
    'strength/highly-valued'
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._nodes: dict[tuple[str, tuple[str, ...]], str] = {}
        self._terms: dict[str, dict[str, str]] = {}

    def join(self, declared: Statements) -> KnownNames:
        """The same with the nodes that a source declares."""
        return KnownNames(Catalogue({**self.catalogue.memory, **declared}))

    def node(self, name: str, *kinds: str) -> str:
        """The IRI of the node of one of these kinds with a name.

        Raises:
            AmbiguousName: several nodes have this name.
            InvalidName: the name is not possible.
            UnknownName: no node of these kinds has this name; carries near misses.
        """
        key = (name, kinds)
        if key not in self._nodes:
            self._nodes[key] = find_node(self.catalogue, name, *kinds)
        return self._nodes[key]

    def look_up(self, name: str, kind: str) -> str | None:
        """The IRI of the node of a kind that a name stands for, or None if nothing is called so.

        Raises:
            AmbiguousName: several nodes are called so.
            InvalidName: the name cannot be one.
        """
        return look_up(self.catalogue, name, kind)

    def term(self, name: str, scheme: str) -> str:
        """The IRI of the term of a controlled list, such as `strength`, with a name.

        Raises:
            UnknownName: the list has no such term; carries the labels of those that it has.
        """
        if scheme not in self._terms:
            self._terms[scheme] = self._list_names(scheme)
        terms = self._terms[scheme]
        found = terms.get(normalise(name))
        if found is None:
            labels = dict.fromkeys(map(self.catalogue.label, terms.values()))
            raise UnknownName(name, kinds=(scheme,), suggestions=tuple(labels))
        return found

    def label(self, iri: str) -> str:
        """What a node is called."""
        return self.catalogue.label(iri)

    def _list_names(self, scheme: str) -> dict[str, str]:
        whole, found = f"{NAMESPACE.id}scheme/{scheme}", {}
        for iri, said in self.catalogue.each("term"):
            if whole in said.get(SKOS.inScheme, ()):
                names = (*said.get(SKOS.prefLabel, ()), *said.get(SKOS.altLabel, ()), iri.rpartition("/")[2])
                found.update({normalise(name): iri for name in names})
        return found
