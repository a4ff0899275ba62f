"""People and answers in files: JSON Lines, and Parquet by pyarrow, which the extra `batch` brings."""

from __future__ import annotations

import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
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
from careergraph.transitions.batch.input_files import format_of, list_files, reading
from careergraph.transitions.batch.likely_moves import LikelyMove
from careergraph.transitions.batch.people import COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

#: So many rows of Parquet are turned into Python values at once.
_AT_ONCE = 1_000
#: A line of JSON may have this many bytes.
LONGEST_LINE = 1_000_000
_CHUNK = 1 << 22
#: The first bytes of files that are not text in UTF-8, and what they are.
_OTHER_KINDS = {
    b"PAR1": "Parquet (rename it to .parquet)",
    b"\x1f\x8b": "compressed by gzip",
    b"\x28\xb5\x2f\xfd": "compressed by zstd",
    b"PK\x03\x04": "a zip archive or a workbook",
    BOM_UTF16_LE: "UTF-16",
    BOM_UTF16_BE: "UTF-16",
}

#: A row as it is passed to a process: a line of JSON, columns, or the reason why it is neither.
Raw = bytes | Mapping[str, Any] | BadRow


def count_people(path: str) -> int:
    """How many rows a file of people has, or a folder of such files.

    Raises:
        MissingExtra: the file is Parquet, and pyarrow is not installed.
        UnreadableFile: the file is missing or damaged, or has none of the columns that are read.
    """
    return sum(block.rows for block in find_blocks(path))


class Block(NamedTuple):
    """A part of a file that can be read by itself: bytes of JSON Lines, or a row group of Parquet."""

    path: str
    """The file."""
    first: int
    """The number of its first row in the input, counted from 0."""
    rows: int
    """How many rows it has."""
    start: int
    """Its first byte, or the number of the row group."""
    stop: int
    """The byte after its last one, or the number of the next row group."""


def find_blocks(path: str) -> Generator[Block, None, None]:
    """The blocks that a file of people consists of, or the parts in a folder, in their order.

    Raises:
        MissingExtra: the file is Parquet, and pyarrow is not installed.
        UnreadableFile: a file is missing or damaged, is of another kind, or has none of the columns that are read.
    """
    first, find = 0, _FORMATS[format_of(path)].find_blocks
    for file in list_files(path):
        with reading(file):
            for block in find(file):
                yield block._replace(first=first)
                first += block.rows


def read_block(block: Block) -> Generator[Raw, None, None]:
    """The rows of a block.

    Args:
        block: one of those that `find_blocks` finds.

    Raises:
        UnreadableFile: its file cannot be read.
    """
    with reading(block.path), closing(_FORMATS[format_of(block.path)].read(block)) as rows:
        yield from rows


def read_people(path: str, size: int) -> Generator[list[Raw], None, None]:
    """The rows of a file, or of all files in a folder, `size` at a time; only the last part may have fewer.

    Args:
        path: a file in JSON Lines or Parquet, or a folder of such files.
        size: how many rows a part has.

    Raises:
        MissingExtra: the file is Parquet, and pyarrow is not installed.
        UnreadableFile: the file cannot be read.
    """
    rows = (row for block in find_blocks(path) for row in read_block(block))
    with closing(rows):
        while part := list(islice(rows, size)):
            yield part


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
        text = raw.decode("utf-8-sig")
        found = json.loads(text, object_pairs_hook=_keys_once)
    except BadRow as twice:
        return twice
    except UnicodeDecodeError:
        return BadRow("it is not UTF-8")
    except (ValueError, RecursionError):
        return BadRow("it is not JSON" if text.strip() else "it is an empty line")
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


def _find_lines(path: str) -> Iterator[Block]:
    rows = start = stop = 0
    with Path(path).open("rb") as file:
        _check_kind(path, file.peek())
        while chunk := file.read(_CHUNK):
            end = chunk.rfind(b"\n") + 1
            rows += chunk.count(b"\n")
            if end:
                yield Block(path, 0, rows, start, stop + end)
                rows, start = 0, stop + end
            stop += len(chunk)
    if start < stop:  # a last line without its end
        yield Block(path, 0, 1, start, stop)


def _check_kind(path: str, beginning: bytes) -> None:
    kind = next((kind for mark, kind in _OTHER_KINDS.items() if beginning.startswith(mark)), None)
    if kind is not None:
        raise UnreadableFile(path=path, reason=f"it is {kind}, and not JSON Lines in UTF-8")


def _read_lines(block: Block) -> Generator[Raw, None, None]:
    with Path(block.path).open("rb") as file:
        file.seek(block.start)
        while file.tell() < block.stop and (line := file.readline(LONGEST_LINE + 1)):
            if len(line) <= LONGEST_LINE:
                yield line
                continue
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)
            yield BadRow(f"it is longer than {LONGEST_LINE:,} bytes")


def _count_lines(path: Path) -> int:
    return sum(block.rows for block in _find_lines(str(path)))


def _write_lines(rows: Sequence[Record], type_: type[Record]) -> bytes:
    lines = (to_safe_json(json.dumps(row.to_dict(), ensure_ascii=False)) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


### Parquet


@contextmanager
def _open(path: str | Path) -> Iterator[pq.ParquetFile]:
    with need_extra("batch", "Parquet", "pyarrow"):
        import pyarrow as pa
        import pyarrow.parquet as pq
    try:
        with pq.ParquetFile(path) as file:
            yield file
    except (pa.ArrowException, OSError) as error:  # its message can have several lines
        reason = f"it is not a whole Parquet file: {' '.join(str(error).split())}"
        raise UnreadableFile(path=str(path), reason=reason) from error


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


def _find_row_groups(path: str) -> Iterator[Block]:
    with _open(path) as file:
        check_columns(path, file.schema_arrow.names)
        for number in range(file.metadata.num_row_groups):
            yield Block(path, 0, int(file.metadata.row_group(number).num_rows), number, number + 1)


def _read_row_groups(block: Block) -> Generator[Raw, None, None]:
    with _open(block.path) as file:
        columns = check_columns(block.path, file.schema_arrow.names)
        for batch in file.iter_batches(_AT_ONCE, range(block.start, block.stop), columns):
            yield from _to_rows(batch)


def _to_rows(batch: pa.RecordBatch) -> Iterator[Raw]:
    try:
        yield from batch.to_pylist()
    except (ValueError, OverflowError) as error:  # text that is not UTF-8, a date that Python does not have
        if len(batch) > 1:
            for row in range(len(batch)):
                yield from _to_rows(batch.slice(row, 1))
        else:
            yield BadRow(f"one of its values cannot be read: {error}")


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
    find_blocks: Callable[[str], Iterator[Block]]
    read: Callable[[Block], Generator[Raw, None, None]]
    write: Callable[[Sequence[Record], type[Record]], bytes]
    count_written: Callable[[Path], int]


_FORMATS = {
    "jsonl": _Format(_find_lines, _read_lines, _write_lines, _count_lines),
    "parquet": _Format(_find_row_groups, _read_row_groups, _write_parquet, _count_written),
}
#: The formats in which answers can be written.
FORMATS = tuple(_FORMATS)
