"""SHACL: which shapes apply to which nodes, and what pyshacl finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from careergraph.model.extras import need_extra
from careergraph.rdf.standards import RDF, RDFS

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    Targets: TypeAlias = Mapping[Node, set[Node]]

T = TypeVar("T")


class Fault(NamedTuple):
    """A finding in rdflib's terms, before its place is known."""

    rule: str
    node: Node
    path: Node | None
    value: Node | None
    message: str
    severity: str = "violation"


def find_targets(rules: Graph, data: Graph, nodes: set[Node]) -> Targets:
    """Find out which shape applies to which of the nodes; shapes that apply to none are left out.

    pyshacl does that as well, but it does not say how many nodes it checked, and it cannot be limited to some of them:
    its `focus_nodes` switches off every shape that is nested in another.

    Args:
        rules: the shapes.
        data: the data with the ontology, whose sub-classes count.
        nodes: the nodes to be checked.
    """
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


def find_applied_shapes(rules: Graph, targets: Targets) -> set[Node]:
    """Collect the node shapes with targets, and the property shapes that they lead to."""
    from rdflib.namespace import SH

    reached = (shape for target in targets for shape in rules.transitive_objects(target, SH.property))
    return {shape for shape in reached if shape is not None}


def find_shacl_faults(data: Graph, rules: Graph, targets: Targets) -> list[Fault]:
    """Apply each shape to its targets.

    Args:
        rules: the shapes; their own targets are disregarded.
        data: the data with the ontology. Values that pyshacl cannot compare are replaced in it.
        targets: shape → the nodes it is applied to.

    Raises:
        MissingExtra: pyshacl is not installed.
    """
    from rdflib import Graph
    from rdflib.namespace import SH

    with need_extra("validate", "Applying shapes to data", "pyshacl"):
        import pyshacl
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
    # pyshacl fails when it compares a blank node, or NaN with a decimal. A plain string serves instead.
    from rdflib import BNode, Literal
    from rdflib.namespace import SH

    for shape, other in rules.subject_objects(SH.lessThanOrEquals):
        for path in (other, *rules.objects(shape, SH.path)):
            for node, value in list(data.subject_objects(path)):
                if isinstance(value, BNode) or (isinstance(value, Literal) and value.value != value.value):
                    data.remove((node, path, value))
                    data.add((node, path, Literal(find_text(value))))


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


def _fault(results: Graph, result: Node) -> Fault:
    from rdflib import URIRef
    from rdflib.namespace import SH

    said = dict(results.predicate_objects(result))
    path, value = said.get(SH.resultPath), said.get(SH.value)
    rule = said[SH.sourceShape]
    return Fault(
        rule=find_local_name(rule if isinstance(rule, URIRef) else said[SH.sourceConstraintComponent]),
        node=said[SH.focusNode],
        path=path if isinstance(path, URIRef) else None,
        value=value if SH.resultPath in said else None,
        message=min(map(str, results.objects(result, SH.resultMessage)), default=""),
        severity=find_local_name(said[SH.resultSeverity]).lower(),
    )


def find_local_name(iri: object) -> str:
    """Cut an IRI down to what follows its last `#` or `/`.

    >>> find_local_name("https://w3id.org/careergraph/ontology/shapes#Requirement-anyOf")
    'Requirement-anyOf'
    """
    return str(iri).rpartition("#")[2].rpartition("/")[2]


def find_text(term: Node) -> str:
    """Write a term for a report: an IRI or a literal as it is, a blank node with `_:` before it."""
    from rdflib import BNode

    return f"_:{term}" if isinstance(term, BNode) else str(term)


def join_graphs(sets: Iterable[AbstractSet[T]]) -> set[T]:
    """Unite any number of sets.

    >>> join_graphs([{1}, {2}]), join_graphs([])
    ({1, 2}, set())
    """
    return set[T]().union(*sets)
