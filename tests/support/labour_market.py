"""The small statistics among the fixtures, and a data folder with the occupations that they are about."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

FIXTURES = Path(__file__).parents[1] / "fixtures" / "labour"
OEWS, SALARIES, MOVES = "oews_2025_national.csv", "salaries-2025-01-19.csv", "moves_cps_asec.csv"


def alter(folder: Path, name: str, change: Callable[[str], str]) -> str:
    """The path of a copy of a file with something changed."""
    path = folder / name
    shutil.copyfile(FIXTURES / name, path)
    before = path.read_text(encoding="utf-8")
    path.write_text(change(before), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != before
    return str(path)
