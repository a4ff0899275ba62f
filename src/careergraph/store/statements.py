"""From files and endpoints to statements: parse RDF fast, and index it by subject."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from careergraph.model.errors import UnreadableFile
from careergraph.rdf.standards import SKOS
from careergraph.store.compiled import read_bundled
from careergraph.store.locations import to_printed_name
from careergraph.store.memory_index import Statements as Statements

if TYPE_CHECKING:
    import pyoxigraph

_XSD = "http://www.w3.org/2001/XMLSchema#"
_FIRST_OF_NUMBERS = frozenset("0123456789+-. \t\r\n")
_SIZES = ("long", "int", "short", "byte")
#: The types of whole numbers.
_WHOLE = frozenset(
    ("integer", "positiveInteger", "negativeInteger", "nonNegativeInteger", "nonPositiveInteger", *_SIZES)
) | {f"unsigned{size.capitalize()}" for size in _SIZES}


def read_statements(files: Iterable[str]) -> Statements:
    """Parse files and index all their statements by subject and predicate; of an endpoint, those about careers.

    A statement that several files make is kept once. The result is the same in whatever order statements come. Takes
    O(n log n) for n statements, nearly all of it for the linear part, parsing; the bundled data is read as compiled.

    Raises:
        EndpointFailed: an endpoint does not answer, or not as it should; nothing is returned then.
        UnreadableFile: one of the files cannot be read; nothing is returned then.
        UnusableDataset: an endpoint has nothing of the ontology, or too much.
    """
    given = tuple(files)
    with _no_collection():
        return read_bundled(given, lambda: _parse(given))


def _parse(files: tuple[str, ...]) -> dict[str, dict[str, list[str]]]:
    from careergraph.store.sources import read_career_statements  # the engine takes as long to import as a start may

    statements: dict[str, dict[str, list[str]]] = {}
    foreign: set[tuple[str, str]] = set()
    for path in files:
        found = read_career_statements(path, alone=len(files) == 1)
        try:
            _add(statements, foreign, found)
        except AttributeError:  # only the triple terms of RDF 1.2 have no value
            raise UnreadableFile(
                path=to_printed_name(path), reason="it makes statements about statements, which are not supported"
            ) from None
    return _sort(statements, foreign)


def index_statements(found: Iterable[pyoxigraph.Quad] | Iterable[pyoxigraph.Triple]) -> dict[str, dict[str, list[str]]]:
    """Index statements by subject and predicate, as `read_statements` does those of files.

    >>> import pyoxigraph
    >>> node, label = pyoxigraph.NamedNode("urn:node"), pyoxigraph.NamedNode(SKOS.prefLabel)
    >>> texts = [pyoxigraph.Literal("Arzt", language="de"), pyoxigraph.Literal("physician", language="en")]
    >>> index_statements(pyoxigraph.Triple(node, label, text) for text in texts)["urn:node"][SKOS.prefLabel]
    ['physician', 'Arzt']
    """
    statements: dict[str, dict[str, list[str]]] = {}
    foreign: set[tuple[str, str]] = set()
    _add(statements, foreign, found)
    return _sort(statements, foreign)


def _add(
    statements: dict[str, dict[str, list[str]]],
    foreign: set[tuple[str, str]],
    found: Iterable[pyoxigraph.Quad] | Iterable[pyoxigraph.Triple],
) -> None:
    label, last = SKOS.prefLabel, ""
    shown = (label, SKOS.altLabel)
    by_predicate: dict[str, list[str]] = {}
    for quad in found:
        subject, predicate = quad.subject.value, quad.predicate.value  # type: ignore[union-attr]
        if subject != last:  # most statements are about the same node as the one before
            by_predicate, last = statements.setdefault(subject, {}), subject
        value = quad.object.value  # type: ignore[union-attr]
        if value[:1] in _FIRST_OF_NUMBERS:
            value = _tell_mistyped(quad.object, value)
        by_predicate.setdefault(predicate, []).append(value)
        if predicate in shown and not _is_english(quad.object):
            # Once among all names, and once more by its language: what to show whoever asks in that one.
            by_predicate.setdefault(f"{predicate}@{quad.object.language}", []).append(quad.object.value)  # type: ignore[union-attr]
            if predicate == label:
                foreign.add((subject, quad.object.value))  # type: ignore[union-attr]


def _tell_mistyped(term: object, value: str) -> str:
    """The value of a literal; with its datatype if that does not allow what looks like a number, which is none then.

    XML Schema has exponents for doubles and floats only, and fractions for these and decimals.
    """
    datatype = getattr(getattr(term, "datatype", None), "value", "")
    type_ = datatype.removeprefix(_XSD)
    forbidden = "eE" if type_ == "decimal" else "eE." if type_ in _WHOLE else ""
    return f'"{value}"^^xsd:{type_}' if any(sign in value for sign in forbidden) else value


def _is_english(label: object) -> bool:
    language = getattr(label, "language", None)
    return language is None or language == "en" or language.startswith("en-")


def _sort(
    statements: dict[str, dict[str, list[str]]], foreign: set[tuple[str, str]]
) -> dict[str, dict[str, list[str]]]:
    for by_predicate in statements.values():
        for predicate, objects in by_predicate.items():
            if len(objects) > 1:
                by_predicate[predicate] = sorted(set(objects))
    for node in {node for node, _ in foreign}:
        statements[node][SKOS.prefLabel].sort(key=lambda label: (node, label) in foreign)
    return {node: statements[node] for node in sorted(statements)}


def tag(predicate: str, sort: str) -> str:
    """What an index on disk files a value under: texts in other languages than English apart from those in English.

    >>> tag("urn:label", "@en"), tag("urn:label", "@nl"), tag("urn:weight", "decimal")
    ('urn:label', 'urn:label@nl', 'urn:weight')
    """
    return f"{predicate}{sort}" if sort.startswith("@") and sort != "@en" else predicate


def untag(filed: str) -> tuple[str, str]:
    """The predicate and the language that values are filed under; no language is English, or none.

    >>> untag("urn:label@nl"), untag("urn:label")
    (('urn:label', 'nl'), ('urn:label', ''))
    """
    predicate, _, language = filed.partition("@")
    return predicate, language


@contextmanager
def _no_collection() -> Iterator[None]:
    # Only lists and dicts that all stay alive are made here: looking for garbage among them costs a third of the time.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
