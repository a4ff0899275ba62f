"""Queries that mean harm end in one clear message, reach nothing, and leave the next one unharmed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph
import pytest

from careergraph.model.errors import (
    BadQuery,
    CareergraphError,
    QueryStopped,
    QueryTimedOut,
    QueryTooHeavy,
    ResultTooLarge,
    UnreadableFile,
    UnsuitableFormat,
)
from careergraph.rdf.results import Answer, to_table
from careergraph.sparql.evaluation import evaluate
from careergraph.sparql.isolation.messages import as_header, to_error
from careergraph.sparql.sandbox import Limits, Sandbox
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_store

LABEL = "SELECT ?label { role:ai-ethicist skos:prefLabel ?label }"
GRAPH = "https://w3id.org/careergraph/graph/"
SMALL = Limits(memory=256 << 20, output=1 << 20, niceness=0)


@pytest.fixture(scope="module", params=["spawned", "forked"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    made = Sandbox(list_dataset_files(), limits=SMALL, fork=request.param == "forked")
    yield made
    made.close()


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and the addresses of all that ever connected to it."""
    visitors: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        listening = threading.Event()
        listening.set()

        def accept() -> None:
            while listening.is_set():
                with suppress(TimeoutError):
                    visitor, address = server.accept()
                    visitors.append(str(address))
                    visitor.close()

        thread = threading.Thread(target=accept)
        thread.start()
        yield server.getsockname()[1], visitors
        listening.clear()
        thread.join()


def doubling(times: int) -> str:
    binds = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(times))
    return f"SELECT ?x{times} {{ BIND('aaaaaaaaaaaaaaaa' AS ?x0) {binds} }}"


ABUSES: dict[str, tuple[str, type[CareergraphError] | tuple[type[CareergraphError], ...]]] = {
    "cartesian product": ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", QueryTimedOut),
    "endless rows": ("SELECT * { ?a ?b ?c . ?d ?e ?f }", ResultTooLarge),
    "endless statements": ("CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", ResultTooLarge),
    "sorting a product": (
        "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f",
        (QueryTooHeavy, QueryTimedOut),  # whichever is reached first
    ),
    "300 patterns": (f"SELECT * {{ {' '.join(f'?s{n} ?p{n} ?s{n + 1} .' for n in range(300))} }}", QueryTimedOut),
    "10,000 brackets": ("SELECT * " + "{" * 10_000 + "}" * 10_000, BadQuery),
    "20,000 alternatives": (f"SELECT * {{ ?a ?b ?c FILTER({' || '.join(['?a = ?b'] * 20_000)}) }}", QueryTooHeavy),
    "4,000 bindings": (f"SELECT * {{ {' '.join(f'BIND({n} AS ?x{n})' for n in range(4000))} }}", QueryTooHeavy),
    "50,000 negations": (f"SELECT * {{ FILTER({'!' * 50_000}true) }}", QueryTooHeavy),
    "doubling CONCAT": (doubling(40), (QueryTooHeavy, QueryTimedOut)),
    "10 MB of VALUES": (f"SELECT * {{ VALUES ?x {{ {' '.join(map(str, range(1_500_000)))} }} }}", BadQuery),
    "update": ("DELETE WHERE { ?s ?p ?o }", BadQuery),
}


@pytest.mark.parametrize("name", ABUSES)
def test_an_abuse_ends_in_one_message_and_the_next_query_is_answered(sandbox: Sandbox, name: str) -> None:
    query, error = ABUSES[name]
    with pytest.raises(error) as caught:
        sandbox.ask(
            query, "turtle" if query.startswith("CONSTRUCT") else "json", seconds=1 if error is QueryTimedOut else 15
        )
    assert len(str(caught.value).splitlines()) == 1
    assert to_table(sandbox.ask(LABEL, "json", seconds=30)).rows == (("AI ethicist",),)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE SILENT <%s> { ?s ?p ?o } }",
        "SELECT * FROM <%s> { ?s ?p ?o }",
        "SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH <%s> { ?s ?p ?o } }",
        "DESCRIBE <%s>",
        "LOAD <%s>",
    ],
)
def test_no_query_reaches_out(sandbox: Sandbox, listener: tuple[int, list[str]], query: str) -> None:
    port, visitors = listener
    address = f"http://127.0.0.1:{port}/x"
    if "SERVICE" in query or "\\u" in query or query.startswith("LOAD"):
        with pytest.raises(BadQuery, match=r"SERVICE|update"):
            sandbox.ask(query % address, "csv", seconds=30)
    else:
        found = sandbox.ask(query % address, "nt" if "DESCRIBE" in query else "csv", seconds=30)
        assert found.content.strip().count(b"\n") == 0  # nothing but the names of columns
    time.sleep(0.2)
    assert visitors == []


