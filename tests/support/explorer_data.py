"""What the explorer is tested with: data sets, and a view that is larger than the curated graph."""

from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path
from random import Random

from careergraph.catalogue.catalogue import Catalogue
from careergraph.export.explorer.route_table import find_all_routes
from careergraph.export.view import LeftOut, View, ViewEdge, ViewNode
from careergraph.store.locations import find_data_folder
from page_shell import alone

#: Hostile names, and the terms of the bundled data set that they use: small enough to be looked at as a whole.
HOSTILE = (
    str(Path(find_data_folder("graph")) / "vocabulary" / "scheme.ttl"),
    str(Path(__file__).parents[1] / "fixtures" / "hostile.ttl"),
)


@cache
def catalogue(*datasets: str) -> Catalogue:
    """A catalogue that is read once."""
    return Catalogue.load(*datasets)


def share_routes(found: Catalogue, folder: Path) -> None:
    """Have the bundled catalogue know all routes between its positions, which take most of the time of a page.

    They are worked out once, by whichever process of a test run comes first.

    Args:
        found: the catalogue of the bundled data set.
        folder: a folder that all processes of the run share.
    """
    kept = folder / "routes.pickle"
    with alone(folder):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(find_all_routes(found)))
        found.set_once(find_all_routes, pickle.loads(kept.read_bytes()))


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
