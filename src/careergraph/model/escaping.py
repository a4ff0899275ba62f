"""Text that is safe to print: nothing in it can control a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Patterns are compiled when they are first used: a range of Unicode takes as long to compile as a module to import, and
# most texts can be printed as they are, which Python can check without a pattern.
#: Characters that a terminal may obey instead of showing them: controls other than the line feed, changes of the
#: direction of writing, unusual line breaks, lone surrogates. Everything else belongs to some script and is shown.
_OBEYED = "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]"
_OBEYED_IN_FORMATS = rf"(?!\t|\r\n){_OBEYED}"
#: Characters that no name has: the same and the line feed, which is what `shape:ControlCharacter` of the ontology says.
_NOT_IN_NAMES = "[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]"
#: Everything that has a meaning in a quoted label of Mermaid, in Markdown within it, or anywhere in a Mermaid text.
_MERMAID_SIGNS = '["#&<>%$:;`*_~\\\\\\x00-\\x1f\\x7f-\\x9f\u2028-\u202e\u2066-\u2069\ufeff]'
#: How a list, a rule or a block of code begins in Markdown: none of them can be drawn in a label.
_MARKDOWN_LIST = r"^([0-9]+(?=[.)])|(?=[-+ ]))(.)"


def to_safe_line(text: str, longest: int = 120) -> str:
    r"""A text as one line that is safe for a terminal: unsafe characters are shown by number, and a long text is cut.

    >>> to_safe_line("a\tb")
    'a\\tb'
    """
    start = text[: longest + 1]
    plain = start if start.isprintable() else re.sub(_NOT_IN_NAMES, lambda found: _number(found[0]), start)
    return plain if len(plain) <= longest else f"{plain[:longest]}..."


def shorten_list(names: Sequence[str], most: int = 10) -> str:
    """Names in one line that is safe for a terminal: the first of them, and how many more there are.

    >>> shorten_list(["a", "b", "c"]), shorten_list(["a", "b", "c"], most=1)
    ('a, b, c', 'a and 2 more')
    """
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(to_safe_line(name) for name in names[:most]) + more


def has_controls(text: str) -> bool:
    r"""Whether a text has characters that no name may have: controls, line breaks, changes of the direction of writing.

    >>> has_controls("caf\u00e9"), has_controls("two\nlines")
    (False, True)
    """
    return not text.isprintable() and re.search(_NOT_IN_NAMES, text) is not None


def blank_controls(text: str) -> str:
    r"""A text with a space in place of each character that no name may have.

    >>> blank_controls("two\nlines")
    'two lines'
    """
    return text if text.isprintable() else re.sub(_NOT_IN_NAMES, " ", text)


def to_safe_text(text: str) -> str:
    r"""A text of many lines that is safe for a terminal: characters that it would obey are shown by number.

    >>> print(to_safe_text("red \x1b[31m\nand caf\u00e9"))
    red \x1b[31m
    and café
    """
    if _is_shown(text):
        return text
    return re.sub(_OBEYED, lambda found: _number(found[0]), text)


def to_safe_json(text: str) -> str:
    r"""The same JSON, made safe for a terminal.

    >>> print(to_safe_json('{"name": "red \x9b31m"}'))
    {"name": "red \u009b31m"}
    """
    if _is_shown(text):
        return text
    return re.sub(_OBEYED, lambda found: f"\\u{ord(found[0]):04x}", text)


def _is_shown(text: str) -> bool:
    """Whether a text of many lines has only characters that a terminal shows."""
    return text.replace("\n", "").isprintable()


def to_safe_content(content: bytes) -> bytes:
    r"""A result in some format as it is shown on a terminal: as `to_safe_text`, but tabs and line ends are kept.

    >>> to_safe_content(b"a\tb\x1b[2J\r\n")
    b'a\tb\\x1b[2J\r\n'
    """
    text = content.decode("utf-8", "backslashreplace")
    return re.sub(_OBEYED_IN_FORMATS, lambda found: _number(found[0]), text).encode()


def quote_mermaid(text: str) -> str:
    """Text as a quoted label of Mermaid, with special characters by number.

    >>> quote_mermaid('C# "and" <b>'), quote_mermaid("1. Officer")
    ('"C#35; #34;and#34; #60;b#62;"', '"1#46; Officer"')
    """
    told = re.sub(_MERMAID_SIGNS, lambda sign: f"#{ord(sign[0])};", text)
    return '"' + re.sub(_MARKDOWN_LIST, lambda begun: f"{begun[1]}#{ord(begun[2])};", told) + '"'


def _number(sign: str) -> str:
    return sign.encode("unicode_escape", "surrogatepass").decode()
