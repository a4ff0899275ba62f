"""People as origins: what they were and can do, and what they therefore hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.alignments import add_broader
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.course_levels import find_teaching_depths
from careergraph.catalogue.names import find_twins
from careergraph.catalogue.near_misses import list_texts
from careergraph.model.records import Record, Ref
from careergraph.model.text import normalise
from careergraph.rdf.kinds import POSITIONS
from careergraph.rdf.standards import RDF
from careergraph.rdf.vocabulary import CG, ID
from careergraph.transitions.holdings import (
    Holdings,
    find_holdings,
    list_holdings,
    with_implied,
)
from careergraph.transitions.origins import NOWHERE_ELSE, Origin, tell_ground
from careergraph.transitions.people.phrases import find_level_in
from careergraph.transitions.people.titles.titles import set_aside
from careergraph.transitions.people.years import find_deepening, find_level_after
from careergraph.transitions.schooling import count_credential_months

if TYPE_CHECKING:
    from careergraph.model.values import NonEmpty, Schema, Share


#: The name of a person who gives none.
NAMELESS = "You"
_LEVEL = f"{ID}level/"
#: The words for a level that JSON Resume suggests, and the levels of the graph.
_LEVELS = {
    "beginner": "basic",
    "basic": "basic",
    "intermediate": "working",
    "advanced": "strong",
    "master": "deep",
    "expert": "deep",
}


class Match(Record):
    """Something in a CV, and the node that it means."""

    text: NonEmpty
    """The words of the CV."""
    where: Annotated[str, Schema(minLength=1, examples=["skills[0].keywords[2]"])]
    """Their place in the CV."""
    ref: Ref
    """The node that they mean."""
    method: Annotated[str, Schema(enum=["label", "alias", "rule", "fuzzy"])]
    """How the node was found: by label, by alias, by a rule about what to leave off, by likeness."""
    score: Annotated[float, Schema(exclusiveMinimum=0, maximum=1)]
    """How similar the words are to the node's name; 1 unless the method is `fuzzy`."""
    level: Share
    """How deep a skill is; 1 for anything without levels."""
    facts: tuple[NonEmpty, ...]
    """What else the words say: seniority, grade, form of employment."""
    years: Annotated[float, Schema(minimum=0)] | None
    """The years by the dates or the words of the CV, with overlapping times counted once; null if unknown."""

    def with_ref(self, ref: Ref) -> Match:
        """The same words for another node."""
        return Match(self.text, self.where, ref, self.method, self.score, self.level, self.facts, self.years)

    def with_years(self, years: float | None) -> Match:
        """The same match with these years."""
        return Match(self.text, self.where, self.ref, self.method, self.score, self.level, self.facts, years)


_PROFESSIONAL = f"{ID}credential/professional-degree"
#: Why a degree does not count yet.
UNDER_WAY = "the studies seem to be under way, so the degree is not held yet"


class UnknownPhrase(Record):
    """Something in a CV that matches no node."""

    text: NonEmpty
    """The words of the CV."""
    where: Annotated[str, Schema(minLength=1, examples=["skills[0].keywords[2]"])]
    """Their place in the CV."""
    why: NonEmpty
    """Why they could not be used."""


class Person(Record):
    """What the graph knows of a CV, how it was matched, and what matches nothing."""

    name: NonEmpty
    """What the person is called; `You` if the CV does not say."""
    positions: Annotated[tuple[Match, ...], Schema(uniqueItems=True)]
    """The professions and roles that the person is or was in."""
    assets: Annotated[tuple[Match, ...], Schema(uniqueItems=True)]
    """The skills, credentials and fields of study that the person has, and the courses passed."""
    unmatched: Annotated[tuple[UnknownPhrase, ...], Schema(uniqueItems=True)]
    """What could not be matched."""


def merge_people(*people: Person) -> Person:
    """Several accounts of one person as one; the first name that is given counts."""
    positions = tuple(dict.fromkeys(match for person in people for match in person.positions))
    assets = tuple(dict.fromkeys(match for person in people for match in person.assets))
    matched = {(match.text, match.where) for match in (*positions, *assets)}
    unmatched = dict.fromkeys(item for person in people for item in person.unmatched)
    return Person(
        name=next((person.name for person in people if person.name != NAMELESS), NAMELESS),
        positions=positions,
        assets=assets,
        unmatched=tuple(item for item in unmatched if (item.text, item.where) not in matched),
    )


def place_in_fields(catalogue: Catalogue, person: Person) -> Person:
    """Somebody who stands, besides where they have worked, where the fields are that they have studied.

    Args:
        catalogue: where the fields are.
        person: whoever it is.
    """
    positions = {match.ref.id for match in person.positions}
    fields = (match for match in person.assets if CG.FieldOfStudy in catalogue.values(match.ref.id, RDF.type))
    more = tuple(match for match in fields if match.ref.id not in positions)
    return Person(person.name, (*person.positions, *more), person.assets, person.unmatched)


def find_level(catalogue: Catalogue, iri: str, word: str | None, years: float | None = None) -> float:
    """The level of a skill, from a word for it or else from years; 1 for anything without levels."""
    if catalogue.kind(iri) != "skill":
        return 1.0
    if word is None and years is not None:
        return find_level_after(years)
    said = normalise(word or "")
    return catalogue.weight(
        _LEVEL + _LEVELS.get(said if said in _LEVELS else find_level_in(said) or "", "working"), 0.5
    )


