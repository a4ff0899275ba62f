"""Bits that turn in files, as they do on disks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turned(path: Path, place: int, bit: int = 0) -> Iterator[None]:
    """Turn one bit of a file, and turn it back in the end."""
    _turn(path, place, bit)
    try:
        yield
    finally:
        _turn(path, place, bit)


def _turn(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        found = file.read(1)[0]
        file.seek(place)
        file.write(bytes([found ^ (1 << bit)]))
