"""Write a file, or several, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from careergraph.errors import UnwritableFile
from careergraph.locations import ASIDE


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the file, then rename: a reader sees the old content or the new, never a part.

    A link is followed, and a file that is there keeps its mode. What is no regular file, such as a pipe, cannot be
    replaced and is written to.

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

    A folder that is not there yet appears with all its files at once. In one that is there, each file is replaced as a
    whole, once all of them could be written, and other files stay.

    Args:
        folder: where to write.
        files: path relative to the folder → content.

    Raises:
        UnwritableFile: the folder is a file, its parent is missing or closed, or the disk is full.
    """
    try:
        target = folder.resolve()
        with tempfile.TemporaryDirectory(dir=target if target.exists() else target.parent, prefix=ASIDE) as made:
            aside = Path(made) / "whole"
            for name, content in files.items():
                (aside / name).parent.mkdir(parents=True, exist_ok=True)
                (aside / name).write_bytes(content)
            if not _appeared(aside, target):
                _move(files, aside, target)
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


def _appeared(aside: Path, target: Path) -> bool:
    # Whether the folder was not there until now. Between a look and the renaming, another process may make it.
    if target.exists():
        return False
    try:
        aside.rename(target)
    except OSError:
        if target.is_dir():
            return False
        raise
    return True


def _move(names: Iterable[str], aside: Path, target: Path) -> None:
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (aside / name).replace(target / name)


def _replace(target: Path, content: bytes) -> None:
    handle, aside = tempfile.mkstemp(dir=target.parent, prefix=ASIDE)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(aside).chmod(_mode(target))
        Path(aside).replace(target)
    except BaseException:  # Ctrl-C, too
        Path(aside).unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    # mkstemp makes files private; an export is as open as what it replaces, or as the user's other new files.
    if target.is_file():
        return target.stat().st_mode & 0o7777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
