"""The questions that come with the package, asked of another engine and of data in another order."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.prefixes import PREFIXES
from careergraph.sparql.saved_queries import (
    SavedQuery,
    load_saved_queries,
)
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_store
from make_query_results import answer, bind

QUERIES = {query.name: query for query in load_saved_queries()}
every_query = pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    return open_store(list_dataset_files())


@pytest.fixture(scope="module")
def other_engine(store: pyoxigraph.Store) -> rdflib.Dataset:
    """The same data in rdflib's own store, which its own engine asks."""
    dataset = rdflib.Dataset(default_union=False)
    content = pyoxigraph.serialize(store, format=pyoxigraph.RdfFormat.N_QUADS)
    dataset.parse(data=content, format="nquads")
    return dataset


### Headers


### Parameters


### Answers


def turtle(text: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=text, format="turtle")


@every_query
def test_answers_do_not_depend_on_the_order_of_the_data(
    query: SavedQuery, backwards: pyoxigraph.Store, store: pyoxigraph.Store, catalogue: Catalogue
) -> None:
    text = bind(catalogue, query)
    assert answer(backwards, text) == answer(store, text)


@pytest.fixture(scope="module")
def backwards(store: pyoxigraph.Store) -> pyoxigraph.Store:
    """The same data, last statement first."""
    other = pyoxigraph.Store()
    for quad in reversed(list(store)):
        other.add(quad)
    return other


@every_query
@pytest.mark.filterwarnings("ignore:Dataset.contexts is deprecated:DeprecationWarning")  # rdflib warns of its insides
def test_another_engine_answers_the_same(
    query: SavedQuery, store: pyoxigraph.Store, other_engine: rdflib.Dataset, catalogue: Catalogue
) -> None:
    """So the query is SPARQL 1.1, and nothing that only one engine makes of it."""
    text = bind(catalogue, query)
    expected = store.query(text, prefixes=PREFIXES)
    found = other_engine.query(text, initNs=PREFIXES)
    if isinstance(expected, pyoxigraph.QueryTriples):
        assert found.graph is not None
        assert isomorphic(found.graph, turtle("\n".join(f"{triple} ." for triple in expected)))
    elif isinstance(expected, pyoxigraph.QueryBoolean):
        assert found.askAnswer == bool(expected)
    else:
        names = [variable.value for variable in expected.variables]
        assert [str(name) for name in found.vars or ()] == names
        rows: Any = found
        assert Counter(tuple(_n3(row[name]) for name in names) for row in rows) == Counter(
            tuple(_n3(_term(solution[name])) for name in names) for solution in expected
        )


def _n3(term: rdflib.term.Node | None) -> str | None:
    return None if term is None else term.n3()


def _term(found: object) -> rdflib.term.Node | None:
    if isinstance(found, pyoxigraph.Literal):
        datatype = None if found.language or found.datatype.value.endswith("#string") else found.datatype.value
        return rdflib.Literal(found.value, lang=found.language, datatype=datatype and rdflib.URIRef(datatype))
    return rdflib.URIRef(found.value) if isinstance(found, pyoxigraph.NamedNode) else None


### The command
