"""The sheets of a user's own data set: files, their columns, and how the cells of each are read.

This table defines them completely: reading, errors, the template and the documentation follow it.
"""

from __future__ import annotations

from typing import NamedTuple

from careergraph.importing.csv.cells import (
    Cell,
    label,
    read_address,
    read_amount,
    read_currency,
    read_day,
    read_language,
    read_number,
    read_period,
    read_text,
    read_year,
    read_yes_no,
)
from careergraph.rdf.vocabulary import CG


class Column(NamedTuple):
    """A column of a sheet.

    `cell` reads one cell, or each part of one between vertical bars if there may be `many`. Instead of that, a cell may
    name nodes of some `kinds`, or a term of a list (`scheme`). A `required` column has to be there and filled.
    """

    name: str
    cell: Cell = read_text
    required: bool = False
    many: bool = False
    kinds: tuple[str, ...] = ()
    scheme: str = ""


_ASSETS = ("skill", "credential", "milestone", "role", "background")
_ROLE = Column("role", kinds=("role",), required=True)
_LEVEL = Column("level", scheme="level")
#: The columns that say where a row is taken from, in every sheet but that of the sources: the short name of the source,
#: which may be left out if there is only one, and the page or section in it.
CITING = (Column("source"), Column("section"))
_NAMED = (Column("label", label, required=True), Column("aliases", label, many=True), Column("definition"))
#: The column, in sheets that declare things, for what a thing is a kind or a part of: another thing of its kind.
BROADER = Column("broader")

SOURCES = "sources.csv"
#: File → its columns.
FILES: dict[str, tuple[Column, ...]] = {
    SOURCES: (
        Column("source", label, required=True),
        Column("title", label, required=True),
        Column("publisher", required=True),
        Column("date", read_day, required=True),
        Column("standing", scheme="standing", required=True),
        Column("url", read_address),
        Column("licence", read_address),
    ),
    "organisations.csv": (*_NAMED, Column("url", read_address), *CITING),
    "skills.csv": (*_NAMED, Column("kind"), BROADER, *CITING),
    "backgrounds.csv": (*_NAMED, Column("kind"), BROADER, *CITING),
    "roles.csv": (*_NAMED, BROADER, *CITING),
    "courses.csv": (
        *_NAMED,
        Column("provider", kinds=("organisation",)),
        Column("teaches", kinds=("skill",), many=True),
        _LEVEL,
        Column("expects", kinds=_ASSETS, many=True),
        Column("expects_level", scheme="level"),
        Column("language", read_language, many=True),
        Column("hours_low", read_number),
        Column("hours_high", read_number),
        Column("price", read_number),
        Column("currency", read_currency),
        Column("price_basis", read_period),
        Column("certificate"),
        Column("licence"),
        Column("url", read_address),
        Column("date", read_day),
        *CITING,
    ),
    "requirements.csv": (
        _ROLE,
        Column("needs", kinds=_ASSETS, many=True, required=True),
        Column("strength", scheme="strength", required=True),
        _LEVEL,
        Column("part"),
        Column("text"),
        *CITING,
    ),
    "holdings.csv": (
        Column("position", kinds=("background", "role"), required=True),
        Column("holds", kinds=_ASSETS, many=True, required=True),
        _LEVEL,
        Column("text"),
        *CITING,
    ),
    "tasks.csv": (_ROLE, Column("task", required=True), *CITING),
    "transitions.csv": (
        Column("from", kinds=("background", "role"), required=True),
        Column("to", kinds=("role",), required=True),
        Column("ease", scheme="ease", required=True),
        Column("text"),
        *CITING,
    ),
    "pay.csv": (
        _ROLE,
        Column("low", read_amount),
        Column("high", read_amount),
        Column("open_ended", read_yes_no),
        Column("currency", read_currency),
        Column("region"),
        Column("segment", scheme="segment", many=True),
        Column("seniority"),
        Column("basis", scheme="basis"),
        Column("year", read_year),
        Column("text"),
        *CITING,
    ),
}
#: The sheets that declare things → what their column `kind` may say → class; the first one where it says nothing.
THINGS: dict[str, dict[str, str]] = {
    "organisations.csv": {"organisation": CG.Organisation},
    "skills.csv": {
        "skill": CG.Skill,
        "knowledge": CG.Knowledge,
        "tool": CG.Tool,
        "credential": CG.Credential,
        "milestone": CG.Milestone,
    },
    "backgrounds.csv": {"profession": CG.Profession, "field of study": CG.FieldOfStudy, "experience": CG.Experience},
    "roles.csv": {"role": CG.Role},
    "courses.csv": {"course": CG.Course},
}
#: Kind of node → the sheet that declares such nodes.
DECLARED_IN = {
    "organisation": "organisations.csv",
    "skill": "skills.csv",
    "credential": "skills.csv",
    "milestone": "skills.csv",
    "background": "backgrounds.csv",
    "role": "roles.csv",
    "course": "courses.csv",
}
