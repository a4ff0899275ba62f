"""Find out whether a query asks another server (SERVICE) in any of the ways in which the engine's grammar may read it.

The grammar does not separate words: to it, `trueSERVICE <…>` is a value and a keyword, and `a:.SERVICE <…>` a name, a
full stop and a keyword. Nor does it split a text into tokens before it knows their context: `1<2)SERVICE?x#>` begins
with a comparison, though `<2)SERVICE?x#>` could be an IRI. So every reading that the grammar might prefer is followed
up. Text that every reading takes for part of a string or a comment is no keyword.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

_SPACE = r"(?:\s|\#[^\n\r]*(?=[\n\r]|\Z))*+"
_KEYWORD = re.compile("SERVICE", re.IGNORECASE | re.ASCII)
#: For at most this many keywords, the text that follows is examined; beyond that, every one counts.
_MOST_LOOKED_INTO = 100
#: The keyword with what has to follow it: maybe SILENT, then a variable, an IRI or a name, then a group.
_SERVICE = re.compile(
    rf"""SERVICE {_SPACE} (?:SILENT {_SPACE})?
    (?: <[^<>\s{{}}]*+> | (?:\\.|[^\s{{}}\#\\"'])++ ) {_SPACE} \{{""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_IRI = re.compile(r'<[^<>"{}|^`\x00-\x20]*+>')
_COMMENT = re.compile(r"\#[^\n\r]*+")
#: What is read as a string at a quote: the first of these that fits; the grammar does not try another.
_ESCAPED = r"""\\[tbnrf\\"']"""
_STRINGS = {
    '"': (
        re.compile(rf'"{{3}}(?:[^"\\]|{_ESCAPED}|"{{1,2}}(?!"))*+"{{3}}'),
        re.compile(rf'"(?:[^"\\\n\r]|{_ESCAPED})*+"'),
    ),
    "'": (
        re.compile(rf"'{{3}}(?:[^'\\]|{_ESCAPED}|'{{1,2}}(?!'))*+'{{3}}"),
        re.compile(rf"'(?:[^'\\\n\r]|{_ESCAPED})*+'"),
    ),
}
#: Where more than one reading is possible. After any other character, every reading continues with the next one.
_FORK = re.compile(r"""[<"'\#\\]""")


def asks_another_server(text: str) -> bool:
    r"""Whether any reading of a query has a SERVICE in it. Linear in the length of the text.

    >>> asks_another_server("ASK { SERVICE <http://a/> {} }"), asks_another_server("ASK { ?a ?b trueSERVICE?c{} }")
    (True, True)
    >>> asks_another_server("ASK { ?a ?b 'SERVICE <http://a/> {}' # SERVICE ?x {\n }")
    False
    """
    starts = [found.start() for found in _KEYWORD.finditer(text)]
    if len(starts) <= _MOST_LOOKED_INTO:
        starts = [start for start in starts if _SERVICE.match(text, start)]
    reached, waiting = set[int](), [0] if starts else []
    while waiting:
        start = waiting.pop()
        reached.add(start)
        fork = _FORK.search(text, start)
        stop = fork.start() if fork else len(text)
        first = bisect_left(starts, start)
        if first < len(starts) and starts[first] <= stop:
            return True
        if fork:
            waiting += (place for place in _readings(text, stop) if place not in reached)
    return False


def _readings(text: str, place: int) -> Iterator[int]:
    """The places at which the grammar may continue after what begins at a place."""
    sign = text[place]
    if sign == "<":
        iri = _IRI.match(text, place)
        yield place + 1  # a comparison
        if iri:
            yield iri.end()
    elif sign == "#":
        comment = _COMMENT.match(text, place)
        yield comment.end() if comment else place + 1
    elif sign == "\\":  # in a name, it escapes the character after it
        yield place + 2
    else:
        strings = (string.match(text, place) for string in _STRINGS[sign])
        yield from (found.end() for found in islice(filter(None, strings), 1))
