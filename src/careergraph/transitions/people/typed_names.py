"""Names that users type to say who they are: unknown names are read by the rules for CVs."""

from __future__ import annotations

from collections.abc import Sequence

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.model.errors import UnknownName


def find_meant(catalogue: Catalogue, name: str, *kinds: str) -> tuple[str, ...]:
    """The IRIs of the nodes that somebody means by a name or, if there is no such name, by a phrase as in a CV.

    Matches by similarity alone are not used: a typing error gets a question back.

    Args:
        catalogue: where to look.
        name: what was typed, such as `Senior Backend Developer (m/f/d)` or `hands-on Python 3`.
        kinds: the acceptable kinds of node; any kind that has names if none is given.

    Raises:
        InvalidName: it is not a possible name.
        UnknownName: no node of these kinds has this name, or is meant by the phrase; carries near misses.
        AmbiguousName: several nodes of these kinds have this name.

    >>> catalogue = Catalogue.load("bundled")
    >>> [catalogue.label(iri) for iri in find_meant(catalogue, "hands-on Python 3", "skill")]
    ['Python']
    """
    try:
        return (find_node(catalogue, name, *kinds),)
    except UnknownName:
        found = _read(catalogue, name, kinds)
        if not found:
            raise
        return found


def _read(catalogue: Catalogue, name: str, kinds: Sequence[str]) -> tuple[str, ...]:
    # On the start path: phrases are only read if no node has this name.
    from careergraph.model.text import normal
    from careergraph.transitions.people.denials import is_denied
    from careergraph.transitions.people.reading import Reading

    if is_denied(normal(name)):
        return ()
    reading = Reading(catalogue)
    every = [*reading.find_positions(name), *reading.skill_names.find(name)]
    sure = (hit.iris[0] for hit in every if len(hit.iris) == 1 and hit.method != "fuzzy")
    return tuple(dict.fromkeys(iri for iri in sure if not kinds or catalogue.kind(iri) in kinds))
