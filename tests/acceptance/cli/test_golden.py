"""What every command prints, against files that show it in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import careergraph
from make_golden import GOLDEN, print_answer

FILES = sorted(GOLDEN.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_command_prints_what_its_golden_file_shows(path: Path) -> None:
    command, _, expected = path.read_text(encoding="utf-8").partition("\n")
    assert print_answer(command) == expected, "if this is meant: python scripts/make_golden.py"


def test_a_process_prints_the_same_as_the_golden_file() -> None:
    expected = (GOLDEN / "path.txt").read_text(encoding="utf-8").partition("\n")[2]
    assert careergraph("path", "software engineer", "machine learning engineer").stdout == expected
