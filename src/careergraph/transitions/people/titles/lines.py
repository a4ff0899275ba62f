r"""Packed tables that are searched as they are: a line for each entry, its cells between tabs.

To parse such a table takes ten times as long as to unpack and search it, and ten times its memory.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Sequence

_FOLDER = os.path.dirname(__file__)
#: For `zlib`: what is packed begins as a gzip file does.
_GZIP = 31


class Lines:
    r"""The lines of a table; no cell has a tab or a line break in it.

    Args:
        content: as `write_lines` makes it, unpacked.

    >>> lines = Lines(b"\nnurse\tscrub nurse\tward sister\t\nwriter\tblogger\t\n")
    >>> lines.find("writer"), lines.find("ward sister"), lines.find_first_cell("ward sister")
    (('blogger',), None, 'nurse')
    """

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __contains__(self, first: str) -> bool:
        return f"\n{first}\t".encode() in self._content

    def find(self, first: str) -> tuple[str, ...] | None:
        """The other cells of the line that begins with a cell; None if none does."""
        wanted = f"\n{first}\t".encode()
        start = self._content.find(wanted)
        if start < 0:
            return None
        return tuple(self._content[start + len(wanted) : self._end(start)].decode().split("\t")[:-1])

    def find_first_cell(self, other: str) -> str | None:
        """The first cell of a line with some other cell; None if there is none."""
        place = self._content.find(f"\t{other}\t".encode())
        if place < 0:
            return None
        start = self._content.rfind(b"\n", 0, place) + 1
        return self._content[start : self._content.index(b"\t", start)].decode()

    def _end(self, start: int) -> int:
        return self._content.index(b"\n", start + 1)


def read_lines(name: str) -> Lines:
    """A table of this folder, unpacked."""
    with open(os.path.join(_FOLDER, name), "rb") as file:
        return Lines(zlib.decompress(file.read(), _GZIP))


def pack_lines(lines: Iterable[Sequence[str]]) -> bytes:
    """Lines of cells as `read_lines` reads them; the same ones give the same bytes.

    >>> Lines(zlib.decompress(pack_lines([("nurse", "ward sister")]), _GZIP)).find("nurse")
    ('ward sister',)
    """
    import gzip

    text = "".join("\n" + "".join(f"{cell}\t" for cell in cells) for cells in lines) + "\n"
    return gzip.compress(text.encode(), mtime=0)
