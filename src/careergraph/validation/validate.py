"""Data checked against the ontology: SHACL shapes, undefined terms, nodes without a description."""

from __future__ import annotations

import logging
import os
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

from careergraph.model.near_names import find_near_names
from careergraph.model.records import Record
from careergraph.rdf.standards import OWL, RDF, SCHEMA, SKOS, SSSOM
from careergraph.rdf.vocabulary import NAMESPACE
from careergraph.store.locations import to_printed_name
from careergraph.validation.documents import Document, FilePath, read_around, read_documents, to_graph
from careergraph.validation.shacl import (
    Fault,
    find_applied_shapes,
    find_local_name,
    find_shacl_faults,
    find_targets,
    find_text,
    join_graphs,
)

if TYPE_CHECKING:
    from careergraph.model.values import Count, NonEmpty, Schema


if TYPE_CHECKING:
    import networkx
    from rdflib import Graph
    from rdflib.term import Node

    from careergraph.validation.documents import Triple
    from careergraph.validation.shacl import Targets

_OWL = "http://www.w3.org/2002/07/owl#"
_CLASSES = (f"{_OWL}Class", f"{NAMESPACE.rdfs}Class")
_PROPERTIES = (f"{_OWL}ObjectProperty", f"{_OWL}DatatypeProperty", f"{NAMESPACE.rdf}Property")
_MOST_HINTS = 100
_MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
#: Properties that point to other data sets: their objects need not be in the data.
_OUTWARD = frozenset((*_MATCHES, SCHEMA.sameAs, OWL.annotatedTarget, SSSOM.object_source))


class Finding(Record):
    """One thing that is wrong, or odd, with the data.

    `rule` is the local name of the shape that says so, such as `Requirement-anyOf`, or one of
    `undefined-term`, `undeclared-node`, `broader-cycle`, `ill-typed-value` and `unchecked-node`.
    `severity` is `violation`, `warning` or `info`. `path` is the IRI of the property concerned. `file` and `line` say
    where the description of `node` begins.
    """

    rule: Annotated[str, Schema(minLength=1, examples=["Requirement-anyOf", "undefined-term"])]
    """The name of the shape that says so, or of another rule such as `undeclared-node`."""
    severity: Annotated[str, Schema(enum=["violation", "warning", "info"])]
    """How bad it is."""
    node: NonEmpty
    """The node concerned, as an IRI or as a blank node's `_:` label."""
    path: str | None
    """The IRI of the property concerned; null if no single one is."""
    value: str | None
    """The value concerned; null if none is."""
    message: str
    """What is wrong and what to do about it."""
    file: str | None
    """The file that describes the node; null if none does."""
    line: Annotated[int, Schema(minimum=1)] | None
    """The line where the description of the node begins; null if it is not known."""


class ValidationReport(Record):
    """What was checked against the ontology, and what was found."""

    conforms: bool
    """Whether there is no finding of severity `violation`."""
    nodes: Count
    """How many nodes of the files at least one shape was applied to."""
    shapes: Count
    """How many shapes were applied to at least one of those nodes."""
    triples: Count
    """How many distinct statements the files make."""
    files: tuple[NonEmpty, ...]
    """The paths of the files that were checked."""
    findings: Annotated[tuple[Finding, ...], Schema(uniqueItems=True)]
    """What was found, by file and line."""
    sample_of: Count | None
    """How many nodes there are, where some of every kind were checked as a sample; null if all were."""


