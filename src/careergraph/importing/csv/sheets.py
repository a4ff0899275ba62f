"""A user's own data set: roles, courses and what is said about them, in sheets that are saved as CSV.

    layout     the files and their columns: the one table that everything else follows
    rows       rows with file and line (cells: numbers, dates ...; names: names)
    sources    the sources, a named graph for each
    things     the things that sheets declare
    claims     what is said about them (courses: about courses)

Names in cells mean nodes of the bundled data set, or things that a sheet declares. IRIs are made of names, so that
the same thing has the same IRI in every import.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.archives import Download, open_download
from careergraph.importing.csv.claims import CLAIMS, Claims
from careergraph.importing.csv.courses import ATTRIBUTES
from careergraph.importing.csv.layout import FILES, SOURCES, Column
from careergraph.importing.csv.names import read_cells
from careergraph.importing.csv.rows import Sheet
from careergraph.importing.csv.sources import Sources
from careergraph.importing.csv.things import Thing, declare_things, list_statements, list_thing_nodes
from careergraph.importing.known_names import KnownNames
from careergraph.importing.slugs import to_slug
from careergraph.importing.source import Advance, Node
from careergraph.model.errors import UnusableSource
from careergraph.model.escaping import shorten_list
from careergraph.model.near_names import find_near_names
from careergraph.rdf.vocabulary import NAMESPACE
from careergraph.store.locations import BUNDLED

_GRAPH = "https://w3id.org/careergraph/graph/"
#: How alike the name of a file and that of a sheet are where the one is meant to be the other.
_MISSPELT = 0.8


class Sheets:
    """A user's own data set, read into memory; `careergraph.importing.source.Reading` describes the interface.

    Args:
        sheets: file → its rows; that of the sources has one at least.
        name: the name of the data set.
        release: the name of this state of it; the latest date of its sources if not given.
        left_out: the files beside the sheets, which are not read.
        others: those among them that are tables under names that no sheet has.

    Raises:
        UnusableSource: something in the sheets is not as it should be.
    """

    def __init__(
        self,
        sheets: Mapping[str, Sheet],
        name: str,
        release: str | None,
        left_out: Sequence[str] = (),
        others: Sequence[str] = (),
    ) -> None:
        self.name, self._left_out, self._others = name, left_out, others
        base = f"{NAMESPACE.id}own/{name}/"
        bundled = _bundled_names()
        self._sheets, self._things = sheets, tuple(declare_things(sheets, base, bundled))
        self._known = bundled.join(list_statements(self._things))
        self._sources = Sources(sheets[SOURCES].rows, self._known, base, f"{_GRAPH}{name}")
        self._claims = Claims(self._known, self._sources, base)
        sources = [source.read for source in self._sources]
        licences = {licence for source in sources for licence in source.all("licence")}
        addresses = [url for source in sources for url in source.all("url")]
        self.title = "; ".join(source.one("title") for source in sources)
        self.release = release or max(source.one("date") for source in sources)
        self.source = addresses[0] if addresses else None
        self.licence = licences.pop() if len(licences) == 1 else None
        self.attribution = "; ".join(source.describe for source in self._sources)
        self.graphs = tuple(source.graph for source in self._sources)
        self.files = {file: len(sheet.rows) for file, sheet in sheets.items()}

    @property
    def remarks(self) -> tuple[str, ...]:
        """The columns that are left out, since they mean nothing here, and the files that are no sheets."""
        columns = (
            f"{sheet.place} has columns that mean nothing here and are left out: {shorten_list(sheet.left_out)}."
            for sheet in self._sheets.values()
            if sheet.left_out
        )
        return (
            *columns,
            *([f"Left out, since no sheet is called so: {shorten_list(self._others)}."] * bool(self._others)),
            *([f"Left out, since only CSV files are read: {shorten_list(self._left_out)}."] * bool(self._left_out)),
        )

    def nodes(self, advance: Advance) -> Iterator[Node]:
        """All nodes: things, what is said about them, and the sources.

        Raises:
            UnusableSource: a cell is not as it should be, or names what is not there, with file and line.
        """
        yield from list_thing_nodes(self._things, self._known, self._sources)
        for thing in self._things:
            yield from self._attributes(thing)
            advance(1)
        for file, claimed in CLAIMS.items():
            for row in self._sheets[file].rows if file in self._sheets else ():
                yield from claimed(self._claims, read_cells(row, self._known))
                advance(1)
        yield from self._sources.nodes()
        advance(len(self._sheets[SOURCES].rows))

    def _attributes(self, thing: Thing) -> Iterator[Node]:
        read, file = read_cells(thing.row, self._known), thing.row.file
        if file in ATTRIBUTES:
            yield from ATTRIBUTES[file](self._claims, read, thing.iri)


@cache
def _bundled_names() -> KnownNames:
    return KnownNames(Catalogue.load(BUNDLED))


def read(path: str, release: str | None = None, name: str | None = None) -> Sheets:
    """Open a folder of sheets, or a zip archive of one.

    Raises:
        UnusableSource: a file is unreadable or unknown, has a column too many or too few, or has impossible values.
    """
    with open_download(path) as download:
        sheets = {file: Sheet(download, file, columns) for file, columns in _files(download)}
        others, left_out = _list_others(download), _list_no_sheets(download)
    if not sheets[SOURCES].rows:
        raise UnusableSource(sheets[SOURCES].place, "it names no source; everything has to be taken from one", line=1)
    return Sheets(sheets, name or _name(Path(path).resolve()), release, left_out, others)


def make_template() -> dict[str, bytes]:
    """A small data set that can be imported, as a template for a user's own: file → content."""
    folder = importlib.resources.files("careergraph.importing.csv") / "example"
    return {file: (folder / file).read_bytes() for file in FILES}


def _name(path: Path) -> str:
    # All of a folder's name: council.north and council.south are two, as an archive's suffix is no part of it.
    name = path.name if path.is_dir() else path.stem
    return ".".join(to_slug(part) for part in name.split(".") if part)


def _files(download: Download) -> Iterator[tuple[str, tuple[Column, ...]]]:
    for name in _list_others(download):
        # What is meant to be a sheet must not be missing without a word; what is something else does no harm.
        near = find_near_names(Path(name).stem.lower(), (Path(file).stem for file in FILES), cutoff=_MISSPELT)
        if near:
            reason = f"there is no sheet of this name; did you mean '{near[0]}.csv'?"
            raise UnusableSource(download.place(name) or name, reason)
    names = {name.lower() for name in download.names}
    found = [file for file in FILES if file in names]
    if SOURCES not in found:
        raise download.report_missing(SOURCES, ", which says who says all that")
    if set(found) == {SOURCES}:
        others = ", ".join(file for file in FILES if file != SOURCES)
        if left := _list_others(download):
            reason = f"there is no sheet of this name; there may be {others}"
            raise UnusableSource(download.place(left[0]) or left[0], reason)
        no_sheets = _list_no_sheets(download)
        unread = f" ({shorten_list(no_sheets)} cannot be read: save each sheet as a CSV file)" if no_sheets else ""
        raise UnusableSource(download.path, f"it says nothing; besides {SOURCES} there may be {others}{unread}")
    return ((file, FILES[file]) for file in found)


def _list_others(download: Download) -> tuple[str, ...]:
    """The files that are tables, but none of those that are read."""
    return tuple(name for name in download.names if name.lower().endswith(".csv") and name.lower() not in FILES)


def _list_no_sheets(download: Download) -> tuple[str, ...]:
    others = {*FILES, *map(str.lower, _list_others(download))}
    return (*(name for name in download.names if name.lower() not in others), *download.deeper)
