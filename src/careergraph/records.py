"""What the library answers with: frozen records that turn into plain JSON data."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """Base of all records: knows how to become JSON data."""

    def to_dict(self) -> dict[str, Any]:
        """The record as dicts, lists, strings and numbers, keys in the order of its fields.

        >>> Ref("https://w3id.org/careergraph/id/role/ai-ethicist", "role", "AI ethicist").to_dict()["kind"]
        'role'
        """
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class Ref(Record):
    """A reference to a node: its IRI, its kind and its preferred label."""

    id: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Refs(Record):
    """The answer to `search` and `list`."""

    results: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Evidence(Record):
    """Who says so: a source, the section if the source has sections, and the source's standing."""

    source: Ref
    section: str | None
    standing: str | None


@dataclass(frozen=True, slots=True)
class Note(Record):
    """An editorial note about claims: a disagreement, an ambiguity, a correction or an omission."""

    id: str
    kind: str
    text: str
    severity: str | None
    concerns: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Statement(Record):
    """A claim with nothing but words: a definition, a task, a piece of advice, a classification …"""

    id: str
    kind: str
    text: str
    details: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Attribute(Record):
    """A property of a thing as a page gives it, such as a course's effort."""

    id: str
    kind: str
    property: str
    value: str
    unit: str | None
    remark: str | None
    evidence: tuple[Evidence, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Requirement(Record):
    """What a role asks for: any one of the alternatives.

    `importance` is strength × level, a number between 0 and 1 computed from the editors' weights;
    `needed` is the level's weight alone, 1 for what has no levels, such as a credential.
    """

    any_of: tuple[Ref, ...]
    strength: str
    level: str | None
    part: str | None
    stated_for: Ref
    importance: float
    needed: float
    evidence: tuple[Evidence, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Pay(Record):
    """What a role pays somewhere. `None` and empty mean that the source does not say."""

    id: str
    role: Ref
    low: int | None
    high: int | None
    open_ended: bool | None
    currency: str | None
    region: str | None
    segments: tuple[str, ...]
    employers: tuple[Ref, ...]
    seniority: str | None
    basis: str | None
    equity: str | None
    year: int | None
    text: str | None
    evidence: tuple[Evidence, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Step(Record):
    """Something to do on a transition; `position` orders the steps where the source does."""

    id: str
    position: int | None
    text: str
    strength: str | None
    any_of: tuple[Ref, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Condition(Record):
    """What a transition presupposes."""

    id: str
    text: str
    any_of: tuple[Ref, ...]
    needed: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Transition(Record):
    """A move from a position to a role that a source asserts."""

    id: str
    origin: Ref
    destination: Ref
    text: str
    ease: str | None
    ease_weight: float
    origin_as_worded: str | None
    destination_as_worded: str | None
    conditions: tuple[Condition, ...]
    steps: tuple[Step, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[Note, ...]
