"""Text files as people have them: the encoding that one is in, and a key of JSON that is there twice."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Iterable

#: Byte order mark → encoding; the one of UTF-32 begins as that of UTF-16 does.
_MARKS = {BOM_UTF32_LE: "utf-32", BOM_UTF32_BE: "utf-32", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}


def find_encoding(content: bytes) -> str:
    """The encoding of a text: what its byte order mark says, as editors and shells on Windows write it, or else UTF-8.

    >>> find_encoding("role".encode("utf-16")), find_encoding(b"role")
    ('utf-16', 'utf-8-sig')
    """
    return next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), "utf-8-sig")


def decode_text(content: bytes) -> str:
    """The text of a file, without its byte order mark.

    Raises:
        UnicodeDecodeError: it is in another encoding than `find_encoding` says.

    >>> decode_text("role".encode("utf-16")), decode_text("\ufeffrole".encode())
    ('role', 'role')
    """
    return content.decode(find_encoding(content))


def find_repeated(names: Iterable[str]) -> str | None:
    """The first name that was there before, or None if all are different.

    >>> find_repeated(["work", "skills", "work"])
    'work'
    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None
