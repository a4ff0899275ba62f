"""All that an endpoint has is read, however little it gives at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_store
from careergraph.store.remote.endpoint import Endpoint
from careergraph.store.remote.harvest import fetch_all_statements, fetch_career_statements
from careergraph.store.statements import index_statements, read_statements
from faulty_endpoint import Endpoint as Server
from faulty_endpoint import Meagre, serving

ID = "https://w3id.org/careergraph/id/"

PREFIXES = """
@prefix cg: <https://w3id.org/careergraph/ontology#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <urn:x:> .
"""


@pytest.fixture(scope="module")
def curated() -> pyoxigraph.Store:
    return open_store(list_dataset_files())


@pytest.fixture
def few(curated: pyoxigraph.Store) -> Iterator[Server]:
    """The curated graph at an endpoint that gives a thousand rows at once."""
    with serving(Meagre(curated, most=1_000)) as server:
        yield server


def test_an_endpoint_that_cuts_its_answers_silently_is_read_in_full(few: Server, curated: pyoxigraph.Store) -> None:
    found = fetch_all_statements(Endpoint(few.url))
    expected = {quad.triple for quad in curated.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())}
    assert set(found) == expected
    assert len(found) == len(expected)


def test_the_catalogue_of_an_endpoint_is_that_of_the_files(few: Server) -> None:
    found = index_statements(fetch_career_statements(Endpoint(few.url)))
    # A store writes 1.0 as 1: numbers are compared as numbers.
    assert list(map(plain, found.items())) == list(map(plain, read_statements(list_dataset_files()).items()))


def plain(node: tuple[str, dict[str, list[str]]]) -> object:
    iri, by_predicate = node
    weight = "https://w3id.org/careergraph/ontology#weight"
    return iri, sorted((p, list(map(float, o)) if p == weight else o) for p, o in by_predicate.items())


def test_a_request_brings_hundreds_of_nodes(curated: pyoxigraph.Store) -> None:
    with serving(Meagre(curated, most=10_000)) as server:
        found = fetch_career_statements(Endpoint(server.url))
        # Each round of what is pointed to counts and lists its nodes, and then takes 400 of them at a time.
        rounds, nodes = 3, len({triple.subject for triple in found})
        assert nodes > 3_000
        assert len(server.requests) <= 2 * rounds + -(-nodes // 400) + rounds


def quad(triple: pyoxigraph.Triple) -> pyoxigraph.Quad:
    return pyoxigraph.Quad(triple.subject, triple.predicate, triple.object)


def test_statements_keep_the_graphs_of_their_sources(few: Server, curated: pyoxigraph.Store) -> None:
    assert set(open_store([few.url])) == set(curated)


def test_an_endpoint_and_a_file_are_asked_together(few: Server, tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        PREFIXES + ':role a cg:Role ; skos:prefLabel "Prompt wrangler"@en .\n'
        f":claim a cg:Requirement ; schema:about :role ; cg:anyOf <{ID}skill/python> ; cg:strength "
        f"<{ID}strength/required> .\n"
    )
    from careergraph.api import CareerGraph

    graph = CareerGraph(Catalogue.load(few.url, str(own)))
    (asked,) = graph.show("prompt wrangler").requirements
    assert (asked.any_of[0].label, asked.strength) == ("Python", "required")
