"""Write a file, or several, whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from careergraph.model.errors import UnwritableFile
from careergraph.store.locations import HIDDEN


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the file, then rename: a reader sees the old content or the new, never a part.

    A link is followed, and an existing file keeps its mode. Something other than a regular file, such as a pipe, cannot
    be replaced and is written to directly.

    Raises:
        UnwritableFile: the folder is missing or closed, the disk is full, or the path is a folder.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(content)
        else:
            _replace(target, content)
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a null byte
        raise UnwritableFile(path=str(path), reason=getattr(error, "strerror", None) or str(error)) from error


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder so that none of them is ever there in part.

    A new folder appears with all its files at once. In an existing folder, each file is replaced as a whole, once all
    of them have been written, and other files stay.

    Args:
        folder: where to write.
        files: path relative to the folder → content.

    Raises:
        UnwritableFile: the folder is a file, its parent is missing or closed, or the disk is full.
    """
    try:
        target = folder.resolve()
        sweep(target.parent)  # an export killed just after the folder appeared leaves its hidden folder here
        with make_hidden_folder(target if target.exists() else target.parent) as made:
            for name, content in files.items():
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                (made / name).write_bytes(content)
            if not _check_appeared(made, target):
                _move(files, made, target)
    except (OSError, RuntimeError, ValueError) as error:
        raise UnwritableFile(path=str(folder), reason=getattr(error, "strerror", None) or str(error)) from error


def write_new_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that is not there yet, or is empty: nothing of the user's is replaced.

    Raises:
        UnwritableFile: there is something in the folder, or it cannot be written.
    """
    try:
        filled = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except (OSError, ValueError) as error:
        raise UnwritableFile(path=str(folder), reason=getattr(error, "strerror", None) or str(error)) from error
    if filled:
        raise UnwritableFile(path=str(folder), reason="something is there already; name a folder that is new or empty")
    write_folder(folder, files)


def _check_appeared(made: Path, target: Path) -> bool:
    # Whether the folder was new: between checking and renaming, another process may create it.
    if target.exists():
        return False
    try:
        made.rename(target)
    except OSError:
        if target.is_dir():
            return False
        raise
    return True


def _move(names: Iterable[str], made: Path, target: Path) -> None:
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).replace(target / name)


def _replace(target: Path, content: bytes) -> None:
    with make_hidden_folder(target.parent) as made:
        made.write_bytes(content)
        if target.is_file():
            made.chmod(target.stat().st_mode & 0o7777)
        made.replace(target)


#: The name of the one file or folder that is written in a hidden folder.
WHOLE = "whole"


@contextmanager
def make_hidden_folder(parent: Path) -> Iterator[Path]:
    """A path in a new hidden folder. Nothing exists at the path yet, and the hidden folder is removed at the end.

    Args:
        parent: where the hidden folder is made. Hidden folders left over there are removed first.

    Raises:
        OSError: the parent is missing or closed.

    >>> with tempfile.TemporaryDirectory() as folder, make_hidden_folder(Path(folder)) as path:
    ...     path.name, path.exists(), path.parent.parent == Path(folder)
    ('whole', False, True)
    """
    sweep(parent)
    made, handle = _make(parent)
    try:
        yield made / WHOLE
    finally:
        shutil.rmtree(made, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def sweep(parent: Path) -> None:
    """Remove the hidden folders that killed processes left behind. What cannot be removed stays."""
    for path in parent.glob(f"{HIDDEN}????????"):
        with suppress(OSError):
            _remove(path)


def _remove(path: Path) -> None:
    handle = _lock(path, wait=False)
    if handle is None:
        return
    try:
        if {found.name for found in path.iterdir()} <= {WHOLE}:  # or it has such a name but is not ours
            shutil.rmtree(path)
    finally:
        os.close(handle)


def _make(parent: Path) -> tuple[Path, int | None]:
    while True:
        made = Path(tempfile.mkdtemp(dir=parent, prefix=HIDDEN))
        with suppress(FileNotFoundError):
            handle = _lock(made, wait=True)
            if made.exists():
                return made, handle
            if handle is not None:  # another process swept it away before it was locked
                os.close(handle)


def _lock(folder: Path, *, wait: bool) -> int | None:
    # None where folders cannot be locked: then nothing is locked and nothing is removed.
    try:
        import fcntl
    except ImportError:
        return None
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(handle)
        return None
    return handle
