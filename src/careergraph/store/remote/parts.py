"""A part of an endpoint's data, by a limited number of requests: nodes of a name, and the statements around a node.

Each request asks for rows and, in a row of its own, for how many there are: an endpoint that gives fewer than it counts
is noticed without another request. What cannot be had so is None, and all has to be read (`store.remote.harvest`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

import pyoxigraph

from careergraph.rdf.kinds import CLAIM_KINDS, NODE_KINDS
from careergraph.rdf.standards import DCTERMS, OWL, PROV, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, ID
from careergraph.store.remote.endpoint import Endpoint
from careergraph.store.remote.harvest import Triples, find_objects, reading_rows

#: How many statements one request may bring; more of them are no part.
MOST_ROWS = 9_000
#: How many nodes one request asks for by name, and how many such requests a step may take.
_NODES, _MOST_PARTS = 600, 3
#: The same for routes, which all roles are about; and how many positions one request is about.
_MOST_PARTS_OF_NETWORK, _POSITIONS = 12, 12
#: The same for what the occupations take that represent somebody: each has some hundred claims.
MOST_PARTS_OF_OCCUPATIONS = 12
#: Of more roles and groups than this, a part is not much less than everything.
_MOST_POSITIONS = 150
#: By how many steps what stands around a node is followed outwards: claim, section, source, standing, scheme.
_STEPS = 5
_NAMING = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.notation)
_WORDED = (*_NAMING, SKOS.definition, DCTERMS.description)
#: By which statements claims point to what they are about, and by which others point to claims.
_ABOUT = (
    *(SCHEMA.about, CG.origin, CG.destination, CG.anyOf, CG.teaches, CG.concerns, SKOS.broader),
    *(OWL.annotatedSource, OWL.annotatedTarget, SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch),
)
_ABOUT_CLAIMS = (CG.transition, CG.concerns)
#: What leads from a claim to who says so.
_OF_SOURCES = frozenset((PROV.wasDerivedFrom, SCHEMA.isPartOf, CG.standing, SKOS.inScheme))
_OF_SKILLS = frozenset((CG.anyOf, CG.teaches, CG.holds))
_MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
#: By what an alignment, or a node itself, points to a counterpart.
_ALIGNED = frozenset((OWL.annotatedSource, OWL.annotatedTarget, *_MATCHES))
#: What routes may lead through, begin in for anybody, or be opened by a degree in; and the parameters of the editors.
_STOPS = (f"?s a <{CG.Role}> .", f"?s <{CG.speaksFor}> ?all .", f"?s a <{CG.FieldOfStudy}> .")
_PARAMETERS = f"?s <{SKOS.inScheme}> <{ID}scheme/parameter> ."


def find_named(endpoint: Endpoint, pattern: str, iris: Iterable[str] = ()) -> Triples | None:
    """All statements about nodes with a name that fits, or with one of some IRIs; None if there are too many.

    Args:
        endpoint: what to ask.
        pattern: a regular expression for names, whatever their case.
        iris: IRIs that a name may stand for.
    """
    fits = f'REGEX(STR(?name), {pyoxigraph.Literal(pattern)}, "i")'
    ways = [f"VALUES ?naming {{ {_each(_NAMING)} }} ?s ?naming ?name FILTER({fits}) {_OF_CAREERS}"]
    ways += [f"VALUES ?s {{ {known} }}"] if (known := _each(dict.fromkeys(iris))) else []
    # Each way by itself, to the end: to join a union with more, Oxigraph reads all that there is.
    return _ask(endpoint, " UNION ".join(f"{{ {way} ?s ?p ?o }}" for way in ways))


def find_worded(endpoint: Endpoint, words: Iterable[str]) -> Triples | None:
    """All statements about nodes with a name or definition in which words stand; None if there are too many.

    Args:
        endpoint: what to ask.
        words: in lower case.
    """
    tests = " && ".join(f"CONTAINS(LCASE(STR(?text)), {pyoxigraph.Literal(word)})" for word in words)
    found = f"VALUES ?worded {{ {_each(_WORDED)} }} ?s ?worded ?text FILTER({tests})"
    return _ask(endpoint, f"{found} {_OF_CAREERS} ?s ?p ?o")


def find_around(
    endpoint: Endpoint, *iris: str, teaching: bool = False, most: int = _MOST_PARTS, near: bool = False
) -> Triples | None:
    """All statements about nodes, about the claims that point to them, and about what those point to in turn.

    Args:
        endpoint: what to ask.
        iris: the nodes; what is said of what they specialise counts as said of them.
        teaching: whether to have what any course teaches as well, and what is the same as what is met first; and the
            editors' parameters.
        most: how many requests each step may take.
        near: whether to end with what the claims point to, and with their sources: what an occupation takes and uses
            leads on to much else.
    """
    found: Triples = []
    if not _add_all(found, endpoint, iris, _about, most, _POSITIONS):
        return None
    claims = _subjects(found) - {f"<{iri}>" for iri in iris}
    if not _add_all(found, endpoint, claims, lambda nodes: _pointing_to(nodes, _ABOUT_CLAIMS), most):
        return None
    taught = f"{{ ?s a <{CG.Teaching}> . ?s ?p ?o }} UNION {{ {_PARAMETERS} ?s ?p ?o }}"
    if teaching and not _add(found, _ask(endpoint, taught)):
        return None
    skills = {str(triple.object) for triple in found if triple.predicate.value in _OF_SKILLS} if teaching else set()
    if not _add_all(found, endpoint, skills, lambda nodes: _pointing_to(nodes, _MATCHES), most):
        return None
    return found if _add_objects(endpoint, found, most, near) else None


def find_counterparts(endpoint: Endpoint, found: Triples, most: int = _MOST_PARTS) -> Triples | None:
    """All statements about what statements call a counterpart in another source, as far as they say nothing of it.

    Args:
        endpoint: what to ask.
        found: the statements.
        most: how many requests it may take.

    Returns:
        Nothing of the counterparts that the endpoint does not have; None if there are too many statements about them.
    """
    ends = {str(triple.object) for triple in found if triple.predicate.value in _ALIGNED} - _subjects(found)
    more: Triples = []
    said = _add_all(more, endpoint, ends, lambda nodes: f"VALUES ?s {{ {' '.join(nodes)} }} ?s ?p ?o", most)
    return more if said else None


def find_assets(endpoint: Endpoint, iris: Iterable[str]) -> Triples | None:
    """All statements about assets, and about what is the same or nearly the same; None if there are too many.

    Args:
        endpoint: what to ask.
        iris: the assets.
    """
    found: Triples = []
    nodes = [f"<{iri}>" for iri in iris]
    ways = (lambda part: f"VALUES ?s {{ {' '.join(part)} }} ?s ?p ?o"), (lambda part: _pointing_to(part, _MATCHES))
    return found if all(_add_all(found, endpoint, nodes, way, MOST_PARTS_OF_OCCUPATIONS) for way in ways) else None


def _about(iris: Sequence[str]) -> str:
    # What is said of a wider node holds of this one. Of these, Virtuoso 7 finds nothing by
    # a second VALUES, and everything by `*`.
    points = f"?s ?by ?node . FILTER(?by IN ({', '.join(f'<{by}>' for by in _ABOUT)})) ?s ?p ?o"
    alternatives = [f"{{ VALUES ?s {{ {_each(iris)} }} ?s ?p ?o }}"]
    alternatives += (f"{{ {points.replace('?node', f'<{iri}>')} }}" for iri in iris)
    alternatives += (f"{{ <{iri}> <{SKOS.broader}>+ ?node . {points} }}" for iri in iris)
    return " UNION ".join(alternatives)


def find_network(endpoint: Endpoint, *iris: str) -> Triples | None:
    """All statements that routes from and to some positions depend on; None if they are no small part.

    Routes lead through roles: these are all roles, the mixed groups that anybody may belong to, the fields of study,
    what is said of them and what that points to, what courses teach, and the editors' parameters.

    Args:
        endpoint: what to ask.
        iris: the positions.
    """
    found = _ask(endpoint, " UNION ".join(f"{{ {which} ?s ?p ?o }}" for which in (*_STOPS, _PARAMETERS)))
    if found is None:
        return None
    terms = {str(triple.subject) for triple in found if triple.predicate.value == SKOS.inScheme}
    stops = sorted({*(name[1:-1] for name in _subjects(found) - terms), *iris})
    if len(stops) > _MOST_POSITIONS:
        return None
    around = find_around(endpoint, *stops, teaching=True, most=_MOST_PARTS_OF_NETWORK)
    return found if _add(found, around) else None


def _add_objects(endpoint: Endpoint, found: Triples, most: int, near: bool) -> bool:
    """Follow statements outwards, step by step; whether all could be had."""
    for step in range(_STEPS):
        leading = [triple for triple in found if triple.predicate.value in _OF_SOURCES] if near and step else found
        new = find_objects(leading) - _subjects(found)
        if not _add_all(found, endpoint, new, lambda nodes: f"VALUES ?s {{ {' '.join(nodes)} }} ?s ?p ?o", most):
            return False
        if not new:
            break
    return True


def _add_all(
    found: Triples,
    endpoint: Endpoint,
    nodes: Collection[str],
    where: Callable[[Sequence[str]], str],
    most: int,
    size: int = _NODES,
) -> bool:
    """Ask about nodes, so many at a time; whether all could be had, and they are not too many for a part.

    Where a request brings too much, it is sent again in halves: what an occupation has to do with has many names.
    """
    ahead, asked = _parts(sorted(nodes), size), 0
    while ahead:
        if asked + len(ahead) > most:
            return False
        part, asked = ahead.pop(), asked + 1
        if not _add(found, _ask(endpoint, where(part))):
            if len(part) == 1:
                return False
            ahead += _parts(part, max(1, -(-len(part) // 2)))
    return True


def _parts(nodes: Sequence[str], size: int) -> list[Sequence[str]]:
    return [nodes[start : start + size] for start in range(0, len(nodes), size)]


_CLASSES = (*NODE_KINDS, *CLAIM_KINDS)


def _each(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


_OF_CAREERS = f"VALUES ?class {{ {_each(_CLASSES)} }} ?s a ?class ."


def _pointing_to(nodes: Iterable[str], by: Iterable[str]) -> str:
    return f"VALUES ?node {{ {' '.join(nodes)} }} VALUES ?by {{ {_each(by)} }} ?s ?by ?node . ?s ?p ?o"


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
    with reading_rows(endpoint):
        counts = [int(getattr(row["n"], "value", 0)) for row in rows if row["n"] is not None]
        found = [pyoxigraph.Triple(row["s"], row["p"], row["o"]) for row in rows if row["n"] is None]
    if len(counts) != 1 or counts[0] > len(found):
        return None
    # A blank node cannot be asked for by name.
    blank = any(isinstance(term, pyoxigraph.BlankNode) for triple in found for term in (triple.subject, triple.object))
    return None if blank else found
