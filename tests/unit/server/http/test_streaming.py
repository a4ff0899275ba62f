"""Large answers go out in pieces, and not without bound for all of them together."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.requests import ClientDisconnect

from careergraph.model.errors import ServerBusy
from careergraph.server.http.streaming import PIECE, BegunPage, InFlight
from loops import run


def sent(response: Any) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        messages.append(message)

    run(response({"type": "http"}, None, send))
    return messages


@pytest.mark.parametrize("length", [0, 1, PIECE, PIECE + 1, 3 * PIECE])
def test_an_answer_arrives_whole(length: int) -> None:
    content = bytes(range(256)) * (length // 256) + b"x" * (length % 256)
    flight = InFlight()
    start, *pieces = sent(flight.response(content, {"Vary": "Accept"}, "text/csv"))
    assert dict(start["headers"])[b"content-length"] == str(length).encode()
    assert b"".join(piece["body"] for piece in pieces) == content
    assert max(len(piece["body"]) for piece in pieces) <= PIECE
    assert not pieces[-1].get("more_body")
    assert flight.bytes == 0


def test_what_is_on_its_way_has_a_bound_and_one_answer_is_always_let_out() -> None:
    flight, large = InFlight(4 * PIECE), bytes(3 * PIECE)
    first = flight.response(large, {}, "text/csv")
    with pytest.raises(ServerBusy):
        flight.response(large, {}, "text/csv")
    assert flight.response(b"small", {}, "text/csv").status_code == 200
    sent(first)
    assert flight.response(bytes(5 * PIECE), {}, "text/csv").status_code == 200


def test_a_client_that_leaves_gives_back_what_was_on_its_way() -> None:
    flight = InFlight()
    response = flight.response(bytes(3 * PIECE), {}, "text/csv")

    async def gone(message: Any) -> None:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        run(response({"type": "http"}, None, gone))  # type: ignore[arg-type]
    assert flight.bytes == 0


def test_a_page_begins_before_its_answer_is_there() -> None:
    heard: list[str] = []

    async def rest() -> bytes:
        heard.append("worked")
        return b"the answer"

    async def send(message: Any) -> None:
        heard.append(message.get("body", b"head").decode())

    run(BegunPage(b"the beginning", rest())({"type": "http"}, None, send))  # type: ignore[arg-type]
    assert heard == ["head", "the beginning", "worked", "the answer"]


def test_a_page_that_has_begun_ends_with_the_client_that_leaves() -> None:
    async def rest() -> bytes:
        raise ClientDisconnect

    head, beginning = sent(BegunPage(b"the beginning", rest()))
    assert b"content-length" not in dict(head["headers"])
    assert beginning["more_body"]
