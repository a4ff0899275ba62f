"""Pay in AI and data jobs as people report it: quartiles by title, country, level and year.

Groups of fewer than ten reports are left out. `titles.tsv` lists the titles that mean a curated role, each with the
reason; other titles are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from statistics import quantiles
from typing import NamedTuple

from careergraph.importing.slugs import to_slug
from careergraph.importing.source import Advance, Node
from careergraph.importing.statistics import (
    Quartiles,
    Table,
    derive,
    find_basis_node,
    make_pay_statements,
    make_source_nodes,
    open_table,
    read_number,
)
from careergraph.model.errors import UnusableSource
from careergraph.rdf.vocabulary import CG, NAMESPACE

GRAPH = "https://w3id.org/careergraph/graph/ai-salaries"
#: The fewest reports that a figure is based on.
FEWEST = 10
_BASE = f"{NAMESPACE.id}ai-salaries/"
_BASIS = f"{_BASE}basis/self-reported"
COLUMNS = (
    *("work_year", "experience_level", "employment_type", "job_title"),
    *("salary", "salary_currency", "company_location"),
)
LEVELS = {"EN": "entry level", "MI": "mid level", "SE": "senior", "EX": "executive"}
_EMPLOYED = ("FT", "PT", "CT", "FL")
_FULL_TIME = "FT"
_DATE = re.compile(r"20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]")
_CODES = {"year": re.compile(r"20[0-9][0-9]"), "currency": re.compile("[A-Z]{3}"), "country": re.compile("[A-Z]{2}")}


class Group(NamedTuple):
    """The group of reports that are taken together: nothing is mixed across groups."""

    title: str
    country: str
    level: str
    year: str
    currency: str


class Reports:
    """The reports, read into memory; `careergraph.importing.source.Reading` says what it offers.

    Args:
        table: the rows.
        release: the day of the reports.
        name: what to call the data set.
    """

    title = "Salaries in AI and data jobs, self-reported"
    source = "https://aijobs.net/salaries/download/"
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    attribution = "Salaries in AI and data jobs, as people reported them themselves; CC0 1.0. Nobody has checked them."
    graphs = (GRAPH,)

    def __init__(self, table: Table, release: str, name: str) -> None:
        self.name, self.release = name, release
        self.files = {table.name: len(table)}
        self._table, self._left_out = table, 0

    @property
    def remarks(self) -> tuple[str, ...]:
        """How many reports were left out, once all have been read."""
        return (
            f"{self._left_out:,} reports are left out: of other titles, not full-time, or one of fewer than {FEWEST}.",
        ) * bool(self._left_out)

    def nodes(self, advance: Advance) -> Iterator[Node]:
        """The source, and a claim on pay for each group of at least ten reports.

        Raises:
            UnusableSource: a cell is not as it should be, or no group is large enough.
        """
        titles, groups = load_titles(), self._groups(advance)
        large = {group: sums for group, sums in sorted(groups.items()) if len(sums) >= FEWEST}
        if not large:
            raise UnusableSource(self._table.name, f"no title has {FEWEST} reports or more")
        self._left_out = len(self._table) - sum(map(len, large.values()))
        sections = tuple(sorted({group.title for group in large}))
        yield from make_source_nodes(self, GRAPH, _BASE, "aijobs.net", sections, "third-party")
        meaning = "A year's gross salary for full-time work, as people report it themselves; nobody has checked it."
        yield find_basis_node(_BASIS, GRAPH, "self-reported salary", meaning)
        for group, sums in large.items():
            yield self._claim(group, sums, titles[group.title])

    def _groups(self, advance: Advance) -> dict[Group, list[float]]:
        titles, found = load_titles(), dict[Group, list[float]]()
        for line, cells in self._table.rows(advance):
            year, level, employed, title, salary, currency, country = cells
            amount = read_number(self._table, line, salary)
            for what, code in (("year", year), ("currency", currency), ("country", country)):
                if not _CODES[what].fullmatch(code):
                    raise self._table.fault(line, f"{code!r} is not a {what}")
            if level not in LEVELS or employed not in _EMPLOYED or not amount:
                raise self._table.fault(
                    line, f"{level!r}, {employed!r} and {salary!r} are not a level, a kind and a salary"
                )
            if employed == _FULL_TIME and title in titles:
                found.setdefault(Group(title, country, LEVELS[level], year, currency), []).append(amount)
        return found

    def _claim(self, group: Group, sums: Sequence[float], role: str) -> Node:
        low, median, high = (round(sum_) for sum_ in quantiles(sums, n=4, method="inclusive"))
        end = "/".join(map(to_slug, group))
        said = make_pay_statements(role, Quartiles(low, median, high), group.currency, group.country, group.year)
        said += [(CG.seniority, group.level, ""), (CG.basis, _BASIS, "iri"), (CG.reports, str(len(sums)), "integer")]
        return Node(f"{_BASE}pay/{end}", GRAPH, [*said, derive(_BASE, self.release, group.title)])


@cache
def load_titles() -> dict[str, str]:
    """Title → the curated role that it stands for, as the editors have reviewed it.

    >>> load_titles()["Data Scientist"].removeprefix(NAMESPACE.id)
    'role/data-scientist'
    """
    text = files("careergraph.importing.ai_salaries").joinpath("titles.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {title: f"{NAMESPACE.id}role/{role}" for title, role, _ in rows}


def read(path: str, release: str | None = None, name: str | None = None) -> Reports:
    """Open the file of reports.

    Raises:
        UnusableSource: there is no such file, or it lacks a column, or its day is not known.
    """
    _, table = open_table(path, {"all": COLUMNS})
    told = _DATE.search(table.name)
    if not (release or told):
        raise UnusableSource(
            path, "nothing in its name tells the day that it is of; name it, as in --release 2025-01-19"
        )
    return Reports(table, release or (told[0] if told else ""), name or "ai-salaries")
