"""Agents have the graph as tools and resources, over both transports, and every answer says who says so."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import httpx
import pytest
from mcp import Client, StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult, Resource

import careergraph
from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.kinds import NAMED_KINDS
from careergraph.server.api.questions import QUESTIONS, to_schema
from careergraph.server.mcp.tools import TOOLS
from careergraph.store.locations import list_ontology_files
from loops import run

COMMAND = ["-m", "careergraph", "mcp", "--dataset", "bundled"]
ETHICIST = "https://w3id.org/careergraph/id/role/ai-ethicist"
TRANSPORTS = ("stdio", "http")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

#: A name → a call of a tool.
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "routes": ("find_routes", {"origin": "software engineer", "destination": "AI product manager", "k": 2}),
    "computed": ("find_routes", {"origin": "nurse", "destination": "data scientist", "derived": True}),
    "reach": ("reach", {"origin": "data scientist", "limit": 3}),
    "gap": ("gap", {"origin": "consultant", "role": "AI ethicist"}),
    "plan": ("plan", {"role": "machine learning engineer", "skill": ["Python"], "background": ["data scientist"]}),
    "show": ("show", {"name": "AI ethicist"}),
    "search": ("search", {"text": "safety", "limit": 2}),
    "sparql": ("sparql", {"query": "SELECT ?r { ?r a cg:Role } ORDER BY ?r", "limit": 3}),
    "construct": ("sparql", {"query": "CONSTRUCT { ?r a cg:Role } { ?r a cg:Role }", "limit": 2}),
    "saved": ("sparql", {"query": "pay-in-region", "params": {"region": "UK"}}),
    "queries": ("list_queries", {}),
    "nobody": ("gap", {"origin": "consultant", "role": "AI ethicst"}),
    "no route": ("find_routes", {"origin": "software engineer", "destination": "AI ethicist", "derived": False}),
    "update": ("sparql", {"query": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}),
    "service": ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}),
    "endless": ("sparql", {"query": ENDLESS}),
}
GOOD = ("routes", "computed", "reach", "gap", "plan", "show", "search", "sparql", "construct", "saved", "queries")
#: What is wrong → a call, and what its one line names.
WRONG: dict[str, tuple[str, dict[str, Any], str]] = {
    "a text for a number": ("find_routes", {"origin": "a", "destination": "b", "k": "three"}, "'k'"),
    "a number for a text": ("show", {"name": 3}, "'name'"),
    "one name for a list": ("gap", {"role": "AI ethicist", "skill": "Python"}, "'skill'"),
    "a number in a list": ("gap", {"role": "AI ethicist", "skill": ["Python", 3]}, "'skill.1'"),
    "too many": ("find_routes", {"origin": "a", "destination": "b", "k": 1000}, "'k'"),
    "a misspelt name": ("find_routes", {"orign": "a", "destination": "b"}, "'orign': there is none"),
    "nothing": ("plan", {}, "'role': it is missing"),
    "null": ("search", {"text": None}, "'text'"),
    "no such choice": ("plan", {"role": "AI ethicist", "by": "luck"}, "'by'"),
    "a number as a parameter": ("sparql", {"query": "pay-in-region", "params": {"region": 1}}, "'params.region'"),
    "a list": ("sparql", {"query": ["ASK {}"]}, "'query'"),
    "a long text": ("search", {"text": "x" * 5000}, "'text'"),
}


@contextmanager
def reachable(transport: str) -> Iterator[Any]:
    """What a client connects to."""
    if transport == "stdio":
        yield stdio_client(StdioServerParameters(command=sys.executable, args=[*COMMAND, "--timeout", "3"]))
        return
    command = [sys.executable, *COMMAND, "--timeout", "3", "--http", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        yield line.split("listens at ")[1].split(";")[0]
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert process.stderr.read() == ""


async def with_client(server: Any, talk: Callable[[Client], Awaitable[Any]]) -> Any:
    async with Client(server) as client:
        return await talk(client)


async def talk(client: Client) -> dict[str, Any]:
    """One conversation: all that is asked here of a server."""
    found: dict[str, Any] = {name: await client.call_tool(*call) for name, call in CALLS.items()}
    found |= {name: await client.call_tool(tool, given) for name, (tool, given, _) in WRONG.items()}
    found["tools"] = (await client.list_tools()).tools
    found["resources"] = await all_resources(client)
    found["templates"] = (await client.list_resource_templates()).resource_templates
    found["node"] = await client.read_resource(ETHICIST)
    found["ontology"] = await client.read_resource("careergraph://ontology/careergraph.ttl")
    found["refused"] = [
        await refused(client.read_resource(ETHICIST + "x")),
        await refused(client.read_resource("careergraph://ontology/../../graph/LICENSE")),
        await refused(client.read_resource("file:///etc/passwd")),
        await refused(client.list_resources(cursor="-1")),
        await refused(client.call_tool("find_root", {})),
    ]
    return found


async def all_resources(client: Client) -> list[Resource]:
    """Page by page."""
    page = await client.list_resources()
    found = list(page.resources)
    while page.next_cursor:
        page = await client.list_resources(cursor=page.next_cursor)
        found += page.resources
    return found


async def refused(request: Awaitable[Any]) -> str:
    with pytest.raises(MCPError) as caught:
        await request
    return str(caught.value)


@cache
def conversation(transport: str) -> dict[str, Any]:
    with reachable(transport) as server:
        found: dict[str, Any] = run(with_client(server, talk))
        return found


@pytest.fixture(params=TRANSPORTS)
def said(request: pytest.FixtureRequest) -> dict[str, Any]:
    return conversation(request.param)


def text(result: CallToolResult) -> str:
    (content,) = result.content
    assert content.type == "text"
    return content.text


def test_tools_take_what_the_questions_of_the_api_take(said: dict[str, Any]) -> None:
    tools = {tool.name: tool for tool in said["tools"]}
    assert list(tools) == list(TOOLS)
    for question in QUESTIONS:
        name = "find_routes" if question == "path" else question.replace("-", "_")
        parameters = QUESTIONS[question].parameters
        assert tools[name].input_schema["properties"] == {one.name: to_schema(one) for one in parameters}
        assert tools[name].input_schema["required"] == [one.name for one in parameters if one.required]
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools.values())


@pytest.mark.parametrize("name", GOOD)
def test_every_answer_tells_its_sources_and_what_is_computed(name: str, said: dict[str, Any]) -> None:
    result = said[name]
    assert not result.is_error, text(result)
    assert set(result.structured_content) == {"answer", "sources", "computed"}
    assert result.structured_content["computed"]
    assert "\nSources: " in text(result)
    assert "\nComputed: " in text(result)
    sources = result.structured_content["sources"]
    assert sources or name == "queries"
    assert all(source["label"] in text(result) for source in sources)


def test_answers_are_those_of_the_library(said: dict[str, Any]) -> None:
    graph = careergraph.load("bundled")
    routes = graph.routes("software engineer", "AI product manager", k=2)
    assert said["routes"].structured_content["answer"] == json.loads(routes.to_json())
    assert said["show"].structured_content["answer"] == json.loads(graph.show("AI ethicist").to_json())
    assert said["gap"].structured_content["answer"] == json.loads(graph.gap("consultant", "AI ethicist").to_json())
    rows = graph.sparql("pay-in-region", {"region": "UK"})
    assert said["saved"].structured_content["answer"]["rows"] == list(rows)


def test_computed_steps_are_told_apart(said: dict[str, Any]) -> None:
    for name in ("routes", "computed"):
        routes = said[name].structured_content["answer"]["routes"]
        steps = [step for route in routes for step in route["steps"]]
        derived = [step for step in steps if step["basis"] == "derived"]
        assert derived or name == "routes"
        assert f"{len(derived)} of the steps here, {len(steps)} in all" in text(said[name])


def test_a_source_is_told_once_with_all_its_sections(said: dict[str, Any]) -> None:
    sources = said["show"].structured_content["sources"]
    assert len({source["id"] for source in sources}) == len(sources)
    assert any(len(source["sections"]) > 1 for source in sources)


def test_rows_beyond_the_limit_are_counted(said: dict[str, Any]) -> None:
    roles = len(Catalogue.load("bundled").by_kind["role"])
    for name, limit in (("sparql", 3), ("construct", 2)):
        answer = said[name].structured_content["answer"]
        assert (len(answer["rows"]), answer["left_out"]) == (limit, roles - limit)
        assert f"{roles - limit} more rows" in text(said[name])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nobody", 'Did you mean "AI ethicist"'),
        ("no route", "No route leads"),
        ("update", "can only be read"),
        ("service", "SERVICE"),
        ("endless", "within 3 s"),
    ],
)
def test_what_has_no_answer_is_an_error_that_says_why(name: str, words: str, said: dict[str, Any]) -> None:
    assert said[name].is_error
    assert words in text(said[name])


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_argument_is_one_clear_line(name: str, said: dict[str, Any]) -> None:
    assert said[name].is_error
    line = text(said[name])
    assert WRONG[name][2] in line
    assert "\n" not in line
    assert len(line) < 400


def test_nodes_and_the_ontology_can_be_read(said: dict[str, Any]) -> None:
    catalogue = Catalogue.load("bundled")
    names = {resource.uri: resource.name for resource in said["resources"]}
    assert names[ETHICIST] == "AI ethicist"
    nodes = sum(len(catalogue.by_kind.get(kind, ())) for kind in NAMED_KINDS)
    assert len(names) == nodes + len(list_ontology_files())
    assert [template.uri_template for template in said["templates"]] == [
        "https://w3id.org/careergraph/id/{kind}/{name}"
    ]
    (node,) = said["node"].contents
    assert json.loads(node.text)["answer"]["id"] == ETHICIST
    assert json.loads(node.text)["sources"]
    (ontology,) = said["ontology"].contents
    assert ontology.mime_type == "text/turtle"
    assert "owl:Ontology" in ontology.text


def test_what_is_not_there_is_refused_in_a_line(said: dict[str, Any]) -> None:
    node, above, file, cursor, tool = said["refused"]
    assert all("called" in line for line in (node, above, file))
    assert "cursor" in cursor
    assert "find_routes" in tool
    assert not any("\n" in line for line in said["refused"])


def test_by_http_only_this_machine_is_answered() -> None:
    with reachable("http") as url:
        assert url.startswith("http://127.0.0.1:")
        begin = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
        for header in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
            assert httpx.post(url, json=begin, headers=header).status_code in (403, 421)


@pytest.mark.parametrize("package", ["mcp", "starlette", "uvicorn"])
def test_without_its_extra_it_says_how_to_get_it(package: str) -> None:
    script = (
        f"import sys; sys.modules[{package!r}] = None; sys.argv = ['careergraph', 'mcp']\n"
        "from careergraph.cli import run; run()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"needs the package {package}; pip install 'careergraph[mcp]'" in done.stderr


def test_files_that_cannot_be_read_are_told_before_anything_else() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "careergraph", "mcp", "--dataset", "nowhere.ttl"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
