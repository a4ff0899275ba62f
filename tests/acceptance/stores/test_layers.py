"""Layers of data sets that are put together."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from careergraph.rdf.prefixes import PREFIXES
from careergraph.store.layers import (
    METADATA,
)
from careergraph.store.locations import BUNDLED, list_dataset_files
from careergraph.store.oxigraph import open_dataset

MINE = "@prefix cg: <https://w3id.org/careergraph/ontology#> . <#me> a cg:Tool . <> <#says> <other> ."


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    return open_dataset(list_dataset_files(BUNDLED)).store


def is_true(store: pyoxigraph.Store, query: str) -> bool:
    return bool(store.query(query, prefixes=PREFIXES))


def test_a_join_with_a_file_has_the_layers_of_both(small_onet: Path, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(MINE)
    found = open_dataset([*list_dataset_files(BUNDLED), str(small_onet), str(tmp_path / "own.ttl")]).store
    me = f"<{(tmp_path / 'own.ttl').as_uri()}#me>"
    assert is_true(found, f"ASK {{ {me} a cg:Skill . ?o a cg:Occupation , cg:Position . role:ai-ethicist a cg:Asset }}")
    assert is_true(found, f"ASK {{ GRAPH <{METADATA}> {{ <{(tmp_path / 'own.ttl').as_uri()}> void:triples 2 }} }}")


### Files of a user's
