"""From errors to problem documents (RFC 9457): the status of an error, and its other members."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from inspect import isclass
from secrets import token_hex
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from careergraph.model import errors
from careergraph.model.errors import (
    BadFigure,
    CareergraphError,
    EndpointFailed,
    NoAnswer,
    NoRoute,
    NothingFound,
    QueryStopped,
    QueryTimedOut,
    QueryTooHeavy,
    ServerBusy,
    UnknownKind,
    UnknownName,
    UnknownQuery,
    UnreadableFile,
    UnusableDataset,
    WrongCall,
)
from careergraph.model.escaping import to_safe_line
from careergraph.server.http.negotiation import choose

MEDIA_TYPE = "application/problem+json"
#: Where each type of problem is described: its name comes after this.
PLACE = "/api#"

#: Error → HTTP status. An error that is not here has the status of the nearest class that it derives from.
STATUS: Mapping[type[CareergraphError], int] = {
    WrongCall: 400,
    UnknownName: 404,
    UnknownKind: 404,
    UnknownQuery: 404,
    NoAnswer: 422,
    NoRoute: 404,
    NothingFound: 404,
    QueryTooHeavy: 422,
    QueryStopped: 503,
    ServerBusy: 503,
    QueryTimedOut: 504,
    # The caller cannot correct errors in the data.
    BadFigure: 500,
    UnreadableFile: 500,
    UnusableDataset: 500,
    EndpointFailed: 502,
}


def find_status(error: CareergraphError) -> int:
    """The HTTP status of an error.

    >>> find_status(NothingFound("x"))
    404
    """
    return find_status_of(type(error))


def find_status_of(class_: type[CareergraphError]) -> int:
    """The HTTP status of a type of error."""
    return next((STATUS[known] for known in class_.__mro__ if known in STATUS), 500)


def list_types() -> tuple[type[CareergraphError], ...]:
    """All types of problem, in alphabetical order; not the groups that they form.

    >>> UnknownName in list_types(), WrongCall in list_types()
    (True, False)
    """
    found = [class_ for class_ in vars(errors).values() if isclass(class_) and issubclass(class_, CareergraphError)]
    leaves = [class_ for class_ in found if class_ not in (CareergraphError, WrongCall, NoAnswer)]
    return tuple(sorted(leaves, key=to_slug))


def to_slug(class_: type[CareergraphError]) -> str:
    """The name of a type of problem, as its address has it.

    >>> to_slug(UnknownName)
    'unknown-name'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", class_.__name__).lower()


def find_title(class_: type[CareergraphError]) -> str:
    """The title of a type of problem, the same for every occurrence.

    >>> find_title(NothingFound)
    'A search has no result'
    """
    return (class_.__doc__ or class_.__name__).partition("\n")[0].rstrip(".")


def make_problem(error: CareergraphError) -> dict[str, Any]:
    """The problem document of an error; the error's other attributes follow the members of RFC 9457.

    >>> found = make_problem(UnknownName("ML enginer", kinds=(), suggestions=("ML engineer",)))
    >>> found["status"], found["suggestions"]
    (404, ['ML engineer'])
    """
    carried = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(error).items()}
    kind = type(error)
    detail = str(error)
    if isinstance(error, QueryTimedOut):  # clients of a server have no option to allow more
        detail = f"There was no answer within {error.seconds:g} s; ask for less at a time."
    members = {"type": PLACE + to_slug(kind), "title": find_title(kind), "status": find_status(error), "detail": detail}
    return {**members, **carried, **members}


PLAIN = "text/plain"
_OFFERS = (PLAIN, MEDIA_TYPE, "application/json")


def make_refusal(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A response that says why a request is not answered."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return _response(request, body, headers or {})


async def on_error(request: Request, error: Exception) -> Response:
    """The response to one of careergraph's own errors."""
    assert isinstance(error, CareergraphError)
    if isinstance(error, BadFigure):
        log_bad_figure(request, error)
    body = make_problem(error) if find_status(error) != 500 or isinstance(error, BadFigure) else _report(request, error)
    wait = getattr(error, "retry_after", 1)
    return _response(request, body, {"Retry-After": str(wait)} if find_status(error) == 503 else {})


def _report(request: Request, error: CareergraphError) -> dict[str, Any]:
    """Log an error in the data or the program; the client only gets a number to quote."""
    number = getattr(error, "number", None) or token_hex(4)
    trace = getattr(error, "trace", "")
    logging.getLogger(__name__).error(
        "Number %s: %s %s: %s\n%s", number, request.method, to_safe_line(request.url.path), error, trace
    )
    detail = f"Something is wrong in the server or with its data; its log tells more under number {number}."
    kind = type(error)
    return {"type": PLACE + to_slug(kind), "title": find_title(kind), "status": 500, "detail": detail, "number": number}


def log_bad_figure(request: Request, error: BadFigure) -> None:
    """Log a figure that whoever serves the data can correct; the client is told the same, since no path is in it."""
    logging.getLogger(__name__).error("%s %s: %s", request.method, to_safe_line(request.url.path), error)


async def on_http_exception(request: Request, error: Exception) -> Response:
    """The response to requests that Starlette or an endpoint refuses, and to OPTIONS."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if "Allow" not in headers:
        return make_refusal(request, error.status_code, error.detail, headers)
    allowed = {*headers["Allow"].split(", "), "OPTIONS"}
    headers["Allow"] = ", ".join(sorted(allowed))
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=headers)
    return make_refusal(request, 405, f"{request.method} is not possible here; use {headers['Allow']}.", headers)


async def on_client_gone(request: Request, error: Exception) -> Response:
    """Nobody is there to read this: it is not sent."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def log_unexpected(scope: Scope, receive: Receive, send: Send) -> None:
    """Log the exception that is being handled; the client only gets a number to quote."""
    number = token_hex(4)
    logging.getLogger(__name__).exception(
        "Number %s: %s %s failed", number, scope["method"], to_safe_line(scope["path"])
    )
    response = make_refusal(
        Request(scope), 500, f"Something went wrong in the server; its log tells more under {number}."
    )
    await response(scope, receive, send)


def _response(request: Request, body: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    wanted = choose(request, _OFFERS) or PLAIN
    common = {"Vary": "Accept", "Cache-Control": "no-store", **headers}
    if wanted == PLAIN and not request.url.path.startswith("/api/"):
        return Response(f"{body['detail']}\n", body["status"], common, media_type=PLAIN)
    document = json.dumps(body, ensure_ascii=False, indent=2)
    return Response(document, body["status"], common, media_type=MEDIA_TYPE)