def validate(
    files: Sequence[FilePath], *, context: Sequence[FilePath] = (), ontology: Sequence[FilePath]
) -> ValidationReport:
    """Check the statements of files. Neither the files nor any shared objects in memory are changed.

    Of an imported data set with more than 5,000 nodes, some of every kind are checked, always the same ones.

    Args:
        files: the RDF files to check, or addresses of SPARQL endpoints, or folders of imported data sets.
        context: what the checked ones may refer to, likewise. Only nodes described in `files` are checked.
        ontology: the files of the ontology and of its shapes.

    Raises:
        EndpointFailed: an endpoint does not answer, or not as it should.
        MissingExtra: pyshacl is not installed, which the extra `validate` brings.
        UnreadableFile: a file is missing or does not parse.
        UnusableDataset: an endpoint has too many statements.

    >>> from careergraph.store.locations import find_data_folder, list_ontology_files
    >>> topics = os.path.join(find_data_folder("graph"), "editors", "topics.ttl")
    >>> report = validate([topics], ontology=list_ontology_files())
    >>> report.conforms, report.nodes > 10
    (True, True)
    """
    with _quiet():
        checked = read_documents(files, "f")
        rules = to_graph(read_documents(ontology, "o"))
        findings, targets = _check(checked, read_around(checked, context), rules)
    return ValidationReport(
        conforms=all(finding.severity != "violation" for finding in findings),
        nodes=len(join_graphs(targets.values())),
        shapes=len(find_applied_shapes(rules, targets)),
        triples=len(join_graphs(document.triples for document in checked)),
        files=tuple(to_printed_name(os.fspath(path)) for path in files),
        findings=tuple(sorted(_distinct(findings), key=_place)),
        sample_of=sum(document.population or 0 for document in checked) or None,
    )


def _check(checked: Sequence[Document], around: Sequence[Document], rules: Graph) -> tuple[list[Finding], Targets]:
    data = to_graph([*checked, *around])
    undefined = list(_find_undefined_terms(checked, rules))
    undeclared = [*_find_undeclared_nodes(checked, data), *_broader_than_themselves(checked, data)]
    faults = [*undefined, *undeclared, *(fault for document in checked for fault in document.ill_typed)]
    # The shapes cannot judge a node of a misspelt class.
    unjudged = {fault.node for fault in undefined if str(fault.path) == RDF.type}
    described = join_graphs(document.subjects for document in checked)
    data += rules
    targets = find_targets(rules, data, described - unjudged)
    unchecked = _find_unchecked_nodes(data, described - unjudged - join_graphs(targets.values()))
    # Consequences of such a fault are not reported a second time.
    known = {fault[1:4] for fault in faults}
    broken = [
        fault
        for fault in find_shacl_faults(data, rules, targets)
        if fault[1:4] not in known and fault.value not in unjudged
    ]
    return [_finding(fault, checked) for fault in (*faults, *broken, *unchecked)], targets


@contextmanager
def _quiet() -> Iterator[None]:
    # rdflib logs a traceback for every ill-typed literal; those are findings here.
    logger = logging.getLogger("rdflib.term")
    was_disabled, logger.disabled = logger.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.disabled = was_disabled


### What SHACL cannot say


def _find_undefined_terms(documents: Iterable[Document], rules: Graph) -> Iterator[Fault]:
    classes, properties = _find_defined(rules, _CLASSES), _find_defined(rules, _PROPERTIES)
    wrong: list[tuple[str, Triple]] = []
    for document in documents:
        for triple in document.triples:
            path, value = str(triple[1]), str(triple[2])
            if path.startswith(NAMESPACE.cg) and path not in properties:
                wrong.append((path, triple))
            if path == RDF.type and value.startswith(NAMESPACE.cg) and value not in classes:
                wrong.append((value, triple))
    hints = _hints({term for term, _ in wrong}, classes | properties)
    for term, triple in wrong:
        message = f"The ontology has no such term as cg:{term.removeprefix(NAMESPACE.cg)}{hints.get(term, '')}."
        yield Fault("undefined-term", *triple, message)


def _find_defined(rules: Graph, kinds: Iterable[str]) -> set[str]:
    from rdflib import URIRef

    return {str(term) for kind in kinds for term in rules.subjects(URIRef(RDF.type), URIRef(kind))}


