"""Moves that a survey saw people make, by groups of occupations that the survey tells apart, and O*NET's in each.

The file has the columns `origin`, `destination`, `share`, `origin_title`, `destination_title`, `origin_employment` and
`destination_employment`; codes are SOC 2010, broad ones as a rule, and shares are of all who were in the origin.
"""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from careergraph.model.errors import UnreadableFile

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

COLUMNS = ("origin", "destination", "share", "origin_title", "destination_title")
PEOPLE = ("origin_employment", "destination_employment")
#: Destinations that fewer origins than this lead to may be in proportion by accident.
FEWEST_IN_COMMON = 4
#: Shares that differ by less than this part of themselves are the same.
_SAME = 1e-6


class Move(NamedTuple):
    """A row of the file."""

    origin: str
    destination: str
    share: float
    titles: tuple[str, str]
    people: tuple[float, float]


@dataclass(frozen=True)
class Moves:
    """Moves between groups: those of codes that the survey does not tell apart.

    `codes` and `titles` are those of each group, `people` how many there are in it, `flow` how many moved, groups ×
    groups, with zeros for staying and for groups that the file has nothing of as an origin.
    """

    codes: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...]
    people: Floats
    flow: Floats

    @property
    def shares(self) -> Floats:
        """Of those who left an origin, the share that went to each destination; 0 where nobody left."""
        left = self.flow.sum(axis=1, keepdims=True)
        return np.asarray(self.flow / np.where(left > 0, left, 1))

    @property
    def expected(self) -> Floats:
        """Of those who left all other origins, the share that went to each destination: groups × groups."""
        others = self.flow.sum(axis=0) - self.flow
        return np.asarray(others / others.sum(axis=1, keepdims=True))


def read_moves(path: str) -> list[Move]:
    """The rows of a file of observed moves.

    Raises:
        UnreadableFile: it cannot be read, lacks a column, or a share or a number of people is none.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            lacking = [name for name in (*COLUMNS, *PEOPLE) if name not in (table.fieldnames or ())]
            if lacking:
                raise UnreadableFile(path=path, reason=f"line 1: there is no column {', '.join(lacking)}")
            found = [_move(path, table.line_num, row) for row in table]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(path=path, reason=str(error)) from error
    if not found:
        raise UnreadableFile(path=path, reason="there are no rows below the names of the columns")
    return found


def _move(path: str, line: int, row: Mapping[str, str | None]) -> Move:
    origin, destination, share, *titles = (row[name] or "" for name in COLUMNS)
    part, *people = (_number(path, line, text) for text in (share, *(row[name] or "0" for name in PEOPLE)))
    if part > 1:
        raise UnreadableFile(path=path, reason=f"line {line}: {share!r} is not a share: a number between 0 and 1")
    return Move(origin, destination, part, (titles[0], titles[1]), (people[0], people[1]))


def _number(path: str, line: int, text: str) -> float:
    try:
        figure = float(text)
    except ValueError:
        figure = math.nan
    if not 0 <= figure < math.inf:
        raise UnreadableFile(path=path, reason=f"line {line}: {text!r} is not a number that is 0 or more")
    return figure


def merge_moves(moves: Sequence[Move]) -> Moves:
    """Moves between groups of codes that the survey does not tell apart.

    One code of a survey can stand for several of the file. Origins are such if they have the same destinations in the
    same shares, destinations if they take the same part of what comes from each of some origins.

    >>> rows = [("a", "c", 0.1), ("b", "c", 0.1), ("c", "a", 0.2)]
    >>> moves = [Move(here, there, share, (here, there), (100.0, 100.0)) for here, there, share in rows]
    >>> merged = merge_moves(moves)
    >>> merged.codes, merged.flow.tolist()
    ((('a', 'b'), ('c',)), [[0.0, 20.0], [20.0, 0.0]])
    """
    codes = sorted({code for move in moves for code in (move.origin, move.destination)})
    row = {code: number for number, code in enumerate(codes)}
    share = np.zeros((len(codes), len(codes)))
    for move in moves:
        share[row[move.origin], row[move.destination]] = move.share
    groups = _join(len(codes), [*_alike(share, _is_same), *_alike(share.T, _is_in_proportion)])
    return _to_groups(codes, groups, share, moves)


def _alike(shares: Floats, is_alike: Callable[[Floats, Floats], bool]) -> Iterator[tuple[int, int]]:
    """Pairs of rows with figures in the same places that are alike."""
    found: dict[bytes, list[int]] = defaultdict(list)
    for number, line in enumerate(shares):
        found[(line > 0).tobytes()].append(number)
    for first, *others in found.values():
        some = shares[first] > 0
        yield from ((first, other) for other in others if is_alike(shares[first, some], shares[other, some]))


def _is_same(one: Floats, other: Floats) -> bool:
    return len(one) > 0 and bool(np.allclose(one, other, rtol=_SAME, atol=0))


def _is_in_proportion(one: Floats, other: Floats) -> bool:
    ratios = one / other
    return len(ratios) >= FEWEST_IN_COMMON and bool(ratios.max() <= ratios.min() * (1 + _SAME))


def _join(size: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Numbers in groups, such that the two of each pair are in the same; in order of the least of each."""
    group = list(range(size))
    for one, other in pairs:
        low, high = sorted((group[one], group[other]))
        group = [low if number == high else number for number in group]
    return [[member for member in range(size) if group[member] == number] for number in sorted(set(group))]


