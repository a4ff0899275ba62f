"""Which of several meanings a CV has in mind: told by what else stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import texts_of
from careergraph.model.text import normal
from careergraph.rdf.vocabulary import CG, RDF, SKOS
from careergraph.transitions.people.known_names import KnownNames
from careergraph.transitions.people.phrases import inside_brackets, outside_brackets

#: From which share of technical skills on the technical meaning of a word is meant.
_HALF = 0.5
#: From so few skills nothing follows.
_ENOUGH = 2


def meaning_among(catalogue: Catalogue, options: Sequence[str], skills: Iterable[str]) -> str | None:
    """The one of several skills of a name that belongs among others: the technical one among tools, else the other.

    *Networking* beside Cisco and Linux is about computers, beside sales and negotiation about people.

    Args:
        catalogue: where the skills are.
        options: the skills that the name may mean.
        skills: what else the CV names.
    """
    technical = catalogue.once(_find_technical)
    others = [iri in technical for iri in skills]
    if len(others) < _ENOUGH:
        return None
    wanted = sum(others) >= _HALF * len(others)
    fitting = [iri for iri in options if (iri in technical) is wanted]
    return fitting[0] if len(fitting) == 1 else None


def _find_technical(catalogue: Catalogue) -> frozenset[str]:
    """The tools in memory, and all skills that tools belong to."""
    skills = catalogue.in_memory.get("skill", [])
    found = dict.fromkeys(iri for iri in skills if CG.Tool in catalogue.values(iri, RDF.type))
    for iri in (queue := list(found)):
        queue += [other for other in catalogue.values(iri, SKOS.broader) if other not in found]
        found |= dict.fromkeys(queue)
    return frozenset(found)


def position_in_other_fields(
    catalogue: Catalogue, position: str, studied: Iterable[str], fields: KnownNames, positions: KnownNames
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
    label = normal(catalogue.label(position))
    any_field = positions.exact(f"{outside_brackets(label)} (any field)")
    studied = set(studied)
    if not any_field or not studied or not inside_brackets(label):
        return None
    named = (name.rpartition(" in ")[2] for name in map(normal, texts_of(catalogue, position)))
    own = {iri for name in (*named, *inside_brackets(label)) for hit in fields.find(name) for iri in hit.iris}
    return None if studied & own else any_field.iris[0]
