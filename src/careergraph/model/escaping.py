"""Text that is safe to print: nothing in it can control a terminal."""

from __future__ import annotations

import re

#: What a terminal may obey instead of showing it: controls but for the line feed, what changes the direction of
#: writing, line breaks that it does not know, halves of characters. Everything else is some script's own, and shown.
_OBEYED = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]")
# These are compiled when they are first used, which most commands never do.
_OBEYED_IN_FORMATS = rf"(?!\t|\r\n){_OBEYED.pattern}"
#: What no name has: the same and the line feed, which is what `shape:ControlCharacter` of the ontology says.
NOT_IN_NAMES = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]")
#: Everything that has a meaning in a quoted label of Mermaid, in Markdown within it, or anywhere in a Mermaid text.
_MERMAID_SIGNS = '["#&<>%$:;`*_~\\\\\\x00-\\x1f\\x7f-\\x9f\u2028-\u202e\u2066-\u2069\ufeff]'
#: How a list, a rule or a block of code begins in Markdown: none of them can be drawn in a label.
_MARKDOWN_LIST = r"^([0-9]+(?=[.)])|(?=[-+ ]))(.)"


def printable(text: str, longest: int = 120) -> str:
    r"""A text as one line that does a terminal no harm: other signs by their number, and cut where it grows long.

    >>> printable("a\tb")
    'a\\tb'
    """
    plain = NOT_IN_NAMES.sub(lambda found: _number(found[0]), text[: longest + 1])
    return plain if len(plain) <= longest else f"{plain[:longest]}..."


def harmless(text: str) -> str:
    r"""A text of many lines that does a terminal no harm: signs that it would obey stand there by their number.

    >>> print(harmless("red \x1b[31m\nand caf\u00e9"))
    red \x1b[31m
    and café
    """
    return _OBEYED.sub(lambda found: _number(found[0]), text)


def harmless_json(text: str) -> str:
    r"""JSON that says the same and does a terminal no harm.

    >>> print(harmless_json('{"name": "red \x9b31m"}'))
    {"name": "red \u009b31m"}
    """
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def harmless_content(content: bytes) -> bytes:
    r"""What is shown on a terminal of a result in some format: as `harmless`, but tabs and line ends stay.

    >>> harmless_content(b"a\tb\x1b[2J\r\n")
    b'a\tb\\x1b[2J\r\n'
    """
    text = content.decode("utf-8", "backslashreplace")
    return re.sub(_OBEYED_IN_FORMATS, lambda found: _number(found[0]), text).encode()


def quote_mermaid(text: str) -> str:
    """Text as a quoted label of Mermaid, its signs by their numbers.

    >>> quote_mermaid('C# "and" <b>'), quote_mermaid("1. Officer")
    ('"C#35; #34;and#34; #60;b#62;"', '"1#46; Officer"')
    """
    told = re.sub(_MERMAID_SIGNS, lambda sign: f"#{ord(sign[0])};", text)
    return '"' + re.sub(_MARKDOWN_LIST, lambda begun: f"{begun[1]}#{ord(begun[2])};", told) + '"'


def _number(sign: str) -> str:
    return sign.encode("unicode_escape", "surrogatepass").decode()
