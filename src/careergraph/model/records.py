"""What the library answers with: frozen records that turn into plain JSON data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass
from typing import Any, ClassVar, dataclass_transform

from careergraph.model.escaping import harmless_json


class Displayed:
    """What shows itself in a notebook, by the function that `careergraph.load` registers; elsewhere it is as it is."""

    #: Takes a result and gives it by media type. Renderers sit on the library, which therefore is handed this one.
    draw: ClassVar[Callable[[object], dict[str, str]]] = staticmethod(lambda result: {})

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return type(self).draw(self)

    def _repr_html_(self) -> str | None:
        return self._repr_mimebundle_().get("text/html")


@dataclass_transform(frozen_default=True)
class Record(Displayed):
    """Base of all records: every subclass is a frozen dataclass that knows how to become JSON data.

    `@dataclass` writes and compiles methods for each class anew, more than half a millisecond a class on every
    start of the command line. Here it only collects the fields; the methods stand below, once for all.
    """

    def __init_subclass__(cls) -> None:
        dataclass(init=False, repr=False, eq=False)(cls)

    def __init__(self, *values: Any, **named: Any) -> None:
        names = self.__match_args__
        if not named and len(values) == len(names):
            self.__dict__.update(zip(names, values, strict=False))
            return
        if len(values) + len(named) != len(names) or not named.keys() <= set(names[len(values) :]):
            raise TypeError(f"{type(self).__name__} takes {', '.join(names)}")
        self.__dict__.update(zip(names, values, strict=False))
        self.__dict__.update({name: named[name] for name in names[len(values) :]})

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr__(self) -> str:
        values = (f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({', '.join(values)})"

    __match_args__: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as dicts, lists, strings and numbers, keys in the order of its fields.

        >>> Ref("https://w3id.org/careergraph/id/role/ai-ethicist", "role", "AI ethicist").to_dict()["kind"]
        'role'
        """
        return {name: _plain(value) for name, value in self.__dict__.items()}

    def to_json(self, *, ascii_only: bool = False) -> str:
        """The record as JSON, indented by two; what a terminal would obey is escaped, and more if asked for.

        Args:
            ascii_only: whether to escape every sign beyond ASCII.

        >>> print(Refs(()).to_json())
        {
          "results": []
        }
        """
        import json

        return harmless_json(json.dumps(self.to_dict(), indent=2, ensure_ascii=ascii_only))


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


class Ref(Record):
    """A reference to a node: its IRI, its kind and its preferred label."""

    id: str
    kind: str
    label: str


class Refs(Record):
    """The answer to `search` and `list`."""

    results: tuple[Ref, ...]


class Listing(tuple[Ref, ...], Displayed):
    """References in a row, as the library gives them: a tuple that shows itself in a notebook."""

    __slots__ = ()


class Evidence(Record):
    """Who says so: a source, the section if the source has sections, and the source's standing."""

    source: Ref
    section: str | None
    standing: str | None


class Note(Record):
    """An editorial note about claims: a disagreement, an ambiguity, a correction or an omission."""

    id: str
    kind: str
    text: str
    severity: str | None
    concerns: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class Statement(Record):
    """A claim with nothing but words: a definition, a task, a piece of advice, a classification."""

    id: str
    kind: str
    text: str
    details: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[Note, ...]


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


class Step(Record):
    """Something to do on a transition; `position` orders the steps where the source does."""

    id: str
    position: int | None
    text: str
    strength: str | None
    any_of: tuple[Ref, ...]
    evidence: tuple[Evidence, ...]


class Condition(Record):
    """What a transition presupposes."""

    id: str
    text: str
    any_of: tuple[Ref, ...]
    needed: float
    evidence: tuple[Evidence, ...]


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
