"""Read a data set's index on disk, which `store.index_writer` wrote: node by node, as needed."""

# On the start path: SQLite and json are imported when the first data set on disk is opened, and not otherwise.
from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from careergraph.model.errors import UnusableDataset
from careergraph.model.escaping import to_safe_line
from careergraph.model.text import strip_accents

if TYPE_CHECKING:
    import apsw

#: The layout that `careergraph.store.index_writer` writes; to be raised with every change to its tables.
LAYOUT = 3
#: The layouts of older versions: names with their accents, and before that pages without checksums as well.
_ACCENTED, _UNCHECKED = 2, 1
INDEX = "index.sqlite"
_BASE = "https://w3id.org/careergraph/id/"
#: Ranges of keys, in the order in which their IRIs come.
_STRETCHES = (("", _BASE), ("~", "\x7f"), (_BASE, "~"))
#: How much of the file is cached, in KiB.
_CACHE = 4_096
#: How many rows are read at once where a caller takes them one by one.
_ROWS = 1_000
#: How many times as many names as are wanted are looked at until there are enough of the wanted kinds.
_MOST_LOOKS = 10
#: The last character: every text that begins with a prefix sorts before the prefix with this added.
_LAST_SIGN = "\U0010ffff"


T = TypeVar("T")


class Name(NamedTuple):
    """A name of a node in an index: `rank` is 0 for a label, 1 for an alias, 2 for a notation."""

    node: str
    kind: str
    rank: int
    text: str


def to_key(iri: str) -> str:
    """The key of an IRI in the index: shortened if it is one of careergraph's.

    >>> to_key("https://w3id.org/careergraph/id/role/ai-ethicist"), to_key("urn:x")
    ('~role/ai-ethicist', 'urn:x')
    """
    return "~" + iri[len(_BASE) :] if iri.startswith(_BASE) else iri


def to_iri(key_: str) -> str:
    """The IRI of a key.

    >>> to_iri("~role/ai-ethicist")
    'https://w3id.org/careergraph/id/role/ai-ethicist'
    """
    return _BASE + key_[1:] if key_.startswith("~") else key_


