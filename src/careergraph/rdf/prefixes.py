"""The prefixes that queries may use without declaring them, and that exports are written with."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph

from careergraph.rdf.vocabulary import ID

_KINDS = (
    "agent alignment attribute background basis category claim condition course credential ease holding level "
    "milestone note organisation page parameter pay person requirement role scheme segment severity skill source "
    "standing step strength task topic transition"
)

PREFIXES = {
    "article": f"{ID}source/ai-careers-article/",
    "cg": "https://w3id.org/careergraph/ontology#",
    "dcterms": "http://purl.org/dc/terms/",
    "graph": "https://w3id.org/careergraph/graph/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
} | {kind: f"{ID}{kind}/" for kind in _KINDS.split()}


def serialize_triples(triples: Iterable[pyoxigraph.Triple], format_: pyoxigraph.RdfFormat) -> bytes:
    """Statements in a fixed order in one of the RDF formats, with the prefixes that occur in them."""
    ordered = sorted(triples, key=str)
    text = " ".join(map(str, ordered))
    used = {prefix: space for prefix, space in PREFIXES.items() if f"<{space}" in text}
    return pyoxigraph.serialize(ordered, format=format_, prefixes=used) or b""
