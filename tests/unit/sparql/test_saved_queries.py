"""The questions that come with the package: their headers, and their answers on the curated graph."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from click.testing import CliRunner
from rdflib.compare import isomorphic

from careergraph.catalogue.catalogue import Catalogue
from careergraph.cli import cli
from careergraph.model.errors import BadParameter, UnknownQuery, UnreadableFile
from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.query_text import Query
from careergraph.rdf.vocabulary import ID
from careergraph.sparql.parameters import Parameter
from careergraph.sparql.saved_queries import (
    AUDIENCES,
    TOPICS,
    SavedQuery,
    list_terms,
    load_saved_queries,
    load_saved_query,
    parse_saved_query,
    query_names,
)
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_store
from command_line import careergraph, complaint
from make_query_results import RESULTS, answer, bind

QUERIES = {query.name: query for query in load_saved_queries()}
every_query = pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    return open_store(list_dataset_files())


### Headers


def test_there_are_at_least_forty_questions_on_every_topic_for_every_user() -> None:
    assert len(QUERIES) >= 40
    assert {query.topic for query in QUERIES.values()} == set(TOPICS)
    assert {user for query in QUERIES.values() for user in query.audience} == set(AUDIENCES)


def test_questions_are_listed_by_topic_and_name() -> None:
    order = [(list(TOPICS).index(query.topic), query.name) for query in load_saved_queries()]
    assert order == sorted(order)
    assert sorted(QUERIES) == list(query_names())


def test_no_two_questions_are_the_same() -> None:
    assert len({query.title for query in QUERIES.values()}) == len(QUERIES)
    assert len({query.text for query in QUERIES.values()}) == len(QUERIES)


@every_query
def test_a_header_says_what_a_query_needs(query: SavedQuery) -> None:
    assert re.fullmatch("[a-z]+(-[a-z]+)*", query.name)
    assert len(query.title) <= 80
    assert query.about[0].isupper()
    assert ". " not in query.about
    for parameter in query.parameters:
        assert parameter.about[0].islower()
        assert not parameter.about.endswith(".")


@every_query
def test_every_parameter_is_a_variable_of_the_query_and_can_be_bound(query: SavedQuery, catalogue: Catalogue) -> None:
    text = bind(catalogue, query)
    for parameter in query.parameters:
        assert f"?{parameter.name}" in Query(query.text).variables
        assert text.count(f"VALUES ?{parameter.name} {{") == 1


@every_query
def test_the_text_of_a_query_is_plain_and_narrow(query: SavedQuery) -> None:
    """Prefixes of ours, nothing declared, nothing that depends on the engine, no line too wide to be shown."""
    scan = Query(query.text)
    assert set(scan.prefixes) <= set(PREFIXES)
    assert not scan.words & {"PREFIX", "BASE", "SERVICE", "FROM", "SAMPLE", "GROUP_CONCAT", "RAND", "NOW", "LIMIT"}
    assert max(map(len, query.text.splitlines())) <= 78
    assert scan.star is None
    assert scan.form != "SELECT" or "ORDER" in scan.words


HEADER = """\
# title: Who paints?
# about: Painters.
# topic: roles
# for: career changer, developer
# param role (role) = "painter": the role to ask about
# param at_least (integer): how many

