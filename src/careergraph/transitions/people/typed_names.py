"""Names that users type to say who they are: unknown names are read by the rules for CVs."""

from __future__ import annotations

from collections.abc import Sequence

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node, find_words, look_up
from careergraph.catalogue.near_misses import find_near_misses
from careergraph.catalogue.proxies import find_proxies
from careergraph.model.errors import AmbiguousName, OnlyAnOrigin, UnknownName
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.standards import RDF
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.origins import Origin, join_origins, make_origin

#: Of an unknown name, at most so many others are offered.
_MOST_OFFERED = 5
#: An everyday title means an occupation that represents it by at least this, and any other by so much less.
_CLOSE, _APART = 0.8, 0.1


def find_origin(catalogue: Catalogue, name: str) -> Origin:
    """The origin that somebody means by a name: a position, or what a title or a degree as in a CV says of them.

    Where an occupation of a source is found by an everyday word, what is known of the word counts as well, so that no
    import makes an answer worse. A *mathematics student* is a student and has the field, a *BSc in physics* has both.

    Args:
        catalogue: where to look.
        name: what was typed.

    Raises:
        InvalidName, UnknownName, AmbiguousName: as `find_meant` does.

    >>> found = find_origin(Catalogue.load("bundled"), "mathematics student")
    >>> found.ref.label, len(found.positions)
    ('Mathematics student', 2)
    """
    try:
        position = find_node(catalogue, name, *POSITIONS)
    except UnknownName as error:
        found = _read_origin(catalogue, name)
        if not found:
            raise _with_guesses(catalogue, error) from None
        return found
    words = () if position in catalogue.memory else find_words(catalogue, name)
    return join_origins(*(make_origin(catalogue, iri) for iri in (position, *words)))


def find_meant(catalogue: Catalogue, name: str, *kinds: str) -> tuple[str, ...]:
    """The IRIs of the nodes that somebody means by a name or, if there is no such name, by a phrase as in a CV.

    Matches by similarity alone are not used: a typing error gets a question back. Where an occupation is wanted, an
    everyday title stands for the one that the editors say comes nearest, unless a node has the name.

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
        found = look_up(catalogue, name, *kinds)
    except AmbiguousName:
        nearest = _find_nearest(catalogue, _find_title(catalogue, name, kinds))
        if nearest is None:
            raise
        return (nearest,)
    return (found,) if found else _find_by_reading(catalogue, name, kinds)


def _find_by_reading(catalogue: Catalogue, name: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    title = _find_title(catalogue, name, kinds)
    nearest = _find_nearest(catalogue, title)
    found = (nearest,) if nearest else _read(catalogue, name, kinds)
    if found:
        return found
    if title:
        proxies = find_proxies(catalogue, title)
        alike = sorted(proxies, key=lambda node: (-proxies[node], node))[:_MOST_OFFERED]
        raise OnlyAnOrigin(name, kinds=kinds, suggestions=tuple(map(catalogue.label, alike)))
    near = find_near_misses(catalogue, name, *kinds)
    raise _with_guesses(catalogue, UnknownName(name, kinds=kinds, suggestions=near))


def _find_title(catalogue: Catalogue, name: str, kinds: Sequence[str]) -> str | None:
    """The everyday title that a name is, where an occupation is wanted: people say *UX designer* of the work, too."""
    if "occupation" not in kinds or "background" in kinds:
        return None
    try:
        found = look_up(catalogue, name, "background")
    except AmbiguousName:
        return None
    is_field = found is not None and CG.FieldOfStudy in catalogue.values(found, RDF.type)
    return None if is_field else found


def _find_nearest(catalogue: Catalogue, title: str | None) -> str | None:
    """The one occupation that comes close to an everyday title; None if none does, or if several do."""
    close = (
        sorted(((near, node) for node, near in find_proxies(catalogue, title).items()), reverse=True) if title else []
    )
    if not close or close[0][0] < _CLOSE or any(near > close[0][0] - _APART for near, _ in close[1:]):
        return None
    return close[0][1]


def _with_guesses(catalogue: Catalogue, error: UnknownName) -> UnknownName:
    """The same error, with the positions besides that the words of a title may stand for."""
    # On the start path: see `_read`.
    from careergraph.transitions.people.reading import Reading
    from careergraph.transitions.people.titles.likely_positions import knows_all_words

    if error.kinds and not {*error.kinds} & {*POSITIONS}:
        return error
    guesses = Reading(catalogue).guesses(error.name)
    near = (guesses, error.suggestions) if knows_all_words(error.name) else (error.suggestions, guesses)
    names = dict.fromkeys(name for names in near for name in names)
    return UnknownName(error.name, kinds=error.kinds, suggestions=tuple(names)[:_MOST_OFFERED])


def _read_origin(catalogue: Catalogue, name: str) -> Origin | None:
    # On the start path: see `_read`.
    from careergraph.model.text import normalise
    from careergraph.transitions.people.denials import is_denied
    from careergraph.transitions.people.person import make_origin_of_person
    from careergraph.transitions.people.reading import Reading

    reading = Reading(catalogue)
    if is_denied(normalise(name)):
        return None
    person = reading.read_typed(name)
    if not person.positions:
        return None
    origins = [make_origin(catalogue, match.ref.id) for match in person.positions]
    if len(origins) == 1 and not person.assets:
        return origins[0]
    joined = join_origins(*origins, make_origin_of_person(catalogue, person))
    return joined.with_name(name[:1].upper() + name[1:])


def _read(catalogue: Catalogue, name: str, kinds: Sequence[str]) -> tuple[str, ...]:
    # On the start path: phrases are only read if no node has this name.
    from careergraph.model.text import normalise
    from careergraph.transitions.people.denials import is_denied
    from careergraph.transitions.people.reading import Reading

    if is_denied(normalise(name)):
        return ()
    reading = Reading(catalogue)
    skills = (hit.iris[0] for hit in reading.skill_names.find(name) if len(hit.iris) == 1 and hit.method != "fuzzy")
    sure = (*(match.ref.id for match in reading.read_typed(name).positions), *skills)
    return tuple(dict.fromkeys(iri for iri in sure if not kinds or catalogue.kind(iri) in kinds))
