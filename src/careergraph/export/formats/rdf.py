"""The statements in the RDF formats: merged, or each in the named graph of its source."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, serialize

from careergraph.export.statements import Material
from careergraph.rdf.prefixes import PREFIXES, serialize_triples
from careergraph.store.rdf_files import EXPORTED


def to_turtle(material: Material) -> bytes:
    """All statements, merged, as Turtle."""
    return serialize_triples(material.triples, RdfFormat.TURTLE)


def to_trig(material: Material) -> bytes:
    """All statements as TriG, a block for each named graph."""
    ordered = _sort(material.quads)
    text = " ".join(map(str, ordered))
    used = {prefix: space for prefix, space in PREFIXES.items() if f"<{space}" in text}
    return EXPORTED + (serialize(ordered, format=RdfFormat.TRIG, prefixes=used) or b"")


def to_nquads(material: Material) -> bytes:
    """All statements as N-Quads, one a line, graph by graph."""
    return EXPORTED + (serialize(_sort(material.quads), format=RdfFormat.N_QUADS) or b"")


def _sort(quads: Iterable[Quad]) -> list[Quad]:
    return sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad)))