SELECT ?x
WHERE { ?x a ?role }
"""


def test_a_header_is_read_into_a_record() -> None:
    assert parse_saved_query("who-paints.rq", HEADER) == SavedQuery(
        name="who-paints",
        title="Who paints?",
        about="Painters.",
        topic="roles",
        audience=("career changer", "developer"),
        parameters=(
            Parameter("role", "role", "painter", "the role to ask about"),
            Parameter("at_least", "integer", None, "how many"),
        ),
        text="SELECT ?x\nWHERE { ?x a ?role }",
    )


@pytest.mark.parametrize(
    ("line", "replacement", "place", "reason"),
    [
        ("# title: Who paints?", "# titel: Who paints?", 1, "expected '# title: ...'"),
        ("# title: Who paints?", "#title: Who paints?", 1, "expected '# title: ...'"),
        ("# title: Who paints?", "# title: ", 1, "expected '# title: ...'"),
        ("# title: Who paints?", "# title: Painters", 1, "a title is a question"),
        ("# title: Who paints?\n", "", 1, "expected '# title: ...'"),
        ("# about: Painters.", "# about: Painters", 2, "ends with a full stop"),
        ("# about: Painters.\n", "", 2, "expected '# about: ...'"),
        ("# topic: roles", "# topic: art", 3, "topics are roles, pay"),
        ("# for: career changer, developer", "# for: painters", 4, "users are career changer"),
        ("# for: career changer, developer", "# for: career changer,developer", 4, "users are career changer"),
        ('# param role (role) = "painter": the', "# param role = painter: the", 5, "expected '# param name (type)"),
        ('# param role (role) = "painter": the', "# param role (role) = painter: the", 5, "expected '# param"),
        ('# param role (role) = "painter": the', '# param Role (role) = "painter": the', 5, "expected '# param"),
        ('# param role (role) = "painter": the', '# param role (planet) = "painter": the', 5, "planet is not a type"),
        ("# param at_least (integer)", "# param role (integer)", 6, "the parameter role is there twice"),
        ("# param at_least (integer): how many", "# a remark", 6, "expected '# param name (type)"),
    ],
)
def test_a_malformed_header_is_an_error_with_file_and_line(
    line: str, replacement: str, place: int, reason: str
) -> None:
    assert HEADER.count(line) == 1
    with pytest.raises(UnreadableFile, match=re.escape(reason)) as caught:
        parse_saved_query("who-paints.rq", HEADER.replace(line, replacement))
    assert (caught.value.path, caught.value.line) == ("who-paints.rq", place)


def test_a_header_that_ends_early_is_an_error() -> None:
    with pytest.raises(UnreadableFile, match=r"who-paints\.rq:4: the header has no '# for:'"):
        parse_saved_query("who-paints.rq", "".join(HEADER.splitlines(keepends=True)[:3]) + "\nASK { }")


def test_a_file_without_a_query_is_an_error() -> None:
    with pytest.raises(UnreadableFile, match=r"who-paints\.rq:7: there is no query"):
        parse_saved_query("who-paints.rq", HEADER.partition("SELECT")[0])


@pytest.mark.parametrize(
    ("name", "suggestion"), [("pay-of-roles", "pay-of-role"), ("role_tasks", "role-tasks"), ("steps", "steps-of-move")]
)
def test_an_unknown_query_gets_suggestions(name: str, suggestion: str) -> None:
    with pytest.raises(UnknownQuery) as caught:
        load_saved_query(name)
    assert caught.value.suggestions[0] == suggestion
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["", "../saved_queries", "pay-of-role.rq", "*", "\0", "\ud800"])
def test_no_other_file_is_read_by_name(name: str) -> None:
    with pytest.raises(UnknownQuery, match="`careergraph queries` lists all"):
        load_saved_query(name)


### Parameters


def never() -> Catalogue:
    raise AssertionError("no parameter is the name of a node")


def test_what_is_not_given_has_its_default(catalogue: Catalogue) -> None:
    query = load_saved_query("roles-in-common")
    assert list_terms(lambda: catalogue, query, {"other": "AI PM"}) == {
        "role": f"<{ID}role/machine-learning-engineer>",
        "other": f"<{ID}role/ai-product-manager>",
    }


def test_a_catalogue_is_loaded_once_and_only_for_names_of_nodes(catalogue: Catalogue) -> None:
    loaded = []

    def load() -> Catalogue:
        loaded.append(1)
        return catalogue

    list_terms(load, load_saved_query("roles-in-common"), {})
    assert loaded == [1]
    assert list_terms(never, load_saved_query("pay-in-region"), {"region": "US"}) == {"region": '"US"'}


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(BadParameter, match="'rôle': pay-of-role has no such parameter; it has role") as caught:
        list_terms(never, load_saved_query("pay-of-role"), {"rôle": "AI PM"})
    assert caught.value.name == "rôle"
    with pytest.raises(BadParameter, match="pay-spread has no such parameter, nor any other"):
        list_terms(never, load_saved_query("pay-spread"), {"role": "AI PM"})


def test_a_missing_parameter_is_refused() -> None:
    query = parse_saved_query(
        "who-paints.rq", HEADER.replace('# param role (role) = "painter": the role to ask about\n', "")
    )
    with pytest.raises(BadParameter, match=r"who-paints needs it \(how many\); --param at_least=VALUE"):
        list_terms(never, query, {})


def test_an_ill_typed_parameter_is_refused() -> None:
    with pytest.raises(BadParameter, match="'amount': give a whole number"):
        list_terms(never, load_saved_query("pay-reaching"), {"amount": "a lot"})


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("pay-in-region", {"region": "US"}),
        ("pay-reaching", {"amount": "400001"}),
        ("pay-reaching", {"currency": "GBP", "amount": "120000"}),
        ("most-asked-for", {"at_least": "3"}),
        ("easiest-moves", {"at_least": "0.7"}),
        ("claims-by-source", {"graph": "graph:editors"}),
        ("said-there", {"source": "METR hiring post"}),
        ("organisations-of-kind", {"kind": "category/frontier-ai-lab"}),
        ("facts-from-pages", {"node": "LangChain"}),
        ("is-there-a-move", {"destination": "machine learning engineer"}),
        ("two-step-routes", {"destination": "AI PM"}),
        ("evidence-graph", {"role": "data scientist"}),
    ],
)
def test_a_parameter_changes_the_answer(
    name: str, given: dict[str, str], store: pyoxigraph.Store, catalogue: Catalogue
) -> None:
    query = QUERIES[name]
    usual, other = (answer(store, bind(catalogue, query, **values))[1] for values in ({}, given))
    assert other != usual
    assert other == "no\n" or other.count("\n") > 1


### Answers


@every_query
def test_a_query_answers_what_its_file_shows(query: SavedQuery, store: pyoxigraph.Store, catalogue: Catalogue) -> None:
    ending, found = answer(store, bind(catalogue, query))
    path = RESULTS / f"{query.name}{ending}"
    expected = path.read_text(encoding="utf-8")
    if ending == ".ttl":
        assert isomorphic(turtle(found), turtle(expected)), "if this is meant: python scripts/make_query_results.py"
        assert len(turtle(found)) > 0
    else:
        assert found == expected, "if this is meant: python scripts/make_query_results.py"
        assert ending == ".txt" or found.count("\n") > 1


def turtle(text: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=text, format="turtle")


def test_there_is_a_result_for_every_query_and_no_other() -> None:
    assert sorted(path.stem for path in RESULTS.iterdir()) == sorted(QUERIES)


OWN_DATA = """\
@prefix : <https://example.org/> .
@prefix cg: <https://w3id.org/careergraph/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

