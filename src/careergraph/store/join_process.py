"""Puts other data into the copy of a store, in a process of its own, so that its memory is freed when it ends.

`python -m careergraph.store.join_process` reads a JSON object from the first line of standard input: `store`, the
folder of the copy, `dataset`, the imported data set that the store belongs to, and `others`, the files to add. It ends
when standard input ends, because then nobody is waiting any more. It prints nothing; or, if it fails, the error as a
JSON object, and ends with exit code 1; where files cannot be read or written, why, and ends with exit code 2.
"""

from __future__ import annotations

import json
import os
import sys
import threading

import pyoxigraph

from careergraph.model.error_headers import as_header
from careergraph.model.errors import CareergraphError, UnexpectedFault
from careergraph.store.datasets import read_manifest
from careergraph.store.oxigraph import replace_graphs


def main() -> int:
    """Put the data in, and return the exit code."""
    asked = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_whoever_asked, daemon=True).start()
    try:
        replace_graphs(pyoxigraph.Store(asked["store"]), read_manifest(asked["dataset"]), asked["others"])
    except CareergraphError as error:
        return _tell(json.dumps(as_header(error)), 1)
    except (OSError, RuntimeError) as error:  # the latter is what the engine calls corruption
        return _tell(str(error), 2)
    except Exception as error:
        return _tell(json.dumps(as_header(UnexpectedFault.of(error))), 1)
    return 0


def _end_with_whoever_asked() -> None:
    while os.read(0, 1):  # not through `sys.stdin`, which would be locked when the interpreter ends
        pass
    os._exit(2)


def _tell(text: str, code: int) -> int:
    sys.stdout.write(text)
    return code


if __name__ == "__main__":
    sys.exit(main())
