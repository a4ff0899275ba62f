"""A part of what an endpoint has, by a bounded number of requests: what is called so, and what stands around a node.

Each request asks for rows and, in a row of its own, for how many there are: an endpoint that gives fewer than it counts
is noticed without another request. What cannot be had so is None, and all has to be read (`store.remote.harvest`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pyoxigraph

from careergraph.rdf.kinds import CLAIM_KINDS, NODE_KINDS
from careergraph.rdf.vocabulary import CG, DCTERMS, OWL, SCHEMA, SKOS
from careergraph.store.remote.endpoint import Endpoint
from careergraph.store.remote.harvest import Triples, find_objects

#: How many statements one request may bring; more of them are no part.
MOST_ROWS = 9_000
#: How many nodes one request asks for by name.
_NODES = 400
#: By how many steps what stands around a node is followed outwards: claim, section, source, standing, scheme.
_STEPS = 5
_NAMING = (SKOS.prefLabel, SKOS.altLabel, SKOS.notation)
_WORDED = (*_NAMING, SKOS.definition, DCTERMS.description)
#: By which statements claims point to what they are about, and by which others point to claims.
_ABOUT = (
    *(SCHEMA.about, CG.origin, CG.destination, CG.anyOf, CG.teaches, CG.concerns, SKOS.broader),
    *(OWL.annotatedSource, OWL.annotatedTarget, SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch),
)
_ABOUT_CLAIMS = (CG.transition, CG.concerns)
_MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)


def find_named(endpoint: Endpoint, pattern: str, iris: Iterable[str] = ()) -> Triples | None:
    """All statements about nodes with a name that fits, or with one of some IRIs; None if there are too many.

    Args:
        endpoint: what to ask.
        pattern: a regular expression for names, whatever their case.
        iris: IRIs that a name may stand for.
    """
    fits = f'REGEX(STR(?name), {pyoxigraph.Literal(pattern)}, "i")'
    named = f"VALUES ?naming {{ {_each(_NAMING)} }} ?s ?naming ?name FILTER({fits})"
    return _ask(endpoint, f"{{ VALUES ?s {{ {_each(iris)} }} }} UNION {{ {named} }} {_OF_CAREERS} ?s ?p ?o")


def find_worded(endpoint: Endpoint, words: Iterable[str]) -> Triples | None:
    """All statements about nodes with a name or definition in which words stand; None if there are too many.

    Args:
        endpoint: what to ask.
        words: in lower case.
    """
    tests = " && ".join(f"CONTAINS(LCASE(STR(?text)), {pyoxigraph.Literal(word)})" for word in words)
    found = f"VALUES ?worded {{ {_each(_WORDED)} }} ?s ?worded ?text FILTER({tests})"
    return _ask(endpoint, f"{found} {_OF_CAREERS} ?s ?p ?o")


def find_around(endpoint: Endpoint, iri: str, *, teaching: bool = False) -> Triples | None:
    """All statements about a node, about the claims that point to it, and about what those point to in turn.

    Args:
        endpoint: what to ask.
        iri: the node; what is said of what it specialises counts as said of it.
        teaching: whether to have what any course teaches as well, and what that is the same as.
    """
    # What is said of a wider node holds of this one.
    wider = f"<{iri}> <{SKOS.broader}>* ?node"
    about = f"{wider} . VALUES ?by {{ {_each(_ABOUT)} }} ?s ?by ?node . ?s ?p ?o"
    found = _ask(endpoint, f"{{ VALUES ?s {{ <{iri}> }} ?s ?p ?o }} UNION {{ {about} }}")
    if found is None:
        return None
    if teaching and not _add(found, _ask(endpoint, f"?s a <{CG.Teaching}> . ?s ?p ?o")):
        return None
    claims = _subjects(found) - {f"<{iri}>"}
    if claims and not _add(found, _ask(endpoint, _pointing_to(claims, _ABOUT_CLAIMS))):
        return None
    for step in range(_STEPS):
        new = sorted(find_objects(found) - _subjects(found))
        if not new:
            break
        if not _add(found, _ask(endpoint, f"VALUES ?s {{ {' '.join(new[:_NODES])} }} ?s ?p ?o")) or len(new) > _NODES:
            return None
        if teaching and not step and not _add(found, _ask(endpoint, _pointing_to(set(new), _MATCHES))):
            return None
    return found


_CLASSES = (*NODE_KINDS, *CLAIM_KINDS)


def _each(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


_OF_CAREERS = f"VALUES ?class {{ {_each(_CLASSES)} }} ?s a ?class ."


def _pointing_to(nodes: Collection[str], by: Iterable[str]) -> str:
    return f"VALUES ?node {{ {' '.join(sorted(nodes)[:_NODES])} }} VALUES ?by {{ {_each(by)} }} ?s ?by ?node . ?s ?p ?o"


def _subjects(found: Triples) -> set[str]:
    return {str(triple.subject) for triple in found}


def _add(found: Triples, more: Triples | None) -> bool:
    if more is not None:
        found += more
    return more is not None


def _ask(endpoint: Endpoint, where: str) -> Triples | None:
    """The statements ?s ?p ?o that a pattern finds; None if not all came, or a blank node is among them."""
    each = f"SELECT DISTINCT ?s ?p ?o {{ {where} }}"
    rows = endpoint.rows(
        f"SELECT ?s ?p ?o ?n {{ {{ SELECT (COUNT(*) AS ?n) {{ {each} }} }} UNION {{ {each} LIMIT {MOST_ROWS} }} }}"
    )
    counts = [int(getattr(row["n"], "value", 0)) for row in rows if row["n"] is not None]
    found = [pyoxigraph.Triple(row["s"], row["p"], row["o"]) for row in rows if row["n"] is None]
    if len(counts) != 1 or counts[0] > len(found):
        return None
    # A blank node cannot be asked for by name.
    blank = any(isinstance(term, pyoxigraph.BlankNode) for triple in found for term in (triple.subject, triple.object))
    return None if blank else found
