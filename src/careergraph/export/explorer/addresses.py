"""Addresses of nodes within a page: `role=machine-learning-engineer`, so that a view can be linked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from urllib.parse import quote

from careergraph.export.view import ViewNode
from careergraph.rdf.kinds import POSITIONS


def list_addresses(nodes: Iterable[ViewNode]) -> dict[str, str]:
    """IRI → the address of each node: its kind and the last part of its IRI, percent-encoded.

    Where two nodes of a kind, or two positions, would share a last part, they have their whole IRI instead; so a
    route can be named by last parts alone.

    >>> node = ViewNode("http://a/role/ai-ethicist", "role", "Role", "AI ethicist", (), "", None)
    >>> list_addresses([node])
    {'http://a/role/ai-ethicist': 'role=ai-ethicist'}
    """
    found = {node.id: node for node in nodes}
    uses = Counter(_place(node) for node in found.values())
    return {
        iri: f"{node.kind}={_last(node) if uses[_place(node)] == 1 else _escape(iri)}" for iri, node in found.items()
    }


def _place(node: ViewNode) -> tuple[str, str]:
    return "position" if node.kind in POSITIONS else node.kind, _last(node)


def _last(node: ViewNode) -> str:
    return _escape(node.id.rstrip("/#").rsplit("/", 1)[-1])


def _escape(text: str) -> str:
    return quote(text, safe="")
