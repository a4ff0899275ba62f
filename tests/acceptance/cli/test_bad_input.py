"""Whatever is typed or fed: one clear line, the right exit code, nothing half written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from command_line import careergraph, complaint

QUERY = "SELECT * { ?s ?p ?o } LIMIT 1"

#: Arguments, exit code, and what the line has to tell.
CASES = {
    "unknown name": (["show", "lamplighter"], 2, "No node is called 'lamplighter'"),
    "near miss": (["path", "software enginer", "ML engineer"], 2, 'Did you mean "Software engineer"'),
    "role wanted": (["path", "consultant", "pytorch"], 2, "No role or occupation is called 'pytorch'"),
    "position wanted": (["gap", "pytorch", "AI PM"], 2, "No role or background or occupation is called 'pytorch'"),
    "empty name": (["show", ""], 2, "A name is empty"),
    "blank name": (["path", "  ", "ML engineer"], 2, "A name is empty"),
    "nothing but hyphens": (["search", "--", "--"], 1, "Nothing matches '--'"),
    "long name": (["show", "x" * 10_000], 2, "10,000 characters long; at most 200"),
    "control character": (["show", "ML\x1b[31m engineer"], 2, "'ML\\x1b[31m engineer' holds control characters"),
    "bidi override": (["search", "\u202eabc"], 2, "holds control characters"),
    "empty search": (["search", ""], 2, "A name is empty"),
    "nothing found": (["search", "zzz"], 1, "Nothing matches 'zzz'"),
    "unknown kind": (["list", "planet"], 2, "There is no kind 'planet'; kinds are role, background"),
    "no route": (["path", "MLE", "AI ethicist", "--asserted"], 1, "sources lead from there only to AI product manager"),
    "no way out": (["path", "AI ethicist", "MLE", "--asserted"], 1, "no source names a transition from AI ethicist"),
    "avoided": (
        ["path", "SWE", "AI PM", "--avoid", "MLE", "--asserted"],
        1,
        "none does so with these conditions; loosen one of them",
    ),
    "avoided destination": (["path", "consultant", "AI PM", "--avoid", "AI PM"], 2, "both pass and avoid AI product"),
    "passed and avoided": (["path", "SWE", "AI PM", "--avoid", "MLE", "--via", "MLE"], 2, "both pass and avoid"),
    "stop out of reach": (
        ["path", "SWE", "AI PM", "--via", "AI ethicist", "--derived", "--max-steps", "1"],
        1,
        "loosen",
    ),
    "one role to compare": (["compare", "MLE", "ML engineer"], 2, "at least two different roles"),
    "query not in UTF-8": (["sparql", "\udcff"], 2, "it is not UTF-8"),
    "output without a name": (["export", "turtle", "-o", ""], 2, "-o needs the name of a file"),
    "rate between the same": (["path", "SWE", "MLE", "--rate", "GBP:GBP=2"], 2, "is not a rate"),
    "already there": (["path", "ML engineer", "AI career role"], 1, "Already there"),
    "three names": (["gap", "a", "b", "c"], 2, "Name an ORIGIN and a ROLE"),
    "two origins": (["reach", "software", "engineer"], 2, "Name one ORIGIN, not 2"),
    "no origin": (["reach"], 2, "Name an ORIGIN, or say who starts"),
    "bad rate": (["path", "consultant", "AI PM", "--rate", "GBP=1"], 2, "'GBP=1' is not a rate"),
    "unknown skill": (["reach", "consultant", "--with-skill", "wizardry"], 2, "is called 'wizardry'"),
    "missing CV": (["gap", "AI PM", "--profile", "nobody.json"], 2, "Cannot read nobody.json"),
    "query without end": (["sparql", "-f", "/dev/zero"], 2, "Cannot read /dev/zero: it is larger than 1,000,000 bytes"),
    "import without end": (["import", "csv", "/dev/zero"], 2, "it is not a regular file"),
    "unknown command": (["fly"], 2, "No such command 'fly'"),
    "unknown option": (["show", "METR", "--colour"], 2, "No such option"),
    "bad choice": (["show", "METR", "--format", "pdf"], 2, "'pdf' is not one of"),
    "bad number": (["path", "a", "b", "-k", "0"], 2, "Invalid value for '-k'"),
    "number of another script": (["path", "a", "b", "-k", "\u0661"], 2, "is not a whole number from 1 to 100"),
    "number as in Python": (["path", "a", "b", "-k", "1_0"], 2, "'1_0' is not a whole number from 1 to 100"),
    "figure as in Python": (["path", "a", "b", "--hours-per-week", "1_0"], 2, "'1_0' is not a number from 1 to 168"),
    "missing argument": (["path", "consultant"], 2, "Name an ORIGIN and a ROLE"),
    "missing dataset": (["show", "METR", "--dataset", "no/such.ttl"], 2, "Cannot read no/such.ttl: no such file"),
    "empty dataset name": (["show", "METR", "--dataset", ""], 2, "no such file or folder"),
    "endpoint out of order": (
        ["show", "METR", "--dataset", "http://127.0.0.1:9/sparql"],
        2,
        "http://127.0.0.1:9/sparql did not answer: the connection was refused",
    ),
    "endpoint of another kind": (["show", "METR", "--dataset", "ftp://localhost/x"], 2, "only http:// and https://"),
    "missing file to validate": (["validate", "nowhere.ttl"], 2, "Cannot read nowhere.ttl: no such file"),
    "missing query file": (["sparql", "-f", "nowhere.rq"], 2, "Cannot read nowhere.rq: No such file"),
    "two queries": (["sparql", QUERY, "-f", "x.rq"], 2, "not both"),
    "empty query": (["sparql", ""], 2, "it is empty"),
    "update": (["sparql", "DELETE WHERE { ?s ?p ?o }"], 2, "This query cannot be run"),
    "service": (
        ["sparql", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"],
        2,
        "it asks another server (SERVICE)",
    ),
    "format for rows": (["sparql", QUERY, "--format", "turtle"], 2, "use one of csv, tsv, json, xml"),
    "format for statements": (["sparql", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv"], 2, "use one of turtle"),
    "unknown export": (["export", "docx"], 2, "'docx' is not one of"),
    "missing folder": (["export", "turtle", "-o", "no/such/folder/x.ttl"], 2, "Cannot write no/such/folder/x.ttl"),
}


@pytest.mark.parametrize(("arguments", "code", "tells"), CASES.values(), ids=CASES.keys())
def test_a_wrong_call_or_unanswerable_question_is_one_clear_line(arguments: list[str], code: int, tells: str) -> None:
    assert tells in complaint(careergraph(*arguments), code)


def test_an_ambiguous_name_lists_its_candidates(tmp_path: Path) -> None:
    twins = tmp_path / "twins.ttl"
    twins.write_text(
        "@prefix cg: <https://w3id.org/careergraph/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix role: <https://w3id.org/careergraph/id/role/> .\n"
        'role:one a cg:Role ; skos:prefLabel "Analyst"@en .\n'
        'role:two a cg:Role ; skos:prefLabel "analyst"@en .\n'
    )
    line = complaint(careergraph("show", "ANALYST", "--dataset", str(twins)), 2)
    assert '"role/one" or "role/two"' in line
    assert careergraph("show", "role/one", "--dataset", str(twins)).returncode == 0


def test_a_broken_turtle_file_is_named_with_line_and_column(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("@prefix a: <http://a/> .\na:b a:c\n")
    assert f"Cannot read {broken}:" in complaint(careergraph("stats", "--dataset", str(broken)), 2)
    assert f"Cannot read {broken}:" in complaint(careergraph("validate", str(broken)), 2)
    assert f"Cannot read {broken}:" in complaint(careergraph("sparql", QUERY, "--dataset", str(broken)), 2)


def test_binary_rubbish_is_not_a_dataset(tmp_path: Path) -> None:
    rubbish = tmp_path / "rubbish.ttl"
    rubbish.write_bytes(bytes(range(256)))
    assert "Cannot read" in complaint(careergraph("stats", "--dataset", str(rubbish)), 2)


@pytest.mark.parametrize("figure", ["lots", "INF", "NaN", ""])
def test_a_figure_that_is_no_number_is_named(figure: str, tmp_path: Path) -> None:
    odd = tmp_path / "odd.ttl"
    odd.write_text(
        "@prefix cg: <https://w3id.org/careergraph/ontology#> .\n"
        "@prefix schema: <https://schema.org/> .\n"
        "@prefix id: <https://w3id.org/careergraph/id/> .\n"
        '<https://w3id.org/careergraph/id/pay/x> a cg:PayRange ; schema:minValue "FIGURE" ;\n'
        "    schema:about <https://w3id.org/careergraph/id/role/ai-ethicist> .\n".replace("FIGURE", figure)
    )
    line = complaint(careergraph("show", "AI ethicist", "--dataset", "bundled", "--dataset", str(odd)), 2)
    assert f"is {figure!r}, not a number" in line


def test_an_empty_folder_is_not_a_dataset(tmp_path: Path) -> None:
    assert "holds no RDF file" in complaint(careergraph("stats", "--dataset", str(tmp_path)), 2)


def test_a_query_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    query = tmp_path / "query.rq"
    query.write_bytes(b"ASK { ?s ?p '\xe9' }")
    assert "it is not UTF-8" in complaint(careergraph("sparql", "-f", str(query)), 2)


def test_a_query_can_come_from_standard_input() -> None:
    finished = careergraph("sparql", "--format", "csv", stdin="ASK { role:ai-ethicist a cg:Role }")
    assert (finished.returncode, finished.stdout) == (0, "true\n")


def test_validate_names_shape_node_file_and_line_and_ends_with_1(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text(
        "@prefix cg: <https://w3id.org/careergraph/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "\n"
        "<https://w3id.org/careergraph/id/role/prompt-engineer> a cg:Role ;\n"
        '    skos:prefLabel "Prompt engineer"@en , "Prompter"@en .\n'
    )
    finished = careergraph("validate", str(wrong))
    assert finished.returncode == 1
    report = " ".join(finished.stdout.split())
    assert f"{wrong}:4 role:prompt-engineer: violation of rule" in report
    assert "prefLabel" in report


def test_a_failed_export_leaves_what_was_there(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        target = tmp_path / "folder"  # root may write anywhere, but nobody can rename a file over a folder
        target.mkdir()
        (target / "kept").write_text("kept")
    else:
        tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
        target = tmp_path / "x.ttl"
    before = sorted(path.name for path in tmp_path.rglob("*"))
    assert f"Cannot write {target}" in complaint(careergraph("export", "turtle", "-o", str(target)), 2)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_an_export_replaces_a_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "graph.ttl"
    target.write_text("old")
    finished = careergraph("export", "turtle", "-o", str(target))
    assert (finished.returncode, finished.stdout) == (0, "")
    assert finished.stderr == f"Wrote {target.stat().st_size:,} bytes to {target}.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