def _find_undeclared_nodes(documents: Iterable[Document], data: Graph) -> Iterator[Fault]:
    from rdflib import URIRef

    described = {str(node) for node in data.subjects()}
    dangling = [
        triple
        for document in documents
        for triple in document.triples
        if isinstance(triple[2], URIRef) and triple[2].startswith(NAMESPACE.id)
        if str(triple[2]) not in described and str(triple[1]) not in _OUTWARD
    ]
    hints = _hints({str(value) for _, _, value in dangling}, described)
    for node, path, value in dangling:
        message = f"Nothing describes {value}{hints.get(str(value), '')}: describe it or correct the IRI."
        yield Fault("undeclared-node", node, path, value, message)


def _broader_than_themselves(documents: Iterable[Document], data: Graph) -> Iterator[Fault]:
    # Core SHACL cannot compare a node with what a path leads to from it.
    import networkx
    from rdflib import URIRef

    broader = URIRef(SKOS.broader)
    above = networkx.DiGraph((node, value) for node, value in data.subject_objects(broader))
    circles = {node: circle for circle, found in enumerate(_circles(above)) for node in found}
    for document in documents:
        for node, path, value in document.triples:
            if path == broader and circles.get(node, -1) == circles.get(value, -2):
                message = f"It is broader than itself by way of {value}: leave out one skos:broader of the circle."
                yield Fault("broader-cycle", node, path, value, message)


def _circles(above: networkx.DiGraph[Node]) -> Iterator[set[Node]]:
    import networkx

    for found in networkx.strongly_connected_components(above):
        if len(found) > 1 or above.has_edge(*found, *found):
            yield found


def _hints(wrong: Collection[str], known: Iterable[str]) -> dict[str, str]:
    # Near misses take a while to find, and this many faults at once are no typing errors.
    if len(wrong) > _MOST_HINTS:
        return {}
    by_stem: defaultdict[str, list[str]] = defaultdict(list)
    for iri in sorted(known):
        name = find_local_name(iri)
        by_stem[iri.removesuffix(name)].append(name)
    hints = {}
    for iri in wrong:
        name = find_local_name(iri)
        for near in find_near_names(name, by_stem[iri.removesuffix(name)], cutoff=0.75):
            hints[iri] = f" (did you mean {near}?)"
    return hints


def _find_unchecked_nodes(data: Graph, nodes: Iterable[Node]) -> Iterator[Fault]:
    from rdflib import URIRef

    type_ = URIRef(RDF.type)
    for node in nodes:
        for class_ in data.objects(node, type_):
            message = "No shape says anything about nodes of this class, so nothing was checked."
            yield Fault("unchecked-node", node, type_, class_, message, "warning")


### The report


def _finding(fault: Fault, documents: Iterable[Document]) -> Finding:
    file, line = _position(fault, documents)
    return Finding(
        rule=fault.rule,
        severity=fault.severity,
        node=find_text(fault.node),
        path=None if fault.path is None else find_text(fault.path),
        value=None if fault.value is None else find_text(fault.value),
        message=fault.message,
        file=file,
        line=line,
    )


def _position(fault: Fault, documents: Iterable[Document]) -> tuple[str | None, int | None]:
    # The file with the faulty statement, or else the first file that describes the node.
    describing = [document for document in documents if fault.node in document.subjects]
    stating = [document for document in describing if fault[1:4] in document.triples]
    for document in (*stating, *describing):
        return document.path, document.lines.get(str(fault.node))
    return None, None


def _distinct(findings: Iterable[Finding]) -> set[Finding]:
    # A shape with several constraints reports each that fails, in the same words: once is enough.
    found = set(findings)
    valued = {(item.rule, item.node, item.path) for item in found if item.value is not None}
    return {item for item in found if item.value is not None or (item.rule, item.node, item.path) not in valued}


def _place(finding: Finding) -> tuple[str, int, str, str, str, str]:
    return (
        finding.file or "",
        finding.line or 0,
        finding.node,
        finding.rule,
        finding.path or "",
        finding.value or "",
    )