def list_facts(catalogue: Catalogue, iri: str, title: str) -> tuple[str, ...]:
    """What a job title in normal form says besides the position; nothing if it is simply the position's name."""
    if catalogue.kind(iri) not in POSITIONS or title in map(normalise, list_texts(catalogue, iri)):
        return ()
    return set_aside(title)


def find_holdings_of_person(catalogue: Catalogue, person: Person) -> Holdings:
    """What somebody holds: what people in their positions hold in the editors' judgement, and what they state.

    Whoever tells of their schooling has told all of it: the degrees that people in their positions usually have are not
    theirs, where they are higher.

    >>> from careergraph.transitions.people.by_hand import make_person
    >>> catalogue = Catalogue.load()
    >>> held = find_holdings_of_person(catalogue, make_person(catalogue, skills=["PyTorch"]))
    >>> sorted(map(catalogue.label, held.assets))
    ['Deep-learning frameworks', 'PyTorch']
    """
    held, highest = Holdings({}, {}), _find_schooling(catalogue, person)
    for match in person.positions:
        found = _without_degrees(catalogue, find_holdings(catalogue, match.ref.id), highest)
        held = held.plus(deepen(catalogue, found.assets, match.years), found.groups)
    for assets in list_assets(catalogue, person):
        held = held.plus(with_implied(catalogue, assets))
    return held


def _find_schooling(catalogue: Catalogue, person: Person) -> float | None:
    """The months of schooling of the highest degree that somebody tells of; None if they tell of none.

    None for a professional degree, too: the training that follows it is no degree, and need not be told of.
    """
    if any(match.ref.id == _PROFESSIONAL for match in person.assets):
        return None
    told = [count_credential_months(catalogue, m.ref.id) or 0.0 for m in person.assets if m.ref.kind == "credential"]
    unfinished = [0.0 for item in person.unmatched if item.why == UNDER_WAY]
    return max((*told, *unfinished), default=None)


def _without_degrees(catalogue: Catalogue, held: Holdings, highest: float | None) -> Holdings:
    """Holdings without the degrees that take more months than the highest that is told of."""
    if highest is None:
        return held

    def is_higher(iri: str) -> bool:
        return catalogue.kind(iri) == "credential" and (count_credential_months(catalogue, iri) or 0.0) > highest

    assets = {iri: level for iri, level in held.assets.items() if not is_higher(iri)}
    groups = {options: level for options, level in held.groups.items() if not all(map(is_higher, options))}
    return Holdings(assets, groups)


def list_assets(catalogue: Catalogue, person: Person) -> list[dict[str, float]]:
    """What somebody states to have, with its level: a course that is passed together with what it teaches.

    >>> catalogue = Catalogue.load()
    >>> from careergraph.transitions.people.matching import match_profile
    >>> passed = match_profile(catalogue, {"certificates": [{"name": "Advanced Python Mastery"}]})
    >>> {catalogue.label(iri): level for iri, level in list_assets(catalogue, passed)[0].items()}["Python"]
    0.75
    """
    return [{**_list_taught(catalogue, match.ref.id), match.ref.id: match.level} for match in person.assets]


def _list_taught(catalogue: Catalogue, iri: str) -> dict[str, float]:
    if catalogue.kind(iri) != "course":
        return {}
    return {asset: levels[iri] for asset, levels in find_teaching_depths(catalogue).items() if iri in levels}


def deepen(catalogue: Catalogue, assets: Mapping[str, float], years: float | None) -> dict[str, float]:
    """What people in a position hold, with skills made deeper by years there: see `years.deepening`."""
    factor = find_deepening(years or 0)
    skilled = {iri for iri in assets if factor > 1 and catalogue.kind(iri) == "skill"}
    return {iri: min(1.0, level * factor) if iri in skilled else level for iri, level in assets.items()}


def list_reasons(catalogue: Catalogue, person: Person) -> dict[str, tuple[str, ...]]:
    """Asset → why somebody holds it, in words, for everything in `find_holdings_of_person`."""
    found: dict[str, dict[str, None]] = {}

    def add(iris: Iterable[str], reason: str) -> None:
        for iri in iris:
            found.setdefault(iri, {})[reason] = None

    for match in (*person.positions, *person.assets):
        add([match.ref.id, *find_twins(catalogue, match.ref.id)], f'{match.where}: "{match.text}"')
    for match in (*person.positions, *person.assets):
        same = {match.ref.id, *find_twins(catalogue, match.ref.id)}
        add(with_implied(catalogue, {match.ref.id: 1.0}).keys() - same, f"implied by {match.ref.label}")
    for match in person.assets:
        add(with_implied(catalogue, _list_taught(catalogue, match.ref.id)), f"taught by {match.ref.label}")
    for match in person.positions:
        for item in list_holdings(catalogue, match.ref.id):
            there = f", {match.years:g} years there" if match.years else ""
            add(
                add_broader(catalogue, {item.asset: 1.0}),
                tell_ground(catalogue, item, match.ref.id, graded=False) + there,
            )
    held = find_holdings_of_person(catalogue, person).assets
    return {iri: tuple(why) for iri, why in found.items() if iri in held}


def make_origin_of_person(catalogue: Catalogue, person: Person) -> Origin:
    """The origin that a person is: all their positions at once, and what they hold besides."""
    person = place_in_fields(catalogue, person)
    return Origin(
        ref=Ref(NOWHERE_ELSE, "person", person.name, None),
        positions=tuple(dict.fromkeys(match.ref.id for match in person.positions)),
        held=find_holdings_of_person(catalogue, person),
        reasons=list_reasons(catalogue, person),
    )
