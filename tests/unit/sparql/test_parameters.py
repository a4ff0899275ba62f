"""Values for the parameters of queries become terms, and nothing but terms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import AmbiguousName, BadParameter, InvalidName, UnknownName
from careergraph.rdf.kinds import NODE_KINDS
from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.query_text import with_params
from careergraph.rdf.vocabulary import ID
from careergraph.sparql.parameters import NODE_TYPES, TYPES, Parameter, parse_term, to_term

XSD = PREFIXES["xsd"]
#: What tries to get out of a string, an IRI or a comment, and what escapes may turn into.
BREAKING = (
    '"', "'", '"""', "\\", '\\"', "\\u0022", "\\\\u0022", "\\U00000022", "\\u005c", "\n", "\r", "\t", "\0", "\u2028",
    "}", "{", "<", ">", "?x", "#", ";", ".", " ", "@en", "^^", "_:b", "<a:b>", "cg:Role", "1", "true",
    ' } UNION { ?s ?p ?o', '"@en . ?s ?p ?o', "> } #", "SERVICE <http://127.0.0.1:9/> { }", "\U0001f600", "é",
)  # fmt: skip
values = st.lists(st.one_of(st.sampled_from(BREAKING), st.text(max_size=5)), max_size=8).map("".join)
EMPTY = pyoxigraph.Store()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


def parameter(type_: str) -> Parameter:
    return Parameter("value", type_, None, "what to ask about")


def unneeded() -> Catalogue:
    raise AssertionError("this type needs no catalogue")


def bound_in_oxigraph(written: str) -> pyoxigraph.Literal | pyoxigraph.NamedNode:
    """What a query finds bound to its variable: one row, one term."""
    (row,) = EMPTY.query(with_params("SELECT ?value WHERE { }", {"value": written}))  # type: ignore[misc]
    found = row[0]
    assert isinstance(found, pyoxigraph.Literal | pyoxigraph.NamedNode)
    return found


def bound_in_rdflib(written: str) -> object:
    (row,) = rdflib.Graph().query(with_params("SELECT ?value WHERE { }", {"value": written}))
    return row[0]  # type: ignore[index]


### No value breaks out of its place


@given(values)
@settings(max_examples=300, deadline=None)
def test_any_text_comes_back_as_it_was_in_one_row(value: str) -> None:
    written = parse_term(parameter("text"), value, unneeded)
    assert bound_in_oxigraph(written) == pyoxigraph.Literal(value)


@given(values)
@settings(max_examples=100, deadline=None)
def test_another_engine_reads_the_same_text(value: str) -> None:
    written = parse_term(parameter("text"), value, unneeded)
    assert bound_in_rdflib(written) == rdflib.Literal(value)


@given(values)
@settings(max_examples=300, deadline=None)
def test_any_value_of_an_own_query_is_refused_or_becomes_one_term(value: str) -> None:
    try:
        written = to_term(value)
    except BadParameter:
        assert value.startswith('"') or (value.startswith("<") and value.endswith(">"))
        return
    found = bound_in_oxigraph(written)
    if found == pyoxigraph.Literal(value):
        return
    # Whatever is not taken as the text it is has one of the few forms that mean more.
    assert value.startswith(('"', "<")) or value.partition(":")[0] in PREFIXES or same(found, value)


def same(found: pyoxigraph.Literal | pyoxigraph.NamedNode, value: str) -> bool:
    """Whether a number or boolean is the one that a text writes, which may begin with more zeros."""
    if isinstance(found, pyoxigraph.NamedNode) or found.datatype.value == f"{XSD}boolean":
        return found.value == value
    return float(found.value) == float(value)


@given(st.sampled_from(sorted({"integer", "decimal", "iri"})), values)
@settings(max_examples=300, deadline=None)
def test_any_value_of_another_type_is_refused_or_becomes_one_term_of_that_type(type_: str, value: str) -> None:
    try:
        written = parse_term(parameter(type_), value, unneeded)
    except BadParameter:
        return
    found = bound_in_oxigraph(written)
    assert isinstance(found, pyoxigraph.NamedNode) == (type_ == "iri")
    assert isinstance(found, pyoxigraph.NamedNode) or found.datatype.value == XSD + type_


