"""The bundled data as statements that are already indexed: Turtle is parsed when it has changed, not at every start.

A wheel contains them, made by its build hook; a checkout makes them on first use, where Python keeps its compiled
files. They begin with the digest of the files that they were made from, and are valid only while that digest is right.
If name, size and time say that no file has changed since then, the digest need not be computed again.

    DIGEST LENGTHS CHECKSUM           a line: digest of the files; lengths of the next two parts and of the rest, in
                                      bytes; CRC-32 of all that follows, since a turned bit would change answers
    names and sizes of the files      a text
    directory                         the nodes, the predicates, and where each part of the rest begins
    parts                             what is said about each node, and the tables of `careergraph.store.memory_index`

All but the line and the text is in the format of Python's own compiled code. Nodes and predicates are numbered in the
order of their IRIs, and an object that is a node is stored as its number. The file is mapped into memory, and what is
said about a node is read when it is asked for.
"""

# On the start path: plain strings for paths, and no more imports than it takes to read.
from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from zlib import crc32

from careergraph.rdf.kinds import NAMED_KINDS
from careergraph.store.locations import find_data_folder, hash_bundled, list_dataset_files
from careergraph.store.memory_index import POINTERS, ComputedIndex, Statements, Texts

#: The layout of the file; to be raised with every change to it.
LAYOUT = 9
NAME = f"bundled-{LAYOUT}.bin"
#: A version of the format that all supported versions of Python read. From version 3 on, it records which objects are
#: identical, which depends on how they were made; but two builds have to be equal byte for byte.
_MARSHAL = 2
#: How many bytes the number of a name takes.
_WIDTH = 4
#: So many groups of the letters of a text have a space at its beginning or end in them.
_ENDS = 2
#: The separator of the parts of a line in the table of names; no name contains a tab or a line break.
_TAB = b"\t"


def find_package_folder() -> str:
    """The folder of this package."""
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def list_compiled_places() -> tuple[str, str]:
    """Where the compiled statements may be: in the wheel's data, or among Python's compiled files."""
    package = find_package_folder()
    return os.path.join(package, "data", NAME), os.path.join(package, "__pycache__", NAME)


def read_bundled(files: Sequence[str], parse: Callable[[], Statements]) -> Statements:
    """The statements of the bundled data: compiled earlier, or else parsed now and compiled for the next time.

    Args:
        files: the files to read. Compiled statements are used only if these are exactly the bundled files.
        parse: reads them, as `careergraph.store.statements.read_statements` does.
    """
    curated = find_data_folder("graph")
    if not files or not all(path.startswith(curated) for path in files):
        return parse()
    found = next(filter(None, (_read(place, files) for place in list_compiled_places())), None)
    if found is not None:
        return found
    if tuple(files) != list_dataset_files():
        return parse()
    state = hash_files()
    statements = parse()
    # Files that changed in the meantime may have been read in part.
    if not sys.dont_write_bytecode and state == hash_files():
        with suppress(OSError):  # if the folder cannot be written to, every start takes a little longer
            _write(list_compiled_places()[1], compile_statements(statements, state))
    return statements


#: The state of the bundled files: the digest of their contents, and their names and sizes.
State = tuple[str, str]


def hash_files() -> State:
    """The state of the bundled files; takes time linear in their size."""
    return hash_bundled(), _list_sizes(list_dataset_files())[0]


