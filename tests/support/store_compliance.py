"""What every store has to do that answers queries, whether at hand or far away.

A test file makes a class of `StoreCompliance` for its store, with the fixtures `store` and `small`. Where a store
deviates, its class says so by a test of the same name that tells what it does instead.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from xml.etree import ElementTree

import pyoxigraph
import pytest

from careergraph.model.errors import BadQuery, QueryTimedOut, ResultTooLarge, UnsuitableFormat
from careergraph.rdf.query_text import with_params
from careergraph.rdf.results import GRAPH_FORMATS, RESULT_FORMATS, Table
from careergraph.sparql.run import QueryService, run
from careergraph.store.locations import list_dataset_files
from careergraph.store.sources import parse

LABEL = "SELECT ?label { role:ai-ethicist skos:prefLabel ?label }"
ROLES = "SELECT ?role ?label { ?role a cg:Role ; skos:prefLabel ?label } ORDER BY ?role LIMIT 2"
#: Each of some thousand values beside each other: no engine gets to its end within a second, and the servers keep their
#: own limit of time over it. Over a product of patterns they do not: they would compute until the last test is done.
LONG = """
    SELECT (COUNT(*) AS ?n) {
        { SELECT (STR(?o) AS ?one) { ?s ?p ?o } LIMIT 3000 }
        { SELECT (STR(?o) AS ?other) { ?s ?p ?o } LIMIT 3000 }
        FILTER(CONCAT(?one, ?other) < CONCAT(?other, ?one))
    }
