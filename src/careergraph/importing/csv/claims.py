"""What sheets say about things, as claims: requirements, holdings, tasks, transitions and pay, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from careergraph.importing.csv.names import Read
from careergraph.importing.csv.sources import Sources
from careergraph.importing.known_names import KnownNames
from careergraph.importing.slugs import find_free_slug, state_type
from careergraph.importing.source import Node, Said
from careergraph.rdf.standards import SCHEMA
from careergraph.rdf.vocabulary import CG


class Claims:
    """Makes claims out of rows.

    Args:
        known: where things are looked up.
        sources: where rows are taken from.
        base: what the IRIs of the data set begin with.
    """

    def __init__(self, known: KnownNames, sources: Sources, base: str) -> None:
        self.known, self._sources, self._base = known, sources, base
        self._taken: dict[str, dict[str, int]] = {}

    def make(self, read: Read, kind: str, class_: str, about: Iterable[str], said: Iterable[Said]) -> Node:
        """A claim that a row makes.

        Args:
            read: the row.
            kind: what users call such a claim.
            class_: its class.
            about: the nodes that its IRI is made of: the same row has the same IRI in every import.
            said: what it says.
        """
        cited = self._sources.of(read.row)
        part = find_free_slug("-".join(map(self.known.label, about)), self._taken.setdefault(kind, {}))
        return Node(
            f"{self._base}{kind}/{part}", cited.graph, [state_type(class_), *said, cited.derived, cited.attributed]
        )

    def labels(self, iris: Iterable[str]) -> str:
        """What nodes are called, as alternatives."""
        return " or ".join(map(self.known.label, iris))


def read_requirements(claims: Claims, read: Read) -> Iterator[Node]:
    """That a role asks for something, or for any one of several things."""
    role, needs, strength = read.one("role"), read.all("needs"), read.one("strength")
    firmly = ", ".join(map(claims.known.label, (strength, *read.all("level"))))
    text = f"{claims.known.label(role)} asks for {claims.labels(needs)}: {firmly}."
    said = [
        (SCHEMA.about, role, "iri"),
        *((CG.anyOf, need, "iri") for need in needs),
        (CG.strength, strength, "iri"),
        *_all(read, "level", CG.level, "iri"),
        *_all(read, "part", CG.part, ""),
        _text(read, text),
    ]
    yield claims.make(read, "requirement", CG.Requirement, (role, *needs), said)


def read_holdings(claims: Claims, read: Read) -> Iterator[Node]:
    """What people in a position can be expected to hold."""
    position, holds = read.one("position"), read.all("holds")
    listed = ", ".join(map(claims.known.label, holds))
    said = [
        (SCHEMA.about, position, "iri"),
        *((CG.holds, asset, "iri") for asset in holds),
        *_all(read, "level", CG.level, "iri"),
        _text(read, f"{claims.known.label(position)} can be expected to bring {listed}."),
    ]
    yield claims.make(read, "holding", CG.Holding, (position, *holds), said)


def read_tasks(claims: Claims, read: Read) -> Iterator[Node]:
    """What people in a role do."""
    role = read.one("role")
    said = [(SCHEMA.about, role, "iri"), (SCHEMA.text, read.one("task"), "@en")]
    yield claims.make(read, "task", CG.Task, (role,), said)


def read_transitions(claims: Claims, read: Read) -> Iterator[Node]:
    """That people move from one position to another.

    Raises:
        UnusableSource: they are the same.
    """
    origin, destination, ease = read.one("from"), read.one("to"), read.one("ease")
    if origin == destination:
        raise read.row.fault("a transition leads from one position to another one")
    ends = f"from {claims.known.label(origin)} to {claims.known.label(destination)}"
    said = [
        (CG.origin, origin, "iri"),
        (CG.destination, destination, "iri"),
        (CG.ease, ease, "iri"),
        _text(read, f"The way {ends}: {claims.known.label(ease)}."),
    ]
    yield claims.make(read, "transition", CG.Transition, (origin, destination), said)


def read_pay(claims: Claims, read: Read) -> Iterator[Node]:
    """What a role pays.

    Raises:
        UnusableSource: there is neither a figure nor a text, or a figure without a currency, or they are upside down.
    """
    role, figures = read.one("role"), [int(figure) for name in ("low", "high") for figure in read.all(name)]
    if not figures and not read.all("text"):
        raise read.row.fault("the row says neither what is paid ('low', 'high') nor anything about it ('text')")
    if figures and not read.all("currency"):
        raise read.row.fault("the column 'currency' has to say what the figures are counted in")
    if figures != sorted(figures):
        raise read.row.fault(f"the lower figure, {figures[0]}, is above the upper one, {figures[1]}")
    said = [(SCHEMA.about, role, "iri")]
    if figures:
        said.append((CG.openEnded, next(iter(read.all("open_ended")), "false"), "boolean"))
    for column, (predicate, sort) in _PAY.items():
        said += _all(read, column, predicate, sort)
    yield claims.make(read, "pay", CG.PayRange, (role,), said)


#: Column of what a role pays → how it is said.
_PAY = {
    "low": (SCHEMA.minValue, "integer"),
    "high": (SCHEMA.maxValue, "integer"),
    "currency": (SCHEMA.currency, ""),
    "region": (CG.region, ""),
    "segment": (CG.segment, "iri"),
    "seniority": (CG.seniority, ""),
    "basis": (CG.basis, "iri"),
    "year": (CG.year, "gYear"),
    "text": (SCHEMA.text, "@en"),
}
#: File → what its rows claim.
CLAIMS: dict[str, Callable[[Claims, Read], Iterator[Node]]] = {
    "requirements.csv": read_requirements,
    "holdings.csv": read_holdings,
    "tasks.csv": read_tasks,
    "transitions.csv": read_transitions,
    "pay.csv": read_pay,
}


def _all(read: Read, column: str, predicate: str, sort: str) -> list[Said]:
    return [(predicate, value, sort) for value in read.all(column)]


def _text(read: Read, otherwise: str) -> Said:
    """What the row says in words, or else a sentence that says the same as its cells."""
    return (SCHEMA.text, next(iter(read.all("text")), otherwise), "@en")
