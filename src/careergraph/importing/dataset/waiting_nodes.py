"""Nodes that the store has been given already and the index has not, in a file: the engine is to wait for nobody.

The engine works without Python's lock. It has something to do from beginning to end if it is given all nodes before the
index is written; in memory, those of a large source would take more than an import may.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

#: Nodes that are written at once.
_TOGETHER = 500


class WaitingNodes:
    """A queue on disk that is filled first and emptied afterwards; its file has no name, and ends with the process.

    Args:
        folder: where there is room for the file.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, WaitingNodes(folder) as waiting:
    ...     waiting.put("urn:nurse", {"label": ["Nurses"]})
    ...     list(waiting.take_all())
    [('urn:nurse', {'label': ['Nurses']})]
    """

    def __init__(self, folder: Path | str) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  # it is closed with this
        self._sizes: list[int] = []
        self._last: list[tuple[str, dict[str, list[str]]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._file.close()

    def put(self, subject: str, by_predicate: dict[str, list[str]]) -> None:
        """Add a node with all that is said about it.

        Raises:
            OSError: the disk is full.
        """
        self._last.append((subject, by_predicate))
        if len(self._last) >= _TOGETHER:
            self._sizes.append(self._file.write(marshal.dumps(self._last)))
            self._last.clear()

    def take_all(self) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """Each node, in the order in which they came."""
        self._file.seek(0)
        for size in self._sizes:
            yield from marshal.loads(self._file.read(size))
        yield from self._last
