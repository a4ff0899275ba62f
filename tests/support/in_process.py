"""The command line in this process, through the one place that turns errors into lines: for thousands of calls."""

from __future__ import annotations

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from unittest.mock import patch

from careergraph.cli import run_command


class Outcome(NamedTuple):
    """What a call ended with, and what it printed."""

    code: int
    out: str
    err: str


def call(*arguments: str) -> Outcome:
    """Call the command line; an exception that it does not know comes through.

    In a thread, because a browser that an earlier test has opened has left this one with an event loop that runs.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", errors="backslashreplace") for _ in range(2))
    stdin = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with patch.multiple(sys, stdin=stdin, stdout=out, stderr=err):
        code = ThreadPoolExecutor(1).submit(run_command, list(arguments)).result()
    return Outcome(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))
