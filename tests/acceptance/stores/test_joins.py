"""Data sets are put together once for all that ask, in files that go with whoever had it done."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from careergraph.model.errors import UnusableDataset
from careergraph.sparql.sandbox import Sandbox
from careergraph.store import joins
from careergraph.store.joins import join, join_if_needed
from careergraph.store.locations import dataset_files
from careergraph.store.oxigraph import open_joined

ASKED = "ASK { <urn:a> <urn:b> <urn:c> . ?o a cg:Occupation }"


@pytest.fixture
def files(small_onet: Path, tmp_path: Path) -> list[str]:
    (tmp_path / "own.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    return [str(small_onet), str(tmp_path / "own.ttl")]


def left(dataset: Path) -> list[str]:
    return [path.name for path in dataset.iterdir() if path.name.startswith(".")]


def test_several_can_open_it_and_go_on_when_it_is_gone(files: list[str], small_onet: Path) -> None:
    with join(files) as folder:
        one, other = open_joined(folder), open_joined(folder)
        assert left(small_onet)
    assert not Path(folder).exists()
    assert not left(small_onet)
    assert set(one.store) == set(other.store)
    with pytest.raises(UnusableDataset, match="start again"):
        open_joined(folder)


def test_what_it_has_is_what_a_process_is_told(files: list[str]) -> None:
    with join(files) as folder:
        for _ in range(2):
            with Sandbox(files, joined=folder) as sandbox:
                assert sandbox.ask(ASKED, "csv", seconds=60).content == b"true"
        assert Path(folder).exists()


def test_a_process_that_is_replaced_finds_it_there(files: list[str], small_onet: Path) -> None:
    with patch.object(joins, "_make", wraps=joins._make) as made, Sandbox(files) as sandbox:
        for _ in range(2):
            assert sandbox.ask(ASKED, "csv", seconds=60).content == b"true"
            sandbox.stop()
    made.assert_called_once()
    assert not left(small_onet)


def test_nothing_is_made_where_a_store_will_do(small_onet: Path) -> None:
    for files in ([], [str(small_onet)], [*dataset_files(), str(small_onet)]):
        with join_if_needed(files) as folder:
            assert folder is None
