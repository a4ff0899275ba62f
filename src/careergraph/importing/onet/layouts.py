"""Where tables are in a release of O*NET: the file and the columns, by the layout of the release.

Tables are called here by the names of their files in releases up to 30.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from careergraph.importing.archives import Download
from careergraph.importing.onet.files import COLUMNS, OPTIONAL
from careergraph.importing.tables import Table


class Place(NamedTuple):
    """Where a table is: the file, without its ending, and the columns, in the order in which they are taken."""

    file: str
    columns: tuple[str, ...]
    optional: bool = False


class Layout(NamedTuple):
    """The layout of releases: which releases have it, and where each table is."""

    releases: str
    tables: Mapping[str, Place]


_UP_TO_30_2 = {name: Place(name, columns, name in OPTIONAL) for name, columns in COLUMNS.items()}
#: Tables that are elsewhere since 30.3. Skills are in two files, and a commodity is named where it is used.
_SINCE_30_3 = {
    "Alternate Titles": Place("Job Titles", ("O*NET-SOC Code", "Job Title", "Short Title")),
    "Essential Skills": Place("Essential Skills", COLUMNS["Skills"]),
    "Transferable Skills": Place("Transferable Skills", COLUMNS["Skills"]),
    "Technology Skills": Place(
        "Software Skills", ("O*NET-SOC Code", "Workplace Example", "Element ID", "Hot Technology", "In Demand")
    ),
    "Commodities": Place("Software Skills", ("Element ID", "Element Name")),
    "Education, Training, and Experience": Place("Education", COLUMNS["Education, Training, and Experience"]),
    "Education, Training, and Experience Categories": Place(
        "Education Categories", COLUMNS["Education, Training, and Experience Categories"]
    ),
    "Interests": Place("Career Interest Types", COLUMNS["Interests"], optional=True),
    "DWA Reference": Place("GWAs to IWAs to DWAs", COLUMNS["DWA Reference"]),
}
_GONE = ("Skills", "UNSPSC Reference", "Work Values")

#: The layouts that can be read, the newest first.
LAYOUTS = (
    Layout("30.3 to 31.0", {n: p for n, p in (_UP_TO_30_2 | _SINCE_30_3).items() if n not in _GONE}),
    Layout("up to 30.2", _UP_TO_30_2),
)


def find_layout(download: Download) -> Layout:
    """The layout of a release: the one that most of its files match.

    Raises:
        UnusableSource: one of its files is missing that no release of this layout does without.
    """
    layout = max(LAYOUTS, key=lambda known: sum(download.place(f"{p.file}.txt") is not None for p in _places(known)))
    for place in _places(layout):
        if not place.optional and download.place(f"{place.file}.txt") is None:
            known = " and ".join(known.releases for known in reversed(LAYOUTS))
            raise download.report_missing(f"{place.file}.txt", f"; releases {known} can be read, in their text format")
    return layout


def open_tables(download: Download, layout: Layout) -> dict[str, Table]:
    """The tables of a release; optional ones that it lacks are left out.

    Raises:
        UnusableSource: a file is unreadable, or a column is missing.
    """
    return {
        name: Table(download, f"{place.file}.txt", *place.columns)
        for name, place in layout.tables.items()
        if not place.optional or download.place(f"{place.file}.txt") is not None
    }


def list_missing(download: Download, layout: Layout) -> tuple[str, ...]:
    """The files that a release does without."""
    return tuple(f"{place.file}.txt" for place in _places(layout) if download.place(f"{place.file}.txt") is None)


def _places(layout: Layout) -> Iterator[Place]:
    yield from layout.tables.values()
