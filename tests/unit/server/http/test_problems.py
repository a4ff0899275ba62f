"""What is wrong with a server or its data is whole in its log, and neutral to its clients."""

from __future__ import annotations

import json
import logging

import pytest
from starlette.requests import Request

from careergraph.model.errors import BadFigure, CareergraphError, UnexpectedFault, UnreadableFile, UnusableDataset
from careergraph.server.http.problems import on_error
from careergraph.sparql.isolation.messages import as_header, to_error
from loops import run

SECRET = "/srv/secret-client/mine.ttl"


def told(error: CareergraphError) -> dict[str, object]:
    scope = {"type": "http", "method": "GET", "path": "/api/search", "headers": [], "query_string": b""}
    response = run(on_error(Request(scope), error))
    assert response.status_code == 500
    found: dict[str, object] = json.loads(bytes(response.body))
    return found


def fault() -> UnexpectedFault:
    try:
        raise TypeError(f"not a text in {SECRET}")
    except TypeError as error:
        return UnexpectedFault.of(error)


@pytest.mark.parametrize(
    "error", [UnreadableFile(path=SECRET, reason="gone"), UnusableDataset(SECRET, "its store is damaged"), fault()]
)
def test_clients_get_a_number_and_no_path_and_the_log_has_both(
    error: CareergraphError, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        found = told(error)
    assert "secret" not in json.dumps(found)
    assert f"number {found['number']}" in str(found["detail"])
    assert f"Number {found['number']}: GET /api/search: " in caplog.text
    assert SECRET in caplog.text


def test_no_address_controls_the_terminal_that_the_log_is_read_in(caplog: pytest.LogCaptureFixture) -> None:
    address = "/id/\x1b]0;owned\x07\nNumber 1: GET /"
    scope = {"type": "http", "method": "GET", "path": address, "headers": [], "query_string": b""}
    with caplog.at_level(logging.ERROR):
        run(on_error(Request(scope), UnreadableFile(path=SECRET, reason="gone")))
    assert caplog.text.count("\n") == 2
    assert "\x1b" not in caplog.text


def test_a_fault_of_a_worker_comes_with_its_trace(caplog: pytest.LogCaptureFixture) -> None:
    arrived = to_error(json.loads(json.dumps(as_header(fault()))))
    with caplog.at_level(logging.ERROR):
        told(arrived)
    assert "Traceback (most recent call last)" in caplog.text
    assert "raise TypeError" in caplog.text


def test_a_figure_that_is_none_is_told_with_its_node_in_the_log_too(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert told(BadFigure(node="urn:a", predicate="urn:weight", value="x"))["node"] == "urn:a"
    assert "GET /api/search: urn:weight of urn:a is 'x', not a number" in caplog.text
