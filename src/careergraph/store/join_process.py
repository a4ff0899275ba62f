"""Puts other data into the copy of a store, in a process of its own: what that takes of memory goes with it.

`python -m careergraph.store.join_process` reads a JSON object from standard input: `store`, the folder of the copy,
`dataset`, the imported data set that it is of, and `others`, what is to be put beside that. It prints nothing; or, if
that fails, the error as a JSON object, and ends with exit code 1; where files cannot be read or written, why, and ends
with exit code 2.
"""

from __future__ import annotations

import json
import sys

import pyoxigraph

from careergraph.model.error_headers import as_header
from careergraph.model.errors import CareergraphError, UnexpectedFault
from careergraph.store.datasets import manifest
from careergraph.store.oxigraph import replace_graphs


def main() -> int:
    """Do it, and tell the exit code."""
    asked = json.load(sys.stdin)
    try:
        replace_graphs(pyoxigraph.Store(asked["store"]), manifest(asked["dataset"]), asked["others"])
    except CareergraphError as error:
        return _tell(json.dumps(as_header(error)), 1)
    except (OSError, RuntimeError) as error:  # the latter is what the engine calls corruption
        return _tell(str(error), 2)
    except Exception as error:
        return _tell(json.dumps(as_header(UnexpectedFault.of(error))), 1)
    return 0


def _tell(text: str, code: int) -> int:
    sys.stdout.write(text)
    return code


if __name__ == "__main__":
    sys.exit(main())
