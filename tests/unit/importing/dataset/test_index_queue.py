"""Nodes on their way to the index: all of them get there, in their order, however they are taken from the queue."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careergraph.importing.dataset.index_queue import IndexQueue
from careergraph.model.errors import UnusableDataset
from careergraph.rdf.standards import SKOS
from careergraph.store.index import INDEX, Index


def node(number: int) -> tuple[str, dict[str, list[str]]]:
    return f"urn:node:{number:05}", {SKOS.prefLabel: [f"node {number}"]}


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1_200), st.integers(0, 4)), max_size=4))
def test_every_node_is_in_the_index_once(
    tmp_path_factory: pytest.TempPathFactory, turns: list[tuple[int, int]]
) -> None:
    folder, put = tmp_path_factory.mktemp("queue"), 0
    with IndexQueue(folder / INDEX) as queue:
        for more, writes in turns:
            for number in range(put, put + more):
                queue.put(*node(number))
            put += more
            for _ in range(writes):
                queue.write_some()
        queue.complete()
    index = Index(str(folder))
    assert dict(index.items()) == dict(map(node, range(put)))
    assert index.statements == put


def test_an_empty_queue_has_nothing_to_write(tmp_path: Path) -> None:
    with IndexQueue(tmp_path / INDEX) as queue:
        assert not queue.write_some()
        queue.put(*node(1))
        assert queue.write_some()
        assert not queue.write_some()
        queue.complete()
        assert not queue.write_some()


def test_an_index_of_an_import_that_failed_is_not_complete(tmp_path: Path) -> None:
    def fail() -> None:
        with IndexQueue(tmp_path / INDEX) as queue:
            queue.put(*node(1))
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        fail()
    assert [path.name for path in tmp_path.iterdir()] == [INDEX], "the queue leaves nothing behind"
    with pytest.raises(UnusableDataset, match="import it again"):
        Index(str(tmp_path))
