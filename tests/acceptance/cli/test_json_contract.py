"""`--format json` is a contract: its shapes stand in `careergraph.model.schemas`, and every answer keeps to them."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NoReturn, Union, get_args, get_origin

import click
import jsonschema_rs
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import SchemaResource

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.dataset_diffs import DatasetDiff
from careergraph.catalogue.dataset_summaries import DatasetSummaries, Inventory
from careergraph.catalogue.node_profiles import Comparison, Profile, Stats, describe_node
from careergraph.catalogue.twins import Found
from careergraph.cli import COMMANDS, cli
from careergraph.model.errors import NoAnswer
from careergraph.model.records import Record, Refs
from careergraph.model.schemas import COMMON, list_names, load_schema
from careergraph.rdf.kinds import CLAIM_KINDS, NAMED_KINDS, NODE_KINDS, NOTE_KINDS
from careergraph.rdf.vocabulary import ID
from careergraph.sparql.parameters import TYPES
from careergraph.sparql.saved_queries import AUDIENCES, TOPICS, SavedQueries
from careergraph.transitions.gaps import Gap
from careergraph.transitions.outlook import Bridges, NextSkills, Reach
from careergraph.transitions.people.person import Person
from careergraph.transitions.plans.progress import Progress
from careergraph.transitions.plans.records import Plan, Plans
from careergraph.transitions.route_steps import Routes
from careergraph.transitions.routes import find_routes
from careergraph.validation.validate import ValidationReport
from record_fields import field_types

BASE = "https://w3id.org/careergraph/schemas/"
SCHEMAS = {name: load_schema(name) for name in (COMMON, *list_names())}
RESOURCES: dict[str, SchemaResource] = {name: Resource.from_contents(found) for name, found in SCHEMAS.items()}
# A registry without a way to retrieve: what is not in it is an error, nothing is ever fetched.
REGISTRY = Registry[Any]().with_resources((f"{BASE}{name}.json", found) for name, found in RESOURCES.items())
DEFINITIONS = SCHEMAS[COMMON]["$defs"]

#: Command → the record that it prints.
RECORDS: dict[str, type[Record]] = {
    "path": Routes,
    "reach": Reach,
    "gap": Gap,
    "plan": Plan,
    "plans": Plans,
    "plan-progress": Progress,
    "next-skill": NextSkills,
    "bridges": Bridges,
    "profile": Person,
    "show": Profile,
    "compare": Comparison,
    "search": Found,
    "list": Refs,
    "stats": Stats,
    "queries": SavedQueries,
    "validate": ValidationReport,
    "import": DatasetSummaries,
    "datasets": Inventory,
    "datasets-diff": DatasetDiff,
}

#: What a command prints in some of its ways: `datasets diff`, `plan -k` and `plan --resume`.
BESIDES = ("datasets-diff", "plan-progress", "plans")
KINDS = tuple(dict.fromkeys((*NODE_KINDS.values(), *CLAIM_KINDS.values())))
#: What the bundled data set has none of: it comes with an imported one.
IMPORTED_KINDS = ("occupation", "activity", "rating", "tool-use", "schooling", "preparation", "observed-move")
LISTED_KINDS = tuple(dict.fromkeys((*NAMED_KINDS, *CLAIM_KINDS.values())))

CALLS: tuple[tuple[str, ...], ...] = (
    ("path", "software engineer", "machine learning engineer"),
    ("path", "software engineer", "ML engineer", "-k", "100", "--by", "steps", "--explain"),
    ("path", "software engineer", "AI safety researcher", "-k", "3"),
    ("path", "software engineer", "AI product manager", "--via", "data engineer", "--max-steps", "3"),
    ("path", "data scientist", "AI product manager", "-k", "2", "--avoid", "AI research scientist"),
    ("path", "software engineer", "AI product manager", "--by", "effort"),
    ("path", "Academic (sociology)", "AI career role", "-k", "2"),
    ("path", "newcomer", "data scientist", "--derived"),
    ("path", "data scientist", "AI product manager", "-k", "2", "--rate", "GBP:USD=1.27"),
    ("reach", "data scientist"),
    ("reach", "software engineer", "--with-skill", "pytorch", "--with-skill", "PhD"),
    ("reach", "newcomer", "--derived", "--max-steps", "1"),
    ("plan", "software engineer", "machine learning engineer"),
    ("plan", "newcomer", "AI research scientist", "--by", "cost"),
    ("plan", "software engineer", "AI safety researcher"),
    ("next-skill", "software engineer", "AI safety researcher"),
    ("bridges",),
    ("gap", "software engineer", "machine learning engineer"),
    ("gap", "software engineer", "AI safety researcher"),
    ("gap", "newcomer", "AI research scientist"),
    ("gap", "machine learning engineer", "machine learning engineer"),
    ("show", "ML engineer"),
    ("show", "pytorch"),
    ("compare", "ML engineer", "data scientist"),
    ("compare", "ML engineer", "AI research scientist", "AI ethicist"),
    ("search", "engineer"),
    ("search", "machine learning"),
    ("stats",),
    ("queries",),
    ("queries", "pay-of-role"),
    ("validate",),
)

#: A data set in which everything is left out that can be left out, and a bit more.
BARE = """\
@prefix : <https://example.org/> .
@prefix cg: <https://w3id.org/careergraph/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

