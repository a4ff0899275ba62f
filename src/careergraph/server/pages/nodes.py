"""What the data says about one node: what points to it, and the query for all statements about it, as RDF."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.edges import Link, find_links_of
from careergraph.rdf.kinds import CLAIM_KINDS
from careergraph.rdf.standards import PROV, RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_CLAIMS = frozenset(CLAIM_KINDS.values())
#: Predicates by which claims mention other nodes; sources and strengths do not count as mentions.
_MENTIONS = frozenset(
    {
        SCHEMA.about,
        CG.origin,
        CG.destination,
        CG.transition,
        CG.anyOf,
        CG.teaches,
        CG.expects,
        CG.holds,
        CG.provider,
        CG.audience,
        CG.relevantTo,
        CG.employs,
        CG.employer,
    }
)
#: How many claims about a node its RDF has at most; a query can ask for more.
MOST_SAID = 1_000
#: What identifies a source or a section.
_SOURCE = (RDF.type, SKOS.prefLabel, CG.section, SCHEMA.isPartOf, CG.standing, SCHEMA.url)


class Nodes:
    """The nodes of a data set with what points to each.

    Args:
        catalogue: the data set; it does not change.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def prepare(self) -> None:
        """Compute what the first page of a node would wait for."""
        self._pointing  # noqa: B018

    @cached_property
    def _pointing(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for subject, by_predicate in self.catalogue.memory.items():
            for predicate, values in by_predicate.items():
                for value in filter(_IRI.fullmatch, values):  # texts are not asked for, and are most of it
                    found.setdefault(value, []).append((predicate, subject))
        return found

    def pointing(self, iri: str) -> list[tuple[str, str]]:
        """Predicate and subject of all statements that point to a node: those in memory, then those on disk.

        Of those on disk, it leaves out which nodes are taken from a section. Linear in the size of what is in memory
        the first time, and in the number of those statements after that.
        """
        on_disk = (pair for index in self.catalogue.indexes for pair in index.pointers(iri))
        return [*self._pointing.get(iri, ()), *(pair for pair in on_disk if pair[1] not in self.catalogue.memory)]

    def edges(self, iri: str) -> list[Link]:
        """The edges that claims and plain statements make between a node and others: see `catalogue.edges`."""
        return list(find_links_of(self.catalogue, iri, self.pointing(iri)))

    def claims_about(self, iri: str) -> list[str]:
        """The claims that mention a node, steps and conditions of its transitions, and the editors' notes on all that.

        >>> nodes = Nodes(Catalogue.load())
        >>> [iri.rpartition("/")[2] for iri in nodes.claims_about("https://w3id.org/careergraph/id/topic/interviews")]
        []
        """
        claims = [subject for p, subject in self.pointing(iri) if p in _MENTIONS and self._is_claim(subject)]
        moves = [claim for claim in claims if self.catalogue.kind(claim) == "transition"]
        parts = [subject for move in moves for p, subject in self.pointing(move) if p == CG.transition]
        said = dict.fromkeys((*claims, *parts))
        notes = [subject for node in (iri, *said) for p, subject in self.pointing(node) if p == CG.concerns]
        return list(dict.fromkeys((*said, *notes)))

    def query(self, iri: str) -> str | None:
        """The query for all that is said about a node, with sources and with the labels of what is pointed to.

        Returns:
            A CONSTRUCT in SPARQL; None for a node without an IRI.
        """
        if not _IRI.fullmatch(iri):
            return None
        subjects = [iri, *self.claims_about(iri)[:MOST_SAID]]
        sections = [section for subject in subjects for section in self.catalogue.values(subject, PROV.wasDerivedFrom)]
        sources = [source for section in sections for source in self.catalogue.values(section, SCHEMA.isPartOf)]
        values = [value for subject in subjects for by in self.catalogue.statements[subject].values() for value in by]
        named = [value for value in values if value in self.catalogue.statements]
        groups = (
            f"VALUES ?s {{ {_terms(subjects)} }}",
            f"VALUES ?s {{ {_terms([*sections, *sources])} }} VALUES ?p {{ {_terms(_SOURCE)} }}",
            f"VALUES ?s {{ {_terms(named)} }} VALUES ?p {{ <{SKOS.prefLabel}> }}",
        )
        return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {' UNION '.join(f'{{ {group} ?s ?p ?o }}' for group in groups)} }}"

    def _is_claim(self, iri: str) -> bool:
        return self.catalogue.kind(iri) in _CLAIMS


def _terms(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in dict.fromkeys(iris) if _IRI.fullmatch(iri))
