"""XML as text: elements with everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

#: Characters that XML 1.0 cannot contain at all, not even as a character reference.
_UNHOLDABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Characters that a reader would turn into a space or another kind of line break.
_IN_TEXT = {"\r": "&#13;"}
_IN_ATTRIBUTE = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def can_hold(text: str) -> str:
    r"""The text with a replacement character for each character that XML cannot contain, such as a null.

    >>> can_hold("a\x00b")
    'a\ufffdb'
    """
    return _UNHOLDABLE.sub("\ufffd", text)


def escape_text(text: str) -> str:
    """Text as it stands between tags."""
    return escape(can_hold(text), _IN_TEXT)


def write_element(name: str, attributes: Mapping[str, object], *content: str) -> str:
    """An element; its content is markup already, its attributes are plain values.

    >>> write_element("a", {"b": '<"'}, escape_text("&"))
    '<a b="&lt;&quot;">&amp;</a>'
    """
    start = name + "".join(
        f' {key}="{escape(can_hold(str(value)), _IN_ATTRIBUTE)}"' for key, value in attributes.items()
    )
    inside = "".join(content)
    return f"<{start}>{inside}</{name}>" if inside else f"<{start}/>"


def write_lines(name: str, attributes: Mapping[str, object], content: Iterable[str]) -> str:
    """An element that has each part of its content on a line of its own."""
    inside = "".join(f"\n{part}" for part in content)
    return write_element(name, attributes, f"{inside}\n") if inside else write_element(name, attributes)