:painter a cg:Background ; skos:prefLabel "Painter"@en .
:curator a cg:Role ; skos:prefLabel "Curator"@en .
:taste a cg:Skill ; skos:prefLabel "Taste"@en .
:letter a cg:Source ; skos:prefLabel "Letter"@en .
:asks a cg:Requirement ; schema:about :curator ; cg:anyOf :taste ; prov:wasDerivedFrom :letter .
:pays a cg:PayRange ; schema:about :curator ; schema:text "Hardly anything, they say in Zürich."@en .
:move a cg:Transition ; cg:origin :painter ; cg:destination :curator .
:first a cg:Step ; cg:transition :move ; schema:text "Read."@en .
:provided a cg:Condition ; cg:transition :move .
:task a cg:Task ; schema:about :curator .
:size a cg:Attribute ; schema:about :curator ; schema:propertyID "size" .
:doubt a cg:Disagreement ; cg:concerns :pays .
"""

BARE_CALLS: tuple[tuple[str, ...], ...] = (
    ("path", "painter", "curator"),
    ("reach", "painter"),
    ("reach", "painter", "--with-skill", "taste"),
    ("gap", "painter", "curator"),
    ("plan", "painter", "curator"),
    ("next-skill", "painter", "curator"),
    ("bridges",),
    ("show", "painter"),
    ("show", "curator"),
    ("show", "taste"),
    ("search", "c"),
    ("list", "role"),
    ("list", "milestone"),
    ("list", "transition"),
    ("stats",),
    ("validate",),
)


#: Calls whose origin is a person; FILE is that person's CV.
PERSON_CALLS: tuple[tuple[str, ...], ...] = (
    ("profile", "FILE"),
    ("path", "AI product manager", "--profile", "FILE", "-k", "2"),
    ("path", "consultant", "AI ethicist", "--skill", "python"),
    ("reach", "--profile", "FILE", "--with-skill", "pytorch"),
    ("gap", "machine learning engineer", "--profile", "FILE", "--skill", "mlflow"),
    ("plan", "machine learning engineer", "--background", "software engineer"),
    ("next-skill", "machine learning engineer", "--profile", "FILE"),
)

CV = {
    "basics": {"name": "Zoë Byte", "label": "Senior Software Engineer"},
    "education": [{"studyType": "B.Sc.", "area": "Computer science", "endDate": "2015"}],
    "skills": [{"name": "Pyton", "level": "Advanced", "keywords": ["sklearn", "Basket weaving"]}],
}


def answer(*call: str) -> Any:
    """What a command prints as JSON: strict JSON, so without NaN and Infinity."""
    result = CliRunner().invoke(cli, [*call, "--format", "json"], standalone_mode=False, catch_exceptions=False)
    return json.loads(result.stdout, parse_constant=refuse)


def refuse(constant: str) -> NoReturn:
    raise AssertionError(f"{constant} is no JSON")


@cache
def validator(command: str) -> jsonschema_rs.Draft202012Validator:
    # Thousands of answers are checked: the other library takes a hundred times as long.
    known = jsonschema_rs.Registry([(f"{BASE}{name}.json", found) for name, found in SCHEMAS.items()])
    return jsonschema_rs.Draft202012Validator(SCHEMAS[command], registry=known)


def faults(command: str, document: object) -> list[str]:
    return [f"{error.instance_path}: {error.message[:200]}" for error in validator(command).iter_errors(document)]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture
def bare(tmp_path: Path) -> str:
    path = tmp_path / "bare.ttl"
    path.write_text(BARE, encoding="utf-8")
    return str(path)


@pytest.fixture
def cv(tmp_path: Path) -> str:
    path = tmp_path / "cv.json"
    path.write_text(json.dumps(CV), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def path_answer() -> Any:
    return answer("path", "software engineer", "machine learning engineer")


@pytest.fixture(scope="module")
def gap_answer() -> Any:
    return answer("gap", "software engineer", "machine learning engineer")


@pytest.fixture(scope="module")
def show_answer() -> Any:
    return answer("show", "ML engineer")


### The schemas


def test_every_command_that_prints_records_as_json_has_a_schema() -> None:
    def formats(command: str) -> list[str]:
        found = cli.get_command(click.Context(cli), command)
        assert found is not None
        choices = [option.type for option in found.params if option.name == "format_"]
        return [name for choice in choices if isinstance(choice, click.Choice) for name in choice.choices]

    commands = [command for command in COMMANDS if formats(command)[:2] == ["text", "json"]]
    assert list_names() == tuple(sorted([*commands, *BESIDES]))
    assert list_names() == tuple(sorted(RECORDS))


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_valid_named_and_described(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMAS[name]["$id"] == f"{BASE}{name}.json"
    assert SCHEMAS[name]["title"]
    assert SCHEMAS[name]["description"].endswith(".")


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_leaves_no_object_open_and_describes_every_property_in_a_sentence(name: str) -> None:
    for found in objects(SCHEMAS[name]):
        assert found["additionalProperties"] is False
        assert found["required"] == list(found["properties"])
        for key, value in found["properties"].items():
            assert value["description"][0].isupper(), key
            assert value["description"].endswith("."), key
            assert ". " not in value["description"], key


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_reference_of_a_schema_leads_somewhere(name: str) -> None:
    resolver = REGISTRY.resolver(base_uri=f"{BASE}{name}.json")
    for reference in references(SCHEMAS[name]):
        assert resolver.lookup(reference).contents


def test_every_definition_is_used() -> None:
    used = {reference.rpartition("/")[2] for found in SCHEMAS.values() for reference in references(found)}
    assert {key for found in SCHEMAS.values() for key in found.get("$defs", {})} <= used


def test_unknown_command_has_no_schema() -> None:
    with pytest.raises(FileNotFoundError):
        load_schema("dance")


def test_every_call_reads_the_schema_anew_so_that_nobody_can_spoil_it() -> None:
    load_schema("path").clear()
    assert load_schema("path") == SCHEMAS["path"]


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """All schemas, at any depth, of objects with fixed keys."""
    if isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node:
            yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


### The schemas beside the code


@pytest.mark.parametrize("command", RECORDS)
def test_schema_and_record_have_the_same_fields_of_the_same_types_in_the_same_order(command: str) -> None:
    """Followed through all records that the command's record is made of, and through all references."""
    resolver = REGISTRY.resolver(base_uri=f"{BASE}{command}.json")
    assert list(differences(RECORDS[command], SCHEMAS[command], resolver, command)) == []


JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def differences(hint: Any, found: Any, resolver: Any, where: str) -> Iterator[str]:
    while "$ref" in found:
        resolved = resolver.lookup(found["$ref"])
        found, resolver = resolved.contents, resolved.resolver
    given = set(found["type"] if isinstance(found["type"], list) else [found["type"]])
    if given != types_of(hint):
        yield f"{where}: is {hint}, not {given}"
    elif given == {"array"}:
        length = None if get_args(hint)[-1] is Ellipsis else len(get_args(hint))
        if length and (found.get("minItems"), found.get("maxItems")) != (length, length):
            yield f"{where}: has {length} items"
        yield from differences(get_args(hint)[0], found["items"], resolver, f"{where}[]")
    elif get_origin(hint) is dict:
        yield from differences(get_args(hint)[1], found["additionalProperties"], resolver, f"{where}{{}}")
    elif given == {"object"}:
        yield from differing_fields(hint, found, resolver, where)


def differing_fields(record: type[Record], found: Any, resolver: Any, where: str) -> Iterator[str]:
    hints = field_types(record)
    expected = [field.name for field in fields(record)]  # type: ignore[arg-type]
    if list(found["properties"]) != expected:
        yield f"{where}: {record.__name__} has {expected}"
    for name in found["properties"].keys() & set(expected):
        yield from differences(hints[name], found["properties"][name], resolver, f"{where}.{name}")


