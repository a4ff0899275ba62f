"""The bundled data as statements that are indexed already: Turtle is parsed when it has changed, not at every start.

A wheel carries them, made by its build hook; a checkout makes them on first use, where Python itself puts what it
compiles. They begin with the digest of the files that they were made of, and count only while that is still theirs.
"""

# On the start path: plain strings for paths, and json imported where there is something to read.
from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress

from careergraph.store.locations import bundled_fingerprint

#: The layout of the file; to be raised with every change to it.
LAYOUT = 1
NAME = f"bundled-{LAYOUT}.json"
#: Subject → predicate → objects, as `careergraph.store.statements.Statements`.
Statements = dict[str, dict[str, list[str]]]


def package_folder() -> str:
    """The folder of this package."""
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def compiled_places() -> tuple[str, str]:
    """Where the compiled statements may be: inside the wheel's data, or else among what Python has compiled."""
    package = package_folder()
    return os.path.join(package, "data", NAME), os.path.join(package, "__pycache__", NAME)


def read_bundled(parse: Callable[[], Statements]) -> Statements:
    """The statements of the bundled data: as they were compiled, or else as parsed now, and compiled for the next time.

    Args:
        parse: reads the files, as `careergraph.store.statements.read_statements` does.
    """
    digest = bundled_fingerprint()
    for place in compiled_places():
        found = _read(place, digest)
        if found is not None:
            return found
    statements = parse()
    if not sys.dont_write_bytecode:
        with suppress(OSError):  # a folder that cannot be written to costs a little time at every start
            _write(compiled_places()[1], compile_statements(statements, digest))
    return statements


def compile_statements(statements: Statements, digest: str) -> bytes:
    r"""Statements as `read_bundled` reads them.

    Args:
        statements: those of the bundled data.
        digest: the `bundled_fingerprint` of the files that they were read from.

    >>> compile_statements({"urn:a": {"urn:b": ["c"]}}, "0f")
    b'0f\n{"urn:a":{"urn:b":["c"]}}'
    """
    import json

    return f"{digest}\n{json.dumps(statements, separators=(',', ':'))}".encode("ascii")


def _read(place: str, digest: str) -> Statements | None:
    import json

    try:
        with open(place, "rb") as file:
            if file.readline().strip() != digest.encode():
                return None
            found: Statements = json.loads(file.read())
            return found
    except (OSError, ValueError):
        return None


def _write(place: str, content: bytes) -> None:
    # Whoever starts meanwhile finds all of it or nothing.
    os.makedirs(os.path.dirname(place), exist_ok=True)
    aside = f"{place}.{os.getpid()}"
    with open(aside, "wb") as file:
        file.write(content)
    os.replace(aside, place)
