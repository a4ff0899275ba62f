"""The data set that a benchmark asks: one that an import of O*NET has made, or makes for the time."""

from __future__ import annotations

import subprocess
import sys

from careergraph.store.datasets import is_imported


def find_imported(path: str, folder: str) -> str:
    """The folder of a data set.

    Args:
        path: O*NET's text download (a zip or a folder), or the folder of a data set that an import has made of it.
        folder: where it is imported to in the first case; a temporary one.

    Returns:
        The path itself in the second case, else the new data set's folder.

    Raises:
        subprocess.CalledProcessError: the import did not end well; it has said why.
    """
    if is_imported(path):
        return path
    made = f"{folder}/onet"
    command = [sys.executable, "-m", "careergraph", "import", "onet", path, "--output", made]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return made