def types_of(hint: Any) -> set[str]:
    """The JSON types of a field's type."""
    if get_origin(hint) in (Union, UnionType):
        return {type_ for alternative in get_args(hint) for type_ in types_of(alternative)}
    return {"array"} if get_origin(hint) is tuple else {JSON_TYPES.get(hint, "object")}


def test_kinds_of_nodes_claims_and_notes_are_those_of_the_catalogue() -> None:
    assert DEFINITIONS["namedKind"]["enum"] == list(NAMED_KINDS)
    assert DEFINITIONS["claimKind"]["enum"] == list(dict.fromkeys(CLAIM_KINDS.values()))
    assert DEFINITIONS["noteKind"]["enum"] == list(NOTE_KINDS)
    others = set(DEFINITIONS["kind"]["anyOf"][2]["enum"])
    assert others == {*NODE_KINDS.values(), "thing"} - set(NAMED_KINDS)


def test_kinds_of_statements_and_attributes_are_those_that_profiles_have(catalogue: Catalogue) -> None:
    profiles = [describe_node(catalogue, iri) for kind in NAMED_KINDS for iri in catalogue.by_kind.get(kind, ())]
    statements = {item.kind for found in profiles for item in (*found.statements, *found.tasks)}
    attributes = {item.kind for found in profiles for item in found.attributes}
    assert set(DEFINITIONS["statementKind"]["enum"]) == statements
    assert set(DEFINITIONS["attributeKind"]["enum"]) == attributes


def test_topics_audiences_and_types_of_parameters_are_those_of_saved_queries() -> None:
    definitions = SCHEMAS["queries"]["$defs"]
    query, parameter = (definitions[name]["properties"] for name in ("savedQuery", "parameter"))
    assert query["topic"]["enum"] == list(TOPICS)
    assert query["audience"]["items"]["enum"] == list(AUDIENCES)
    assert parameter["type"]["enum"] == list(TYPES)


def test_factors_are_those_of_the_formula(path_answer: Any) -> None:
    named = DEFINITIONS["factor"]["properties"]["name"]["enum"]
    computed = answer("path", "newcomer", "AI infrastructure engineer")
    asked = (path_answer, computed)
    steps = [step for found in asked for route in found["routes"] for step in route["steps"]]
    assert {factor["name"] for step in steps for factor in step["factors"]} == set(named)


### Answers keep to their schemas


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_answer_keeps_to_its_schema(call: tuple[str, ...]) -> None:
    assert faults(call[0], answer(*call)) == []


@pytest.mark.parametrize("kind", [kind for kind in LISTED_KINDS if kind not in IMPORTED_KINDS])
def test_list_of_any_kind_keeps_to_its_schema(kind: str) -> None:
    found = answer("list", kind)
    assert faults("list", found) == []
    assert {ref["kind"] for ref in found["results"]} == {kind}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in IMPORTED_KINDS])
def test_show_of_any_kind_keeps_to_its_schema(kind: str, catalogue: Catalogue) -> None:
    found = answer("show", catalogue.by_kind[kind][0].removeprefix(ID))
    assert faults("show", found) == []
    assert found["kind"] == kind


