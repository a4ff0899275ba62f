"""Text that is safe to print: nothing in it can control a terminal."""

from __future__ import annotations

import re

# Patterns are compiled when they are first used: a range of Unicode takes as long as a module takes to import, and most
# texts can be printed as they are, which Python tells without a pattern.
#: What a terminal may obey instead of showing it: controls but for the line feed, what changes the direction of
#: writing, line breaks that it does not know, halves of characters. Everything else is some script's own, and shown.
_OBEYED = "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]"
_OBEYED_IN_FORMATS = rf"(?!\t|\r\n){_OBEYED}"
#: What no name has: the same and the line feed, which is what `shape:ControlCharacter` of the ontology says.
_NOT_IN_NAMES = "[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]"
#: Everything that has a meaning in a quoted label of Mermaid, in Markdown within it, or anywhere in a Mermaid text.
_MERMAID_SIGNS = '["#&<>%$:;`*_~\\\\\\x00-\\x1f\\x7f-\\x9f\u2028-\u202e\u2066-\u2069\ufeff]'
#: How a list, a rule or a block of code begins in Markdown: none of them can be drawn in a label.
_MARKDOWN_LIST = r"^([0-9]+(?=[.)])|(?=[-+ ]))(.)"


def printable(text: str, longest: int = 120) -> str:
    r"""A text as one line that does a terminal no harm: other signs by their number, and cut where it grows long.

    >>> printable("a\tb")
    'a\\tb'
    """
    start = text[: longest + 1]
    plain = start if start.isprintable() else re.sub(_NOT_IN_NAMES, lambda found: _number(found[0]), start)
    return plain if len(plain) <= longest else f"{plain[:longest]}..."


def has_controls(text: str) -> bool:
    r"""Whether a text holds what no name may hold: controls, line breaks, what changes the direction of writing.

    >>> has_controls("caf\u00e9"), has_controls("two\nlines")
    (False, True)
    """
    return not text.isprintable() and re.search(_NOT_IN_NAMES, text) is not None


def blank_controls(text: str) -> str:
    r"""A text with a space for each sign that no name may hold.

    >>> blank_controls("two\nlines")
    'two lines'
    """
    return text if text.isprintable() else re.sub(_NOT_IN_NAMES, " ", text)


def harmless(text: str) -> str:
    r"""A text of many lines that does a terminal no harm: signs that it would obey stand there by their number.

    >>> print(harmless("red \x1b[31m\nand caf\u00e9"))
    red \x1b[31m
    and café
    """
    if _is_shown(text):
        return text
    return re.sub(_OBEYED, lambda found: _number(found[0]), text)


def harmless_json(text: str) -> str:
    r"""JSON that says the same and does a terminal no harm.

    >>> print(harmless_json('{"name": "red \x9b31m"}'))
    {"name": "red \u009b31m"}
    """
    if _is_shown(text):
        return text
    return re.sub(_OBEYED, lambda found: f"\\u{ord(found[0]):04x}", text)


def _is_shown(text: str) -> bool:
    """Whether a text of many lines has nothing but signs that are shown."""
    return text.replace("\n", "").isprintable()


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