@given(st.sampled_from(sorted(NODE_TYPES)), values)
@settings(max_examples=100, deadline=None)
def test_any_value_for_a_node_is_refused_or_becomes_the_iri_of_a_node(type_: str, value: str) -> None:
    try:
        written = parse_term(parameter(type_), value, lambda: SMALL)
    except (BadParameter, InvalidName, UnknownName, AmbiguousName):
        return
    assert bound_in_oxigraph(written).value in SMALL.statements


SMALL = Catalogue(
    {
        f"{ID}role/curator": {
            PREFIXES["rdf"] + "type": [PREFIXES["cg"] + "Role"],
            PREFIXES["skos"] + "prefLabel": ["Curator"],
            PREFIXES["skos"] + "altLabel": list(BREAKING),
        }
    }
)


@pytest.mark.parametrize("make", [to_term, lambda value: parse_term(parameter("text"), value, unneeded)])
def test_half_of_a_sign_is_refused(make: Callable[[str], str]) -> None:
    with pytest.raises(BadParameter, match="lone surrogate"):
        make("a\ud800")


### What a value of an own query stands for


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("AI ethicist", '"AI ethicist"'),
        ("", '""'),
        ("42", f'"42"^^<{XSD}integer>'),
        ("-7", f'"-7"^^<{XSD}integer>'),
        ("0.5", f'"0.5"^^<{XSD}decimal>'),
        ("1e3", f'"1e3"^^<{XSD}double>'),
        ("true", f'"true"^^<{XSD}boolean>'),
        ("True", '"True"'),
        ("1,000", '"1,000"'),
        ("4 2", '"4 2"'),
        ("٤٢", '"٤٢"'),
        ("1.", '"1."'),
        ("role:ai-ethicist", f"<{ID}role/ai-ethicist>"),
        ("cg:Role", f"<{PREFIXES['cg']}Role>"),
        ("foaf:name", '"foaf:name"'),
        ("note: see below", '"note: see below"'),
        ("role:a/b", '"role:a/b"'),
        ("https://example.org/", '"https://example.org/"'),
        ("<https://example.org/>", "<https://example.org/>"),
        ("<5 years", '"<5 years"'),
        ('"42"', '"42"'),
        ('"Ethik"@de-AT', '"Ethik"@de-at'),
        ('"2024"^^xsd:gYear', f'"2024"^^<{XSD}gYear>'),
        ('"2024-05-01"^^<http://www.w3.org/2001/XMLSchema#date>', f'"2024-05-01"^^<{XSD}date>'),
        ('"a \\"b\\" \\u00e9"', '"a \\"b\\" é"'),
        ("'x'", "\"'x'\""),
        ("_:b0", '"_:b0"'),
        ("[]", '"[]"'),
        ("a", '"a"'),
    ],
)
def test_a_value_stands_for_this_term(value: str, expected: str) -> None:
    assert to_term(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "<not an iri>", "<relative>", "<>", '"open', '"a" "b"', '"x"^^foo:bar', '"x"^^<relative>', '"x"@', '"a\nb"',
        '"x" #', '"x" . <a:b> <c:d> "y"',
    ],
)  # fmt: skip
def test_what_begins_like_an_iri_or_a_literal_and_is_none_is_refused(value: str) -> None:
    with pytest.raises(BadParameter, match=r"^Parameter 'place': write an IRI as <https"):
        to_term(value, "place")


def test_an_error_names_the_parameter() -> None:
    with pytest.raises(BadParameter) as caught:
        to_term("<>", "place")
    assert caught.value.name == "place"


