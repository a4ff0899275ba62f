"""The bundled data is compiled, and only what belongs to the files as they are is read."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from careergraph.store import compiled
from careergraph.store.compiled import NAME, State, compile_statements, read_bundled, state_of_files

SAID = {"urn:a": {"urn:b": ["c"]}}
OLD = {"urn:old": {"urn:b": ["c"]}}
OF_OTHER_FILES = compile_statements(OLD, State("0" * 64, "0" * 8, 0))


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The wheel's place and the checkout's, both of them empty."""
    found = tmp_path / "data" / NAME, tmp_path / "__pycache__" / NAME
    monkeypatch.setattr(compiled, "compiled_places", lambda: tuple(map(str, found)))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return found


def must_not_parse() -> compiled.Statements:
    raise AssertionError


def test_it_is_made_on_first_use_and_read_from_then_on(places: tuple[Path, Path]) -> None:
    assert read_bundled(lambda: SAID) == SAID
    assert [path.name for path in places[1].parent.iterdir()] == [NAME]
    assert read_bundled(must_not_parse) == SAID


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("content", [OF_OTHER_FILES, b"", b"{", b"digest listing\n{", b"digest listing\n"])
def test_what_is_of_other_files_or_damaged_is_not_read(places: tuple[Path, Path], place: int, content: bytes) -> None:
    places[place].parent.mkdir()
    places[place].write_bytes(
        content.replace(b"digest listing", compile_statements(OLD, state_of_files()).partition(b"\n")[0])
    )
    assert read_bundled(lambda: SAID) == SAID


def test_what_the_wheel_carries_is_read_without_writing(places: tuple[Path, Path]) -> None:
    places[0].parent.mkdir()
    places[0].write_bytes(compile_statements(SAID, state_of_files()))
    assert read_bundled(must_not_parse) == SAID
    assert not places[1].exists()


def test_nothing_is_written_where_python_writes_nothing(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert read_bundled(lambda: SAID) == SAID
    assert not places[1].exists()


def test_a_folder_that_cannot_be_made_is_no_fault(places: tuple[Path, Path]) -> None:
    places[1].parent.write_bytes(b"a file, and no folder")
    assert read_bundled(lambda: SAID) == SAID


def test_what_was_written_after_the_files_is_not_compared_with_what_they_say(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_bundled(lambda: SAID) == SAID
    monkeypatch.setattr(compiled, "bundled_fingerprint", must_not_parse)
    assert read_bundled(must_not_parse) == SAID


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two files in the place of the bundled ones."""
    found = [tmp_path / "one.ttl", tmp_path / "two.ttl"]
    for path in found:
        path.write_text("<urn:a> <urn:b> <urn:c> .")
    paths = list(map(str, found))
    monkeypatch.setattr(compiled, "dataset_files", lambda: paths)
    monkeypatch.setattr(
        compiled, "bundled_fingerprint", lambda: "".join(Path(p).read_text() for p in paths).encode().hex()
    )
    return paths


def test_a_file_that_says_something_else_in_as_many_signs_is_noticed(
    places: tuple[Path, Path], files: list[str]
) -> None:
    assert read_bundled(lambda: OLD) == OLD
    said = Path(files[0]).stat()
    Path(files[0]).write_text("<urn:a> <urn:b> <urn:d> .")
    os.utime(files[0], ns=(said.st_atime_ns, said.st_mtime_ns))  # as an archive that keeps times leaves it
    assert read_bundled(lambda: SAID) == SAID


def test_a_file_that_was_touched_and_says_the_same_is_read_once_more(
    places: tuple[Path, Path], files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_bundled(lambda: SAID) == SAID
    Path(files[0]).touch()
    assert read_bundled(must_not_parse) == SAID
    monkeypatch.setattr(compiled, "bundled_fingerprint", must_not_parse)
    assert read_bundled(must_not_parse) == SAID


def test_what_changes_while_it_is_read_is_not_kept(places: tuple[Path, Path], files: list[str]) -> None:
    def parse() -> compiled.Statements:
        Path(files[0]).write_text("<urn:a> <urn:b> <urn:d> .")
        return OLD

    assert read_bundled(parse) == OLD
    assert read_bundled(lambda: SAID) == SAID


def test_a_file_more_or_less_is_noticed(places: tuple[Path, Path], files: list[str]) -> None:
    assert read_bundled(lambda: OLD) == OLD
    files.pop()
    assert read_bundled(lambda: SAID) == SAID


def test_a_full_disk_leaves_nothing_behind(places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert read_bundled(lambda: SAID) == SAID
    assert list(places[1].parent.iterdir()) == []
