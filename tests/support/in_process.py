"""The command line in this process, through the one place that turns errors into lines: for thousands of calls."""

from __future__ import annotations

import io
import sys
from typing import NamedTuple
from unittest.mock import patch

from careergraph.cli import run_command


class Outcome(NamedTuple):
    """What a call ended with, and what it printed."""

    code: int
    out: str
    err: str


def call(*arguments: str) -> Outcome:
    """Call the command line; an exception that it does not know comes through."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", errors="backslashreplace") for _ in range(2))
    stdin = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with patch.multiple(sys, stdin=stdin, stdout=out, stderr=err):
        code = run_command(list(arguments))
    return Outcome(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))
