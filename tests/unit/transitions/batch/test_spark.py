"""A batch on a cluster: every answer is that of one machine."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import MissingProgram, UnreadableFile, UnusableDataset
from careergraph.store.locations import BUNDLED, list_dataset_files
from careergraph.transitions.batch import spark
from careergraph.transitions.batch.errors import ClusterFailed
from careergraph.transitions.batch.jobs import Report, run_batch
from careergraph.transitions.batch.spark import LIST, pack_data, unpack_data
from careergraph.transitions.batch.tables import LONGEST_LINE
from made_people import make_people

ROLES = ("AI ethicist", "machine learning engineer")
MINE = """\
@prefix cg: <https://w3id.org/careergraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/background/puzzle-maker> a cg:Background ; skos:prefLabel "Puzzle maker"@en .
"""

needs_spark = pytest.mark.skipif(
    shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="Spark needs Java, and there is none"
)


def rows(folder: Path) -> list[dict[str, Any]]:
    found = [json.loads(line) for part in folder.glob("part-*") for line in part.read_text().splitlines()]
    return sorted(found, key=lambda row: int(row["row"]))


@needs_spark
def test_two_thousand_people_get_the_answers_of_one_machine(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="PySpark is not installed")
    people, own = list(make_people(1_986, seed=11, to=ROLES)), tmp_path / "mine.ttl"
    path = str(tmp_path / "people, all [1].jsonl")
    own.write_text(MINE)
    lines: list[str | bytes] = [
        *map(json.dumps, people),
        "nonsense",
        *(f'{{"id": {number}, "position": "philosofer", "to": "AI ethicist"}}' for number in range(7)),
        '{"id": "own", "position": "puzzle maker", "to": "AI ethicist"}',
        '{"id": "cr",\r "position": "philosopher", "to": "AI ethicist"}',
        '{"id": "Zo\u00eb", "position": "philosopher"}'.encode("latin-1"),
        '{"id": "' + "x" * LONGEST_LINE + '", "position": "philosopher", "to": "AI ethicist"}',
        '{"id": "deep", "position": "philosopher", "to": "AI ethicist", "x": ' + "[" * 900 + "]" * 900 + "}",
        '{"id": "unicode \\u2028 \\ud83c\\udf31", "position": "philosopher", "to": "AI ethicist"}',
    ]
    Path(path).write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in lines))
    files = [*list_dataset_files(BUNDLED), str(own)]
    for engine in ("local", "spark"):
        report = run_batch(
            "gap",
            path,
            str(tmp_path / engine),
            files=files,
            engine=engine,
            master="local[2]" if engine == "spark" else None,
        )
        assert report == Report(people=2_000, bad=10, before=0)
    one, other = rows(tmp_path / "local" / "answers"), rows(tmp_path / "spark" / "answers")
    # The same data in another place: what is told of its release is the same.
    assert other == one
    assert len(one) == 1_990
    assert rows(tmp_path / "spark" / "errors") == rows(tmp_path / "local" / "errors")
    assert len(list((tmp_path / "spark" / "answers").glob("part-*"))) > 1
    assert run_batch("gap", path, str(tmp_path / "spark"), files=files, engine="spark", master="nowhere") == Report(
        people=2_000, bad=10, before=2_000
    )


@needs_spark
def test_parquet_goes_in_and_out(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="PySpark is not installed")
    import pyarrow as pa
    import pyarrow.parquet as pq

    people = [*make_people(40, seed=2, to=ROLES), {"id": "bad", "position": "philosofer", "to": "AI ethicist"}]
    path = str(tmp_path / "people.parquet")
    pq.write_table(pa.Table.from_pylist(people), path)
    for engine in ("local", "spark"):
        output = str(tmp_path / engine)
        run_batch(
            "routes",
            path,
            output,
            files=list_dataset_files(BUNDLED),
            engine=engine,
            master="local[2]" if engine == "spark" else None,
        )
    one, other = (pq.read_table(tmp_path / engine / "answers") for engine in ("local", "spark"))
    assert other.schema.names == one.schema.names
    by_row = {row["row"]: row for row in other.to_pylist()}
    assert [by_row[row["row"]] for row in one.to_pylist()] == one.to_pylist()
    assert pq.read_table(tmp_path / "spark" / "errors").to_pylist()[0]["id"] == "bad"
    pq.write_table(pa.Table.from_pylist([{"wage": 7}]), path)
    with pytest.raises(UnreadableFile, match="no column position"):
        run_batch("routes", path, str(tmp_path / "other"), files=list_dataset_files(BUNDLED), engine="spark")


@needs_spark
def test_a_cluster_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="PySpark is not installed")
    (tmp_path / "people.jsonl").write_text('{"position": "philosopher", "to": "AI ethicist"}\n')
    with pytest.raises(ClusterFailed) as caught:
        run_batch(
            "gap",
            str(tmp_path / "people.jsonl"),
            str(tmp_path / "out"),
            files=list_dataset_files(BUNDLED),
            engine="spark",
            master="nowhere",
        )
    assert str(caught.value).startswith("The cluster nowhere has failed: an address begins with spark:// or k8s://")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            "An error occurred.\n: org.apache.spark.SparkException: Could not parse it\n\tat org.x(y)",
            "Could not parse it",
        ),
        (
            "An error.\n: a.SparkException: Job aborted: b.PythonException: Traceback (most recent call last):\n"
            '  File "x"\ncareergraph.model.errors.UnreadableFile: Cannot read p: it is gone.\n\n\tat a.b(c)\n',
            "careergraph.model.errors.UnreadableFile: Cannot read p: it is gone.",
        ),
        ("[JAVA_GATEWAY_EXITED] Java has exited", "[JAVA_GATEWAY_EXITED] Java has exited"),
        ("An error.\n: java.IllegalState: Cannot call methods on a stopped SparkContext.", "no master answers there"),
        ("", "RuntimeError"),
    ],
)
def test_of_what_a_cluster_says_one_line_is_told(said: str, reason: str) -> None:
    assert spark._reason(RuntimeError(said)) == reason


def test_without_java_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark", reason="PySpark is not installed")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    (tmp_path / "people.jsonl").write_text('{"position": "philosopher", "to": "AI ethicist"}\n')
    with pytest.raises(MissingProgram, match="needs Java: install a Java of version 17 or later"):
        run_batch(
            "gap",
            str(tmp_path / "people.jsonl"),
            str(tmp_path / "out"),
            files=list_dataset_files(BUNDLED),
            engine="spark",
        )


def test_data_comes_out_of_its_archive_as_it_went_in(tmp_path: Path) -> None:
    own = tmp_path / "mine.ttl"
    own.write_text(MINE)
    files = [*list_dataset_files(BUNDLED), str(own)]
    pack_data(files, tmp_path / "data.zip")
    (tmp_path / "there").mkdir()
    found = unpack_data(tmp_path / "data.zip", tmp_path / "there")
    assert found[:-1] == files[:-1]
    assert Path(found[-1]).read_text() == MINE
    assert dict(Catalogue.of_files(found).statements) == dict(Catalogue.of_files(files).statements)


def test_a_machine_with_other_bundled_data_is_told(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "data.zip", "w") as packed:
        packed.writestr(LIST, '[{"bundled": 1000000}]')
    (tmp_path / "there").mkdir()
    with pytest.raises(UnusableDataset, match="another version of careergraph"):
        unpack_data(tmp_path / "data.zip", tmp_path / "there")
