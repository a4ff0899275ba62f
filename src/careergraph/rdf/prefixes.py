"""The prefixes that queries may use without declaring them and that exports use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from careergraph.model.errors import UnsuitableFormat
from careergraph.rdf.standards import RDF
from careergraph.rdf.vocabulary import ID

if TYPE_CHECKING:
    import pyoxigraph

# On the start path: the engine is imported, and patterns are compiled, only when RDF is written.
#: What XML 1.0 cannot contain, not even as a character reference, in UTF-8.
_NOT_IN_XML = rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]"
#: The end of an IRI that can be the name of an element: RDF/XML has no other place for a predicate.
_ELEMENT = (
    r"[A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    r"\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd][\w.-]*$"
)
#: Names of the RDF namespace that are RDF/XML's own syntax, and so no predicates in it.
_SYNTAX = frozenset(
    ("RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "Description", "li", "aboutEach", "bagID")
)
_KINDS = (
    "agent alignment attribute background basis category claim condition course credential ease holding lane level "
    "milestone note organisation page parameter pay person requirement role scheme segment severity skill source "
    "standing step strength task topic transition"
)

PREFIXES = {
    "article": f"{ID}source/ai-careers-article/",
    "cg": "https://w3id.org/careergraph/ontology#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "graph": "https://w3id.org/careergraph/graph/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "ror": "https://ror.org/",
    "schema": "https://schema.org/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
} | {kind: f"{ID}{kind}/" for kind in _KINDS.split()}


def serialize_triples(triples: Iterable[pyoxigraph.Triple], format_: pyoxigraph.RdfFormat) -> bytes:
    """Statements, each once, in a fixed order in one of the RDF formats, with the prefixes that occur in them.

    Raises:
        UnsuitableFormat: RDF/XML has no way to write a predicate.
    """
    import pyoxigraph

    written = {str(triple): triple for triple in triples}
    text = " ".join(written) if format_ != pyoxigraph.RdfFormat.N_TRIPLES else ""
    used = {prefix: space for prefix, space in PREFIXES.items() if f"<{space}" in text}
    ordered = [written[line] for line in sorted(written)]
    if format_ != pyoxigraph.RdfFormat.RDF_XML:
        return pyoxigraph.serialize(ordered, format=format_, prefixes=used) or b""
    for predicate in {triple.predicate.value for triple in ordered}:
        _check_predicate(predicate)
    return is_well_formed(pyoxigraph.serialize(ordered, format=format_, prefixes=used) or b"")


def _check_predicate(predicate: str) -> None:
    why = None if _is_element(predicate) else f"{predicate} has no local name"
    if predicate.startswith(RDF.type.removesuffix("type")) and predicate.rpartition("#")[2] in _SYNTAX:
        why = f"{predicate} is a word of its syntax"
    if why:
        raise UnsuitableFormat("rdf-xml", formats=("turtle", "nt", "json-ld"), why=why)


def _is_element(predicate: str) -> bool:
    found = re.search(_ELEMENT, predicate)
    if found is None or found[0].isascii():
        return found is not None
    from xml.parsers.expat import ExpatError, ParserCreate  # it alone knows which characters are letters

    try:
        return bool(ParserCreate().Parse(f"<{found[0]}/>", True))
    except ExpatError:
        return False


def is_well_formed(xml: bytes) -> bytes:
    r"""XML with U+FFFD for characters that it cannot contain, and character references for carriage returns.

    >>> is_well_formed(b"<a>b\x01c\rd</a>").decode()
    '<a>b\ufffdc&#13;d</a>'
    """
    return re.sub(_NOT_IN_XML, "\ufffd".encode(), xml).replace(b"\r", b"&#13;")
