"""Own data imported from sheets, beside the bundled data and what others publish."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from careergraph import load
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.export import export
from careergraph.importing import make_template, open_source
from careergraph.importing.csv.layout import FILES
from careergraph.importing.dataset.install import install
from careergraph.store.datasets import list_imported, read_manifest
from careergraph.store.locations import BUNDLED, list_dataset_files, list_ontology_files
from careergraph.transitions.precomputed.costs import StepCosts
from careergraph.transitions.precomputed.tables import find_costs
from careergraph.transitions.routes import find_routes
from careergraph.validation.validate import validate
from command_line import careergraph, complaint
from onet_release import ignore_progress

GRAPHS = tuple(f"https://w3id.org/careergraph/graph/northfield/{name}" for name in ("roles", "courses"))


def written(folder: Path, **changes: str | bytes | None) -> Path:
    """The template in a folder, with some files replaced, or left out."""
    top = folder / "northfield"
    top.mkdir()
    for name, content in make_template("csv").items():
        change = changes.get(name.removesuffix(".csv"), content)
        if change is not None:
            (top / name).write_bytes(change.encode() if isinstance(change, str) else change)
    return top


def installed(folder: Path, path: Path, name: str | None = None) -> Path:
    install(open_source("csv", str(path), name=name), str(folder), progress=ignore_progress)
    return folder


@pytest.fixture(scope="module")
def northfield(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the data set that the template makes."""
    folder = tmp_path_factory.mktemp("csv")
    return installed(folder / "data", written(folder))


### What comes of it


def test_what_is_imported_keeps_to_the_shapes(northfield: Path) -> None:
    report = validate(
        list_dataset_files(str(northfield)), context=list_dataset_files(BUNDLED), ontology=list_ontology_files()
    )
    assert report.conforms, report.findings
    assert not report.findings
    assert report.nodes == sum(read_manifest(str(northfield)).nodes.values())


def test_its_steps_are_computed_and_each_of_its_graphs_is_called_as_its_source(northfield: Path) -> None:
    graph = load(BUNDLED, str(northfield))
    steps = graph.sparql(
        """SELECT ?from ?to ?basis { GRAPH graph:derived {
            ?step cg:stepFrom ?from ; cg:stepTo ?to ; cg:computedBasis ?basis } }"""
    )
    own = {(find_node(graph.catalogue, "records officer"), find_node(graph.catalogue, "data steward"))}
    assert own <= {(row["from"], row["to"]) for row in steps if row["basis"] == "asserted"}
    assert [row for row in steps if row["from"] in dict(own) and row["basis"] != "asserted"]
    titles = graph.sparql("SELECT ?graph ?title { ?graph a dcat:Dataset ; dcterms:title ?title }")
    named = {row["graph"]: row["title"] for row in titles}
    assert [named[graph] for graph in GRAPHS] == ["Role profiles for data work", "Course catalogue"]


def test_it_is_exported_with_the_rest(northfield: Path) -> None:
    files = [*list_dataset_files(BUNDLED), *list_dataset_files(str(northfield))]
    assert f"<{GRAPHS[1]}>" in export(files, "nquads").content.decode()
    assert "Data steward" in export(files, "mermaid").content.decode()


### What spreadsheets make of it


### Names


def test_a_name_made_of_a_folder_s_replaces_no_other_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREERGRAPH_DATA", str(tmp_path / "data"))
    head = "source,title,publisher,date,standing\nx,"
    for folder in ("R&D", "R D"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "roles.csv").write_text("label\nSteward\n")
        (tmp_path / folder / "sources.csv").write_text(f"{head}Roles of {folder},Us,2026-01-01,official\n")
    first, second = str(tmp_path / "R&D"), str(tmp_path / "R D")
    for _ in range(2):
        assert careergraph("import", "csv", first).returncode == 0
    refused = complaint(careergraph("import", "csv", second), 2)
    assert (
        "'R D' gives that name, and it is taken by 'Roles of R&D', imported from elsewhere; choose another" in refused
    )
    place = str(tmp_path / "data" / "datasets" / "r-d")
    for chosen in (("--name", "r-d"), ("--output", place)):
        told = complaint(careergraph("import", "csv", second, *chosen), 2)
        assert "in its place there is 'Roles of R&D', imported from elsewhere; choose another --name" in told
        assert careergraph("import", "csv", first, *chosen).returncode == 0  # again from where it came
    assert read_manifest(place).title == "Roles of R&D"
    assert careergraph("import", "csv", second, "--name", "r-d", "--replace").returncode == 0
    assert read_manifest(place).title == "Roles of R D"


### What is wrong

_PAY = "role,low,high,currency,source"


def test_the_command_line_says_so_in_one_line_and_stores_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, pay=f"{_PAY}\nData steward,9,8,GBP,roles\n")
    finished = careergraph("import", "csv", str(path), "--output", str(tmp_path / "out"))
    assert finished.returncode == 2
    last = finished.stderr.strip().splitlines()[-1]
    assert last.startswith("Error: Cannot import northfield/pay.csv:2: the lower figure, 9, is above the upper one, 8.")
    assert "Traceback" not in finished.stderr
    assert not (tmp_path / "out").exists()


### Names, and the template


def test_several_own_data_sets_stand_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREERGRAPH_DATA", str(tmp_path / "data"))
    path = written(tmp_path)
    other = "label,source\nArchive lead,roles\n"
    rest = dict.fromkeys(name.removesuffix(".csv") for name in FILES if name not in ("sources.csv", "roles.csv"))
    (tmp_path / "b").mkdir()
    assert careergraph("import", "csv", str(path)).returncode == 0
    second = careergraph("import", "csv", str(written(tmp_path / "b", roles=other, **rest)), "--name", "archive")
    assert second.returncode == 0, second.stderr
    assert list_imported() == ("archive", "northfield")
    found = json.loads(careergraph("search", "archive lead", "--format", "json").stdout)["results"]
    assert [ref["id"] for ref in found] == ["https://w3id.org/careergraph/id/own/archive/role/archive-lead"]
    assert careergraph("path", "records officer", "data steward").returncode == 0


def test_the_template_is_written_once_and_imports(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert careergraph("import", "csv", str(folder), "--template").returncode == 0
    assert {file.name for file in folder.iterdir()} == set(FILES)
    (folder / "roles.csv").write_text("hours of work")
    assert "something is there already" in complaint(careergraph("import", "csv", str(folder), "--template"), 2)
    assert (folder / "roles.csv").read_text() == "hours of work"


### Beside a large data set


def test_own_roles_are_reached_through_a_data_set_that_has_its_steps_laid_down(
    northfield: Path, small_onet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = Catalogue.load(BUNDLED, str(northfield), str(small_onet))
    assert find_costs(together) is not None
    ends = [("15-2051.00", "data steward"), ("29-1141.00", "data steward"), ("records officer", "ML engineer")]
    found = [find_routes(together, *(find_node(together, end) for end in pair)) for pair in ends]
    monkeypatch.setattr(StepCosts, "open", lambda _: None)
    exact = Catalogue.load(BUNDLED, str(northfield), str(small_onet))
    assert find_costs(exact) is None
    for pair, routed in zip(ends, found, strict=True):
        best = find_routes(exact, *(find_node(exact, end) for end in pair)).routes[0]
        assert [step.destination for step in routed.routes[0].steps] == [step.destination for step in best.steps]
        assert routed.routes[0].feasibility == pytest.approx(best.feasibility)