"""
#: Default graphs, named graphs, query, answer.
GRAPHS = [
    (["editors"], None, "ASK { skill:pytorch a cg:Tool }", "true"),
    (["article"], None, "ASK { skill:pytorch a cg:Tool }", "false"),
    (["article", "editors"], None, "ASK { skill:pytorch a cg:Tool . ?x a cg:Claim }", "true"),
    (["article"], ["editors"], "ASK { GRAPH ?g { skill:pytorch a cg:Tool } }", "true"),
    (["article"], ["courses"], "ASK { GRAPH ?g { skill:pytorch a cg:Tool } }", "false"),
]
#: Default graphs, a query that names others, answer.
OVERRIDDEN = [
    (["article"], "ASK FROM graph:editors { skill:pytorch a cg:Tool }", "false"),
    (["editors"], "ASK FROM graph:article { skill:pytorch a cg:Tool }", "true"),
]
PYTORCH = pyoxigraph.NamedNode("https://w3id.org/careergraph/id/skill/pytorch")
XML = "{http://www.w3.org/2005/sparql-results#}"


class StoreCompliance:
    """The behaviours. `store` has the curated graph, `small` too, but gives out a thousand bytes at most."""

    def ask(self, store: QueryService, query: str, format_: str = "csv") -> str:
        """The text of an answer."""
        return store.ask(query, format_, seconds=60).content.decode()

    def rows(self, store: QueryService, query: str) -> list[list[str]]:
        """The rows of a SELECT."""
        return list(csv.reader(io.StringIO(self.ask(store, query))))[1:]

    ### Forms and formats

    def test_rows_come_as_csv(self, store: QueryService) -> None:
        expected = (
            "role,label\r\n"
            "https://w3id.org/careergraph/id/role/ai-career-role,AI career role\r\n"
            "https://w3id.org/careergraph/id/role/ai-ethicist,AI ethicist\r\n"
        )
        assert self.ask(store, ROLES) == expected

    def test_rows_come_as_tsv(self, store: QueryService) -> None:
        assert self.ask(store, LABEL, "tsv") == '?label\n"AI ethicist"@en\n'

    def test_rows_come_as_json(self, store: QueryService) -> None:
        found = json.loads(self.ask(store, LABEL, "json"))
        assert found["head"]["vars"] == ["label"]
        assert found["results"]["bindings"] == [
            {"label": {"type": "literal", "value": "AI ethicist", "xml:lang": "en"}}
        ]

    def test_rows_come_as_xml(self, store: QueryService) -> None:
        found = ElementTree.fromstring(self.ask(store, LABEL, "xml"))
        assert [variable.get("name") for variable in found.iter(f"{XML}variable")] == ["label"]
        assert [literal.text for literal in found.iter(f"{XML}literal")] == ["AI ethicist"]

    @pytest.mark.parametrize(("class_", "answer"), [("Role", "true"), ("Skill", "false")])
    def test_a_truth_value_comes_in_all_formats_of_results(self, store: QueryService, class_: str, answer: str) -> None:
        query = f"ASK {{ role:ai-ethicist a cg:{class_} }}"
        assert self.ask(store, query, "csv") == self.ask(store, query, "tsv") == answer
        assert json.loads(self.ask(store, query, "json"))["boolean"] == (answer == "true")
        assert ElementTree.fromstring(self.ask(store, query, "xml")).findtext(f"{XML}boolean") == answer

    @pytest.mark.parametrize("format_", GRAPH_FORMATS)
    def test_statements_come_in_all_formats_of_graphs(self, store: QueryService, format_: str) -> None:
        query = (
            "CONSTRUCT { ?s skos:prefLabel ?l } WHERE { VALUES ?s { skill:pytorch skill:numpy } ?s skos:prefLabel ?l }"
        )
        content = store.ask(query, format_, seconds=60).content
        found = {str(quad.object) for quad in pyoxigraph.parse(content, format=GRAPH_FORMATS[format_])}
        assert found == {'"PyTorch"@en', '"NumPy"@en'}

    def test_a_description_says_what_is_said_about_a_node(self, store: QueryService) -> None:
        content = store.ask("DESCRIBE skill:pytorch", "nt", seconds=60).content
        found = {quad.triple for quad in pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_TRIPLES)}
        assert found >= self.described()
        # What else there is, if a store adds it, are the claims about the node, whole.
        claims = {triple.subject for triple in found - self.described()}
        assert claims <= {triple.subject for triple in found if triple.object == PYTORCH}

    def described(self) -> set[pyoxigraph.Triple]:
        """What the graph says about PyTorch."""
        quads = (quad for path in list_dataset_files() for quad in parse(path))
        return {quad.triple for quad in quads if quad.subject == PYTORCH}

    @pytest.mark.parametrize("format_", [*GRAPH_FORMATS])
    def test_rows_do_not_come_as_statements(self, store: QueryService, format_: str) -> None:
        with pytest.raises(UnsuitableFormat, match="use one of csv, tsv, json, xml"):
            self.ask(store, LABEL, format_)

    @pytest.mark.parametrize("format_", [*RESULT_FORMATS])
    def test_statements_do_not_come_as_rows(self, store: QueryService, format_: str) -> None:
        with pytest.raises(UnsuitableFormat, match="use one of turtle, nt, json-ld, rdf-xml"):
            self.ask(store, "CONSTRUCT WHERE { ?s ?p ?o }", format_)

    ### Columns

    @pytest.mark.parametrize("columns", ["?z ?a ?m", "?m ?z ?a"])
    def test_columns_stand_as_select_has_them(self, store: QueryService, columns: str) -> None:
        query = f"SELECT {columns} {{ VALUES (?a ?m ?z) {{ (1 2 3) }} }}"
        assert self.ask(store, query).splitlines()[0] == columns.replace("?", "").replace(" ", ",")

    def test_the_columns_of_a_star_stand_as_the_query_first_mentions_them(self, store: QueryService) -> None:
        query = "SELECT * { ?z a cg:Role ; skos:prefLabel ?a OPTIONAL { ?z skos:broader ?m } } ORDER BY ?z LIMIT 1"
        assert self.ask(store, query).splitlines()[0] == "z,a,m"

    def test_what_is_not_bound_is_empty(self, store: QueryService) -> None:
        query = "SELECT ?role ?x { VALUES ?role { role:ai-ethicist } OPTIONAL { ?role cg:origin ?x } }"
        assert self.rows(store, query) == [["https://w3id.org/careergraph/id/role/ai-ethicist", ""]]

    def test_no_rows_leave_the_heading(self, store: QueryService) -> None:
        assert self.ask(store, "SELECT ?x ?y { ?x a cg:Nothing ; skos:prefLabel ?y }") == "x,y\r\n"

    def test_a_table_shortens_iris(self, store: QueryService) -> None:
        found = run(store, ROLES)
        assert isinstance(found, Table)
        assert found.rows[1] == ("role:ai-ethicist", "AI ethicist")

    ### What a query can say

    def test_our_prefixes_need_no_declaration_and_may_be_declared_otherwise(self, store: QueryService) -> None:
        assert self.ask(store, "ASK { role:ai-ethicist a cg:Role }") == "true"
        query = "PREFIX role: <https://w3id.org/careergraph/id/skill/> ASK { role:pytorch a cg:Tool }"
        assert self.ask(store, query) == "true"

    def test_a_parameter_binds_a_variable(self, store: QueryService) -> None:
        query = "SELECT ?role { ?role a cg:Role ; skos:prefLabel ?label }"
        bound = with_params(query, {"label": '"AI ethicist"@en'})
        assert self.rows(store, bound) == [["https://w3id.org/careergraph/id/role/ai-ethicist"]]

    @pytest.mark.parametrize("hostile", ['" } DROP ALL #', "x' . } SERVICE <urn:x> {", '\\"\n\u2028'])
    def test_a_parameter_stays_a_value(self, store: QueryService, hostile: str) -> None:
        query = "SELECT ?x { ?x skos:prefLabel ?label }"
        assert self.rows(store, with_params(query, {"label": str(pyoxigraph.Literal(hostile))})) == []

    def test_aggregates_paths_negation_and_subqueries_are_understood(self, store: QueryService) -> None:
        query = """
            SELECT ?kind (COUNT(DISTINCT ?skill) AS ?n) {
                { SELECT ?skill { ?skill skos:broader+ skill:programming } }
                ?skill a ?kind FILTER NOT EXISTS { ?skill a cg:Role }
            } GROUP BY ?kind HAVING (COUNT(?skill) > 0) ORDER BY ?kind
        """
        everywhere = "SELECT ?skill { ?skill skos:broader+ skill:programming }"
        assert sum(int(number) for _, number in self.rows(store, query)) == len(self.rows(store, everywhere)) > 0

    def test_a_comment_or_a_string_may_speak_of_services(self, store: QueryService) -> None:
        assert self.ask(store, "ASK { role:ai-ethicist a cg:Role FILTER('SERVICE' != 'LOAD') } # SERVICE") == "true"

    @pytest.mark.parametrize("text", ["Zürich 漢字 \U0001f600", 'tab\tquote" back\\slash', "line\nbreak"])
    def test_any_sign_comes_back(self, store: QueryService, text: str) -> None:
        query = "SELECT ?x { ?role skos:prefLabel 'AI ethicist'@en . BIND(?y AS ?x) }"
        bound = with_params(query, {"y": str(pyoxigraph.Literal(text))})
        assert self.rows(store, bound) == [[text]]

    def test_numbers_and_truth_values_keep_their_type(self, store: QueryService) -> None:
        query = """
            SELECT ?kind ?x { { strength:essential cg:weight ?x BIND("weight" AS ?kind) }
            UNION { pay:machine-learning-engineer-us-major-tech-company-faq cg:openEnded ?x BIND("open" AS ?kind) } }
            ORDER BY ?kind
        """
        found = [row["x"] for row in json.loads(self.ask(store, query, "json"))["results"]["bindings"]]
        schema = "http://www.w3.org/2001/XMLSchema#"
        assert found == [
            {"type": "literal", "value": "true", "datatype": f"{schema}boolean"},
            {"type": "literal", "value": "1", "datatype": f"{schema}decimal"},
        ]

    def test_new_blank_nodes_come_in_statements(self, store: QueryService) -> None:
        query = "CONSTRUCT { [] skos:note ?label } WHERE { role:ai-ethicist skos:prefLabel ?label }"
        (quad,) = pyoxigraph.parse(store.ask(query, "nt", seconds=60).content, format=pyoxigraph.RdfFormat.N_TRIPLES)
        assert isinstance(quad.subject, pyoxigraph.BlankNode)

    ### Graphs

    def test_the_default_graph_has_everything_once(self, store: QueryService) -> None:
        assert self.rows(store, "SELECT ?x { skill:pytorch skos:prefLabel ?x }") == [["PyTorch"]]
        assert self.rows(store, "SELECT (COUNT(*) AS ?n) { ?s a cg:Tool }") == [
            [str(len({row[0] for row in self.rows(store, "SELECT ?s { ?s a cg:Tool }")}))]
        ]

    def test_graphs_tell_the_sources(self, store: QueryService) -> None:
        query = "SELECT DISTINCT ?g { GRAPH ?g { ?x a cg:Claim } } ORDER BY ?g"
        known = {row[0].rpartition("/")[2] for row in self.rows(store, query)}
        assert known == {"article"}
        assert self.ask(store, "ASK { GRAPH graph:editors { skill:pytorch a cg:Tool } }") == "true"
        assert self.ask(store, "ASK { GRAPH graph:article { skill:pytorch a cg:Tool } }") == "false"

    @pytest.mark.parametrize(("default", "named", "query", "expected"), GRAPHS)
    def test_the_graphs_asked_for_are_those_that_answer(
        self, store: QueryService, default: Sequence[str], named: Sequence[str] | None, query: str, expected: str
    ) -> None:
        assert self.of_graphs(store, default, named, query) == expected

    @pytest.mark.parametrize(("default", "query", "expected"), OVERRIDDEN)
    def test_the_graphs_asked_for_override_what_the_query_says(
        self, store: QueryService, default: Sequence[str], query: str, expected: str
    ) -> None:
        assert self.of_graphs(store, default, None, query) == expected

    def of_graphs(self, store: QueryService, default: Sequence[str], named: Sequence[str] | None, query: str) -> str:
        """The answer to a query of some graphs, by the last part of their names."""
        space = "https://w3id.org/careergraph/graph/"
        graphs = [space + name for name in default]
        others = None if named is None else [space + name for name in named]
        return store.ask(query, "csv", seconds=60, default_graphs=graphs, named_graphs=others).content.decode()

    def test_from_chooses_a_graph(self, store: QueryService) -> None:
        assert self.ask(store, "ASK FROM graph:editors { skill:pytorch a cg:Tool }") == "true"
        assert self.ask(store, "ASK FROM graph:article { skill:pytorch a cg:Tool }") == "false"

    ### What cannot be

    @pytest.mark.parametrize(
        ("query", "reason"),
        [
            ("  ", "it is empty"),
            ("ASK { " + "{" * 200 + "}" * 200 + " }", "brackets stand 201 deep"),
            ("ASK {} #" + "x" * 1_000_001, "characters long"),
            ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "it is an update"),
            ("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", "another server"),
            ("SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "another server"),
        ],
    )
    def test_what_no_engine_should_get_is_refused(self, store: QueryService, query: str, reason: str) -> None:
        with pytest.raises(BadQuery, match=reason):
            self.ask(store, query)

    @pytest.mark.parametrize(
        ("query", "line", "column", "reason"),
        [
            ("SELECT ?x {\n ?x a cg:Role", 1, 11, r"this \{ is never closed"),
            ("ASK { ?x foo:bar 1 }", 1, 10, "the prefix foo: is not declared"),
            ("SELECT ?x WHRE { ?x a cg:Role }", 1, 11, "did you mean WHERE"),
        ],
    )
    def test_a_broken_query_is_told_with_its_place(
        self, store: QueryService, query: str, line: int, column: int, reason: str
    ) -> None:
        with pytest.raises(BadQuery, match=reason) as caught:
            self.ask(store, query)
        assert (caught.value.line, caught.value.column) == (line, column)

    def test_a_query_that_takes_too_long_is_given_up_and_the_next_is_answered(self, store: QueryService) -> None:
        with pytest.raises(QueryTimedOut) as caught:
            store.ask(LONG, "csv", seconds=0.3)
        assert caught.value.seconds == 0.3
        assert self.ask(store, "ASK { role:ai-ethicist a cg:Role }") == "true"

    def test_an_answer_that_is_too_large_is_given_up_and_the_next_is_given(self, small: QueryService) -> None:
        with pytest.raises(ResultTooLarge) as caught:
            small.ask("SELECT ?s { ?s ?p ?o } LIMIT 200", "csv", seconds=60)
        assert caught.value.limit == 1000
        assert self.ask(small, "ASK { role:ai-ethicist a cg:Role }") == "true"
