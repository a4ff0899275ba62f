"""The files of a batch's input: one file of people, or a folder with its parts, as Spark writes a table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from careergraph.model.errors import UnreadableFile

#: How the names of files in a folder begin that are no part of its table, such as `_SUCCESS`.
_BESIDE = (".", "_")


def format_of(path: str) -> str:
    """The format of a file by its ending, or of a folder by its parts: `parquet`, or else `jsonl`.

    Raises:
        UnreadableFile: a folder has no parts, or not all in one format.

    >>> format_of("people.parquet"), format_of("people.jsonl")
    ('parquet', 'jsonl')
    """
    formats = {"parquet" if name.lower().endswith((".parquet", ".pq")) else "jsonl" for name in list_files(path)}
    if len(formats) > 1:
        raise UnreadableFile(path=path, reason="it has both parts in Parquet and others")
    return formats.pop()


def list_files(path: str) -> list[str]:
    """The file itself, or the parts in a folder by name: rows are counted in this order.

    Raises:
        UnreadableFile: a folder has no parts, or cannot be read.
    """
    folder = Path(path)
    if not folder.is_dir():
        return [path]
    with reading(path):
        visible = sorted(found for found in folder.iterdir() if not found.name.startswith(_BESIDE))
    parts = [str(found) for found in visible if found.is_file()]
    if len(parts) < len(visible):
        raise UnreadableFile(path=path, reason="it has folders in it; parts of a table are files in one folder")
    if not parts:
        raise UnreadableFile(path=path, reason="it is a folder without parts of a table")
    return parts


def find_state(path: str) -> tuple[int, int]:
    """The size of a file or of all parts together, and when one was last modified, in nanoseconds.

    Raises:
        UnreadableFile: there is no such file or folder, or it is something else, such as a pipe.
    """
    found = []
    for name in list_files(path):
        with reading(name):
            found.append(Path(name).stat())
        if not Path(name).is_file():
            raise UnreadableFile(path=name, reason="it is not a file")
    return sum(state.st_size for state in found), max(state.st_mtime_ns for state in found)


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Tell what goes wrong with the file inside the `with` block as an error of the file."""
    try:
        yield
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error
