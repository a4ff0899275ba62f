"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from careergraph.errors import UnwritableFile


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


def _replace(target: Path, content: bytes) -> None:
    handle, aside = tempfile.mkstemp(dir=target.parent, prefix=".careergraph-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(aside).chmod(_mode(target))
        Path(aside).replace(target)
    except OSError:
        Path(aside).unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    # mkstemp makes files private; an export is as open as what it replaces, or as the user's other new files.
    if target.is_file():
        return target.stat().st_mode & 0o7777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
