"""One writer at a time: a lock that ends with the process that holds it, however that ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from careergraph.model.errors import DatasetBusy

LOCK = "lock"


@contextmanager
def lock(folder: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock of a data set's folder, which is made if it is missing.

    Args:
        folder: the data set's folder.
        wait: whether to wait while another process holds it.

    Raises:
        DatasetBusy: another process holds it, and `wait` is false.
        OSError: the folder or the lock cannot be made.
    """
    handle = _acquire(folder, wait)
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()}, since {datetime.now(UTC).isoformat(timespec='seconds')}".encode(), 0)
        yield
        with suppress(OSError):  # all is done by now, and it does not matter who held it
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)  # which releases it


def _acquire(folder: Path, wait: bool) -> int:
    import fcntl

    while True:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            if _is_there(folder, handle):
                return handle
        except BlockingIOError:
            holder = os.pread(handle, 200, 0).decode("utf-8", "replace") or "another process"
            os.close(handle)
            raise DatasetBusy(str(folder), holder=holder) from None
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _is_there(folder: Path, handle: int) -> bool:
    # The previous holder may have removed the data set together with the lock: then a new one is needed.
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(handle), (folder / LOCK).stat())
    return False
