"""The JSON API: each question of the table at an address of its own, and their description."""

from __future__ import annotations

import json
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from careergraph.server.api.openapi import document
from careergraph.server.api.questions import QUESTIONS, Question, parse_query_string
from careergraph.server.context import Context
from careergraph.server.http.client_gone import wait_unless_client_leaves

OPENAPI = "/api/openapi.json"
JSON = "application/json"


def routes(context: Context) -> list[Route]:
    """The endpoints of the API."""
    description = json.dumps(document(), indent=2, ensure_ascii=False).encode()
    return [
        *(Route(f"/api/{name}", partial(endpoint, context, question)) for name, question in QUESTIONS.items()),
        Route(OPENAPI, partial(describe_api, description)),
    ]


async def endpoint(context: Context, question: Question, request: Request) -> Response:
    """Answer a question, with what the command of its name prints for `--format json`.

    Raises:
        BadParameter: a parameter is unknown or missing, or cannot have its value.
        CareergraphError: whatever `careergraph.server.workers.questions.Questions.ask` and `Pool.run` raise.
    """
    values = parse_query_string(question, request.query_params.multi_items())
    seconds = context.settings.timeout
    answer = context.questions.run(lambda questions: questions.ask(question.name, values, seconds=seconds))
    content = await wait_unless_client_leaves(request, answer)
    return Response(content, headers={"Cache-Control": "no-cache"}, media_type=JSON)


async def describe_api(description: bytes, request: Request) -> Response:
    """The description of the API in OpenAPI 3.1."""
    return Response(description, headers={"Cache-Control": "no-cache"}, media_type=JSON)
