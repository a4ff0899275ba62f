"""Moves from one group of occupations to another, as a survey observed them: shares, with what they are shares of.

What is imported is evidence of what happened. It never becomes a transition that a source asserts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from careergraph.importing.archives import open_file
from careergraph.importing.codes import CodedOccupations, find_coded_occupations
from careergraph.importing.csv_tables import CsvTable
from careergraph.importing.slugs import state_type, to_slug
from careergraph.importing.source import Advance, Node, Said
from careergraph.importing.statistics import derive, make_source_nodes, read_number
from careergraph.model.errors import UnusableSource
from careergraph.rdf.vocabulary import CG, NAMESPACE

GRAPH = "https://w3id.org/careergraph/graph/moves"
_BASE = f"{NAMESPACE.id}moves/"
COLUMNS = ("origin", "destination", "share")
OPTIONAL = ("origin_employment", "cases")
#: Classification of the codes → the form of such a code.
CODES = {
    "soc2010": re.compile(r"[0-9][0-9]-[0-9]{4}"),
    "soc2018": re.compile(r"[0-9][0-9]-[0-9]{4}"),
    "isco08": re.compile(r"[0-9]{1,4}"),
}
_SOC = re.compile(r"[0-9][0-9]-[0-9]{4}.*")
#: Classification of the codes → the form of the code of an occupation in such a group.
_OCCUPATIONS = {"soc2010": _SOC, "soc2018": _SOC, "isco08": re.compile(r"[0-9]{4}(\.[0-9]+)*")}
#: How much the shares of a group may exceed the whole: they are rounded.
_ROUNDED = 1.001


class Group(NamedTuple):
    """What is known of the people in a group of occupations: their number, and destination → share and cases."""

    people: float | None
    shares: dict[str, tuple[float, float | None]]


class Moves:
    """A table of shares, read into memory; `careergraph.importing.source.Reading` says what it offers.

    Args:
        table: the rows.
        codes: what its codes are of, one of `CODES`.
        release: what to call this state of it.
        name: what to call the data set.
        known: the occupations of the data sets that are imported.
    """

    title = "Observed moves between occupations"
    source = None
    licence = None
    attribution = "Moves between occupations as a survey observed them; small cells are noisy."
    graphs = (GRAPH,)

    def __init__(self, table: CsvTable, codes: str, release: str, name: str, known: CodedOccupations) -> None:
        self.name, self.release = name, release
        self.files = {table.name: len(table)}
        self._table, self._codes, self._known = table, codes, known
        self._left_out = 0

    @property
    def remarks(self) -> tuple[str, ...]:
        """How many moves were left out, once all have been read."""
        said = f"{self._left_out:,} moves are left out: no imported data set has occupations with one of their codes."
        return (said,) * bool(self._left_out)

    def nodes(self, advance: Advance) -> Iterator[Node]:
        """The source, and a claim for each way from one group to another.

        Raises:
            UnusableSource: a code or a share is none, or a move is there twice, or no occupations are imported.
        """
        yield from make_source_nodes(self, GRAPH, _BASE, "whose the survey is", (self._table.name,), "third-party")
        made = 0
        for origins, group in _merge_alike(self._groups(advance)).items():
            for destination, (share, cases) in sorted(group.shares.items()):
                ends = self._find(origins), self._find((destination,))
                if destination in origins:
                    continue
                if all(ends):
                    made += 1
                    yield self._claim(origins, destination, ends, _to_statements(origins, group, share, cases))
                self._left_out += not all(ends)
        if not made:
            reason = "no occupation that is imported has one of these codes; import onet or esco first"
            raise UnusableSource(self._table.name, f"{reason}, or name other --codes")

    def _groups(self, advance: Advance) -> dict[str, Group]:
        table, found = self._table, dict[str, Group]()
        for line, (origin, destination, share, people, cases) in table.rows(advance):
            for code in (origin, destination):
                if not CODES[self._codes].fullmatch(code):
                    raise table.fault(line, f"{code!r} is not a code of {self._codes}")
            part = read_number(table, line, share)
            if part is None or part > 1:
                raise table.fault(line, f"{share!r} is not a share: a number between 0 and 1")
            group = found.setdefault(origin, Group(read_number(table, line, people), {}))
            if destination in group.shares:
                raise table.fault(line, f"{origin} and {destination} are there a second time")
            group.shares[destination] = part, read_number(table, line, cases)
            if sum(one for one, _ in group.shares.values()) > _ROUNDED:
                raise table.fault(line, f"the shares of {origin} are more than all of it")
        return found

    def _find(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        like, stems = _OCCUPATIONS[self._codes], (one for code in codes for one in _current(code, self._codes))
        return tuple(sorted({iri for stem in stems for iri in self._known.under(stem, like)}))

    def _claim(
        self, origins: tuple[str, ...], destination: str, ends: tuple[tuple[str, ...], ...], told: list[Said]
    ) -> Node:
        iri = f"{_BASE}move/{to_slug(self.release)}/{'+'.join(origins)}/{destination}"
        said = [state_type(CG.ObservedMove), *((CG.movedFrom, one, "iri") for one in ends[0])]
        said += [(CG.movedTo, one, "iri") for one in ends[1]]
        return Node(iri, GRAPH, [*said, *told, derive(_BASE, self.release, self._table.name)])


def _to_statements(origins: tuple[str, ...], group: Group, share: float, cases: float | None) -> list[Said]:
    stayed = sum(one for code, (one, _) in group.shares.items() if code in origins)
    left = sum(one for one, _ in group.shares.values()) - stayed
    said: list[Said] = [
        (CG.shareOfLeavers, f"{100 * share / left:.6f}", "decimal"),
        (CG.leavers, f"{100 * left:.6f}", "decimal"),
    ]
    if group.people is not None:
        said.append((CG.peopleBefore, f"{group.people:.0f}", "integer"))
    return [*said, (CG.cases, f"{cases:.0f}", "integer")] if cases is not None else said


def _merge_alike(groups: Mapping[str, Group]) -> dict[tuple[str, ...], Group]:
    """Groups with the same destinations in the same shares as one: a survey's one code that stands for several."""
    alike: dict[tuple[object, ...], list[str]] = {}
    for code, group in groups.items():
        elsewhere = sorted((to, share) for to, (share, _) in group.shares.items() if to != code)
        alike.setdefault(tuple(elsewhere) or (code,), []).append(code)
    return {tuple(sorted(codes)): groups[min(codes)] for codes in alike.values()}


