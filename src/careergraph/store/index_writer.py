"""Write a data set's index on disk, for `careergraph.store.index` to read: one SQLite file.

    node(iri, kind, body)                     what is said about a node: number of a predicate → objects, as JSON
    predicate(id, iri)
    points(object, predicate, kind, subject)  which nodes point to a node or a thing outside, by a predicate
    thing(id, iri, kind)                      the nodes that have names
    name(id, thing, rank, text, normal, singular)   their names: 0 a label, 1 an alias, 2 a notation
    word(word, things), gram(gram, names)     where words and runs of three characters occur: 32-bit numbers, ascending
    tally(kind, nodes), fact(name, value)

IRIs are shortened by `careergraph.store.index.key`. The checksums of its pages are beside the file: see
`careergraph.store.checked_pages`.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Self

from careergraph.model.text import fold, split_words, to_singular
from careergraph.rdf.kinds import NODE_KINDS, kind_of
from careergraph.rdf.standards import DCTERMS, PROV, RDF, SKOS
from careergraph.store.checked_pages import PAGE, write_sums
from careergraph.store.gram_postings import GramPostings
from careergraph.store.index import LAYOUT, to_key
from careergraph.store.statements import untag

_NAMELESS = ("section", "term")
_NAMED_KINDS = frozenset(NODE_KINDS.values()) - set(_NAMELESS)
#: Predicate of names → their rank, in whatever language.
_NAMES = {SKOS.prefLabel: 0, SKOS.altLabel: 1, SKOS.hiddenLabel: 2, SKOS.notation: 2}
_DESCRIPTIONS = (SKOS.definition, DCTERMS.description)
#: Nobody looks up the members of a class or of a section this way, and they would be a third of the table.
_UNINDEXED = frozenset({RDF.type, PROV.wasDerivedFrom})
_ROWS = 5_000
_SCHEMA = f"""
    PRAGMA page_size = {PAGE};
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -65536;
    CREATE TABLE node (iri TEXT PRIMARY KEY, kind TEXT, body TEXT) WITHOUT ROWID;
    CREATE TABLE predicate (id INTEGER PRIMARY KEY, iri TEXT);
    CREATE TABLE points (object TEXT, predicate INTEGER, kind TEXT, subject TEXT,
                         PRIMARY KEY (object, predicate, kind, subject)) WITHOUT ROWID;
    CREATE TABLE pointing (object TEXT, predicate INTEGER, kind TEXT, subject TEXT);
    CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT);
    CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER, rank INTEGER, text TEXT, normal TEXT, singular TEXT);
    CREATE TABLE word (word TEXT PRIMARY KEY, things BLOB) WITHOUT ROWID;
    CREATE TABLE gram (gram TEXT PRIMARY KEY, names BLOB) WITHOUT ROWID;
    CREATE TABLE tally (kind TEXT PRIMARY KEY, nodes INTEGER);
    CREATE TABLE fact (name TEXT PRIMARY KEY, value INTEGER);
"""
#: Indexes that are quicker to build once all rows are there.
_LAST = """
    INSERT INTO points SELECT DISTINCT * FROM pointing ORDER BY object, predicate, kind, subject;
    DROP TABLE pointing;
    CREATE INDEX of_kind ON node (kind);
    CREATE INDEX normal_name ON name (normal);
    CREATE INDEX singular_name ON name (singular);
    CREATE INDEX name_of ON name (thing);
