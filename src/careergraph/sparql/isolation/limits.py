"""Limit what a process may use: no new files or connections, bounded memory and processor time.

All of it relies on the system's `setrlimit`; where that does not exist, nothing happens, and only the check of the
query (`careergraph.rdf.query_text.Query.check`) and the parent's deadline protect the system.
"""

from __future__ import annotations

import faulthandler
import math
import os
import signal
import sys
import time
from pathlib import Path

try:
    import resource
except ImportError:  # on Windows
    resource = None  # type: ignore[assignment]


def confine(*, memory: int, files: bool, niceness: int = 0) -> None:
    """Limit this process for good.

    Args:
        memory: how much more address space it may take from now on, in bytes.
        files: whether it may still open files and connections. Those that are open stay open.
        niceness: how far it stands back where other processes want the processor.
    """
    if resource is None:
        return
    os.nice(niceness)
    taken = _address_space()
    if taken is not None:
        resource.setrlimit(resource.RLIMIT_AS, (taken + memory, taken + memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not files:
        # Not "as many as are open now": a descriptor that is closed would make room for a new one.
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def allow_processor(seconds: float) -> None:
    """Let this process use some more seconds of processor time; then the system ends it, even without its parent."""
    if resource is None:
        return
    limit = math.ceil(time.process_time() + seconds) + 1
    if resource.getrlimit(resource.RLIMIT_CPU)[0] != limit:  # setting it slows down what follows, reading it does not
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def leave_the_terminal() -> None:
    """Write nothing to the terminal, and leave Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _address_space() -> int | None:
    # In pages; only Linux has this file, and only there does every allocator obey RLIMIT_AS.
    if not sys.platform.startswith("linux"):
        return None
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