class CompiledStatements(Mapping[str, dict[str, list[str]]]):
    """The statements of the bundled data, read-only: those about a node are read when it is asked for.

    It also is a `careergraph.store.memory_index.MemoryIndex`. Several threads may use it.

    Args:
        directory: the directory of the file.
        parts: the parts that it points to.
    """

    def __init__(self, directory: Mapping[str, Any], parts: memoryview) -> None:
        self._nodes: list[str] = directory["nodes"]
        self._starts: list[int] = directory["starts"]
        self._predicates: list[str] = directory["predicates"]
        self._tables: dict[str, int] = directory["tables"]
        self._parts = parts
        self._number = dict(zip(self._nodes, range(len(self._nodes)), strict=True))
        self._known: dict[str, dict[str, list[str]]] = {}
        self._read_tables: dict[str, Any] = {}

    def get(self, iri: str, default: Any = None, /) -> Any:
        """What is said about a node, or the default."""
        found = self._known.get(iri)
        if found is not None:
            return found
        number = self._number.get(iri)
        return default if number is None else self._read_node(iri, number)

    def __getitem__(self, iri: str) -> dict[str, list[str]]:
        found = self._known.get(iri)
        return self._read_node(iri, self._number[iri]) if found is None else found

    def __contains__(self, iri: object) -> bool:
        return iri in self._number

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)

    def items(self) -> ItemsView[str, dict[str, list[str]]]:
        """All nodes with what is said about them, each read when its turn comes, and not kept."""
        return _Items(self)

    def _read_node(self, iri: str, number: int) -> dict[str, list[str]]:
        found = self._known[iri] = self._unpack(number)
        return found

    def _unpack(self, number: int) -> dict[str, list[str]]:
        nodes, predicates = self._nodes, self._predicates
        return {
            predicates[predicate]: [nodes[value] if type(value) is int else value for value in values]
            for predicate, values in marshal.loads(self._parts[self._starts[number] :]).items()
        }

    @property
    def kinds(self) -> dict[str, list[str]]:
        """Kind → the nodes of that kind: see `MemoryIndex`."""
        found: dict[str, list[str]] = self._table("kinds", self._read_kinds)
        return found

    def _read_kinds(self, said: dict[str, list[int]]) -> dict[str, list[str]]:
        return {kind: self._name_nodes(numbers) for kind, numbers in said.items()}

    def pointing(self, predicate: str, value: str) -> list[str]:
        """The nodes that point to something: see `MemoryIndex`."""
        return self._name_nodes(self._table(predicate).get(self._number.get(value, value), ()))

    def having(self, predicate: str) -> list[str]:
        """The nodes that point to anything: see `MemoryIndex`."""
        return self._name_nodes(sorted({number for found in self._table(predicate).values() for number in found}))

    def by_name(self, folded: str) -> list[tuple[str, str]]:
        """Kind and IRI of each node of a name: see `MemoryIndex`."""
        return list(self._lines(folded.encode("utf-8", "surrogatepass") + _TAB))

    def by_beginning(self, beginning: str) -> Iterator[tuple[str, str]]:
        """Kind and IRI of each node with a name that begins with a text: see `MemoryIndex`."""
        return self._lines(beginning.encode("utf-8", "surrogatepass"))

    def in_the_singular(self, singular: str) -> Iterator[tuple[str, str]]:
        """Kind and IRI of each node with a name whose singular is a text: see `MemoryIndex`."""
        from careergraph.model.text import begin_plurals, to_singular

        beginning = begin_plurals(singular).encode("utf-8", "surrogatepass")
        return self._lines(beginning, lambda name: to_singular(name.decode("utf-8", "surrogatepass")) == singular)

    def _lines(self, beginning: bytes, fits: Callable[[bytes], bool] | None = None) -> Iterator[tuple[str, str]]:
        # The lines are sorted, so those with the same beginning are next to each other.
        lines: bytes = self._table("names")
        start = lines.find(b"\n" + beginning) + 1
        while 0 < start < len(lines) and lines.startswith(beginning, start):
            end = lines.index(b"\n", start)
            name, kind, number = lines[start:end].rsplit(_TAB, 2)
            if fits is None or fits(name):
                yield kind.decode("ascii"), self._nodes[int(number)]
            start = end + 1

    def alike(self, wanted: str, kinds: Sequence[str] = (), most: int = 200) -> list[tuple[str, str]]:
        """The labels and aliases that look like a text: see `MemoryIndex`."""
        from collections import Counter
        from itertools import groupby

        from careergraph.model.text import fold, split_grams

        among, grams = kinds or NAMED_KINDS, split_grams(wanted)
        lines: list[str] = self._table("spellings", lambda said: said.decode("utf-8", "surrogatepass").split("\n"))
        known: dict[str, bytes] = self._table("grams")
        shared = Counter(number for gram in grams for number in _numbers(known.get(gram, b"")))
        # A name that contains the text may lack the groups that have a space at either end.
        likely = range(len(lines)) if len(grams) <= _ENDS else (n for n in shared if shared[n] >= len(grams) - _ENDS)
        for number in likely:
            if wanted in fold(lines[number].split("\t", 2)[2]):
                shared[number] = len(grams)
        # Most have little in common with the text, and are never looked at.
        ranked = groupby(sorted(shared, key=shared.__getitem__, reverse=True), shared.__getitem__)
        found: list[tuple[int, int, int, str, str]] = []
        for count, numbers in ranked:
            if not count or len(found) >= most:
                break
            for number in numbers:
                place, node, text = lines[number].split("\t", 2)
                kind = NAMED_KINDS[int(place)]
                if kind in among:
                    found.append((-count, among.index(kind), number, text, self._nodes[int(node)]))
        return [(text, iri) for *_, text, iri in sorted(found)[:most]]

    def texts_where(self, fits: Callable[[str], object]) -> Iterator[tuple[str, Texts]]:
        """The nodes with names whose texts fit: see `MemoryIndex`."""
        packed: list[bytes] = self._table("texts")
        for place in [place for place, whole in enumerate(self._table("wholes")) if fits(whole)]:
            number, texts = marshal.loads(packed[place])
            yield self._nodes[number], texts

    def seek(self, key: str) -> str | None:
        """The first key from a given one on that a node would have in an index on disk: see `store.index.to_key`."""
        from bisect import bisect_left

        from careergraph.store.index import to_key

        numbers: list[int] = self._table("keys")
        place = bisect_left(numbers, key, key=lambda number: to_key(self._nodes[number]))
        return to_key(self._nodes[numbers[place]]) if place < len(numbers) else None

    def _name_nodes(self, numbers: Iterable[int]) -> list[str]:
        nodes = self._nodes
        return [nodes[number] for number in numbers]

    def _table(self, name: str, read: Callable[[Any], Any] = lambda said: said) -> Any:
        if name not in self._read_tables:
            self._read_tables[name] = read(marshal.loads(self._parts[self._tables[name] :]))
        return self._read_tables[name]


