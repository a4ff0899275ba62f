"""The JSON Schemas in the package are those that the records make; a field without a sentence is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import pytest
from jsonschema import Draft202012Validator

import make_schemas
from careergraph.model import values
from careergraph.model.records import Record, Ref
from careergraph.model.schemas import COMMON, list_names, load_schema
from careergraph.model.values import Schema
from make_schemas import ANSWERS, COMMAND, Definitions, documents, find_outdated
from record_fields import field_descriptions, field_types
from reference_text import Undocumented

if TYPE_CHECKING:
    from careergraph.model.values import Currency, Level, Share


class Nap(Record):
    """A short sleep. Nobody sees more than its first line.

    This is more.
    """

    where: Ref | None
    """The place to sleep at; null if it does not matter."""
    share: Share
    """How much of the day it takes."""
    depth: Share | None
    """How deep it is; null if nobody was there."""
    sort: Annotated[str, Schema(enum=("power", "beauty"))] | None
    """Which sort of sleep it is; null if it is of none."""
    price: Currency | None
    """What it is paid in; null if it is free."""
    level: Level
    """How good one has to be."""
    dreams: dict[str, Annotated[int, Schema(minimum=1)]]
    """How often each dream comes."""
    ends: tuple[int, int]
    """The hours between which it lies."""


class LongNap(Nap):
    """A long sleep."""

    snores: Annotated[tuple[str, ...], Schema(minItems=1)]
    """What is heard."""


class Undescribed(Record):
    """Something with a field that nobody says anything about."""

    known: str
    """What is said."""
    unknown: str


class Odd(Record):
    """Something of a type that JSON does not have."""

    number: complex
    """The number."""


def test_the_schemas_in_the_package_are_current() -> None:
    assert find_outdated() == [], f"run `{COMMAND}`"


def test_there_is_a_schema_of_every_command_and_of_what_they_share() -> None:
    assert set(documents()) == {*list_names(), COMMON}


def test_check_names_a_schema_that_is_not_current_and_what_mends_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = {**documents(), "gap": {}}
    monkeypatch.setattr(make_schemas, "documents", lambda: changed)
    assert make_schemas.main(["--check"]) == 1
    assert capsys.readouterr().err == f"src/careergraph/model/schemas/gap.json is not current: run `{COMMAND}`\n"


def test_a_field_without_a_sentence_is_told_with_what_to_do() -> None:
    message = r"Undescribed\.unknown has no description: write one sentence .* below the field.* `make reference`"
    with pytest.raises(Undocumented, match=message):
        Definitions().object_schema(Undescribed, "gap")


def test_a_type_that_no_schema_can_be_made_of_is_told() -> None:
    with pytest.raises(Undocumented, match=r"complex.*make_schemas\.py"):
        Definitions().object_schema(Odd, "gap")


def test_fields_of_a_record_come_in_order_with_types_and_sentences_also_those_inherited() -> None:
    assert list(field_types(LongNap)) == list(field_descriptions(LongNap)) == [*field_types(Nap), "snores"]
    assert field_types(LongNap)["snores"] == tuple[str, ...]
    assert field_descriptions(LongNap)["snores"] == "What is heard."


@pytest.fixture
def nap() -> dict[str, Any]:
    return Definitions().object_schema(Nap, "gap")


def test_a_record_has_all_its_fields_and_no_others(nap: dict[str, Any]) -> None:
    assert nap["description"] == "A short sleep. Nobody sees more than its first line."
    assert nap["required"] == list(nap["properties"]) == list(field_types(Nap))
    assert nap["additionalProperties"] is False


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("where", {"type": ["object", "null"], "anyOf": [{"$ref": "common.json#/$defs/ref"}, {"type": "null"}]}),
        ("share", {"$ref": "common.json#/$defs/share"}),
        ("depth", {"type": ["number", "null"], "minimum": 0, "maximum": 1}),
        ("sort", {"type": ["string", "null"], "enum": ["power", "beauty", None]}),
        ("price", {"type": ["string", "null"], "pattern": "^[A-Z]{3}$", "examples": ["USD"]}),
        ("level", {"$ref": "common.json#/$defs/level"}),
        ("dreams", {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}}),
        ("ends", {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}),
    ],
)
def test_a_type_becomes_a_schema(field: str, expected: dict[str, Any], nap: dict[str, Any]) -> None:
    assert nap["properties"][field] == {"description": field_descriptions(Nap)[field], **expected}
    Draft202012Validator.check_schema(nap)


def test_a_record_that_a_command_prints_is_referred_to_by_that_commands_schema() -> None:
    definitions = Definitions()
    for command, record in ANSWERS.items():
        if command not in ("list", "search"):
            assert definitions.of(record, "elsewhere") == {"$ref": f"{command}.json"}


def test_definitions_of_values_have_a_title_and_a_sentence() -> None:
    for key, definition in load_schema(COMMON)["$defs"].items():
        assert definition["title"], key
        assert definition["description"].endswith("."), key
    assert {"share", "iri"} <= load_schema(COMMON)["$defs"].keys()
    assert hasattr(values, "Share")
