"""Help texts survive where Python leaves docstrings out."""

from __future__ import annotations

import os
import subprocess

import pytest

from careergraph.cli import COMMANDS
from command_line import CAREERGRAPH


def help_of(*command: str) -> str:
    environment = {**os.environ, "PYTHONOPTIMIZE": "2", "COLUMNS": "80"}
    return subprocess.run(
        [CAREERGRAPH, *command, "--help"], env=environment, capture_output=True, text=True, check=True, timeout=60
    ).stdout


def test_every_command_is_listed_with_what_it_does() -> None:
    listed = help_of().partition("Commands:\n")[2].splitlines()
    said = dict(line.split(maxsplit=1) for line in listed if line.startswith("  ") and line[2:3] != " ")
    assert said.keys() >= COMMANDS.keys()


@pytest.mark.parametrize(
    ("command", "said"), [(["path"], "The best route from ORIGIN"), (["datasets", "show"], "What the data set NAME is")]
)
def test_a_command_tells_what_it_does(command: list[str], said: str) -> None:
    assert said in help_of(*command)
