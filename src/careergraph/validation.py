"""Data checked against the ontology: SHACL shapes, terms that nobody defined, nodes that nobody describes."""

from __future__ import annotations

import logging
import os
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

import pyoxigraph

from careergraph.errors import UnreadableFile
from careergraph.loading import parse
from careergraph.locate import lines_of
from careergraph.records import Record
from careergraph.vocabulary import NAMESPACE, RDF, RDFS

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    Triple: TypeAlias = tuple[Node, Node, Node]
    Targets: TypeAlias = Mapping[Node, set[Node]]

FilePath: TypeAlias = str | os.PathLike[str]
_T = TypeVar("_T")

_OWL = "http://www.w3.org/2002/07/owl#"
_CLASSES = (f"{_OWL}Class", f"{NAMESPACE.rdfs}Class")
_PROPERTIES = (f"{_OWL}ObjectProperty", f"{_OWL}DatatypeProperty", f"{NAMESPACE.rdf}Property")


class Finding(Record):
    """One thing that is wrong, or odd, with the data.

    `rule` is the local name of the shape that says so, such as `Requirement-anyOf`, or one of
    `undefined-term`, `undeclared-node`, `ill-typed-value` and `unchecked-node`. `severity` is `violation`,
    `warning` or `info`. `path` is the IRI of the property concerned. `file` and `line` tell where the
    description of `node` begins.
    """

    rule: str
    severity: str
    node: str
    path: str | None
    value: str | None
    message: str
    file: str | None
    line: int | None


class ValidationReport(Record):
    """What was checked and what was found. A report on nothing says `nodes` 0.

    `nodes` counts the nodes of the files that at least one shape was applied to, `shapes` the node shapes and
    property shapes that were applied to at least one of them, `triples` the distinct statements of the files.
    The data conforms if there is no finding of severity `violation`.
    """

    conforms: bool
    nodes: int
    shapes: int
    triples: int
    files: tuple[str, ...]
    findings: tuple[Finding, ...]


def validate(
    files: Sequence[FilePath], *, context: Sequence[FilePath] = (), ontology: Sequence[FilePath]
) -> ValidationReport:
    """Check what files say. Nothing is changed: neither a file nor anything in memory that others hold.

    Args:
        files: the RDF files to check.
        context: RDF files that the checked ones may refer to. Only what `files` describe is checked.
        ontology: the files of the ontology and of its shapes.

    Raises:
        UnreadableFile: a file is missing or does not parse.

    >>> from careergraph.locations import data_folder, ontology_files
    >>> topics = os.path.join(data_folder("graph"), "editors", "topics.ttl")
    >>> report = validate([topics], ontology=ontology_files())
    >>> report.conforms, report.nodes > 10
    (True, True)
    """
    with _quiet():
        checked = _read(files, "f")
        rules = _graph(_read(ontology, "o"))
        findings, targets = _check(checked, _read(context, "c"), rules)
    return ValidationReport(
        conforms=all(finding.severity != "violation" for finding in findings),
        nodes=len(_union(targets.values())),
        shapes=len(_applied(rules, targets)),
        triples=len(_union(document.triples for document in checked)),
        files=tuple(os.fspath(path) for path in files),
        findings=tuple(sorted(_distinct(findings), key=_place)),
    )


class _Fault(NamedTuple):
    """A finding in rdflib's terms, before it is known where it stands."""

    rule: str
    node: Node
    path: Node | None
    value: Node | None
    message: str
    severity: str = "violation"


def _check(checked: Sequence[_Document], around: Sequence[_Document], rules: Graph) -> tuple[list[Finding], Targets]:
    data = _graph([*checked, *around])
    undefined = list(_undefined_terms(checked, rules))
    undeclared = list(_undeclared_nodes(checked, data))
    faults = [*undefined, *undeclared, *(fault for document in checked for fault in document.ill_typed)]
    # The shapes cannot judge a node of a misspelt class.
    unjudged = {fault.node for fault in undefined if str(fault.path) == RDF.type}
    described = _union(document.subjects for document in checked)
    data += rules
    targets = _targets(rules, data, described - unjudged)
    unchecked = _unchecked_nodes(data, described - unjudged - _union(targets.values()))
    # What merely follows from one of those faults is not reported a second time.
    known = {fault[1:4] for fault in faults}
    broken = [
        fault
        for fault in _shacl_faults(data, rules, targets)
        if fault[1:4] not in known and fault.value not in unjudged
    ]
    return [_finding(fault, checked) for fault in (*faults, *broken, *unchecked)], targets


### Reading


@dataclass(frozen=True)
class _Document:
    """A parsed file: its statements in rdflib's terms, what it describes, and on which lines."""

    path: str
    triples: frozenset[Triple]
    ill_typed: tuple[_Fault, ...]

    @cached_property
    def subjects(self) -> frozenset[Node]:
        return frozenset(subject for subject, _, _ in self.triples)

    @cached_property
    def lines(self) -> Mapping[str, int]:
        return lines_of(Path(self.path).read_text(encoding="utf-8", errors="replace"))


