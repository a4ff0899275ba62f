"""What the explorer is tested with: data sets, and a view that is larger than the curated graph."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from careergraph.catalogue.catalogue import Catalogue
from careergraph.export.view import LeftOut, View, ViewEdge, ViewNode

HOSTILE = str(Path(__file__).parents[1] / "fixtures" / "hostile.ttl")


@cache
def catalogue(*datasets: str) -> Catalogue:
    """A catalogue that is read once."""
    return Catalogue.load(*datasets)


def large_view(count: int, ties: int) -> View:
    """A view that is larger than the curated graph, with positions among its nodes."""
    kinds = ("role", "background", "skill", "skill", "skill")
    nodes = tuple(
        ViewNode(f"https://example.org/{n}", kinds[n % 5], "", f"Node {n}", (), "What it is.", None)
        for n in range(count)
    )
    chance = Random(1)
    pairs = ((chance.randrange(count), chance.randrange(count)) for _ in range(ties))
    edges = tuple(
        ViewEdge(
            str(n), nodes[a].id, nodes[b].id, "holds", "holds", "p", *(None,) * 3, "judged", *(None,) * 4, "", False, ()
        )
        for n, (a, b) in enumerate(pairs)
        if a != b
    )
    return View(nodes, edges, None, LeftOut(0, 0, {}))
