"""From what a user types for a parameter of a query to an RDF term in safe syntax.

Every term is written by pyoxigraph from a value that it has checked. So whatever a value contains, it stays one value
and never becomes a part of the query.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import pyoxigraph

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.model.errors import BadParameter
from careergraph.model.records import Record
from careergraph.rdf.kinds import NAMED_KINDS, POSITIONS
from careergraph.rdf.prefixes import PREFIXES

if TYPE_CHECKING:
    from careergraph.model.values import NonEmpty, Schema


#: Type of parameter → the kinds of node that its value may name; any kind that has names if there are none.
NODE_TYPES: dict[str, tuple[str, ...]] = {
    "node": (),
    "position": POSITIONS,
    "asset": ("skill", "credential", "milestone", *POSITIONS),
    "term": ("term",),
} | {kind: (kind,) for kind in NAMED_KINDS}

#: The forms of a value that is more than plain text: an IRI, a literal, a number or boolean, a prefixed name.
_IRI = re.compile(r"<[^<>\s]*>")
_LITERAL = re.compile(r'"(?:[^"\\\n\r]|\\.)*"(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^(?:<[^<>\s]*>|\w+:\w+))?')
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|true|false")
_NAME = re.compile(r"([a-z]+):[\w.:%-]*")

_INTEGER, _DECIMAL = (f"{PREFIXES['xsd']}{name}" for name in ("integer", "decimal"))
#: An escape sequence as pyoxigraph writes it, together with a u that follows an escaped backslash.
_ESCAPE = re.compile(r"\\\\[uU]|\\u[0-9A-F]{4}|\\.")
_LARGEST_INTEGER = 2**63 - 1


class Parameter(Record):
    """A variable of a saved query for which users give a value."""

    name: Annotated[str, Schema(pattern="^[a-z][a-z_]*$")]
    """The variable's name, without its question mark."""
    type: Annotated[str, Schema(enum=TYPES)]
    """The type of the value: a kind of node, which is given by name, or a sort of value."""
    default: str | None
    """The value if none is given; null if one has to be given."""
    about: NonEmpty
    """What the value means."""


def to_term(value: str, name: str = "value") -> str:
    r"""What a user typed for a variable of a query of their own, as a term in SPARQL's syntax.

    `<iri>` and `prefix:local` with a prefix of ours are IRIs; `"…"`, `"…"@en` and `"…"^^xsd:date` are such literals;
    numbers, `true` and `false` are typed; anything else is a plain string.

    Args:
        value: what was typed.
        name: the parameter's name, for error messages.

    Raises:
        BadParameter: the value begins like an IRI or a quoted literal but is none, or is not valid Unicode.

    >>> to_term("role:ai-ethicist"), to_term("<https://example.org/>"), to_term('"Ethik"@de'), to_term('say "no"')
    ('<https://w3id.org/careergraph/id/role/ai-ethicist>', '<https://example.org/>', '"Ethik"@de', '"say \\"no\\""')
    """
    if _begins_as_one(value):
        found = _parse(value) if _IRI.fullmatch(value) or _LITERAL.fullmatch(value) else None
        if found is None:
            raise BadParameter(
                name, 'write an IRI as <https://...>, and a literal as "text", "text"@en or "text"^^xsd:date'
            )
        return _write(found)
    named = _NAME.fullmatch(value)
    short = _PLAIN.fullmatch(value) or (named and named[1] in PREFIXES)
    return _write((short and _parse(value)) or _string(name, value))