def _read(files: Iterable[FilePath], mark: str) -> list[_Document]:
    return [_document(os.fspath(path), f"{mark}{number}") for number, path in enumerate(files, start=1)]


def _document(path: str, mark: str) -> _Document:
    blank: dict[str, str] = {}
    triples: list[Triple] = []
    faults: list[_Fault] = []
    for quad in parse(path):
        node, predicate = _term(quad.subject, mark, blank), _term(quad.predicate, mark, blank)
        value = _term(quad.object, mark, blank)
        if node is None or predicate is None or value is None:
            raise UnreadableFile(path=path, reason="it makes statements about statements, which are not supported")
        if getattr(value, "ill_typed", False):
            value, fault = _stand_in(node, predicate, value)
            faults.append(fault)
        triples.append((node, predicate, value))
    return _Document(path, frozenset(triples), tuple(faults))


def _term(term: object, mark: str, blank: dict[str, str]) -> Node | None:
    # Blank nodes are numbered, so that they differ between files but not between runs.
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(blank.setdefault(term.value, f"{mark}b{len(blank) + 1}"))
    if not isinstance(term, pyoxigraph.Literal):
        return None
    if term.language:
        return Literal(term.value, lang=term.language)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def _stand_in(node: Node, path: Node, literal: Node) -> tuple[Node, _Fault]:
    # pyshacl breaks off when it compares a literal that does not fit its datatype. A plain string will do.
    from rdflib import Literal

    value = Literal(str(literal))
    datatype = _local_name(getattr(literal, "datatype", ""))
    message = f'"{literal}" is no {datatype}: correct the value or its datatype.'
    return value, _Fault("ill-typed-value", node, path, value, message)


def _graph(documents: Iterable[_Document]) -> Graph:
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    for document in documents:
        for triple in document.triples:
            graph.add(triple)
    return graph


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


def _undefined_terms(documents: Iterable[_Document], rules: Graph) -> Iterator[_Fault]:
    classes, properties = _defined(rules, _CLASSES), _defined(rules, _PROPERTIES)
    for document in documents:
        for node, path, value in document.triples:
            if str(path).startswith(NAMESPACE.cg) and str(path) not in properties:
                yield _undefined((node, path, value), str(path), properties)
            if str(path) == RDF.type and str(value).startswith(NAMESPACE.cg) and str(value) not in classes:
                yield _undefined((node, path, value), str(value), classes)


def _defined(rules: Graph, kinds: Iterable[str]) -> list[str]:
    from rdflib import URIRef

    return sorted(str(term) for kind in kinds for term in rules.subjects(URIRef(RDF.type), URIRef(kind)))


def _undefined(triple: Triple, term: str, known: Sequence[str]) -> _Fault:
    name = term.removeprefix(NAMESPACE.cg)
    return _Fault("undefined-term", *triple, f"The ontology has no term cg:{name}{_hint(term, known)}.")


def _undeclared_nodes(documents: Iterable[_Document], data: Graph) -> Iterator[_Fault]:
    from rdflib import URIRef

    described = {str(node) for node in data.subjects()}
    for document in documents:
        for node, path, value in document.triples:
            if isinstance(value, URIRef) and value.startswith(NAMESPACE.id) and str(value) not in described:
                kind = value.rpartition("/")[0] + "/"
                hint = _hint(str(value), sorted(iri for iri in described if iri.startswith(kind)))
                message = f"Nothing describes {value}{hint}: describe it or correct the IRI."
                yield _Fault("undeclared-node", node, path, value, message)


def _hint(iri: str, known: Sequence[str]) -> str:
    near = get_close_matches(iri, known, n=1, cutoff=0.9)
    return f" (did you mean {_local_name(near[0])}?)" if near else ""


def _unchecked_nodes(data: Graph, nodes: Iterable[Node]) -> Iterator[_Fault]:
    from rdflib import URIRef

    type_ = URIRef(RDF.type)
    for node in nodes:
        for class_ in data.objects(node, type_):
            message = "No shape says anything about nodes of this class, so nothing was checked."
            yield _Fault("unchecked-node", node, type_, class_, message, "warning")


### SHACL


