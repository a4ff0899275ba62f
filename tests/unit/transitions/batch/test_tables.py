"""People and answers in files: JSON Lines and Parquet say the same."""

from __future__ import annotations

import gzip
import json
import pickle
from array import array
from itertools import accumulate
from pathlib import Path

import pytest

from careergraph.model.errors import UnreadableFile
from careergraph.store.locations import list_dataset_files
from careergraph.transitions.batch import tables
from careergraph.transitions.batch.answers import Answer, BadPerson, ReachableRole
from careergraph.transitions.batch.errors import BadRow
from careergraph.transitions.batch.jobs import run_batch
from careergraph.transitions.batch.tables import (
    LONGEST_LINE,
    count_people,
    count_rows,
    find_blocks,
    find_columns,
    read_block,
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
    with pytest.raises(UnreadableFile, match="it is not a whole Parquet file"):
        count_people(path)


def test_a_line_without_end_is_one_bad_row(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    path.write_bytes(b'{"position": "a"}\n' + b"x" * (2 * LONGEST_LINE + 5) + b'\n{"position": "b"}\n')
    (part,) = read_people(str(path), 10)
    first, bad, last = map(find_columns, part)
    assert (first, last) == ({"position": "a"}, {"position": "b"})
    assert isinstance(bad, BadRow)
    assert bad.reason == "it is longer than 1,000,000 bytes"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "it is not JSON"),
        (b"[1]", "it is not a JSON object"),
        (b"7", "it is not a JSON object"),
        (b"[" * 100_000, "it is not JSON"),
        (b'{"id": "a\x00", "position": "nurse"}', "it is not JSON"),
        (b'{"id": 1} {"id": 2}', "it is not JSON"),
        (b"\r\n", "it is an empty line"),
        ('{"position": "caf\u00e9"}'.encode("latin-1"), "it is not UTF-8"),
        ('{"position": "nurse"}'.encode("utf-16-le"), "it is not JSON"),
    ],
)
def test_what_is_no_object_is_no_row(line: bytes, reason: str) -> None:
    assert isinstance(found := find_columns(line), BadRow)
    assert found.reason == reason


def test_a_byte_order_mark_and_line_ends_of_windows_are_no_fault() -> None:
    assert find_columns("\ufeff{}\r\n".encode()) == {}


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"PAR1...", "Parquet"), (gzip.compress(b"{}"), "compressed by gzip"), ("{}".encode("utf-16"), "UTF-16")],
    ids=["Parquet", "gzip", "UTF-16"],  # not the content: what gzip writes has the time in it
)
def test_a_file_of_another_kind_is_told_as_a_whole(tmp_path: Path, content: bytes, kind: str) -> None:
    (tmp_path / "people.jsonl").write_bytes(content)
    with pytest.raises(UnreadableFile, match=f"it is {kind}.*, and not JSON Lines in UTF-8"):
        count_people(str(tmp_path / "people.jsonl"))


def test_a_file_is_read_block_by_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_CHUNK", 30)
    lines = [f'{{"position": "{"x" * (number * 7 % 45)}"}}\n'.encode() for number in range(40)]
    path = tmp_path / "p.jsonl"
    path.write_bytes(b"".join(lines) + b'{"id": 1}')
    blocks = list(find_blocks(str(path)))
    assert len(blocks) > 10
    assert [block.first for block in blocks[1:]] == list(accumulate(block.rows for block in blocks))[:-1]
    assert [row for block in blocks for row in read_block(block)] == [*lines, b'{"id": 1}']


def test_a_value_that_python_does_not_have_is_one_bad_row(tmp_path: Path) -> None:
    offsets = pa.py_buffer(array("i", [0, 5, 7, 12]))
    names = pa.Array.from_buffers(pa.string(), 3, [None, offsets, pa.py_buffer(b"nurse\xff\xfenurse")])
    late = pa.array([2**62, None, 3], pa.timestamp("us"))
    pq.write_table(pa.table({"id": late, "position": names}), tmp_path / "p.parquet")
    (part,) = read_people(str(tmp_path / "p.parquet"), 10)
    assert [type(row) for row in part] == [BadRow, BadRow, dict]
    assert isinstance(part[2], dict)
    assert part[2]["position"] == "nurse"


@pytest.mark.parametrize("cut", [slice(0, 300), slice(300, None), slice(0, 0)])
def test_a_damaged_parquet_file_is_told_in_one_line(tmp_path: Path, cut: slice) -> None:
    path = tmp_path / "p.parquet"
    pq.write_table(pa.table({"position": [f"nurse {number}" for number in range(1_000)]}), path)
    path.write_bytes(path.read_bytes()[cut])
    with pytest.raises(UnreadableFile, match=r"^Cannot read \S+p\.parquet: it is not a whole Parquet file: [^\n]+$"):
        list(read_people(str(path), 100))


def test_a_bad_row_is_the_same_in_another_process() -> None:
    assert str(pickle.loads(pickle.dumps(BadRow("it is odd")))) == "This row cannot be asked about: it is odd."


def test_a_key_that_is_there_twice_is_told() -> None:
    found = find_columns(b'{"id": 7, "skills": ["python"], "skills": ["docker"]}')
    assert isinstance(found, BadRow)
    assert found.reason == "its key 'skills' is there twice"
