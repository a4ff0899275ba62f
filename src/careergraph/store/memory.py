"""Memory that the engine has freed, back to the system."""

from __future__ import annotations

from contextlib import suppress


def give_freed_memory_back() -> None:
    """Give back what has been freed: the C library keeps what each thread has used, in case it wants it again.

    After a large load that is most of what a process seems to take. Another C library may not have it: nothing happens.

    >>> give_freed_memory_back()
    """
    import ctypes

    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
