"""Why a query finds nothing: what it names that the data does not have, and texts without their language."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph
import pytest

from careergraph.rdf.query_text import Query
from careergraph.rdf.results import RESULT_FORMATS
from careergraph.sparql.empty_answers import explain_empty, is_empty
from careergraph.sparql.evaluation import evaluate
from careergraph.store.locations import BUNDLED, list_dataset_files
from careergraph.store.oxigraph import open_dataset

LANGUAGE = '"AI ethicist" has a language here: write "AI ethicist"@en.'


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    return open_dataset(list_dataset_files(BUNDLED)).store


@pytest.fixture
def explain(store: pyoxigraph.Store) -> Callable[[str], tuple[str, ...]]:
    return lambda query: explain_empty(store, Query.of(query))


@pytest.mark.parametrize("format_", RESULT_FORMATS)
def test_only_an_answer_without_rows_is_empty(store: pyoxigraph.Store, format_: str) -> None:
    empty = {
        "SELECT ?x ?y { ?x a <urn:none> ; ?p ?y }": True,
        "ASK { ?x a <urn:none> }": True,
        "SELECT ?x { ?x a cg:Role }": False,
        "ASK { ?x a cg:Role }": False,
        'SELECT ("" AS ?x) {}': False,
    }
    assert {query: is_empty(evaluate(store, query, format_).content, format_) for query in empty} == empty


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { ?role schema:hiringOrganization ?who }", ("No data here uses schema:hiringOrganization.",)),
        ("SELECT * { ?x a <urn:none> }", ("No data here uses urn:none.",)),
        ("PREFIX my: <urn:my:> SELECT * { ?x my:own 'x'^^my:type }", ("No data here uses urn:my:own.",)),
        ("BASE <urn:none> ASK { ?x a cg:Role ; schema:price 0 }", ()),
        ("ASK { ?x a cg:Occupation }", ("No data here uses cg:Occupation.",)),
        ('SELECT * { ?role rdfs:label "AI ethicist" }', (LANGUAGE,)),
        ("SELECT * { ?role rdfs:label 'AI ethicist' }", (LANGUAGE,)),
        ('SELECT * { ?role rdfs:label "AI ethicist"@nl }', ()),
        ('SELECT * { ?role rdfs:label ?l FILTER(?l = "AI ethicist") }', (LANGUAGE,)),
        # Where the text is not the reason, nothing is said of it.
        ('SELECT * { ?role rdfs:label ?l ; schema:price ?p FILTER(STR(?l) = "AI ethicist") }', ()),
        ('SELECT * { ?role a cg:Role ; rdfs:label ?l ; schema:price ?p FILTER(CONTAINS(?l, "Python")) }', ()),
        ('SELECT * { ?role rdfs:label "AI ethicist" ; schema:price ?p }', ()),
        ('SELECT * { ?role rdfs:label "AI ethicist" ; schema:hired ?p }', ("No data here uses schema:hired.",)),
        (
            'SELECT * { ?role rdfs:label "AI ethicist" ; schema:skills/rdfs:label "Research skills" }',
            (LANGUAGE, '"Research skills" has a language here: write "Research skills"@en.'),
        ),
        (r'SELECT * { ?role rdfs:label "AI \"ethicist\"" ; cg:weight "0.1"^^xsd:decimal }', ()),
        ("ASK { role:ai-ethicist cg:leadTo ?b }", ()),
        ("ASK { cg:Role rdfs:subClassOf cg:Claim }", ()),
        ("ASK { GRAPH graph:article { ?x cg:leadsTo ?y } }", ()),
        ("ASK { GRAPH <urn:graph> { ?x cg:leadsTo ?y } }", ("No data here uses urn:graph.",)),
        ("ASK { ?x <urn:a> <urn:a> }", ("No data here uses urn:a.",)),
    ],
)
def test_what_is_told(explain: Callable[[str], tuple[str, ...]], query: str, told: tuple[str, ...]) -> None:
    assert explain(query) == told


def test_a_query_that_takes_long_is_not_asked_again(store: pyoxigraph.Store) -> None:
    query = Query.of('SELECT * { ?role rdfs:label "AI ethicist" }')
    assert explain_empty(store, query, took=2) == ()


def test_a_long_list_is_not_looked_up_term_by_term(explain: Callable[[str], tuple[str, ...]]) -> None:
    terms = " ".join(f"<urn:none:{number}>" for number in range(1_000))
    assert len(explain(f"SELECT * {{ VALUES ?x {{ {terms} }} ?x a cg:Role }}")) == 20


def test_it_comes_with_an_empty_answer_and_no_other(store: pyoxigraph.Store) -> None:
    assert evaluate(store, 'ASK { ?x rdfs:label "AI ethicist" }', "json").remarks == (LANGUAGE,)
    assert evaluate(store, 'ASK { ?x rdfs:label "AI ethicist" } ', "csv").remarks == (LANGUAGE,)
    either = 'ASK { { ?x rdfs:label "AI ethicist" } UNION { ?x a cg:Role } }'
    assert evaluate(store, either, "json").remarks == ()
    assert evaluate(store, "CONSTRUCT WHERE { ?x a <urn:none> }", "turtle").remarks == ()
