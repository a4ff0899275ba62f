"""Threads beside others: how many linear algebra has, and which give way."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

#: How nice a thread is that gives way: it gets a tenth of the time of a processor that another one wants, too.
_NICE = 10
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


def give_way(function: Callable[[], None]) -> None:
    """Run a function in a thread that other threads go before; returns when it is done, and raises what it raises.

    Only Linux has priorities of single threads; elsewhere the function runs here.

    >>> give_way(lambda: print("done"))
    done
    """
    if sys.platform != "linux":
        function()
        return
    with ThreadPoolExecutor(1, initializer=_lower_priority) as pool:
        pool.submit(function).result()


def _lower_priority() -> None:
    with suppress(OSError):  # a sandbox may forbid it
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