class _Items(ItemsView[str, dict[str, list[str]]]):
    _mapping: CompiledStatements

    def __iter__(self) -> Iterator[tuple[str, dict[str, list[str]]]]:
        known, unpack = self._mapping._known, self._mapping._unpack
        # Whoever goes through all of them needs most of them once: kept, they take as much memory as all else.
        return ((iri, known.get(iri) or unpack(number)) for number, iri in enumerate(self._mapping))


def compile_statements(statements: Statements, state: State) -> bytes:
    """Statements in the form that `read_bundled` reads, after the digest and the listing of the bundled files.

    Equal arguments give the same bytes in any process.

    Args:
        statements: those of the bundled data.
        state: that of the files that they were read from.

    >>> compile_statements({"urn:a": {"urn:b": ["c"]}}, hash_files()).split()[0].decode() == hash_bundled()
    True
    """
    nodes = sorted(statements)
    statements = {iri: statements[iri] for iri in nodes}
    number = {iri: place for place, iri in enumerate(nodes)}
    predicates = sorted({predicate for said in statements.values() for predicate in said})
    bodies = [_pack_node(statements[iri], number, predicates) for iri in nodes]
    tables = _tables(statements, number)
    starts = _places(bodies)
    ends = _places(list(tables.values()), sum(map(len, bodies)))
    directory = marshal.dumps(
        {"nodes": nodes, "starts": starts, "predicates": predicates, "tables": dict(zip(tables, ends, strict=True))},
        _MARSHAL,
    )
    digest, listing = state
    told = listing.encode("utf-8", "surrogateescape")
    rest = b"".join((directory, *bodies, *tables.values()))
    checksum = crc32(rest, crc32(told))
    return f"{digest} {len(told)} {len(directory)} {len(rest)} {checksum:08x}\n".encode("ascii") + told + rest


