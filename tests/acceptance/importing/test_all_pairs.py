"""All pairs of a register's occupations, part by part: what an import finds, and nothing lost on the way."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from careergraph.importing.derive.pairs.jobs import PairsReport, run_pairs
from careergraph.importing.derive.similarity.coordinates import Coordinates
from careergraph.model.errors import ContradictoryConditions, MissingProgram, UnusableDataset, UnwritableFile
from careergraph.store.datasets import find_snapshot
from careergraph.transitions.batch.errors import ClusterFailed, OtherBatch
from careergraph.transitions.batch.likely_moves import LikelyMove
from careergraph.transitions.ease import to_ease
from careergraph.transitions.precomputed.similarity import Similarity
from command_line import careergraph, complaint

needs_spark = pytest.mark.skipif(
    shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="Spark needs Java, and there is none"
)


@pytest.fixture(scope="module")
def plain(small_onet: Path) -> list[dict[str, Any]]:
    """What the import of the same data set has found for all pairs at once."""
    found = Similarity.open(f"{find_snapshot(str(small_onet))}/network")
    assert found is not None
    moves = [
        LikelyMove(
            origin,
            other,
            place,
            round(found.probability(origin, other), 6),
            round(to_ease(found.logit(origin, other)), 6),
        )
        for origin in found.occupations
        for place, (other, _) in enumerate(found.best(origin, 100), 1)
    ]
    return [move.to_dict() for move in moves]


def rows(folder: Path) -> Iterator[dict[str, Any]]:
    for part in sorted((folder / "pairs").glob("part-*.jsonl")):
        yield from map(json.loads, part.read_text().splitlines())


def same(found: Iterator[dict[str, Any]], plain: list[dict[str, Any]]) -> None:
    """The same moves in the same order; figures may differ in their last digit, which an import rounds."""
    for mine, other in zip(found, plain, strict=True):
        assert {name: mine[name] for name in ("origin", "destination", "place")} == {
            name: other[name] for name in ("origin", "destination", "place")
        }
        assert (mine["probability"], mine["ease"]) == pytest.approx((other["probability"], other["ease"]), abs=2e-6)


def test_the_best_are_those_of_an_import_and_a_job_goes_on_from_the_parts_that_are_there(
    small_onet: Path, plain: list[dict[str, Any]], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert run_pairs(str(small_onet), str(out), part=3, processes=2) == PairsReport(10, 90, before=0)
    assert len(list((out / "pairs").iterdir())) == 4
    same(rows(out), plain)
    whole, (first, *others) = list(rows(out)), sorted((out / "pairs").iterdir())
    written = first.stat().st_mtime_ns
    for path in others[:2]:
        path.unlink()
    (out / "job.json").write_text((out / "job.json").read_text().replace('"complete": true', '"complete": false'))
    assert run_pairs(str(small_onet), str(out), part=3, processes=1) == PairsReport(10, 90, before=2)
    assert (list(rows(out)), first.stat().st_mtime_ns) == (whole, written)
    assert run_pairs(str(small_onet), str(out), part=3).before == 4


def test_only_the_best_are_written_and_results_of_another_job_left_alone(small_onet: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run_pairs(str(small_onet), str(out), most=2, processes=1).pairs == 20
    assert [row["place"] for row in rows(out)] == [1, 2] * 10
    with pytest.raises(OtherBatch, match="differs in most;"):
        run_pairs(str(small_onet), str(out), most=3)
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "mine.txt").write_text("mine")
    with pytest.raises(UnwritableFile, match="something is there that no batch has written"):
        run_pairs(str(small_onet), str(tmp_path / "thesis"))


def test_what_cannot_be_compared_is_told_before_anything_is_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(UnusableDataset, match="fewer than two occupations"):
        run_pairs("bundled", str(out))
    with pytest.raises(ContradictoryConditions, match="is an endpoint"):
        run_pairs("https://example.org/sparql", str(out))
    assert not out.exists()


def test_a_full_disk_is_one_line(small_onet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Coordinates, "save", full)
    with pytest.raises(UnwritableFile, match="No space left on device"):
        run_pairs(str(small_onet), str(tmp_path / "out"), processes=1)


def test_the_command_says_what_it_has_done(small_onet: Path, tmp_path: Path) -> None:
    ended = careergraph("batch", "pairs", str(small_onet), str(tmp_path / "out"))
    assert (ended.returncode, ended.stdout) == (0, "")
    assert ended.stderr.splitlines()[-1] == "Compared 10 occupations, wrote 90 pairs."
    wrong = careergraph("batch", "pairs", str(small_onet), str(tmp_path / "x"), "--to", "AI ethicist")
    assert "`pairs` takes neither --to nor --dataset" in complaint(wrong, 2)


# On a cluster


@needs_spark
def test_a_cluster_finds_what_one_machine_finds(small_onet: Path, plain: list[dict[str, Any]], tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="PySpark is not installed")
    import pyarrow.parquet as pq

    out = tmp_path / "out"
    found = run_pairs(str(small_onet), str(out), part=3, format_="parquet", engine="spark", master="local[2]")
    assert found == PairsReport(occupations=10, pairs=90, before=0)
    assert [path.name for path in sorted((out / "pairs").iterdir())] == [f"part-0000{n}.parquet" for n in range(4)]
    same(iter(pq.read_table(out / "pairs").to_pylist()), plain)


@needs_spark
def test_faults_of_a_cluster_are_one_line(small_onet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark", reason="PySpark is not installed")
    with pytest.raises(ClusterFailed, match=r"^The cluster nowhere has failed: ") as caught:
        run_pairs(str(small_onet), str(tmp_path / "out"), engine="spark", master="nowhere")
    assert "\n" not in str(caught.value)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(MissingProgram, match="needs Java"):
        run_pairs(str(small_onet), str(tmp_path / "out"), engine="spark")
