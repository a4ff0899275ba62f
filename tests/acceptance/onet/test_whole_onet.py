"""All of O*NET, imported once: every row is there, the store opens whole, and experts agree with what is derived.

These stand in one file because the import takes as long as hundreds of other tests, and files are what is shared out
among processes. The pages of the documentation go on with what it made.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.derive.similarity.coordinates import OccupationProfiles
from careergraph.importing.derive.similarity.features import FEATURES, list_values
from careergraph.importing.derive.similarity.profiles import make_profiles
from careergraph.importing.onet.files import EDITORS_GRAPH, GRAPH
from careergraph.store.datasets import find_snapshot, read_manifest
from likeness_metrics import figures
from likeness_training import find_assertions, folds, held_out

NAMES = [feature.name for feature in FEATURES]


def test_all_of_onet_is_there_row_by_row(imported_onet: Path) -> None:
    said = read_manifest(str(imported_onet))
    read = said.files
    assert said.nodes["occupation"] == read["Occupation Data.txt"] == 1016
    assert said.nodes["task"] == read["Task Statements.txt"]
    assert said.nodes["tool-use"] == read["Technology Skills.txt"]
    assert said.nodes["preparation"] == read["Job Zones.txt"]
    assert said.nodes["transition"] == read["Related Occupations.txt"]
    assert said.nodes["naming"] >= read["Alternate Titles.txt"] - 2  # two titles stand there twice
    assert said.nodes["rating"] > 0.49 * (read["Skills.txt"] + read["Knowledge.txt"])
    assert said.statements > 1_900_000


def test_all_of_onet_is_in_the_store_once_for_each_graph(imported_onet: Path) -> None:
    store = pyoxigraph.Store.read_only(f"{find_snapshot(str(imported_onet))}/store")
    counted = store.query(
        f"SELECT (COUNT(*) AS ?n) {{ VALUES ?g {{ <{GRAPH}> <{EDITORS_GRAPH}> }} GRAPH ?g {{ ?s ?p ?o }} }}"
    )
    assert isinstance(counted, pyoxigraph.QuerySolutions)
    assert [int(row["n"].value) for row in counted] == [read_manifest(str(imported_onet)).statements]


def test_all_tables_are_open_before_any_query(imported_onet: Path) -> None:
    # A store of this size has many tables, of which the engine opens only some by itself.
    script = (
        "import os, sys\n"
        "from careergraph.sparql.isolation.limits import confine\n"
        "from careergraph.store.oxigraph import open_dataset\n"
        "store = open_dataset([sys.argv[1]]).store\n"
        "opens = [f'/dev/fd/{name}' for name in os.listdir('/dev/fd')]\n"
        "held = {os.stat(path).st_ino for path in opens if os.path.exists(path)}\n"
        "confine(memory=2 << 30, files=False)\n"
        "print(*held)\n"
        # Terms are spelt out in tables of their own, so that counting alone would not look at all. The named graphs
        # say nothing in terms that the default graph does not have: there it is enough to spell each statement once.
        "spelt = sum(1 for _ in store.query('SELECT ?s ?o { ?s ?p ?o }'))\n"
        "(named,) = next(store.query('SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }'))\n"
        "print(spelt + int(named.value))\n"
    )
    run = [sys.executable, "-c", script, str(imported_onet)]
    finished = subprocess.run(run, capture_output=True, text=True, timeout=300, check=False)
    assert finished.stderr == ""
    held, counted = finished.stdout.splitlines()
    tables = {path.stat().st_ino for path in Path(find_snapshot(str(imported_onet)), "store").glob("*.sst")}
    assert len(tables) > 10
    assert tables <= {int(number) for number in held.split()}
    assert int(counted) > 2 * read_manifest(str(imported_onet)).statements


def test_experts_agree_on_occupations_that_the_fit_has_not_seen(imported_onet: Path) -> None:
    catalogue = Catalogue.load(str(imported_onet))
    found = make_profiles(catalogue)
    truth = find_assertions(catalogue, found.occupations)
    origins, logits = held_out(NAMES, list_values(OccupationProfiles(found)), truth, folds(truth.origins)[:1])
    measured = figures(logits, truth, origins)
    assert len(origins) == 96
    assert measured.recall_at_10 >= 0.65
    assert measured.auc > 0.99
    assert measured.calibration.ece < 0.005
