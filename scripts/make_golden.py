"""Write the expected output of every command in tests/golden anew.

Each file there begins with the command, `$ careergraph …`; what follows is what it prints.

    python scripts/make_golden.py
"""

from __future__ import annotations

import shlex
from pathlib import Path

from click.testing import CliRunner

from careergraph.cli import cli

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"


def printed(command: str) -> str:
    """What a command line prints to stdout; it has to succeed."""
    _, _, *arguments = shlex.split(command)
    return CliRunner().invoke(cli, arguments, catch_exceptions=False).stdout


def main() -> None:
    """Rewrite every file."""
    for path in sorted(GOLDEN.glob("*.txt")):
        command = path.read_text(encoding="utf-8").partition("\n")[0]
        path.write_text(f"{command}\n{printed(command)}", encoding="utf-8")
        print(f"wrote {path.name}")


if __name__ == "__main__":
    main()
