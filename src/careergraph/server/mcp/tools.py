"""The tools that agents have: the questions of the JSON API, SPARQL queries, and the list of those that are saved."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

import jsonschema_rs

from careergraph.model.errors import BadParameter
from careergraph.model.escaping import to_safe_line
from careergraph.model.records import Record
from careergraph.rdf.query_errors import find_undefined_terms
from careergraph.rdf.query_text import Query
from careergraph.rdf.results import GRAPH_FORMS, Rows, read_rows
from careergraph.server.api.questions import QUESTIONS, Parameter, find_default, take_one, to_schema
from careergraph.server.context import Context
from careergraph.server.mcp.answers import AgentAnswer, read_answer, to_sources
from careergraph.sparql.run import complete_query
from careergraph.sparql.saved_queries import SavedQueries, load_saved_queries

Values = Mapping[str, Any]
#: From the data set and the values of all parameters to an answer.
Answer = Callable[[Context, Values], Awaitable[AgentAnswer]]

_LONGEST_ERROR = 300


class Tool(Record):
    """A tool: what it is called, what it tells, what it takes, and how it answers."""

    name: str
    about: str
    schema: Mapping[str, Any]
    defaults: Mapping[str, Any]
    answer: Answer


def read_arguments(tool: Tool, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of all parameters of a tool, with defaults for what is left out.

    Raises:
        BadParameter: an argument is unknown, missing, or of another type than it has to be.

    >>> read_arguments(TOOLS["plan"], {"role": "AI ethicist", "skill": ["Python"]})["by"]
    'hours'
    """
    for error in jsonschema_rs.validator_for(dict(tool.schema)).iter_errors(dict(given)):
        raise _to_bad_parameter(tool, error)
    return {**tool.defaults, **given}


def _to_bad_parameter(tool: Tool, error: jsonschema_rs.ValidationError) -> BadParameter:
    takes = f"{tool.name} takes {', '.join(tool.schema['properties'])}"
    if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required):
        return BadParameter(str(error.kind.property), f"it is missing; {takes}")
    if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.AdditionalProperties):
        return BadParameter(error.kind.unexpected[0][:_LONGEST_ERROR], f"there is none of that name; {takes}")
    place = ".".join(map(str, error.instance_path)) or tool.name
    return BadParameter(place, to_safe_line(error.message, longest=_LONGEST_ERROR))


async def _ask(question: str, computed: str, context: Context, values: Values) -> AgentAnswer:
    await context.wait_until_ready()  # the first question may come while the worker starts, which is no fault of it
    seconds = context.settings.timeout
    content = await context.questions.run(lambda asked: asked.ask(question, values, seconds=seconds, form="agent"))
    return read_answer(content, computed, await context.queries.named_graphs())


def _of_question(name: str, question: str, computed: str) -> Tool:
    found = QUESTIONS[question]
    return _tool(name, found.about, found.parameters, partial(_ask, question, computed))


def _tool(name: str, about: str, parameters: tuple[Parameter, ...], answer: Answer, **more: Any) -> Tool:
    schema = {
        "type": "object",
        "properties": {one.name: to_schema(one) for one in parameters} | more,
        "required": [one.name for one in parameters if one.required],
        "additionalProperties": False,
    }
    return Tool(name, about, schema, {take_one.name: find_default(take_one) for take_one in parameters}, answer)


async def _run_query(context: Context, values: Values) -> AgentAnswer:
    params = values.get("params", {})
    text = await asyncio.to_thread(complete_query, values["query"], params, lambda: context.catalogue)
    query = Query.of(text).check()
    given = await context.queries.ask(text, "nt" if query.form in GRAPH_FORMS else "json")
    found, remarks = read_rows(given), (*find_undefined_terms(query), *given.remarks)
    shown = list(found[: values["limit"]])
    answer = {"columns": list(found.columns), "rows": shown, "left_out": len(found) - len(shown)}
    graphs = to_sources(await context.queries.named_graphs())
    return AgentAnswer(
        "\n".join([_write_rows(found, len(shown)), *remarks]),
        answer,
        graphs,
        "what the graphs graph:derived and graph:direct have, such as cg:computedEase and cg:leadsTo; other rows are "
        "what the statements say.",
    )


def _write_rows(found: Rows, shown: int) -> str:
    lines = [json.dumps(row, ensure_ascii=False) for row in found[:shown]]
    more = [f"{len(found) - shown} more rows; raise limit, or ask for less."] if shown < len(found) else []
    return "\n".join([f"{len(found)} rows", *lines, *more])


async def _list_queries(context: Context, values: Values) -> AgentAnswer:
    queries = load_saved_queries()
    lines = [f"{one.name}: {one.title}{''.join(map(_write_parameter, one.parameters))}" for one in queries]
    answer = {"results": [_describe(one) for one in SavedQueries(queries).to_dict()["results"]]}
    return AgentAnswer("\n".join(lines), answer, (), "nothing; these queries come with careergraph.")


def _write_parameter(parameter: Any) -> str:
    default = "" if parameter.default is None else f', "{parameter.default}" if left out'
    return f" [{parameter.name}: {parameter.about}{default}]"


def _describe(query: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in query.items() if name != "text"}


_STEPS = (
    "how feasible each step is, and what is held and missing at each; the weights are the editors' judgement."
    " That people make a step, and in which words, is its sources'."
)
_QUERY = (
    take_one(
        "query",
        "SPARQL 1.1, for reading; careergraph's prefixes (cg, role, skill, schema, skos ...) need no declaration. Or"
        " the name of a saved query, as list_queries has them.",
        required=True,
        type="string",
        minLength=1,
        maxLength=20_000,
    ),
    take_one("limit", "Rows at most.", type="integer", minimum=1, maximum=10_000, default=100),
)
_PARAMS = {
    "description": "Variables of the query, or parameters of the saved one, and their values.",
    "type": "object",
    "additionalProperties": {"type": "string"},
    "default": {},
}

_ALL = (
    _of_question("find_routes", "path", _STEPS),
    _of_question("reach", "reach", _STEPS),
    _of_question("gap", "gap", "which of what is asked for is held; what people hold is often the editors' judgement."),
    _of_question("next_skill", "next-skill", f"how much each would help; {_STEPS}"),
    _of_question("plan", "plan", "which courses close the gap, in which order; hours and prices are their providers'."),
    _of_question("show", "show", "nothing but the order; what only the editors say is marked as theirs."),
    _of_question("search", "search", "the order of the matches. `show` gives a node's sources."),
    _tool(
        "sparql",
        "Rows that a SPARQL query finds in the graph. Statements are in a named graph for each source.",
        _QUERY,
        _run_query,
        params=_PARAMS,
    ),
    _tool("list_queries", "The saved queries, with their parameters, which `sparql` runs by name.", (), _list_queries),
)
#: All tools by name.
TOOLS: dict[str, Tool] = {tool.name: tool for tool in _ALL}