def _current(code: str, codes: str) -> tuple[str, ...]:
    """The beginnings of today's codes for the occupations of a group."""
    stem = code.rstrip("0") if codes.startswith("soc") else code
    if codes != "soc2010":
        return (stem,)
    return _current_soc(stem)


@cache
def _current_soc(stem: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(new for old, several in _soc_2018().items() if old.startswith(stem) for new in several))


@cache
def _soc_2018() -> Mapping[str, list[str]]:
    text = files("careergraph.importing.moves").joinpath("soc_2010_to_2018.json").read_text(encoding="utf-8")
    found: dict[str, list[str]] = json.loads(text)["codes"]
    return found


def read(path: str, release: str | None = None, name: str | None = None, *, codes: str = "") -> Moves:
    """Open a table of moves; the occupations that its codes are of have to be imported already.

    Args:
        path: a CSV file with columns origin, destination and share, and perhaps origin_employment and cases.
        release: what to call this state of it; as the file is called if not given.
        name: what to call the data set.
        codes: what the codes are of, one of `CODES`.

    Raises:
        UnusableSource: it is no such file, or lacks a column, or it is not said what its codes are of.
    """
    if codes not in CODES:
        raise UnusableSource(path, f"say what its codes are of: --codes {', '.join(CODES)}")
    download = open_file(path)
    table = CsvTable(download, download.names[0], *COLUMNS, optional=OPTIONAL)
    known = find_coded_occupations()
    if not len(known):
        raise UnusableSource(path, "no occupations are imported that it could be about; import onet or esco first")
    return Moves(table, codes, release or table.name.rpartition(".")[0] or "1", name or "moves", known)
