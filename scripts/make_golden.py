"""Write anew what commands print, wherever it is shown: in tests/golden, the README, docs/ and the other pages.

A golden file begins with the command, `$ careergraph …`; what follows is what it prints. Pages are worked through as
their tests do it, block by block, and the output that they show is replaced by what came out.

    python scripts/make_golden.py             # everything
    python scripts/make_golden.py docs/x.md   # these pages only
"""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner

from careergraph.cli import cli
from page_blocks import PAGES, ROOT, with_texts
from page_reader import read_page
from page_shell import NotHere

GOLDEN = ROOT / "tests" / "golden"


def print_answer(command: str) -> str:
    """What a command line prints to stdout; it has to succeed."""
    _, _, *arguments = shlex.split(command)
    return CliRunner().invoke(cli, arguments, catch_exceptions=False).stdout


def rewrite(page: Path, folder: Path, given: Path) -> list[str]:
    """Put what comes out of a page's blocks into the page; the result is what went wrong."""
    read = list(read_page(page, folder, given))
    texts = {block: text for block, text in read if isinstance(text, str) and text != block.text}
    if texts:
        page.write_text(with_texts(page, texts), encoding="utf-8", newline="\n")
        print(f"wrote {page.relative_to(ROOT)}")
    skipped = [f"{block}: left as it is, for want of {text}" for block, text in read if isinstance(text, NotHere)]
    print(*skipped, sep="\n", end="\n" if skipped else "")
    return [f"{block}: {text}" for block, text in read if isinstance(text, Exception) and not isinstance(text, NotHere)]


def main(arguments: list[str]) -> int:
    """Rewrite the pages that are named, or else every golden file and every page."""
    pages = [Path(name).resolve() for name in arguments] or PAGES
    os.environ["CAREERGRAPH_DATA"] = os.devnull  # what this user has imported is not shown
    for path in [] if arguments else sorted(GOLDEN.glob("*.txt")):
        command = path.read_text(encoding="utf-8").partition("\n")[0]
        path.write_text(f"{command}\n{print_answer(command)}", encoding="utf-8", newline="\n")
    with tempfile.TemporaryDirectory() as folder:
        faults = [
            fault
            for number, page in enumerate(pages)
            for fault in rewrite(page, Path(folder, str(number)), Path(folder, "given"))
        ]
    print(*faults, sep="\n", file=sys.stderr, end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
