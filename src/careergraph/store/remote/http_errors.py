"""What can go wrong between here and an endpoint, in words that say what to do."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from careergraph.model.errors import BadQuery, CareergraphError, EndpointFailed
from careergraph.model.escaping import to_safe_line
from careergraph.store.remote.address import Address

if TYPE_CHECKING:
    import httpx

_STATUS = {
    206: "it gives a part of the answer only",
    401: "it wants a user name and a password, or others than those given; write them into the address: "
    "https://user:password@host/path",
    403: "it refuses",
    404: "there is nothing at this address; the path is often /sparql or /query",
    405: "queries cannot be posted to this address; the path is often /sparql or /query",
    406: "it offers none of the formats that SPARQL 1.1 names",
    407: "the proxy in between wants a user name and a password",
    413: "the query is too long for it",
    415: "it takes no queries that are posted as a form, as SPARQL 1.1 has them",
    429: "it is asked too much",
    503: "it is overloaded or down",
}


def explain_connection_fault(error: httpx.HTTPError) -> str:
    """Why there is no connection, or no answer on it."""
    import httpx

    if isinstance(error, httpx.ConnectTimeout):
        return "there was no connection in time; is the address right, and the server up?"
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not to be trusted ({cause.verify_message})"
        if isinstance(cause, ssl.SSLError):
            return "no secure connection came about; does the server speak https at this port?"
        if isinstance(cause, socket.gaierror):
            return "its name is unknown; is the address right, and this machine online?"
        if isinstance(cause, ConnectionRefusedError):
            return "the connection was refused; is the server up, and the port right?"
    if isinstance(error, httpx.ConnectError):
        return f"there is no connection ({to_safe_line(str(error)) or type(error).__name__})"
    return "the connection broke off before the answer began"


def is_transient(error: httpx.HTTPError) -> bool:
    """Whether the same request may succeed in a moment: it was refused, or cut off before the answer began."""
    import httpx

    if isinstance(error, httpx.ConnectError):
        return any(isinstance(cause, ConnectionRefusedError | ConnectionResetError) for cause in _causes(error))
    return isinstance(error, httpx.ReadError | httpx.WriteError | httpx.CloseError | httpx.RemoteProtocolError)


def explain_status(address: Address, status: int, headers: Mapping[str, str], text: str) -> CareergraphError:
    """The error for an answer whose status is not 200.

    Args:
        address: the endpoint.
        status: the status.
        headers: the headers of the answer.
        text: its body.
    """
    said = _first_line(text) if status >= 400 and not _is_page(headers, text) else ""
    if status == HTTPStatus.BAD_REQUEST:
        return BadQuery(f"the endpoint says: {said}" if said else "the endpoint refuses it and does not say why")
    known = _STATUS.get(status, "it failed" if status >= 500 else "it answers with a status that means no result")
    wait = retry_delay(headers)
    later = f"; it asks to come back in {wait:g} s" if wait else ""
    words = f": {said}" if said else ""
    return EndpointFailed(address.shown, f"{known} ({status} {_phrase(status)}{words}){later}")


def retry_delay(headers: Mapping[str, str]) -> float | None:
    """The seconds that a server asks to wait by Retry-After, a number or a date; None if it does not ask.

    >>> retry_delay({"Retry-After": "7"}), retry_delay({"Retry-After": "soon"}), retry_delay({})
    (7.0, None, None)
    """
    asked = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", asked):
        return float(asked)
    try:
        left = parsedate_to_datetime(asked) - datetime.now(UTC)
    except (ValueError, TypeError):
        return None
    return max(0.0, round(left.total_seconds(), 1))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        if isinstance(error, BaseExceptionGroup):  # one attempt for each address that a name stands for
            yield from (cause for one in error.exceptions for cause in _causes(one))
        error = error.__cause__ or error.__context__


def _is_page(headers: Mapping[str, str], text: str) -> bool:
    return "html" in headers.get("Content-Type", "").lower() or text.lstrip().startswith(("<!", "<html"))


def _first_line(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return to_safe_line(next(filter(None, lines), ""), longest=300)


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "unknown status"
