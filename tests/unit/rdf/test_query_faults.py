"""What is wrong with the meaning of a query is told as such, with its place."""

from __future__ import annotations

import pyoxigraph
import pytest

from careergraph.model.errors import BadQuery
from careergraph.sparql.evaluation import evaluate

#: Query → the column, and what is said.
FAULTS = {
    "SELECT ?x { BIND(1 AS ?x) BIND(2 AS ?x) }": (37, "?x is bound already; AS needs a name of its own"),
    "SELECT * { ?s ?p ?o BIND(1 AS ?o) }": (31, "?o is bound already; AS needs a name of its own"),
    "SELECT (1 AS ?x) (2 AS ?x) {}": (24, "SELECT names ?x twice; each column needs a name of its own"),
    "SELECT ?s (COUNT(*) AS ?s) { ?s ?p ?o }": (24, "SELECT names ?s twice; each column needs a name of its own"),
    "SELECT * { <http://a/b c> ?p ?o }": (23, "an IRI has no space in it; write %20 for one"),
    "SELECT * { ?s <my prop> ?o }": (18, "an IRI has no space in it; write %20 for one"),
    "PREFIX a: <b c> SELECT * {}": (13, "an IRI has no space in it; write %20 for one"),
    "SELECT * { <http://a{b}> ?p ?o }": (21, "an IRI has no { in it; write %7B for one"),
    "SELECT * { ?s ?p <a/b|c> }": (22, "an IRI has no | in it; write %7C for one"),
    "SELECT (?x AS ?x) { ?x ?y ?z }": (15, "?x is bound already; AS needs a name of its own"),
    "SELECT * { ?x ?y ?z } GROUP BY ?x": (8, "SELECT * cannot stand with GROUP BY; name the columns"),
    "SELECT (SUM(?x)+?y AS ?z) { ?x ?p ?y }": (1, "SELECT computes with a variable that GROUP BY leaves out"),
    "SELECT * { ?s ?p _:a . { ?x ?y _:a } }": (
        32,
        "_:a stands in two groups; a blank node is of one, so use a variable",
    ),
    "SELECT * { ?s ?p ?o FILTER(?s = <http://[x>) }": (33, "<http://[x> is not an IRI"),
    "SELECT * { VALUES (?a ?a) { (1 2) } }": (19, "VALUES names a variable twice"),
    'SELECT * { VALUES (?a ?b) { (1 "x"^^xsd:int) (1) } }': (46, "this row has 1 value where 2 belong"),
    "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999": (29, "the number is too large"),
    "SELECT (xsd:foo(1) AS ?x) {}": (None, "there is no function <http://www.w3.org/2001/XMLSchema#foo>"),
}


@pytest.mark.parametrize("query", FAULTS)
def test_a_fault_of_meaning_is_told_as_such(query: str) -> None:
    with pytest.raises(BadQuery) as raised:
        evaluate(pyoxigraph.Store(), query, "csv")
    assert (raised.value.column, raised.value.reason) == FAULTS[query]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (1 AS ?x) (?x + 1 AS ?y) { FILTER(1 < 2 && 3 > 2) }",
        "SELECT ?x (COUNT(?x) AS ?n) { VALUES (?x ?y) { (1 UNDEF) (<a:b> 'c'@en) } } GROUP BY ?x",
        "SELECT * { ?x ?y ?z FILTER(?x <?y && ?y> 3 || ?x <str(?z) && 4>3) }",
        "SELECT * { _:a ?p ?o . ?o ?q _:a { ?s ?p ?o } }",
        "SELECT * { { BIND(1 AS ?x) } UNION { BIND(2 AS ?x) } }",
    ],
)
def test_what_only_looks_like_such_a_fault_is_answered(query: str) -> None:
    assert evaluate(pyoxigraph.Store(), query, "csv").form == "SELECT"
