"""JSON as people write it by hand: comments and superfluous commas are ignored with a warning."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from typing import Any

#: A comment that is never closed extends to the end, so that nothing is scanned twice.
_TOKENS = re.compile(
    r'(?P<text>"(?:[^"\\\n]|\\.)*")|(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))|(?P<comma>,)(?=\s*[}\]])', re.DOTALL
)
_ODDITIES = {"comment": "a comment, which JSON does not have", "comma": "a comma with nothing behind it"}


class OddFile(UserWarning):
    """An irregularity in a user's file that is ignored."""


def tell(oddity: str) -> None:
    """Warn about an irregularity; the command line prints each as a line."""
    warnings.warn(oddity, OddFile, stacklevel=2)


def load_leniently(text: str, object_pairs_hook: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> Any:
    r"""The content of a JSON text, ignoring comments and superfluous commas.

    A text that is JSON is read as it is. Takes time linear in the text.

    Args:
        text: the text.
        object_pairs_hook: as for `json.loads`.

    Raises:
        json.JSONDecodeError: it is not JSON for another reason; with the place of the error.

    >>> warnings.simplefilter("ignore", OddFile)
    >>> load_leniently('{"a": ["// no comment",], // one\n}', dict)
    {'a': ['// no comment']}
    """
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=object_pairs_hook)
    except json.JSONDecodeError as fault:
        found: dict[str, int] = {}
        # Comments first: a comma may come before one.
        plain = _blank(_blank(text, "comment", found), "comma", found)
        try:
            document = json.loads(plain, parse_constant=_no_constant, object_pairs_hook=object_pairs_hook)
        except json.JSONDecodeError:
            raise fault from None
    for kind, line in found.items():
        tell(f"line {line}: {_ODDITIES[kind]}; it is read over")
    return document


def _blank(text: str, kind: str, found: dict[str, int]) -> str:
    """A text with spaces for all tokens of a kind, so that what follows keeps its line and column."""

    def spaces(token: re.Match[str]) -> str:
        if token.lastgroup != kind:
            return token.group()
        found.setdefault(kind, text.count("\n", 0, token.start()) + 1)
        return re.sub(r"[^\n]", " ", token.group())

    return _TOKENS.sub(spaces, text)


def _no_constant(name: str) -> None:
    raise ValueError(f"it is not JSON: {name} is not a number")
