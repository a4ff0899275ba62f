"""One suite of behaviours, many stores: the sandbox on data in memory and on disk, Oxigraph's server, Virtuoso."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph
import pytest

from careergraph.sparql.run import QueryService
from careergraph.sparql.sandbox import Limits, Sandbox
from careergraph.store.locations import list_dataset_files
from careergraph.store.oxigraph import open_dataset
from careergraph.store.remote.endpoint import Endpoint
from store_compliance import OVERRIDDEN, PYTORCH, StoreCompliance

#: What a store called small gives out at most, in bytes.
LITTLE = 1000


FEW = Limits(memory=1 << 30, output=LITTLE, niceness=0)


@pytest.fixture(scope="module")
def at_hand() -> Iterator[tuple[QueryService, QueryService]]:
    stores = (
        Sandbox(list_dataset_files(), direct=False),
        Sandbox(list_dataset_files(), direct=False, limits=Limits(memory=1 << 30, output=LITTLE, niceness=0)),
    )
    yield stores
    for store in stores:
        store.close()


@pytest.fixture(scope="module")
def on_disk(small_onet: Path) -> Iterator[tuple[QueryService, QueryService]]:
    files = (*list_dataset_files(), str(small_onet))
    assert open_dataset(files).graphs is None
    stores = Sandbox(files, direct=False), Sandbox(files, direct=False, limits=FEW)
    yield stores
    for store in stores:
        store.close()


@pytest.fixture(scope="module")
def at_oxigraph(oxigraph: str) -> Iterator[tuple[QueryService, QueryService]]:
    with Endpoint(oxigraph) as store, Endpoint(oxigraph, largest=LITTLE) as small:
        yield store, small


@pytest.fixture(scope="module")
def at_virtuoso(virtuoso: str) -> Iterator[tuple[QueryService, QueryService]]:
    with Endpoint(virtuoso) as store, Endpoint(virtuoso, largest=LITTLE) as small:
        yield store, small


class TestSandbox(StoreCompliance):
    """The data at hand."""

    @pytest.fixture
    def store(self, at_hand: tuple[QueryService, QueryService]) -> QueryService:
        return at_hand[0]

    @pytest.fixture
    def small(self, at_hand: tuple[QueryService, QueryService]) -> QueryService:
        return at_hand[1]


class TestDisk(StoreCompliance):
    """What an import has left on disk, merged with the data at hand."""

    @pytest.fixture
    def store(self, on_disk: tuple[QueryService, QueryService]) -> QueryService:
        return on_disk[0]

    @pytest.fixture
    def small(self, on_disk: tuple[QueryService, QueryService]) -> QueryService:
        return on_disk[1]


class TestOxigraph(StoreCompliance):
    """Oxigraph's server, far away as it were."""

    @pytest.fixture
    def store(self, at_oxigraph: tuple[QueryService, QueryService]) -> QueryService:
        return at_oxigraph[0]

    @pytest.fixture
    def small(self, at_oxigraph: tuple[QueryService, QueryService]) -> QueryService:
        return at_oxigraph[1]


class TestVirtuoso(StoreCompliance):
    """Virtuoso 7. The tests that stand here tell where it deviates."""

    @pytest.fixture
    def store(self, at_virtuoso: tuple[QueryService, QueryService]) -> QueryService:
        return at_virtuoso[0]

    @pytest.fixture
    def small(self, at_virtuoso: tuple[QueryService, QueryService]) -> QueryService:
        return at_virtuoso[1]

    def test_a_description_says_what_is_said_about_a_node(self, store: QueryService) -> None:
        content = store.ask("DESCRIBE skill:pytorch", "nt", seconds=60).content
        found = {quad.triple for quad in pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_TRIPLES)}
        # It adds the statements that point to the node.
        assert self.described() < found
        assert {str(triple.object) for triple in found - self.described()} == {str(PYTORCH)}

    @pytest.mark.parametrize(("default", "query", "expected"), OVERRIDDEN)
    def test_the_graphs_asked_for_override_what_the_query_says(
        self, store: QueryService, default: Sequence[str], query: str, expected: str
    ) -> None:
        # It joins the graphs that the request names with those that the query names, where the former should win.
        assert self.of_graphs(store, default, None, query) == "true"