def test_profile_of_every_named_node_keeps_to_the_schema(catalogue: Catalogue) -> None:
    for kind in NAMED_KINDS:
        for iri in catalogue.by_kind.get(kind, ()):
            assert faults("show", describe_node(catalogue, iri).to_dict()) == [], iri


def test_all_asserted_routes_keep_to_the_schema(catalogue: Catalogue) -> None:
    origins = (*catalogue.by_kind["background"], *catalogue.by_kind["role"])
    assert bases_of_valid_routes(catalogue, origins, derived=False) == {"asserted"}


def test_routes_over_derived_steps_keep_to_the_schema(catalogue: Catalogue) -> None:
    origins = (f"{ID}background/newcomer", f"{ID}background/software-engineer", f"{ID}role/ai-ethicist")
    assert bases_of_valid_routes(catalogue, origins, derived=True) == {"asserted", "derived"}


def bases_of_valid_routes(catalogue: Catalogue, origins: Iterable[str], *, derived: bool) -> set[str]:
    """The bases of the steps of two routes from each origin to each role, after checking them against the schema."""
    bases = set()
    for origin in origins:
        for destination in catalogue.by_kind["role"]:
            try:
                found = find_routes(catalogue, origin, destination, k=2, derived=derived).to_dict()
            except NoAnswer:
                continue
            assert faults("path", found) == [], (origin, destination)
            bases |= {step["basis"] for route in found["routes"] for step in route["steps"]}
    return bases


@pytest.mark.parametrize("call", BARE_CALLS, ids=" ".join)
def test_answer_from_data_that_say_next_to_nothing_keeps_to_its_schema(call: tuple[str, ...], bare: str) -> None:
    assert faults(call[0], answer(*call, "--dataset", bare)) == []


def test_what_data_do_not_say_is_null_or_empty(bare: str) -> None:
    (line,) = answer("show", "curator", "--dataset", bare)["pay"]
    unknown = {key for key, value in line.items() if value is None}
    figures = {"low", "high", "open_ended", "currency", "spread"}
    assert unknown == {*figures, "region", "seniority", "basis", "equity", "year"}
    assert line["segments"] == line["employers"] == line["evidence"] == []
    assert line["text"] == "Hardly anything, they say in Zürich."
    assert [note["severity"] for note in line["notes"]] == [None]


@pytest.mark.parametrize("call", PERSON_CALLS, ids=" ".join)
def test_answer_about_a_person_keeps_to_its_schema(call: tuple[str, ...], cv: str) -> None:
    assert faults(call[0], answer(*(word.replace("FILE", cv) for word in call))) == []


def test_person_is_a_reference_like_any_other(cv: str) -> None:
    person = {"id": "urn:careergraph:you", "kind": "person", "label": "Zoë Byte", "language": None}
    (route,) = answer("path", "machine learning engineer", "--profile", cv)["routes"]
    assert route["steps"][0]["origin"] == person
    assert answer("gap", "machine learning engineer", "--profile", cv)["origin"] == person


def test_faulty_data_are_an_answer_too(bare: str) -> None:
    found = answer("validate", bare)
    assert faults("validate", found) == []
    assert found["conforms"] is False
    assert "violation" in {finding["severity"] for finding in found["findings"]}
    assert {finding["file"] for finding in found["findings"]} == {bare}


### What the schemas refuse


def changed(*place: str | int, to: object) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for key in place[:-1]:
            document = document[key]
        document[place[-1]] = to

    return change


def without(*place: str | int) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for key in place[:-1]:
            document = document[key]
        del document[place[-1]]

    return change


def doubled(*place: str | int) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for key in place:
            document = document[key]
        document.append(document[0])

    return change


