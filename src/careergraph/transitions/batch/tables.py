"""People and answers in files: JSON Lines, and Parquet by pyarrow, which the extra `batch` brings."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from careergraph.model.decoding import find_repeated
from careergraph.model.errors import UnreadableFile
from careergraph.model.escaping import to_safe_json, to_safe_line
from careergraph.model.extras import need_extra
from careergraph.model.records import Record
from careergraph.transitions.batch.answers import BadPerson
from careergraph.transitions.batch.errors import BadRow
from careergraph.transitions.batch.likely_moves import LikelyMove
from careergraph.transitions.batch.people import COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa

#: A line of JSON may have this many bytes.
LONGEST_LINE = 1_000_000
_CHUNK = 1 << 20

#: A row as it is passed to a process: a line of JSON, columns, or the reason why it is neither.
Raw = bytes | Mapping[str, Any] | BadRow


def format_of(path: str) -> str:
    """The format of a file by its ending: `parquet`, or else `jsonl`.

    >>> format_of("people.parquet"), format_of("people.jsonl")
    ('parquet', 'jsonl')
    """
    return "parquet" if path.lower().endswith((".parquet", ".pq")) else "jsonl"


def count_people(path: str) -> int:
    """How many rows a file of people has.

    Raises:
        MissingExtra: the file is Parquet, and pyarrow is not installed.
        UnreadableFile: the file is missing or damaged, or has none of the columns that are read.
    """
    return _FORMATS[format_of(path)].count(path)


def read_people(path: str, size: int) -> Generator[list[Raw], None, None]:
    """The rows of a file, `size` at a time; only the last part may have fewer.

    Args:
        path: a file in JSON Lines or Parquet.
        size: how many rows a part has.

    Raises:
        MissingExtra: the file is Parquet, and pyarrow is not installed.
        UnreadableFile: the file cannot be read.
    """
    return _FORMATS[format_of(path)].read(path, size)


def find_columns(raw: Raw) -> Mapping[str, Any] | BadRow:
    """The columns of a row, or the reason why it has none.

    >>> find_columns(b'{"id": 7, "position": "nurse"}')
    {'id': 7, 'position': 'nurse'}
    >>> find_columns(b"nurse").reason
    'it is not JSON'
    """
    if not isinstance(raw, bytes):
        return raw
    try:
        found = json.loads(raw, object_pairs_hook=_keys_once)
    except BadRow as twice:
        return twice
    except (ValueError, RecursionError):
        return BadRow("it is not JSON")
    return found if isinstance(found, dict) else BadRow("it is not a JSON object")


def _keys_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # JSON does not define which of two equal keys is used, so one would be lost silently.
    twice = find_repeated(name for name, _ in pairs)
    if twice is not None:
        raise BadRow(f"its key {to_safe_line(twice)!r} is there twice")
    return dict(pairs)


def write_rows(rows: Sequence[Record], format_: str, type_: type[Record]) -> bytes:
    r"""Rows as the content of a file.

    Args:
        rows: records of one type.
        format_: `jsonl` or `parquet`.
        type_: their type, `Answer`, `BadPerson` or `LikelyMove`.

    >>> write_rows([BadPerson(3, None, "BadRow", "No.")], "jsonl", BadPerson)
    b'{"row": 3, "id": null, "error": "BadRow", "reason": "No."}\n'
    """
    return _FORMATS[format_].write(rows, type_)


def count_rows(path: Path, format_: str) -> int:
    """How many rows a file of answers has that `write_rows` made."""
    return _FORMATS[format_].count_written(path)


### JSON Lines


def _count_lines(path: str | Path) -> int:
    number, last = 0, b"\n"
    with Path(path).open("rb") as file:
        while chunk := file.read(_CHUNK):
            number, last = number + chunk.count(b"\n"), chunk
    return number + (not last.endswith(b"\n"))


def _lines(path: str) -> Generator[Raw, None, None]:
    with Path(path).open("rb") as file:
        while line := file.readline(LONGEST_LINE + 1):
            if len(line) <= LONGEST_LINE:
                yield line
                continue
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)
            yield BadRow(f"it is longer than {LONGEST_LINE:,} bytes")


def _read_lines(path: str, size: int) -> Generator[list[Raw], None, None]:
    with closing(_lines(path)) as lines:
        while part := list(islice(lines, size)):
            yield part


def _write_lines(rows: Sequence[Record], type_: type[Record]) -> bytes:
    lines = (to_safe_json(json.dumps(row.to_dict(), ensure_ascii=False)) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


### Parquet


def _open(path: str | Path) -> Any:
    with need_extra("batch", "Parquet", "pyarrow"):
        import pyarrow as pa
        import pyarrow.parquet as pq
    try:
        return pq.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise UnreadableFile(path=str(path), reason=f"it is not a Parquet file: {error}") from error


def check_columns(path: str, names: Sequence[str]) -> list[str]:
    """The columns of a table that are read.

    Raises:
        UnreadableFile: there is none that describes a person.

    >>> check_columns("people.parquet", ["wage", "position", "id"])
    ['id', 'position']
    """
    found = [name for name in (*COLUMNS, "positions", "assets", "name") if name in names]
    if not set(found) & {*COLUMNS[1:4], "assets"}:
        reason = f"it has no column position, skills or credentials, but {', '.join(names[:10]) or 'none at all'}"
        raise UnreadableFile(path=path, reason=reason)
    return found


def _count_parquet(path: str) -> int:
    with _open(path) as file:
        check_columns(path, file.schema_arrow.names)
        return int(file.metadata.num_rows)


def _read_parquet(path: str, size: int) -> Generator[list[Raw], None, None]:
    with _open(path) as file:
        columns, rest = check_columns(path, file.schema_arrow.names), []
        for batch in file.iter_batches(size, columns=columns):
            rest += batch.to_pylist()
            while len(rest) >= size:
                yield rest[:size]
                rest = rest[size:]
        if rest:
            yield rest


def _write_parquet(rows: Sequence[Record], type_: type[Record]) -> bytes:
    with need_extra("batch", "Parquet", "pyarrow"):
        import pyarrow as pa
        import pyarrow.parquet as pq
    content = BytesIO()
    pq.write_table(pa.Table.from_pylist([row.to_dict() for row in rows], make_schema(type_)), content)
    return content.getvalue()


def _count_written(path: Path) -> int:
    with _open(path) as file:
        return int(file.metadata.num_rows)


def make_schema(type_: type[Record]) -> pa.Schema:
    """The columns of a table of answers, bad rows or likely moves, as pyarrow has them."""
    import pyarrow as pa

    iris, number = pa.list_(pa.string()), pa.float64()
    months = [("months_low", number), ("months_high", number)]
    route = [("route", iris), ("feasibility", number), ("cost", number), *months]
    whose = [("row", pa.int64()), ("id", pa.string())]
    others = {
        BadPerson: [*whose, ("error", pa.string()), ("reason", pa.string())],
        LikelyMove: [
            *((name, pa.string()) for name in ("origin", "destination")),
            ("place", pa.int64()),
            *((name, number) for name in ("probability", "ease")),
        ],
    }
    if type_ in others:
        return pa.schema(others[type_])
    hours = [("courses", iris), ("hours_low", number), ("hours_high", number)]
    reached = pa.list_(pa.struct([("role", pa.string()), *route]))
    asked = [("question", pa.string()), ("to", pa.string())]
    texts = [(name, pa.string()) for name in ("reason", "data", "parameters")]
    return pa.schema([*whose, *asked, *route, ("missing", pa.list_(iris)), *hours, ("reach", reached), *texts])


class _Format(NamedTuple):
    count: Callable[[str], int]
    read: Callable[[str, int], Generator[list[Raw], None, None]]
    write: Callable[[Sequence[Record], type[Record]], bytes]
    count_written: Callable[[Path], int]


_FORMATS = {
    "jsonl": _Format(_count_lines, _read_lines, _write_lines, _count_lines),
    "parquet": _Format(_count_parquet, _read_parquet, _write_parquet, _count_written),
}
#: The formats in which answers can be written.
FORMATS = tuple(_FORMATS)
