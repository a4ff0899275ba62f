"""The bundled data has a store on disk: made once, opened by whoever asks next, and never other than what is there."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pyoxigraph
import pytest

from careergraph.store import bundled_store
from careergraph.store.bundled_store import begin_with_bundled, open_bundled
from turned_bits import turned

QUADS = {
    pyoxigraph.Quad(
        pyoxigraph.NamedNode("urn:a"), pyoxigraph.NamedNode("urn:p"), pyoxigraph.Literal(f"{number}"), graph
    )
    for number in range(50)
    for graph in (pyoxigraph.DefaultGraph(), pyoxigraph.NamedNode("urn:g"))
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the test's own for what is made."""
    monkeypatch.setattr(bundled_store, "_folder", lambda: str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    yield tmp_path
    tmp_path.chmod(0o700)


def in_memory() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.extend(QUADS)
    return store


def not_again() -> pyoxigraph.Store:
    raise AssertionError("it is made already")


def stores(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_was_made_once_is_opened_and_can_only_be_read(folder: Path) -> None:
    assert set(open_bundled(in_memory)) == QUADS
    opened = open_bundled(not_again)
    assert set(opened) == QUADS
    with pytest.raises(RuntimeError, match="read-write"):
        opened.add(next(iter(QUADS)))
    assert len(stores(folder)) == 1


def test_what_it_is_made_of_has_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_bundled(in_memory)
    before = stores(folder)
    monkeypatch.setattr(bundled_store, "hash_bundled", lambda: "another")
    assert len(open_bundled(pyoxigraph.Store)) == 0
    assert len(stores(folder)) == 1
    assert stores(folder) != before


def test_a_damaged_one_is_made_anew(folder: Path) -> None:
    open_bundled(in_memory)
    (manifest,) = folder.glob("*/store/MANIFEST-*")
    manifest.write_bytes(b"")
    assert set(open_bundled(in_memory)) == QUADS
    assert set(open_bundled(not_again)) == QUADS


@pytest.mark.parametrize("end", [".sst", "checksums.json", "CURRENT"])
def test_a_bit_that_has_turned_anywhere_has_it_made_anew(folder: Path, end: str) -> None:
    """Even where the engine would open it, and only notice when it reads that part."""
    open_bundled(in_memory)
    path = max(path for path in folder.rglob("*") if path.name.endswith(end))
    with turned(path, path.stat().st_size // 2):
        assert set(open_bundled(in_memory)) == QUADS
        assert set(open_bundled(not_again)) == QUADS


def test_what_was_killed_half_way_is_swept_away(folder: Path) -> None:
    left = folder / ".careergraph-abcdefgh" / "whole" / "store"
    left.mkdir(parents=True)
    (left / "CURRENT").touch()
    assert set(open_bundled(in_memory)) == QUADS
    assert not left.exists()


def test_what_one_user_has_made_others_can_read(folder: Path) -> None:
    open_bundled(in_memory)
    before = os.umask(0)
    os.umask(before)
    (made,) = folder.glob("bundled-store-*")
    assert made.stat().st_mode & 0o777 == 0o777 & ~before


def test_a_full_disk_costs_nothing_but_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine tells of it in either of two ways."""
    for error in (OSError(errno.ENOSPC, "No space left on device"), RuntimeError("IO error: No space left on device")):
        monkeypatch.setattr(bundled_store, "_write", Mock(side_effect=error))
        assert set(open_bundled(in_memory)) == QUADS
    assert stores(folder) == []


def test_an_import_learns_that_the_disk_is_full_in_so_many_words(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_with_bundled(str(tmp_path_factory.mktemp("first") / "store"), in_memory)
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr("careergraph.store.bundled_store.shutil.copyfile", Mock(side_effect=full))
    with pytest.raises(OSError, match="No space left") as raised:
        begin_with_bundled(str(tmp_path_factory.mktemp("second") / "store"), in_memory)
    assert raised.value.strerror == "No space left on device"


def test_another_process_was_sooner(folder: Path) -> None:
    """What it has made stays, and this process goes on with its own."""

    def overtaken() -> pyoxigraph.Store:
        open_bundled(in_memory)
        return in_memory()

    assert set(open_bundled(overtaken)) == QUADS
    assert set(open_bundled(not_again)) == QUADS
    assert len(stores(folder)) == 1


@pytest.mark.parametrize("why", ["no bytecode is wanted", "the folder is a file"])
def test_where_nothing_can_be_written_it_is_in_memory(folder: Path, monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    if why == "no bytecode is wanted":
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    else:
        (folder / "file").touch()
        monkeypatch.setattr(bundled_store, "_folder", lambda: str(folder / "file"))
    opened = open_bundled(in_memory)
    assert set(opened) == QUADS
    opened.add(pyoxigraph.Quad(*(pyoxigraph.NamedNode("urn:new"),) * 3))
    assert stores(folder) == ([] if why == "no bytecode is wanted" else ["file"])


def test_other_data_than_the_bundled_has_none(folder: Path, tmp_path: Path) -> None:
    from careergraph.store.oxigraph import open_dataset

    own = tmp_path / "own.ttl"
    own.write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    open_dataset([str(own)])
    assert stores(folder) == ["own.ttl"]


def test_an_import_begins_with_a_copy_that_is_its_own(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.mktemp("imports")
    term = pyoxigraph.NamedNode("urn:mine")
    extra = pyoxigraph.Quad(term, term, term)
    for make in (in_memory, not_again):
        begun = begin_with_bundled(str(own / make.__name__), make)
        assert set(begun) == QUADS
        begun.add(extra)
        begun.flush()
        del begun
    assert set(pyoxigraph.Store.read_only(str(own / "in_memory"))) == {*QUADS, extra}
    assert [name.startswith("bundled-import-") for name in stores(folder)] == [True]


def test_an_import_does_not_begin_with_a_damaged_copy(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.mktemp("imports")
    begin_with_bundled(str(own / "one"), in_memory)
    (table,) = folder.glob("*/store/MANIFEST-*")
    table.write_bytes(b"")
    assert set(begin_with_bundled(str(own / "other"), in_memory)) == QUADS


def test_an_import_begins_without_a_copy_where_nothing_can_be_kept(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    place = tmp_path_factory.mktemp("imports") / "store"
    assert set(begin_with_bundled(str(place), in_memory)) == QUADS
    assert stores(folder) == []