STEP: tuple[str | int, ...] = ("routes", 0, "steps", 0)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(changed("colour", to="blue"), id="a key that the schema does not know"),
        pytest.param(changed("origin", "slug", to="x"), id="a reference with a key too many"),
        pytest.param(without("origin", "kind"), id="a reference without kind"),
        pytest.param(without(*STEP, "held"), id="a step without what is held"),
        pytest.param(changed("origin", "kind", to="planet"), id="a kind that there is not"),
        pytest.param(changed("origin", "id", to="software-engineer"), id="an id that is no IRI"),
        pytest.param(changed("origin", "label", to=""), id="an empty label"),
        pytest.param(changed("routes", to=[]), id="no route"),
        pytest.param(doubled("routes"), id="a route twice"),
        pytest.param(changed("routes", 0, "steps", to=[]), id="a route without steps"),
        pytest.param(changed("routes", 0, "feasibility", to=0), id="an impossible route"),
        pytest.param(changed("routes", 0, "feasibility", to=1.001), id="a route more than certain"),
        pytest.param(changed("routes", 0, "feasibility", to="0.5"), id="a number in quotes"),
        pytest.param(changed(*STEP, "feasibility", to=None), id="a step without feasibility"),
        pytest.param(changed(*STEP, "effort", to=-0.1), id="a negative effort"),
        pytest.param(changed(*STEP, "basis", to="guessed"), id="a basis that there is not"),
        pytest.param(changed(*STEP, "basis", to="derived"), id="a derived step that cites sources"),
        pytest.param(changed(*STEP, "transitions", to=[]), id="an asserted step that nobody asserts"),
        pytest.param(changed(*STEP, "factors", 0, "value", to=0.0), id="a factor of 0"),
        pytest.param(changed(*STEP, "factors", 0, "name", to="luck"), id="a factor that is not in the formula"),
        pytest.param(doubled(*STEP, "held"), id="the same asset held twice"),
        pytest.param(changed(*STEP, "missing", 0, "any_of", to=[]), id="nothing missing"),
        pytest.param(changed(*STEP, "missing", 0, "met", to=-0.1), id="met less than not at all"),
        pytest.param(changed(*STEP, "missing", 0, "strength", to=None), id="a requirement of no strength"),
        pytest.param(changed(*STEP, "pay", 0, "low", to=0), id="pay of 0"),
        pytest.param(changed(*STEP, "pay", 0, "low", to=1.5), id="pay with cents"),
        pytest.param(changed(*STEP, "pay", 0, "currency", to="$"), id="a currency sign"),
        pytest.param(changed(*STEP, "pay", 0, "notes", 0, "kind", to="opinion"), id="a note of no known kind"),
        pytest.param(changed(*STEP, "transitions", 0, "steps", 0, "position", to=0), id="a step numbered 0"),
        pytest.param(changed(*STEP, "evidence", 0, "source", to="article"), id="a source that is no reference"),
    ],
)
def test_schema_refuses(spoil: Callable[[Any], None], path_answer: Any) -> None:
    spoilt = copy.deepcopy(path_answer)
    spoil(spoilt)
    assert faults("path", path_answer) == []
    assert faults("path", spoilt) != []


### The shapes that the design promises, key by key


def labels(refs: list[dict[str, str]]) -> list[str]:
    return [ref["label"] for ref in refs]


SOFTWARE_ENGINEER = {
    "id": f"{ID}background/software-engineer",
    "kind": "background",
    "label": "Software engineer",
    "language": "en",
}
ML_ENGINEER = {
    "id": f"{ID}role/machine-learning-engineer",
    "kind": "role",
    "label": "Machine learning engineer",
    "language": "en",
}
MISSING_KEYS = ["any_of", "strength", "level", "met", "part", "courses", "stated", "evidence", "notes", "estimated"]


def test_path_has_the_shape_of_the_design(path_answer: Any) -> None:
    assert list(path_answer) == ["origin", "destination", "by", "proven", "routes", "by_degree", "nearer"]
    assert path_answer["origin"] == SOFTWARE_ENGINEER
    assert path_answer["destination"] == ML_ENGINEER
    (route,) = path_answer["routes"]
    assert list(route) == ["labels", "feasibility", "attempts", "effort", "duration", "steps", "pay_changes"]
    assert 0 < route["feasibility"] <= 1
    assert route["effort"] > 0


