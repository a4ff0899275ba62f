"""The JSON API over real connections: the command line's answers, described by OpenAPI, with honest refusals."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import click
import httpx
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from careergraph.api import CareerGraph
from careergraph.catalogue.catalogue import Catalogue
from careergraph.cli import cli
from careergraph.model import errors
from careergraph.server.api.openapi import document
from careergraph.server.api.questions import MOST_VALUES, QUESTIONS, Parameter
from careergraph.server.http.problems import find_status_of, list_types, make_problem, to_slug
from careergraph.server.workers.questions import MODERATE, Questions
from careergraph.store.locations import list_dataset_files
from served import Served, served

Pairs = list[tuple[str, str]]

#: Takes more than a second: enough to be stopped, or to keep a worker busy.
SLOW: Pairs = [
    ("origin", "newcomer"),
    ("destination", "AI research scientist"),
    ("derived", "1"),
    ("max_steps", "20"),
    ("k", "100"),
]
#: No source names a way.
UNNAMED: Pairs = [("origin", "software engineer"), ("destination", "AI ethicist"), ("derived", "false")]
#: Parameters that the command line takes by their place.
ARGUMENTS = ("origin", "destination", "role", "name", "text")

ASKED: tuple[tuple[str, Pairs], ...] = (
    ("path", [("origin", "software engineer"), ("destination", "machine learning engineer")]),
    ("path", [("origin", "software engineer"), ("destination", "AI safety researcher"), ("k", "3"), ("by", "steps")]),
    ("path", [("origin", "software engineer"), ("destination", "AI PM"), ("via", "data engineer"), ("max_steps", "3")]),
    ("path", [("origin", "data scientist"), ("destination", "AI PM"), ("avoid", "AI research scientist"), ("k", "2")]),
    ("path", [("origin", "newcomer"), ("destination", "data scientist"), ("derived", "true")]),
    ("path", [("background", "consultant"), ("destination", "AI PM"), ("skill", "Python"), ("skill", "git")]),
    ("path", [("origin", "data scientist"), ("destination", "AI PM"), ("rate", "GBP:USD=1.27"), ("by", "effort")]),
    ("reach", [("origin", "data scientist")]),
    ("reach", [("origin", "software engineer"), ("with_skill", "pytorch"), ("with_skill", "PhD"), ("by", "effort")]),
    ("reach", [("background", "newcomer"), ("derived", "true"), ("max_steps", "1")]),
    ("gap", [("origin", "policy professional"), ("role", "AI safety researcher")]),
    ("gap", [("skill", "Python"), ("role", "ML engineer")]),
    ("plan", [("origin", "software engineer"), ("role", "ML engineer")]),
    ("plan", [("origin", "newcomer"), ("role", "ML engineer"), ("free", "true"), ("lang", "en"), ("done", "git")]),
    ("plan", [("origin", "newcomer"), ("role", "ML engineer"), ("hours_per_week", "8"), ("start", "2027-01-11")]),
    ("reach", [("origin", "data scientist"), ("within", "1y"), ("allow_step_down", "true")]),
    ("plan", [("origin", "newcomer"), ("role", "AI research scientist"), ("by", "cost"), ("skill", "mlflow")]),
    ("show", [("name", "ML engineer")]),
    ("show", [("name", "claim/metr-ai-safety-focused-lab")]),
    ("show", [("name", "https://w3id.org/careergraph/id/course/mats")]),
    ("search", [("text", "learning")]),
    ("search", [("text", "metr")]),
)


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served() as running:
        yield running


def asked(server: Served, question: str, pairs: Pairs) -> httpx.Response:
    return server.client.get(f"{server.url}api/{question}", params=httpx.QueryParams(urlencode(pairs)))


def as_command(question: str, pairs: Pairs) -> list[str]:
    """The command line that asks the same: names by their place, all else as options of the same name."""
    places = [text for name in ARGUMENTS for key, text in pairs if key == name]
    options = [_option(name, text) for name, text in pairs if name not in ARGUMENTS]
    return [question, *places, *(part for option in options for part in option), "--format", "json"]


def _option(name: str, text: str) -> list[str]:
    sign = f"-{name}" if len(name) == 1 else f"--{name.replace('_', '-')}"
    return [sign] if text == "true" else [sign, text]


@cache
def validator(schema: str) -> Draft202012Validator:
    whole = {"$id": "urn:openapi", **document()}
    resource: Resource[Any] = Resource.from_contents(whole, DRAFT202012)
    registry = Registry[Any]().with_resource("urn:openapi", resource)
    return Draft202012Validator({"$ref": f"urn:openapi#/components/schemas/{schema}"}, registry=registry)


def faults(schema: str, answer: object) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(schema).iter_errors(answer)]


def until_ready(server: Served) -> None:
    """Ask until there is an answer: a process for questions may still be starting."""
    while asked(server, "show", [("name", "METR")]).status_code != 200:
        pass


def refused(response: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    """The problem document of a refusal, after checking that it is one."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert faults("problem", found) == []
    assert (found["type"], found["status"]) == (f"/api#{kind}", status)
    assert "Traceback" not in found["detail"]
    return found


