"""People and answers in files: JSON Lines and Parquet say the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from careergraph.model.errors import UnreadableFile
from careergraph.store.locations import list_dataset_files
from careergraph.transitions.batch.answers import Answer, BadPerson, ReachableRole
from careergraph.transitions.batch.errors import BadRow
from careergraph.transitions.batch.jobs import run_batch
from careergraph.transitions.batch.tables import (
    LONGEST_LINE,
    count_people,
    count_rows,
    find_columns,
    read_people,
    write_rows,
)
from made_people import make_people

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

ANSWER = Answer(
    3, "ann", "reach", None, (), 0.5, 2.0, 1.0, 3.5, (("urn:a", "urn:b"),), ("urn:c",), None, 7.0,
    (ReachableRole("urn:r", ("urn:q", "urn:r"), 0.25, 4.0, 0.0, 1.0),), None, "data", "parameters",
)  # fmt: skip


@pytest.mark.parametrize("format_", ["jsonl", "parquet"])
@pytest.mark.parametrize("rows", [[ANSWER, ANSWER], [], [BadPerson(1, None, "BadRow", "No.")]])
def test_rows_are_read_back_as_they_were_written(tmp_path: Path, format_: str, rows: list[Answer | BadPerson]) -> None:
    type_ = type(rows[0]) if rows else Answer
    path = tmp_path / f"rows.{format_}"
    path.write_bytes(write_rows(rows, format_, type_))
    assert count_rows(path, format_) == len(rows)
    found = (
        pq.read_table(path).to_pylist()
        if format_ == "parquet"
        else [json.loads(line) for line in path.read_text().splitlines()]
    )
    assert found == [row.to_dict() for row in rows]


def test_a_schema_has_the_fields_of_the_record_in_their_order() -> None:
    from careergraph.transitions.batch.tables import make_schema

    assert tuple(make_schema(Answer).names) == Answer.__match_args__
    assert tuple(make_schema(BadPerson).names) == BadPerson.__match_args__
    reached = make_schema(Answer).field("reach").type.value_type
    assert tuple(field.name for field in reached) == ReachableRole.__match_args__


def test_people_in_parquet_get_the_answers_of_people_in_json(tmp_path: Path) -> None:
    people = list(make_people(25, seed=5, to=("AI ethicist", "data scientist")))
    (tmp_path / "people.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in people))
    pq.write_table(pa.Table.from_pylist(people), tmp_path / "people.parquet", row_group_size=4)
    for name in ("people.jsonl", "people.parquet"):
        output = str(tmp_path / f"{name}-out")
        run_batch("gap", str(tmp_path / name), output, files=list_dataset_files("bundled"), format_="parquet", part=10)
    one, other = (pq.read_table(tmp_path / f"people.{end}-out" / "answers").to_pylist() for end in ("jsonl", "parquet"))
    assert one == other
    assert [row["id"] for row in one] == [row["id"] for row in people]


@pytest.mark.parametrize("size", [1, 3, 10, 100])
def test_parts_are_full_but_for_the_last(tmp_path: Path, size: int) -> None:
    rows = [{"position": str(number)} for number in range(10)]
    (tmp_path / "p.jsonl").write_text("\n".join(map(json.dumps, rows)))  # without a line break at the end
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "p.parquet", row_group_size=4)
    for name in ("p.jsonl", "p.parquet"):
        parts = list(read_people(str(tmp_path / name), size))
        assert all(len(part) == size for part in parts[:-1])
        assert [find_columns(raw) for part in parts for raw in part] == rows
        assert count_people(str(tmp_path / name)) == 10


def test_a_parquet_file_with_other_columns_is_told(tmp_path: Path) -> None:
    path = str(tmp_path / "people.parquet")
    pq.write_table(pa.Table.from_pylist([{"name": "Ann", "wage": 7}]), path)
    with pytest.raises(UnreadableFile, match="no column position, skills or credentials, but name, wage"):
        count_people(path)
    (tmp_path / "people.parquet").write_text("no parquet")
    with pytest.raises(UnreadableFile, match="it is not a Parquet file"):
        count_people(path)


def test_a_line_without_end_is_one_bad_row(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    path.write_bytes(b'{"position": "a"}\n' + b"x" * (2 * LONGEST_LINE + 5) + b'\n{"position": "b"}\n')
    (part,) = read_people(str(path), 10)
    first, bad, last = map(find_columns, part)
    assert (first, last) == ({"position": "a"}, {"position": "b"})
    assert isinstance(bad, BadRow)
    assert bad.reason == "it is longer than 1,000,000 bytes"


@pytest.mark.parametrize("line", [b"{", b"[1]", b"7", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_object_is_no_row(line: bytes) -> None:
    assert isinstance(find_columns(line), BadRow)


def test_a_key_that_is_there_twice_is_told() -> None:
    found = find_columns(b'{"id": 7, "skills": ["python"], "skills": ["docker"]}')
    assert isinstance(found, BadRow)
    assert found.reason == "its key 'skills' is there twice"
