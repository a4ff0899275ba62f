"""Jobs and wages by occupation, as the U.S. Bureau of Labor Statistics estimates them, by nation, state or area.

An occupation that the table has no row for, but a group that it is in, has the pay of that group, whose basis says so:
O*NET's critical care nurses are among the registered nurses. The jobs of a group are not told of its members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from careergraph.importing.codes import CodedOccupations, find_coded_occupations
from careergraph.importing.slugs import state_type, to_slug
from careergraph.importing.source import Advance, Node, Said
from careergraph.importing.statistics import (
    Quartiles,
    Table,
    derive,
    find_basis_node,
    find_year,
    make_pay_statements,
    make_source_nodes,
    open_table,
    read_number,
)
from careergraph.model.errors import UnusableSource
from careergraph.rdf.standards import SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, NAMESPACE

GRAPH = "https://w3id.org/careergraph/graph/oews"
_BASE = f"{NAMESPACE.id}oews/"
_BASIS = f"{_BASE}basis/wage"
#: Layout → the columns of: code, title, area, jobs, their error, error of wages, 10th to 90th percentile of a year's.
LAYOUTS = {
    "query": (
        *("soc", "title", "display_level", "Employment", "Employment percent relative standard error"),
        *("Wage percent relative standard error", "Annual 10th percentile wage", "Annual 25th percentile wage"),
        *("Annual median wage", "Annual 75th percentile wage", "Annual 90th percentile wage"),
    ),
    "download": (
        *("OCC_CODE", "OCC_TITLE", "AREA_TITLE", "TOT_EMP", "EMP_PRSE", "MEAN_PRSE"),
        *("A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90"),
    ),
}
#: What stands for a figure that is not available, or above what is published.
_MISSING = ("", "-", "*", "**", "#", "~")
_NATION = ("U.S.", "US", "United States")
#: The code of a group of occupations, such as 13-1020 for 13-1021 to 13-1029; larger groups end in two zeros.
_BROAD = re.compile(r"[0-9]{2}-[0-9]{2}[1-9]0")
#: The form of the codes of occupations that such a table may be about.
_OCCUPATION = re.compile(r"[0-9]{2}-[0-9]{4}\.[0-9]{2}")


class Estimate(NamedTuple):
    """A row: what it is of, and its figures; None for those that are not published."""

    code: str
    title: str
    region: str
    jobs: float | None
    jobs_error: float | None
    wage_error: float | None
    wages: tuple[float | None, ...]


class Estimates:
    """A table of estimates, read into memory; `careergraph.importing.source.Reading` says what it offers.

    Args:
        table: the rows.
        layout: which of `LAYOUTS` it has.
        year: the year that it is for.
        name: what to call the data set.
        known: the occupations of the data sets that are imported.
    """

    source = "https://www.bls.gov/oes/"
    licence = "https://creativecommons.org/publicdomain/mark/1.0/"
    graphs = (GRAPH,)

    def __init__(self, table: Table, layout: str, year: str, name: str, known: CodedOccupations) -> None:
        self.name, self.release = name, year
        self.title = f"Occupational Employment and Wage Statistics, May {year}"
        self.attribution = f"{self.title}, by the U.S. Bureau of Labor Statistics; in the public domain."
        self.files = {table.name: len(table)}
        self._table, self._layout, self._known = table, layout, known
        self._section = table.name
        self._left_out = 0

    @property
    def remarks(self) -> tuple[str, ...]:
        """How many rows were left out, once all have been read."""
        rows = "row is" if self._left_out == 1 else "rows are"
        said = f"{self._left_out:,} {rows} left out: of larger groups, or of occupations that are not imported."
        return (said,) * bool(self._left_out)

    def nodes(self, advance: Advance) -> Iterator[Node]:
        """The source, and jobs and pay for each occupation that is imported.

        Raises:
            UnusableSource: a cell is not a figure, or an occupation is there twice; or none is one that is imported.
        """
        publisher = "U.S. Bureau of Labor Statistics"
        yield from make_source_nodes(self, GRAPH, _BASE, publisher, (self._section,))
        meaning = "Wages and salaries of employees before tax, without overtime and bonuses, for a year's full time."
        yield find_basis_node(_BASIS, GRAPH, "wages", meaning)
        published = {cells[0] for _, cells in self._table.rows()}
        seen: set[tuple[str, str]] = set()
        made, told = 0, set[str]()
        for line, cells in self._table.rows(advance):
            found = self._estimate(line, cells)
            if (found.code, found.region) in seen:
                raise self._table.fault(line, f"{found.code} in {found.region} is there a second time")
            seen.add((found.code, found.region))
            own = self._known.get(f"{found.code}.00")
            made += len(own)
            for occupation in own:
                yield from self._claims(found, occupation)
            members = self._find_members(found.code, published)
            self._left_out += not (own or members)
            if members and found.code not in told:
                told.add(found.code)
                all_ = f"{meaning} Of all {found.title}, which it is among."
                yield find_basis_node(f"{_BASIS}/{found.code}", GRAPH, f"wages of all {found.title}", all_)
            for code in members:
                for occupation in self._known.get(code):
                    yield from self._pay(found, occupation, f"{_BASIS}/{found.code}", f"/{code}")
        if not made:
            reason = "no occupation that is imported has one of these codes; import onet first"
            raise UnusableSource(self._table.name, reason)

    def _estimate(self, line: int, cells: tuple[str, ...]) -> Estimate:
        code, title, area, *figures = cells
        jobs, jobs_error, wage_error, *wages = (read_number(self._table, line, cell, _MISSING) for cell in figures)
        region = "US" if self._layout == "query" or area in _NATION else area
        return Estimate(code, title, region, jobs, jobs_error, wage_error, tuple(wages))

    def _find_members(self, group: str, published: set[str]) -> list[str]:
        """The codes of occupations that are in a group and that the table has no row for."""
        broad = bool(_BROAD.fullmatch(group))
        codes = filter(_OCCUPATION.fullmatch, self._known.codes_under(group[:-1] if broad else f"{group}."))
        return [code for code in codes if (code[:7] not in published if broad else not code.endswith(".00"))]

    def _claims(self, found: Estimate, occupation: str) -> Iterator[Node]:
        yield from self._pay(found, occupation, _BASIS)
        if found.jobs is not None:
            derived = derive(_BASE, self.release, self._section)
            said = [*self._jobs(found, occupation, found.jobs), derived]
            yield Node(f"{_BASE}jobs/{self._end(found)}", GRAPH, said)

    def _end(self, found: Estimate) -> str:
        return f"{self.release}/{to_slug(found.region)}/{found.code}"

    def _pay(self, found: Estimate, occupation: str, basis: str, member: str = "") -> Iterator[Node]:
        derived = derive(_BASE, self.release, self._section)
        low, first, median, third, high = found.wages
        if first is not None and median is not None and third is not None:
            figures = Quartiles(round(first), round(median), round(third))
            said = [
                *make_pay_statements(occupation, figures, "USD", found.region, self.release),
                (CG.basis, basis, "iri"),
                derived,
            ]
            said += _figure(SCHEMA.percentile10, low, "integer") + _figure(SCHEMA.percentile90, high, "integer")
            said += _figure(CG.standardError, found.wage_error, "decimal")
            yield Node(f"{_BASE}pay/{self._end(found)}{member}", GRAPH, said)

    def _jobs(self, found: Estimate, occupation: str, jobs: float) -> list[Said]:
        error = "" if found.jobs_error is None else f", relative standard error {found.jobs_error:g} %"
        return [
            state_type(CG.Attribute),
            (SCHEMA.about, occupation, "iri"),
            (SCHEMA.propertyID, "jobs", ""),
            (SCHEMA.value, f"{jobs:,.0f}", ""),
            (SKOS.note, f"{found.region}, May {self.release}{error}", "@en"),
            *_figure(CG.standardError, found.jobs_error, "decimal"),
        ]


def _figure(predicate: str, value: float | None, sort: str) -> list[Said]:
    return [] if value is None else [(predicate, f"{value:.0f}" if sort == "integer" else f"{value:g}", sort)]


def read(path: str, release: str | None = None, name: str | None = None) -> Estimates:
    """Open a table of estimates, as CSV or as a workbook; O*NET has to be imported already.

    Raises:
        MissingExtra: it is a workbook, and the package that reads such is not installed.
        UnusableSource: it is no such table, or lacks a column, or nothing tells its year, or no occupations are there.
    """
    layout, table = open_table(path, LAYOUTS)
    known = find_coded_occupations()
    if not len(known):
        raise UnusableSource(path, "no occupations are imported that it could be about; import onet first")
    return Estimates(table, layout, find_year(path, release, table), name or "oews", known)
