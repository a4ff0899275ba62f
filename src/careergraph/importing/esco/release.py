"""A release of ESCO, in one or more languages.

    files       which files are read, with which columns; language and release of each
    concepts    occupations, ISCO-08 groups, skills and their groups, collections
    relations   essential and optional skills, relations between skills, hierarchies

A node's IRI is ESCO's own, so that the same thing has the same IRI in every release and language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import chain

from careergraph.importing.archives import open_any
from careergraph.importing.esco.concepts import (
    SkillRelations,
    find_tables,
    read_collections,
    read_concepts,
    read_isco_groups,
    read_occupations,
    read_skill_collections,
    read_skills,
    read_sources,
)
from careergraph.importing.esco.files import (
    EDITORS_GRAPH,
    GRAPH,
    WITHOUT,
    Files,
    SourceTable,
    check_files,
    check_not_packed,
    find_files,
    find_release,
)
from careergraph.importing.esco.relations import read_broader, read_related, read_requirements, read_strengths
from careergraph.importing.source import Advance, Node
from careergraph.model.errors import UnusableSource


class Esco:
    """A release of ESCO, read into memory; `careergraph.importing.source.Reading` says what it offers.

    Args:
        found: the files of all languages, the main one first.
        release: such as `1.1.1`.
        name: what to call the data set.
        remarks: remarks for users about the downloads.
    """

    source = "https://esco.ec.europa.eu/en/use-esco/download"
    licence = "http://data.europa.eu/eli/dec/2011/833/oj"
    graphs = (GRAPH, EDITORS_GRAPH)

    def __init__(self, found: Sequence[SourceTable], release: str, name: str, remarks: tuple[str, ...]) -> None:
        self.name, self.release, self._remarks = name, release, remarks
        self._left_out: Counter[str] = Counter()
        self.title = f"ESCO v{release}"
        self.attribution = (
            "This service uses the ESCO classification of the European Commission. careergraph has changed its form "
            f"and left parts out (ESCO v{release}, reused under Commission Decision 2011/833/EU)."
        )
        self.files = find_tables(found)
        self._found: tuple[SourceTable, ...] = tuple(found)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks for users: what is missing and, once all has been read, what was left out."""
        ways = self._left_out.total()
        owners = find_number(len(self._left_out), "occupation")
        said = f"{ways:,} relations are left out: they are of {owners} that no file has."
        return (*self._remarks, *(said,) * bool(ways))

    def nodes(self, advance: Advance) -> Iterator[Node]:
        """All nodes.

        Raises:
            UnusableSource: a cell is not as it should be, or refers to what the release does not have.
        """
        files, self._found = Files(self._found, self.release), ()  # freed once they are read: they are large
        kinds = ("occupations", "ISCOGroups", "skills", "skillGroups")
        jobs, groups, abilities, fields = (read_concepts(files, kind, advance) for kind in kinds)
        every = abilities | fields
        related = SkillRelations(
            read_broader(files, "broaderRelationsSkillPillar", advance),
            read_collections(files),
            read_related(files, every, advance),
        )
        above = read_broader(files, "broaderRelationsOccPillar", advance)
        return chain(
            read_sources(files, self),
            read_skill_collections(files),
            read_isco_groups(groups, above),
            read_occupations(jobs, above, groups),
            read_skills(every, related),
            read_strengths(files),
            read_requirements(files, jobs, every, self._left_out, advance),
        )


def read(path: str, release: str | None = None, name: str | None = None, *, more: Sequence[str] = ()) -> Esco:
    """Open a release: its CSV downloads, as zip archives, folders or single files, in any number of languages.

    Args:
        path: the download in the main language: what is not in it is left out of the others.
        release: which release it is, where the download does not tell.
        name: what to call the data set.
        more: further downloads: the one without a language, which has the relations, and other languages.

    Raises:
        UnusableSource: there are no occupations, or a file is there twice, is unreadable or lacks a column, or archives
            are within a download, or the release cannot be told.
    """
    with ExitStack() as stack:
        downloads = [stack.enter_context(open_any(given)) for given in (path, *more)]
        for download in downloads:
            check_not_packed(download)
        found = [item for download in downloads for item in find_files(download)]
        releases = dict.fromkeys(filter(None, map(find_release, downloads)))
    check_files(path, found)
    told = release or next(iter(releases), None)
    if told is None:
        raise UnusableSource(path, "nothing in it tells which release it is; name it, as in --release 1.1.1")
    return Esco(found, told, name or "esco", tuple(_remarks(found, list(releases))))


def find_number(number: int, what: str) -> str:
    """How many things of a kind, in words.

    >>> find_number(1, "occupation"), find_number(2, "occupation")
    ('1 occupation', '2 occupations')
    """
    return f"{number:,} {what}{'s' * (number != 1)}"


def _remarks(found: Sequence[SourceTable], releases: Sequence[str]) -> Iterator[str]:
    there = {item.kind for item in found}
    for kind, without in WITHOUT.items():
        if kind not in there:
            yield f"There is no file {kind}: {without}."
    if len(releases) > 1:
        yield f"The downloads are of releases {' and '.join(releases)}: only what the first one has is imported."
