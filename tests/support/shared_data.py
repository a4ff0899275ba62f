"""The folder of shared data that stands beside the checkout. Tests that need it skip where it is missing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).parents[3] / "shared" / "data"


def shared_file(name: str) -> Path:
    """A file of the shared folder; where there is no such folder, the running test or importing module is skipped."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the folder of shared data, {SHARED_DATA}, is missing", allow_module_level=True)
    return SHARED_DATA / name


def shared_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the shared folder, in its order; skips as `shared_file` does."""
    with shared_file(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
