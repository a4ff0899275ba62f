"""Arrays that an import lays down in a folder: mapped into memory, and read without numpy."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from careergraph.errors import UnusableDataset


class Mapped(NamedTuple):
    """What stands in the two files: what the header says, and name → array."""

    header: dict[str, Any]
    arrays: dict[str, Sequence[float]]


def mapped(folder: str, header: str, arrays: str, *, types: Mapping[str, str], format_: int) -> Mapped | None:
    """Open a file of arrays with the header that tells where in it each stands; None if there is none.

    Args:
        folder: where both are.
        header: the name of the header, JSON with `format`, `bytes` and `arrays`: name → its place and length in bytes.
        arrays: the name of the file of arrays.
        types: name of an array → the type of its items, as `struct` has it.
        format_: the version of the layout that the header has to tell.

    Raises:
        UnusableDataset: they are of another version, or damaged.

    Takes time linear in the header; of the arrays, only what is looked at is read.

    >>> mapped("/nowhere", "a.json", "a.bin", types={}, format_=1) is None
    True
    """
    import json
    import mmap

    try:
        with open(os.path.join(folder, header), "rb") as file:
            said = json.load(file)
        with open(os.path.join(folder, arrays), "rb") as file:
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise UnusableDataset(folder, f"its file {arrays} cannot be read ({error}); import it again") from error
    if not isinstance(said, dict) or said.get("format") != format_ or said.get("bytes") != len(content):
        raise UnusableDataset(folder, f"its file {arrays} is of another version, or damaged; import it again")
    found: dict[str, Sequence[float]] = {
        name: content[start : start + length].cast(types[name])  # type: ignore[call-overload]
        for name, (start, length) in said["arrays"].items()
    }
    return Mapped(said, found)
