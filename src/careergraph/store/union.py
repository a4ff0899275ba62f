"""Statements in memory and data sets on disk, combined as if all were in memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from functools import cache, partial
from heapq import merge
from itertools import combinations, groupby, islice
from typing import Any

from careergraph.rdf.standards import OWL, SKOS
from careergraph.store.compiled import CompiledStatements
from careergraph.store.index import Index, to_iri, to_key
from careergraph.store.memory_index import INVERSE
from careergraph.store.statements import Statements

#: How many nodes that were looked up are kept for the next time, where nobody chooses.
_KEPT = 50_000
_ALIGNMENTS = ("alignment",)
_NOTHING = ("",)
#: The end of an alignment → its other end.
_OTHER_END = {OWL.annotatedSource: OWL.annotatedTarget, OWL.annotatedTarget: OWL.annotatedSource}
#: Indexes with more nodes in common are releases of one source.
_MOST_SHARED = 2_000
#: The first key from a given one on, or None.
_Seek = Callable[[str], str | None]


class Union(Mapping[str, dict[str, list[str]]]):
    """What is said about nodes, in memory and on indexes: `careergraph.store.statements.Statements` to be read only.

    Nodes in several of them are merged when they are joined, which takes time and memory linear in their number. Two
    indexes with thousands of nodes in common are releases of one source: there, what both have is merged when it is
    asked for, and both say of what kind it is. If several have labels for a node, those in memory come first, then
    those of the indexes in their order.

    Args:
        memory: the statements in memory.
        indexes: the data sets on disk.
    """

    def __init__(self, memory: Statements, indexes: Sequence[Index]) -> None:
        self.indexes = indexes
        shared, self._releases = _compare(memory, indexes)
        self.shared = frozenset(map(to_iri, shared))
        again = {iri: _one([memory.get(iri), *(index.get(iri) for index in indexes)]) for iri in self.shared}
        self.memory: Statements = {**memory, **again} if again else memory
        #: What is said about the nodes that were asked for; nothing of those that are nowhere.
        self._fetched: dict[str, dict[str, list[str]]] = {}
        #: The beginning of a key → the index that had the last node whose key begins so.
        self._homes: dict[str, Index] = {}
        self._pointed: dict[tuple[str, Sequence[str]], tuple[Index, ...]] = {}
        #: How many nodes that were looked up are kept for the next time.
        self.most_kept = _KEPT

    def get(self, iri: str, default: Any = None, /) -> Any:
        """What is said about a node, or the default."""
        found = self._fetched.get(iri)
        if found is None:
            found = self._fetch(iri)
        return found or default

    def __getitem__(self, iri: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] | None = self.get(iri)
        if found is None:
            raise KeyError(iri)
        return found

    def __contains__(self, iri: object) -> bool:
        return isinstance(iri, str) and self.get(iri) is not None

    def __len__(self) -> int:
        return len(self.memory) + sum(map(self._count_new, self.indexes))

    def _count_new(self, index: Index) -> int:
        if self._list_before(index):
            return sum(self._is_new(index, iri) for iri in index)
        return len(index) - sum(iri in index for iri in self.shared)

    def __iter__(self) -> Iterator[str]:
        yield from self.memory
        for index in self.indexes:
            yield from (iri for iri in index if self._is_new(index, iri))

    def items(self) -> ItemsView[str, dict[str, list[str]]]:
        """All nodes with what is said about them, each read when its turn comes."""
        return _Items(self)

    def values(self) -> ValuesView[dict[str, list[str]]]:
        """What is said about each node, read when its turn comes."""
        return _Values(self)

    def shrink(self) -> None:
        """Forget what was read of indexes, as before a process is copied that will not look up anything itself."""
        self._fetched.clear()
        for index in self.indexes:
            index.shrink()

    def pointing(self, found: list[str], predicate: str, iri: str, kinds: Sequence[str]) -> list[str]:
        """The nodes in memory that were found to point to a node, with those on indexes: see `Catalogue.pointing`."""
        for index in self.with_pointers(predicate, kinds):
            found = found + [node for node in index.pointing(predicate, iri, kinds) if node not in self.shared]
        return sorted(set(found))

    def having(self, found: list[str], predicate: str, kind: str) -> list[str]:
        """The nodes in memory that were found to point to anything, with those on indexes: see `Catalogue.having`."""
        for index in self.with_pointers(predicate, (kind,)):
            found = found + [iri for iri, said in index.each(kind) if predicate in said and iri not in self.shared]
        return sorted(set(found))

    def alignments(self, iri: str) -> list[tuple[str, str]]:
        """What alignments on indexes map a node to, each node with the SKOS mapping as seen from the one asked for.

        A data set on disk says nothing about nodes of other data sets.
        """
        found: list[tuple[str, str]] = []
        for index in self.with_pointers(OWL.annotatedSource, _ALIGNMENTS):
            for own, claim in index.pointing_by(tuple(_OTHER_END), iri, *_ALIGNMENTS):
                said = self.get(claim, {})
                (mapping, *_), (node, *_) = (said.get(p, _NOTHING) for p in (OWL.annotatedProperty, _OTHER_END[own]))
                if mapping in INVERSE and node in self:
                    found.append((node, mapping if own == OWL.annotatedSource else INVERSE[mapping]))
        return list(dict.fromkeys(found))

    def with_pointers(self, predicate: str, kinds: Sequence[str]) -> tuple[Index, ...]:
        """The indexes in which nodes of the given kinds, or of any, may point to something by a predicate."""
        asked = predicate, kinds
        if asked not in self._pointed:
            self._pointed[asked] = tuple(index for index in self.indexes if index.has_pointers(predicate, kinds))
        return self._pointed[asked]

    def each(self, kind: str, found: Sequence[str], *, keep: bool = True) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """The nodes in memory that were found to be of a kind, with those on indexes: see `Catalogue.each`."""
        here = ((iri, self.memory[iri]) for iri in sorted(found))
        there = (filter(self._is_unshared, index.each(kind)) for index in self.indexes)
        every = merge(here, *there, key=_first)
        for iri, said in self._merge_repeated(every) if self._releases else every:
            known = iri in self._fetched
            self._keep(iri, said)  # whoever is given a node asks for it next
            yield iri, said
            if not (keep or known):
                self._fetched.pop(iri, None)

    def kinds(self, found: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
        """Kind → the nodes in memory of that kind, with those on indexes: see `Catalogue.by_kind`."""
        return JoinedKinds(found, self)

    def _is_unshared(self, item: tuple[str, object]) -> bool:
        return item[0] not in self.shared

    def list_new(self, index: Index) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """The nodes of an index that are neither in memory nor on an index before, with all that is said about them."""
        if any(index in pair for pair in self._releases):
            return ((iri, self[iri]) for iri in index if self._is_new(index, iri))
        return filter(self._is_unshared, index.items())

    def _is_new(self, index: Index, iri: str) -> bool:
        """Whether a node of an index is neither in memory nor on an index before."""
        return iri not in self.shared and not any(iri in other for other in self._list_before(index))

    def _list_before(self, index: Index) -> list[Index]:
        return [one for one, other in self._releases if other is index]

    def _merge_repeated(
        self, items: Iterable[tuple[str, dict[str, list[str]]]]
    ) -> Iterator[tuple[str, dict[str, list[str]]]]:
        """The same nodes in the same order, each once, with all that is said about it."""
        for iri, _ in groupby(items, key=_first):
            yield iri, self[iri]

    def _fetch(self, iri: str) -> dict[str, list[str]]:
        found = self.memory.get(iri) or self._look_up(iri) or {}
        self._keep(iri, found)
        return found

    def _keep(self, iri: str, said: dict[str, list[str]]) -> None:
        if len(self._fetched) >= self.most_kept:
            self._fetched.clear()
        self._fetched[iri] = said

    def _look_up(self, iri: str) -> dict[str, list[str]] | None:
        # A node is mostly where the last one of its source was.
        source = to_key(iri).partition("/")[0]
        home = self._homes.get(source)
        for index in self.indexes if home is None else dict.fromkeys((home, *self.indexes)):
            found = index.get(iri)
            if found is not None:
                self._homes[source] = index
                return self._add_releases(iri, index, found) if self._releases else found
        return None

    def _add_releases(self, iri: str, home: Index, found: dict[str, list[str]]) -> dict[str, list[str]]:
        """What one index says about a node, with what others do that have much in common with it."""
        others = {index for pair in self._releases if home in pair for index in pair}
        parts = [found if index is home else index.get(iri) for index in self.indexes if index in others]
        return _one(parts) if any(part is not found for part in parts if part) else found


class _Items(ItemsView[str, dict[str, list[str]]]):
    _mapping: Union

    def __iter__(self) -> Iterator[tuple[str, dict[str, list[str]]]]:
        yield from self._mapping.memory.items()
        for index in self._mapping.indexes:
            yield from self._mapping.list_new(index)


class _Values(ValuesView[dict[str, list[str]]]):
    _mapping: Union

    def __iter__(self) -> Iterator[dict[str, list[str]]]:
        return (said for _, said in self._mapping.items())


class JoinedKinds(Mapping[str, list[str]]):
    """Kind → the nodes of that kind, by IRI, in memory and on indexes; a kind is read when it is asked for.

    Args:
        memory: kind → the nodes in memory, those that indexes know as well among them.
        joined: all nodes.
    """

    def __init__(self, memory: Mapping[str, list[str]], joined: Union) -> None:
        self._found = {kind: list(found) for kind, found in memory.items()}
        self._joined, self._missing = joined, {kind for index in joined.indexes for kind in index.tally}

    def __getitem__(self, kind: str) -> list[str]:
        if kind in self._missing:
            there, shared = self._found.get(kind, []), self._joined.shared
            there += (iri for index in self._joined.indexes for iri in index.of_kind(kind) if iri not in shared)
            if there:
                self._found[kind] = sorted(set(there))
            self._missing.discard(kind)
        return self._found[kind]

    def __iter__(self) -> Iterator[str]:
        return (kind for kind in sorted({*self._found, *self._missing}) if self.get(kind))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _first(item: tuple[str, object]) -> str:
    return item[0]


def _one(parts: Sequence[Mapping[str, Sequence[str]] | None]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in parts:
        for predicate, objects in (part or {}).items():
            found.setdefault(predicate, []).extend(objects)
    return {
        predicate: list(dict.fromkeys(objects)) if predicate == SKOS.prefLabel else sorted(set(objects))
        for predicate, objects in found.items()
    }


def _compare(memory: Statements, indexes: Sequence[Index]) -> tuple[set[str], list[tuple[Index, Index]]]:
    """The keys of nodes in more than one place, and the pairs of indexes that have more in common than `_MOST_SHARED`.

    What only such a pair has in common is not among the keys.
    """
    first = memory.seek if isinstance(memory, CompiledStatements) else partial(_seek, sorted(map(to_key, memory)))
    # Each is compared with every other one, mostly from the same keys on.
    here: _Seek = cache(first)
    sides: list[tuple[Index, _Seek]] = [(index, cache(index.seek)) for index in indexes]
    shared = {key for _, there in sides for key in _common(here, there)}
    releases = []
    for (one, seek_one), (other, seek_other) in combinations(sides, 2):
        found = list(islice(_common(seek_one, seek_other), _MOST_SHARED + 1))
        if len(found) > _MOST_SHARED:
            releases.append((one, other))
        else:
            shared.update(found)
    return shared, releases


def _seek(keys: Sequence[str], wanted: str) -> str | None:
    place = bisect_left(keys, wanted)
    return keys[place] if place < len(keys) else None


def _common(one: _Seek, other: _Seek) -> Iterator[str]:
    # Each side skips what lies before the other's next key: data sets have few stretches of IRIs in common.
    wanted = one("")
    while wanted is not None:
        found = other(wanted)
        if found == wanted:
            yield found
            found = one(wanted + "\0")
        else:
            one, other = other, one
        wanted = found