def test_step_of_a_path_has_the_shape_of_the_design(path_answer: Any) -> None:
    (step,) = path_answer["routes"][0]["steps"]
    assert list(step) == [
        "origin",
        "destination",
        "basis",
        "estimated",
        "feasibility",
        "attempts",
        "lift",
        "between",
        "effort",
        "duration",
        "remarks",
        "factors",
        "held",
        "missing",
        "milestones",
        "transitions",
        "pay",
        "evidence",
    ]
    assert step["origin"] == SOFTWARE_ENGINEER
    assert step["destination"] == ML_ENGINEER
    assert step["basis"] == "asserted"
    assert step["feasibility"] == path_answer["routes"][0]["feasibility"]
    assert step["effort"] == path_answer["routes"][0]["effort"]
    assert "Version control" in labels(step["held"])
    assert "Portfolio of 2-3 trained and deployed ML projects" in labels(step["milestones"])
    assert {milestone["kind"] for milestone in step["milestones"]} <= {"credential", "milestone"}


def test_path_cites_source_and_section(path_answer: Any) -> None:
    evidence = path_answer["routes"][0]["steps"][0]["evidence"]
    article = {
        "id": f"{ID}source/ai-careers-article",
        "kind": "source",
        "label": "Article on careers in AI (2024)",
        "language": "en",
    }
    assert evidence[0] == {"source": article, "section": "Role 1 / Transition path", "standing": "article"}
    assert all(list(item) == ["source", "section", "standing"] for item in evidence)


def test_path_lists_missing_alternatives_once_as_one_item(path_answer: Any) -> None:
    missing = path_answer["routes"][0]["steps"][0]["missing"]
    assert all(list(item) == MISSING_KEYS for item in missing)
    (framework,) = [item for item in missing if "PyTorch" in labels(item["any_of"])]
    assert labels(framework["any_of"]) == ["PyTorch", "TensorFlow"]
    assert framework["strength"] == "required"
    assert "Practical Deep Learning for Coders" in labels(framework["courses"])
    assert {course["kind"] for course in framework["courses"]} == {"course"}


def test_path_compares_the_pay_of_roles_line_by_line() -> None:
    (_, route) = answer("path", "data scientist", "AI product manager", "-k", "2")["routes"]
    (change,) = route["pay_changes"]
    assert [note["kind"] for note in change.pop("notes")] == ["ambiguity"]
    assert change == {
        "origin": ML_ENGINEER,
        "destination": {
            "id": f"{ID}role/ai-product-manager",
            "kind": "role",
            "label": "AI product manager",
            "language": "en",
        },
        "currency": "GBP",
        "region": "UK",
        "segments": [],
        "basis": None,
        "seniority": None,
        "low": 20_000,
        "high": 0,
        "open_ended": False,
        "converted": False,
        "lines": [f"{ID}pay/machine-learning-engineer-uk", f"{ID}pay/ai-product-manager-uk"],
    }


def test_gap_has_the_shape_of_the_design_and_the_same_items_as_path(gap_answer: Any, path_answer: Any) -> None:
    assert list(gap_answer) == ["origin", "destination", "held", "grounds", "missing", "tracks"]
    assert gap_answer["origin"] == SOFTWARE_ENGINEER
    assert gap_answer["destination"] == ML_ENGINEER
    step = path_answer["routes"][0]["steps"][0]
    assert gap_answer["held"] == step["held"]
    assert gap_answer["missing"] == step["missing"]


def test_gap_gives_grounds_for_everything_that_is_held(gap_answer: Any) -> None:
    assert all(list(item) == ["asset", "because"] for item in gap_answer["grounds"])
    assert [item["asset"] for item in gap_answer["grounds"]] == gap_answer["held"]
    assert all(item["because"] for item in gap_answer["grounds"])


