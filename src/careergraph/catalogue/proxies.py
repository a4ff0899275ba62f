"""Proxy occupations: the occupations that represent a position where the likeness of two positions is needed.

An occupation represents itself and its counterparts in other classifications. A curated role or background is in no
table of observed moves; the editors align it with the occupations that come nearest, each with a reason and a
confidence between 0 and 1: how far likeness to the occupation counts for the position.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping

from careergraph.catalogue.alignments import find_positions, weigh_mapping
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import is_word_for_an_occupation
from careergraph.rdf.standards import OWL, SKOS, SSSOM
from careergraph.rdf.vocabulary import CG


def find_proxies(catalogue: Catalogue, position: str) -> Mapping[str, float]:
    """Occupation → how far likeness to it counts for a position, in (0, 1]; empty if there is none.

    A position's own alignments come first, then those of what it specialises, then those of its specialisations. A
    large and mixed group of people has no proxies: its members have too little in common.

    Args:
        catalogue: where to look.
        position: the IRI of a role, a background or an occupation.
    """
    known = catalogue.once(_no_positions)
    if position not in known:
        known[position] = _find_proxies(catalogue, position)
    return known[position]


def _no_positions(_: Catalogue) -> dict[str, Mapping[str, float]]:
    """An empty cache of proxies: a search asks for those of a position again at each of its steps."""
    return {}


def _find_proxies(catalogue: Catalogue, position: str) -> Mapping[str, float]:
    # Not by recursion: data may say that positions are broader than each other.
    found, waiting, seen = list[Mapping[str, float]](), [position], set[str]()
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        own = _own_proxies(catalogue, node)
        if own:
            found.append(own)
        elif not catalogue.value(node, CG.speaksFor):
            waiting += catalogue.pointing(SKOS.broader, node, "role", "background")
    return join_proxies(found)


def _own_proxies(catalogue: Catalogue, position: str) -> Mapping[str, float]:
    if catalogue.kind(position) == "occupation":
        return {position: 1.0} | _alignments(catalogue, position)
    for node in find_positions(catalogue, position):
        found = {node: 1.0} if catalogue.kind(node) == "occupation" else _alignments(catalogue, node)
        if found:
            return found
    return {}


def join_proxies(several: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Merge several sets of proxies: the greatest closeness of each occupation.

    >>> join_proxies([{"a": 0.5}, {"a": 0.7, "b": 0.2}])
    {'a': 0.7, 'b': 0.2}
    """
    found: dict[str, float] = {}
    for one in several:
        for occupation, closeness in one.items():
            found[occupation] = max(closeness, found.get(occupation, 0.0))
    return found


def find_proxies_among(
    catalogue: Catalogue, known: Container[str], position: str, places: Collection[str]
) -> dict[str, float]:
    """Occupation → how far it represents somebody, of the occupations that are known.

    The places of somebody who named one position may be that occupation and what the vocabulary has by its name. It
    has tellers among bankers, whom financial analysts represent: where tellers are known, those do not represent them.
    A field that somebody has studied besides counts as ever.

    Args:
        catalogue: where to look.
        known: the occupations with a known likeness to others.
        position: what represents them, if it is one of the places and has proxies.
        places: all positions that they are in.
    """
    found = {place: _keep(find_proxies(catalogue, place), known) for place in places}
    itself = found.get(position, {})
    nearest = {node for node, close in itself.items() if close == max(itself.values())}
    apart = {
        place
        for place, proxies in found.items()
        if nearest and not nearest & proxies.keys() and is_word_for_an_occupation(catalogue, place)
    }
    return join_proxies(proxies for place, proxies in found.items() if place not in apart)


def _keep(proxies: Mapping[str, float], known: Container[str]) -> dict[str, float]:
    return {node: close for node, close in proxies.items() if node in known}


def _alignments(catalogue: Catalogue, node: str) -> dict[str, float]:
    found = {}
    for claim in catalogue.pointing(OWL.annotatedSource, node, "alignment"):
        occupation = catalogue.value(claim, OWL.annotatedTarget)
        if occupation and catalogue.kind(occupation) == "occupation":
            mapping = catalogue.value(claim, OWL.annotatedProperty) or ""
            counts = catalogue.number(claim, SSSOM.confidence)
            if mapping == SKOS.exactMatch or counts is None:
                counts = weigh_mapping(catalogue, mapping)
            found[occupation] = counts
    return {occupation: closeness for occupation, closeness in found.items() if closeness > 0}
