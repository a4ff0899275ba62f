"""Read a file that somebody names, and no more of it than such a file has: some files, such as devices, have no end."""

# On the start path: no pathlib.
from __future__ import annotations

import os
import stat
from typing import BinaryIO

from careergraph.model.errors import UnreadableFile

#: The greatest compression of a packed file. Tables of text shrink to a twentieth, only repetition to less.
MOST_SHRUNK = 200
#: A smaller packed file counts as one of so many bytes.
_LEAST_PACKED = 1_000


def bound_unpacked(packed: int) -> int:
    """The bytes that a packed file may come to: more is repetition, as in a zip bomb.

    Args:
        packed: its bytes before it is unpacked.

    >>> bound_unpacked(400_000), bound_unpacked(40)
    (80000000, 200000)
    """
    return MOST_SHRUNK * max(packed, _LEAST_PACKED)


def read_bounded(path: str, largest: int) -> bytes:
    """The content of a file that is not too large.

    Args:
        path: the file, or a pipe.
        largest: how many bytes it may have.

    Raises:
        UnreadableFile: it is missing, cannot be opened, or is larger than it may be.

    >>> read_bounded(os.devnull, 10)
    b''
    """
    try:
        with open(path, "rb") as file:
            return read_stream(file, path, largest)
    except (OSError, ValueError) as error:  # such as a null byte in its name
        raise UnreadableFile(path=path, reason=getattr(error, "strerror", None) or str(error)) from error


def read_stream(stream: BinaryIO, name: str, largest: int) -> bytes:
    """What is left of a stream, if that is not too much.

    Args:
        stream: an open file, or standard input.
        name: what to call it.
        largest: how many bytes it may have.

    Raises:
        UnreadableFile: it cannot be read, or has more.
    """
    try:
        content = stream.read(largest + 1)
    except OSError as error:
        raise UnreadableFile(path=name, reason=error.strerror or str(error)) from error
    if len(content) > largest:
        raise UnreadableFile(path=name, reason=f"it is larger than {largest:,} bytes")
    return content


def check_regular(path: str) -> None:
    """Make sure that a path that is read to its end, or from several places, is no pipe and no device.

    A folder passes: whoever reads it is told what it is.

    Raises:
        OSError: there is nothing at the path.
        ValueError: it is a pipe, a device or a socket.
    """
    mode = os.stat(path).st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise ValueError("it is not a regular file")
