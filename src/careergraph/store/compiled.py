"""The bundled data as statements that are indexed already: Turtle is parsed when it has changed, not at every start.

A wheel carries them, made by its build hook; a checkout makes them on first use, where Python itself puts what it
compiles, and in the format of that. They begin with the digest of the files that they were made of, and count only
while that is still theirs. Where no file has changed since they were written, by name, size and time, the digest need
not be computed anew.
"""

# On the start path: plain strings for paths, and no more imports than it takes to read.
from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from careergraph.store.locations import bundled_fingerprint, dataset_files

#: The layout of the file; to be raised with every change to it.
LAYOUT = 2
NAME = f"bundled-{LAYOUT}.bin"
#: All versions of Python that this package runs on read what is written so.
_MARSHAL = 4
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
    found = next(filter(None, map(_read, compiled_places())), None)
    if found is not None:
        return found
    state = state_of_files()
    statements = parse()
    # What has changed meanwhile may have been read in part.
    if not sys.dont_write_bytecode and state == state_of_files():
        with suppress(OSError):  # a folder that cannot be written to costs a little time at every start
            _write(compiled_places()[1], compile_statements(statements, state))
    return statements


class State(NamedTuple):
    """What tells one state of the bundled files from another: their contents; their names and sizes; the last change.

    `changed` is in nanoseconds since 1970.
    """

    digest: str
    listing: str
    changed: int


def state_of_files() -> State:
    """The state of the bundled files; takes time linear in their size."""
    return State(bundled_fingerprint(), *_listing())


def compile_statements(statements: Statements, state: State) -> bytes:
    """Statements as `read_bundled` reads them, behind the digest and the listing of the bundled files.

    Args:
        statements: those of the bundled data.
        state: that of the files that they were read from.

    >>> compile_statements({"urn:a": {"urn:b": ["c"]}}, state_of_files()).split()[0].decode() == bundled_fingerprint()
    True
    """
    import marshal

    texts: dict[str, str] = {}

    def one(text: str) -> str:  # what is written often is written once, and takes memory once when it is read
        return texts.setdefault(text, text)

    shared = {
        one(node): {one(p): list(map(one, found)) for p, found in said.items()} for node, said in statements.items()
    }
    return f"{state.digest} {state.listing}\n".encode("ascii") + marshal.dumps(shared, _MARSHAL)


def _listing() -> tuple[str, int]:
    """What tells one list of bundled files from another, by names and sizes; and when one was last touched, in ns."""
    import zlib

    found = [(path, os.stat(path)) for path in dataset_files()]
    names = "\n".join(f"{os.path.basename(path)} {stat.st_size}" for path, stat in found)
    return f"{zlib.crc32(names.encode()):08x}", max(max(stat.st_mtime_ns, stat.st_ctime_ns) for _, stat in found)


def _read(place: str) -> Statements | None:
    import marshal

    try:
        with open(place, "rb") as file:
            digest, listing = file.readline().split()
            written = os.fstat(file.fileno()).st_ctime_ns
            if not _is_current(place, digest.decode(), listing.decode(), written):
                return None
            found: Statements = marshal.loads(file.read())
            return found
    except (OSError, ValueError, EOFError, TypeError):
        return None


def _is_current(place: str, digest: str, listing: str, written: int) -> bool:
    names, touched = _listing()
    if listing != names:
        return False
    if touched < written:
        return True
    if digest != bundled_fingerprint():
        return False
    with suppress(OSError):  # another time, it need not be looked at what they say
        os.utime(place)
    return True


def _write(place: str, content: bytes) -> None:
    # Whoever starts meanwhile finds all of it or nothing.
    os.makedirs(os.path.dirname(place), exist_ok=True)
    aside = f"{place}.{os.getpid()}"
    try:
        with open(aside, "wb") as file:
            file.write(content)
        os.replace(aside, place)
    except OSError:
        with suppress(OSError):
            os.unlink(aside)
        raise
