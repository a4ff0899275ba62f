"""JSON as people write it by hand: comments and superfluous commas are ignored with a warning."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from math import isfinite
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

    A text that is JSON is read as it is, but for numbers that are none, such as NaN. Takes time linear in the text.

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
        return _load(text, object_pairs_hook)
    except json.JSONDecodeError as fault:
        found: dict[str, int] = {}
        # Comments first: a comma may come before one.
        plain = _blank(_blank(text, "comment", found), "comma", found)
        try:
            document = _load(plain, object_pairs_hook)
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


def _load(text: str, object_pairs_hook: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> Any:
    return json.loads(
        text, parse_constant=_number, parse_int=_number, parse_float=_number, object_pairs_hook=object_pairs_hook
    )


def _number(written: str) -> float | None:
    """A number; nothing for NaN, infinity, and one beyond all that can be computed with, none of which a CV needs."""
    number = float(written)
    if not isfinite(number):
        tell(f"{written[:20]!a} in it is not a number that can be read; it is read over")
        return None
    return number if any(sign in written for sign in ".eE") else int(written)
