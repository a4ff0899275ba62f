"""How deep courses teach, and how deep the knowledge is that they expect; both on the scale of levels.

The editors read the levels from pages (`graph/editors/course-levels.ttl`); where no page says, they are taken to be the
level of requirements that state none, the working level.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from careergraph.catalogue.alignments import add_broader, find_counterparts, weigh_mapping
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.courses import is_takeable
from careergraph.model.records import Ref
from careergraph.rdf.standards import RDF, SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, ID

#: Asset → course → the depth, between 0 and 1, to which the course teaches it.
TeachingDepths = Mapping[str, Mapping[str, float]]

_UNSTATED = f"{ID}level/unstated"
_SCHEME = f"{ID}scheme/level"
_HARD = "prerequisite"


def find_teaching_depths(catalogue: Catalogue) -> TeachingDepths:
    """What is taught, by which courses that can be taken, and how deep.

    A course on a part of something also teaches the whole, unless it expects it: a course on pandas that expects Python
    is a course neither on Python nor on programming. If a course is said to teach the whole itself, it teaches that as
    deep as is said and no deeper. It also teaches what is the same in another source: a course on SQL is a course on
    O*NET's "Structured query language SQL". It teaches a tool that is nearly the same as far as knowing the one counts
    for knowing the other. For anything but tools, nearly the same does not count: a course on mathematical thinking
    does not teach managers critical thinking.

    >>> catalogue = Catalogue.load()
    >>> taught = find_teaching_depths(catalogue)[f"{ID}skill/git"]
    >>> taught[f"{ID}course/pro-git"], taught[f"{ID}course/swc-git"]
    (0.75, 0.5)
    """
    return catalogue.once(_compute_teaching_depths)


def _compute_teaching_depths(catalogue: Catalogue) -> TeachingDepths:
    found: dict[str, dict[str, float]] = {}
    courses = set(is_takeable(catalogue))
    for claim in catalogue.by_kind.get("teaching", ()):
        level = find_level(catalogue, claim)
        for course in courses.intersection(catalogue.values(claim, SCHEMA.about)):
            for skill, share in _skills_of(catalogue, claim, course).items():
                known = found.setdefault(skill, {})
                known[course] = max(level * share, known.get(course, 0.0))
    return found


def _skills_of(catalogue: Catalogue, claim: str, course: str) -> dict[str, float]:
    """The skills that a claim says a course teaches, and the share of its depth that each gets."""
    named = {skill for other in catalogue.about(course, "teaching") for skill in catalogue.values(other, CG.teaches)}
    own = dict.fromkeys(catalogue.values(claim, CG.teaches), 1.0)
    found = add_broader(catalogue, own, named | find_expected_levels(catalogue, course).keys())
    for skill in tuple(found):
        for other, share in catalogue.once(_nearly_same)(skill).items():
            found[other] = max(share, found.get(other, 0.0))
    return found


def _nearly_same(catalogue: Catalogue) -> Callable[[str], Mapping[str, float]]:
    """Skill → its counterparts in other sources, for tools also nearly the same ones, with shares; read once."""
    close = weigh_mapping(catalogue, SKOS.closeMatch)

    def least(other: str) -> float:
        return close if CG.Tool in catalogue.values(other, RDF.type) else 1.0

    @cache
    def read(skill: str) -> Mapping[str, float]:
        return {other: share for other, share in find_counterparts(catalogue, skill).items() if share >= least(other)}

    return read


def find_expected_levels(catalogue: Catalogue, course: str) -> Mapping[str, float]:
    """What a course expects people to know, and how deep: asset → depth between 0 and 1. Read once for each course.

    >>> found = find_expected_levels(Catalogue.load(), f"{ID}course/docker-introduction")
    >>> {asset.rsplit("/", 1)[-1]: level for asset, level in found.items()}
    {'command-line': 0.25}
    """
    known = catalogue.once(_expected_by_course)
    if course not in known:
        known[course] = _read_expected_levels(catalogue, course)
    return known[course]


def _expected_by_course(catalogue: Catalogue) -> dict[str, dict[str, float]]:
    return {}


def _read_expected_levels(catalogue: Catalogue, course: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for claim in sorted(catalogue.about(course, "prerequisite")):
        if catalogue.value(claim, SCHEMA.propertyID) == _HARD:
            for asset in catalogue.values(claim, CG.expects):
                found[asset] = max(find_level(catalogue, claim), found.get(asset, 0.0))
    return found


def find_advised_assets(catalogue: Catalogue, course: str) -> set[str]:
    """What pages advise to know before a course, or to learn beside it, without asking for it.

    >>> found = find_advised_assets(Catalogue.load(), f"{ID}course/google-machine-learning-crash-course")
    >>> sorted(asset.rsplit("/", 1)[1] for asset in found)
    ['numpy', 'pandas']
    """
    claims = catalogue.about(course, "prerequisite")
    soft = (claim for claim in claims if catalogue.value(claim, SCHEMA.propertyID) != _HARD)
    return {asset for claim in soft for asset in catalogue.values(claim, CG.expects)}


def find_level(catalogue: Catalogue, claim: str) -> float:
    """The depth that a claim names, between 0 and 1, or the assumed depth if it names none."""
    return catalogue.weight(catalogue.value(claim, CG.level) or _UNSTATED, 0.5)


def to_depth(catalogue: Catalogue, name: str | None) -> float:
    """The depth of the level with a label; the assumed depth for an unknown label or None.

    >>> to_depth(Catalogue.load(), "strong"), to_depth(Catalogue.load(), None)
    (0.75, 0.5)
    """
    known = catalogue.once(_weights)
    return known.get(name or "", catalogue.weight(_UNSTATED, 0.5))


def name_level(catalogue: Catalogue, level: float) -> str:
    """The label of the deepest level that is not deeper than a depth; that of the lowest if there is none.

    >>> name_level(Catalogue.load(), 0.5), name_level(Catalogue.load(), 0.1)
    ('working', 'basic')
    """
    known = sorted((weight, label) for label, weight in catalogue.once(_weights).items())
    return next((label for weight, label in reversed(known) if weight <= level), known[0][1] if known else "")


def _weights(catalogue: Catalogue) -> dict[str, float]:
    terms = [term for term in catalogue.by_kind.get("term", ()) if catalogue.value(term, SKOS.inScheme) == _SCHEME]
    return {catalogue.label(term): catalogue.weight(term) for term in terms if term != _UNSTATED}


def find_languages(catalogue: Catalogue, course: str) -> tuple[str, ...]:
    """The languages of a course, as ISO 639 codes; empty if no source says."""
    said = (value for name, value in _attributes(catalogue, course) if name == "taught_in")
    return tuple(code.strip() for value in said for code in value.split(","))


def find_homepage(catalogue: Catalogue, course: str) -> str | None:
    """The address of a course, if one is known."""
    return next((value for name, value in _attributes(catalogue, course) if name == "homepage"), None)


def find_provider(catalogue: Catalogue, course: str) -> Ref | None:
    """Who offers a course, if a source says."""
    offers = sorted(catalogue.about(course, "offering"))
    return next((ref for claim in offers for ref in catalogue.refs(claim, CG.provider)), None)


def _attributes(catalogue: Catalogue, course: str) -> list[tuple[str, str]]:
    claims = sorted(catalogue.about(course, "attribute"))
    return [(catalogue.value(c, SCHEMA.propertyID) or "", catalogue.value(c, SCHEMA.value) or "") for c in claims]
