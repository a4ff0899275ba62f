"""The explorer's page, read without running it: complete, the same on every run, and harmless by its own rules."""

from __future__ import annotations

import json
import re
from functools import cache
from math import dist
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careergraph.catalogue.catalogue import Catalogue
from careergraph.export.explorer.addresses import list_addresses as node_addresses
from careergraph.export.explorer.drawing import ASIDE, OTHER_ROOM, ROOMS, make_drawing
from careergraph.export.explorer.layout import place_nodes
from careergraph.export.explorer.page import MOST_DETAILS, make_page, unpack
from careergraph.export.view import LeftOut, View, ViewNode, view
from explorer_data import catalogue, large_view, share_routes
from html_reading import addresses, elements, having, parse_page, words

ROLE = "https://w3id.org/careergraph/id/role/"


@pytest.fixture(scope="module", autouse=True)
def known_routes(shared_folder: Path) -> None:
    """What a page takes longest for is made once for all tests."""
    for bundled in (catalogue(), catalogue("bundled")):
        share_routes(bundled, shared_folder)


@cache
def page(*datasets: str) -> str:
    return make_page(catalogue(*datasets))


@cache
def tree(*datasets: str) -> Element:
    return parse_page(page(*datasets).encode())


def unpacked(root: Element, name: str) -> str:
    """What stands packed in a page, as text."""
    (island,) = (script for script in elements(root, "script") if script.get("id") == f"packed-{name}")
    assert island.get("type") == "text/plain"
    return unpack(island.text or "")


def data_of(root: Element) -> Any:
    return json.loads(unpacked(root, "graph"))


def articles(root: Element) -> dict[str, Element]:
    return {article.get("id", ""): article for article in elements(root, "article")}


def article(name: str) -> Element:
    return articles(tree())[name]


@pytest.fixture(scope="module")
def near() -> View:
    """The ten nodes that are nearest to a role."""
    return view(catalogue(), focus=f"{ROLE}ai-ethicist", max_nodes=10, words=False)


@pytest.fixture(scope="module")
def page_near(near: View) -> Element:
    """The page of them."""
    return parse_page(make_page(catalogue(), near).encode())


class TestASelection:
    def test_says_what_it_leaves_out(self, near: View, page_near: Element) -> None:
        root = page_near
        (remark,) = having(root, "left-out")
        assert f"{near.left_out.nodes} nodes" in words(remark)
        assert f"{near.left_out.kinds['skill']} skills" in words(remark)
        assert len(articles(root)) == 10

    def test_links_only_to_what_it_has(self, page_near: Element) -> None:
        root = page_near
        leads = {value for tag, _, value in addresses(root) if tag == "a" and value.startswith("#")} - {"#", "#all"}
        assert {lead.removeprefix("#") for lead in leads} <= set(articles(root))

    def test_of_nothing_is_a_page_all_the_same(self) -> None:
        empty = View((), (), None, LeftOut(0, 0, {}))
        assert data_of(parse_page(make_page(Catalogue({}), empty).encode()))["nodes"] == []


@pytest.fixture(scope="module")
def large() -> Element:
    """The page of a graph that is too large for details."""
    return parse_page(make_page(Catalogue({}), large_view(MOST_DETAILS + 1, 1_000)).encode())


class TestALargeGraph:
    def test_says_that_it_comes_without_details(self, large: Element) -> None:
        root = large
        assert not articles(root)
        assert "comes without their details" in words(next(iter(having(root, "left-out"))))

    def test_still_lists_every_node(self, large: Element) -> None:
        root = large
        (listed,) = (nav for nav in elements(root, "nav") if nav.get("id") == "list")
        assert len(list(listed.iter("a"))) == MOST_DETAILS + 1


class TestPlaces:
    def places(self) -> dict[str, tuple[int, int]]:
        whole = view(catalogue(), words=False)
        network = make_drawing(whole, node_addresses(whole.nodes))
        return {whole.nodes[node["id"]].id: (node["x"], node["y"]) for node in network.nodes}

    def test_leave_each_node_the_room_that_it_needs(self) -> None:
        found, kinds = self.places(), {node.id: node.kind for node in view(catalogue(), words=False).nodes}
        shown = [iri for iri in found if kinds[iri] != ASIDE]
        for at, one in enumerate(shown):
            for other in shown[:at]:
                needed = sum(ROOMS.get(kinds[iri], OTHER_ROOM) for iri in (one, other))
                assert dist(found[one], found[other]) > 0.75 * needed, (one, other)

    def test_put_what_is_linked_nearer_than_what_is_not(self) -> None:
        found, whole = self.places(), view(catalogue(), words=False)
        linked = [dist(found[e.source], found[e.target]) for e in whole.edges if e.kind in ("transition", "requires")]
        ends = [iri for iri, kind in ((node.id, node.kind) for node in whole.nodes) if kind in ("role", "skill")]
        all_pairs = [dist(found[a], found[b]) for n, a in enumerate(ends) for b in ends[:n]]
        assert sum(linked) / len(linked) < 0.75 * sum(all_pairs) / len(all_pairs)

    @given(
        st.integers(0, 12).flatmap(
            lambda n: st.tuples(st.just(n), st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11))))
        )
    )
    @settings(deadline=None)
    def test_are_whole_apart_and_the_same_again_for_any_graph(self, graph: tuple[int, set[tuple[int, int]]]) -> None:
        count, pairs = graph
        links = {(a, b): 1.0 for a, b in pairs if a < b < count}
        found = place_nodes([20.0] * count, links)
        assert found == place_nodes([20.0] * count, dict(reversed(links.items())))
        assert all(isinstance(x, int) and isinstance(y, int) for x, y in found)
        assert all(dist(a, b) > 25 for n, a in enumerate(found) for b in found[:n])


IRIS = st.text("aZ0%/#'&=,é ?:-", min_size=1, max_size=12).map(lambda end: f"http://a/{end}")


class TestAddresses:
    @given(st.lists(st.tuples(IRIS, st.sampled_from(["role", "background", "skill"])), unique_by=lambda pair: pair[0]))
    def test_are_unique_and_have_nothing_in_them_that_an_address_means(self, nodes: list[tuple[str, str]]) -> None:
        found = node_addresses([ViewNode(iri, kind, "", "", (), "", None) for iri, kind in nodes])
        assert len(set(found.values())) == len(nodes)
        assert all(re.fullmatch(r"[a-z]+=[\w.~%-]*", address, re.ASCII) for address in found.values())

    @given(st.lists(st.tuples(IRIS, st.sampled_from(["role", "background"])), unique_by=lambda pair: pair[0]))
    def test_of_positions_differ_in_their_last_parts(self, nodes: list[tuple[str, str]]) -> None:
        found = node_addresses([ViewNode(iri, kind, "", "", (), "", None) for iri, kind in nodes])
        assert len({address.partition("=")[2] for address in found.values()}) == len(nodes)
