"""Run the command line as a user does: a process of its own, its output, its exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CAREERGRAPH = str(Path(sys.executable).parent / "careergraph")


def careergraph(*arguments: str, stdin: str | None = None, seconds: float = 120) -> subprocess.CompletedProcess[str]:
    """The finished process of one call; standard input is empty unless given."""
    return subprocess.run(
        [CAREERGRAPH, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=stdin or "",
        timeout=seconds,
        check=False,
    )


def complaint(finished: subprocess.CompletedProcess[str], code: int) -> str:
    """The one line of a failure, after checking that it is just that: no output, no traceback, the right code."""
    assert finished.returncode == code, finished.stderr
    assert finished.stdout == ""
    lines = finished.stderr.strip().splitlines()
    assert "Traceback" not in finished.stderr
    assert lines[-1].startswith("Error: ")
    assert len(lines) == 1 or lines[0].startswith("Usage: "), lines
    return lines[-1]
