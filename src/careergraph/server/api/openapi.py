"""The description of the JSON API (OpenAPI 3.1), made from the table of questions and the schemas of their answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from careergraph.model.schemas import load_schema
from careergraph.server.api.questions import MOST_VALUES, QUESTIONS, Parameter, Question
from careergraph.server.http.problems import MEDIA_TYPE, find_status_of, find_title, list_types, to_slug
from careergraph.version import __version__

_SCHEMAS = "#/components/schemas/"
#: What an answer other than 200 means here; which problems have it is listed behind.
_REFUSALS = {
    400: "The call cannot be carried out as it stands",
    404: "What is asked for is not there",
    414: "The address is too long, although each value in it is not",
    422: "The question is well-formed, but has no answer",
    500: "The data set has a fault, or the server",
    503: "Too many are asking; try again after the seconds in Retry-After",
    504: "It took too long; ask for less at a time",
}
_PROBLEM = {
    "title": "Problem",
    "description": "Why there is no answer (RFC 9457); other members carry what is known besides, such as suggestions.",
    "type": "object",
    "properties": {
        "type": {
            "description": "Where this type of problem is described.",
            "type": "string",
            "format": "uri-reference",
        },
        "title": {"description": "What this type of problem is.", "type": "string"},
        "status": {"description": "The HTTP status.", "type": "integer", "enum": list(_REFUSALS)},
        "detail": {"description": "What is wrong this time, and what to do next.", "type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}


def document() -> dict[str, Any]:
    """The whole description, as JSON data.

    >>> document()["paths"]["/api/show"]["get"]["parameters"][0]["name"]
    'name'
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "careergraph",
            "summary": "Routes between careers in AI: what is missing, what closes the gap, what it pays, who says so.",
            "description": "Answers are those of the command line with `--format json`.",
            "version": __version__,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/", "description": "The server that this description comes from."}],
        "paths": {f"/api/{name}": {"get": _operation(question)} for name, question in QUESTIONS.items()},
        "components": {
            "schemas": {**_bundle(), "problem": _PROBLEM},
            "responses": {f"problem{status}": _refusal(status) for status in _REFUSALS},
        },
    }


def _operation(question: Question) -> dict[str, Any]:
    answer = {"application/json": {"schema": {"$ref": _SCHEMAS + question.name}}}
    refusals = {str(status): {"$ref": f"#/components/responses/problem{status}"} for status in _REFUSALS}
    return {
        "operationId": question.name,
        "summary": question.about,
        "parameters": [_describe_question(parameter) for parameter in question.parameters],
        "responses": {"200": {"description": "The answer.", "content": answer}, **refusals},
    }


def _describe_question(parameter: Parameter) -> dict[str, Any]:
    array = {"type": "array", "items": dict(parameter.schema), "maxItems": MOST_VALUES}
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.about,
        "required": parameter.required,
        "schema": array if parameter.repeatable else dict(parameter.schema),
    }


def _refusal(status: int) -> dict[str, Any]:
    known = [f"{to_slug(class_)} ({find_title(class_)})" for class_ in list_types() if find_status_of(class_) == status]
    described: dict[str, Any] = {
        "description": f"{_REFUSALS[status]}." + (f" Types of problem: {'; '.join(known)}." if known else ""),
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_SCHEMAS}problem"}}},
    }
    if status == 503:
        seconds = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}
        described["headers"] = {"Retry-After": seconds}
    return described


def _bundle() -> dict[str, Any]:
    """The schemas of all answers and everything they refer to, each definition as a component of its own."""
    found: dict[str, Any] = {}
    waiting = list(QUESTIONS)
    while waiting:
        file = waiting.pop()
        whole = load_schema(file)
        parts = {f"{file}.{name}": part for name, part in whole.pop("$defs", {}).items()}
        main = {key: value for key, value in whole.items() if key not in ("$schema", "$id")}
        found |= {file: main, **parts} if "type" in main else parts
        waiting += {other for part in (main, *parts.values()) for other in _relink(part, file)} - _files(found)
    return found


def _files(found: dict[str, Any]) -> set[str]:
    return {name.partition(".")[0] for name in found}


def _relink(node: Any, file: str) -> Iterator[str]:
    """Make references point to components, in place; return the files that they pointed to."""
    if isinstance(node, list):
        for item in node:
            yield from _relink(item, file)
    elif isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            there, _, name = node["$ref"].partition("#/$defs/")
            home = there.removesuffix(".json") or file
            node["$ref"] = f"{_SCHEMAS}{home}.{name}"
            yield home
        for item in node.values():
            yield from _relink(item, file)
