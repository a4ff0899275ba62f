"""All of O*NET, imported once for all tests of this folder; pages of the documentation go on with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import careergraph
from page_shell import alone
from shared_data import shared_file


@pytest.fixture(scope="session")
def imported_onet(shared_folder: Path) -> Path:
    """The folder of a data set made of all of O*NET by the command that pages show; they get copies of it.

    That takes most of a minute. Whoever comes second finds it there.
    """
    source, kept = shared_file("onet/db_29_3_text.zip"), shared_folder / "onet"
    with alone(shared_folder):
        if not kept.exists():
            done = careergraph("import", "onet", str(source), "--output", str(kept), seconds=600)
            assert done.returncode == 0, done.stderr
    return kept
