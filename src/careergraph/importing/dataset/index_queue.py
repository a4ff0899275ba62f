"""Nodes on their way to the index: they wait in a file while the engine gets its work.

The engine works without Python's lock. It has something to do from beginning to end if it is given all nodes as soon as
they are read; the index is written whenever Python would have to wait for the engine, and otherwise afterwards. In
memory, the nodes of a large source would take more than an import may.
"""

from __future__ import annotations

import marshal
import os
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

from careergraph.store.index_writer import IndexWriter

#: Nodes that are written at once.
_TOGETHER = 500


class IndexQueue:
    """A queue in front of an index; its file has no name, and ends with the process.

    Args:
        path: the index, which must not exist; there has to be room for the queue beside it.

    >>> import tempfile
    >>> from careergraph.store.index import Index
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with IndexQueue(Path(folder, "index.sqlite")) as queue:
    ...         queue.put("urn:nurse", {"urn:label": ["Nurses"]})
    ...         queue.write_some(), queue.write_some()
    ...         queue.complete()
    ...     Index(folder).get("urn:nurse")
    (True, False)
    {'urn:label': ['Nurses']}
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sizes: deque[int] = deque()
        self._last: list[tuple[str, Mapping[str, Sequence[str]]]] = []
        self._read = 0

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._file = stack.enter_context(TemporaryFile(dir=self._path.parent))
            self._writer = stack.enter_context(IndexWriter(str(self._path)))
            self._open = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def put(self, subject: str, by_predicate: Mapping[str, Sequence[str]]) -> None:
        """Add a node with all that is said about it: see `IndexWriter.add`.

        Raises:
            OSError: the disk is full.
        """
        self._last.append((subject, by_predicate))
        if len(self._last) >= _TOGETHER:
            self._sizes.append(self._file.write(marshal.dumps(self._last)))
            self._last.clear()

    def write_some(self) -> bool:
        """Write the next nodes of the queue, some hundred, into the index; tells whether there were any.

        Raises:
            sqlite3.Error: the disk is full.
        """
        nodes = self._take()
        for subject, by_predicate in nodes:
            self._writer.add(subject, by_predicate)
        return bool(nodes)

    def complete(self) -> None:
        """Write what is left in the queue, and all that an index has at its end; nothing more may be added.

        Raises:
            sqlite3.Error: the disk is full.
        """
        while self.write_some():
            pass
        self._open.close()

    def _take(self) -> list[tuple[str, Mapping[str, Sequence[str]]]]:
        if not self._sizes:
            taken, self._last = self._last, []
            return taken
        self._file.flush()
        packed = os.pread(self._file.fileno(), self._sizes.popleft(), self._read)
        self._read += len(packed)
        return marshal.loads(packed)  # type: ignore[no-any-return]
