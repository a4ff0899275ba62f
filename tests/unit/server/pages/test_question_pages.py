"""Pages that ask begin before a slow answer is there, and say with their status what is asked of nothing."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import CareergraphError, UnknownName
from careergraph.server.pages import question_pages
from careergraph.server.pages.question_pages import _answered
from loops import run

ANSWER = b"<h2>Three roles</h2>"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load("bundled")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_pages, "PATIENCE", 0.01)


def ask(catalogue: Catalogue, place: str, query: str, answer: bytes | CareergraphError, *, slow: bool) -> Any:
    """The response to a question whose answer is this one, at once or after a while."""

    async def work(_: object) -> bytes:
        await asyncio.sleep(0.1 if slow else 0)
        if isinstance(answer, CareergraphError):
            raise answer
        return answer

    async def nothing() -> None:
        return

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def asked() -> Any:
        context = SimpleNamespace(
            wait_until_ready=nothing, settings=SimpleNamespace(timeout=5), questions=SimpleNamespace(run=work)
        )
        site: Any = SimpleNamespace(context=context, catalogue=catalogue)
        scope = {"type": "http", "method": "GET", "headers": [], "query_string": query.encode()}
        response: Any = await _answered(place, site, Request(scope, receive))
        sent: list[bytes] = []

        async def send(message: Any) -> None:
            sent.append(message.get("body", b""))

        await response(scope, receive, send)
        response.body = b"\0".join(sent[1:])
        return response

    return run(asked())


def test_a_slow_answer_follows_the_beginning_of_its_page(catalogue: Catalogue) -> None:
    response = ask(catalogue, "/reach", "origin=nurse", ANSWER, slow=True)
    beginning, rest = bytes(response.body).split(b"\0")
    assert b"<h1>Within reach from nurse</h1>" in beginning
    assert b"Working it out" in beginning
    assert rest.lstrip().startswith(ANSWER)
    assert rest.rstrip().endswith(b"</html>")
    assert rest.count(b"<h1>") == rest.count(b"Working it out") == 0


def test_a_quick_answer_comes_with_the_whole_page(catalogue: Catalogue) -> None:
    response = ask(catalogue, "/reach", "origin=nurse", ANSWER, slow=False)
    assert ANSWER in response.body
    assert b"Working it out" not in response.body
    assert response.body.count(b"\0") == 0


def test_what_is_misspelt_is_refused_with_its_own_status_however_long_it_takes(catalogue: Catalogue) -> None:
    error = UnknownName("sofware enginer", kinds=("background",), suggestions=("Software engineer",))
    assert ask(catalogue, "/reach", "origin=sofware+enginer", error, slow=True).status_code == 404


def test_what_cannot_be_answered_after_all_is_told_on_the_page(catalogue: Catalogue) -> None:
    error = UnknownName("nurse", kinds=("background",), suggestions=("Nurse",))
    response = ask(catalogue, "/reach", "origin=nurse", error, slow=True)
    assert response.status_code == 200
    assert b"There is no answer" in response.body
