"""Messages between a process and its workers: frames of a JSON header and bytes, and errors as data."""

from __future__ import annotations

import json
import struct
from typing import BinaryIO

from careergraph.model.error_headers import Header as Header
from careergraph.model.error_headers import as_header as as_header
from careergraph.model.error_headers import to_error as to_error

_LENGTHS = struct.Struct(">IQ")
#: The core of `json.dumps` and `json.loads`: where a query takes a tenth of a millisecond, their overhead matters.
_encode, _decode = json.JSONEncoder().encode, json.JSONDecoder().raw_decode


def write_message(stream: BinaryIO, header: Header, content: bytes = b"") -> None:
    """Write one frame: the lengths of both parts, a header as JSON, the content."""
    said = _encode(header).encode()
    stream.write(_LENGTHS.pack(len(said), len(content)) + said)
    stream.write(content)
    stream.flush()


def read_message(stream: BinaryIO) -> tuple[Header, bytes]:
    """Read one frame.

    Raises:
        EOFError: the other side has gone.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write_message(stream, {"form": "ASK"}, b"true")
    >>> _ = stream.seek(0)
    >>> read_message(stream)
    ({'form': 'ASK'}, b'true')
    """
    header, content = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    return _decode(_exactly(stream, header).decode())[0], _exactly(stream, content)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content
