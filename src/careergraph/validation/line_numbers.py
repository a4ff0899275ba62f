"""The lines on which nodes are described. Parsers do not report them, but findings without them are hard to act on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

# Turtle, TriG, N-Triples and N-Quads share these tokens. A directive is one token: it declares a prefix, and
# the next token is in subject position again.
_TURTLE = re.compile(
    r"""
      (?P<comment> \#[^\n]* )
    | (?P<directive> @?\b(?i:prefix)\s+(?P<prefix>[\w.-]*):\s*<(?P<namespace>[^<>]*)>(?:\s*\.)? )
    | (?P<base> @?(?i:base)\s+<[^<>]*>(?:\s*\.)? )
    | (?P<string> \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
                | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
    | < (?P<iri> [^<>"{}|^`\s]* ) >
    | (?P<name> (?:\w[\w.-]*)?:(?:[\w:%-]|\\.|\.(?=[\w:%\\-]))* )
    | (?P<other> @[\w-]+ | \d*\.\d+ | [\w+-]+ | [^\s.{}"'<\#] )
    | (?P<end> [.{}] )
    """,
    re.VERBOSE | re.DOTALL,
)
_JSON_PREFIX = re.compile(r'"([\w.-]+)"\s*:\s*(?:\{\s*"@id"\s*:\s*)?"([a-z][\w+.-]*:[^"\s]*[#/:])"')
_JSON_ID = re.compile(r'(?P<open>\{\s*)?"(?:@id|id)"\s*:\s*"(?P<id>[^"]*)"(?P<close>\s*\})?')
_XML_ABOUT = re.compile(r"""\brdf:(?P<about>about|resource)\s*=\s*["'](?P<iri>[^"']*)["']""")
_ESCAPE = re.compile(r"\\(.)")


def find_line(text: str, iri: str, prefixes: Mapping[str, str] | None = None) -> int | None:
    r"""Find the line on which the description of a node begins.

    Args:
        text: a document in Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML.
        iri: the node's full IRI.
        prefixes: prefix → namespace, for prefixes that the text uses without declaring them.

    Returns:
        The line, counted from 1, where the IRI is first a subject; if it never does, the line of its
        first occurrence outside comments; None if it does not occur.

    >>> text = "@prefix skill: <https://example.org/> .\n# skill:pytorch\nskill:pytorch a skill:Skill ."
    >>> find_line(text, "https://example.org/pytorch")
    3
    >>> find_line(text, "https://example.org/py") is None
    True
    """
    return find_lines(text, prefixes).get(iri)


def find_lines(text: str, prefixes: Mapping[str, str] | None = None) -> dict[str, int]:
    """Find the lines of all IRIs in a text, as `find_line` does for one, in time linear in the text's length."""
    first: dict[str, int] = {}
    subjects: dict[str, int] = {}
    for offset, iri, is_subject in _occurrences(text, prefixes or {}):
        (subjects if is_subject else first).setdefault(iri, offset)
    breaks = [match.start() for match in re.finditer("\n", text)]
    return {iri: bisect_right(breaks, offset) + 1 for iri, offset in (first | subjects).items()}


def _occurrences(text: str, prefixes: Mapping[str, str]) -> Iterator[tuple[int, str, bool]]:
    # Offset, IRI, and whether it is a subject there.
    if re.match(r"\s*<(\?xml|rdf:RDF|!DOCTYPE)", text):
        return _in_xml(text)
    if re.match(r'\s*(\{\s*"|\[\s*\{)', text):
        return _in_json(text, prefixes)
    return _in_turtle(text, dict(prefixes))


def _in_xml(text: str) -> Iterator[tuple[int, str, bool]]:
    for match in _XML_ABOUT.finditer(text):
        yield match.start(), match["iri"], match["about"] == "about"


def _in_json(text: str, prefixes: Mapping[str, str]) -> Iterator[tuple[int, str, bool]]:
    known = {**prefixes, **dict(_JSON_PREFIX.findall(text))}
    for match in _JSON_ID.finditer(text):
        is_reference = match["open"] is not None and match["close"] is not None
        yield match.start("id"), _expand(match["id"], known), not is_reference


def _in_turtle(text: str, prefixes: dict[str, str]) -> Iterator[tuple[int, str, bool]]:
    at_start = True
    for match in _TURTLE.finditer(text):
        kind = match.lastgroup
        if match["directive"]:
            prefixes[match["prefix"]] = match["namespace"]
        elif kind in ("iri", "name"):
            iri = match["iri"] if kind == "iri" else _expand(match["name"], prefixes)
            yield match.start(), iri, at_start
        if match["comment"] is None and match["directive"] is None and match["base"] is None:
            at_start = kind == "end"


def _expand(name: str, prefixes: Mapping[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return prefixes[prefix] + _ESCAPE.sub(r"\1", local) if prefix in prefixes else name
