"""Rows and graphs as pandas data frames; pandas comes with the extra `pandas`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from careergraph.model.extras import need_extra

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


class Frames(NamedTuple):
    """A graph as two tables: `nodes` by IRI, and `edges` with the IRIs of their ends as `source` and `target`."""

    nodes: pd.DataFrame
    edges: pd.DataFrame


def rows_to_frame(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """Rows as a data frame.

    Raises:
        MissingExtra: pandas is not installed.

    >>> rows_to_frame(["name"], [["AI ethicist"], ["ML engineer"]]).shape
    (2, 1)
    """
    with need_extra("pandas", "`to_pandas`", "pandas"):
        import pandas as pd
    return pd.DataFrame([list(row) for row in rows], columns=list(columns))


def graph_to_frames(graph: nx.MultiDiGraph[str], *, without: Iterable[str] = ()) -> Frames:
    """The nodes and the edges of a graph as data frames, with their attributes as columns.

    Args:
        graph: any multigraph; it is not changed.
        without: attributes of edges to leave out.

    Raises:
        MissingExtra: pandas is not installed.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> key = graph.add_edge("a", "b", ease=0.5)
    >>> frames = graph_to_frames(graph)
    >>> len(frames.nodes), list(frames.edges.columns)
    (2, ['source', 'target', 'key', 'ease'])
    """
    nodes = [(iri, graph.nodes[iri]) for iri in graph]
    edges = [((*ends, key), graph.edges[*ends, key]) for *ends, key in graph.edges]
    shown = [column for column in _columns(data for _, data in edges) if column not in set(without)]
    known = _columns(data for _, data in nodes)
    return Frames(
        rows_to_frame(["id", *known], ([iri, *map(data.get, known)] for iri, data in nodes)).set_index("id"),
        rows_to_frame(["source", "target", "key", *shown], ([*edge, *map(data.get, shown)] for edge, data in edges)),
    )


def _columns(rows: Iterable[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))
