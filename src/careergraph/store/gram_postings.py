"""Which names each run of three characters occurs in, of hundreds of thousands of names: by sorting many at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Names that are sorted at once: few enough for the caches of a processor.
_BLOCK = 10_000
#: The bits of a character's number in Unicode; three of them fit a signed number of 64 bits.
_BITS = 21
_ONE = (1 << _BITS) - 1


class GramPostings:
    """Collects names, and finds the names that each sequence of three characters occurs in.

    Takes O(n log n) in the number of characters of all names, and memory for the result.

    >>> postings = GramPostings()
    >>> for name in ("rust", "trust"):
    ...     postings.add(name)
    >>> dict(postings.items())["ust"]
    array('I', [0, 1])
    """

    def __init__(self) -> None:
        self._block: list[str] = []
        self._before = 0
        self._found: dict[int, array[int]] = {}

    def add(self, name: str) -> None:
        """Add the next name, folded; the names are numbered from 0 in the order in which they come."""
        self._block.append(name)
        if len(self._block) == _BLOCK:
            self._sort_block()

    def items(self) -> Iterator[tuple[str, array[int]]]:
        """Each sequence, as `careergraph.model.text.split_grams` has them, with the numbers of its names, ascending.

        The sequences come in the order of their characters.
        """
        self._sort_block()
        return ((_spell(gram), names) for gram, names in sorted(self._found.items()))

    def _sort_block(self) -> None:
        import numpy as np

        if self._block:
            grams, names = _find_grams(self._block)
            starts = np.flatnonzero(np.diff(grams, prepend=-1)).tolist()
            content = memoryview((names + self._before).astype("=u4").tobytes())
            for gram, (start, end) in zip(grams[starts].tolist(), pairwise([*starts, len(grams)]), strict=True):
                self._found.setdefault(gram, array("I")).frombytes(content[4 * start : 4 * end])
            self._before += len(self._block)
            self._block.clear()


def _find_grams(block: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each sequence as a number, beside the number of a name that it is in; sorted by both, no pair twice."""
    import numpy as np

    spaced = [f" {name} " for name in block]
    signs = np.frombuffer("".join(spaced).encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    names = np.repeat(np.arange(len(spaced)), list(map(len, spaced)))
    within = names[:-2] == names[2:]
    grams = ((signs[:-2] << 2 * _BITS) | (signs[1:-1] << _BITS) | signs[2:])[within]
    order = np.argsort(grams, kind="stable")  # the names of each stay ascending
    grams, names = grams[order], names[:-2][within][order]
    new = (np.diff(grams, prepend=-1) != 0) | (np.diff(names, prepend=-1) != 0)
    return grams[new], names[new]


def _spell(gram: int) -> str:
    return chr(gram >> 2 * _BITS) + chr(gram >> _BITS & _ONE) + chr(gram & _ONE)