class Index:
    """The nodes of one data set on disk.

    Reading a node's statements takes one look-up in a B-tree. Several threads may use it.

    Args:
        folder: the snapshot's folder. It may be deleted once the index is made.

    Raises:
        FileNotFoundError: there is no index in the folder, or it lacks its checksums.
        UnusableDataset: the index is damaged, or has another layout. Damage further inside is reported by the method
            that reads it.
    """

    def __init__(self, folder: str) -> None:
        import json

        import apsw

        self.folder, self._lock = folder, Lock()
        # Text after a body is ignored: older versions wrote a checksum there.
        self._decode = json.JSONDecoder().raw_decode
        self._unreadable = (apsw.Error, OSError, ValueError)
        self._database = self._open(os.path.join(folder, INDEX))
        facts = dict(self._ask("SELECT name, value FROM fact"))
        self._check_layout(facts.get("layout"))
        #: A text as the names in the index are written.
        self._spell: Callable[[str], str] = strip_accents if facts["layout"] == LAYOUT else str
        if "statements" not in facts:
            raise self._damage_error("it does not say how many statements it has")
        self.statements: int = facts["statements"]
        self.tally: dict[str, int] = dict(self._ask("SELECT kind, nodes FROM tally ORDER BY kind"))
        predicates = self._ask("SELECT id, iri FROM predicate")
        self._iris = {str(number): iri for number, iri in predicates}
        self._numbers = {iri: number for number, iri in predicates}

    def _open(self, path: str) -> apsw.Connection:
        from careergraph.store.checked_pages import SUMS, open_pages

        self._checked = os.path.exists(path + SUMS)
        try:
            database = open_pages(path, checked=self._checked)
            database.execute(f"PRAGMA cache_size = -{_CACHE}; PRAGMA temp_store = MEMORY")
        except FileNotFoundError:
            raise
        except self._unreadable as error:
            raise self._damage_error(error) from error
        return database

    def _check_layout(self, layout: object) -> None:
        if layout not in (LAYOUT, _ACCENTED, _UNCHECKED):
            raise UnusableDataset(self.folder, "its index was made by another version; import it again")
        if layout != _UNCHECKED and not self._checked:
            raise FileNotFoundError(f"the checksums of {INDEX} are missing")

    def shrink(self) -> None:
        """Free what is cached of the file, as before a process is copied that will not look up anything itself."""
        with self._lock:
            self._database.execute("PRAGMA shrink_memory")

    def __len__(self) -> int:
        return sum(self.tally.values())

    def __contains__(self, iri: object) -> bool:
        return isinstance(iri, str) and bool(self._ask("SELECT 1 FROM node WHERE iri = ?", to_key(iri)))

    def __iter__(self) -> Iterator[str]:
        return (to_iri(row[0]) for row in self._nodes("SELECT iri FROM node WHERE TRUE"))

    def get(self, iri: str) -> dict[str, list[str]] | None:
        """What is said about a node: predicate → objects; None if it is not there."""
        key = to_key(iri)
        found = self._ask("SELECT body FROM node WHERE iri = ?", key)
        return self._unpack(key, found[0][0]) if found else None

    def items(self) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """All nodes with what is said about them, by IRI."""
        return ((to_iri(row[0]), self._unpack(*row)) for row in self._nodes("SELECT iri, body FROM node WHERE TRUE"))

    def each(self, kind: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """All nodes of a kind with what is said about them, by IRI."""
        found = self._nodes("SELECT iri, body FROM node WHERE kind = ?", kind)
        return ((to_iri(row[0]), self._unpack(*row)) for row in found)

    def of_kind(self, kind: str) -> list[str]:
        """The nodes of a kind, by IRI."""
        if kind not in self.tally:
            return []
        return [to_iri(row[0]) for row in self._nodes("SELECT iri FROM node WHERE kind = ?", kind)]

    def pointing(self, predicate: str, iri: str, kinds: Sequence[str] = ()) -> list[str]:
        """The nodes that point to a node by a predicate, of the given kinds or of any, by IRI.

        What all nodes have, their class and where they are taken from, is not indexed.
        """
        if not self.has_pointers(predicate, kinds):
            return []
        among = f"AND kind IN ({_marks(kinds)})" if kinds else ""
        found = self._ask(
            f"SELECT subject FROM points WHERE object = ? AND predicate = ? {among}",
            to_key(iri),
            self._numbers[predicate],
            *kinds,
        )
        return sorted(to_iri(short) for (short,) in found)

    def pointing_by(self, predicates: Sequence[str], iri: str, kind: str) -> list[tuple[str, str]]:
        """Each node of a kind that points to a node by one of some predicates, after its predicate; in order."""
        numbers = [self._numbers[predicate] for predicate in predicates if predicate in self._numbers]
        query = (
            f"SELECT predicate, subject FROM points WHERE object = ? AND predicate IN ({_marks(numbers)}) AND kind = ?"
        )
        found = self._ask(query, to_key(iri), *numbers, kind)
        return sorted((self._iris[str(number)], to_iri(short)) for number, short in found)

    def has_pointers(self, predicate: str, kinds: Sequence[str] = ()) -> bool:
        """Whether nodes of the given kinds, or of any, may point to something by a predicate."""
        return predicate in self._numbers and not (kinds and self.tally.keys().isdisjoint(kinds))

    def pointers(self, iri: str, most: int = -1) -> list[tuple[str, str]]:
        """Predicate and subject of the statements that point to a node, `most` of them at most."""
        found = self._ask("SELECT predicate, subject FROM points WHERE object = ? LIMIT ?", to_key(iri), most)
        try:
            return [(self._iris[str(number)], to_iri(short)) for number, short in found]
        except KeyError as error:
            raise self._damage_error(error) from error

    def under(self, beginning: str, most: int) -> list[str]:
        """The nodes whose IRIs begin with a text, `most` of them at most, by IRI."""
        first = to_key(beginning)
        found = self._ask("SELECT iri FROM node WHERE iri >= ? AND iri < ? LIMIT ?", first, first + _LAST_SIGN, most)
        return [to_iri(short) for (short,) in found]

    def seek(self, key_: str) -> str | None:
        """The first key of a node from a given key on."""
        found: str | None = self._ask("SELECT min(iri) FROM node WHERE iri >= ?", key_)[0][0]
        return found

    def predicates(self) -> tuple[str, ...]:
        """All predicates in use."""
        return tuple(self._numbers)

    ### Names

    def names_equal_to(self, normal: str) -> list[Name]:
        """The names that are, accents aside, as a text in normal form is."""
        return self._names("name.normal = ? ORDER BY name.id", self._spell(normal))

    def names_in_the_singular(self, singular: str) -> list[Name]:
        """The names whose singular is as given: see `careergraph.model.text.to_singular`."""
        return self._names("name.singular = ? ORDER BY name.id", self._spell(singular))

    def names_starting_with(
        self, normal: str, most: int = -1, kinds: Sequence[str] = (), *, last: bool = False
    ) -> list[Name]:
        """The names that begin, accents aside, with a text in normal form, in alphabetical order.

        Args:
            normal: the text.
            most: how many at most; all if negative.
            kinds: the kinds of node; any kind if none is given.
            last: whether to begin at the end of the alphabet.
        """
        among = f"AND thing.kind IN ({_marks(kinds)})" if kinds else ""
        normal = self._spell(normal)
        order = "DESC" if last else "ASC"
        condition = f"name.normal >= ? AND name.normal < ? {among} ORDER BY name.normal {order} LIMIT ?"
        return self._names(condition, normal, normal + _LAST_SIGN, *kinds, most)

    def with_words(self, beginnings: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
        """The nodes in whose names and definitions, taken together, a word begins with each of some texts.

        Returns:
            Node → its names, each with its rank and as `careergraph.model.text.fold` gives it.
        """
        found: set[int] | None = None
        for beginning in dict.fromkeys(map(self._spell, beginnings)):
            rows = self._ask("SELECT things FROM word WHERE word >= ? AND word < ?", beginning, beginning + _LAST_SIGN)
            places = {place for (blob,) in rows for place in self._places(blob)}
            found = places if found is None else found & places
        names: dict[str, list[tuple[int, str]]] = {}
        for iri, rank, normal in self._by_number(
            "SELECT iri, rank, normal FROM thing LEFT JOIN name ON name.thing = thing.id WHERE thing.id IN ",
            sorted(found or ()),
        ):
            names.setdefault(to_iri(iri), []).append((rank, normal and strip_accents(normal)))
        return names

    def alike(self, grams: Iterable[str], kinds: Sequence[str] = (), most: int = 200) -> list[Name]:
        """The labels and aliases that share most sequences of three characters with a text, most similar first.

        Args:
            grams: those of the text: see `careergraph.model.text.split_grams`.
            kinds: the kinds of node; any kind if none is given.
            most: how many at most.
        """
        from careergraph.store.shared_numbers import rank_shared

        wanted = tuple(grams)
        blobs = self._ask(f"SELECT names FROM gram WHERE gram IN ({_marks(wanted)})", *wanted)
        ranked = rank_shared([self._places(blob) for (blob,) in blobs], most)
        found: list[Name] = []
        for _ in range(_MOST_LOOKS):
            numbers = list(islice(ranked, most))
            if not numbers:
                break
            rows = {row[0]: self._name(*row[1:]) for row in self._by_number(f"{_NAMED} name.id IN ", numbers)}
            if len(rows) < len(numbers):
                raise self._damage_error("a name is missing")
            names = (rows[number] for number in numbers)
            found += (name for name in names if name.rank < 2 and (not kinds or name.kind in kinds))
            if len(found) >= most:
                break
        return found[:most]

    def _nodes(self, query: str, *values: str) -> Iterator[tuple[str, ...]]:
        ordered = f"{query} AND iri >= ? AND iri < ? ORDER BY iri"
        for first, end in _STRETCHES:
            rows: Iterator[tuple[str, ...]] = self._read(self._database.execute, ordered, (*values, first, end))
            while some := self._read(lambda rows=rows: list(islice(rows, _ROWS))):
                yield from some

    def _names(self, condition: str, *values: object) -> list[Name]:
        rows = self._ask(f"{_NAMED} {condition}", *values)
        return [self._name(*row[1:]) for row in rows]

    def _name(self, node: str, kind: str, rank: int, text: str) -> Name:
        if kind not in self.tally:
            raise self._damage_error(f"unknown kind {kind!r}")
        return Name(to_iri(node), kind, rank, text)

    def _by_number(self, query: str, numbers: Sequence[int]) -> list[tuple]:  # type: ignore[type-arg]
        # Numbers are written into the query: older versions of SQLite take few variables.
        return self._ask(f"{query} ({','.join(map(str, numbers))})")

    def _ask(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        try:
            with self._lock:
                return self._database.execute(query, values).fetchall()
        except self._unreadable as error:
            raise self._damage_error(error) from error

    def _read(self, do: Callable[..., T], *given: object) -> T:
        # One thread at a time, and damage is reported.
        try:
            with self._lock:
                return do(*given)
        except self._unreadable as error:
            raise self._damage_error(error) from error

    def _unpack(self, short: str, body: str) -> dict[str, list[str]]:
        iris = self._iris
        try:
            return {iris[number]: objects for number, objects in self._decode(body)[0].items()}
        # not JSON, not a predicate of the index, or not an object
        except (ValueError, KeyError, AttributeError) as error:
            raise self._damage_error(error) from error

    def _places(self, blob: bytes) -> array[int]:
        try:
            return _numbers(blob)
        except (ValueError, TypeError) as error:
            raise self._damage_error(error) from error

    def _damage_error(self, error: Exception | str) -> UnusableDataset:
        return UnusableDataset(self.folder, f"its index is damaged ({to_safe_line(str(error))}); import it again")


_NAMED = """SELECT name.id, thing.iri, thing.kind, name.rank, name.text
            FROM name JOIN thing ON thing.id = name.thing WHERE"""


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def _numbers(blob: bytes) -> array[int]:
    import sys

    found = array("I")
    found.frombytes(blob)
    if sys.byteorder == "big":
        found.byteswap()
    return found
