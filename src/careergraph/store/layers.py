"""What a data set is opened with beside its own statements: what follows from them, the ontology, what its graphs are.

The *direct layer* is made by rules, a SPARQL CONSTRUCT in each file of `careergraph.store.rules`: links between things
for whoever does not want to go by way of the claims, and the classes and labels that other tools look for. It never
ends up in a file, a catalogue or an export: the claims are what is kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple

from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.standards import DCAT, DCTERMS, PROV, RDF, RDFS, SCHEMA, SKOS, VOID, XSD
from careergraph.rdf.vocabulary import CG
from careergraph.store.locations import PROJECT_GRAPHS, list_ontology_files
from careergraph.store.memory import give_freed_memory_back
from careergraph.store.rdf_files import read_file

if TYPE_CHECKING:
    from careergraph.store.datasets import Manifest

#: Property → values.
_Said: TypeAlias = "dict[str, list[NamedNode | Literal]]"
#: The named graphs of the layers: what follows from the claims, the vocabulary, what all graphs are, computed steps.
DIRECT, ONTOLOGY, METADATA, DERIVED = (
    f"{PROJECT_GRAPHS}{name}" for name in ("direct", "ontology", "metadata", "derived")
)
#: Applies a function to one thing after the other, or to several at a time; what comes of it is in their order.
Apply = Callable[..., Iterable[Any]]
LAYERS = (DIRECT, ONTOLOGY, METADATA, DERIVED)
_RULES = "careergraph.store"
#: So many statements are loaded at once: what the engine makes of them fits the memory of an import, and is in so few
#: files that it need not merge them again and again meanwhile.
_LOADED_AT_ONCE = 250_000
#: With more statements than this in a data set, two rules at a time would take more memory than an import may.
_LARGE = 1_500_000
#: The rules that take longest: whoever works on two at a time begins with them.
_LONG = frozenset({"ratings", "required-skills", "requirements"})
#: The rule that concludes from a node's classes alone.
_OF_CLASSES = "superclasses"
_USED = "ASK { ?node a ?class FILTER(STRSTARTS(STR(?class), STR(cg:))) }"


def name_own_layer(layer: str, name: str) -> str:
    """The graph of a layer for one imported data set, which can be asked without the bundled one.

    >>> name_own_layer(DIRECT, "onet")
    'https://w3id.org/careergraph/graph/direct-onet'
    """
    return f"{layer}-{name}"


def is_layer(graph: str) -> bool:
    """Whether a named graph is one of the layers, or that of an imported data set.

    >>> is_layer(name_own_layer(METADATA, "onet")), is_layer(f"{PROJECT_GRAPHS}onet")
    (True, False)
    """
    return graph in LAYERS or graph.startswith(tuple(f"{layer}-" for layer in LAYERS))


@cache
def load_rules() -> Mapping[str, str]:
    r"""Name → the text of each rule, whose first line is a comment that says what it concludes; in alphabetical order.

    >>> load_rules()["holdings"].partition("\n")[0]
    '# A position holds what a claim says that people in it can be expected to hold.'
    """
    folder = files(_RULES) / "rules"
    named = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".rq"))
    return {name.removesuffix(".rq"): entry.read_text(encoding="utf-8") for name, entry in named}


def write_conclusions(store: pyoxigraph.Store) -> list[bytes]:
    """What the rules conclude from the statements in a store's default graph, the ontology among them, as N-Triples.

    There is a text for each rule, and what several conclude is in several. Every rule sees what was stated, and not
    what another rule concludes: their order does not matter. Takes time about linear in the number of statements.
    """
    return [_conclude(store, name).serialize(format=RdfFormat.N_TRIPLES) or b"" for name in load_rules()]


def _conclude(store: pyoxigraph.Store, rule: str) -> Any:
    return store.query(load_rules()[rule], prefixes=PREFIXES)


def find_superclasses() -> Mapping[str, frozenset[str]]:
    """Class → the classes above it, as the rule `superclasses` concludes them of whatever is of that class.

    >>> sorted(iri.partition("#")[2] for iri in find_superclasses()[CG.Rating])
    ['Claim']
    """
    store, a, marker = pyoxigraph.Store(), NamedNode(RDF.type), "urn:of:"
    stated = [*read_ontology()]
    classes = {triple.subject for triple in stated if triple.predicate.value == RDFS.subClassOf}
    of_each = (Triple(NamedNode(marker + named.value), a, named) for named in classes if isinstance(named, NamedNode))
    store.extend(Quad(*triple) for triple in (*stated, *of_each))
    found: dict[str, set[str]] = {}
    for node, _, above in _conclude(store, _OF_CLASSES):
        if node.value.startswith(marker):
            found.setdefault(node.value.removeprefix(marker), set()).add(above.value)
    return {below: frozenset(above) for below, above in found.items()}


def read_conclusions(store: pyoxigraph.Store) -> frozenset[bytes]:
    """What follows from the bundled data in a store that has its layers: each statement as a line of N-Triples."""
    found: Any = store.query(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{DIRECT}> {{ ?s ?p ?o }} }}")
    return frozenset((found.serialize(format=RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True))


def add_own_conclusions(
    store: pyoxigraph.Store, manifest: Manifest, known: Container[bytes], folder: str, of_classes: Iterable[bytes]
) -> None:
    """Add what follows from an imported data set to the store on disk where it stands merged with the bundled one.

    All statements must be in the default graph by now. The engine works on two rules at a time, or on one for a large
    data set, and then on both graphs. What follows from millions of statements does not fit the memory that an import
    may take: it goes by way of files.

    Args:
        store: the store.
        manifest: what the data set says of itself.
        known: what follows from the bundled data: see `read_conclusions`. It is not said twice.
        folder: where the files may be for the time.
        of_classes: what follows from the classes of nodes by `find_superclasses`, as lines of N-Triples. Whoever adds
            the nodes knows it; to look all of them up once more takes the engine long.
    """
    from concurrent.futures import ThreadPoolExecutor
    from tempfile import TemporaryDirectory

    own, rules = name_own_layer(DIRECT, manifest.name), 1 if manifest.statements > _LARGE else 2
    with ThreadPoolExecutor(min(rules, os.cpu_count() or 1)) as pool, TemporaryDirectory(dir=folder) as place:
        longest_first = sorted({*load_rules()} - {_OF_CLASSES}, key=lambda rule: (rule not in _LONG, rule))
        paths = list(pool.map(partial(_write_conclusions_of, store, place), longest_first))
        for part in _parts_of(chain(of_classes, *map(_lines_of, paths)), known):
            load(store, part, own, each=pool.map)
            give_freed_memory_back()


def describe_own_graphs(store: pyoxigraph.Store, manifest: Manifest) -> None:
    """Add what the graphs of an imported data set are, and how large, once they and what follows from them are there.

    Args:
        store: the store on disk where it stands merged with the bundled data.
        manifest: what the data set says of itself.
    """
    own = name_own_layer(DIRECT, manifest.name)
    graphs = {graph: _count_statements(store, graph) for graph in (*manifest.graphs, own)}
    told = {
        triple
        for graph in manifest.graphs
        for triple in describe_graph(graph, graphs[graph], manifest, _from_source(store, graph))
    }
    told |= describe_graph(own, graphs[own]) | _sources_of(own, manifest.graphs)
    add_to(store, name_own_layer(METADATA, manifest.name), told)


def _write_conclusions_of(store: pyoxigraph.Store, folder: str, rule: str) -> str:
    path = f"{folder}/{rule}.nt"
    _conclude(store, rule).serialize(path, format=RdfFormat.N_TRIPLES)
    give_freed_memory_back()
    return path


def _parts_of(lines: Iterable[bytes], known: Container[bytes]) -> Iterator[bytes]:
    new = (line for line in lines if line not in known)
    while part := b"".join(islice(new, _LOADED_AT_ONCE)):
        yield part


def _lines_of(path: str) -> Iterator[bytes]:
    with open(path, "rb") as file:
        yield from file


def add_layers(store: pyoxigraph.Store, *, steps: bool = False) -> None:
    """Add the ontology, the direct layer and what the named graphs are to a store that holds data.

    All goes to the default graph and to the named graph of its layer. Data without any of careergraph's classes is left
    as it is: nothing follows from it.

    Args:
        store: where the data is.
        steps: whether to add the computed steps of the bundled data, too.
    """
    if not store.query(_USED, prefixes=PREFIXES):
        return
    add_to(store, ONTOLOGY, read_ontology())
    load(store, b"".join(write_conclusions(store)), DIRECT)
    if steps:
        load(store, _read_rules("steps.ttl"), DERIVED, RdfFormat.TURTLE)
    add_to(store, METADATA, describe_graphs(store))


def add_steps(store: pyoxigraph.Store, steps: Iterable[Triple] | None) -> None:
    """Add computed steps to a store on disk, or those of the bundled data for None, and write all that is pending."""
    found = {*(read_steps() if steps is None else steps)}
    for part in iter(partial(_some_text, iter(found)), b""):
        load(store, part, DERIVED)
    known = {triple for triple in _known_graphs() if triple.subject.value == DERIVED}  # type: ignore[union-attr]
    if steps is not None:  # they are made now, and from others' data, too
        known = {triple for triple in known if not _says(triple, DERIVED, DCTERMS.license, DCTERMS.modified)}
    add_to(store, METADATA, known | describe_graph(DERIVED, len(found)))
    store.flush()


def _some_text(triples: Iterator[Triple]) -> bytes:
    return "".join(f"{triple} .\n" for triple in islice(triples, _LOADED_AT_ONCE)).encode()


def read_steps() -> Iterator[Triple]:
    """The computed steps of the bundled data, which `scripts/make_steps.py` has written."""
    return (quad.triple for quad in pyoxigraph.parse(_read_rules("steps.ttl"), format=RdfFormat.TURTLE))


def _read_rules(name: str) -> bytes:
    return (files(_RULES) / "rules" / name).read_bytes()


def load(
    store: pyoxigraph.Store,
    content: bytes,
    graph: str,
    format_: pyoxigraph.RdfFormat = RdfFormat.N_TRIPLES,
    *,
    each: Apply = map,
) -> None:
    """Load a text into a named graph and into the default graph: twice as fast as adding statements.

    Args:
        store: where to.
        content: the text.
        graph: the named graph's IRI.
        format_: what the text is written in.
        each: what applies a function to each of the two; that of a pool of threads has the engine work on both at once.
    """

    def load_into(target: NamedNode | DefaultGraph) -> None:
        store.bulk_load(content, format=format_, to_graph=target)

    list(each(load_into, (NamedNode(graph), DefaultGraph())))


def add_to(store: pyoxigraph.Store, graph: str, triples: Iterable[Triple]) -> None:
    """Add statements to a named graph and to the default graph."""
    name = NamedNode(graph)
    both = ((triple, place) for triple in triples for place in (name, DefaultGraph()))
    store.extend(Quad(triple.subject, triple.predicate, triple.object, place) for triple, place in both)


def read_ontology() -> Iterator[Triple]:
    """The statements of the vocabulary and of its alignments with others; the shapes are no part of what is asked."""
    return (
        quad.triple for path in list_ontology_files() if not path.endswith("shapes.ttl") for quad in read_file(path)
    )


def describe_graphs(store: pyoxigraph.Store) -> set[Triple]:
    """What each named graph of a store is, in the terms of DCAT and VoID: what it is called, whose, how large."""
    found = {triple for triple in _known_graphs() if store.contains_named_graph(triple.subject)}  # type: ignore[arg-type]
    found |= {triple for triple in _known_graphs() if triple.subject.value == METADATA}  # type: ignore[union-attr]
    sizes = {graph.value: _count_statements(store, graph.value) for graph in store.named_graphs()}
    if not {*store.named_graphs()} <= {triple.subject for triple in _known_graphs()}:
        found = {
            triple for triple in found if not _says(triple, DIRECT, DCTERMS.license)
        }  # it follows from others' data
    for graph, size in sizes.items():
        found |= describe_graph(graph, size)
    found |= _sources_of(DIRECT, [graph for graph in sizes if graph not in LAYERS]) if DIRECT in sizes else set()
    catalogue = [*_triples(METADATA, {DCAT.dataset: [NamedNode(graph) for graph in (*sizes, METADATA)]})]
    found |= {*catalogue, *_triples(METADATA, {RDF.type: [NamedNode(DCAT.Catalog)]})}
    return found | describe_graph(METADATA, len(found) + 3)


def describe_graph(
    graph: str, statements: int, manifest: Manifest | None = None, more: _Said | None = None
) -> set[Triple]:
    """What a named graph is: a data set of so many statements, with what an import's manifest says of it.

    A graph that is called as a file is that file's contents. What is known of the graph itself, in `more`, comes before
    what the manifest says of all graphs of the data set.
    """
    said: dict[str, list[NamedNode | Literal]] = {
        RDF.type: [NamedNode(DCAT.Dataset), NamedNode(VOID.Dataset)],
        VOID.triples: [Literal(statements)],
    }
    if graph.startswith("file:"):
        said[VOID.dataDump] = [NamedNode(graph)]
    if manifest is not None:
        said |= _from_manifest(manifest)
    return set(_triples(graph, said | (more or {})))


def _from_manifest(manifest: Manifest) -> dict[str, list[NamedNode | Literal]]:
    addresses = {DCTERMS.source: manifest.source, DCTERMS.license: manifest.licence}
    return {
        DCTERMS.title: [Literal(manifest.title)],
        DCAT.version: [Literal(manifest.release)],
        DCTERMS.issued: [Literal(manifest.imported, datatype=NamedNode(XSD.dateTime))],
        **({DCTERMS.rights: [Literal(manifest.attribution)]} if manifest.attribution else {}),
        **{predicate: [_address(value)] for predicate, value in addresses.items() if value},
    }


def _from_source(store: pyoxigraph.Store, graph: str) -> _Said:
    """The title and the address of the one source of a graph; nothing where it has several, as those of a release."""
    place = NamedNode(graph)
    sources = [quad.subject for quad in store.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(CG.Source), place)]
    if len(sources) != 1:
        return {}
    properties = {DCTERMS.title: SKOS.prefLabel, DCTERMS.source: SCHEMA.url}
    found: _Said = {
        name: [quad.object for quad in store.quads_for_pattern(sources[0], NamedNode(said), None, place)]  # type: ignore[misc]
        for name, said in properties.items()
    }
    return {name: values for name, values in found.items() if values}


def _address(text: str) -> NamedNode | Literal:
    try:
        return NamedNode(text)
    except ValueError:
        return Literal(text)


@cache
def _known_graphs() -> tuple[Triple, ...]:
    return tuple(quad.triple for quad in pyoxigraph.parse(_read_rules("graphs.ttl"), format=RdfFormat.TURTLE))


def _says(triple: Triple, graph: str, *predicates: str) -> bool:
    return triple.subject == NamedNode(graph) and triple.predicate.value in predicates


def _count_statements(store: pyoxigraph.Store, graph: str) -> int:
    (row,) = store.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")  # type: ignore[misc]
    return int(row["n"].value)


def _sources_of(graph: str, others: Sequence[str]) -> set[Triple]:
    return set(_triples(graph, {PROV.wasDerivedFrom: [NamedNode(other) for other in others]}))


def _triples(subject: str, said: Mapping[str, Iterable[NamedNode | Literal]]) -> Iterator[Triple]:
    node = NamedNode(subject)
    return (Triple(node, NamedNode(predicate), value) for predicate, values in said.items() for value in values)
