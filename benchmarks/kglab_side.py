"""The tasks of `beside_kglab.py`, done with kglab; runs in an environment that has kglab and not careergraph.

    python kglab_side.py QUERIES FILE ...

QUERIES is a JSON object: `rows` name → query, `network` a query for ?from, ?to and ?weight, `origin` and `destination`
IRIs. Prints JSON: task → seconds, and what was found, so that both sides can be compared.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

# A file beside this one is called html.py; it must not pass for the standard library's.
sys.path[:] = [place for place in sys.path if place != str(Path(__file__).parent)]

import kglab
import networkx as nx
import rdflib


def load(files: Sequence[str]) -> Any:
    """A graph of some Turtle files."""
    graph = kglab.KnowledgeGraph(use_gpus=False)
    for file in files:
        graph.load_rdf(file, format="ttl")
    return graph


def network(graph: Any, query: str) -> Any:
    """The pairs that a query names, as kglab makes a graph of NetworkX of them: without weights."""
    matrix = kglab.SubgraphMatrix(graph, query, src_dst=("from", "to"))
    return matrix, matrix.build_nx_graph(nx.DiGraph())


def shortest(graph: Any, asked: dict[str, Any]) -> list[str]:
    """The path of the least sum of weights: kglab's graph, weighted by hand, searched by NetworkX."""
    matrix, found = network(graph, asked["network"])
    for row in graph.query(asked["network"]):
        edge = found.edges[matrix.transform(row["from"]), matrix.transform(row["to"])]
        cost = -math.log(float(row["weight"]))
        edge["cost"] = min(cost, edge.get("cost", cost))
    origin, destination = (matrix.transform(rdflib.URIRef(asked[end])) for end in ("origin", "destination"))
    path: list[int] = nx.shortest_path(found, origin, destination, weight="cost")
    return [str(matrix.inverse_transform(node)) for node in path]


def picture(graph: Any) -> str:
    """All statements as a page."""
    return str(kglab.SubgraphTensor(graph).build_pyvis_graph(notebook=False).generate_html(notebook=False))


def time_task(task: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that a task takes, and what it finds."""
    start = time.perf_counter()
    found = task()
    return time.perf_counter() - start, found


def main() -> None:
    """Do all tasks once and print."""
    asked, files = json.loads(sys.argv[1]), sys.argv[2:]
    seconds: dict[str, float] = {}
    found: dict[str, Any] = {}
    seconds["load"], graph = time_task(lambda: load(files))
    for name, query in asked["rows"].items():
        seconds[name], rows = time_task(lambda query=query: list(graph.query(query)))  # type: ignore[misc]
        found[name] = len(rows)
    seconds["network"], (_, made) = time_task(lambda: network(graph, asked["network"]))
    found["network"] = made.number_of_edges()
    seconds["path"], found["path"] = time_task(lambda: shortest(graph, asked))
    seconds["picture"], page = time_task(lambda: picture(graph))
    found["picture"] = len(page.encode())
    print(json.dumps({"seconds": seconds, "found": found}))


if __name__ == "__main__":
    main()