def test_show_has_the_shape_of_the_design(show_answer: Any) -> None:
    assert list(show_answer) == [
        "id",
        "kind",
        "label",
        "language",
        "type",
        "aliases",
        "definitions",
        "broader",
        "narrower",
        "alignments",
        "requirements",
        "ratings",
        "pay",
        "tasks",
        "transitions",
        "holds",
        "required_by",
        "taught_by",
        "stated",
        "statements",
        "attributes",
        "evidence",
        "disagreements",
        "notes",
    ]
    assert {key: show_answer[key] for key in ML_ENGINEER} == ML_ENGINEER
    for key in ("requirements", "pay", "tasks", "transitions", "evidence", "disagreements"):
        assert show_answer[key], key


def test_show_links_two_pay_lines_that_contradict_each_other(show_answer: Any) -> None:
    big_tech = {"Big Tech", "major tech company"}
    lines = [line for line in show_answer["pay"] if big_tech & set(line["segments"])]
    figures = [(line["currency"], line["region"], line["low"], line["high"], line["open_ended"]) for line in lines]
    assert figures == [("USD", "US", 180_000, 350_000, False), ("USD", "US", 150_000, 300_000, True)]
    assert [[item["section"] for item in line["evidence"]] for line in lines] == [["Role 1 / Salary"], ["FAQ 3"]]
    first, second = ([note for note in line["notes"] if note["kind"] == "disagreement"] for line in lines)
    assert first == second
    (disagreement,) = first
    assert set(disagreement["concerns"]) == {line["id"] for line in lines}
    assert disagreement in show_answer["disagreements"]


@pytest.mark.parametrize(
    ("call", "first"), [(("search", "machine learning engineer"), ML_ENGINEER), (("list", "role"), None)]
)
def test_search_and_list_give_results_that_are_references(call: tuple[str, ...], first: object) -> None:
    found = answer(*call)
    assert list(found) == (["results", "same"] if call[0] == "search" else ["results"])
    assert all(list(ref) == list(ML_ENGINEER) for ref in found["results"])
    assert first is None or found["results"][0] == first


@pytest.mark.parametrize(
    "call", [call for call in CALLS if call[0] not in ("stats", "queries", "validate")], ids=" ".join
)
def test_reference_is_id_kind_label_and_language_of_the_node(call: tuple[str, ...], catalogue: Catalogue) -> None:
    found = [node for node in nodes(answer(*call)) if "label" in node and "type" not in node]
    assert found
    for ref in found:
        assert list(ref) == list(ML_ENGINEER)
        # An occupation that a computed step was compared with need not be imported.
        assert ref == catalogue.ref(ref["id"]).to_dict() or ref["kind"] == "occupation"


def nodes(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, dict):
        yield document
    for value in document.values() if isinstance(document, dict) else document:
        if isinstance(value, dict | list):
            yield from nodes(value)


### The same question has the same answer


@pytest.mark.parametrize("call", [call for call in CALLS if call != ("validate",)], ids=" ".join)
def test_two_runs_print_the_same(call: tuple[str, ...]) -> None:
    first, second = (CliRunner().invoke(cli, [*call, "--format", "json"]).stdout for _ in range(2))
    assert first == second


def test_explaining_in_words_does_not_change_the_json(path_answer: Any) -> None:
    assert answer("path", "software engineer", "machine learning engineer", "--explain") == path_answer


@pytest.mark.parametrize(
    "call",
    [
        ("path", "software engineer", "AI safety researcher", "-k", "3"),
        ("gap", "software engineer", "AI safety researcher"),
        ("compare", "ML engineer", "AI research scientist"),
        ("search", "engineer", "--limit", "1000"),
        ("stats",),
    ],
    ids=" ".join,
)
def test_answer_does_not_depend_on_the_seed_of_hashes(call: tuple[str, ...]) -> None:
    assert len({printed(call, seed) for seed in ("0", "1", "4711")}) == 1


def test_findings_do_not_depend_on_the_seed_of_hashes(bare: str) -> None:
    assert len({printed(("validate", bare, "--dataset", bare), seed) for seed in ("0", "1", "4711")}) == 1


def printed(call: tuple[str, ...], seed: str) -> bytes:
    """What a process of its own prints."""
    program = "from careergraph.cli import run; run()"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", program, *call, "--format", "json"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) in ((0, b""), (1, b""))
    assert json.loads(done.stdout)
    return done.stdout
