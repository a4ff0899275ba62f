"""Ratings: how important a source finds a skill or knowledge in an occupation, and the requirements that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.records import Attribute, Evidence, Record, Ref, Requirement
from careergraph.rdf.standards import SCHEMA
from careergraph.rdf.vocabulary import CG

if TYPE_CHECKING:
    from careergraph.model.values import Iri, ScaledFigure


_PARAMETER = "https://w3id.org/careergraph/id/parameter/"
_NOT_RELEVANT = "not relevant"
#: How firmly an occupation asks for a technology that is in demand.
IN_DEMAND = "in demand"


class Rating(Record):
    """How important something is in an occupation, and how deep it goes there."""

    id: Iri
    """The claim's IRI."""
    element: Ref
    """What is rated."""
    importance: ScaledFigure
    """From 0 to 1, the ends of the source's scale."""
    depth: ScaledFigure
    """From 0 to 1, the ends of the source's scale."""
    stated_importance: float | None
    """As the source gives it."""
    stated_depth: float | None
    """As the source gives it."""
    importance_mark: str | None
    """The source's reservation."""
    depth_mark: str | None
    """The source's reservation."""
    evidence: tuple[Evidence, ...]
    """Who says so."""


def list_facts(catalogue: Catalogue, occupation: str) -> tuple[Attribute, ...]:
    """What sources list about an occupation: technologies, schooling asked for, preparation; by kind and value."""
    made = {"preparation": _preparation, "schooling": _schooling, "tool-use": _tool_use}
    found = [
        Attribute(claim, kind, name, value, unit, remark, catalogue.evidence(claim), catalogue.notes(claim))
        for kind, tell in made.items()
        for claim in catalogue.about(occupation, kind)
        for name, value, unit, remark in tell(catalogue, claim)
    ]
    return tuple(sorted(found, key=lambda item: (item.kind, item.property, item.value, item.id)))


#: The name of a fact, its value, its unit, a remark on it.
_Told = tuple[str, str, str | None, str | None]


def _preparation(catalogue: Catalogue, claim: str) -> list[_Told]:
    return [("preparation", catalogue.label(zone), None, None) for zone in catalogue.values(claim, CG.zone)]


def _schooling(catalogue: Catalogue, claim: str) -> list[_Told]:
    share = catalogue.value(claim, CG.share)
    if not catalogue.number(claim, CG.share):
        return []
    name = catalogue.label(catalogue.value(claim, CG.element) or claim)
    return [(name, catalogue.label(value), None, f"{share}%") for value in catalogue.values(claim, CG.category)]


def _tool_use(catalogue: Catalogue, claim: str) -> list[_Told]:
    marks = {"hot technology": CG.hot, "in demand": CG.inDemand}
    remark = ", ".join(words for words, mark in marks.items() if catalogue.value(claim, mark) == "true")
    return [("technology", catalogue.label(tool), None, remark or None) for tool in catalogue.values(claim, CG.tool)]


class Ask(Record):
    """What an occupation asks for by its ratings: `importance` × `depth` of one skill or piece of knowledge."""

    claim: str
    element: str
    importance: float
    depth: float


def list_ratings(catalogue: Catalogue, occupation: str) -> tuple[Rating, ...]:
    """All ratings of an occupation, the most important first.

    Raises:
        BadFigure: a figure is not a number.
    """
    found = (_rating(catalogue, claim) for claim in catalogue.about(occupation, "rating"))
    return tuple(sorted(found, key=lambda item: (-(item.importance or 0), -(item.depth or 0), item.id)))


def _rating(catalogue: Catalogue, claim: str) -> Rating:
    return Rating(
        id=claim,
        element=catalogue.ref(catalogue.value(claim, CG.element) or claim),
        importance=catalogue.number(claim, CG.importance),
        depth=catalogue.number(claim, CG.depth),
        stated_importance=catalogue.number(claim, CG.statedImportance),
        stated_depth=catalogue.number(claim, CG.statedDepth),
        importance_mark=catalogue.value(claim, CG.importanceMark),
        depth_mark=catalogue.value(claim, CG.depthMark),
        evidence=catalogue.evidence(claim),
    )


