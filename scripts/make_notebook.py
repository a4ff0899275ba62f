"""Run docs/notebook.ipynb anew and store what it shows.

python scripts/make_notebook.py
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"
_VERSION = 4


def read_notebook() -> dict[str, Any]:
    """The notebook as it is in its file."""
    found: dict[str, Any] = nbformat.read(NOTEBOOK, as_version=_VERSION)  # type: ignore[no-untyped-call]
    return found


def execute() -> dict[str, Any]:
    """The notebook with what its cells show now; what tells one machine or run from another is left out.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell does not run.
    """
    notebook = nbformat.read(NOTEBOOK, as_version=_VERSION)  # type: ignore[no-untyped-call]
    os.environ["CAREERGRAPH_DATA"] = os.devnull  # what this user has imported is not shown
    local = Config({"KernelManager": {"transport": "ipc"}})  # no port is opened
    NotebookClient(notebook, timeout=120, kernel_name="python3", record_timing=False, config=local).execute()
    notebook.metadata = {"language_info": {"name": "python"}}
    found: dict[str, Any] = notebook
    return found


def main() -> None:
    """Rewrite the notebook."""
    nbformat.write(execute(), NOTEBOOK)  # type: ignore[no-untyped-call]
    print(f"wrote {NOTEBOOK.name}")


if __name__ == "__main__":
    main()
