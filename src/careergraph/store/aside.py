"""A folder aside, in which something is written before it is renamed; and away with those that nobody writes in now.

A process that is killed cannot tidy up. So each holds a lock on its folder, which ends with it however it ends: a
folder that can be locked was left over.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from careergraph.store.locations import ASIDE

#: The one thing that is written in a folder aside, be it a file or a folder.
WHOLE = "whole"


@contextmanager
def aside(parent: Path) -> Iterator[Path]:
    """A path in a new hidden folder; there is nothing at it yet, and the hidden folder is gone at the end.

    Args:
        parent: where the hidden folder is made. Others in it that were left over are removed first.

    Raises:
        OSError: the parent is missing or closed.

    >>> with tempfile.TemporaryDirectory() as folder, aside(Path(folder)) as path:
    ...     path.name, path.exists(), path.parent.parent == Path(folder)
    ('whole', False, True)
    """
    sweep(parent)
    made, handle = _made(parent)
    try:
        yield made / WHOLE
    finally:
        shutil.rmtree(made, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def sweep(parent: Path) -> None:
    """Remove the folders aside that processes left which were killed. What cannot be removed stays."""
    for path in parent.glob(f"{ASIDE}????????"):
        with suppress(OSError):
            _remove(path)


def _remove(path: Path) -> None:
    handle = _locked(path, wait=False)
    if handle is None:
        return
    try:
        if {found.name for found in path.iterdir()} <= {WHOLE}:  # or it has that name, but is not ours
            shutil.rmtree(path)
    finally:
        os.close(handle)


def _made(parent: Path) -> tuple[Path, int | None]:
    while True:
        made = Path(tempfile.mkdtemp(dir=parent, prefix=ASIDE))
        with suppress(FileNotFoundError):
            handle = _locked(made, wait=True)
            if made.exists():
                return made, handle
            if handle is not None:  # another process swept it away before it was locked
                os.close(handle)


def _locked(folder: Path, *, wait: bool) -> int | None:
    # None where folders cannot be locked: there, nothing is held and nothing is swept.
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
