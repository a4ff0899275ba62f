"""Whatever an agent sends is answered, also what is no message, so that it never waits for ever."""

from __future__ import annotations

import anyio
import pytest
from mcp.shared.message import SessionMessage
from mcp_types import JSONRPCNotification, jsonrpc_message_adapter
from pydantic import ValidationError

from careergraph.server.mcp.unreadable import Answering, refuse


def fault(line: str) -> Exception:
    """What the reader of a line raises."""
    with pytest.raises(ValidationError) as raised:
        jsonrpc_message_adapter.validate_json(line, by_name=False)
    return raised.value


@pytest.mark.parametrize(
    ("line", "number", "code"),
    [
        ('{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"\\ud800"}}', 7, -32600),
        ('{"jsonrpc":"2.0","id":"a"}', "a", -32600),
        ('{"jsonrpc":"2.0","id":"\\ud800","method":5}', None, -32600),
        ('{"jsonrpc":"2.0","id":true}', None, -32600),
        ("[]", None, -32600),
        ("{", None, -32700),
        ("[" * 100_000, None, -32700),
    ],
)
def test_what_is_no_message_gets_an_error_under_its_number(line: str, number: object, code: int) -> None:
    found = refuse(fault(line))
    assert (found.id, found.error.code) == (number, code)
    found.model_dump_json()


def test_messages_pass_and_what_is_none_is_answered_at_once() -> None:
    async def scenario() -> None:
        sending, requests = anyio.create_memory_object_stream[SessionMessage | Exception](3)
        replies, answers = anyio.create_memory_object_stream[SessionMessage](3)
        message = SessionMessage(JSONRPCNotification(jsonrpc="2.0", method="x"))
        for item in (fault("{"), message):
            await sending.send(item)
        sending.close()
        async with Answering(requests, replies) as answering, answers, replies:
            assert [item async for item in answering] == [message]
            assert answers.receive_nowait().message.model_dump()["error"]["code"] == -32700

    anyio.run(scenario)
