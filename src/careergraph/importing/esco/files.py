"""The files of ESCO that are read, by their columns; which language and which release each is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from careergraph.importing.archives import Download
from careergraph.importing.csv_tables import CsvTable
from careergraph.importing.source import Said
from careergraph.model.errors import UnusableSource
from careergraph.model.escaping import to_safe_line
from careergraph.rdf.standards import PROV
from careergraph.rdf.vocabulary import NAMESPACE

ESCO = "http://data.europa.eu/esco/"
MODEL = f"{ESCO}model#"
OWN = f"{NAMESPACE.id}esco/"
GRAPH = "https://w3id.org/careergraph/graph/esco"
EDITORS_GRAPH = f"{GRAPH}-editors"


class File(NamedTuple):
    """A file of ESCO: the columns that are read, and those that not every release has."""

    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()


_LABELS = ("altLabels", "hiddenLabels", "description", "definition", "scopeNote")
#: File with labels, without language and ending → its columns. There is one of each for every language.
LABELLED = {
    "occupations": File(("conceptUri", "preferredLabel"), (*_LABELS, "code", "iscoGroup", "inScheme")),
    "skills": File(("conceptUri", "preferredLabel"), (*_LABELS, "skillType", "reuseLevel", "inScheme")),
    "skillGroups": File(("conceptUri", "preferredLabel"), (*_LABELS, "code", "inScheme")),
    "ISCOGroups": File(("conceptUri", "preferredLabel"), (*_LABELS, "code", "inScheme")),
}
#: Collection → how its file is called, and in it the column with the concepts. All of them are listed in each language.
COLLECTIONS = ("transversalSkills", "digitalSkills", "greenSkills", "languageSkills")
#: File of relations → its columns. These are the same in all languages.
RELATIONS = {
    "occupationSkillRelations": File(("occupationUri", "relationType", "skillUri")),
    "skillSkillRelations": File(("originalSkillUri", "relationType", "relatedSkillUri")),
    "broaderRelationsOccPillar": File(("conceptUri", "broaderUri")),
    "broaderRelationsSkillPillar": File(("conceptUri", "broaderUri")),
}
#: What users lack if a file is missing.
WITHOUT = {
    "skills": "skills have no labels, and are left out",
    "skillGroups": "groups of skills are left out",
    "ISCOGroups": "ISCO-08 groups have no labels",
    "occupationSkillRelations": "nothing says which skills occupations take",
    "skillSkillRelations": "relations between skills are left out",
    "broaderRelationsOccPillar": "the hierarchy of occupations is left out",
    "broaderRelationsSkillPillar": "the hierarchy of skills is left out",
    **{f"{name}Collection": "that collection is left out" for name in COLLECTIONS},
}

_NAME = re.compile(r"([A-Za-z]+?)(?:_([a-z]{2}))?(?:_v(\d+(?:\.\d+)+))?\.csv")
_RELEASE = re.compile(r"v(\d+\.\d+(?:\.\d+)?)")
#: A character that was written in UTF-8 and read in an older encoding, wholly or in part, as in some descriptions.
_TWICE_ENCODED = re.compile("\xe2.[\x80-\xbf\u0152-\u2122]")
_LEFT_OVER = re.compile("[\x80-\x9f]")


class SourceTable(NamedTuple):
    """A file of a download: its kind, its language (empty if it has none), and its table."""

    kind: str
    language: str
    table: CsvTable


class Files:
    """The tables of one release, in one or more languages, with the IRIs of the sections of the source.

    Args:
        found: the files, in the order in which the downloads were given.
        release: such as `1.1.1`.
    """

    def __init__(self, found: Sequence[SourceTable], release: str) -> None:
        self.found, self.source = tuple(found), f"{OWN}source/{release}"
        self.sections = {item.table.name: f"{OWN}file/{release}/{item.table.name}" for item in found}

    def of(self, kind: str) -> list[SourceTable]:
        """The files of a kind: one for each language, or one."""
        return [item for item in self.found if item.kind == kind]

    def derive(self, table: CsvTable) -> Said:
        """That a node is taken from a file."""
        return PROV.wasDerivedFrom, self.sections[table.name], "iri"


def find_files(download: Download) -> Iterator[SourceTable]:
    """The files of a download that are read, with their tables.

    Raises:
        UnusableSource: one of them is unreadable, or lacks a column.
    """
    for name in download.names:
        read = _NAME.fullmatch(name)
        kind, language = (read[1], read[2] or "") if read else ("", "")
        if kind.removesuffix("Collection") in COLLECTIONS:
            yield SourceTable(kind, language, CsvTable(download, name, "conceptUri"))
        known = LABELLED.get(kind) if language else RELATIONS.get(kind)
        if known:
            table = CsvTable(download, name, *known.columns, optional=known.optional, mend=mend)
            yield SourceTable(kind, language, table)


def check_not_packed(download: Download) -> None:
    """Make sure that a download is no folder of archives: part of it would be left out without a word.

    Raises:
        UnusableSource: there is an archive in it.
    """
    packed = [name for name in download.names if name.lower().endswith(".zip")]
    if packed:
        reason = f"it has archives in it, such as {to_safe_line(packed[0])!r}; name each of them instead"
        raise UnusableSource(download.path, reason)


def find_release(download: Download) -> str | None:
    """The release in the name of a download or of one of its files; None if there is none."""
    named = (download.path, *download.names)
    return next((found[1] for text in named for found in _RELEASE.finditer(text)), None)


def check_files(path: str, found: Sequence[SourceTable]) -> None:
    """Make sure that there is something to import.

    Raises:
        UnusableSource: there are no occupations, or a file is there twice.
    """
    if not any(item.kind == "occupations" for item in found):
        reason = "it has no file such as occupations_en.csv; import the CSV download, or the folder of it"
        raise UnusableSource(path, reason)
    seen: dict[tuple[str, str], str] = {}
    for kind, language, table in found:
        if (kind, language) in seen:
            reason = f"there are two files of {kind}{f' in {language}' if language else ''}; the other is "
            raise UnusableSource(table.place, f"{reason}{seen[kind, language]}")
        seen[kind, language] = table.place


def mend(text: str) -> str:
    r"""A text without the effects of double encoding, and without the backslashes at the ends of some lines.

    >>> mend("a nurse\xe2\x80\x99s notes, the \xe2\u20ac\x9dskill\xe2\u20ac\x9d")
    'a nurse’s notes, the ”skill”'
    """
    return _LEFT_OVER.sub("", _TWICE_ENCODED.sub(lambda found: _decode(found[0]), text.replace("\\\n", "\n")))


def _decode(signs: str) -> str:
    try:
        return b"".join(_byte(sign) for sign in signs).decode("utf-8")
    except UnicodeError:
        return signs


def _byte(sign: str) -> bytes:
    return sign.encode("latin-1" if ord(sign) < 256 else "cp1252")
