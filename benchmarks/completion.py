"""How long a Tab takes: whole processes that complete a command line, and `python -c "import click"`, in turn.

    python benchmarks/completion.py [--onet PATH] [--rounds 15] [--limit 2]

With PATH, O*NET's official archive (imported for the time) or the folder of a data set that an import has made, names
are completed from the bundled data joined with it, too. Ends with exit code 1 if a ratio of medians exceeds the limit.
What a shell adds is not measured: it is the same for every program.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

# From the checkout and not from this folder: a file here is called html.py, and is not the standard library's.
sys.path[:] = [str(Path(__file__).parents[1]), *(place for place in sys.path if place != str(Path(__file__).parent))]

from benchmarks.cold_start import BASELINE, CAREERGRAPH, compare
from benchmarks.onet import find_imported
from benchmarks.reporting import add_format, reporting

#: What is typed, as zsh hands it over: words, and the one at the cursor last.
TYPED = {
    "command": [""],
    "option": ["path", "--"],
    "skill": ["show", "pyt"],
    "role": ["path", "consultant", "mach"],
    "any name": ["show", ""],
}
WITH_ONET = {
    "O*NET role": ["path", "regi"],
    "O*NET letter": ["show", "s"],
    "O*NET any": ["show", ""],
}


def main() -> int:
    """Measure, print a table, compare with the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--limit", type=float, default=2.0)
    parser.add_argument("--onet", metavar="PATH")
    add_format(parser)
    options = parser.parse_args()
    # An installed package has its modules compiled, whatever is the case with the checkout.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder, reporting(options.format) as report:
        # Nobody's own data sets are to be measured.
        os.environ["CAREERGRAPH_DATA"] = folder
        asked = dict(TYPED)
        if options.onet:
            joined = ["--dataset", "bundled", "--dataset", find_imported(options.onet, folder)]
            asked |= {name: [words[0], *joined, *words[1:]] for name, words in WITH_ONET.items()}
        os.environ["_CAREERGRAPH_COMPLETE"] = "zsh"
        commands = {"import click": BASELINE} | {name: [CAREERGRAPH, *words] for name, words in asked.items()}
        compare(commands, options.rounds, options.limit, report)
    return int(not report.met)


if __name__ == "__main__":
    sys.exit(main())