### Answers


@pytest.mark.parametrize(("question", "pairs"), ASKED, ids=lambda value: value if isinstance(value, str) else "")
def test_the_api_gives_what_the_command_line_prints_to_the_last_byte_and_as_openapi_says(
    server: Served, question: str, pairs: Pairs
) -> None:
    response = asked(server, question, pairs)
    printed = CliRunner().invoke(cli, as_command(question, pairs), standalone_mode=False, catch_exceptions=False)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    assert response.content == printed.stdout_bytes
    described = document()["paths"][f"/api/{question}"]["get"]["responses"]["200"]["content"]["application/json"]
    assert described["schema"] == {"$ref": f"#/components/schemas/{question}"}
    assert faults(question, response.json()) == []


def test_head_tells_as_much_as_get_but_for_the_answer(server: Served) -> None:
    got = asked(server, "show", [("name", "METR")])
    head = httpx.head(got.request.url)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]


### The table is the command line's


@pytest.mark.parametrize("name", QUESTIONS)
def test_parameters_are_those_of_the_command_with_its_ranges_choices_and_defaults(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    options = {_name(option): option for option in command.params if isinstance(option, click.Option)}
    # Files of the server's are nobody's business, nobody can be asked back there, and JSON is always in full.
    for left_out in ("dataset", "format", "profile", "explain", "full", "no_input", "o", "spreadsheet_safe"):
        options.pop(left_out, None)
    if name != "plan":  # there it is the language of courses; elsewhere that of labels, which JSON names with each
        options.pop("lang", None)
    if name == "plan":  # there, one plan is asked for at a time, and none is kept
        options = {key: option for key, option in options.items() if key not in ("k", "resume", "today")}
    own = {p.name: p for p in QUESTIONS[name].parameters if p.name not in ARGUMENTS}
    assert set(own) == set(options)
    for key, option in options.items():
        assert _described(own[key]) == _as_click_has_it(option), key


def _name(option: click.Option) -> str:
    return option.opts[0].lstrip("-").replace("-", "_")


def _described(parameter: Parameter) -> tuple[object, ...]:
    schema = parameter.schema
    span = (schema.get("minimum"), schema.get("maximum"))
    return parameter.repeatable, schema.get("default"), span, schema.get("enum")


def _as_click_has_it(option: click.Option) -> tuple[object, ...]:
    type_ = option.type
    span = (type_.min, type_.max) if isinstance(type_, click.IntRange | click.FloatRange) else (None, None)
    choices = list(type_.choices) if isinstance(type_, click.Choice) else None
    given = isinstance(option.default, str | int | float) and not option.multiple
    default = option.default if given else False if option.is_flag else None
    return option.multiple, default, span, choices


### The description


def test_the_description_is_valid_openapi(server: Served) -> None:
    found = httpx.get(f"{server.url}api/openapi.json")
    assert found.headers["content-type"] == "application/json"
    assert found.json() == document()
    assert found.json()["openapi"].startswith("3.1")
    validate(found.json())


def test_the_description_has_each_question_with_each_parameter_and_every_refusal() -> None:
    paths = document()["paths"]
    assert list(paths) == [f"/api/{name}" for name in QUESTIONS]
    for name, question in QUESTIONS.items():
        operation = paths[f"/api/{name}"]["get"]
        assert [item["name"] for item in operation["parameters"]] == [p.name for p in question.parameters]
        assert set(operation["responses"]) == {"200", "400", "404", "414", "422", "500", "503", "504"}


def test_every_reference_of_the_description_leads_somewhere_in_it() -> None:
    whole = document()
    found = list(_references(whole))
    assert found
    for reference in found:
        node: Any = whole
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]
        assert node


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _references(item)
    elif isinstance(node, dict):
        for key, item in node.items():
            if key == "$ref":
                yield item
            else:
                yield from _references(item)


def test_every_type_of_problem_has_its_place_on_the_page_about_the_api(server: Served) -> None:
    page = httpx.get(f"{server.url}api").text
    for kind in list_types():
        assert f'<div id="{to_slug(kind)}">' in page
        assert 400 <= find_status_of(kind) < 600


### Refusals


