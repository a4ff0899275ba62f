"""The process that answers questions has what it needs before it gives up its files."""

from __future__ import annotations

import ast
from io import BytesIO
from pathlib import Path

import pytest

import careergraph.api
from careergraph.model.errors import UnusableDataset
from careergraph.server.workers import question_worker
from careergraph.server.workers.question_worker import _LATER
from careergraph.sparql.isolation.messages import read_message, write_message
from careergraph.store.locations import list_dataset_files

#: What only methods import that no question calls: queries have workers of their own, and neither NetworkX nor what is
#: made of it is served.
NOT_ASKED = {
    "careergraph.rdf.data_frames",
    "careergraph.sparql.run",
    "careergraph.store.oxigraph",
    "careergraph.transitions.multigraph",
    "careergraph.transitions.pyvis_network",
}


def test_what_the_front_door_imports_when_it_is_asked_is_imported_before() -> None:
    tree = ast.parse(Path(careergraph.api.__file__).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    imports = [node for function in functions for node in ast.walk(function) if isinstance(node, ast.ImportFrom)]
    needed = {str(node.module) for node in imports} - NOT_ASKED
    assert needed <= {*_LATER, "careergraph.model.errors", "careergraph.transitions.routes"}


def test_damage_that_is_met_while_it_gets_ready_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(_: object) -> None:
        raise UnusableDataset("data", "its index is damaged; import it again")

    monkeypatch.setattr(question_worker, "leave_the_terminal", lambda: None)
    monkeypatch.setattr(question_worker, "_miss", damaged)
    requests, replies = BytesIO(), BytesIO()
    write_message(requests, {"files": list(list_dataset_files()), "memory": 1, "largest": 1, "niceness": 0})
    requests.seek(0)
    question_worker.serve(requests, replies)
    replies.seek(0)
    header, _ = read_message(replies)
    assert header["error"] == "UnusableDataset"
