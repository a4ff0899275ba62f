"""How long an import of O*NET takes and how much memory, beside rdflib merely parsing the same triples.

    python benchmarks/import.py PATH [--format json]     # the text download, a zip archive or a folder

Both run in a process of their own, one after the other: first `careergraph import onet PATH` into a temporary folder,
with everything that it stores and derives; then `rdflib.Graph().parse(...)` on the same triples as N-Triples. Exit code
1 if the import takes longer than rdflib, or more than 1 GB of resident memory.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import pyoxigraph

from careergraph.datasets import manifest, snapshot

MOST_BYTES = 1_000_000_000
IMPORT = "from careergraph.cli import run; run()"
PARSE = "import sys, rdflib; rdflib.Graph().parse(sys.argv[1], format='nt')"


class Cost(NamedTuple):
    """What a process took: seconds by the clock and of the processors, and its peak of resident memory in bytes."""

    seconds: float
    processor: float
    memory: int

    def line(self, name: str) -> str:
        """As a row of a table."""
        return f"{name:<10}{self.seconds:7.1f} s {self.processor:7.1f} s of processors {self.memory / 1e6:7,.0f} MB"


def measured(code: str, *arguments: str) -> Cost:
    """What a process takes that runs some code; what it prints on standard output is thrown away."""
    began = time.perf_counter()
    with Path(os.devnull).open("wb") as nothing:
        files = [(os.POSIX_SPAWN_DUP2, nothing.fileno(), 1)]
        command = [sys.executable, "-c", code, *arguments]
        child = os.posix_spawn(sys.executable, command, os.environ, file_actions=files)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{command[3:]} ended with status {status}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale)


def write_triples(dataset: str, path: Path) -> int:
    """Write what a data set's own graphs say as N-Triples, each triple once; returns their number."""
    store = pyoxigraph.Store.read_only(f"{snapshot(dataset)}/store")
    number = 0
    with path.open("wb") as file:
        for graph in manifest(dataset).graphs:
            quads = store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph))
            for quad in quads:
                file.write(f"{quad.triple} .\n".encode())
                number += 1
    return number


def main(arguments: list[str]) -> int:
    """Measure, print, and judge; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", help="the text download of O*NET")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        dataset, triples = f"{folder}/onet", Path(folder, "onet.nt")
        ours = measured(IMPORT, "import", "onet", given.path, "--output", dataset)
        number = write_triples(dataset, triples)
        theirs = measured(PARSE, str(triples))
    ratio = ours.seconds / theirs.seconds
    if given.format == "json":
        found = {"triples": number, "import": ours._asdict(), "rdflib": theirs._asdict(), "ratio": round(ratio, 2)}
        print(json.dumps(found, indent=2))
    else:
        print(f"{number:,} triples")
        print(ours.line("import"))
        print(theirs.line("rdflib"), "(parses them, and no more)")
        print(f"ratio     {ratio:7.2f}   (at most 1.0, and 1,000 MB)")
    return int(ratio > 1 or ours.memory > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
