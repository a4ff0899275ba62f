"""What is known of each occupation, read from a catalogue in one pass over each kind of claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from careergraph.catalogue.catalogue import Catalogue, find_number
from careergraph.rdf.standards import RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG

Floats = NDArray[np.float64]
#: Class of an element → the group of ratings that it belongs to.
GROUPS = {CG.Skill: "skills", CG.Knowledge: "knowledge"}
#: Last word of the label of what stands above a topic → the group; ratings of other topics are left aside.
TOPICS = {"interests": "interests"}
_NOT_RELEVANT = "not relevant"


@dataclass(frozen=True)
class Ratings:
    """How much each element of a group matters in each occupation: importance and depth, between 0 and 1.

    Both arrays are occupations × elements, NaN where nobody says. What a source calls not relevant has depth 0.
    """

    elements: tuple[str, ...]
    importance: Floats
    depth: Floats


@dataclass(frozen=True)
class Profiles:
    """What is known of each occupation; every field is in the order of `occupations`, which are IRIs, sorted.

    `codes` are those of a classification, empty where there is none; `titles`, `tasks` and `descriptions` are texts;
    `tools` and `activities` IRIs, those of activities as often as a task is an instance of it. `zone` is the rank of
    the preparation that it takes; NaN where nobody says.
    """

    occupations: tuple[str, ...]
    codes: tuple[str, ...]
    titles: tuple[tuple[str, ...], ...]
    descriptions: tuple[tuple[str, ...], ...]
    tasks: tuple[tuple[str, ...], ...]
    activities: tuple[tuple[str, ...], ...]
    activity_names: Mapping[str, str]
    tools: tuple[tuple[str, ...], ...]
    ratings: Mapping[str, Ratings]
    zone: Floats

    @property
    def size(self) -> int:
        """How many occupations there are."""
        return len(self.occupations)


def make_profiles(catalogue: Catalogue) -> Profiles:
    """The profiles of all occupations of which more is known than a name.

    Takes time linear in the number of claims about occupations.

    Raises:
        BadFigure: a figure is not a number.
    """
    named = dict(catalogue.each("occupation"))
    tasks, activities = _tasks(catalogue, named)
    tools = _about(named, ((_one(said, SCHEMA.about), said.get(CG.tool, [])) for _, said in catalogue.each("tool-use")))
    zones = dict(_zones(catalogue))
    rated = _ratings_by_group(catalogue, named)
    known = {owner for group in rated.values() for owner, *_ in group} | zones.keys()
    known |= {iri for claims in (tasks, tools) for iri, found in claims.items() if found}
    occupations = tuple(sorted(known & named.keys()))
    return Profiles(
        occupations=occupations,
        codes=tuple(_one(named[iri], SKOS.notation) or "" for iri in occupations),
        titles=tuple((*named[iri].get(SKOS.prefLabel, ()), *named[iri].get(SKOS.altLabel, ())) for iri in occupations),
        descriptions=tuple(tuple(named[iri].get(SKOS.definition, ())) for iri in occupations),
        tasks=_column(occupations, tasks),
        activities=_column(occupations, activities),
        activity_names={iri: _one(said, SKOS.prefLabel) or "" for iri, said in catalogue.each("activity")},
        tools=_column(occupations, tools),
        ratings={name: _matrix(occupations, group) for name, group in sorted(rated.items())},
        zone=np.array([zones.get(iri, np.nan) for iri in occupations]),
    )


def _one(said: Mapping[str, Sequence[str]], predicate: str) -> str | None:
    found = said.get(predicate)
    return found[0] if found else None


def _about(owners: Iterable[str], claims: Iterable[tuple[str | None, Sequence[str]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {owner: [] for owner in owners}
    for owner, values in claims:
        if owner in found:
            found[owner].extend(values)
    return found


def _column(occupations: Sequence[str], found: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(found[iri]) for iri in occupations)


def _tasks(catalogue: Catalogue, owners: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    claims = [(_one(said, SCHEMA.about), said) for _, said in catalogue.each("task")]
    texts = _about(owners, ((owner, said.get(SCHEMA.text, [])) for owner, said in claims))
    return texts, _about(owners, ((owner, said.get(CG.activity, [])) for owner, said in claims))


def _zones(catalogue: Catalogue) -> Iterator[tuple[str, float]]:
    for claim, said in catalogue.each("preparation"):
        owner, zone = _one(said, SCHEMA.about), catalogue.value(claim, CG.zone)
        rank = catalogue.number(zone, SCHEMA.position) if zone else None
        if owner and rank is not None:
            yield owner, rank


#: Who is rated, on what, its importance, its depth.
_Rated = tuple[str, str, float, float]


def _ratings_by_group(catalogue: Catalogue, owners: Mapping[str, object]) -> dict[str, list[_Rated]]:
    found: dict[str, list[_Rated]] = {name: [] for name in (*GROUPS.values(), *TOPICS.values())}
    groups: dict[str, str | None] = {}
    iris: dict[str, str] = {}  # each once: there are thousands of claims about one
    for claim, said in catalogue.each("rating"):
        owner, element = _one(said, SCHEMA.about), _one(said, CG.element)
        if element is None or owner is None or owner not in owners:
            continue
        if element not in groups:
            groups[element] = _group(catalogue, element)
        group = groups[element]
        if group:
            both = iris.setdefault(owner, owner), iris.setdefault(element, element)
            found[group].append((*both, *_figures(claim, said)))
    return found


def _group(catalogue: Catalogue, element: str) -> str | None:
    class_ = catalogue.value(element, RDF.type) or ""
    above = catalogue.value(element, SKOS.broader) if class_ == CG.Topic else None
    last = catalogue.label(above).rpartition(" ")[2].lower() if above else ""
    return GROUPS.get(class_) or TOPICS.get(last)


def _figures(claim: str, said: Mapping[str, Sequence[str]]) -> tuple[float, float]:
    importance, depth = (find_number(claim, predicate, said) for predicate in (CG.importance, CG.depth))
    if _NOT_RELEVANT in said.get(CG.depthMark, ()):
        depth = 0.0
    return np.nan if importance is None else importance, np.nan if depth is None else depth


def _matrix(occupations: Sequence[str], group: Sequence[_Rated]) -> Ratings:
    elements = tuple(sorted({element for _, element, *_ in group}))
    column = {element: number for number, element in enumerate(elements)}
    row = {iri: number for number, iri in enumerate(occupations)}
    importance, depth = np.full((2, len(occupations), len(elements)), np.nan)
    for owner, element, *figures in group:
        importance[row[owner], column[element]], depth[row[owner], column[element]] = figures
    return Ratings(elements, importance, depth)
