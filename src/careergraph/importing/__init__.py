"""Importing: other people's data becomes a data set; a module for each source, and what all of them share.

    archives → tables, csv_tables, workbooks → onet/ esco/ … → dataset/build → dataset/install
    (safe)     (rows, faults by line)          (nodes)         (temporary)   (put in place)

Only the modules that `IMPORTERS` names know anything of a particular source.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from careergraph.model.errors import NothingAsked, UnusableDataset, UnusableSource
from careergraph.model.escaping import to_safe_line
from careergraph.store.datasets import hash_origin, is_imported, read_manifest
from careergraph.store.locations import BUNDLED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType

    from careergraph.importing.source import Reading

#: Source → the module that reads it. Each has a function `read(path, release, name)` that returns a `Reading`, and
#: takes `more` paths or `codes` if it has use for them; where users write the files themselves, it has a function
#: `make_template()` that returns such files.
IMPORTERS = {
    "onet": "careergraph.importing.onet.release",
    "esco": "careergraph.importing.esco.release",
    "crosswalk": "careergraph.importing.crosswalk.workbook",
    "oews": "careergraph.importing.oews.estimates",
    "ai-salaries": "careergraph.importing.ai_salaries.reports",
    "moves": "careergraph.importing.moves.shares",
    "csv": "careergraph.importing.csv.sheets",
}

#: Arguments that only some sources take → the message for the others.
_NOT_TAKEN = {
    "more": "{source} is imported from one PATH; there are several.",
    "codes": "{source} has its own codes; --codes is for sources that leave open what theirs are of.",
}
#: The form of a data set's name: it becomes a folder, and a part of IRIs.
_NAME = re.compile(r"\w(?:[\w.-]{0,62}[\w-])?")
#: The form of a release's name: it becomes a part of IRIs.
_RELEASE = re.compile(r"\w[\w.-]{0,63}")


def open_source(source: str, path: str, release: str | None = None, name: str | None = None, **more: object) -> Reading:
    """Open a download of a source: a file or a folder on this machine.

    Args:
        source: one of `IMPORTERS`.
        path: the download.
        release: the source's name for this state of its data, if the download itself does not say.
        name: the name of the data set, if not that of its source.
        more: what only some sources take: `more`, further downloads of it; `codes`, the classification of its codes.
            Empty values and None are not passed on.

    Raises:
        NothingAsked: the source does not take one of these.
        UnusableSource: it is not what the source publishes, or the release cannot have this name.
        UnusableDataset: a data set of this source cannot have this name.
    """
    if release is not None and not _RELEASE.fullmatch(release):
        reason = f"{to_safe_line(release)!r} names no release; one is called by letters, digits, full stops and hyphens"
        raise UnusableSource(path, f"{reason}, as in --release 29.3")
    given = {option: value for option, value in more.items() if value}
    opened: Reading = _reader(source, given)(path, release, name, **given)
    if not _NAME.fullmatch(opened.name) or opened.name == BUNDLED or opened.name in IMPORTERS.keys() - {source}:
        raise UnusableDataset(
            opened.name,
            "choose another --name, of letters, digits, full stops, hyphens and underscores; "
            f"{BUNDLED} and the names of sources are taken",
        )
    return opened


def check_not_anothers(source: str, opened: Reading, path: str, folder: str, *, named: bool = False) -> None:
    """Make sure that an import replaces no data that came from elsewhere and happen to have its name or folder.

    `R&D` and `R D` both become `r-d`, two folders may both be called `council`, and whoever gives a name may have given
    it before. What a publisher offers is the same wherever it was saved, unless its files are others: tables of a
    nation and of its states, say.

    Args:
        source: one of `IMPORTERS`.
        opened: what is to be imported.
        path: the download.
        folder: where it is to be kept.
        named: whether the user chose the name or the folder, which is made of the download's name otherwise.

    Raises:
        UnusableDataset: there is such a data set.
    """
    if not is_imported(folder):
        return
    there = read_manifest(folder)
    if hasattr(_module(source), "make_template"):
        anothers = there.origin != hash_origin(path) if there.origin else there.title != opened.title
    else:
        anothers = there.files.keys().isdisjoint(opened.files)
    if anothers:
        found = f"{to_safe_line(there.title)!r}, imported from elsewhere"
        taken = f"{to_safe_line(PurePath(path).name)!r} gives that name, and it is taken by {found}"
        raise UnusableDataset(
            opened.name,
            f"{f'in its place there is {found}' if named else taken}; "
            "choose another --name, or put this one in its place with --replace",
        )


def check_release(source: str, opened: Reading, folder: str) -> None:
    """Make sure that the data set in a folder is of the same release as the one that is to replace it.

    Files that users write themselves change all the time, so this does not apply to them.

    Raises:
        UnusableDataset: it is of another release.
    """
    there = read_manifest(folder).release if is_imported(folder) else opened.release
    if there != opened.release and not hasattr(_module(source), "make_template"):
        raise UnusableDataset(
            opened.name,
            f"release {to_safe_line(there)} is imported; --replace puts {to_safe_line(opened.release)} in its place, "
            "--name keeps both",
        )


def make_template(source: str) -> dict[str, bytes]:
    """Files to begin with, for a source whose files users write themselves: name → content.

    Args:
        source: one of `IMPORTERS`.

    Raises:
        NothingAsked: the files of this source are published by others.

    >>> sorted(make_template("csv"))[:2]
    ['backgrounds.csv', 'courses.csv']
    """
    made: Callable[[], dict[str, bytes]] | None = getattr(_module(source), "make_template", None)
    if made is None:
        raise NothingAsked(f"There is no template for {source}: its files are published by others.")
    return made()


def _reader(source: str, given: Iterable[str]) -> Callable[..., Reading]:
    from inspect import signature

    read: Callable[..., Reading] = _module(source).read
    for option in given:
        if option not in signature(read).parameters:
            raise NothingAsked(_NOT_TAKEN[option].format(source=source))
    return read


def _module(source: str) -> ModuleType:
    from importlib import import_module

    return import_module(IMPORTERS[source])
