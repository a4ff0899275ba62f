"""The sources of a user's own data set, and which of them a row is taken from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from careergraph.importing.csv.names import Read, read_cells
from careergraph.importing.csv.rows import Row
from careergraph.importing.known_names import KnownNames
from careergraph.importing.slugs import find_free_slug, label_triples, state_type
from careergraph.importing.source import Node, Said
from careergraph.model.near_names import suggest
from careergraph.model.text import normalise
from careergraph.rdf.standards import DCTERMS, PROV, SCHEMA
from careergraph.rdf.vocabulary import CG


class Source(NamedTuple):
    """A source: its part of IRIs, its IRI, its named graph, and what the sheet says about it."""

    part: str
    iri: str
    graph: str
    read: Read

    @property
    def describe(self) -> str:
        """The title, the publisher and the date in one line."""
        return f"{self.read.one('title')} ({self.read.one('publisher')}, {self.read.one('date')})"


class Provenance(NamedTuple):
    """The named graph of a row, its section, and the statement that the source says so."""

    graph: str
    derived: Said
    attributed: Said


class Sources:
    """The sources of a data set by the names that rows have for them.

    Args:
        rows: the rows of the sheet of sources, one at least.
        known: where terms are looked up.
        base: what the IRIs of the data set begin with.
        graph: what the IRIs of its named graphs begin with.

    Raises:
        UnusableSource: a source is there twice, or a cell is not as it should be.
    """

    def __init__(self, rows: Sequence[Row], known: KnownNames, base: str, graph: str) -> None:
        self._base = base
        self._sources: dict[str, Source] = {}
        self._sections: dict[tuple[str, str], str] = {}
        self._taken: dict[str, dict[str, int]] = {}
        taken: dict[str, int] = {}
        for row in rows:
            name = row.cells["source"]
            if normalise(name) in self._sources:
                raise row.fault(f"the source {name!r} is there a second time")
            part = find_free_slug(name, taken)
            read = read_cells(row, known)
            self._sources[normalise(name)] = Source(part, f"{base}source/{part}", f"{graph}/{part}", read)

    def __iter__(self) -> Iterator[Source]:
        return iter(self._sources.values())

    def of(self, row: Row) -> Provenance:
        """Where a row is taken from, as statements.

        Raises:
            UnusableSource: the row names none, though there are several, or one that is not there.
        """
        source = self._source(row)
        iri = self._section(source, row.cells.get("section") or row.file)
        return Provenance(source.graph, (PROV.wasDerivedFrom, iri, "iri"), (PROV.wasAttributedTo, source.iri, "iri"))

    def nodes(self) -> Iterator[Node]:
        """The sources, and the sections of them that rows have named so far."""
        for source in self:
            yield Node(source.iri, source.graph, _describe(source))
        graphs = {source.iri: source.graph for source in self}
        for (source_iri, section), iri in self._sections.items():
            part = (SCHEMA.isPartOf, source_iri, "iri")
            yield Node(iri, graphs[source_iri], [state_type(CG.Section), part, (CG.section, section, "")])

    def _section(self, source: Source, section: str) -> str:
        # R&D and R/D would have the same IRI: each needs one of its own, or the one would be cited for the other.
        known = self._sections.get((source.iri, section))
        if known is not None:
            return known
        part = find_free_slug(section, self._taken.setdefault(source.iri, {}))
        return self._sections.setdefault((source.iri, section), f"{self._base}section/{source.part}/{part}")

    def _source(self, row: Row) -> Source:
        name, names = row.cells.get("source"), [source.read.row.cells["source"] for source in self]
        if name is None and len(names) == 1:
            return next(iter(self))
        if name is None:
            raise row.fault(f"the column 'source' has to say which of the sources says so: {', '.join(names)}")
        if normalise(name) not in self._sources:
            meant = suggest(normalise(name), self._sources, otherwise=f"there is {', '.join(names)}")
            raise row.fault(f"there is no source {name!r} in the sheet of sources; {meant}")
        return self._sources[normalise(name)]


def _describe(source: Source) -> list[Said]:
    read = source.read
    said = label_triples(CG.Source, read.one("title"))
    said += [
        (CG.standing, read.one("standing"), "iri"),
        (DCTERMS.publisher, read.one("publisher"), ""),
        (DCTERMS.issued, read.one("date"), "date"),
        (DCTERMS.description, f"{read.one('publisher')}, {read.one('date')}", "@en"),
    ]
    said += [(SCHEMA.url, url, "iri") for url in read.all("url")]
    said += [(DCTERMS.license, licence, "iri") for licence in read.all("licence")]
    return said