def find_depths(catalogue: Catalogue, claims: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    """The ratings of skills and knowledge that have a depth, each as claim, what it rates, depth."""
    for claim in claims:
        element, depth = catalogue.value(claim, CG.element), catalogue.number(claim, CG.depth)
        if element and depth and catalogue.kind(element) == "skill":
            yield claim, element, depth


def list_asks(catalogue: Catalogue, occupation: str) -> tuple[Ask, ...]:
    """What an occupation asks for: the skills and the knowledge that are important there, by IRI.

    How important something has to be is a parameter of the editors. What the source calls not relevant is left out.
    """
    threshold = catalogue.weight(f"{_PARAMETER}asked-importance", 0.5)
    found = []
    for claim in catalogue.about(occupation, "rating"):
        importance, depth = catalogue.number(claim, CG.importance), catalogue.number(claim, CG.depth)
        element = catalogue.value(claim, CG.element)
        if not (element and importance and depth) or importance < threshold:
            continue
        if catalogue.value(claim, CG.depthMark) != _NOT_RELEVANT and catalogue.kind(element) == "skill":
            found.append(Ask(claim, element, importance, depth))
    return tuple(sorted(found, key=lambda item: item.element))


def find_requirements_by_ratings(catalogue: Catalogue, occupation: str) -> tuple[Requirement, ...]:
    """What an occupation asks for, as requirements: by its ratings, the usual education, the technologies in demand.

    Empty for anything but an occupation.
    """
    if catalogue.kind(occupation) != "occupation":
        return ()
    rated = (_ratings_of(catalogue, occupation, item) for item in list_asks(catalogue, occupation))
    usual = (_usual(catalogue, occupation, *item) for item in find_usual_credentials(catalogue, occupation))
    tools = (_to_requirement(catalogue, occupation, *item) for item in list_demanded_tools(catalogue, occupation))
    return (*rated, *usual, *tools)


def _ratings_of(catalogue: Catalogue, occupation: str, item: Ask) -> Requirement:
    return Requirement(
        any_of=(catalogue.ref(item.element),),
        strength=f"importance {item.importance:.0%}",
        level=f"depth {item.depth:.0%}",
        part=None,
        stated_for=catalogue.ref(occupation),
        importance=item.importance * item.depth,
        needed=item.depth,
        evidence=catalogue.evidence(item.claim),
        notes=catalogue.notes(item.claim),
        estimated=False,
    )


def find_usual_credentials(catalogue: Catalogue, occupation: str) -> Iterator[tuple[str, Ref, float]]:
    """The credentials that people in an occupation usually hold: the claim, the credential, the editors' weight."""
    weight = catalogue.weight(f"{_PARAMETER}usual-credential", 0.7)
    for claim in catalogue.about(occupation, "holding"):
        for credential in catalogue.refs(claim, CG.holds):
            if credential.kind == "credential":
                yield claim, credential, weight


def _usual(catalogue: Catalogue, occupation: str, claim: str, credential: Ref, weight: float) -> Requirement:
    return Requirement(
        any_of=(credential,),
        strength="usual",
        level=None,
        part=None,
        stated_for=catalogue.ref(occupation),
        importance=weight,
        needed=1.0,
        evidence=catalogue.evidence(claim),
        notes=catalogue.notes(claim),
        estimated=False,
    )


def list_demanded_tools(catalogue: Catalogue, occupation: str) -> Iterator[tuple[str, Ref, float, float]]:
    """The technologies that employers ask for in an occupation: claim, tool, importance, level needed."""
    needed = catalogue.weight(f"{_PARAMETER}in-demand-technology-level", 0.6)
    weight = catalogue.weight(f"{_PARAMETER}in-demand-technology", 0.5)
    for claim in catalogue.about(occupation, "tool-use"):
        if catalogue.value(claim, CG.inDemand) == "true":
            yield from ((claim, tool, weight * needed, needed) for tool in catalogue.refs(claim, CG.tool))


def _to_requirement(
    catalogue: Catalogue, occupation: str, claim: str, tool: Ref, importance: float, needed: float
) -> Requirement:
    return Requirement(
        any_of=(tool,),
        strength=IN_DEMAND,
        level=None,
        part=None,
        stated_for=catalogue.ref(occupation),
        importance=importance,
        needed=needed,
        evidence=catalogue.evidence(claim),
        notes=catalogue.notes(claim),
        estimated=False,
    )


def read_schooling(catalogue: Catalogue, occupation: str) -> dict[str, dict[int, float]]:
    """What respondents say on education, experience and training: code of the question → grade → per cent."""
    found: dict[str, dict[int, float]] = {}
    for claim in catalogue.about(occupation, "schooling"):
        element, category = catalogue.value(claim, CG.element), catalogue.value(claim, CG.category)
        grade = catalogue.integer(category, SCHEMA.position) if category else None
        share = catalogue.number(claim, CG.share)
        if element and grade and share:
            found.setdefault(element.rpartition("/")[2], {})[grade] = share
    return found