@pytest.mark.parametrize(
    ("question", "pairs", "says"),
    [
        ("show", [], "Parameter 'name': it is missing."),
        ("show", [("name", "METR"), ("nam", "x")], "Parameter 'nam': /api/show takes name."),
        ("show", [("name", "METR"), ("name", "MATS")], "Parameter 'name': it is given 2 times; at most 1 are allowed."),
        ("show", [("name", "")], "Parameter 'name': it is empty."),
        ("show", [("name", "x" * 201)], "Parameter 'name': it is 201 characters long; at most 200 are allowed."),
        ("search", [("q", "METR")], "Parameter 'q': /api/search takes text, limit."),
        ("path", [("origin", "consultant"), ("destination", "AI PM"), ("k", "0")], "not a whole number from 1 to 100"),
        ("path", [("origin", "consultant"), ("destination", "AI PM"), ("k", "1.0")], "not a whole number from 1 to 10"),
        ("path", [("origin", "consultant"), ("destination", "AI PM"), ("k", "\u0663")], "not a whole number"),
        ("path", [("origin", "consultant"), ("destination", "AI PM"), ("max_steps", "21")], "from 1 to 20"),
        ("path", [("origin", "consultant"), ("destination", "AI PM"), ("derived", "yes")], "neither true nor false"),
        ("path", [("origin", "consultant"), ("destination", "AI PM"), ("by", "luck")], "none of attempts, feasibility"),
        ("path", [("destination", "AI PM"), *[("skill", "SQL")] * (MOST_VALUES + 1)], "given 51 times; at most 50"),
        ("plan", [("origin", "consultant"), ("role", "AI PM"), ("by", "steps")], "none of hours, cost"),
        ("path", [("origin", "x"), ("destination", "AI PM"), ("rate", "1" * 41)], "41 characters long; at most 40"),
    ],
)
def test_a_parameter_that_cannot_be_is_named(server: Served, question: str, pairs: Pairs, says: str) -> None:
    assert says in refused(asked(server, question, pairs), 400, "bad-parameter")["detail"]


@pytest.mark.parametrize(
    ("question", "pairs", "status", "kind"),
    [
        ("path", [("destination", "AI PM")], 400, "nothing-asked"),
        ("gap", [("role", "AI PM")], 400, "nothing-asked"),
        ("reach", [], 400, "nothing-asked"),
        ("show", [("name", "a\x1bb")], 400, "invalid-name"),
        ("show", [("name", " ")], 400, "invalid-name"),
        ("path", [("origin", "consultant"), ("destination", "AI PM"), ("rate", "1.27")], 400, "bad-rate"),
        (
            "path",
            [("origin", "consultant"), ("destination", "AI PM"), ("avoid", "AI PM")],
            400,
            "contradictory-conditions",
        ),
        ("path", UNNAMED, 404, "no-route"),
        ("reach", [("origin", "consultant"), ("within", "soon")], 400, "contradictory-conditions"),
        ("plan", [("origin", "consultant"), ("role", "AI PM"), ("budget", "500")], 400, "contradictory-conditions"),
        ("path", [("origin", "ML engineer"), ("destination", "AI career role")], 422, "already-there"),
        ("search", [("text", "zzzz")], 404, "nothing-found"),
        ("show", [("name", "zzzzzzzz")], 404, "unknown-name"),
    ],
)
def test_a_refusal_is_a_problem_document_with_an_honest_status(
    server: Served, question: str, pairs: Pairs, status: int, kind: str
) -> None:
    refused(asked(server, question, pairs), status, kind)


def test_an_unknown_name_comes_with_near_misses(server: Served) -> None:
    found = refused(asked(server, "show", [("name", "ML enginer")]), 404, "unknown-name")
    assert found["suggestions"][0] == "ML engineer"
    assert found["name"] == "ML enginer"


def test_no_route_tells_between_what_and_why(server: Served) -> None:
    found = asked(server, "path", UNNAMED).json()
    assert (found["origin"], found["destination"]) == ("Software engineer", "AI ethicist")
    assert found["reason"] in found["detail"]


def test_what_an_error_carries_never_hides_the_members_of_a_problem() -> None:
    class Odd(errors.NoAnswer):
        def __init__(self) -> None:
            super().__init__("text")
            self.type, self.status, self.detail, self.other = "x", 200, "y", ("z",)

    assert make_problem(Odd()) == {"type": "/api#odd", "title": "Odd", "status": 422, "detail": "text", "other": ["z"]}


def test_another_method_is_refused(server: Served) -> None:
    response = httpx.post(f"{server.url}api/show", data={"name": "METR"})
    assert response.status_code == 405
    assert response.headers["content-type"] == "application/problem+json"
    assert "GET" in response.headers["allow"]


