"""A folder with the parts of a table, as Spark writes them, is the table in one file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from careergraph.model.errors import UnreadableFile
from careergraph.store.locations import list_dataset_files
from careergraph.transitions.batch.errors import OtherBatch
from careergraph.transitions.batch.input_files import format_of
from careergraph.transitions.batch.jobs import Report, run_batch
from careergraph.transitions.batch.tables import find_blocks, read_block
from command_line import careergraph, complaint
from made_people import make_people, read_rows

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

FILES = list_dataset_files("bundled")
ROLE = "machine learning engineer"


def write_parts(folder: Path, people: list[dict[str, Any]], format_: str) -> str:
    """Parts of seven people each, one without any, and what Spark leaves beside them."""
    folder.mkdir()
    for number, start in enumerate([*range(0, len(people), 7), len(people)]):
        part, name = people[start : start + 7], folder / f"part-{number:05}-a1.c000.snappy.{format_}"
        if format_ == "parquet":
            schema = pa.Table.from_pylist(people).schema
            pq.write_table(pa.Table.from_pylist(part, schema), name)
        else:
            name.write_text("".join(f"{json.dumps(row)}\n" for row in part))
    (folder / "_SUCCESS").touch()
    (folder / f".part-00000-a1.c000.snappy.{format_}.crc").write_bytes(b"crc\0")
    return str(folder)


@pytest.mark.parametrize("format_", ["parquet", "json"])
def test_parts_are_answered_as_one_file_of_all(tmp_path: Path, format_: str) -> None:
    people = list(make_people(40, seed=6))
    (tmp_path / "people.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in people))
    parts = write_parts(tmp_path / "people", people, format_)
    assert format_of(parts) == ("parquet" if format_ == "parquet" else "jsonl")
    for name, path in (("one", str(tmp_path / "people.jsonl")), ("parts", parts)):
        found = run_batch("gap", path, str(tmp_path / name), files=FILES, to=ROLE, format_="jsonl", processes=1)
        assert found == Report(people=40, bad=0, before=0)
    assert read_rows(tmp_path / "parts" / "answers") == read_rows(tmp_path / "one" / "answers")
    assert [block.first for block in find_blocks(parts) if block.rows] == [0, 7, 14, 21, 28, 35]
    assert sum(len(list(read_block(block))) for block in find_blocks(parts)) == 40


def test_another_part_makes_another_batch(tmp_path: Path) -> None:
    parts = write_parts(tmp_path / "people", list(make_people(10, seed=6)), "json")
    run_batch("gap", parts, str(tmp_path / "out"), files=FILES, to=ROLE, processes=1)
    (tmp_path / "people" / "part-00009.json").write_text('{"position": "philosopher"}\n')
    with pytest.raises(OtherBatch, match="differs in size, modified"):
        run_batch("gap", parts, str(tmp_path / "out"), files=FILES, to=ROLE, processes=1)


def test_what_is_no_table_is_told_in_one_line(tmp_path: Path) -> None:
    def says(*names: str) -> str:
        folder = tmp_path / "-".join(("p", *names)).replace("/", "+")
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("{}")
        folder.mkdir(exist_ok=True)
        return complaint(careergraph("batch", "gap", str(folder), str(tmp_path / "out"), "--to", ROLE), 2)

    assert "is a folder without parts of a table" in says("_SUCCESS")
    assert "it has both parts in Parquet and others" in says("a.parquet", "b.json")
    assert "it has folders in it" in says("a.json", "country=nl/a.json")
    assert not (tmp_path / "out").exists()


def test_a_damaged_part_is_named(tmp_path: Path) -> None:
    parts = write_parts(tmp_path / "people", list(make_people(10, seed=6)), "parquet")
    (tmp_path / "people" / "part-00001-a1.c000.snappy.parquet").write_bytes(b"PAR1")
    with pytest.raises(UnreadableFile, match=r"Cannot read \S+part-00001-\S+: it is not a whole Parquet file"):
        run_batch("gap", parts, str(tmp_path / "out"), files=FILES, to=ROLE, processes=1)
