"""Parse RDF from untrusted sources: bounds are checked before parsing, since the parser itself has none.

The parser fetches nothing, whatever a document refers to. But entities of RDF/XML may grow a document of a kilobyte to
gigabytes, and so may a long prefix that is used often; a document in RDF/XML or JSON-LD that is nested n levels deep
takes time quadratic in n; and deeply nested statements about statements exhaust the stack, as terms of JSON-LD do that
are defined by one another.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyoxigraph

from careergraph.model.decoding import find_encoding, find_repeated

#: How deep elements of RDF/XML, objects and arrays of JSON-LD, and triple terms may be nested.
DEEPEST = 100
#: What entities may add to a document, besides ten times its own length, in bytes.
MOST_ADDED = 1_000_000
#: By how much a document may grow when its prefixes are written out, besides ten times `MOST_ADDED`. What people write
#: grows to five to twenty times its length.
MOST_GROWN = 100
#: How many terms the contexts of JSON-LD may have in all, each with those of the contexts around it: the parser copies
#: them each time.
MOST_COPIED = 10_000_000
#: How many attributes an element of XML may have, and how many namespaces may be in scope there: the parser
#: compares each with each.
MOST_ATTRIBUTES = 1_000

#: How XML begins, which names the encoding that it was in.
_DECLARATION = re.compile(rb"^\s*<\?xml\s[^<>]*\?>")
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
#: A base of Turtle, and whether it adds to the one before; what names a prefix.
_BASE = re.compile(rb"\bbase\b(?:\s|#[^\r\n]*+)*+<([^<>]*+)>", re.IGNORECASE)
_WHOLE = re.compile(rb"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PREFIX = re.compile(rb"\bprefix\b", re.IGNORECASE)
_TOO_LONG = f"its prefixes make it more than {MOST_GROWN} times as long"
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
        ValueError: the same without a place; or entities or prefixes make it too large, or it is nested too deeply.

    >>> format_ = pyoxigraph.RdfFormat.N_TRIPLES
    >>> [quad.object.value for quad in parse_bounded(b'<urn:a> <urn:b> "c" .\n', format_)]
    ['c']
    """
    content = _in_utf_8(content)
    _CHECKS[format_](content)
    return _bounded(pyoxigraph.parse(content, format=format_, base_iri=base), len(content))


def _in_utf_8(content: bytes) -> bytes:
    """A document without the byte order mark that editors on Windows put there, and no grammar of RDF has."""
    encoding = find_encoding(content)
    if encoding == "utf-8-sig":
        return content.removeprefix(BOM_UTF8)
    return _DECLARATION.sub(b"", content.decode(encoding).encode())


def _bounded(quads: Iterable[pyoxigraph.Quad], length: int) -> Iterator[pyoxigraph.Quad]:
    left = 10 * MOST_ADDED + MOST_GROWN * length
    for quad in quads:
        left -= len(quad.predicate.value) + _length(quad.subject) + _length(quad.object)
        if left < 0:
            raise ValueError(_TOO_LONG)
        yield quad


def _length(term: object) -> int:
    return len(getattr(term, "value", ""))


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
        # Numbers as they are written: Python refuses those of more digits than the parser minds.
        document = json.loads(content.decode(), parse_int=str, parse_float=str, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise SyntaxError(f"it is not JSON: {error.msg}", (None, error.lineno, error.colno, None)) from None
    copied, longest = 0, 0
    for terms, inherited in _contexts(document):
        _check_terms(terms)
        copied += inherited + len(terms)
        longest = max([longest, *(len(text) for meant in terms.values() for text in _texts(meant))])
    if copied > MOST_COPIED:
        raise ValueError(f"its contexts make the parser copy more than {MOST_COPIED:,} terms")
    if longest * content.count(b'"') > 10 * MOST_ADDED + MOST_GROWN * len(content):
        raise ValueError(_TOO_LONG)


def _unique(members: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = find_repeated(name for name, _ in members)
    if twice is not None:
        raise ValueError(f"the key {twice[:40]!a} is in one object twice")
    return dict(members)


def _contexts(document: Any) -> Iterator[tuple[dict[str, Any], int]]:
    """All contexts of a document, also those of a term, each with how many terms those around it have."""
    waiting = [(document, 0)]
    while waiting:
        found, inherited = waiting.pop()
        if isinstance(found, dict):
            said = found.get("@context")
            for terms in said if isinstance(said, list) else [said]:
                if isinstance(terms, dict):
                    yield terms, inherited
                    inherited += len(terms)
            waiting += ((inner, inherited) for inner in found.values())
        elif isinstance(found, list):
            waiting += ((inner, inherited) for inner in found)


def _check_terms(terms: dict[str, Any]) -> None:
    # The parser expands recursively a term that is defined by another one: by its name, its prefix, or its type.
    waiting, users = dict[str, int](), defaultdict[str, list[str]](list)
    for term, meant in terms.items():
        words = {word for word in _words(term, meant) if word in terms}
        waiting[term] = len(words)
        for word in words:
            users[word].append(term)
    level = [term for term, words in waiting.items() if not words]
    for _ in range(DEEPEST):
        if not level:
            break
        for term in level:
            del waiting[term]
        level = _free([user for term in level for user in users[term]], waiting)
    if waiting:
        raise ValueError(f"terms of its @context are defined by one another, or nested more than {DEEPEST} levels deep")


def _free(users: list[str], waiting: dict[str, int]) -> list[str]:
    found = []
    for user in users:
        waiting[user] -= 1
        if not waiting[user]:
            found.append(user)
    return found


def _words(term: str, meant: Any) -> Iterator[str]:
    for text in (term, *_texts(meant)):
        yield from {text, text.partition(":")[0]} - {term}  # it may be defined by itself


def _texts(meant: Any) -> Iterator[str]:
    yield from (text for text in (meant.values() if isinstance(meant, dict) else [meant]) if isinstance(text, str))


def check_json(content: bytes) -> None:
    """Make sure that objects and arrays are not nested too deeply for a recursive parser.

    Raises:
        ValueError: they are.
    """
    _check_levels(_JSON, content)


def _check_turtle(content: bytes) -> None:
    if content.count(b"<<") > DEEPEST:  # hardly any document has triple terms at all
        _check_levels(_TURTLE, content)
    _check_bases(content)


def _check_bases(content: bytes) -> None:
    # A base may add to the one before, and whatever is relative is written out, a prefix as well, also where it is used
    # by no statement.
    bases = [found[1] for found in _BASE.finditer(content)]
    if bases:
        added, whole = (sum(map(len, bases)), max(map(len, bases)))
        longest = added if any(_WHOLE.match(base) is None for base in bases) else whole
        if longest * (len(bases) + len(_PREFIX.findall(content))) > 10 * MOST_ADDED + MOST_GROWN * len(content):
            raise ValueError(f"its bases make it more than {MOST_GROWN} times as long")


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
