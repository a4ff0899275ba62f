"""The context of a JSON-LD document: how IRIs are shortened and values are written."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.standards import RDF
from careergraph.rdf.vocabulary import NAMESPACE

Term = NamedNode | BlankNode | Literal

_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING, _INTEGER, _BOOLEAN = f"{_XSD}string", f"{_XSD}integer", f"{_XSD}boolean"
_LANGUAGE = "en"
#: Forms that the objects of a predicate can have; that of a typed literal is the IRI of its datatype.
_REFERENCE, _PLAIN, _WORDS, _FOREIGN = "@id", "plain", "words", "foreign"
#: The lexical forms that are read back from a JSON number or truth value.
_NATIVE = {_INTEGER: re.compile(r"-?[1-9]\d{0,14}|0"), _BOOLEAN: re.compile("true|false")}
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


class Context:
    """How the terms of some statements are written: bare words are schema.org's, all others have a prefix.

    Each predicate has the form of most of its objects: references, words in English, or numbers. An object of another
    form states its form. IRIs that no prefix can shorten safely are written in full.

    Args:
        triples: the statements.
        reverse: key → the predicate that it is the reverse of.
    """

    def __init__(self, triples: Iterable[Triple], reverse: Mapping[str, str]) -> None:
        iris, forms = _survey(triples)
        iris.update(reverse.values())
        # An IRI such as <role:1> would be taken for one with our prefix; then nothing is shortened by that prefix.
        schemes = {iri.partition(":")[0] for iri in iris}
        usable = {prefix: space for prefix, space in PREFIXES.items() if prefix not in schemes}
        self.prefixes = {
            prefix: space for prefix, space in usable.items() if any(iri.startswith(space) for iri in iris)
        }
        self.reverse = reverse
        self.forms = {
            predicate: min(found, key=lambda form: (-found[form], form)) for predicate, found in forms.items()
        }

    def document(self) -> dict[str, Any]:
        """The context itself, as JSON data."""
        typed = {self.key(predicate): self._coercion(predicate) for predicate in sorted(self.forms)}
        return {
            "@version": 1.1,
            "@vocab": NAMESPACE.schema,
            "@language": _LANGUAGE,
            **self.prefixes,
            **{key: {"@reverse": self.reference(predicate)} for key, predicate in self.reverse.items()},
            **{key: coercion for key, coercion in sorted(typed.items()) if coercion},
        }

    def key(self, iri: str) -> str:
        """How a predicate or a class is written."""
        local = iri.removeprefix(NAMESPACE.schema)
        own = local != iri and _LOCAL.fullmatch(local) and local not in {*PREFIXES, *self.reverse}
        return local if own else self.reference(iri)

    def reference(self, name: str) -> str:
        """How a node is written: with the longest prefix that fits, or in full."""
        fitting = [(len(space), prefix) for prefix, space in self.prefixes.items() if name.startswith(space)]
        length, prefix = max(fitting, default=(0, ""))
        return f"{prefix}:{name[length:]}" if prefix and not name[length:].startswith("//") else name

    def value(self, predicate: str, term: Term) -> Any:
        """How an object of a predicate is written, as JSON data."""
        form, expected = _form(term), self.forms[predicate]
        if not isinstance(term, Literal):
            name = self.reference(name_node(term))
            return name if expected == _REFERENCE else {"@id": name}
        if form == expected and form != _FOREIGN:
            native = form in _NATIVE and _NATIVE[form].fullmatch(term.value)
            return json.loads(term.value) if native else term.value
        told: dict[str, Any] = {"@value": term.value}
        if term.language:
            direction = {"@direction": str(term.direction)} if term.direction else {}
            return told | {"@language": term.language} | direction
        return told if form == _PLAIN else told | {"@type": self.reference(form)}

    def _coercion(self, predicate: str) -> dict[str, Any] | None:
        form = self.forms[predicate]
        if form in (_WORDS, _FOREIGN):
            return None
        meaning = {"@language": None} if form == _PLAIN else {"@type": self.reference(form)}
        return {"@id": self.reference(predicate), **meaning}


def name_node(term: NamedNode | BlankNode) -> str:
    """An IRI, or the name of a blank node."""
    return str(term) if isinstance(term, BlankNode) else term.value


def _form(term: Term) -> str:
    if not isinstance(term, Literal):
        return _REFERENCE
    if term.language:
        return _WORDS if term.language == _LANGUAGE and not term.direction else _FOREIGN
    return _PLAIN if term.datatype.value == _STRING else term.datatype.value


def _survey(triples: Iterable[Triple]) -> tuple[set[str], dict[str, Counter[str]]]:
    """All IRIs, and predicate → how often its objects have each form."""
    iris: set[str] = set()
    forms: dict[str, Counter[str]] = {}
    for triple in triples:
        iris.update(term.value for term in triple if isinstance(term, NamedNode))
        if isinstance(triple.object, Literal):
            iris.add(triple.object.datatype.value)
        if triple.predicate.value != RDF.type or isinstance(triple.object, Literal):
            forms.setdefault(triple.predicate.value, Counter())[_form(triple.object)] += 1  # type: ignore[arg-type]
    return iris, forms
