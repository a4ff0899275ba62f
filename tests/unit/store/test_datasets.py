"""Imported data sets: where they are found, what is said of them, and how they go again."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.dataset_summaries import describe_dataset, list_datasets
from careergraph.model.errors import OutdatedDataset, UnknownDataset, UnreadableFile, UnusableDataset
from careergraph.model.schemas import COMMON, load_schema
from careergraph.store import datasets
from careergraph.store.datasets import (
    CURRENT,
    data_folder,
    dataset_folder,
    find_snapshot,
    list_imported,
    read_manifest,
)
from careergraph.store.locations import hash_bundled, list_dataset_files, list_default_datasets
from command_line import careergraph, complaint
from light_import import LIGHT
from onet_release import ONET, RELEASE


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    monkeypatch.setenv("CAREERGRAPH_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def onet(home: Path, small_onet: Path) -> Path:
    """A data folder in which `onet` is."""
    shutil.copytree(small_onet, home / "datasets" / "onet")
    return home / "datasets" / "onet"


def test_without_a_data_folder_there_is_the_bundled_data_set(home: Path) -> None:
    assert list_imported() == ()
    assert list_default_datasets() == ("bundled",)
    assert not home.exists()


def test_an_imported_data_set_is_joined_where_none_is_named(onet: Path) -> None:
    assert list_imported() == ("onet",)
    assert list_default_datasets() == ("bundled", str(onet))
    assert list_dataset_files("onet") == list_dataset_files(str(onet)) == (str(onet),)
    joined, apart, bundled = Catalogue.load(), Catalogue.load("onet"), Catalogue.load("bundled")
    assert len(joined.statements) > max(len(apart.statements), len(bundled.statements))
    assert joined.label(f"{ONET}occupation/15-2051.00") == "Data Scientists"
    assert "role" not in apart.by_kind or not apart.by_kind["role"]


def test_what_is_half_made_is_no_data_set(home: Path) -> None:
    (home / "datasets" / "onet" / "snapshots").mkdir(parents=True)
    (home / "datasets" / "file").write_text("")
    assert list_imported() == ()
    with pytest.raises(UnreadableFile, match="no data set of that name"):
        list_dataset_files("onet")


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="there, platformdirs itself is asked")
@pytest.mark.parametrize("chosen", ["", "/srv/data"])
def test_the_data_folder_is_where_the_platform_has_it(chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs

    monkeypatch.delenv("CAREERGRAPH_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", chosen)
    assert data_folder() == platformdirs.user_data_dir("careergraph", appauthor=False)


def test_the_start_path_imports_nothing_for_it() -> None:
    import subprocess

    code = "import sys, careergraph.store.locations as l; l.list_default_datasets(); print(*sys.modules)"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"platformdirs", "pathlib", "json", "sqlite3", "pyoxigraph"} & set(seen)


def test_the_inventory_describes_the_bundled_and_the_imported(onet: Path) -> None:
    bundled, found = list_datasets().datasets
    assert (bundled.name, bundled.imported) == ("bundled", None)
    assert bundled.nodes["role"] > 10
    assert found == describe_dataset("onet") == describe_dataset(str(onet))
    assert (found.title, found.release, found.path) == ("O*NET 29.3 Database", "29.3", str(onet))
    assert found.size == sum(
        path.stat().st_size for path in Path(find_snapshot(str(onet))).rglob("*") if path.is_file()
    )
    with pytest.raises(UnknownDataset, match="there are bundled, onet"):
        describe_dataset("esco")


def test_import_list_show_and_remove_on_the_command_line(home: Path) -> None:
    done = subprocess.run([*LIGHT, "import", "onet", str(RELEASE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "CC BY 4.0" in done.stderr
    listed = careergraph("datasets").stdout.splitlines()
    assert [line.split()[0] for line in listed if line[0] != " "] == ["bundled", "onet"]
    shown = careergraph("datasets", "show", "onet").stdout
    for text in ("29.3", "creativecommons.org", "USDOL/ETA", "onetcenter.org", str(home), "10 occupation"):
        assert text in shown
    assert careergraph("search", "data scientists").stdout.count("occupation") >= 1
    assert "Nobody can be asked" in complaint(careergraph("datasets", "remove", "onet"), 2)
    assert list_imported() == ("onet",)
    assert careergraph("datasets", "remove", "onet", "--yes").returncode == 0
    assert list_imported() == ()
    assert not (home / "datasets" / "onet").exists()
    assert "No data set is called 'onet'" in complaint(careergraph("datasets", "remove", "onet", "--yes"), 2)
    assert "cannot be removed" in complaint(careergraph("datasets", "remove", "bundled", "--yes"), 2)


def test_json_keeps_to_its_schema(onet: Path) -> None:
    registry = Registry[Any]().with_resources(
        (found["$id"], Resource.from_contents(found)) for found in map(load_schema, (COMMON, "datasets", "import"))
    )
    validator = Draft202012Validator(load_schema("datasets"), registry=registry)
    for arguments in (["datasets"], ["datasets", "show", "onet"], ["datasets", "show", "bundled"]):
        found = json.loads(careergraph(*arguments, "--format", "json").stdout)
        assert list(validator.iter_errors(found)) == []
    one = json.loads(careergraph("datasets", "show", "onet", "--format", "json").stdout)
    del one["unusable"]  # an import answers with the same, and nothing beside it
    assert list(Draft202012Validator(load_schema("import"), registry=registry).iter_errors(one)) == []


def test_an_import_beside_other_bundled_data_wants_importing_again(onet: Path) -> None:
    assert describe_dataset("onet").current
    assert "import it again" not in careergraph("datasets").stdout
    path = Path(find_snapshot(str(onet))) / datasets.MANIFEST
    path.write_text(datasets.seal(read_manifest(str(onet)).to_dict() | {"bundled": "what it was before"}))
    assert not describe_dataset("onet").current
    for arguments in (("datasets",), ("datasets", "show", "onet")):
        told = " ".join(careergraph(*arguments).stdout.split())
        assert "bundled data has changed since" in told
        assert "import it again" in told


def test_a_data_set_of_another_layout_is_refused_with_what_to_do(onet: Path) -> None:
    (onet / CURRENT).write_text("v0-20200101T000000\n")
    (onet / "snapshots" / "v0-20200101T000000").mkdir()
    with pytest.raises(OutdatedDataset, match=r"import it again: careergraph import SOURCE PATH --output \S+onet$"):
        find_snapshot(str(onet))
    assert "made by another version" in complaint(careergraph("show", "data scientist"), 2)


@pytest.mark.parametrize(
    ("file", "content", "reason"),
    [
        (CURRENT, "v0-20200101T000000\n", "made by another version"),
        (CURRENT, "nonsense", "names no snapshot"),
        (datasets.MANIFEST, "{", "is damaged"),
    ],
)
def test_a_data_set_that_cannot_be_opened_hides_no_other(file: str, content: str, reason: str, onet: Path) -> None:
    folder = onet if file == CURRENT else Path(find_snapshot(str(onet)))
    (folder / file).write_text(content)
    (onet / "snapshots" / "v0-20200101T000000").mkdir()
    found = list_datasets()
    assert [one.name for one in found.datasets] == ["bundled"]
    assert [(one.name, one.path) for one in found.unusable] == [("onet", str(onet))]
    assert reason in found.unusable[0].reason
    listed = careergraph("datasets")
    assert listed.returncode == 0
    assert reason in " ".join(listed.stdout.split())
    assert {line.split()[0] for line in listed.stdout.splitlines() if line[0] != " "} == {"bundled", "onet"}
    assert careergraph("datasets", "remove", "onet", "--yes").returncode == 0
    assert list_datasets().unusable == ()


@pytest.mark.parametrize("content", ["", "nonsense", "v2-../../etc", "v2-a/b", "\xff"])
def test_a_damaged_pointer_is_told(content: str, onet: Path) -> None:
    (onet / CURRENT).write_bytes(content.encode("latin-1"))
    with pytest.raises(UnusableDataset, match="names no snapshot"):
        find_snapshot(str(onet))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"format": 2}', b"\xff"])
def test_a_damaged_manifest_is_told(content: bytes, onet: Path) -> None:
    Path(find_snapshot(str(onet)), datasets.MANIFEST).write_bytes(content)
    with pytest.raises(UnusableDataset, match="is damaged"):
        read_manifest(str(onet))


def test_the_fingerprint_of_the_bundled_data_is_the_same_each_time() -> None:
    assert hash_bundled() == hash_bundled()
    assert len(hash_bundled()) == 64
    assert Path(dataset_folder("onet")).name == "onet"