def test_an_address_of_the_api_that_there_is_not_is_a_problem_even_for_a_browser(server: Served) -> None:
    response = httpx.get(f"{server.url}api/dance", headers={"Accept": "text/html"})
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")


### Questions that take too long, and too many of them


def test_what_takes_too_long_is_stopped_and_the_next_question_is_answered() -> None:
    with served("--timeout", "0.2") as server:
        until_ready(server)
        found = refused(asked(server, "path", SLOW), 504, "query-timed-out")
        assert "0.2 s" in found["detail"]
        assert "--timeout" not in found["detail"]
        page = server.client.get(f"{server.url}path", params=httpx.QueryParams(urlencode(SLOW)))
        assert (page.status_code, page.headers["content-type"]) == (504, "text/html; charset=utf-8")
        until_ready(server)


def test_one_too_many_is_asked_to_come_again() -> None:
    with served("--workers", "1", "--queue", "0", "--timeout", "60") as server:
        until_ready(server)

        def until_answered() -> None:
            while asked(server, "path", SLOW).status_code == 503:
                pass

        first = threading.Thread(target=until_answered)
        first.start()
        answers = []
        while first.is_alive():
            answers.append(asked(server, "show", [("name", "METR")]))
        first.join()
        busy = [response for response in answers if response.status_code != 200]
        assert busy
        for response in busy:
            refused(response, 503, "server-busy")
            assert int(response.headers["retry-after"]) >= 1


### The process that answers


@pytest.fixture
def questions() -> Iterator[Questions]:
    asking = Questions(list_dataset_files())
    yield asking
    asking.close()


def values(question: str, **given: object) -> dict[str, Any]:
    """All parameters of a question, with defaults for what is not given."""
    return {
        p.name: given.get(p.name, [] if p.repeatable else p.schema.get("default"))
        for p in QUESTIONS[question].parameters
    }


def test_an_answer_that_is_too_long_is_refused() -> None:
    short = Questions(list_dataset_files(), limits=type(MODERATE)(memory=MODERATE.memory, output=2_500, niceness=0))
    try:
        with pytest.raises(errors.ResultTooLarge):
            short.ask("show", {"name": "ML engineer"}, seconds=60)
        assert len(short.ask("search", {"text": "metr"}, seconds=60)) < 2_500
    finally:
        short.close()


def test_an_answer_that_needs_too_much_memory_ends_in_one_error_and_the_next_one_comes() -> None:
    poor = Questions(list_dataset_files(), limits=type(MODERATE)(memory=8 << 20, output=MODERATE.output, niceness=0))
    try:
        with pytest.raises(errors.QueryTooHeavy):
            poor.ask("path", values("path", origin="newcomer", destination="AI research scientist", **DEEP), seconds=60)
        assert poor.ask("search", {"text": "metr"}, seconds=60)
    finally:
        poor.close()


DEEP: dict[str, Any] = {"derived": True, "max_steps": 20, "k": 100}


def test_a_question_that_is_stopped_from_another_thread_ends_at_once(questions: Questions) -> None:
    questions.start()
    threading.Timer(0.1, questions.stop).start()
    with pytest.raises(errors.QueryStopped):
        questions.ask(
            "path", values("path", origin="newcomer", destination="AI research scientist", **DEEP), seconds=60
        )
    assert questions.ask("search", {"text": "metr"}, seconds=60)


#: Questions that need everything that a data set on disk lays down: transitions, the index, names by their likeness.
OF_OCCUPATIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("path", {"origin": "registered nurse", "destination": "AI ethicist", "k": 3}),
    ("path", {"origin": "lawyer", "destination": "sociologist"}),
    ("reach", {"origin": "registered nurse", "with_skill": ["Python"]}),
    ("gap", {"origin": "registered nurse", "role": "AI ethicist"}),
    ("plan", {"origin": "technical writer", "role": "AI product manager"}),
    ("show", {"name": "registered nurse"}),
    ("search", {"text": "registred nurse"}),
)


def test_a_data_set_on_disk_is_asked_though_no_file_can_be_opened_any_more(small_onet: Path) -> None:
    files = (*list_dataset_files(), *list_dataset_files(str(small_onet)))
    graph, asking = CareerGraph(Catalogue.of_files(files)), Questions(files)
    try:
        for question, given in OF_OCCUPATIONS:
            expected = QUESTIONS[question].answer(graph, **values(question, **given)).to_dict()
            assert json.loads(asking.ask(question, values(question, **given), seconds=60)) == expected, question
    finally:
        asking.close()


def test_a_data_set_that_cannot_be_read_is_told_when_the_process_starts() -> None:
    missing = Questions(["/nowhere/graph.ttl"])
    with pytest.raises(errors.UnreadableFile):
        missing.start()
