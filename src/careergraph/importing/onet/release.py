"""O*NET: the database of occupations of the U.S. Department of Labor, as its text download has it.

    onet_reference   what the rows refer to: occupations, elements, scales, grades, commodities, activities
    onet_things      those as nodes, and titles and tools
    onet_claims      ratings, tasks, tools in use, schooling, preparation, related occupations
    onet_editors     what this project's editors add in a named graph of their own

A node's IRI is made of O*NET's own codes, so that the same thing has the same IRI in every release.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePath

from careergraph.importing.archives import Download, open_download
from careergraph.importing.onet.claims import (
    preparations,
    ratings,
    relate_occupations,
    schooling,
    tasks,
    tool_uses,
)
from careergraph.importing.onet.editors import holdings
from careergraph.importing.onet.files import COLUMNS, EDITORS_GRAPH, GRAPH, OPTIONAL, Files
from careergraph.importing.onet.reference import Reference
from careergraph.importing.onet.things import activities, elements, grades, occupations, sources, tiers, tools, zones
from careergraph.importing.source import Advance, Node
from careergraph.importing.tables import Table
from careergraph.model.errors import UnusableSource

#: What files are called in releases before 30.3 → in those since.
_RENAMED = {
    "Skills": "Essential Skills",
    "Technology Skills": "Software Skills",
    "Alternate Titles": "Job Titles",
    "Education, Training, and Experience": "Education",
    "DWA Reference": "GWAs to IWAs to DWAs",
}


class Onet:
    """A release of O*NET, read into memory; `careergraph.importing.source.Reading` says what it offers.

    Args:
        tables: file → its rows.
        release: such as `29.3`.
        name: what to call the data set.
    """

    source = "https://www.onetcenter.org/database.html"
    licence = "https://creativecommons.org/licenses/by/4.0/"
    graphs = (GRAPH, EDITORS_GRAPH)

    def __init__(self, tables: dict[str, Table], release: str, name: str = "onet") -> None:
        self.name, self.release = name, release
        self.title = f"O*NET {release} Database"
        self.attribution = (
            f"This data set includes information from the O*NET {release} Database by the U.S. Department of Labor, "
            "Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a "
            "trademark of USDOL/ETA. careergraph has changed its form and left parts out; USDOL/ETA has not approved, "
            "endorsed, or tested these modifications."
        )
        self.files = {f"{name}.txt": len(table) for name, table in tables.items()}
        self._files = Files(tables, release)

    def nodes(self, advance: Advance) -> Iterator[Node]:
        """All nodes: things before what is said about them, save elements and tools, which depend on that.

        Raises:
            UnusableSource: a value is out of its scale, or a code stands for nothing, with file and line.
        """
        files, reference = self._files, Reference(self._files, advance)
        return chain(
            sources(files, self),
            occupations(files, reference, advance),
            activities(files, reference),
            grades(files, reference),
            zones(files, reference),
            tiers(files),
            ratings(files, reference, advance),
            tool_uses(files, reference, advance),
            tasks(files, reference, advance),
            schooling(files, reference, advance),
            holdings(files, reference),
            preparations(files, reference, advance),
            relate_occupations(files, reference, advance),
            tools(files, reference),
            elements(files, reference),
        )


def read(path: str, release: str | None = None, name: str | None = None) -> Onet:
    """Open a release: the folder `db_29_3_text` of the official download, or the zip archive of it.

    Raises:
        UnusableSource: a file or a column is missing, a file is unreadable, or the release cannot be told.
    """
    with open_download(path) as download:
        told = release or _release(download)
        _check_layout(download)
        tables = {
            name: Table(download, f"{name}.txt", *columns)
            for name, columns in COLUMNS.items()
            if name not in OPTIONAL or download.place(f"{name}.txt")
        }
    return Onet(tables, told, name or "onet")


def _check_layout(download: Download) -> None:
    renamed = [
        new for old, new in _RENAMED.items() if not download.place(f"{old}.txt") and download.place(f"{new}.txt")
    ]
    if renamed:
        reason = (
            f"its file {renamed[0]!r} is of the layout that O*NET has had since 30.3; releases up to 30.2 can be read"
        )
        raise UnusableSource(download.path, reason)


def _release(download: Download) -> str:
    place = download.place("Occupation Data.txt") or ""
    for text in (place, PurePath(download.path).name):
        found = re.search(r"db_(\d+)_(\d+)", text)
        if found:
            return f"{found[1]}.{found[2]}"
    raise UnusableSource(download.path, "nothing in it tells which release it is; name it, as in --release 29.3")
