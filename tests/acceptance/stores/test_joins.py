"""Data sets are put together once for all that ask, in files that are kept or go with whoever had it done."""

from __future__ import annotations

import shutil
from pathlib import Path
from unittest.mock import patch

import pyoxigraph
import pytest

import esco_release
from careergraph.model.errors import UnusableDataset
from careergraph.sparql.sandbox import Sandbox
from careergraph.store import joins
from careergraph.store.joins import join, join_if_needed
from careergraph.store.layers import DIRECT, is_layer
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_dataset, open_joined, open_store

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


@pytest.fixture(scope="module")
def imported(small_onet: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """O*NET and ESCO, the small ones; the first has more statements."""
    folder = tmp_path_factory.mktemp("imported")
    esco = esco_release.install_fixture(folder / "esco")
    return Path(shutil.copytree(small_onet, folder / "onet")), Path(esco)


def test_a_join_of_imported_data_is_kept_and_has_all_that_follows(imported: tuple[Path, Path]) -> None:
    files = [*list_dataset_files(), *map(str, imported)]
    with join(files) as folder:
        assert Path(folder).parent in imported
    with patch.object(joins, "_make") as made, join(files) as again:
        assert again == folder
    made.assert_not_called()
    found = set(open_dataset(files).store)
    for path in imported:
        expected = open_store([*list_dataset_files(), str(path)], direct=True, steps=False)
        said = {quad for quad in expected if "/graph/" in str(quad.graph_name) and not is_layer(quad.graph_name.value)}
        assert said - found == set()
        # What follows from both together, by matches between them, is left to whoever asks.
        concluded = set(expected.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(DIRECT)))
        assert {pyoxigraph.Quad(*quad.triple) for quad in concluded} - found == set()


def test_a_join_is_made_anew_where_it_is_damaged_and_earlier_ones_go(imported: tuple[Path, Path]) -> None:
    files = [*list_dataset_files(), *map(str, imported)]
    with join(files) as folder:
        (Path(folder) / "store" / "CURRENT").write_text("nonsense")
    earlier = Path(folder).parent / ".joined-earlier"
    earlier.mkdir()
    with join(files) as again:
        assert again == folder
        assert len(open_joined(again).store) > 10_000
    assert not earlier.exists()


def test_a_join_with_a_file_of_ones_own_is_not_kept(imported: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    with join([*map(str, imported), str(tmp_path / "own.ttl")]) as folder:
        assert Path(folder).exists()
    assert not Path(folder).exists()


def test_nothing_is_made_where_a_store_will_do(small_onet: Path) -> None:
    for files in ([], [str(small_onet)], [*list_dataset_files(), str(small_onet)]):
        with join_if_needed(files) as folder:
            assert folder is None
