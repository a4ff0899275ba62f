"""Which of several meanings a word in a CV has, judging by the rest of the CV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.near_misses import list_texts
from careergraph.model.text import normalise
from careergraph.rdf.standards import SKOS
from careergraph.rdf.vocabulary import ID
from careergraph.transitions.people.name_index import Hit, NameIndex
from careergraph.transitions.people.phrases import drop_brackets, list_brackets

#: The topics of running and programming computers; if at least this share of skills belongs to them, a CV is about
#: computers.
_OF_COMPUTERS = (
    *("networking", "operating-systems", "cybersecurity", "cloud-platforms", "container-orchestration", "monitoring"),
    *("containerisation", "infrastructure-as-code", "ci-cd", "programming", "software-engineering", "virtualisation"),
    *("back-end-development", "front-end-development", "system-administration", "scripting"),
)
_SHARE = 0.4
#: With fewer skills than this, nothing can be concluded.
_ENOUGH = 2


def choose_meaning(catalogue: Catalogue, options: Sequence[str], skills: Iterable[str]) -> str | None:
    """Of several skills of a name, the one that fits the others: the one about computers, or the other one.

    *Networking* beside Cisco and Linux is about computers, beside sales and negotiation about people.

    Args:
        catalogue: where the skills are.
        options: the skills that the name may mean.
        skills: the other skills in the CV.
    """
    others = [is_about_computers(catalogue, iri) for iri in skills]
    if len(others) < _ENOUGH:
        return None
    wanted = sum(others) >= _SHARE * len(others)
    fitting = [iri for iri in options if is_about_computers(catalogue, iri) is wanted]
    return fitting[0] if len(fitting) == 1 else None


def is_about_computers(catalogue: Catalogue, skill: str) -> bool:
    """Whether a skill is one of those that running or programming computers takes, by what is above it.

    >>> catalogue = Catalogue.load("bundled")
    >>> [is_about_computers(catalogue, f"{ID}skill/{name}") for name in ("kubernetes", "excel")]
    [True, False]
    """
    above = find_broader_skills(catalogue, skill)
    return any(f"{ID}skill/{slug}" in above for slug in _OF_COMPUTERS)


def find_broader_skills(catalogue: Catalogue, skill: str) -> set[str]:
    """A skill and all that are broader."""
    above = {skill}
    for iri in (queue := [skill]):
        more = [other for other in catalogue.values(iri, SKOS.broader) if other not in above]
        queue += more
        above |= {*more}
    return above


def find_position_in_other_fields(
    catalogue: Catalogue, position: str, studied: Iterable[str], fields: NameIndex, positions: NameIndex
) -> str | None:
    """The same position in any field, where a position in certain fields is not what somebody in others has.

    *PhD student* means one in machine learning or computer science, by which a source knows it, unless the title or the
    CV names nothing but other fields.

    Args:
        catalogue: where they are.
        position: the position that was found; its label says in brackets in which fields it is.
        studied: the fields of study that the title or, failing that, the CV names.
        fields: the names of fields of study.
        positions: the names of positions.
    """
    label = normalise(catalogue.label(position))
    any_field = positions.exact(f"{drop_brackets(label)} (any field)")
    studied = set(studied)
    if not any_field or not studied or not list_brackets(label):
        return None
    named = (name.rpartition(" in ")[2] for name in map(normalise, list_texts(catalogue, position)))
    own = {iri for name in (*named, *list_brackets(label)) for hit in fields.find(name) for iri in hit.iris}
    return None if studied & own else any_field.iris[0]


#: Positions that say that somebody does research, and not in which field.
_RESEARCH = frozenset(f"{ID}background/{name}" for name in ("researcher", "postdoctoral-researcher"))


def find_profession_of_field(
    catalogue: Catalogue, position: str, studied: Iterable[str], called: Callable[[str], Hit | None]
) -> str | None:
    """Who does research in the fields that somebody has studied: a researcher with a degree in physics is a physicist.

    Args:
        catalogue: where they are.
        position: the position that was found.
        studied: the fields of study that the title or, failing that, the CV names.
        called: finds the position with a title.

    Returns:
        The profession; None for other positions, and where the fields have none in common or several.
    """
    if position not in _RESEARCH:
        return None
    fields = (drop_brackets(normalise(catalogue.label(iri))) for iri in studied)
    found = {hit.iris for field in fields if (hit := called(f"{field} researcher"))}
    professions = {iris[0] for iris in found if len(iris) == 1} - _RESEARCH
    return professions.pop() if len(professions) == 1 else None
