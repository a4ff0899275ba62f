"""The bundled data is compiled, and only what belongs to the files as they are is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph.store import compiled
from careergraph.store.compiled import NAME, compile_statements, read_bundled
from careergraph.store.locations import bundled_fingerprint

SAID = {"urn:a": {"urn:b": ["c"]}}
OLD = {"urn:old": {"urn:b": ["c"]}}


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
@pytest.mark.parametrize("content", [compile_statements(OLD, "0" * 64), b"", b"{", b"digest\n{"])
def test_what_is_of_other_files_or_damaged_is_not_read(places: tuple[Path, Path], place: int, content: bytes) -> None:
    places[place].parent.mkdir()
    places[place].write_bytes(content.replace(b"digest", bundled_fingerprint().encode()))
    assert read_bundled(lambda: SAID) == SAID


def test_what_the_wheel_carries_is_read_without_writing(places: tuple[Path, Path]) -> None:
    places[0].parent.mkdir()
    places[0].write_bytes(compile_statements(SAID, bundled_fingerprint()))
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
