"""The bundled data with its layers as a store on disk, so that queries need not wait until it is read and derived.

It is made on first use, where Python keeps its compiled files (see `careergraph.store.compiled`), and is named by a
digest of all that it is made of. A user who may not write there gets a store in memory each time. Imports begin with
another one, without the computed steps, which each computes anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress

import pyoxigraph

from careergraph.store.checksums import is_whole, write_checksums
from careergraph.store.compiled import find_package_folder
from careergraph.store.locations import hash_bundled, list_ontology_files
from careergraph.store.snapshots import STORE, open_snapshot

#: The store that is asked, and the one that imports begin with: how the names of their folders begin.
_ASKED, _BEGUN = "bundled-store-", "bundled-import-"


def open_bundled(make: Callable[[], pyoxigraph.Store]) -> pyoxigraph.Store:
    """The store of the bundled data: the one on disk, opened read-only, or else one made now.

    Args:
        make: makes the store in memory. If possible, it is written to disk for the next time.
    """
    place = _place(_ASKED)
    if os.path.isdir(place):
        with suppress(OSError):
            if is_whole(place):
                return open_snapshot(place)
        shutil.rmtree(place, ignore_errors=True)  # it is damaged
    return _make(make, place)


def begin_with_bundled(path: str, make: Callable[[], pyoxigraph.Store]) -> pyoxigraph.Store:
    """A new store on disk that has the bundled data: a copy of one that was made earlier, or of one made now.

    Args:
        path: the folder for the store, which must be missing.
        make: makes the store in memory.

    Raises:
        OSError: the disk is full, or closed to writing.
    """
    place, made = _place(_BEGUN), None
    if os.path.isdir(place) and not _is_readable(place):
        shutil.rmtree(place, ignore_errors=True)  # it is damaged
    if not os.path.isdir(place):
        made = _make(make, place)
    if os.path.isdir(place):
        _copy(os.path.join(place, STORE), path)
        return pyoxigraph.Store(path)
    store = pyoxigraph.Store(path)
    store.bulk_extend(made or ())
    return store


def _copy(store: str, path: str) -> None:
    # `shutil.copytree` puts all errors into one of its own, which does not say that the disk is full.
    os.mkdir(path)
    for name in os.listdir(store):
        shutil.copyfile(os.path.join(store, name), os.path.join(path, name))


def _place(prefix: str) -> str:
    return os.path.join(_folder(), f"{prefix}{_digest()}")


def _is_readable(place: str) -> bool:
    with suppress(OSError):
        return is_whole(place)
    return False


def _make(make: Callable[[], pyoxigraph.Store], place: str) -> pyoxigraph.Store:
    """Make a store in memory and, if possible, write it to disk for the next time."""
    store = make()
    if not (sys.dont_write_bytecode or os.path.exists(place)):
        # A folder that cannot be written to, or a full disk, costs a second at every start. The engine tells either
        # as one or the other.
        with suppress(OSError, RuntimeError):
            _write(store, place)
    return store


def _folder() -> str:
    return os.path.join(find_package_folder(), "__pycache__")


def _digest() -> str:
    """A digest of all that goes into such a store: the data, the rules, the code that combines them, the engine."""
    found = hashlib.sha256(f"{hash_bundled()} {pyoxigraph.__version__}".encode())
    for path in (*sorted(_sources(os.path.dirname(os.path.abspath(__file__)))), *list_ontology_files()):
        with open(path, "rb") as file:
            found.update(file.read())
    return found.hexdigest()[:32]


def _sources(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith("__")]
        yield from (os.path.join(place, name) for name in names)


def _write(store: pyoxigraph.Store, place: str) -> None:
    """Write a store to disk: another process finds all of it or nothing. Earlier ones are removed."""
    from pathlib import Path

    from careergraph.store.atomic_write import make_hidden_folder

    folder = Path(place).parent
    folder.mkdir(parents=True, exist_ok=True)
    with make_hidden_folder(folder) as aside:
        aside.mkdir()  # with the mode that the user's other folders have: others are to read it as well
        made = pyoxigraph.Store(os.path.join(aside, STORE))
        made.bulk_extend(store)
        made.optimize()
        made.flush()
        del made  # closes it
        write_checksums(str(aside))
        aside.rename(place)
    ours = os.path.basename(place)
    for name in os.listdir(folder):
        if name.startswith(ours.rpartition("-")[0]) and name != ours:
            shutil.rmtree(folder / name, ignore_errors=True)