def test_even_what_the_text_does_not_show_reaches_nothing(listener: tuple[int, list[str]]) -> None:
    # The engine without the check of the text, in a process that gave up its descriptors, and in one that did not.
    port, visitors = listener
    script = (
        "import sys, pyoxigraph\n"
        "from careergraph.sparql.isolation.limits import confine\n"
        "from careergraph.sparql.evaluation import evaluate\n"
        "store = pyoxigraph.Store()\n"
        "if sys.argv[1] == 'confined': confine(memory=1 << 30, files=False)\n"
        f"try: evaluate(store, 'SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}', 'csv')\n"
        "except Exception as error: print(type(error).__name__)\n"
    )
    run = [sys.executable, "-c", script]
    confined = subprocess.run([*run, "confined"], capture_output=True, text=True, timeout=60, check=False)
    time.sleep(0.2)
    assert (confined.stdout.strip(), visitors) == ("BadQuery", [])
    free = subprocess.Popen([*run, "free"], stdout=subprocess.PIPE)
    while not visitors and free.poll() is None:
        time.sleep(0.05)
    free.kill()
    free.communicate()
    assert visitors, "the test cannot tell: the engine did not even try"


def test_files_are_out_of_reach(sandbox: Sandbox, tmp_path: Path) -> None:
    secret = tmp_path / "secret.nt"
    secret.write_text("<http://a/s> <http://a/p> 'secret' .\n")
    found = sandbox.ask(f"SELECT * FROM <{secret.as_uri()}> {{ ?s ?p ?o }}", "csv", seconds=30)
    assert b"secret" not in found.content.partition(b"\n")[2]


def test_a_confined_process_opens_nothing_more() -> None:
    script = (
        "from careergraph.sparql.isolation.limits import confine\nconfine(memory=1 << 28, files=False)\nimport socket\n"
    )
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert "Too many open files" in finished.stderr


def test_stopping_from_another_thread_ends_the_query_and_nothing_else(sandbox: Sandbox) -> None:
    threading.Timer(0.5, sandbox.stop).start()
    with pytest.raises(QueryStopped):
        sandbox.ask(ABUSES["cartesian product"][0], "csv", seconds=60)
    assert b"AI ethicist" in sandbox.ask(LABEL, "csv", seconds=30).content


def test_stopping_when_nothing_runs_does_no_harm(sandbox: Sandbox) -> None:
    sandbox.stop()
    assert b"AI ethicist" in sandbox.ask(LABEL, "csv", seconds=30).content


def test_a_worker_is_kept_and_the_data_set_not_read_again(tmp_path: Path) -> None:
    data = tmp_path / "own.ttl"
    data.write_text("<http://a/s> <http://a/p> 1 .\n")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with Sandbox([str(data)]) as kept:
        assert kept.ask(count, "csv", seconds=30).content.split() == [b"n", b"1"]
        data.write_text("")
        assert kept.ask(count, "csv", seconds=30).content.split() == [b"n", b"1"]
        kept.stop()
        assert kept.ask(count, "csv", seconds=30).content.split() == [b"n", b"0"]


def test_no_process_is_started_before_it_is_needed() -> None:
    idle = Sandbox(["no such file"])
    with pytest.raises(BadQuery):
        idle.ask("", "csv", seconds=1)
    with pytest.raises(UnsuitableFormat):
        idle.ask("ASK {}", "turtle", seconds=1)
    with pytest.raises(UnreadableFile) as caught:
        idle.ask("ASK {}", "csv", seconds=1)
    assert caught.value.path == "no such file"


