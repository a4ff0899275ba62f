"""From errors to responses: an honest status, and one clear line, as plain text or as a problem document (RFC 9457)."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from careergraph.model.errors import CareergraphError
from careergraph.server.http.negotiation import chosen
from careergraph.server.http.problems import MEDIA_TYPE, problem, status

PLAIN = "text/plain"
_OFFERS = (PLAIN, MEDIA_TYPE, "application/json")


def refusal(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A response that says why a request is not answered."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return _response(request, body, headers or {})


async def on_error(request: Request, error: Exception) -> Response:
    """The response to one of careergraph's own errors."""
    assert isinstance(error, CareergraphError)
    body = problem(error)
    wait = getattr(error, "retry_after", 1)
    return _response(request, body, {"Retry-After": str(wait)} if status(error) == 503 else {})


async def on_http_exception(request: Request, error: Exception) -> Response:
    """The response to what Starlette or an endpoint refuses, and to OPTIONS."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if "Allow" not in headers:
        return refusal(request, error.status_code, error.detail, headers)
    allowed = {*headers["Allow"].split(", "), "OPTIONS"}
    headers["Allow"] = ", ".join(sorted(allowed))
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=headers)
    return refusal(request, 405, f"{request.method} is not possible here; use {headers['Allow']}.", headers)


async def on_client_gone(request: Request, error: Exception) -> Response:
    """Nobody is there to read this: it is not sent."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def unexpected(scope: Scope, receive: Receive, send: Send) -> None:
    """Log the exception that is being handled, and tell the client no more than that there is one."""
    logging.getLogger(__name__).exception("%s %s failed", scope["method"], scope["path"])
    response = refusal(Request(scope), 500, "Something went wrong in the server; its log tells more.")
    await response(scope, receive, send)


def _response(request: Request, body: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    wanted = chosen(request, _OFFERS) or PLAIN
    common = {"Vary": "Accept", "Cache-Control": "no-store", **headers}
    if wanted == PLAIN and not request.url.path.startswith("/api/"):
        return Response(f"{body['detail']}\n", body["status"], common, media_type=PLAIN)
    document = json.dumps(body, ensure_ascii=False, indent=2)
    return Response(document, body["status"], common, media_type=MEDIA_TYPE)
