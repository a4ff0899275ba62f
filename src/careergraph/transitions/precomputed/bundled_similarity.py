"""How easy moves between the bundled positions are, by the occupations that represent them.

Where O*NET is joined, this is computed from its ratings (`careergraph.transitions.steps`). Where it is not, the table
beside this module has results computed in the same way from one release, for people who hold what is usual in their
position. `scripts/make_similarity.py` writes it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypedDict

from careergraph.model.records import Record, Ref
from careergraph.rdf.vocabulary import ID

TABLE = "bundled_similarity.json"
_OCCUPATION = f"{ID}onet/occupation/"
#: The ease, the closeness, and the codes of the two occupations: see `Alike`.
Move = tuple[float, float, str, str]


class Alike(Record):
    """How easy a move from one position to another is, by two occupations that represent them."""

    ease: float
    """The ease of a move between the two occupations, in (0, 1]."""
    closeness: float
    """How far the two occupations represent the two positions, in (0, 1]."""
    place: Ref
    """The occupation that represents the origin."""
    target: Ref
    """The occupation that represents the destination."""

    @property
    def value(self) -> float:
        """The ease, weighted by how far the two occupations represent the two positions."""
        return self.ease * self.closeness


class Table(TypedDict):
    """The contents of the file, by the ends of IRIs: one line with the occupations, and one for each position."""

    source: str
    occupations: dict[str, str]
    moves: dict[str, dict[str, Move]]


def find_bundled(positions: Iterable[str], role: str) -> Alike | None:
    """How easy a move into a role is from the first of some positions that the table has; None if it has none.

    Args:
        positions: IRIs, the closest to the person's own position first.
        role: the IRI of a role.

    >>> nurse = "https://w3id.org/careergraph/id/background/nurse"
    >>> find_bundled([nurse], "https://w3id.org/careergraph/id/role/ai-ethicist").place.label
    'Registered Nurses'
    >>> find_bundled([], "https://w3id.org/careergraph/id/role/ai-ethicist")
    """
    ends = (_moves_from(iri.removeprefix(ID)).get(role.removeprefix(ID)) for iri in positions)
    found = next(filter(None, ends), None)
    if found is None:
        return None
    ease, closeness, place, target = found
    return Alike(ease, closeness, _occupation(place), _occupation(target))


@cache
def _occupation(code: str) -> Ref:
    return Ref(f"{_OCCUPATION}{code}", "occupation", _labels()[code], "en")


@cache
def _labels() -> Mapping[str, str]:
    labels: dict[str, str] = _read_line('"occupations": ')
    return labels


@cache
def _moves_from(position: str) -> Mapping[str, Move]:
    moves: dict[str, Move] = _read_line(f'  "{position}": ')
    return moves


def _read_line(beginning: str) -> dict[str, Any]:
    """The rest of the line with a beginning; empty if there is none. Most commands need a line or two."""
    import json

    text = load_table()
    start = text.find(f"\n{beginning}")
    if start < 0:
        return {}
    found: dict[str, Any] = json.loads(text[start + 1 + len(beginning) : text.index("\n", start + 1)].rstrip(","))
    return found


@cache
def load_table() -> str:
    """The table that comes with the package, as text: see `Table`."""
    with open(os.path.join(os.path.dirname(__file__), TABLE), encoding="utf-8") as file:
        return file.read()