### Typed values


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        ("text", "42", '"42"'),
        ("text", "<a:b>", '"<a:b>"'),
        ("integer", "+200000", f'"+200000"^^<{XSD}integer>'),
        ("decimal", "0.90", f'"0.90"^^<{XSD}decimal>'),
        ("decimal", "1", f'"1"^^<{XSD}decimal>'),
        ("iri", "https://example.org/a?b=c#d", "<https://example.org/a?b=c#d>"),
        ("iri", "<https://example.org/>", "<https://example.org/>"),
        ("iri", "graph:article", "<https://w3id.org/careergraph/graph/article>"),
    ],
)
def test_a_value_of_a_type_stands_for_this_term(type_: str, value: str, expected: str) -> None:
    assert parse_term(parameter(type_), value, unneeded) == expected


@pytest.mark.parametrize(
    ("type_", "value", "reason"),
    [
        ("integer", "many", "give a whole number"),
        ("integer", "", "give a whole number"),
        ("integer", "1.5", "give a whole number"),
        ("integer", "1e3", "give a whole number"),
        ("integer", "200,000", "without separators"),
        ("integer", "1_000", "give a whole number"),
        ("integer", "9223372036854775808", "give a whole number"),
        ("decimal", "half", "give a number"),
        ("decimal", "1e3", "give a number"),
        ("decimal", "NaN", "give a number"),
        ("iri", "no such thing", "give an IRI"),
        ("iri", "article", "give an IRI"),
        ("iri", "", "give an IRI"),
        ("iri", '"text"', "give an IRI"),
    ],
)
def test_a_value_that_is_not_of_its_type_is_refused(type_: str, value: str, reason: str) -> None:
    with pytest.raises(BadParameter, match=f"^Parameter 'value': .*{reason}"):
        parse_term(parameter(type_), value, unneeded)


@pytest.mark.parametrize(
    ("type_", "value", "iri"),
    [
        ("role", "ml ENGINEER", "role/machine-learning-engineer"),
        ("role", "role/ai-ethicist", "role/ai-ethicist"),
        ("role", f"{ID}role/ai-ethicist", "role/ai-ethicist"),
        ("position", "software developer", "background/software-engineer"),
        ("asset", "PyTorch", "skill/pytorch"),
        ("asset", "PhD", "credential/phd"),
        ("asset", "Law", "background/law"),
        ("term", "Big Tech", "segment/big-tech"),
        ("node", "ARC Evals", "organisation/metr"),
        ("course", "MLCC", "course/google-machine-learning-crash-course"),
    ],
)
def test_a_name_stands_for_its_node(type_: str, value: str, iri: str, catalogue: Catalogue) -> None:
    assert parse_term(parameter(type_), value, lambda: catalogue) == f"<{ID}{iri}>"


def test_a_near_miss_gets_suggestions(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownName) as caught:
        parse_term(parameter("role"), "AI ethicst", lambda: catalogue)
    assert "AI ethicist" in caught.value.suggestions


def test_a_name_of_another_kind_is_unknown(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownName, match="No role is called 'PyTorch'"):
        parse_term(parameter("role"), "PyTorch", lambda: catalogue)


def test_a_name_of_several_nodes_lists_them(catalogue: Catalogue) -> None:
    with pytest.raises(AmbiguousName) as caught:
        parse_term(parameter("term"), "frontier AI lab", lambda: catalogue)
    assert caught.value.candidates == ("category/frontier-ai-lab", "segment/frontier-ai-lab")


def test_a_node_without_an_iri_cannot_be_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "ghost.ttl"
    file.write_text(
        "@prefix cg: <https://w3id.org/careergraph/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '[] a cg:Role ; skos:prefLabel "Ghost writer"@en .',
        encoding="utf-8",
    )
    with pytest.raises(BadParameter, match="'ghost writer' has no IRI"):
        parse_term(parameter("role"), "ghost writer", lambda: Catalogue.load(str(file)))


def test_types_are_values_or_kinds_of_node_that_there_are() -> None:
    assert set(TYPES) == {"text", "integer", "decimal", "iri", *NODE_TYPES}
    kinds = {kind for kinds in NODE_TYPES.values() for kind in kinds}
    assert kinds <= set(NODE_KINDS.values())