def parse_term(parameter: Parameter, value: str, catalogue: Callable[[], Catalogue]) -> str:
    """What a user typed for a parameter of a saved query, as a term of the parameter's type in SPARQL's syntax.

    Args:
        parameter: the parameter.
        value: what was typed.
        catalogue: returns the data set to look names up in; called only for types that are kinds of node.

    Raises:
        BadParameter: the value is not of the type.
        InvalidName, UnknownName, AmbiguousName: there is not exactly one node of the right kind with this name.

    >>> parse_term(Parameter("role", "role", None, "the role"), "AI PM", Catalogue.load)
    '<https://w3id.org/careergraph/id/role/ai-product-manager>'
    >>> parse_term(Parameter("at_least", "integer", None, "how many"), "3", Catalogue.load)
    '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    if parameter.type in _VALUE_TYPES:
        return _write(_VALUE_TYPES[parameter.type](parameter.name, value))
    iri = find_node(catalogue(), value, *NODE_TYPES[parameter.type])
    try:
        return _write(pyoxigraph.NamedNode(iri))
    except ValueError:
        raise BadParameter(parameter.name, f"what is called {value!r} has no IRI and cannot be asked for") from None


def _string(name: str, value: str) -> pyoxigraph.Literal:
    try:
        return pyoxigraph.Literal(value)
    except ValueError:
        raise BadParameter(name, "it holds half of a sign (a lone surrogate), which no encoding has") from None


def _integer(name: str, value: str) -> pyoxigraph.Literal:
    found = _number(value, _INTEGER)
    if found is None or abs(int(found.value)) > _LARGEST_INTEGER:
        raise BadParameter(name, "give a whole number, such as 200000, without separators")
    return found


def _decimal(name: str, value: str) -> pyoxigraph.Literal:
    found = _number(value, _DECIMAL, _INTEGER)
    if found is None:
        raise BadParameter(name, "give a number, such as 0.5")
    return pyoxigraph.Literal(found.value, datatype=pyoxigraph.NamedNode(_DECIMAL))


def _iri(name: str, value: str) -> pyoxigraph.NamedNode:
    for written in (value, f"<{value}>"):
        found = _parse(written) if _IRI.fullmatch(written) or _NAME.fullmatch(written) else None
        if isinstance(found, pyoxigraph.NamedNode):
            return found
    raise BadParameter(name, "give an IRI, such as https://example.org/thing or role:ai-ethicist")


_VALUE_TYPES: dict[str, Callable[[str, str], pyoxigraph.Literal | pyoxigraph.NamedNode]] = {
    "text": _string,
    "integer": _integer,
    "decimal": _decimal,
    "iri": _iri,
}

#: All types that a parameter can be of.
TYPES = (*_VALUE_TYPES, *NODE_TYPES)


def _begins_as_one(value: str) -> bool:
    return value.startswith('"') or (value.startswith("<") and value.endswith(">"))


def _number(value: str, *datatypes: str) -> pyoxigraph.Literal | None:
    found = _parse(value) if _PLAIN.fullmatch(value) and value.isascii() else None
    fits = isinstance(found, pyoxigraph.Literal) and found.datatype.value in datatypes
    return found if fits and isinstance(found, pyoxigraph.Literal) else None


def _parse(written: str) -> pyoxigraph.Literal | pyoxigraph.NamedNode | None:
    # The term as the only object of a Turtle document, or None if it is none.
    prefixes = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
    document = f"{prefixes}<x:subject> <x:predicate> {written} ."
    try:
        triples = list(pyoxigraph.parse(document.encode(), format=pyoxigraph.RdfFormat.TURTLE))
    except (SyntaxError, ValueError):
        return None
    found = triples[0].object if len(triples) == 1 else None
    return found if isinstance(found, pyoxigraph.Literal | pyoxigraph.NamedNode) else None


def _write(found: pyoxigraph.Literal | pyoxigraph.NamedNode) -> str:
    # SPARQL resolves \u escapes before anything else is read, and engines differ in whether they check that the
    # backslash is itself escaped, and in how many digits they take. So a u after a backslash is written as an escape,
    # and escapes in the long form: all engines read that in the same way.
    return _ESCAPE.sub(lambda escape: _unmistakable(escape[0]), str(found))


def _unmistakable(escape: str) -> str:
    if escape[1] == "\\" and len(escape) > 2:
        return f"\\\\\\U{ord(escape[2]):08X}"
    return f"\\U{escape[2:]:0>8}" if escape[1] == "u" else escape
