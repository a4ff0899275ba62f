"""Put an imported data set in place, or take it away, so that readers never see a part of one.

A snapshot is built in a temporary folder, flushed to disk, and renamed; then renaming the file CURRENT makes it the
live one. If a process ends before that, the next one removes what it left.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from careergraph.catalogue.dataset_summaries import find_folder
from careergraph.importing.dataset.build import Progress, build
from careergraph.importing.dataset.lock import LOCK, lock
from careergraph.importing.source import Reading
from careergraph.model.errors import NoDataFolder, UnknownDataset, UnusableDataset, UnwritableFile
from careergraph.store.atomic_write import sweep
from careergraph.store.datasets import CURRENT, FORMAT, Manifest, dataset_folder, is_imported, list_imported
from careergraph.store.locations import HIDDEN

_ASIDE = ".making-"
_SNAPSHOTS = "snapshots"
_SNAPSHOT = re.compile(r"v\d+-\d{8}T\d+", re.ASCII)


def install(reading: Reading, folder: str, *, progress: Progress, wait: bool = False, origin: str = "") -> Manifest:
    """Import a source into a data set's folder, replacing what is there.

    Args:
        reading: the source.
        folder: the data set's folder: missing, empty, or with an imported data set in it.
        progress: told of progress.
        wait: whether to wait while another process changes the data set, instead of failing.
        origin: the `hash_origin` the download.

    Raises:
        DatasetBusy: another process changes the data set.
        UnusableDataset: the folder holds something else.
        UnusableSource: something in the source is not as it should be.
        UnwritableFile: the disk is full, or closed to writing. What was there before is still there.
    """
    target = Path(folder)
    with _tell_faults(folder):
        if not is_imported(folder) and target.exists() and not _is_ours(target):
            raise UnusableDataset(folder, "it is a file, or a folder with something else in it; name another")
        was_there = target.exists()
        with lock(target, wait=wait):
            _sweep(target)
            try:
                return _replace(reading, target, progress, origin)
            finally:
                _sweep(target)
                if not (was_there or is_imported(folder)):
                    _take_away(target)


def remove(folder: str, *, wait: bool = False) -> None:
    """Remove an imported data set with its folder, or what is left of one; processes that have it open keep reading.

    Raises:
        DatasetBusy: another process changes the data set, and `wait` is false.
        UnknownDataset: there is none in the folder.
        UnwritableFile: it cannot be removed.
    """
    target = Path(folder)
    if not (is_imported(folder) or is_left_over(folder)):
        raise UnknownDataset(folder, names=list_imported())
    with _tell_faults(folder), lock(target, wait=wait):
        (target / CURRENT).unlink(missing_ok=True)
        _sweep(target)
        _take_away(target)


def find_removable_folder(name: str) -> str:
    """The folder of an imported data set, or of what is left of one, by name or by path.

    Raises:
        UnknownDataset: there is neither.
    """
    try:
        return find_folder(name)
    except UnknownDataset:
        with suppress(NoDataFolder):
            if is_left_over(dataset_folder(name)):
                return dataset_folder(name)
        if is_left_over(name):
            return name
        raise


def is_left_over(folder: str) -> bool:
    """Whether a folder holds nothing but the remains of an import or a removal that was killed.

    >>> is_left_over("no such folder")
    False
    """
    target = Path(folder)
    return (
        "\0" not in folder
        and (target / LOCK).is_file()
        and _is_ours(target)
        and all(_SNAPSHOT.fullmatch(path.name) for path in target.glob(f"{_SNAPSHOTS}/*"))
    )


def _replace(reading: Reading, target: Path, progress: Progress, origin: str) -> Manifest:
    name = f"v{FORMAT}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    aside = Path(tempfile.mkdtemp(dir=target, prefix=_ASIDE))
    manifest = build(reading, aside, name, progress, origin)
    _write_through(aside)
    (target / _SNAPSHOTS).mkdir(exist_ok=True)
    (aside / _SNAPSHOTS / name).rename(target / _SNAPSHOTS / name)
    _sync(target / _SNAPSHOTS)
    (aside / CURRENT).replace(target / CURRENT)
    _sync_last(target)
    return manifest


def _sync_last(target: Path) -> None:
    # From here on, a failure no longer leaves the earlier data set.
    try:
        _sync(target)
    except OSError as error:
        reason = f"{error.strerror}; the new data is in place, but a power failure may undo it: import it again"
        raise UnwritableFile(path=str(target), reason=reason) from error


def _sweep(target: Path) -> None:
    # Only with the lock held: nobody is writing what is removed here.
    live = ""
    with suppress(OSError):
        live = (target / CURRENT).read_text(encoding="utf-8").strip()
    with suppress(OSError):  # the next import removes the remains
        left = [*target.glob(f"{_ASIDE}*"), *(path for path in target.glob(f"{_SNAPSHOTS}/*") if path.name != live)]
        for path in left:
            shutil.rmtree(path, ignore_errors=True)
    sweep(target)  # what was killed that joined it with other data: see `careergraph.store.oxigraph.open_dataset`


def _take_away(target: Path) -> None:
    with suppress(FileNotFoundError):
        (target / _SNAPSHOTS).rmdir()
    (target / LOCK).unlink(missing_ok=True)
    try:
        target.rmdir()
    except OSError as error:
        # Without the lock, another process may have begun an import in the folder, and its files must stay.
        if error.errno != errno.ENOTEMPTY:
            raise


def _is_ours(target: Path) -> bool:
    # The folder of an import that was not completed, or an empty one.
    return target.is_dir() and all(
        path.name in ("lock", _SNAPSHOTS) or path.name.startswith((_ASIDE, HIDDEN)) for path in target.iterdir()
    )


def _write_through(folder: Path) -> None:
    for place, _, names in os.walk(folder):
        for name in names:
            _sync(Path(place, name))
        _sync(Path(place))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _tell_faults(folder: str) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        # The engines report the path of their own file first, and the reason last.
        reason = (getattr(error, "strerror", None) or str(error)).rpartition(": ")[2]
        raise UnwritableFile(path=folder, reason=f"{reason}; what was there before is still there") from error
