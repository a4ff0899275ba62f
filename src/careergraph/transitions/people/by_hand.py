"""A person described by skills and backgrounds given by name, without a CV."""

from __future__ import annotations

from collections.abc import Sequence

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.text import normalise
from careergraph.rdf.kinds import ASSETS, POSITIONS
from careergraph.rdf.standards import SKOS
from careergraph.transitions.people.person import NAMELESS, Match, Person, find_level, list_facts
from careergraph.transitions.people.phrases import find_level_in
from careergraph.transitions.people.typed_names import find_meant
from careergraph.transitions.people.years import find_years


def make_person(
    catalogue: Catalogue, *, skills: Sequence[str] = (), backgrounds: Sequence[str] = (), name: str | None = None
) -> Person:
    """A person with the named skills and backgrounds, the skills at the stated level or at a working level.

    Unknown names are read as in a CV: `hands-on Python 3`, `Senior Backend Developer (m/f/d)`.

    Args:
        catalogue: where to look.
        skills: names of skills, credentials, milestones, backgrounds or roles.
        backgrounds: names of backgrounds or roles, which bring what people in them hold.
        name: what to call the person.

    Raises:
        InvalidName: a name is not possible.
        UnknownName: a name is unknown; carries near misses.
        AmbiguousName: a name means several things.

    >>> make_person(Catalogue.load(), skills=["sklearn"]).assets[0].ref.label
    'scikit-learn'
    """

    def matches(names: Sequence[str], where: str, kinds: Sequence[str]) -> tuple[Match, ...]:
        found = ((name, iri) for name in names for iri in find_meant(catalogue, name, *kinds))
        return tuple(dict.fromkeys(_find_named(catalogue, name, where, iri) for name, iri in found))

    return Person(
        name=name or NAMELESS,
        positions=matches(backgrounds, "--background", POSITIONS),
        assets=matches(skills, "--skill", ASSETS),
        unmatched=(),
    )


def _find_named(catalogue: Catalogue, name: str, where: str, iri: str) -> Match:
    aliases = map(normalise, catalogue.values(iri, SKOS.altLabel))
    method = "alias" if normalise(name) != normalise(catalogue.label(iri)) and normalise(name) in aliases else "label"
    wanted = normalise(name)
    years = find_years(wanted)
    depth = find_level(catalogue, iri, find_level_in(wanted), years)
    facts = list_facts(catalogue, iri, wanted)
    return Match(name, where, catalogue.ref(iri), method, 1.0, depth, facts, years)
