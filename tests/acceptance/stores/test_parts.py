"""Other stores are asked for no more than a question is about, and their answers are those of the files."""

from __future__ import annotations

from typing import Any

import pytest

from careergraph.api import CareerGraph
from careergraph.catalogue.catalogue import Catalogue
from careergraph.store.remote.endpoint import Endpoint
from careergraph.transitions.remote_parts import load_for

NAMES = ("machine learning engineers", "AI product manager", "software engineer", "PyTorch", "PhD")


@pytest.fixture(params=["oxigraph", "virtuoso"])
def address(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked for a part, query by query."""
    sent: list[str] = []
    post = Endpoint._post

    def counting(endpoint: Endpoint, query: str, *arguments: Any) -> Any:
        sent.append(query)
        return post(endpoint, query, *arguments)

    monkeypatch.setattr(Endpoint, "_post", counting)
    return sent


@pytest.mark.parametrize("name", NAMES)
def test_a_node_is_shown_in_ten_requests(address: str, name: str, requests: list[str]) -> None:
    graph = CareerGraph(load_for("show", [name], address))
    assert len(requests) <= 10
    assert graph.show(name).to_dict() == CareerGraph(Catalogue.load("bundled")).show(name).to_dict()


def test_a_search_is_one_request(address: str, requests: list[str]) -> None:
    graph = CareerGraph(load_for("search", ["machine learning"], address))
    assert len(requests) == 1
    assert graph.search("machine learning") == CareerGraph(Catalogue.load("bundled")).search("machine learning")


def test_a_gap_takes_a_dozen_requests(address: str, requests: list[str]) -> None:
    ends = ("software engineer", "machine learning engineer")
    graph = CareerGraph(load_for("gap", ends, address))
    assert len(requests) <= 12
    assert graph.gap(*ends) == CareerGraph(Catalogue.load("bundled")).gap(*ends)


def test_a_route_takes_some_dozen_requests(address: str, requests: list[str]) -> None:
    ends = ("software engineer", "AI ethicist")
    graph = CareerGraph(load_for("path", ends, address))
    assert len(requests) <= 30
    found, plain = (each.routes(*ends, k=3) for each in (graph, CareerGraph(Catalogue.load("bundled"))))
    assert found.to_dict() == plain.to_dict()