def _to_groups(codes: Sequence[str], groups: Sequence[Sequence[int]], share: Floats, moves: Sequence[Move]) -> Moves:
    people = {code: number for move in moves for code, number in zip(move[:2], move.people, strict=True)}
    titles = {code: title for move in moves for code, title in zip(move[:2], move.titles, strict=True)}
    number = np.array([people[code] for code in codes])
    is_in = np.array([[member in group for member in range(len(codes))] for group in groups], dtype=float)
    flow = is_in @ (share * number[:, None]) @ is_in.T
    np.fill_diagonal(flow, 0)
    return Moves(
        codes=tuple(tuple(codes[member] for member in group) for group in groups),
        titles=tuple("; ".join(titles[codes[member]] for member in group) for group in groups),
        people=is_in @ number,
        flow=flow,
    )


def read_crosswalk(path: str) -> dict[str, list[str]]:
    """SOC 2010 → the codes of SOC 2018 that it became, from a JSON file.

    The file has either `codes`, old → several new ones, or `one_to_one`, old → new, and `ambiguous`, old → several.

    Raises:
        UnreadableFile: it is no such file.
    """
    try:
        said = json.loads(Path(path).read_text(encoding="utf-8"))
        found = {old: [new] for old, new in said.get("one_to_one", {}).items()}
        found |= {old: list(several) for part in ("ambiguous", "codes") for old, several in said.get(part, {}).items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise UnreadableFile(path=path, reason=str(error)) from error
    if not found:
        raise UnreadableFile(path=path, reason="it has neither `codes` nor `one_to_one`")
    return found


def list_members(
    observed: Moves, occupations: Sequence[str], crosswalk: Mapping[str, Iterable[str]]
) -> tuple[tuple[int, ...], ...]:
    """The numbers of the occupations in each group.

    Args:
        observed: the groups.
        occupations: the codes of occupations, SOC 2018 or what begins with it.
        crosswalk: SOC 2010 → SOC 2018.

    An occupation is where the closest code that the file has is: its own of SOC 2010, or else a broader one. If it was
    part of several, it is in several groups.
    """
    group = {code: number for number, codes in enumerate(observed.codes) for code in codes}
    before: dict[str, set[str]] = defaultdict(set)
    for old, several in crosswalk.items():
        for new in several:
            before[new].add(old)
    members: list[set[int]] = [set() for _ in observed.codes]
    for number, code in enumerate(occupations):
        for old in before.get(code[:7], {code[:7]}):
            found = next((group[wider] for wider in _wider(old) if wider in group), None)
            if found is not None:
                members[found].add(number)
    return tuple(tuple(sorted(numbers)) for numbers in members)


def _wider(code: str) -> list[str]:
    return [code, *(code[:kept] + "0" * (7 - kept) for kept in (6, 5, 4))]