"""
_INSERT = {
    "node": "INSERT INTO node VALUES (?, ?, ?)",
    "pointing": "INSERT INTO pointing VALUES (?, ?, ?, ?)",
    "thing": "INSERT INTO thing VALUES (?, ?, ?)",
    "name": "INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)",
}
_packed = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class IndexWriter:
    """Writes an index, node by node; it is complete once the `with` block ends without an exception.

    Takes linear time, and O(n log n) to sort the table of pointers; memory for the parts of names, and a buffer.

    Args:
        path: the file, which must not exist.

    >>> import tempfile, os
    >>> from careergraph.store.index import Index
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with IndexWriter(os.path.join(folder, "index.sqlite")) as writer:
    ...         writer.add("urn:nurse", {SKOS.prefLabel: ["Nurses"], RDF.type: ["urn:Work"]})
    ...     Index(folder).get("urn:nurse")[SKOS.prefLabel]
    ['Nurses']
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)  # one after another may
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")
        self._rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _INSERT}
        self._predicates: dict[str, int] = {}
        self._words: defaultdict[str, array[int]] = defaultdict(_no_places)
        self._grams = GramPostings()
        self._tally: Counter[str] = Counter()
        self._things = self._names = self._statements = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if error is None:
                self._finish()
        finally:
            self._database.close()
        if error is None:
            write_sums(self._path)

    def add(self, subject: str, by_predicate: Mapping[str, Sequence[str]]) -> None:
        """Add a node with all that is said about it; each node once.

        Args:
            subject: the IRI.
            by_predicate: predicate → objects, in the order in which the node is to have them: see
                `careergraph.store.statements.Statements`.
        """
        short = to_key(subject)
        kind = kind_of(by_predicate.get(RDF.type, ()))
        body = {}
        for predicate, objects in by_predicate.items():
            number = self._predicates.setdefault(predicate, len(self._predicates))
            body[number] = objects
            self._statements += len(objects)
            if predicate not in _UNINDEXED:
                self._point(short, kind, number, objects)
        self._tally[kind] += 1
        self._add("node", (short, kind, _packed(body)))
        if kind in _NAMED_KINDS:
            self._name(short, kind, by_predicate)

    def _point(self, subject: str, kind: str, predicate: int, objects: Iterable[str]) -> None:
        for value in objects:
            if ":" in value and " " not in value:  # an IRI, or at worst a text that nobody asks for
                self._add("pointing", (to_key(value), predicate, kind, subject))

    def _name(self, subject: str, kind: str, by_predicate: Mapping[str, Sequence[str]]) -> None:
        thing = self._things
        self._things += 1
        self._add("thing", (thing, subject, kind))
        found: set[str] = set()
        for rank, texts in _names(by_predicate):
            for text in texts:
                folded = fold(text)
                found |= split_words(folded)
                self._add("name", (self._names, thing, rank, text, folded, to_singular(folded)))
                self._grams.add(folded)
                self._names += 1
        for predicate, texts in by_predicate.items():
            if untag(predicate)[0] in _DESCRIPTIONS:
                found |= {word for text in texts for word in split_words(fold(text))}
        for word in found:
            self._words[word].append(thing)

    def _add(self, table: str, row: tuple[object, ...]) -> None:
        rows = self._rows[table]
        rows.append(row)
        if len(rows) >= _ROWS:
            self._database.executemany(_INSERT[table], rows)
            rows.clear()

    def _finish(self) -> None:
        database = self._database
        for table, rows in self._rows.items():
            database.executemany(_INSERT[table], rows)
        database.executemany("INSERT INTO word VALUES (?, ?)", _to_postings(sorted(self._words.items())))
        database.executemany("INSERT INTO gram VALUES (?, ?)", _to_postings(self._grams.items()))
        database.executemany("INSERT INTO predicate VALUES (?, ?)", ((n, iri) for iri, n in self._predicates.items()))
        database.executemany("INSERT INTO tally VALUES (?, ?)", self._tally.items())
        facts = {"layout": LAYOUT, "statements": self._statements}
        database.executemany("INSERT INTO fact VALUES (?, ?)", facts.items())
        for statement in filter(str.strip, _LAST.split(";")):
            database.execute(statement)
        database.execute("COMMIT")


def _no_places() -> array[int]:
    return array("I")


def _names(by_predicate: Mapping[str, Sequence[str]]) -> list[tuple[int, Sequence[str]]]:
    """The names of a node in all languages, each with its rank: labels first."""
    ranked = ((_NAMES.get(untag(predicate)[0]), texts) for predicate, texts in by_predicate.items())
    return sorted(((rank, texts) for rank, texts in ranked if rank is not None), key=lambda item: item[0])


def _to_postings(found: Iterable[tuple[str, array[int]]]) -> Iterable[tuple[str, bytes]]:
    for text, places in found:
        if sys.byteorder == "big":
            places.byteswap()
        yield text, places.tobytes()
