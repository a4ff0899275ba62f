"""How many threads linear algebra has: one, where other processes or threads work beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

#: What the libraries behind numpy and scipy read when they are loaded.
_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


@contextmanager
def use_one_thread() -> Iterator[None]:
    """Have one thread do the linear algebra, here if numpy and scipy are loaded in this block, and in its processes.

    On a core that something else works on, threads that wait for each other take more time than they save; and the same
    input gives the same bytes, however many cores there are. What the user has set stays.

    >>> with use_one_thread():
    ...     os.environ["OPENBLAS_NUM_THREADS"]
    '1'
    """
    new = [name for name in _VARIABLES if name not in os.environ]
    os.environ.update(dict.fromkeys(new, "1"))
    try:
        yield
    finally:
        for name in new:
            os.environ.pop(name, None)
