"""O*NET: the database of occupations of the U.S. Department of Labor, as its text download has it.

    layouts     which file and columns a table stands in, by release
    reference   what the rows refer to: occupations, elements, scales, grades, commodities, activities
    things      those as nodes, and titles and tools
    claims      ratings, tasks, tools in use, schooling, preparation, related occupations
    editors     what this project's editors add in a named graph of their own

A node's IRI is made of O*NET's own codes, so that the same thing has the same IRI in every release.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePath

from careergraph.importing.archives import Download, open_download
from careergraph.importing.onet.claims import (
    read_preparations,
    read_ratings,
    read_schooling,
    read_tasks,
    read_tool_uses,
    relate_occupations,
)
from careergraph.importing.onet.editors import read_holdings
from careergraph.importing.onet.files import EDITORS_GRAPH, GRAPH, Files
from careergraph.importing.onet.layouts import find_layout, list_missing, open_tables
from careergraph.importing.onet.reference import Reference
from careergraph.importing.onet.things import (
    read_activities,
    read_elements,
    read_grades,
    read_occupations,
    read_sources,
    read_tiers,
    read_tools,
    read_zones,
)
from careergraph.importing.source import Advance, Node
from careergraph.importing.tables import Table
from careergraph.model.errors import UnusableSource


class Onet:
    """A release of O*NET, read into memory; `careergraph.importing.source.Reading` says what it offers.

    Args:
        tables: as `careergraph.importing.onet.layouts` calls them → their rows.
        release: such as `29.3`.
        name: what to call the data set.
        missing: the files that it does without.
    """

    source = "https://www.onetcenter.org/database.html"
    licence = "https://creativecommons.org/licenses/by/4.0/"
    graphs = (GRAPH, EDITORS_GRAPH)

    def __init__(
        self, tables: dict[str, Table], release: str, name: str = "onet", missing: tuple[str, ...] = ()
    ) -> None:
        self.name, self.release = name, release
        self.title = f"O*NET {release} Database"
        self.attribution = (
            f"This data set includes information from the O*NET {release} Database by the U.S. Department of Labor, "
            "Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a "
            "trademark of USDOL/ETA. careergraph has changed its form and left parts out; USDOL/ETA has not approved, "
            "endorsed, or tested these modifications."
        )
        self.files = {table.name: len(table) for table in tables.values()}
        self.remarks = (f"This release has no {', '.join(missing)}: what these would say is left out.",) * bool(missing)
        self._files = Files(tables, release)

    def nodes(self, advance: Advance) -> Iterator[Node]:
        """All nodes: things before what is said about them, save elements and tools, which depend on that.

        Raises:
            UnusableSource: a value is out of its scale, or a code stands for nothing, with file and line.
        """
        files, reference = self._files, Reference(self._files, advance)
        return chain(
            read_sources(files, self),
            read_occupations(files, reference, advance),
            read_activities(files, reference),
            read_grades(files, reference),
            read_zones(files, reference),
            read_tiers(files),
            read_ratings(files, reference, advance),
            read_tool_uses(files, reference, advance),
            read_tasks(files, reference, advance),
            read_schooling(files, reference, advance),
            read_holdings(files, reference),
            read_preparations(files, reference, advance),
            relate_occupations(files, reference, advance),
            read_tools(files, reference),
            read_elements(files, reference),
        )


def read(path: str, release: str | None = None, name: str | None = None) -> Onet:
    """Open a release: the folder `db_29_3_text` of the official download, or the zip archive of it.

    Raises:
        UnusableSource: a file or a column is missing, a file is unreadable, the release cannot be told, or its layout
            is none of `careergraph.importing.onet.layouts`.
    """
    with open_download(path) as download:
        layout = find_layout(download)  # first: what is no O*NET at all has no release either
        told = release or _release(download)
        tables, missing = open_tables(download, layout), list_missing(download, layout)
    return Onet(tables, told, name or "onet", missing)


def _release(download: Download) -> str:
    place = download.place("Occupation Data.txt") or ""
    for text in (place, PurePath(download.path).name):
        found = re.search(r"db_(\d+)_(\d+)", text)
        if found:
            return f"{found[1]}.{found[2]}"
    raise UnusableSource(download.path, "nothing in it tells which release it is; name it, as in --release 29.3")
