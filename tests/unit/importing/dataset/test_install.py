"""An import that ends early leaves what was there before; one that ends well replaces it under its readers' eyes."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing import open_source
from careergraph.importing.dataset import build
from careergraph.importing.dataset.install import _sync, install, remove
from careergraph.importing.dataset.lock import lock
from careergraph.model.errors import DatasetBusy, UnusableSource, UnwritableFile
from careergraph.store.datasets import CURRENT, find_snapshot, read_manifest
from careergraph.store.oxigraph import open_dataset
from light_import import LIGHT, LIGHTER
from onet_release import ONET, RELEASE, alter, ignore_progress, installed


@pytest.fixture(scope="module", autouse=True)
def light() -> Iterator[None]:
    """What is derived and what is bundled does not matter here, and would take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        for name, function in LIGHTER.items():
            patch.setattr(build, name, function)
        yield


@pytest.fixture
def tmp_path(quick_disk: Path) -> Path:
    """A folder of the test's own that waits for no disk."""
    return Path(tempfile.mkdtemp(dir=quick_disk))


@pytest.fixture(scope="module")
def first(light: None, quick_disk: Path) -> Path:
    """A data set of release 29.3."""
    return installed(quick_disk / "first" / "onet")


@pytest.fixture
def dataset(first: Path, tmp_path: Path) -> Path:
    """The same, of the test's own."""
    return Path(shutil.copytree(first, tmp_path / "onet"))


def check(dataset: Path, release: str) -> None:
    """The data set is whole: its manifest, index and store are of this release."""
    assert read_manifest(str(dataset)).release == release
    catalogue = Catalogue.load(str(dataset))
    assert catalogue.label(f"{ONET}occupation/15-2051.00") == "Data Scientists"
    assert f"{ONET}source/{release}" in catalogue.statements
    store = pyoxigraph.Store.read_only(f"{find_snapshot(str(dataset))}/store")
    assert store.query(f"ASK {{ <{ONET}source/{release}> ?p ?o }}")


def check_nothing_is_left(dataset: Path) -> None:
    """There is the live snapshot and nothing else."""
    assert {path.name for path in dataset.iterdir()} == {CURRENT, "lock", "snapshots"}
    assert [str(path) for path in (dataset / "snapshots").iterdir()] == [find_snapshot(str(dataset))]


### Ended early


def test_a_fault_in_the_source_leaves_what_was_there(dataset: Path, tmp_path: Path) -> None:
    broken = alter(tmp_path, "Related Occupations", lambda content: content[:-5])
    with pytest.raises(UnusableSource):
        installed(dataset, broken, "30.0")
    check(dataset, "29.3")
    check_nothing_is_left(dataset)
    with pytest.raises(UnusableSource):
        installed(tmp_path / "new", broken)
    assert not (tmp_path / "new").exists()


### Replaced


def test_importing_again_replaces(dataset: Path) -> None:
    before = find_snapshot(str(dataset))
    installed(dataset, called="30.0")
    check(dataset, "30.0")
    assert not Path(before).exists()
    assert f"{ONET}source/29.3" not in Catalogue.load(str(dataset)).statements


def test_who_has_opened_a_data_set_keeps_what_it_opened(dataset: Path) -> None:
    catalogue, store = Catalogue.load(str(dataset)), open_dataset([str(dataset)]).store
    installed(dataset, called="30.0")
    assert catalogue.label(f"{ONET}occupation/27-3042.00") == "Technical Writers"
    assert f"{ONET}source/29.3" in catalogue.statements
    assert store.query(f"ASK {{ <{ONET}source/29.3> ?p ?o }}")
    assert not store.query(f"ASK {{ <{ONET}source/30.0> ?p ?o }}")


### One at a time


def test_a_data_set_that_was_removed_meanwhile_is_made_anew(dataset: Path) -> None:
    with lock(dataset):
        command = [*LIGHT, "import", "onet", str(RELEASE), "--output", str(dataset), "--wait"]
        waiting = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(timeout=2)
        shutil.rmtree(dataset)
    assert waiting.wait(timeout=120) == 0
    check(dataset, "29.3")


def test_removing_leaves_nothing_and_waits_its_turn(dataset: Path) -> None:
    with lock(dataset), pytest.raises(DatasetBusy):
        remove(str(dataset))
    check(dataset, "29.3")
    remove(str(dataset))
    assert not dataset.exists()


def test_progress_is_told_in_rows(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    opened = open_source("onet", str(RELEASE))
    install(opened, str(tmp_path / "onet"), progress=lambda *said: told.append(said))
    reading = [(done, total) for stage, done, total in told if stage == "Reading the source"]
    assert reading == sorted(reading)
    assert reading[-1] == (sum(opened.files.values()),) * 2
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == [
        "Reading the source",
        "Deriving transitions",
        "Storing",
    ]


def test_a_disk_that_fails_at_the_very_last_is_told_as_it_is(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(path: Path) -> None:
        if path == dataset:
            raise OSError(errno.EIO, "Input/output error")
        _sync(path)

    monkeypatch.setattr("careergraph.importing.dataset.install._sync", failing)
    with pytest.raises(UnwritableFile, match="Input/output error; the new data is in place, but a power failure may"):
        install(open_source("onet", str(RELEASE), "30.0"), str(dataset), progress=ignore_progress)
    check(dataset, "30.0")


def test_a_lock_that_cannot_be_emptied_in_the_end_is_no_fault(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(handle: int, length: int) -> None:
        if read_manifest(str(dataset)).release == "30.0":
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "ftruncate", failing)
    installed(dataset, called="30.0")
    check(dataset, "30.0")
    check_nothing_is_left(dataset)
