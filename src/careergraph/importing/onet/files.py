"""The files of O*NET that are read, by their columns; and how their codes become IRIs and their values terms."""

from __future__ import annotations

import re
from functools import cached_property

from careergraph.importing.slugs import to_slug
from careergraph.importing.source import Said
from careergraph.importing.tables import Table
from careergraph.rdf.standards import PROV
from careergraph.rdf.vocabulary import CG, NAMESPACE

ONET = f"{NAMESPACE.id}onet/"
GRAPH = "https://w3id.org/careergraph/graph/onet"
EDITORS_GRAPH = f"{GRAPH}-editors"
#: The agent whose judgement is in the editors' graph.
ATTRIBUTED: Said = (PROV.wasAttributedTo, f"{NAMESPACE.id}agent/editors", "iri")
NOT_AVAILABLE = "n/a"

_OCCUPATION, _ELEMENT = "O*NET-SOC Code", "Element ID"
_RATING = (_OCCUPATION, _ELEMENT, "Scale ID", "Data Value", "Date", "Domain Source")
#: File, without its ending → the columns that are read.
COLUMNS: dict[str, tuple[str, ...]] = {
    "Occupation Data": (_OCCUPATION, "Title", "Description"),
    "Content Model Reference": (_ELEMENT, "Element Name", "Description"),
    "Scales Reference": ("Scale ID", "Scale Name", "Minimum", "Maximum"),
    "UNSPSC Reference": ("Commodity Code", "Commodity Title"),
    "DWA Reference": (_ELEMENT, "IWA ID", "IWA Title", "DWA ID", "DWA Title"),
    "Job Zone Reference": ("Job Zone", "Name", "Experience", "Education", "Job Training"),
    "Education, Training, and Experience Categories": (_ELEMENT, "Scale ID", "Category", "Category Description"),
    "Alternate Titles": (_OCCUPATION, "Alternate Title", "Short Title"),
    "Sample of Reported Titles": (_OCCUPATION, "Reported Job Title"),
    "Skills": (*_RATING, "Recommend Suppress", "Not Relevant"),
    "Knowledge": (*_RATING, "Recommend Suppress", "Not Relevant"),
    "Work Styles": (*_RATING, "Recommend Suppress"),
    "Interests": _RATING,
    "Work Values": _RATING,
    "Technology Skills": (_OCCUPATION, "Example", "Commodity Code", "Hot Technology", "In Demand"),
    "Task Statements": (_OCCUPATION, "Task ID", "Task", "Task Type", "Date", "Domain Source"),
    "Tasks to DWAs": (_OCCUPATION, "Task ID", "DWA ID"),
    "Education, Training, and Experience": (*_RATING, "Recommend Suppress", "Category"),
    "Job Zones": (_OCCUPATION, "Job Zone", "Date", "Domain Source"),
    "Related Occupations": (_OCCUPATION, "Related O*NET-SOC Code", "Relatedness Tier", "Index"),
}
#: Tables that not every release has in this form: profiles are poorer without them, but usable.
OPTIONAL = ("Work Styles", "Interests", "Work Values", "Related Occupations")

_MONTH = re.compile(r"(0[1-9]|1[0-2])/([0-9]{4})")


class Files:
    """The tables of one release, with the IRIs of the sections that statements are taken from.

    Args:
        tables: name of the file in releases up to 30.2 → the table.
        release: such as `29.3`.
    """

    def __init__(self, tables: dict[str, Table], release: str) -> None:
        self.tables = tables
        self.source = f"{ONET}source/{release}"
        #: File, with its ending → the IRI of the section that it is.
        self.sections = {table.name: f"{ONET}file/{release}/{to_slug(_stem(table))}" for table in tables.values()}
        self._derived = {
            name: (PROV.wasDerivedFrom, self.sections[table.name], "iri") for name, table in tables.items()
        }

    def derive(self, name: str) -> Said:
        """That a node is taken from the file of a table."""
        return self._derived[name]

    def collect(self, name: str, line: int, month: str, respondents: str) -> tuple[Said, ...]:
        """When and from whom a row was collected, as far as it says so.

        Raises:
            UnusableSource: the date is not of the form 08/2023.
        """
        known = self._collection.get((month, respondents))
        if known is not None:
            return known
        said: list[Said] = []
        if month != NOT_AVAILABLE:
            found = _MONTH.fullmatch(month)
            if not found:
                raise self.tables[name].fault(line, f"the date {month!r} is not of the form 08/2023")
            said.append((CG.collected, f"{found[2]}-{found[1]}", "gYearMonth"))
        if respondents != NOT_AVAILABLE:
            said.append((CG.respondents, respondents, ""))
        return self._collection.setdefault((month, respondents), tuple(said))

    @cached_property
    def _collection(self) -> dict[tuple[str, str], tuple[Said, ...]]:
        return {}


def _stem(table: Table) -> str:
    return table.name.removesuffix(".txt")


def make_occupation_iri(code: str) -> str:
    """The IRI of an occupation."""
    return f"{ONET}occupation/{code}"


def make_element_iri(code: str) -> str:
    """The IRI of an element of the content model: a skill, a body of knowledge, an interest ..."""
    return f"{ONET}element/{code}"


def make_grade_iri(element: str, category: str) -> str:
    """The IRI of one grade of education, experience or training."""
    return f"{ONET}category/{element}/{category}"
