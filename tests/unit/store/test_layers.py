"""What a data set is opened with beside its own statements: the direct layer, the ontology, what its graphs are."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyoxigraph
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.node_profiles import count_nodes
from careergraph.export import export
from careergraph.export.statements import Material
from careergraph.model.errors import UnreadableFile
from careergraph.rdf.kinds import CLAIM_KINDS, NODE_KINDS
from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.standards import RDF
from careergraph.rdf.vocabulary import CG
from careergraph.store.layers import (
    DIRECT,
    LAYERS,
    ONTOLOGY,
    add_to,
    find_superclasses,
    is_layer,
    load,
    load_rules,
    read_ontology,
    write_conclusions,
)
from careergraph.store.locations import BUNDLED, list_dataset_files, name_graph, to_file_iri
from careergraph.store.oxigraph import OpenStore, open_dataset, open_store
from careergraph.store.rdf_files import read_file

MINE = "@prefix cg: <https://w3id.org/careergraph/ontology#> . <#me> a cg:Tool . <> <#says> <other> ."


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    return open_dataset(list_dataset_files(BUNDLED)).store


def asked(store: pyoxigraph.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return [tuple(term.value for term in row if term is not None) for row in found]


def is_true(store: pyoxigraph.Store, query: str) -> bool:
    return bool(store.query(query, prefixes=PREFIXES))


def counted(store: pyoxigraph.Store, class_: str) -> int:
    ((found,),) = asked(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a <{class_}> }}")
    return int(found)


@pytest.mark.parametrize("rule", load_rules())
def test_a_rule_says_what_it_concludes(rule: str) -> None:
    sentence, _, text = load_rules()[rule].partition("\n")
    assert sentence.startswith("# ")
    assert sentence.endswith(".")
    assert text.lstrip().startswith("CONSTRUCT")


@pytest.mark.parametrize("rule", sorted({*load_rules()} - {"ratings", "usual-credentials"}))
def test_a_rule_has_something_to_conclude(store: pyoxigraph.Store, rule: str) -> None:
    found = store.query(load_rules()[rule], prefixes=PREFIXES)
    assert isinstance(found, pyoxigraph.QueryTriples)
    assert next(found, None) is not None


def test_no_rule_needs_another_one() -> None:
    data = open_store(list_dataset_files(BUNDLED))
    add_to(data, ONTOLOGY, read_ontology())
    load(data, b"".join(write_conclusions(data)), DIRECT)
    once = len(data)
    load(data, b"".join(write_conclusions(data)), DIRECT)
    assert len(data) == once


def test_counts_are_those_of_stats(store: pyoxigraph.Store) -> None:
    counts = count_nodes(Catalogue.load(BUNDLED))
    plain = open_dataset(list_dataset_files(BUNDLED), direct=False).store
    ((said,),) = asked(plain, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(said) == counts.statements, "a text that has two languages is one statement in a catalogue"
    classes = {kind: class_ for class_, kind in NODE_KINDS.items()} | {"skill": CG.Skill, "background": CG.Background}
    for kind, number in counts.nodes.items():
        assert counted(store, classes[kind]) == number, kind
    assert counted(store, CG.Claim) == sum(counts.claims.values())
    parents = {CG.Claim, CG.Attribute}  # what is of a class below is counted there, too
    for class_, kind in CLAIM_KINDS.items():
        if class_ not in parents and kind in counts.claims:
            assert counted(store, class_) == counts.claims[kind], kind


def test_no_claim_is_the_same_as_what_follows_from_it(store: pyoxigraph.Store) -> None:
    for term in ("cg:leadsTo", "cg:requires", "schema:skills"):
        assert not is_true(store, f"ASK {{ ?claim a cg:Claim ; {term} ?x }}")


def test_a_course_is_free_where_one_says_so_and_nobody_names_a_price(store: pyoxigraph.Store) -> None:
    priced = "?claim a cg:Price ; schema:about ?course ; schema:price ?price"
    free = asked(store, "SELECT ?course { ?course schema:isAccessibleForFree true }")
    assert free
    assert set(free) <= set(asked(store, f"SELECT ?course {{ {priced} FILTER(?price = 0) }}"))
    assert not set(free) & set(asked(store, f"SELECT ?course {{ {priced} FILTER(?price > 0) }}"))
    assert is_true(store, "ASK { ?course a cg:Course ; schema:offers/schema:price ?amount FILTER(?amount > 0) }")


def test_what_a_role_pays_is_an_amount_of_money(store: pyoxigraph.Store) -> None:
    """And nothing else is: what a role points to, a claim all the same, whose figures have a currency."""
    amounts = set(asked(store, "SELECT ?pay { ?pay a schema:MonetaryAmount }"))
    assert amounts == set(asked(store, "SELECT ?pay { ?pay a cg:PayRange, cg:Claim }"))
    assert amounts == set(asked(store, "SELECT ?pay { ?role schema:estimatedSalary ?pay }"))
    assert set(asked(store, "SELECT ?pay { ?pay schema:maxValue ?most ; schema:currency ?currency }")) < amounts


def test_what_is_not_needed_is_not_required(store: pyoxigraph.Store) -> None:
    waived = asked(
        store,
        "SELECT ?role ?asset { ?c a cg:Requirement ; cg:strength strength:not-needed ; cg:anyOf ?asset ;"
        " schema:about ?role }",
    )
    assert waived
    for role, asset in waived:
        others = f"?c schema:about <{role}> ; cg:anyOf <{asset}> ; cg:strength ?s FILTER(?s != strength:not-needed)"
        if not is_true(store, f"ASK {{ {others} }}"):
            assert not is_true(store, f"ASK {{ <{role}> cg:requires <{asset}> }}")


def test_skos_finds_concepts_with_their_scheme_and_its_top(store: pyoxigraph.Store) -> None:
    assert is_true(store, "ASK { skill:python a skos:Concept ; skos:inScheme scheme:skill ; rdfs:label ?l }")
    tops = "?scheme skos:hasTopConcept ?top . ?top skos:broader ?other . ?other skos:inScheme ?scheme"
    assert not is_true(store, f"ASK {{ {tops} }}")


def test_what_another_source_calls_the_same_leads_there_too(tmp_path: Path) -> None:
    """And what nobody says anything about, not even what it is called, leads nowhere."""
    (tmp_path / "mine.ttl").write_text("""
        @prefix cg: <https://w3id.org/careergraph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <urn:move> a cg:Transition ; cg:origin <urn:nurse> ; cg:destination <urn:writer> .
        <urn:nurse> a cg:Profession ; skos:prefLabel "nurse" ; skos:exactMatch <urn:elsewhere/nurse> , <urn:unknown> .
        <urn:elsewhere/nurse> a cg:Occupation ; skos:prefLabel "Nurses" .
        <urn:ward-nurse> a cg:Occupation ; skos:prefLabel "Ward nurses" ; skos:broader <urn:elsewhere/nurse> .
        <urn:elsewhere/writer> a cg:Occupation ; skos:prefLabel "Writers" ; skos:exactMatch <urn:writer> .
        <urn:writer> a cg:Role ; skos:prefLabel "writer" .
    """)
    found = asked(open_dataset([str(tmp_path / "mine.ttl")]).store, "SELECT ?a ?b { ?a cg:leadsTo ?b }")
    origins, roles = ("nurse", "elsewhere/nurse", "ward-nurse"), ("writer", "elsewhere/writer")
    assert sorted(found) == sorted((f"urn:{origin}", f"urn:{role}") for origin in origins for role in roles)


def test_every_graph_says_what_it_is_and_how_large(store: pyoxigraph.Store) -> None:
    told = dict(asked(store, "SELECT ?g ?n { GRAPH graph:metadata { ?g a dcat:Dataset ; void:triples ?n } }"))  # type: ignore[var-annotated, arg-type]
    for graph in store.named_graphs():
        assert isinstance(graph, pyoxigraph.NamedNode)
        assert int(told[graph.value]) == sum(1 for _ in store.quads_for_pattern(None, None, None, graph)), graph
        assert is_true(store, f"ASK {{ {graph} dcterms:title ?t ; dcterms:license ?l }}"), graph


def test_the_ontology_is_there_to_be_asked(store: pyoxigraph.Store) -> None:
    assert is_true(store, "ASK { GRAPH graph:ontology { cg:Tool rdfs:subClassOf cg:Skill ; skos:definition ?d } }")


def test_the_layers_are_left_out_on_demand_and_in_files() -> None:
    plain = open_dataset(list_dataset_files(BUNDLED), direct=False)
    assert not [graph for graph in plain.store.named_graphs() if is_layer(graph.value)]
    assert {quad.graph_name.value for quad in Material.of_files(list_dataset_files(BUNDLED)).quads}.isdisjoint(LAYERS)  # type: ignore[union-attr]


def test_data_without_our_classes_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text("<urn:a> a <urn:b> .")
    assert len(open_dataset([str(tmp_path / "data.ttl")]).store) == 2


def test_imported_data_has_its_own_layers_on_disk(small_onet: Path) -> None:
    alone, joined = open_dataset([str(small_onet)]), open_dataset([*list_dataset_files(BUNDLED), str(small_onet)])
    assert alone.graphs is not None
    assert {graph.rpartition("/")[2] for graph in alone.graphs if is_layer(graph)} == {
        "ontology",
        "direct-onet",
        "metadata-onet",
    }
    occupation = "ASK { ?o a cg:Position, cg:Occupation ; schema:skills ?s ; cg:leadsTo ?to ; rdfs:label ?l }"
    assert is_true(joined.store, occupation)
    assert is_true(joined.store, "ASK { role:ai-ethicist schema:skills ?s ; a cg:Position }")
    own = [pyoxigraph.NamedNode(graph) for graph in alone.graphs]
    assert bool(alone.store.query(occupation, prefixes=PREFIXES, default_graph=own))  # type: ignore[arg-type]
    assert not alone.store.query("ASK { ?r a cg:Role }", prefixes=PREFIXES, default_graph=own)  # type: ignore[arg-type]


def test_what_an_import_stores_is_what_follows_in_memory(small_onet: Path) -> None:
    files = [*list_dataset_files(BUNDLED), str(small_onet)]
    on_disk, in_memory = open_dataset(files), OpenStore(open_store(files, direct=True), None)

    def conclusions(opened: OpenStore) -> set[pyoxigraph.Triple]:
        graphs = [graph for graph in opened.store.named_graphs() if graph.value.startswith(DIRECT)]
        return {quad.triple for graph in graphs for quad in opened.store.quads_for_pattern(None, None, None, graph)}

    assert conclusions(on_disk) == conclusions(in_memory)


### Files of a user's


@pytest.mark.parametrize("name", ["mine.ttl", "mine.turtle", "mine.n3", "mine.ttl.gz", "article/mine.ttl", "a b/ü.ttl"])
def test_a_file_is_a_graph_of_its_own_and_the_base_of_its_iris(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(MINE.encode()) if name.endswith(".gz") else MINE.encode())
    assert name_graph(str(path)) == to_file_iri(str(path)) == path.as_uri()
    said = {tuple(term.value for term in quad.triple)[::2] for quad in read_file(str(path))}
    assert said == {(f"{path.as_uri()}#me", CG.Tool), (path.as_uri(), path.parent.as_uri() + "/other")}
    graphs = {graph.value for graph in open_store([str(path)]).named_graphs()}
    assert graphs == {path.as_uri()}


def test_a_base_of_another_scheme_is_the_one_that_counts(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(f"@base <https://example.org/mine> . {MINE}")
    subjects = {quad.subject.value for quad in read_file(str(tmp_path / "mine.ttl"))}  # type: ignore[union-attr]
    assert subjects == {"https://example.org/mine#me", "https://example.org/mine"}


def test_a_file_beside_others_adds_to_no_graph_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "mine.trig"
    path.write_text("<https://w3id.org/careergraph/graph/article> { <urn:a> <urn:b> <urn:c> }")
    files = [*list_dataset_files(BUNDLED), str(path)]
    for read in (open_dataset, Material.of_files, Catalogue.of_files):
        with pytest.raises(UnreadableFile, match="careergraph's own"):
            read(files)


@pytest.mark.parametrize("name", ["mine.trig", "mine.nq", "mine.nq.gz", "mine.jsonld"])
def test_nor_does_one_that_is_read_alone(tmp_path: Path, name: str) -> None:
    path, graph = tmp_path / name, "https://w3id.org/careergraph/graph/direct"
    text = f"<urn:a> <urn:b> <urn:c> <{graph}> ."
    if name.endswith("jsonld"):
        text = json.dumps({"@id": graph, "@graph": [{"@id": "urn:a", "urn:b": {"@id": "urn:c"}}]})
    elif name.endswith("trig"):
        text = f"<{graph}> {{ <urn:a> <urn:b> <urn:c> }}"
    path.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    for read in (open_dataset, Material.of_files, Catalogue.of_files):
        with pytest.raises(UnreadableFile, match="careergraph's own"):
            read([str(path)])


@pytest.mark.parametrize("format_", ["trig", "nquads"])
def test_what_was_exported_comes_back_with_its_graphs_but_adds_to_nothing(tmp_path: Path, format_: str) -> None:
    path = tmp_path / f"all.{'nq' if format_ == 'nquads' else format_}"
    path.write_bytes(export(Material.of_files(list_dataset_files(BUNDLED)), format_).content)
    found = {graph.value.rpartition("/")[2] for graph in open_store([str(path)]).named_graphs()}
    assert found == {"alignments", "article", "courses", "editors", "proxies", "vocabulary"}
    with pytest.raises(UnreadableFile, match="what `export` has written is read alone"):
        open_store([*list_dataset_files(BUNDLED), str(path)])


def test_a_packed_file_that_grows_beyond_measure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl.gz"
    path.write_bytes(gzip.compress(b" " * 5_000_000))
    with pytest.raises(UnreadableFile, match="bytes when unpacked"):
        list(read_file(str(path)))


def test_a_packed_file_that_is_damaged_is_told(tmp_path: Path) -> None:
    whole = gzip.compress(MINE.encode())
    for number, content in enumerate((whole[:-9], b"no gzip", whole[:20] + b"\0" + whole[21:])):
        path = tmp_path / f"{number}.ttl.gz"
        path.write_bytes(content)
        with pytest.raises(UnreadableFile):
            list(read_file(str(path)))


def test_what_follows_from_a_file_of_ones_own_is_under_no_licence_of_ours(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(MINE)
    query = "SELECT ?l { { graph:direct dcterms:license ?l } UNION { graph:ontology dcterms:license ?l } }"
    assert len(asked(open_dataset([str(tmp_path / "mine.ttl")]).store, query)) == 1
    assert len(asked(open_dataset([*list_dataset_files(BUNDLED), str(tmp_path / "mine.ttl")]).store, query)) == 1
    assert len(asked(open_dataset(list_dataset_files(BUNDLED)).store, query)) == 2


def test_the_classes_above_are_those_that_the_rule_concludes(store: pyoxigraph.Store) -> None:
    """Whoever adds a node to a store on disk adds them, and does not ask the rule."""
    above, a = find_superclasses(), pyoxigraph.NamedNode(RDF.type)
    stated = [quad for quad in open_dataset(list_dataset_files(BUNDLED), direct=False).store if quad.predicate == a]
    expected = {(quad.subject, name) for quad in stated for name in above.get(getattr(quad.object, "value", ""), ())}
    rule = store.query(load_rules()["superclasses"], prefixes=PREFIXES)
    assert isinstance(rule, pyoxigraph.QueryTriples)
    of_data = {quad.subject for quad in stated}
    found = {(triple.subject, getattr(triple.object, "value", "")) for triple in rule if triple.subject in of_data}
    assert found
    assert expected == found
