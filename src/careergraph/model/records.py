"""The records that the library answers with: frozen, and convertible to plain JSON data."""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    TypeVar,
    Union,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from careergraph.model.display import Displayable
from careergraph.model.escaping import to_safe_json
from careergraph.model.record_fields import Fields

if TYPE_CHECKING:
    from careergraph.model.values import (
        AttributeKind,
        Currency,
        Iri,
        Kind,
        Language,
        Level,
        NonEmpty,
        NoteKind,
        Part,
        Schema,
        Share,
        StatementKind,
        Strength,
    )

R = TypeVar("R", bound="Record")


@dataclass_transform(frozen_default=True)
class Record(Displayable):
    """Base of all records: every subclass is a frozen dataclass that knows how to become JSON data.

    `@dataclass` generates and compiles methods for each class, which takes more than half a millisecond a class at
    every start of the command line. Here all classes share the methods, and a class only stores the names of its
    fields.
    """

    __dataclass_fields__: ClassVar[Mapping[str, Any]] = cast(Any, Fields())

    def __init_subclass__(cls) -> None:
        setattr(cls, "__match_args__", (*cls.__match_args__, *cls.__annotations__))  # noqa: B010

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
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        from dataclasses import FrozenInstanceError

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

        >>> Ref("https://w3id.org/careergraph/id/role/ai-ethicist", "role", "AI ethicist", "en").to_dict()["kind"]
        'role'
        """
        return {name: _plain(value) for name, value in self.__dict__.items()}

    def to_json(self, *, ascii_only: bool = False) -> str:
        """The record as JSON, indented by two; characters that a terminal would obey are escaped.

        Args:
            ascii_only: whether to escape every character beyond ASCII.

        >>> print(Refs(()).to_json())
        {
          "results": []
        }
        """
        import json

        return to_safe_json(json.dumps(self.to_dict(), indent=2, ensure_ascii=ascii_only))


def read_record(type_: type[R], data: Mapping[str, Any]) -> R:
    """The record that `to_dict` turned into this plain data.

    Raises:
        TypeError: the data has other keys than the record has fields, or a value is of another type.

    >>> ref = Ref("https://w3id.org/careergraph/id/role/ai-ethicist", "role", "AI ethicist", "en")
    >>> read_record(Ref, ref.to_dict()) == ref
    True
    """
    from careergraph.model import values

    if not isinstance(data, Mapping):
        raise TypeError(f"a {type_.__name__} is an object, and this is none")
    if odd := sorted(data.keys() ^ set(type_.__match_args__)):
        raise TypeError(f"{type_.__name__} lacks or does not know {odd[0]!r}")
    hints = get_type_hints(type_, localns=vars(values))
    return type_(**{name: _to_type(hints[name], value) for name, value in data.items()})


def _to_type(hint: Any, value: Any) -> Any:
    """A value converted to a type: lists become tuples, and dicts become records."""
    if get_origin(hint) in (Union, UnionType):
        hints = [one for one in get_args(hint) if one is not NoneType]
        return None if value is None else _to_type(hints[0], value)
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_to_type(get_args(hint)[0], item) for item in value)
    if isinstance(hint, type) and issubclass(hint, Record) and isinstance(value, dict):
        return read_record(hint, value)
    if type(value) is hint or (hint is float and type(value) is int):
        return value
    raise TypeError(f"{value!r:.60} stands where there should be another thing")


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def replace(record: R, **changes: object) -> R:
    """A record like another one but for some fields, as `dataclasses.replace` makes it, whose import takes longer.

    >>> replace(Ref("urn:a", "skill", "A", "en"), label="B").label
    'B'
    """
    return type(record)(**{**vars(record), **changes})


class Ref(Record):
    """A reference to a node."""

    id: Iri
    """The node's IRI."""
    kind: Kind
    """What the node is."""
    label: NonEmpty
    """The node's preferred label."""
    language: Language | None
    """The label's language, English where the data names none; null if the label is not a text of the data."""


class Refs(Record):
    """The nodes that a listing finds."""

    results: tuple[Ref, ...]
    """The nodes, by label."""


class Listing(tuple[Ref, ...], Displayable):
    """References as the library gives them: a tuple that a notebook can display."""

    __slots__ = ()


class Evidence(Record):
    """Who says so."""

    source: Ref
    """The document that says so."""
    section: Annotated[str, Schema(examples=["Role 1 / Transition path"])] | None
    """The section of the source, from the outermost heading inwards; null if the source has none."""
    standing: Annotated[str, Schema(examples=["article", "editorial", "official", "reference", "third-party"])] | None
    """Whether the source speaks for itself or about others; null if that is not known."""


class Note(Record):
    """A remark of the editors about claims; the claims themselves stay as they are."""

    id: Iri
    """The note's IRI."""
    kind: NoteKind
    """What the note remarks on."""
    text: str
    """The remark itself."""
    severity: Annotated[str, Schema(examples=["low", "medium", "high"])] | None
    """How much the note matters to somebody who relies on the claims; null if that is not stated."""
    concerns: Annotated[tuple[Iri, ...], Schema(uniqueItems=True)]
    """The IRIs of the claims, sources or things that the note is about."""
    evidence: tuple[Evidence, ...]
    """The sources in which this can be seen."""


class Statement(Record):
    """A claim with nothing but words: a definition, a task, a piece of advice."""

    id: Iri
    """The claim's IRI."""
    kind: StatementKind
    """What sort of statement it is."""
    text: str
    """What is claimed, in this project's words."""
    details: tuple[str, ...]
    """Details of the claim, such as the type of employer or how often it holds."""
    evidence: tuple[Evidence, ...]
    """Who says so."""
    notes: tuple[Note, ...]
    """What the editors remark on the claim."""


