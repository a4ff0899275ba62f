"""Ranges of the numbers that users may type."""

from __future__ import annotations

from typing import NamedTuple


class Range(NamedTuple):
    """The range and the default of a whole number that users may type."""

    least: int
    most: int
    default: int
