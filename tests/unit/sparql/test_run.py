"""`careergraph sparql` as a user meets it: formats, parameters, faults with a caret, deadlines, Ctrl-C."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from command_line import CAREERGRAPH, careergraph, complaint

ROLES = "SELECT * { ?z a cg:Role ; skos:prefLabel ?label } ORDER BY ?label LIMIT 3"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ABOUT = "CONSTRUCT { ?c schema:about role:ai-ethicist } WHERE { ?c schema:about role:ai-ethicist }"
RDFLIB = {"turtle": "turtle", "nt": "nt", "json-ld": "json-ld", "rdf-xml": "xml"}


def answered(*arguments: str, stdin: str | None = None) -> str:
    finished = careergraph("sparql", *arguments, stdin=stdin)
    assert (finished.returncode, finished.stderr) == (0, "")
    return finished.stdout


def rows_of(format_: str, text: str) -> tuple[list[str], int]:
    """Columns and number of rows, read by a reader of each format that is not the engine's."""
    if format_ == "json":
        found = json.loads(text)
        return found["head"]["vars"], len(found["results"]["bindings"])
    if format_ == "xml":
        space = "{http://www.w3.org/2005/sparql-results#}"
        root = ElementTree.fromstring(text)
        return [item.attrib["name"] for item in root.iter(f"{space}variable")], len(list(root.iter(f"{space}result")))
    read = list(csv.reader(io.StringIO(text), delimiter="\t" if format_ == "tsv" else ","))
    return [name.lstrip("?") for name in read[0]], len(read) - 1


@pytest.mark.parametrize("format_", ["csv", "tsv", "json", "xml"])
def test_rows_come_in_the_standard_formats_with_columns_as_the_query_names_them(format_: str) -> None:
    assert rows_of(format_, answered(ROLES, "--format", format_)) == (["z", "label"], 3)


def test_a_table_has_its_columns_in_the_same_order() -> None:
    header = answered(ROLES).splitlines()[0]
    assert header.split() == ["z", "label"]


def test_statements_are_the_same_graph_in_every_format() -> None:
    graphs = {
        name: Graph().parse(data=answered(ABOUT, "--format", name), format=theirs) for name, theirs in RDFLIB.items()
    }
    assert len(graphs["nt"]) > 10
    assert all(isomorphic(graph, graphs["nt"]) for graph in graphs.values())


@pytest.mark.parametrize(
    ("value", "n"),
    [("role:ai-ethicist", 1), ("<https://w3id.org/careergraph/id/role/ai-ethicist>", 1), ("AI ethicist", 0)],
)
def test_a_parameter_is_a_term_and_never_a_part_of_the_query(value: str, n: int) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?role a cg:Role }"
    assert answered(query, "--param", f"role={value}", "--format", "csv").split() == ["n", str(n)]


def test_a_parameter_cannot_break_out() -> None:
    hostile = 'x" } ?s ?p ?o . FILTER(?label != "'
    query = "SELECT ?s { ?s skos:prefLabel ?label }"
    assert answered(query, "--param", f"label={hostile}", "--format", "csv").split() == ["s"]


@pytest.mark.parametrize(
    ("params", "tells"),
    [
        (["role"], "write NAME=VALUE"),
        (["a b=1"], "write NAME=VALUE"),
        (["nobody=1"], "the query has no variable ?nobody"),
        (["z=1", "z=2"], "it is given twice"),
        (["z=<no iri"], None),
        (["z=<no iri>"], "write an IRI as"),
    ],
)
def test_a_parameter_that_cannot_be_bound_is_one_line(params: list[str], tells: str | None) -> None:
    finished = careergraph("sparql", ROLES, *(part for param in params for part in ("--param", param)))
    if tells is None:
        assert finished.returncode == 0
    else:
        assert tells in complaint(finished, 2)


def test_a_saved_query_runs_by_its_name() -> None:
    assert "Advises a government" in answered("role-tasks", "--param", "role=ai ethicist", "--format", "csv")


def test_a_fault_shows_line_column_and_a_caret() -> None:
    finished = careergraph("sparql", "SELECT ?x {\n  ?x a cg:Role WHRE\n}")
    assert (finished.returncode, finished.stdout) == (2, "")
    assert finished.stderr.splitlines() == [
        "Error: This query cannot be run: line 2, column 16: WHRE is not a word of SPARQL; did you mean WHERE?",
        "    ?x a cg:Role WHRE",
        "                 ^",
    ]


def test_a_query_beyond_all_measure_is_refused() -> None:
    long = careergraph("sparql", stdin="ASK {} #" + " " * 900_000)
    assert "900,008 characters long; at most 250,000 are allowed" in complaint(long, 2)
    endless = careergraph("sparql", stdin="ASK {} #" + " " * 10_000_000)
    assert "it is larger than 1,000,000 bytes" in complaint(endless, 2)


def test_a_deadline_ends_a_query_with_exit_code_1() -> None:
    finished = careergraph("sparql", ENDLESS, "--timeout", "0.5")
    assert "There was no answer within 0.5 s" in complaint(finished, 1)


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "forever", "1e9"])
def test_a_deadline_has_to_be_a_time(seconds: str) -> None:
    assert "--timeout" in complaint(careergraph("sparql", "ASK {}", "--timeout", seconds), 2)


def test_ctrl_c_ends_a_long_query_and_its_worker() -> None:
    running = subprocess.Popen(
        [CAREERGRAPH, "sparql", ENDLESS], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(timeout=3)
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    workers = children.read_text().split() if children.exists() else []
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err.strip()) == (130, b"", b"Error: Interrupted.")
    for _ in range(100):
        if not any(Path(f"/proc/{worker}").exists() for worker in workers):
            return
        time.sleep(0.05)
    pytest.fail("the worker went on")


def test_a_crash_of_the_engine_is_one_line_and_exit_code_1() -> None:
    query = f"SELECT * {{ ?a ?b ?c FILTER({' || '.join(['?a = ?b'] * 20_000)}) }}"
    finished = careergraph("sparql", stdin=query)
    assert "The query asks too much: the engine ran out of stack." in complaint(finished, 1)


def test_nobody_asks_two_data_sets_of_which_one_is_remote() -> None:
    remote = ("--dataset", "http://127.0.0.1:9/sparql")
    finished = careergraph("sparql", "ASK {}", *remote, "--dataset", "bundled")
    assert "an endpoint is asked alone" in complaint(finished, 2)
