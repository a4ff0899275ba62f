"""What an agent sends that is no message is answered as well: it would wait for ever otherwise."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mcp.shared.message import SessionMessage
from mcp_types import INVALID_REQUEST, JSONRPC_VERSION, PARSE_ERROR, ErrorData, JSONRPCError

if TYPE_CHECKING:
    from types import TracebackType

    from mcp.shared._stream_protocols import ReadStream, WriteStream

_NO_JSON = "This is not JSON."
_NO_MESSAGE = "This is not a message of JSON-RPC 2.0, or holds half a character (a lone surrogate)."


class Answering:
    """The messages of a client, without what is none: that gets an error, under its number where it has one.

    Args:
        requests: what the client sends, and an exception for whatever cannot be read.
        replies: where answers go.
    """

    def __init__(self, requests: ReadStream[SessionMessage | Exception], replies: WriteStream[SessionMessage]) -> None:
        self._requests, self._replies = requests, replies

    async def receive(self) -> SessionMessage | Exception:
        """The next message."""
        while isinstance(item := await self._requests.receive(), Exception):
            await self._replies.send(SessionMessage(refuse(item)))
        return item

    async def aclose(self) -> None:
        """Read no more."""
        await self._requests.aclose()

    def __aiter__(self) -> Answering:
        return self

    async def __anext__(self) -> SessionMessage | Exception:
        from anyio import EndOfStream

        try:
            return await self.receive()
        except EndOfStream:
            raise StopAsyncIteration from None

    async def __aenter__(self) -> Answering:
        await self._requests.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return await self._requests.__aexit__(kind, error, trace)


def refuse(error: Exception) -> JSONRPCError:
    """The answer to what could not be read.

    >>> refuse(ValueError("no JSON")).error.message
    'This is not JSON.'
    """
    found = None
    code, said = PARSE_ERROR, _NO_JSON
    with suppress(ValueError, RecursionError):
        found = _sent(error)
        code, said = INVALID_REQUEST, _NO_MESSAGE
    number = found.get("id") if isinstance(found, dict) else None
    known = type(number) is int or (isinstance(number, str) and number.isprintable())
    about = ErrorData(code=code, message=said)
    return JSONRPCError(jsonrpc=JSONRPC_VERSION, id=number if known else None, error=about)


def _sent(error: Exception) -> object:
    """What a client sent, as far as pydantic's error has it: a line that is no JSON to it, or what is wrong in one."""
    faults: list[dict[str, Any]] = error.errors() if hasattr(error, "errors") else [{"type": "json_invalid"}]
    if faults[0]["type"] == "json_invalid":
        return json.loads(faults[0].get("input", ""))
    return next((fault["input"] for fault in faults if isinstance(fault["input"], dict)), None)
