"""Which queries look cheap: those that may pass the queue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careergraph.rdf.query_text import Query
from careergraph.server.workers.query_cost import MOST_PATTERNS, is_cheap

CHEAP = (
    "ASK {}",
    "ASK { role:ai-ethicist a cg:Role }",
    "ASK { ?s ?p ?o }",
    "DESCRIBE role:ai-ethicist",
    "DESCRIBE ?role { ?role skos:prefLabel 'AI ethicist'@en }",
    "SELECT * { ?s ?p ?o } LIMIT 10",
    "SELECT ?label { role:ai-ethicist skos:prefLabel ?label }",
    "SELECT ?label WHERE { role:ai-ethicist skos:prefLabel ?label . }",
    "SELECT ?role { ?role a cg:Role }",
    "SELECT ?role ?label { ?role a cg:Role ; skos:prefLabel ?label, ?other FILTER (lang(?label) = 'en') }",
    "PREFIX a: <http://a/> SELECT DISTINCT * { ?s a:b 'x'^^xsd:string . OPTIONAL { ?s a:c ?c } } LIMIT 5 OFFSET 5",
    "CONSTRUCT { ?s ?p ?o } WHERE { BASE:x ?p ?o . ?o ?q ?s }",
    "ASK { ?s a cg:Role # with a UNION in a comment and a ?c ?d ?e\n }",
    'SELECT ?s { ?s skos:prefLabel "?a ?b ?c . GROUP BY" }',
)
COSTLY = (
    "nonsense",
    "SELECT * { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ORDER BY ?s LIMIT 1",
    "SELECT (COUNT(*) AS ?n) { ?s a cg:Role }",
    "SELECT ?s { ?s a cg:Role } GROUP BY ?s",
    "SELECT * { ?a a cg:Role . ?b a cg:Role }",
    "SELECT * { ?a a cg:Role ; ?p ?c . ?b a cg:Role ; ?q ?d }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1",
    "SELECT * { ?a skos:broader+ skill:python }",
    "SELECT * { ?a skos:broader/skos:prefLabel ?b . skill:python ?p ?a }",
    "SELECT * { ?a ^skos:broader skill:python }",
    "SELECT * { ?a skos:broader|skos:related skill:python }",
    "SELECT * { ?a skos:broader? skill:python }",
    "SELECT * { ?a a cg:Role { SELECT * { ?a ?b ?c } } }",
    "SELECT * { { ?a a cg:Role } UNION { ?a a cg:Skill } }",
    "SELECT * { ?s skos:prefLabel ?l FILTER regex(?l, 'x') }",
    "SELECT * { ?s a cg:Role FILTER NOT EXISTS { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { 1 2 } role:ai-ethicist ?p ?x }",
    "SELECT * { role:ai-ethicist ?p ?x BIND (1 AS ?y) }",
    "SELECT * { GRAPH ?g { role:ai-ethicist ?p ?x } }",
    "SELECT * { role:a ?p ?b . ?b ?q ?c . ?c ?r ?d . ?d ?s ?e . ?e ?t ?f }",
    "SELECT * { [] a cg:Role ; ?p ?o }",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "DESCRIBE ?s { ?s ?p ?o }",
    "DESCRIBE ?s",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "SELECT * { role:a role:b role:c role:d }",
    "SELECT ?label { role:ai-ethicist skos:prefLabel ?label }" + " " * 3_000,
)


@pytest.mark.parametrize("query", CHEAP)
def test_looks_cheap(query: str) -> None:
    assert is_cheap(Query(query))


@pytest.mark.parametrize("query", COSTLY)
def test_does_not_look_cheap(query: str) -> None:
    assert not is_cheap(Query(query))


variables = st.sampled_from(["?a", "?b", "?c", "?d", "?e"])
patterns = st.lists(st.tuples(variables, variables), min_size=1, max_size=MOST_PATTERNS)


@given(patterns)
def test_patterns_that_do_not_hang_together_never_look_cheap(pairs: list[tuple[str, str]]) -> None:
    groups: list[set[str]] = []
    for pair in pairs:
        near = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in near] + [set(pair).union(*near)]
    text = " . ".join(f"{one} skos:related {other}" for one, other in pairs)
    look_up = f"{pairs[0][0]} skos:prefLabel 'x'"
    query = f"SELECT * {{ {look_up} . {text} }}"
    assert is_cheap(Query(query)) == (len(groups) == 1 and len(pairs) < MOST_PATTERNS)


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert is_cheap(Query(text)) in (True, False)