def _pack_node(said: Mapping[str, Sequence[str]], number: Mapping[str, int], predicates: Sequence[str]) -> bytes:
    packed = {
        predicates.index(predicate): [number.get(value, value) for value in said[predicate]] for predicate in said
    }
    return marshal.dumps(packed, _MARSHAL)


def _places(parts: Sequence[bytes], start: int = 0) -> list[int]:
    from itertools import accumulate

    return list(accumulate(map(len, parts[:-1]), initial=start)) if parts else []


def _tables(statements: Statements, number: Mapping[str, int]) -> dict[str, bytes]:
    from careergraph.store.index import to_key

    index = ComputedIndex(statements)
    names = sorted(
        (name.encode("utf-8", "surrogatepass"), place, f"{kind}\t{number[iri]}".encode("ascii"))
        for name, found in index.names.items()
        for place, (kind, iri) in enumerate(found)
    )
    tables: dict[str, Any] = {
        "kinds": {kind: [number[iri] for iri in found] for kind, found in index.kinds.items()},
        "names": b"".join(b"\n" + name + _TAB + node for name, _, node in names) + b"\n",
        "wholes": [whole for _, whole, _ in index.texts],
        "texts": [marshal.dumps((number[iri], texts), _MARSHAL) for iri, _, texts in index.texts],
        "keys": [number[iri] for iri in sorted(statements, key=to_key)],
    }
    spellings = [
        (f"{place}\t{number[iri]}\t{text}", text)
        for place, kind in enumerate(NAMED_KINDS)
        for text, iri in index.spellings((kind,))
    ]
    tables["spellings"] = "\n".join(line for line, _ in spellings).encode("utf-8", "surrogatepass")
    tables["grams"] = _gather_grams([text for _, text in spellings])
    for predicate in POINTERS:
        pointers = index.pointers[predicate]
        tables[predicate] = {number.get(value, value): [number[s] for s in found] for value, found in pointers.items()}
    return {name: marshal.dumps(table, _MARSHAL) for name, table in tables.items()}


def _gather_grams(texts: Sequence[str]) -> dict[str, bytes]:
    """Group of letters → the places of the texts that have it, as `fold` gives them."""
    import struct

    from careergraph.model.text import fold, split_grams

    found: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        for gram in sorted(split_grams(fold(text))):
            found.setdefault(gram, []).append(place)
    return {gram: struct.pack(f"<{len(found[gram])}I", *found[gram]) for gram in sorted(found)}


def _numbers(packed: bytes) -> tuple[int, ...]:
    import struct

    return struct.unpack(f"<{len(packed) // _WIDTH}I", packed)


def _list_sizes(files: Iterable[str]) -> tuple[str, int]:
    """The names and sizes of files, as a text; and when the newest of them was changed, in nanoseconds since 1970."""
    found = [(path, os.stat(path)) for path in files]
    names = "".join(f"{os.path.basename(path)} {stat.st_size}\n" for path, stat in found)
    return names, max(max(stat.st_mtime_ns, stat.st_ctime_ns) for _, stat in found)


def _read(place: str, files: Sequence[str]) -> CompiledStatements | None:
    import mmap

    try:
        with open(place, "rb") as file:
            digest, *lengths, checksum = file.readline(200).split()
            told, directory, rest = map(int, lengths)
            written = os.fstat(file.fileno()).st_ctime_ns
            listing = file.read(told)
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))[file.tell() :]
        if len(content) != rest or crc32(content, crc32(listing)) != int(checksum, 16):
            return None
        if not _is_current(place, digest.decode(), listing, files, written):
            return None
        return CompiledStatements(marshal.loads(content[:directory]), content[directory:])
    except (OSError, ValueError, EOFError, TypeError, KeyError):
        return None


def _is_current(place: str, digest: str, told: bytes, files: Sequence[str], written: int) -> bool:
    listing, touched = _list_sizes(files)
    if told != listing.encode("utf-8", "surrogateescape"):
        return False
    if touched < written:
        return True
    if digest != hash_bundled():
        return False
    with suppress(OSError):  # the next time, their contents need not be read
        os.utime(place)
    return True


def _write(place: str, content: bytes) -> None:
    # Another process that starts in the meantime finds all of it or nothing.
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
