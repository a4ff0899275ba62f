"""What a benchmark ran on: the machine, and the versions of Python and of the libraries."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

#: What careergraph does not name, or for its tests only, and does work in some figures.
_BESIDES = ("careergraph", "numpy", "playwright")


def machine() -> dict[str, Any]:
    """The processor, the cores that this process may use, memory in bytes, and the system."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"),
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
    }


def versions() -> dict[str, str]:
    """Name → version of Python, SQLite, and the libraries that careergraph runs with, as far as they are there."""
    asked = (re.match(r"[\w.-]+", line) for line in requires("careergraph") or () if "extra == 'test'" not in line)
    names = {found[0] for found in asked if found} | set(_BESIDES)
    told = {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    for name in names:
        try:
            told[name] = version(name)
        except PackageNotFoundError:  # of an extra that is not installed
            continue
    return told


def peak_memory(usage: Any) -> int:
    """The peak of resident memory in bytes that a `resource.struct_rusage` tells of."""
    return int(usage.ru_maxrss) * (1 if sys.platform == "darwin" else 1024)


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1].strip() if found else platform.machine()
