"""Snapshots of imported data sets: open the live one, with all its tables at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from careergraph.model.errors import UnusableDataset
from careergraph.model.escaping import to_safe_line
from careergraph.store.datasets import find_snapshot

if TYPE_CHECKING:
    import pyoxigraph

# On the start path: what opens an index alone does without the engine.

#: The store in a snapshot's folder.
STORE = "store"


#: Of so many statements, one is taken as an example.
_STRIDE = 20


def open_snapshot(snapshot: str) -> pyoxigraph.Store:
    """The store in a snapshot's folder, read only, with all its tables open.

    Raises:
        OSError: there is no store that can be read, or it is damaged.
    """
    import pyoxigraph

    folder = os.path.join(snapshot, STORE)
    try:
        store = pyoxigraph.Store.read_only(folder)
        _open_tables(store, folder)
    except RuntimeError as error:  # what the engine calls corruption
        raise OSError(f"its store is damaged: {error}") from error
    return store


def _open_tables(store: pyoxigraph.Store, folder: str) -> None:
    """Make the engine open all its files now: it opens most only when they are needed.

    By then they may be deleted, or this process may not be allowed to open any. Which file of an index a statement is
    in depends on the hashes of its terms, so that looking for whatever terms leads to one file after the other.
    """
    import pyoxigraph

    with os.scandir(folder) as entries:
        wanted = {entry.inode() for entry in entries if entry.name.endswith(".sst")}
    graphs = (None, pyoxigraph.DefaultGraph(), *store.named_graphs())
    for number, quad in enumerate(islice(store, 0, None, _STRIDE)):
        if wanted <= _open_inodes():
            return
        term = pyoxigraph.NamedNode(f"urn:probe:{number}")
        said, known = quad.predicate, quad.object
        around = ((term, None, None), (None, None, known), (None, said, known), (None, said, term))
        for graph in graphs:
            for subject, predicate, value in around:
                next(store.quads_for_pattern(subject, predicate, value, graph), None)


def _open_inodes() -> set[int]:
    """The inodes of all files that this process has open."""
    found = set()
    for name in os.listdir("/dev/fd"):
        with suppress(OSError):
            found.add(os.fstat(int(name)).st_ino)
    return found


@contextmanager
def tell_damage(path: str) -> Iterator[None]:
    """Report errors that the engine meets while reading as damage of a data set.

    Args:
        path: the data set's folder.

    Raises:
        UnusableDataset: the store is damaged.
    """
    try:
        yield
    except RuntimeError as error:  # what the engine calls corruption
        raise UnusableDataset(path, f"its store is damaged ({to_safe_line(str(error))}); import it again") from error


T = TypeVar("T")


def open_live(path: str, opened: Callable[[str], T]) -> T:
    """Open the live snapshot of an imported data set, even if an import replaces it at that moment.

    Args:
        path: the data set's folder.
        opened: opens a snapshot's folder, or raises OSError.

    Raises:
        OutdatedDataset: another version of this package made it.
        UnreadableFile: the data set cannot be read.
        UnusableDataset: its folder is damaged.
    """
    folder = find_snapshot(path)
    try:
        return opened(folder)
    except OSError as error:
        replaced = find_snapshot(path)
        if replaced == folder:
            raise UnusableDataset(path, f"a part of it cannot be opened ({error}); import it again") from error
    try:
        return opened(replaced)
    except OSError as error:
        raise UnusableDataset(path, f"a part of it cannot be opened ({error})") from error
