"""Data sets whose stores on disk will not do as they are: a copy of the largest one, with the others put beside it.

That takes a minute, so it is done once for all processes that ask: `join` makes a folder that they can open. What is
made of imported data sets and the bundled data alone is kept in the folder of the largest one, and called by a digest
of the snapshots and of the data that went into it. A user's own files may change at any time: such a join is removed.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from careergraph.model.errors import UnwritableFile
from careergraph.store.datasets import FORMAT, find_snapshot, is_imported, read_manifest
from careergraph.store.locations import hash_bundled, list_dataset_files
from careergraph.store.snapshots import STORE, open_live, open_snapshot

#: Errors that say nothing of what is read: no permission, nothing may be written, no room.
_OF_PLACES = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
#: What the folder of a join is called that is kept, before a digest.
_KEPT = ".joined-"


def explain_delay(files: Sequence[str]) -> str | None:
    """Why a store with imported data sets has to be put together anew, which takes time, and what would help.

    Args:
        files: as for `open_dataset`.

    Returns:
        A sentence; None if none of the files is an imported data set, or the store on disk will do.
    """
    on_disk = [path for path in files if is_imported(path)]
    others = set(files) - set(on_disk)
    if not on_disk or (len(on_disk) == 1 and not others):
        return None
    if len(on_disk) > 1 or others != set(list_dataset_files()):
        return (
            "Imported data and other data than the bundled one have to be put together first, which takes a while; "
            "computed steps are those of the bundled positions alone."
        )
    if read_manifest(on_disk[0]).bundled != hash_bundled():
        name = read_manifest(on_disk[0]).name
        return (
            f"The bundled data has changed since {name} was imported, so both have to be put together first, which "
            f"takes a while; computed steps are those of the bundled positions alone. Import it again to be fast and "
            f"to have them all: careergraph import {name} PATH."
        )
    return None


@contextmanager
def join(files: Sequence[str]) -> Iterator[str]:
    """A folder with the store of data sets taken together.

    What a process leaves that is killed meanwhile, the next one removes that does the same.

    Args:
        files: RDF files, and folders of imported data sets, of which there is at least one.

    Yields:
        The folder, for `careergraph.store.oxigraph.open_joined`. It is removed in the end, unless it is kept.

    Raises:
        OutdatedDataset: another version of this package imported one of the data sets.
        UnreadableFile: one of the files cannot be read.
        UnusableDataset: a data set's folder is damaged.
        UnwritableFile: there is no room, beside the largest data set or in the temporary folder.
    """
    # What is largest stays where it is; the others are put beside it.
    dataset = max(filter(is_imported, files), key=lambda path: read_manifest(path).statements)
    others = [path for path in dict.fromkeys(files) if path != dataset]
    kept = _kept_place(dataset, files)
    if kept and _can_be_opened(kept):
        yield kept
        return
    with ExitStack() as made:
        folder = open_live(dataset, lambda live: _make(made, dataset, live, others))
        yield (kept and _keep(folder, kept)) or folder


def _kept_place(dataset: str, files: Sequence[str]) -> str | None:
    """Where a join is kept; None if it is made of files that may change without anybody knowing."""
    imported = sorted(filter(is_imported, files))
    if {*files} - {*imported} - {*list_dataset_files()}:
        return None
    parts = [*map(find_snapshot, imported), hash_bundled() if len(imported) < len(files) else "", str(FORMAT)]
    return os.path.join(dataset, f"{_KEPT}{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}")


def _can_be_opened(place: str) -> bool:
    try:
        open_snapshot(place)
    except OSError:
        return False
    return True


def _keep(folder: str, place: str) -> str | None:
    """Have a join stay, and earlier ones go; None where it is not beside the data set, or another process was first."""
    parent = os.path.dirname(place)
    if os.path.commonpath([folder, parent]) != parent:
        return None
    shutil.rmtree(place, ignore_errors=True)  # it is damaged
    try:
        os.rename(folder, place)
    except OSError:
        return None
    for name in os.listdir(parent):
        if name.startswith(_KEPT) and name != os.path.basename(place):
            shutil.rmtree(os.path.join(parent, name), ignore_errors=True)
    return place


@contextmanager
def join_if_needed(files: Sequence[str]) -> Iterator[str | None]:
    """As `join`; None, and at once, where `open_dataset` finds a store that will do."""
    if explain_delay(files) is None:
        yield None
        return
    with join(files) as folder:
        yield folder


def _make(made: ExitStack, dataset: str, snapshot: str, others: Sequence[str]) -> str:
    from pathlib import Path
    from tempfile import gettempdir

    from careergraph.store.atomic_write import make_hidden_folder

    reasons = []
    for beside in (True, False):  # next to the data set, its tables need not be copied
        place = dataset if beside else ""
        try:
            place = place or gettempdir()
            with ExitStack() as attempt:
                folder = attempt.enter_context(make_hidden_folder(Path(place)))
                os.mkdir(folder)
                _copy_store(os.path.join(snapshot, STORE), os.path.join(folder, STORE))
                _replace_apart(os.path.join(folder, STORE), dataset, others)
                made.push(attempt.pop_all())
                return str(folder)
        except OSError as error:
            if place and not _is_of_the_place(error):
                raise
            reasons.append(f"{place or 'in the temporary folder'}: {error.strerror or error}")
    reason = "; ".join(dict.fromkeys(reasons))
    raise UnwritableFile(path="what the data sets are put together in", reason=f"{reason}; make room, or set TMPDIR")


def _is_of_the_place(error: OSError) -> bool:
    """Whether an error is none of the data: nothing can be written at a place, or there is no room."""
    # The engine, and the other process, tell errors by their text alone.
    return error.errno in _OF_PLACES or any(os.strerror(number) in str(error) for number in _OF_PLACES)


def _copy_store(source: str, target: str) -> None:
    os.mkdir(target)
    for name in os.listdir(source):
        place = os.path.join(target, name)
        if name.endswith(".sst"):  # written once and never changed
            try:
                os.link(os.path.join(source, name), place)
            except OSError:
                shutil.copyfile(os.path.join(source, name), place)
        elif not name.startswith("LO"):
            shutil.copyfile(os.path.join(source, name), place)


def _replace_apart(store: str, dataset: str, others: Sequence[str]) -> None:
    """Have another process do `careergraph.store.oxigraph.replace_graphs`, so that this one keeps no memory of it.

    Raises:
        CareergraphError: whatever that has raised.
        OSError: files cannot be read or written, or it has been ended.
    """
    import json
    import subprocess
    import sys

    asked = json.dumps({"store": store, "dataset": dataset, "others": list(others)})
    command = [sys.executable, "-P", "-m", "careergraph.store.join_process"]
    with subprocess.Popen(
        command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{asked}\n")
        process.stdin.flush()  # what is left open is how the other notices that this process has gone
        told = process.stdout.read()
    if process.returncode == 1 and told:
        from careergraph.model.error_headers import to_error

        raise to_error(json.loads(told))
    if process.returncode:
        raise OSError(told or f"what puts data sets together has ended with exit code {process.returncode}")
