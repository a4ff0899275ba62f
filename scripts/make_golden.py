"""Write anew what commands print, wherever it is shown: in tests/golden, the README and docs/.

A golden file begins with the command, `$ careergraph …`; what follows is what it prints. So does a console block.

    python scripts/make_golden.py
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from careergraph.cli import cli

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "ontology" / "README.md")
CONSOLE = re.compile(r"(?<=^```console\n)(\$ careergraph [^\n]*)\n(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)


def printed(command: str) -> str:
    """What a command line prints to stdout; it has to succeed."""
    _, _, *arguments = shlex.split(command)
    return CliRunner().invoke(cli, arguments, catch_exceptions=False).stdout


def main() -> None:
    """Rewrite every golden file and every console block."""
    os.environ["CAREERGRAPH_DATA"] = os.devnull  # what this user has imported is not shown
    for path in sorted(GOLDEN.glob("*.txt")):
        command = path.read_text(encoding="utf-8").partition("\n")[0]
        path.write_text(f"{command}\n{printed(command)}", encoding="utf-8")
        print(f"wrote {path.name}")
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        path.write_text(CONSOLE.sub(lambda block: f"{block[1]}\n{printed(block[1])}", text), encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
