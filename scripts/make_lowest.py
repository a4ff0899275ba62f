"""Write tests/lowest.txt: a release of every package, the lowest that pyproject.toml allows of those it names.

    python scripts/make_lowest.py          # needs uv and a package index

What pyproject.toml does not name is the newest that goes with those. The tests pass with

    pip install --constraint tests/lowest.txt --editable '.[test]'
"""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOWEST = ROOT / "tests" / "lowest.txt"
HEAD = "# Made by scripts/make_lowest.py from pyproject.toml: what the tests pass with on the lowest Python, too.\n"
OPTIONS = ("--resolution", "lowest-direct", "--all-extras", "--python-version", "3.11", "--no-header", "--no-annotate")


def main() -> None:
    """Resolve and write."""
    command = ["uv", "pip", "compile", "--quiet", "--no-emit-index-url", *OPTIONS, "pyproject.toml"]
    found = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    LOWEST.write_text(HEAD + found, encoding="utf-8")
    print(f"wrote {LOWEST.relative_to(ROOT)}: {len(found.splitlines())} packages")


if __name__ == "__main__":
    main()
