"""Names that look like an unknown name: those nearest in meaning first, among equals the most common ones."""

from __future__ import annotations

from collections.abc import Sequence

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.text import fold, split_grams
from careergraph.rdf.standards import SCHEMA, SKOS

#: The similarity is computed for this many names, those that have most in common with a text.
_MOST_LIKELY = 200
#: Names whose similarities differ by less count as equally near; this many of the nearest are compared by how common
#: they are.
_AS_NEAR, _NEAREST = 0.1, 12


def find_near_misses(catalogue: Catalogue, name: str, *kinds: str) -> tuple[str, ...]:
    """Up to three names, of as many nodes of these kinds, that look like a given one or begin with it.

    They share its distinctive words. Those in memory come first; of equally near ones on disk, the occupation with the
    most jobs or, where jobs are not counted, with the most names.

    >>> find_near_misses(Catalogue.load("bundled"), "data sientist", "role")
    ('Data scientist',)
    """
    from careergraph.model.near_names import compare_in_meaning

    wanted = fold(name)
    spelling: dict[str, tuple[str, str]] = {}
    for text, node in find_alike(catalogue, wanted, kinds):
        spelling.setdefault(fold(text), (text, node))
    near = {known: likeness for known in spelling if (likeness := compare_in_meaning(wanted, known))}
    best = sorted(near, key=near.__getitem__, reverse=True)[:_NEAREST]
    best = [known for known in best if near[known] >= near[best[0]] - 2 * _AS_NEAR]
    close = sorted(best, key=lambda known: _rank(catalogue, near[known], near[best[0]], spelling[known][1]))
    containing = [known for known in spelling if f" {wanted}" in f" {known}"]
    found: dict[str, str] = {}
    for known in (*close, *sorted(containing, key=len)):
        text, node = spelling[known]
        label = catalogue.label(node)
        found.setdefault(node, label if fold(label) in close else text)
    return tuple(found.values())[:3]


def _rank(catalogue: Catalogue, likeness: float, best: float, node: str) -> tuple[int, bool, int, float, str]:
    return (
        int((best - likeness) / _AS_NEAR),
        node not in catalogue.memory,
        -_count_of(catalogue, node) if node not in catalogue.memory else 0,
        -likeness,
        node,
    )


def _count_of(catalogue: Catalogue, node: str) -> int:
    """How many jobs there are in an occupation, or how many names it has where jobs are not counted."""
    counted = (
        claim for claim in catalogue.about(node, "attribute") if catalogue.value(claim, SCHEMA.propertyID) == "jobs"
    )
    jobs = [
        int(text)
        for claim in counted
        if (text := (catalogue.value(claim, SCHEMA.value) or "").replace(",", "")).isdigit()
    ]
    return max(jobs, default=len(catalogue.values(node, SKOS.altLabel)))


def find_alike(catalogue: Catalogue, wanted: str, kinds: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The labels and aliases that have much in common with a text, each with its node, and all that contain it.

    Those on disk, and the bundled ones, come from an index; other names in memory take time linear in their number.

    Args:
        catalogue: where to look.
        wanted: the text, in normal form and without accents.
        kinds: the acceptable kinds of node; any kind that has names if none is given.
    """
    found = catalogue.index.alike(wanted, tuple(kinds), _MOST_LIKELY)
    for index in catalogue.indexes:
        names = index.alike(split_grams(wanted), tuple(kinds), _MOST_LIKELY)
        found += [(name.text, name.node) for name in names if name.node not in catalogue.memory]
    return found


def list_texts(catalogue: Catalogue, iri: str) -> tuple[str, ...]:
    """The labels and aliases of a node."""
    return (*catalogue.values(iri, SKOS.prefLabel), *catalogue.values(iri, SKOS.altLabel))
