"""Shared by importers of statistics: the source as a node, figures, and tables in either of two formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from careergraph.importing.archives import open_file
from careergraph.importing.csv_tables import CsvTable
from careergraph.importing.slugs import state_type, to_slug
from careergraph.importing.source import Advance, Node, Said
from careergraph.importing.workbooks import Workbook
from careergraph.model.errors import UnusableSource
from careergraph.rdf.standards import DCTERMS, PROV, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, NAMESPACE

_YEAR = re.compile(r"(?<!\d)M?(20[0-9][0-9])(?!\d)")
#: Commas between thousands, as OEWS has them; one that stands for a decimal point is no such comma.
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,30})?(?:[eE]-?[0-9]{1,2})?")


class Table(Protocol):
    """A table of a file: its rows by columns, and faults with file and line."""

    name: str

    def __len__(self) -> int: ...
    def rows(self, advance: Advance = ...) -> Iterator[tuple[int, tuple[str, ...]]]: ...  # noqa: D102
    def fault(self, line: int, reason: str) -> UnusableSource: ...  # noqa: D102


class About(Protocol):
    """What a source says of itself."""

    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def release(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> str | None: ...  # noqa: D102
    @property
    def licence(self) -> str | None: ...  # noqa: D102
    @property
    def attribution(self) -> str: ...  # noqa: D102


def open_table(path: str, layouts: Mapping[str, tuple[str, ...]]) -> tuple[str, Table]:
    """The table of a file, CSV or a workbook, in the first layout whose columns it has, and that layout's name.

    Args:
        path: the file.
        layouts: name of a layout → its columns, in the order in which rows give them.

    Raises:
        UnusableSource: there is no such file, or it has the columns of no layout; it names those of the first.
    """
    faults = []
    for name, columns in layouts.items():
        try:
            return name, _open(path, columns)
        except UnusableSource as error:
            faults.append(error)
    raise faults[0]


def _open(path: str, columns: tuple[str, ...]) -> Table:
    if path.lower().endswith(".xlsx"):
        return Workbook(path, *columns)
    download = open_file(path)
    return CsvTable(download, download.names[0], *columns)


def find_year(path: str, release: str | None, table: Table) -> str:
    """The year that figures are for: the one given, or the one in the name of the file.

    Raises:
        UnusableSource: there is no year in either.
    """
    found = _YEAR.search(release or table.name)
    if not found:
        raise UnusableSource(path, "nothing in its name tells the year that it is for; name it, as in --release 2025")
    return found[1]


def make_source_nodes(
    about: About, graph: str, base: str, publisher: str, sections: tuple[str, ...], standing: str = "official"
) -> Iterator[Node]:
    """A source, and its sections.

    Args:
        about: what the source says of itself.
        graph: the named graph.
        base: what IRIs begin with.
        publisher: who publishes it.
        sections: what it is made of.
        standing: a term of the list of standings.
    """
    said: list[Said] = [
        state_type(CG.Source),
        (SKOS.prefLabel, about.title, "@en"),
        (CG.standing, f"{NAMESPACE.id}standing/{standing}", "iri"),
        *((SCHEMA.url, address, "iri") for address in (about.source,) if address),
        *((DCTERMS.license, address, "iri") for address in (about.licence,) if address),
        (DCTERMS.publisher, publisher, ""),
        (DCTERMS.description, about.attribution, "@en"),
    ]
    yield Node(f"{base}source/{about.release}", graph, said)
    for section in sections:
        part = (SCHEMA.isPartOf, f"{base}source/{about.release}", "iri")
        iri = derive(base, about.release, section)[1]
        yield Node(iri, graph, [state_type(CG.Section), part, (CG.section, section, "")])


def derive(base: str, release: str, section: str) -> Said:
    """That a claim is taken from a section."""
    return PROV.wasDerivedFrom, f"{base}section/{release}/{to_slug(section)}", "iri"


class Quartiles(NamedTuple):
    """Figures of pay, in whole units of a currency."""

    low: int
    median: int
    high: int


def read_number(table: Table, line: int, cell: str, missing: tuple[str, ...] = ("",)) -> float | None:
    """A figure in a cell; None for a marker of a missing figure.

    Raises:
        UnusableSource: it is not a figure.
    """
    plain = cell.strip()
    plain = plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain
    if plain in missing:
        return None
    if not _NUMBER.fullmatch(plain):
        raise table.fault(line, f"{cell!r} is not a figure")
    return float(plain)


def make_pay_statements(about: str, figures: Quartiles, currency: str, region: str, year: str) -> list[Said]:
    """The statements of a claim on pay whose figures are quartiles."""
    return [
        state_type(CG.PayRange),
        (SCHEMA.about, about, "iri"),
        (SCHEMA.minValue, str(figures.low), "integer"),
        (SCHEMA.maxValue, str(figures.high), "integer"),
        (SCHEMA.median, str(figures.median), "integer"),
        (SCHEMA.currency, currency, ""),
        (CG.openEnded, "false", "boolean"),
        (CG.region, region, ""),
        (CG.year, year, "gYear"),
    ]


def find_basis_node(iri: str, graph: str, label: str, definition: str) -> Node:
    """What figures of pay count, as a term of the list of bases."""
    said = [state_type(CG.Term), (SKOS.prefLabel, label, "@en"), (SKOS.definition, definition, "@en")]
    return Node(iri, graph, [*said, (SKOS.inScheme, f"{NAMESPACE.id}scheme/basis", "iri")])
