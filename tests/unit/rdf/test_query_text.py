"""What the text of a query shows before it runs, and what is refused there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from careergraph.model.errors import BadParameter, BadQuery
from careergraph.rdf import query_text
from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.query_errors import WORDS, explain
from careergraph.rdf.query_text import (
    LONGEST_QUERY,
    UPDATE_FORMS,
    Query,
    Token,
    place,
    with_columns,
    with_params,
    with_prefixes,
)
from careergraph.sparql.evaluation import evaluate
from careergraph.sparql.isolation.messages import Header
from careergraph.sparql.isolation.processes import Worker
from careergraph.sparql.sandbox import Sandbox

STORE = pyoxigraph.Store()
FORMS = {
    "SELECT * {}": "SELECT",
    "# ASK\nBASE <http://ASK/> PREFIX a: <http://a/> prefix b: <http://b/> select * {}": "SELECT",
    "ask {}": "ASK",
    "CONSTRUCT WHERE {}": "CONSTRUCT",
    "DESCRIBE <http://a/>": "DESCRIBE",
    "INSERT DATA {}": "UPDATE",
    "PREFIX a: <http://a/> LOAD a:b": "UPDATE",
    "hello": None,
    "PREFIX": None,
    "": None,
}


@pytest.mark.parametrize(("text", "form"), FORMS.items())
def test_the_form_stands_behind_the_prologue(text: str, form: str | None) -> None:
    assert Query(text).form == form


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE' }",
        'SELECT * { ?s ?p """a "SERVICE" {{{ """ }',
        "SELECT * { ?s ?p ?SERVICE } # SERVICE {{{",
        "SELECT * { ?s <http://SERVICE/> ?o }",
        "SELECT * { ?s cg:SERVICE ?o }",
        "SELECT * { ?s ?p 'it\\'s SERVICE' }",
    ],
)
def test_a_word_in_a_string_a_comment_or_a_name_is_no_keyword(text: str) -> None:
    found = Query(text).check()
    assert ("SERVICE" in found.words, found.depth) == (False, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (" \n", "it is empty"),
        ("SELECT * {} #" + " " * 250_000, "it is 250,013 characters long; at most 250,000 are allowed"),
        ("SELECT * " + "{" * 101 + "}" * 101, "brackets stand 101 deep inside each other; at most 100 are allowed"),
        ("DELETE WHERE { ?s ?p ?o }", "it is an update, and the data can only be read"),
        ("SELECT * { SERVICE <http://a/> {} }", "it asks another server (SERVICE)"),
        ("SELECT * { service silent ?a {} }", "it asks another server (SERVICE)"),
        ("SELECT * { \\u0053ERVICE <http://a/> {} }", "it asks another server (SERVICE)"),
        ("SELECT * { \\U00000053ERVIC\\u0045 <http://a/> {} }", "it asks another server (SERVICE)"),
        ("SELECT * { ?s ?p '\udc80' }", "it holds half of a sign"),
    ],
)
def test_what_may_not_be_asked_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(BadQuery) as caught:
        Query(text).check()
    assert caught.value.reason.startswith(reason)


def test_columns_stand_in_the_order_in_which_the_query_names_them() -> None:
    found = Query("SELECT DISTINCT * { ?z ?a ?m . { SELECT * { ?z ?a ?m } } }")
    named = with_columns(found, ["a", "m", "z"])
    assert named == "SELECT DISTINCT ?z ?a ?m { ?z ?a ?m . { SELECT * { ?z ?a ?m } } }"


@pytest.mark.parametrize("text", ["SELECT ?a { ?a ?b ?c }", "SELECT (COUNT(*) AS ?n) {}", "ASK {}", "SELECT * {}"])
def test_other_queries_keep_their_columns(text: str) -> None:
    assert with_columns(Query(text), []) is None


def test_prefixes_of_ours_are_declared_where_they_are_used_and_missing() -> None:
    text = "PREFIX cg: <http://other/> SELECT * { ?s a cg:Role ; skos:prefLabel 'schema:x' ; own:p ?o }"
    assert with_prefixes(text) == f"PREFIX skos: <{PREFIXES['skos']}> {text}"


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("SELECT ?l { ?x ?p ?l }", "SELECT ?l { VALUES ?x { 1 } ?x ?p ?l }"),
        (
            "SELECT ?l FROM <http://a/> WHERE { ?x ?p ?l }",
            "SELECT ?l FROM <http://a/> WHERE { VALUES ?x { 1 } ?x ?p ?l }",
        ),
        ("CONSTRUCT { ?x ?p ?l } WHERE { ?x ?p ?l }", "CONSTRUCT { ?x ?p ?l } WHERE { VALUES ?x { 1 } ?x ?p ?l }"),
        ("SELECT (SUM(?x + ?y) AS ?z) { ?x ?p ?y }", "SELECT (SUM(?x + ?y) AS ?z) { VALUES ?x { 1 } ?x ?p ?y }"),
        ("DESCRIBE ?x { ?x ?p ?y }", "DESCRIBE ?x { VALUES ?x { 1 } ?x ?p ?y }"),
        ("SELECT ?l { $x ?p ?l }", "SELECT ?l { VALUES ?x { 1 } $x ?p ?l }"),
    ],
)
def test_a_parameter_is_bound_in_the_outer_group(text: str, bound: str) -> None:
    assert with_params(text, {"x": "1"}) == bound
    STORE.query(bound)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT * { ?y ?p ?l }", "the query has no variable ?x"),
        ("CONSTRUCT WHERE { ?x ?p ?l }", "the query has no WHERE group to bind it in"),
        ("DESCRIBE ?x", "the query has no WHERE group to bind it in"),
    ],
)
def test_a_parameter_that_cannot_be_bound_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadParameter) as caught:
        with_params(text, {"x": "1"})
    assert caught.value.reason == reason


FAULTS = {
    "SELECT ?x WHRE { ?x a cg:Role }": (1, 11, "WHRE is not a word of SPARQL; did you mean WHERE?"),
    "SELECT ?x {\n  ?x a cgg:Role }": (2, 8, "the prefix cgg: is not declared; did you mean cg:?"),
    "SELECT ?x { ?x a cg:Role": (1, 11, "this { is never closed"),
    "SELECT ?x { ?x a cg:Role } }": (1, 28, "this } closes nothing"),
    "SELECT ?x { (?x a cg:Role }": (1, 27, "this } closes nothing"),
    'SELECT ?x { ?x ?p "abc }': (1, 19, "this string has no end"),
    "SELECT ?x { ?x <p> ?y }": (1, 16, "<p> is a relative IRI; write it in full, or with a prefix"),
    "SELECT ?x { ?x ?p ?y } LIMIT -1": (1, 30, "the syntax breaks near -"),
    "SELECT ?x { FILTER(?x = ) }": (1, 25, "the syntax breaks near )"),
    "SELECT ?x": (1, 10, "it ends too early"),
    "SELECT (COUNT(?x) AS ?n) ?y { ?x a ?y }": (1, 1, "SELECT names a variable that GROUP BY leaves out"),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.items())
def test_a_fault_is_told_with_its_place(text: str, expected: tuple[int, int, str]) -> None:
    with pytest.raises(SyntaxError) as caught:
        STORE.query(text, prefixes=PREFIXES)
    error = explain(text, caught.value.msg)
    assert (error.line, error.column, error.reason) == expected


def test_the_caret_stands_under_the_fault() -> None:
    _, row, caret = str(explain("ASK {\n ?s ?p ?o WHRE }", "error at 2:15: expected WHERE")).splitlines()
    assert row[caret.index("^") :].startswith("WHRE")


def test_the_caret_finds_its_place_in_a_long_line() -> None:
    text = "ASK { " + "?s ?p ?o . " * 40 + "WHRE " + "?s ?p ?o . " * 40 + "}"
    _, row, caret = str(explain(text, "error at 1:1: expected WHERE")).splitlines()
    assert row[caret.index("^") :].startswith("WHRE")
    assert len(row) <= 80


def test_every_keyword_of_the_grammar_is_known() -> None:
    for word in ("select", "group_concat", "encode_for_uri", "sameTerm", "isNumeric", "NOT", "EXISTS", "a", "true"):
        assert word.upper() in WORDS


@given(st.text(st.sampled_from("?x {}()'\"<>#\\\n.:aSELECTERVI*[]"), max_size=60))
def test_any_text_is_scanned_whole(text: str) -> None:
    tokens = Query(text).tokens
    assert all(text[token.start :].startswith(token.text) for token in tokens)
    assert all(one.start + len(one.text) <= other.start for one, other in pairwise(tokens))


PIECES = (*UPDATE_FORMS, *FORMS, "service", "BASE", "prefix", *"?$:_.-{3aé@<>'\\ \n#%", "\udc80", "\\u0053", "{" * 101)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_what_is_harmless_at_a_glance_is_never_refused(text: str) -> None:
    if Query(text).is_plain:
        assert Query(text).check().form in ("SELECT", "ASK", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT ?to { ?move cg:origin ?to ; cg:load $with }", True),
        ("ASK {" + " " * LONGEST_QUERY + "}", False),
        ("MOVE GRAPH ?a TO ?b", False),
        (" ", False),
    ],
    ids=["words in variables and names", "too long", "an update", "empty"],
)
def test_a_glance_tells_queries_on_moves_from_updates(text: str, expected: bool) -> None:
    assert Query(text).is_plain is expected


@pytest.mark.parametrize("prefix", PREFIXES)
def test_prefixes_of_ours_are_known_wherever_a_name_may_stand(prefix: str) -> None:
    places = (
        "CONSTRUCT {{{0} {0} '1'^^{0}}}\nWHERE{{ {0}(^{0}|!({0}|^{0})/{0}?)*?é,{0};{0}[{0}\t{0}] }}",
        "SELECT(({0}=?é)AS ?same){{ FILTER(?é!={0}||?é IN({0},{0})) VALUES ?x{{{0}}} GRAPH {0}{{}}# {0}\n}}",
    )
    for place_ in places:
        parsed(place_.format(f"{prefix}:a"))
        assert refusal(place_.format(f"{prefix}:a")) != ""


def parsed(text: str) -> None:
    """Have a query evaluated on nothing, with our prefixes as far as they seem to be in it."""
    evaluate(STORE, text, "nt" if text.startswith("CONSTRUCT") else "csv")


@given(st.text(st.sampled_from("ab\r\né"), max_size=30), st.integers(0, 30))
def test_a_place_names_the_sign_at_it(text: str, start: int) -> None:
    if start < len(text) and text[start] not in "\r\n":
        _, column, row = place(text, start)
        assert row[column - 1] == text[start]


@given(st.text(max_size=80))
def test_what_the_engine_refuses_has_an_explanation(text: str) -> None:
    message = ""
    with suppress(ValueError):  # half of a sign
        message = refusal(text)
    assert "\n" not in explain(text, message).reason


def refusal(text: str) -> str:
    try:
        STORE.query(text)
    except SyntaxError as error:
        return error.msg
    return ""


#: Texts on which a scan that ever goes back would work for minutes: it stands still at each of the pieces.
LONG = 240_000
TIRESOME = {
    "names with dots": "ASK {" + "a." * (LONG // 2),
    "names with hyphens": "ASK {" + "a-" * (LONG // 2),
    "long strings without end": 'ASK {"""\n' + '\\"""\n' * (LONG // 5),
    "strings without end": 'ASK {"' + '\\"' * (LONG // 2),
    "blank nodes without name": "ASK {" + "_:." * (LONG // 3),
    "brackets of IRIs": "ASK {" + "<a" * (LONG // 2),
    "colons": ":" * LONG,
    "half escapes": "\\u" * (LONG // 2),
    "comments": '#"\n' * (LONG // 3),
}


@pytest.mark.parametrize("text", TIRESOME.values(), ids=TIRESOME)
def test_a_text_made_to_be_slow_is_scanned_all_the_same(text: str) -> None:
    found = Query(text)
    assert len(found.tokens) <= len(text)
    assert found.depth <= 1


def test_a_name_without_a_colon_is_words_and_signs() -> None:
    kinds = [(token.kind, token.text) for token in Query("true. a-b a.b:c.d. x1").tokens]
    assert kinds == [
        ("word", "true"),
        ("sign", "."),
        ("word", "a"),
        ("sign", "-"),
        ("word", "b"),
        ("name", "a.b:c.d"),
        ("sign", "."),
        ("word", "x1"),
    ]


### Once read, a query is not read again


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that have been read, in order."""
    texts: list[str] = []

    def noting(text: str) -> Iterator[Token]:
        texts.append(text)
        return tokens(text)

    tokens = query_text._tokens
    monkeypatch.setattr(query_text, "_tokens", noting)
    return texts


def test_a_query_is_read_once_however_much_is_asked_of_it(readings: list[str]) -> None:
    query = Query("SELECT * FROM <http://a/> { ?s a cg:Role }")
    assert query.check().check() is Query.of(query)
    assert (query.form, query.star, query.variables, query.sources) == ("SELECT", 7, ("?s",), ((False, "<http://a/>"),))
    assert with_columns(query, ["s"]) == "SELECT ?s FROM <http://a/> { ?s a cg:Role }"
    assert with_prefixes(query).startswith("PREFIX cg: ")
    assert explain(query, "error at 1:2: expected").line == 1
    assert readings == [query.text]


def test_what_one_process_has_read_another_is_told(readings: list[str]) -> None:
    text = "CONSTRUCT { ?s a cg:Role } FROM <http://a/> { ?s a cg:Role }"
    facts = json.loads(json.dumps(Query(text).check().facts))
    assert evaluate(STORE, Query(text, facts), "nt", among=["http://b/"]).form == "CONSTRUCT"
    assert evaluate(STORE, Query("SELECT * {}", Query("SELECT * {}").check().facts), "csv").form == "SELECT"
    assert readings == [text, "SELECT * {}"]


def test_nothing_is_told_of_a_query_that_nobody_has_read(readings: list[str]) -> None:
    query = Query("SELECT ?s { ?s a cg:Role }")
    assert query.is_plain
    assert query.facts == {}
    assert readings == []


@pytest.mark.parametrize(
    ("text", "format_", "times"),
    [
        ("SELECT ?s { ?s a cg:Role }", "csv", 0),
        ("SELECT * { ?s ?p 'SERVICE' }", "csv", 1),
        ("CONSTRUCT WHERE { ?s a cg:Role }", "nt", 1),
    ],
)
def test_a_sandbox_hands_on_what_it_has_read(
    text: str, format_: str, times: int, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Header] = []

    def note(_: object, header: Header, content: bytes, *, seconds: float) -> tuple[Header, bytes]:
        sent.append(header)
        return {"form": "SELECT", "remarks": []}, b""

    monkeypatch.setattr(Worker, "ask", note)
    query = Query(text)
    Sandbox([]).ask(query, format_, seconds=1)
    assert len(readings) == times
    assert sent == [{"format": format_, "facts": query.facts}]
    assert bool(query.facts) == bool(times)
