"""How long deriving all transitions of an imported data set takes, how much memory, and what share reading has in it.

    python benchmarks/derive.py DATASET [--format json]      # the folder of an imported data set

Runs in this process, from the data set on disk to the files that an import would write, into a temporary folder. Exit
code 1 if it takes more than 30 seconds, or more than 1 GB of resident memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

# A file beside this one is called html.py; it must not pass for the standard library's.
sys.path[:] = [place for place in sys.path if place != str(Path(__file__).parent)]

from careergraph.catalogue import Catalogue
from careergraph.errors import CareergraphError
from careergraph.likeness.derived import ARRAYS, HEADER
from careergraph.likeness.deriving import write
from careergraph.likeness.model import bundled
from careergraph.likeness.profiles import profiles_of

MOST_SECONDS, MOST_BYTES = 30.0, 1_000_000_000


def measured(dataset: str) -> dict[str, float]:
    """What deriving takes."""
    began = time.perf_counter()
    profiles = profiles_of(Catalogue.load(dataset))
    read = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        write(profiles, bundled(), Path(folder))
        size = sum((Path(folder) / name).stat().st_size for name in (HEADER, ARRAYS))
    seconds = time.perf_counter() - began
    scale = 1 if sys.platform == "darwin" else 1024
    return {
        "occupations": profiles.size,
        "pairs": profiles.size * (profiles.size - 1),
        "seconds": round(seconds, 2),
        "reading_share": round(read / seconds, 3),
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale,
        "written_bytes": size,
    }


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and judge; the result is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    options = parser.parse_args(arguments)
    try:
        found = measured(options.dataset)
    except CareergraphError as error:
        print(f"Error: {error}", file=sys.stderr)
        return error.exit_code
    if options.format == "json":
        print(json.dumps(found, indent=2))
    else:
        print(f"{found['pairs']:,} pairs of {found['occupations']:,} occupations in {found['seconds']:.1f} s,")
        print(f"{found['reading_share']:.0%} of it reading; {found['peak_bytes'] / 1e6:,.0f} MB of memory,")
        print(f"{found['written_bytes'] / 1e6:,.1f} MB written")
    return int(found["seconds"] > MOST_SECONDS or found["peak_bytes"] > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
