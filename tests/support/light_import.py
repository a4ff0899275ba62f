"""The command line with imports that store what they read and nothing else: installing takes no more to be tested.

The bundled data would be stored beside it, and transitions derived, which is nearly all of the time that it takes.

    python tests/support/light_import.py import onet FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyoxigraph

from careergraph.cli import run
from careergraph.importing.dataset import build

#: Begins a command in a process of its own.
LIGHT = (sys.executable, __file__)


def derive_nothing(_: Path, network: Path) -> list[object]:
    """No computed steps."""
    network.mkdir()
    return []


#: Name in `careergraph.importing.dataset.build` → what stands for it.
LIGHTER = {"begin_store": pyoxigraph.Store, "_derive": derive_nothing}


def lighten() -> None:
    """Have this process import so from now on."""
    for name, function in LIGHTER.items():
        setattr(build, name, function)


if __name__ == "__main__":
    lighten()
    run()
