"""Long lists of references, packed: a server keeps some with tens of thousands, and shows a page of them at a time."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import overload

from careergraph.model.records import Ref

#: How many are packed together: about as many as a page shows.
_TOGETHER = 128
#: More effort takes longer than it saves.
_EFFORT = 1


class PackedRefs(Sequence[Ref]):
    """References that are unpacked when they are asked for; a tenth of the memory of a tuple of them.

    Args:
        refs: the references.

    >>> packed = PackedRefs(Ref(f"urn:{number}", "skill", str(number), "en") for number in range(300))
    >>> len(packed), packed[299].label, [ref.id for ref in packed[127:129]]
    (300, '299', ['urn:127', 'urn:128'])
    """

    def __init__(self, refs: Iterable[Ref]) -> None:
        self._blocks: list[bytes] = []
        self._length, left = 0, iter(refs)
        while block := [tuple(vars(ref).values()) for ref in islice(left, _TOGETHER)]:
            self._blocks.append(zlib.compress(marshal.dumps(block), _EFFORT))
            self._length += len(block)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> Ref: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Ref, ...]: ...

    def __getitem__(self, place: int | slice) -> Ref | tuple[Ref, ...]:
        """The reference at a place, or those at several."""
        if isinstance(place, int):
            number = range(self._length)[place]
            return self._unpack(number // _TOGETHER)[number % _TOGETHER]
        places = range(self._length)[place]
        blocks = {number: self._unpack(number) for number in dict.fromkeys(each // _TOGETHER for each in places)}
        return tuple(blocks[each // _TOGETHER][each % _TOGETHER] for each in places)

    def _unpack(self, number: int) -> list[Ref]:
        return [Ref(*said) for said in marshal.loads(zlib.decompress(self._blocks[number]))]
