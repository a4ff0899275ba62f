"""Names to offer while one is being typed. The user is waiting, so no catalogue is built: labels are enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from careergraph.catalogue.names import LONGEST_NAME, VOCABULARY, sort_indexes
from careergraph.model.escaping import has_controls
from careergraph.model.text import fold, normalise
from careergraph.rdf.kinds import NAMED_KINDS, NODE_KINDS, kind_of
from careergraph.rdf.standards import RDF, SKOS
from careergraph.store.compiled import CompiledStatements
from careergraph.store.datasets import is_imported
from careergraph.store.index import Index, Name
from careergraph.store.locations import BUNDLED, list_dataset_files
from careergraph.store.memory_index import ComputedIndex, MemoryIndex
from careergraph.store.snapshots import open_live
from careergraph.store.sources import parse
from careergraph.store.statements import Statements, read_statements

#: At most this many names of a data set on disk are offered: more than fit on a screen, and few enough to be quick.
MOST = 1_000
#: Predicate → rank of the name, as in `careergraph.store.index.Name`.
_RANKS = {SKOS.prefLabel: 0, SKOS.altLabel: 1}


class Offer(NamedTuple):
    """A name that completes what was typed, and the kind of its node."""

    text: str
    kind: str


def list_offers(files: Iterable[str], typed: str, kinds: Sequence[str] = (), most: int = MOST) -> list[Offer]:
    """The names that begin with what was typed and mean exactly one node, in alphabetical order.

    They are spelled as in the data if that differs from what was typed only in upper and lower case; otherwise what was
    typed is kept, and the rest is added to it.

    Args:
        files: as `careergraph.store.locations.list_dataset_files` gives them, but no endpoint.
        typed: the beginning of a name.
        kinds: the acceptable kinds of node; any kind that has names if none is given.
        most: how many names of each data set on disk at most. The last one is always among them, so that what all
            names have in common does not depend on where the list was cut.

    Raises:
        UnreadableFile, UnusableDataset, OutdatedDataset: a data set cannot be read.

    Takes time linear in the statements of files that name something, and logarithmic in those of data sets on disk.

    >>> from careergraph.store.locations import list_dataset_files
    >>> [offer.text for offer in list_offers(list_dataset_files(), "pyto", ["skill"])]
    ['PyTorch', 'PyTorch Geometric', 'PyTorch Lightning']
    """
    # The normal form has no space at its end, but a space that was typed has to be in the name.
    normal, given = normalise(f"{typed}x")[:-1], dict.fromkeys(files)
    wanted = fold(f"{typed}x")[:-1]
    on_disk = [path for path in given if is_imported(path)]
    found, words = _in_files((path for path in given if path not in on_disk), wanted, kinds)
    curated = {name.node: name.node in words for name in found}
    known: set[str] = set()
    for index in sort_indexes(open_live(path, Index) for path in on_disk):
        new = [name for name in _on_disk(index, normal, kinds, most) if fold(name.text) not in known]
        known |= {fold(name.text) for name in new}
        found += new
    texts = {continue_name(typed, name.text): name.kind for name in _unambiguous(found, curated)}
    return [
        Offer(text, texts[text])
        for text in sorted(texts, key=lambda text: (fold(text), text))
        # A shell passes lines, and no command accepts a name with control characters.
        if text and not has_controls(text) and len(text) <= LONGEST_NAME
    ]


def continue_name(typed: str, name: str) -> str:
    """How a name continues what was typed; empty if it does not.

    >>> continue_name("pyt", "PyTorch"), continue_name("machine-l", "Machine learning")
    ('PyTorch', 'machine-learning')
    """
    if name[: len(typed)].casefold() == typed.casefold():
        return name
    wanted = fold(name)
    # Usually the two are as long as each other; a hyphen, a space too many or a ligature makes them differ.
    places = sorted(range(len(name) + 1), key=lambda place: abs(place - len(typed)))
    return next((typed + name[place:] for place in places if fold(typed + name[place:]) == wanted), "")


def _in_files(files: Iterable[str], wanted: str, kinds: Sequence[str]) -> tuple[list[Name], set[str]]:
    """The names in files, and which of their nodes are only in the vocabulary."""
    given = tuple(files)
    if given != list_dataset_files(BUNDLED):
        return _in_parsed(given, wanted, kinds), set()
    statements = read_statements(given)
    index = statements if isinstance(statements, CompiledStatements) else ComputedIndex(statements)
    names = list(_in_bundled(statements, index, wanted, kinds))
    return names, {name.node for name in names if VOCABULARY in statements[name.node].get(SKOS.inScheme, ())}


def _in_bundled(statements: Statements, index: MemoryIndex, wanted: str, kinds: Sequence[str]) -> Iterator[Name]:
    for kind, node in dict.fromkeys(index.by_beginning(wanted)):
        for predicate, rank in _RANKS.items() if kind in (kinds or NAMED_KINDS) else ():
            texts = statements[node].get(predicate, ())
            yield from (Name(node, kind, rank, text) for text in texts if fold(text).startswith(wanted))


def _in_parsed(files: Iterable[str], wanted: str, kinds: Sequence[str]) -> list[Name]:
    naming: list[str] = []
    other: list[str] = []
    for path in files:
        (naming if _gives_names(path) else other).append(path)
    names: list[tuple[str, int, str]] = []
    classes: dict[str, list[str]] = {}
    for path in naming:
        _read(path, wanted, names, classes)
    # The class of a node is nearly always in the same file as its name, and most files have no names.
    if not all(node in classes for node, _, _ in names):
        for path in other:
            _read(path, wanted, names, classes)
    of = {node: kind_of(sorted(classes.get(node, ())), NODE_KINDS) for node, _, _ in names}
    return [Name(node, of[node], rank, text) for node, rank, text in names if of[node] in (kinds or NAMED_KINDS)]


def _gives_names(path: str) -> bool:
    # In every format, labels are spelled out.
    try:
        with open(path, "rb") as file:
            return b"Label" in file.read()
    except OSError:  # parsing reports it better
        return True


def _read(path: str, wanted: str, names: list[tuple[str, int, str]], classes: dict[str, list[str]]) -> None:
    a = RDF.type
    for quad in parse(path):
        predicate = quad.predicate.value
        if predicate in _RANKS:
            text = quad.object.value  # type: ignore[union-attr]
            if fold(text).startswith(wanted):
                names.append((quad.subject.value, _RANKS[predicate], text))  # type: ignore[union-attr]
        elif predicate == a:
            classes.setdefault(quad.subject.value, []).append(quad.object.value)  # type: ignore[union-attr]


def _on_disk(index: Index, wanted: str, kinds: Sequence[str], most: int) -> list[Name]:
    if not any(index.tally.get(kind) for kind in kinds or NAMED_KINDS):
        return []
    found = index.names_starting_with(wanted, most, kinds)
    if len(found) == most:
        found += index.names_starting_with(wanted, 1, kinds, last=True)
    return [name for name in found if name.rank in _RANKS.values()]


def _unambiguous(names: Iterable[Name], curated: Mapping[str, bool]) -> Iterator[Name]:
    # As `catalogue.names.find_node` decides: what is curated wins over what is not, then a label over an alias, then
    # what sources speak of over what merely stands in the vocabulary.
    called: dict[str, list[Name]] = {}
    for name in names:
        called.setdefault(fold(name.text), []).append(name)
    for alike in called.values():
        near = [name for name in alike if name.node in curated] or alike
        best = min(name.rank for name in near)
        meant = {name.node for name in near if name.rank == best}
        skills = {name.node for name in near if name.rank == best and name.kind == "skill" and curated.get(name.node)}
        nodes = {node for node in meant if not curated.get(node)} or skills or meant
        if len(nodes) == 1:
            yield from (name for name in alike if name.node in nodes)