class Attribute(Record):
    """A property of a thing as a page gives it, such as a course's effort."""

    id: Iri
    """The claim's IRI."""
    kind: AttributeKind
    """What sort of attribute it is."""
    property: NonEmpty
    """The name of the property."""
    value: str
    """The value as the page gives it."""
    unit: Annotated[str, Schema(examples=["hours"])] | None
    """What the value counts; null if the page does not say."""
    remark: str | None
    """What the editors add; null if they add nothing."""
    evidence: tuple[Evidence, ...]
    """The pages that say so."""
    notes: tuple[Note, ...]
    """What the editors remark on the claim."""


class Requirement(Record):
    """What a role asks for: any one of the alternatives."""

    any_of: Annotated[tuple[Ref, ...], Schema(minItems=1)]
    """The alternatives, each of which meets the requirement."""
    strength: Strength
    """How firmly the role asks for it."""
    level: Level
    """How deep the skill has to be."""
    part: Part
    """The heading under which the source files it."""
    stated_for: Ref
    """The role that the source names, which may be a more general one."""
    importance: Share
    """Strength times level by the editors' weights; 0 for what is not needed."""
    needed: Share
    """The weight of the level alone; 1 for what has no levels, such as a credential."""
    evidence: tuple[Evidence, ...]
    """Who says so."""
    notes: tuple[Note, ...]
    """What the editors remark on the claim."""
    estimated: bool
    """Whether no source states it: it is estimated from occupations with ratings."""


class Spread(Record):
    """How pay is spread where its figures are quartiles: a quarter of the people get less, a quarter get more."""

    median: Annotated[int, Schema(exclusiveMinimum=0)] | None
    """The median: half of them get less."""
    low: Annotated[int, Schema(exclusiveMinimum=0)] | None
    """The 10th percentile: a tenth of them get less."""
    high: Annotated[int, Schema(exclusiveMinimum=0)] | None
    """The 90th percentile: a tenth of them get more."""
    reports: Annotated[int, Schema(minimum=10)] | None
    """How many people reported it themselves; null for an estimate of a statistical office."""
    standard_error: Annotated[float, Schema(minimum=0)] | None
    """The relative standard error of the estimate, in percent."""


class Pay(Record):
    """What a role pays somewhere; null and empty mean that the source does not say."""

    id: Iri
    """The claim's IRI."""
    role: Ref
    """The role that pays so."""
    low: Annotated[int, Schema(exclusiveMinimum=0)] | None
    """The lower figure, neither converted nor adjusted."""
    high: Annotated[int, Schema(exclusiveMinimum=0)] | None
    """The upper figure, neither converted nor adjusted."""
    open_ended: bool | None
    """Whether the source puts a plus sign behind the upper figure."""
    currency: Currency | None
    """What the figures are counted in, as an ISO 4217 code."""
    region: Annotated[str, Schema(examples=["US"])] | None
    """The country that the figures are for, as a short code."""
    segments: Annotated[tuple[NonEmpty, ...], Schema(examples=[["Big Tech"]])]
    """The groups of employers that pay so."""
    employers: tuple[Ref, ...]
    """The employers that the source names."""
    seniority: str | None
    """The seniority that the figures are for."""
    basis: str | None
    """What the figures count, such as cash or total compensation."""
    equity: str | None
    """What the source says about shares on top of the figures."""
    year: int | None
    """The year that the figures are for."""
    spread: Spread | None
    """The rest of the distribution, where the figures are its quartiles; null where they are ends of a range."""
    text: str | None
    """What is claimed, in this project's words."""
    evidence: tuple[Evidence, ...]
    """Who says so."""
    notes: tuple[Note, ...]
    """What the editors remark on the claim, disagreements first."""


class Step(Record):
    """Something to do on a transition."""

    id: Iri
    """The claim's IRI."""
    position: Annotated[int, Schema(minimum=1)] | None
    """The step's place in the source's order; null if the source gives none."""
    text: str
    """What to do, in this project's words."""
    strength: Annotated[str, Schema(examples=["most important step"])] | None
    """How firmly the source recommends the step; null if it does not say."""
    any_of: tuple[Ref, ...]
    """The alternatives that make up the step; empty if the source names no particular thing."""
    evidence: tuple[Evidence, ...]
    """Who says so."""


class Condition(Record):
    """What a transition presupposes."""

    id: Iri
    """The claim's IRI."""
    text: str
    """What is presupposed, in this project's words."""
    any_of: tuple[Ref, ...]
    """The alternatives that meet the condition; empty if the source names no particular thing."""
    needed: Share
    """The weight of the level that is asked for; 1 for what has no levels."""
    evidence: tuple[Evidence, ...]
    """Who says so."""


class Transition(Record):
    """A move from a position to a role that a source asserts."""

    id: Iri
    """The claim's IRI."""
    origin: Ref
    """The position that the transition starts from."""
    destination: Ref
    """The role that it leads to."""
    text: str
    """What is claimed, in this project's words."""
    ease: Annotated[str, Schema(examples=["most direct", "viable bridge"])] | None
    """How easy or usual the source calls it; null if it does not say."""
    ease_weight: Share
    """The number that the editors put on the ease; 1 if there is none."""
    origin_as_worded: str | None
    """What the source calls the origin, where the editors had to read a position into its words."""
    destination_as_worded: str | None
    """What the source calls the destination, where the editors had to read a role into its words."""
    conditions: tuple[Condition, ...]
    """What the transition presupposes."""
    steps: tuple[Step, ...]
    """What to do on the way, in the source's order."""
    evidence: tuple[Evidence, ...]
    """Who says so."""
    notes: tuple[Note, ...]
    """What the editors remark on the claim."""
