"""Parse RDF from untrusted sources: bounds are checked before parsing, since the parser itself has none.

The parser fetches nothing, whatever a document refers to. But entities of RDF/XML may grow a document of a kilobyte to
gigabytes; a document in RDF/XML or JSON-LD that is nested n levels deep takes time quadratic in n; and deeply nested
statements about statements exhaust the stack.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from typing import Any

import pyoxigraph

#: How deep elements of RDF/XML, objects and arrays of JSON-LD, and triple terms may be nested.
DEEPEST = 100
#: What entities may add to a document, besides ten times its own length, in bytes.
MOST_ADDED = 1_000_000
#: How many attributes an element of XML may have, and how many namespaces may be in scope there: the parser
#: compares each with each.
MOST_ATTRIBUTES = 1_000

_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
#: A document type that only names plain texts; an external one is never read.
_PLAIN_DOCTYPE = re.compile(
    rb"""
    <!DOCTYPE \s+ [^\s<>"'\[]+ \s*
    (?: (?: SYSTEM | PUBLIC \s+ "[^"<>]*" ) \s+ "[^"<>]*" \s* )?
    (?: \[ \s* (?: <!ENTITY \s+ [^\s<>"'%&;]+ \s+ "[^"<>&%]*" \s* > \s* )* \] \s* )?
    >
    """,
    re.VERBOSE,
)
_ENTITY = re.compile(rb'<!ENTITY[^"<>]*"([^"<>]*)"')
#: What opens and what closes a level, and what only looks like it.
_JSON = re.compile(rb'"(?:[^"\\]++|\\.)*+"|(?P<open>[\[{])|(?P<close>[\]}])', re.DOTALL)
_TURTLE = re.compile(
    rb"""
      \"\"\" (?: [^"\\]++ | \\. | "(?!"") )*+ \"\"\" | \'\'\' (?: [^'\\]++ | \\. | '(?!\'\') )*+ \'\'\'
    | " (?: [^"\\]++ | \\. )*+ " | ' (?: [^'\\]++ | \\. )*+ ' | \#[^\r\n]*+ | \\.
    | (?P<open> << ) | (?P<close> >> ) | <[^<>]*+>
    """,
    re.VERBOSE | re.DOTALL,
)


def parse_bounded(
    content: bytes, format_: pyoxigraph.RdfFormat, *, base: str | None = None
) -> Iterator[pyoxigraph.Quad]:
    r"""The statements of a document, in its order.

    Takes time linear in its length, since its depth is bounded. A byte order mark does no harm.

    Args:
        content: the document.
        format_: its format.
        base: the document's own IRI, which relative ones in it start from, unless it names another base.

    Raises:
        SyntaxError: it breaks its format's syntax, with the place if the parser knows it.
        ValueError: the same without a place; or entities make it too large, or it is nested too deeply.

    >>> format_ = pyoxigraph.RdfFormat.N_TRIPLES
    >>> [quad.object.value for quad in parse_bounded(b'<urn:a> <urn:b> "c" .\n', format_)]
    ['c']
    """
    content = content.removeprefix(BOM_UTF8)  # which editors on Windows put there, and no grammar of RDF has
    _CHECKS[format_](content)
    return iter(pyoxigraph.parse(content, format=format_, base_iri=base))


def check_xml(content: bytes) -> None:
    """Make sure that XML is well-formed, and that neither entities nor depth nor attributes make it hard to parse.

    Raises:
        SyntaxError: it is not well-formed, with the place.
        ValueError: entities make it too large, or it is nested too deeply.
    """
    for doctype in _DOCTYPE.finditer(content):
        if _PLAIN_DOCTYPE.match(content, doctype.start()) is None:
            raise ValueError("its DOCTYPE has more in it than entities that stand for plain texts in double quotes")
    longest = max(map(len, _ENTITY.findall(content)), default=0)
    if content.count(b"&") * longest > MOST_ADDED + 10 * len(content):
        raise ValueError("its entities make it more than ten times as long, as XML bombs do")
    _check_elements(content)


def _check_elements(content: bytes) -> None:
    from xml.parsers.expat import ExpatError, ParserCreate

    spaces: list[int] = []  # how many namespaces are declared at each level

    def on_start(name: str, attributes: dict[str, str]) -> None:
        _deeper(len(spaces))
        spaces.append(sum(attribute.startswith("xmlns") for attribute in attributes))
        if len(attributes) > MOST_ATTRIBUTES or sum(spaces) > MOST_ATTRIBUTES:
            raise ValueError(f"an element has more than {MOST_ATTRIBUTES:,} attributes or namespaces")

    def on_end(name: str) -> None:
        spaces.pop()

    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = on_start, on_end
    try:
        parser.Parse(content, True)
    except ExpatError as error:
        reason = str(error).partition(":")[0]
        raise SyntaxError(
            f"it is not well-formed XML: {reason}", (None, error.lineno, error.offset + 1, None)
        ) from None


def _check_json_ld(content: bytes) -> None:
    check_json(content)
    try:
        waiting = [json.loads(content)]
    except ValueError:
        return  # the parser says what is wrong, and where
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            _check_terms(found.get("@context"))
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found


def _check_terms(context: Any) -> None:
    # The parser expands recursively a term that is defined by another one.
    for terms in context if isinstance(context, list) else [context]:
        for term in terms if isinstance(terms, dict) else ():
            length = 0
            while term in terms:
                length = _deeper(length)
                meant = terms[term]["@id"] if isinstance(terms[term], dict) and "@id" in terms[term] else terms[term]
                term = None if meant == term else _first_term(meant, terms)  # it may be defined by itself


def _first_term(meant: object, terms: dict[str, Any]) -> Any:
    if not isinstance(meant, str):
        return None
    return meant if meant in terms else meant.partition(":")[0]


def check_json(content: bytes) -> None:
    """Make sure that objects and arrays are not nested too deeply for a recursive parser.

    Raises:
        ValueError: they are.
    """
    _check_levels(_JSON, content)


def _check_turtle(content: bytes) -> None:
    if content.count(b"<<") > DEEPEST:  # hardly any document has triple terms at all
        _check_levels(_TURTLE, content)


def _check_levels(tokens: re.Pattern[bytes], content: bytes) -> None:
    depth = 0
    for token in tokens.finditer(content):
        if token["open"]:
            depth = _deeper(depth)
        elif token["close"]:
            depth -= 1


def _deeper(depth: int) -> int:
    if depth == DEEPEST:
        raise ValueError(f"it is nested more than {DEEPEST} levels deep")
    return depth + 1


#: Format → what checks a document before it is parsed.
_CHECKS: dict[pyoxigraph.RdfFormat, Callable[[bytes], None]] = {
    pyoxigraph.RdfFormat.RDF_XML: check_xml,
    pyoxigraph.RdfFormat.JSON_LD: _check_json_ld,
    pyoxigraph.RdfFormat.TURTLE: _check_turtle,
    pyoxigraph.RdfFormat.TRIG: _check_turtle,
    pyoxigraph.RdfFormat.N_TRIPLES: _check_turtle,
    pyoxigraph.RdfFormat.N_QUADS: _check_turtle,
}