:curator a cg:Role ; skos:prefLabel "Curator"@en .
:taste a cg:Skill ; skos:prefLabel "Taste"@en .
:must a cg:Term ; skos:prefLabel "a must"@en .
:letter a cg:Source ; skos:prefLabel "Letter"@en .
:asks a cg:Requirement ; schema:about :curator ; cg:anyOf :taste ; cg:strength :must ;
    schema:text "Have taste."@en ; prov:wasDerivedFrom :letter .
"""


def test_data_of_ones_own_needs_no_sections_and_no_weights(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(OWN_DATA, encoding="utf-8")
    text = bind(Catalogue.load(str(file)), QUERIES["role-requirements"], role="curator")
    assert answer(open_store([str(file)]), text)[1].splitlines()[1:] == ["a must,,Have taste.,1,Curator,Letter"]


### The command


def printed(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["queries", *arguments], standalone_mode=False, catch_exceptions=False)
    return result.stdout


def test_queries_lists_every_name_title_and_parameter_by_topic() -> None:
    shown = " ".join(printed().split())
    for query in QUERIES.values():
        assert f" {query.name} {query.title}" in shown
        for parameter in query.parameters:
            assert f'{parameter.name}="{parameter.default}"' in shown
    assert [heading for heading in TOPICS.values() if heading in printed().splitlines()] == list(TOPICS.values())


@every_query
def test_queries_name_shows_one_in_full_in_eighty_columns(query: SavedQuery) -> None:
    lines = printed(query.name).splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert "\n".join(line.removeprefix("  ") for line in lines).count(query.text) == 1
    words = " ".join(printed(query.name).split())
    for text in (query.title, query.about, *(parameter.about for parameter in query.parameters)):
        assert text in words


def test_json_holds_the_text_of_one_or_of_all() -> None:
    (one,) = json.loads(printed("pay-of-role", "--format", "json"))["results"]
    assert one == load_saved_query("pay-of-role").to_dict()
    assert one in json.loads(printed("--format", "json"))["results"]


def test_an_unknown_name_is_a_wrong_call() -> None:
    line = complaint(careergraph("queries", "pay-of-roles"), 2)
    assert line.startswith("Error: There is no saved query 'pay-of-roles'. Did you mean \"pay-of-role\"")


@pytest.mark.parametrize("name", ["pay-of-role", "is-there-a-move", "map-of-moves"])
def test_sparql_runs_a_saved_query_by_name(name: str) -> None:
    path = next(RESULTS.glob(f"{name}.*"))
    format_ = {".csv": "csv", ".txt": "csv", ".ttl": "turtle"}[path.suffix]
    finished = careergraph("sparql", name, "--format", format_)
    assert (finished.returncode, finished.stderr) == (0, "")
    expected = path.read_text(encoding="utf-8")
    if path.suffix == ".ttl":
        assert isomorphic(turtle(finished.stdout), turtle(expected))
    else:
        assert finished.stdout.strip() == {"yes\n": "true"}.get(expected, expected.strip())


def test_sparql_takes_parameters_of_a_saved_query_by_name() -> None:
    finished = careergraph("sparql", "pay-of-role", "--param", "role=AI PM", "--format", "csv")
    assert finished.stdout.count(",USD,") == 2
    line = complaint(careergraph("sparql", "pay-of-role", "--param", "role=AI produkt manager"), 2)
    assert line == "Error: No role is called 'AI produkt manager'. Did you mean \"AI product manager\"?"