def test_a_runaway_query_ends_although_its_parent_was_killed(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from careergraph.store.locations import list_dataset_files\n"
        "from careergraph.sparql.sandbox import Sandbox\n"
        "sandbox = Sandbox(list_dataset_files())\n"
        "sandbox.start()\n"
        "print(sandbox._worker._process._popen.pid, flush=True)\n"
        f"sandbox.ask({ABUSES['cartesian product'][0]!r}, 'csv', seconds=1)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    for _ in range(600):
        if not Path(f"/proc/{worker}").exists() or "Z" in Path(f"/proc/{worker}/stat").read_text().split()[2]:
            return
        time.sleep(0.1)
    os.kill(worker, 9)
    pytest.fail("the worker went on")


LAYERS = {"direct", "derived", "metadata", "ontology"}
ALL_GRAPHS = LAYERS | {"alignments", "article", "courses", "editors", "proxies", "vocabulary"}


@pytest.mark.parametrize(
    ("default", "named", "merged", "in_graphs"),
    [
        (None, None, True, ALL_GRAPHS),
        ([GRAPH + "article"], None, False, ALL_GRAPHS),
        (None, [GRAPH + "article"], True, {"article"}),
        ([], [GRAPH + "article", GRAPH + "editors"], False, {"article", "editors"}),
    ],
)
def test_graphs_can_be_chosen(
    sandbox: Sandbox, default: list[str] | None, named: list[str] | None, merged: bool, in_graphs: set[str]
) -> None:
    def asked(query: str) -> Answer:
        return sandbox.ask(query, "csv", seconds=30, default_graphs=default, named_graphs=named)

    everything = "ASK { ?pay a cg:PayRange . ?course a cg:Course . ?weight cg:weight ?number }"
    assert (asked(everything).content == b"true") == merged
    graphs = asked("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").content.decode().split()[1:]
    assert {graph.removeprefix(GRAPH) for graph in graphs} == in_graphs


def test_a_graph_without_an_iri_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(BadQuery, match="it is not an IRI"):
        sandbox.ask("ASK {}", "csv", seconds=30, default_graphs=["not an IRI"])


@pytest.mark.parametrize(
    ("query", "form", "format_"),
    [
        (LABEL, "SELECT", "xml"),
        ("ASK {}", "ASK", "tsv"),
        ("CONSTRUCT WHERE { role:ai-ethicist a ?c }", "CONSTRUCT", "json-ld"),
        ("DESCRIBE role:ai-ethicist", "DESCRIBE", "rdf-xml"),
    ],
)
def test_an_answer_tells_its_form_and_format(sandbox: Sandbox, query: str, form: str, format_: str) -> None:
    found = sandbox.ask(query, format_, seconds=30)
    assert (found.form, found.format, bool(found.content)) == (form, format_, True)


def test_errors_cross_the_border_whole() -> None:
    error = BadQuery("it breaks", line=1, column=2, text="ASK")
    there: Callable[[], CareergraphError] = lambda: to_error(as_header(error))  # noqa: E731
    assert (type(there()), str(there()), vars(there())) == (BadQuery, str(error), vars(error))


def test_an_answer_without_bounds_equals_the_one_within(sandbox: Sandbox) -> None:
    query = "SELECT * { ?z a cg:Role ; skos:prefLabel ?label } ORDER BY ?z"
    inside = sandbox.ask(query, "json", seconds=30)
    assert inside == evaluate(open_store(list_dataset_files()), query, "json")
    results = pyoxigraph.parse_query_results(inside.content, pyoxigraph.QueryResultsFormat.JSON)
    assert isinstance(results, pyoxigraph.QuerySolutions)
    assert [variable.value for variable in results.variables] == ["z", "label"]


def test_the_bound_holds_for_what_is_given_out_whatever_its_format() -> None:
    store, query = pyoxigraph.Store(), "CONSTRUCT WHERE { ?s ?p ?o }"
    store.load(b"<a:s> <a:p> <a:o> .", format=pyoxigraph.RdfFormat.N_TRIPLES)
    sizes = {name: len(evaluate(store, query, name).content) for name in ("nt", "rdf-xml")}
    assert sizes["rdf-xml"] > sizes["nt"]
    assert evaluate(store, query, "nt", largest=sizes["nt"]).content
    with pytest.raises(ResultTooLarge):
        evaluate(store, query, "rdf-xml", largest=sizes["nt"])


@pytest.mark.parametrize(
    ("query", "format_", "error"),
    [
        ("SELECT ?a { ?a ?b ?c }", "turtle", UnsuitableFormat),
        ("SELECT ?a { ?a ?b ?c }", "csv", ResultTooLarge),
        ("CONSTRUCT WHERE { ?a ?b ?c }", "csv", UnsuitableFormat),
        ("CONSTRUCT WHERE { ?a ?b ?c }", "nt", ResultTooLarge),
    ],
)
def test_an_error_may_be_dropped_by_another_thread(
    query: str, format_: str, error: type[CareergraphError], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The engine's results may not: they belong to the thread that asked.
    complaints: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    kept: list[BaseException] = []
    with pytest.raises(error) as caught:
        evaluate(open_store(list_dataset_files()), query, format_, largest=100)
    kept.append(caught.value)
    del caught
    other = threading.Thread(target=kept.clear)
    other.start()
    other.join()
    assert complaints == []
