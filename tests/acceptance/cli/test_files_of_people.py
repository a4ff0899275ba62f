"""Files and folders as people have them: hidden ones, capitals, byte order marks, paths out of the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from careergraph.model.errors import NoDataFolder, RelativeDataFolder
from careergraph.store import datasets
from careergraph.store.locations import BUNDLED, list_graph_files
from command_line import careergraph, complaint


def test_suffixes_may_be_in_capitals_and_what_is_hidden_is_no_data(tmp_path: Path) -> None:
    for name in ("a.ttl", "B.TTL", "sub/c.JsonLd", "._a.ttl", ".hidden.ttl", ".git/d.ttl", "sub/.careergraph-x/e.nt"):
        path = tmp_path / ".top" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    top = tmp_path / ".top"  # hidden itself, but named
    assert list_graph_files(str(top)) == tuple(str(top / name) for name in ("B.TTL", "a.ttl", "sub/c.JsonLd"))


def test_a_query_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_bytes(b"\xef\xbb\xbfASK { ?role a cg:Role }")
    assert careergraph("sparql", "-f", str(path), "--dataset", BUNDLED, "--format", "csv").stdout == "true\n"


### The data folder


def test_a_tilde_in_the_environment_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("CAREERGRAPH_DATA", "~/data")
    assert datasets.data_folder() == str(tmp_path / "data")
    monkeypatch.setenv("CAREERGRAPH_DATA", "~nobody-of-that-name/data")
    with pytest.raises(NoDataFolder):
        datasets.data_folder()


def test_a_data_folder_is_the_same_wherever_one_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREERGRAPH_DATA", "data")
    with pytest.raises(RelativeDataFolder, match="'data'; write the whole path"):
        datasets.data_folder()
    assert "CAREERGRAPH_DATA is 'data'" in complaint(careergraph("datasets"), 2)


@pytest.mark.parametrize(("base", "below"), [("~/d", "d"), ("rel", ".local/share"), ("", ".local/share")])
def test_a_base_folder_from_the_working_directory_is_ignored(
    base: str, below: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("CAREERGRAPH_DATA", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", base)
    assert datasets.data_folder() == str(tmp_path / below / "careergraph")
