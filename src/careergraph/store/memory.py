"""Return memory that the engine has freed to the system."""

from __future__ import annotations

from contextlib import suppress


def give_freed_memory_back() -> None:
    """Return freed memory to the system: the C library keeps what each thread has used, in case it is needed again.

    After a large load, that is most of what a process seems to take. With other C libraries, nothing happens.

    >>> give_freed_memory_back()
    """
    import ctypes

    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
