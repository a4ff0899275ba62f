"""The process that answers questions has what it needs before it gives up its files."""

from __future__ import annotations

import ast
from pathlib import Path

import careergraph.api
from careergraph.server.workers.question_worker import _LATER

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
