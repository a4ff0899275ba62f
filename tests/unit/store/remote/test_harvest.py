"""What is read of an endpoint: all of it, whatever the endpoint leaves out, and no more than is wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pyoxigraph
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import DatasetTooLarge, EndpointFailed, UnusableDataset
from careergraph.store.locations import list_dataset_files, name_graph
from careergraph.store.oxigraph import open_store
from careergraph.store.remote import harvest
from careergraph.store.remote.endpoint import Endpoint
from careergraph.store.remote.harvest import fetch_all_statements, fetch_career_statements, fetch_statements_with_graphs
from careergraph.store.sources import parse
from careergraph.store.statements import index_statements
from careergraph.transitions.remote_parts import load_for
from faulty_endpoint import Meagre, serving

PREFIXES = """
@prefix cg: <https://w3id.org/careergraph/ontology#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <urn:x:> .
"""


@pytest.fixture(scope="module")
def curated() -> pyoxigraph.Store:
    return open_store(list_dataset_files())


def store_of(turtle: str) -> pyoxigraph.Store:
    """A store with some Turtle in its default graph."""
    store = pyoxigraph.Store()
    store.load(PREFIXES + turtle, format=pyoxigraph.RdfFormat.TURTLE)
    return store


def test_what_has_nothing_to_do_with_careers_is_left_where_it_is() -> None:
    store = store_of(
        """
        :role a cg:Role ; skos:prefLabel "Role"@en ; skos:closeMatch :elsewhere ; skos:inScheme :scheme .
        :claim a cg:Requirement ; schema:about :role ; cg:anyOf :skill ; cg:strength :strength .
        :strength skos:prefLabel "badly needed"@en ; cg:weight 0.5 ; skos:broader :wider .
        :wider skos:prefLabel "wider"@en .
        :scheme skos:prefLabel "scheme"@en .
        :elsewhere skos:prefLabel "elsewhere"@en .
        :other a :Something ; skos:prefLabel "other"@en .
        """
    )
    with serving(Meagre(store, most=100)) as server:
        found = index_statements(fetch_career_statements(Endpoint(server.url)))
    assert [iri.removeprefix("urn:x:") for iri in found] == ["claim", "role", "scheme", "strength", "wider"]
    assert Catalogue(found).label("urn:x:strength") == "badly needed"


def test_blank_nodes_keep_together() -> None:
    store = store_of(
        """
        :role a cg:Role ; skos:prefLabel "Role"@en .
        [] a cg:Requirement ; schema:about :role ; cg:anyOf :one , :two .
        [] a cg:Requirement ; schema:about :role ; cg:anyOf [ a cg:Skill ; skos:prefLabel "Nameless"@en ] .
        """
    )
    with serving(Meagre(store, most=100)) as server:
        found = pyoxigraph.Dataset(quad(triple) for triple in fetch_career_statements(Endpoint(server.url)))
    expected = pyoxigraph.Dataset(store)
    for dataset in (found, expected):
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    assert set(found) == set(expected)


def quad(triple: pyoxigraph.Triple) -> pyoxigraph.Quad:
    return pyoxigraph.Quad(triple.subject, triple.predicate, triple.object)


def test_a_node_with_more_statements_than_an_endpoint_gives_is_told() -> None:
    store = store_of(":role a cg:Role ; skos:altLabel " + ", ".join(f'"name {number}"' for number in range(30)) + " .")
    with serving(Meagre(store, most=20)) as server, pytest.raises(EndpointFailed) as caught:
        fetch_career_statements(Endpoint(server.url))
    assert str(caught.value) == (
        f"{server.url}/ did not answer: of <urn:x:role> it counts 31 statements and gives 20; it limits its answers "
        "more than can be worked round, or is being changed."
    )


def test_blank_nodes_that_an_endpoint_gives_in_part_are_told() -> None:
    store = store_of("".join(f"[] a cg:Claim ; schema:about :role{number} ." for number in range(30)))
    with serving(Meagre(store, most=20)) as server, pytest.raises(EndpointFailed) as caught:
        fetch_career_statements(Endpoint(server.url))
    assert "of nodes without an IRI it counts 60 statements and gives 20" in str(caught.value)


def test_more_than_can_be_taken_is_refused_before_it_is_fetched(
    curated: pyoxigraph.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvest, "MOST_STATEMENTS", 5_000)
    with serving(Meagre(curated, most=10_000)) as server, pytest.raises(DatasetTooLarge) as caught:
        fetch_all_statements(Endpoint(server.url))
    assert len(server.requests) == 1
    statements = sum(1 for _ in curated.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()))
    assert str(caught.value) == (
        f"Cannot use '{server.url}/' as a data set: it has {statements:,} statements to read, and 5,000 are the most; "
        "write the graphs that matter into the address (?default-graph-uri=IRI), or ask by `careergraph sparql`."
    )


def test_too_many_graphs_are_refused(curated: pyoxigraph.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harvest, "MOST_GRAPHS", 2)
    with (
        serving(Meagre(curated, most=10_000)) as server,
        pytest.raises(DatasetTooLarge, match="more than 2 named graphs"),
    ):
        list(fetch_statements_with_graphs(Endpoint(server.url)))


@pytest.mark.parametrize(
    "load",
    [
        Catalogue.load,
        partial(load_for, "show", ["nurse"]),
        partial(load_for, "search", ["nurse"]),
        partial(load_for, "gap", ["nurse", "AI ethicist"]),
        partial(load_for, "path", ["nurse", "AI ethicist"]),
    ],
    ids=["all of it", "show", "search", "gap", "path"],
)
def test_an_endpoint_with_nothing_about_careers_is_told(load: Callable[[str], Catalogue]) -> None:
    with serving(Meagre(store_of(":a :b :c ."), most=100)) as server, pytest.raises(UnusableDataset) as caught:
        load(server.url)
    assert str(caught.value) == (
        f"Cannot use '{server.url}/' as a data set: its default graph has no node of a class of careergraph's "
        "ontology; where named graphs have them, write these into the address: ?default-graph-uri=IRI."
    )


def test_an_endpoint_that_takes_too_long_or_sends_too_much_is_told(curated: pyoxigraph.Store) -> None:
    with serving(Meagre(curated, most=10_000)) as server:
        with pytest.raises(EndpointFailed, match=r"longer than 1e-06 s over a part of what is to be read"):
            fetch_all_statements(Endpoint(server.url, total=1e-6))
        with pytest.raises(EndpointFailed, match=r"a part of what is to be read is larger than 9,000 bytes"):
            fetch_all_statements(Endpoint(server.url, largest=9_000))


def test_what_is_in_no_named_graph_belongs_to_the_host() -> None:
    with serving(Meagre(store_of(":a :b :c ."), most=100)) as server:
        (found,) = parse(server.url)
    assert found.graph_name == pyoxigraph.DefaultGraph()
    assert name_graph("https://ann:secret@example.org:8080/sparql?key=1") == (
        "https://w3id.org/careergraph/graph/example.org-8080"
    )