def _targets(rules: Graph, data: Graph, nodes: set[Node]) -> Targets:
    # Which shape applies to which nodes. pyshacl finds that out too, but does not say how many nodes it looked at,
    # and cannot be kept to some: its `focus_nodes` switches off every shape that is nested in another.
    from rdflib.namespace import SH

    instances = _instances(data, nodes)
    targets: defaultdict[Node, set[Node]] = defaultdict(set)
    for shape, class_ in rules.subject_objects(SH.targetClass):
        targets[shape] |= instances[class_]
    for shape, path in rules.subject_objects(SH.targetSubjectsOf):
        targets[shape] |= nodes.intersection(data.subjects(path))
    for shape, path in rules.subject_objects(SH.targetObjectsOf):
        targets[shape] |= nodes.intersection(data.objects(None, path))
    for shape, node in rules.subject_objects(SH.targetNode):
        targets[shape] |= nodes & {node}
    return {shape: found for shape, found in targets.items() if found}


def _instances(data: Graph, nodes: set[Node]) -> defaultdict[Node, set[Node]]:
    from rdflib import URIRef

    instances: defaultdict[Node, set[Node]] = defaultdict(set)
    direct: defaultdict[Node, set[Node]] = defaultdict(set)
    for node, class_ in data.subject_objects(URIRef(RDF.type)):
        if node in nodes:
            direct[class_].add(node)
    for class_, found in direct.items():
        for ancestor in data.transitive_objects(class_, URIRef(RDFS.subClassOf)):
            if ancestor is not None:
                instances[ancestor] |= found
    return instances


def _applied(rules: Graph, targets: Targets) -> set[Node]:
    from rdflib.namespace import SH

    reached = (shape for target in targets for shape in rules.transitive_objects(target, SH.property))
    return {shape for shape in reached if shape is not None}


def _shacl_faults(data: Graph, rules: Graph, targets: Targets) -> list[_Fault]:
    import pyshacl
    from rdflib import Graph
    from rdflib.namespace import SH

    if not targets:
        return []
    _make_comparable(data, rules)
    _, results, _ = pyshacl.validate(
        data_graph=data,
        shacl_graph=_with_targets(rules, targets),
        ont_graph=None,  # the ontology is in the data already
        advanced=False,
        inference="none",
        inplace=False,
        abort_on_first=False,
        meta_shacl=False,
        do_owl_imports=False,
    )
    if not isinstance(results, Graph):
        raise RuntimeError(f"The shapes cannot be applied: {results}")
    reports = results.subjects(SH.conforms)
    return [_fault(results, result) for report in reports for result in results.objects(report, SH.result)]


def _make_comparable(data: Graph, rules: Graph) -> None:
    # pyshacl breaks off when it compares a blank node, or NaN with a decimal. A plain string will do.
    from rdflib import BNode, Literal
    from rdflib.namespace import SH

    for shape, other in rules.subject_objects(SH.lessThanOrEquals):
        for path in (other, *rules.objects(shape, SH.path)):
            for node, value in list(data.subject_objects(path)):
                if isinstance(value, BNode) or (isinstance(value, Literal) and value.value != value.value):
                    data.remove((node, path, value))
                    data.add((node, path, Literal(_text(value))))


def _with_targets(rules: Graph, targets: Targets) -> Graph:
    from rdflib import Graph
    from rdflib.namespace import SH

    shapes = Graph(bind_namespaces="none")
    shapes += rules
    for predicate in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode):
        shapes.remove((None, predicate, None))
    for shape, nodes in targets.items():
        for node in nodes:
            shapes.add((shape, SH.targetNode, node))
    return shapes


def _fault(results: Graph, result: Node) -> _Fault:
    from rdflib import URIRef
    from rdflib.namespace import SH

    said = dict(results.predicate_objects(result))
    path, value = said.get(SH.resultPath), said.get(SH.value)
    rule = said[SH.sourceShape]
    return _Fault(
        rule=_local_name(rule if isinstance(rule, URIRef) else said[SH.sourceConstraintComponent]),
        node=said[SH.focusNode],
        path=path if isinstance(path, URIRef) else None,
        value=None if value == said[SH.focusNode] else value,
        message=min(map(str, results.objects(result, SH.resultMessage)), default=""),
        severity=_local_name(said[SH.resultSeverity]).lower(),
    )


def _local_name(iri: object) -> str:
    return str(iri).rpartition("#")[2].rpartition("/")[2]


### The report


def _finding(fault: _Fault, documents: Iterable[_Document]) -> Finding:
    file, line = _position(fault, documents)
    return Finding(
        rule=fault.rule,
        severity=fault.severity,
        node=_text(fault.node),
        path=None if fault.path is None else _text(fault.path),
        value=None if fault.value is None else _text(fault.value),
        message=fault.message,
        file=file,
        line=line,
    )


def _text(term: Node) -> str:
    from rdflib import BNode

    return f"_:{term}" if isinstance(term, BNode) else str(term)


def _position(fault: _Fault, documents: Iterable[_Document]) -> tuple[str | None, int | None]:
    # The file that makes the statement at fault, or else the first that describes the node.
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


def _union(sets: Iterable[AbstractSet[_T]]) -> set[_T]:
    return set[_T]().union(*sets)
