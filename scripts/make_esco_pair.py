r"""Make an older release of ESCO out of v1.1.1, so that there are two to compare.

    python scripts/make_esco_pair.py ENGLISH RELATIONS FOLDER
    careergraph import esco "FOLDER/ESCO dataset - v1.1.0 - classification - en - csv" \
        "FOLDER/ESCO dataset - v1.1.0 - classification -  - csv" --name esco-1.1.0
    careergraph datasets diff esco-1.1.0 esco

ENGLISH and RELATIONS are the downloads of v1.1.1, as zip archives or folders. What is written stands for v1.1.0 and is
not it: it has one occupation more, which relations of v1.1.1 still name, and six skills fewer; some occupations are
called otherwise, and some relations are optional instead of essential, or the other way round. Which they are follows
from the order of the rows alone. FOLDER gets a file `changes.json` that says what was changed.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

#: How many skills the older release has not, how many occupations it calls otherwise, how many relations it grades so.
FEWER, RENAMED, REGRADED = 6, 5, 10
#: What an occupation that the newer release has given up is called, and what a name was before.
GIVEN_UP, BEFORE = "occupation given up since", "{} (older name)"
OTHER = {"essential": "optional", "optional": "essential"}
_LONGEST_CELL = 1_000_000
#: File → its rows, the first of which names the columns.
Release = dict[str, list[list[str]]]


@dataclass(frozen=True)
class Changes:
    """What the newer release has changed of the older one, by IRI."""

    gone: tuple[str, ...]
    """Occupations that only the older one has."""
    added: tuple[str, ...]
    """Skills that only the newer one has."""
    renamed: tuple[str, ...]
    """Occupations that the older one calls otherwise."""
    regraded: tuple[tuple[str, str], ...]
    """Occupations with a skill that each takes as essential in one, and as optional in the other."""


def make_older(english: Path, relations: Path, folder: Path) -> Changes:
    """Write the older release, and say what the newer one has changed.

    Args:
        english: the download with the labels, an archive or a folder.
        relations: the download without a language.
        folder: where to write.
    """
    files = {"en": dict(read_files(english)), "": dict(read_files(relations))}
    changes = choose(files["en"], files[""])
    for language, found in files.items():
        target = folder / f"ESCO dataset - v1.1.0 - classification - {language} - csv"
        target.mkdir(parents=True, exist_ok=True)
        for name, rows in found.items():
            with (target / name).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(change(name, rows, changes))
    text = json.dumps(asdict(changes), indent=1)
    (folder / "changes.json").write_text(f"{text}\n", encoding="utf-8")
    return changes


def read_files(download: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """The files of a download, each as its rows."""
    csv.field_size_limit(_LONGEST_CELL)
    place: Path | zipfile.Path = download if download.is_dir() else zipfile.Path(download)
    files: list[Path | zipfile.Path] = [*place.iterdir()]
    for file in sorted(files, key=lambda one: one.name):
        if file.name.endswith(".csv"):
            yield file.name, list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))


def choose(english: Release, relations: Release) -> Changes:
    """What shall be changed, at even distances in each file."""
    occupations = dict.fromkeys(column(english["occupations_en.csv"], "conceptUri"))
    skills = list(dict.fromkeys(column(english["skills_en.csv"], "conceptUri")))
    added = tuple(evenly(skills, FEWER))
    stated = relations["occupationSkillRelations.csv"]
    pairs = list(zip(column(stated, "occupationUri"), column(stated, "skillUri"), strict=True))
    gone = dict.fromkeys(occupation for occupation, _ in pairs if occupation not in occupations)
    kept = [pair for pair in pairs if pair[0] in occupations and pair[1] not in added]
    return Changes(tuple(gone), added, tuple(evenly(list(occupations), RENAMED)), tuple(evenly(kept, REGRADED)))


def evenly(found: list[T], number: int) -> list[T]:
    """So many of some things, at even distances; all if there are fewer."""
    return found[:: max(1, len(found) // number)][:number]


def column(rows: list[list[str]], name: str) -> list[str]:
    """The cells of a column."""
    place = rows[0].index(name)
    return [row[place] for row in rows[1:] if row]


def change(name: str, rows: list[list[str]], changes: Changes) -> Iterator[list[str]]:
    """The rows of a file as the older release has them."""
    head, added, renamed, regraded = rows[0], set(changes.added), set(changes.renamed), set(changes.regraded)
    yield head
    for row in filter(None, rows[1:]):
        cells = dict(zip(head, row, strict=False))  # files that nobody imports have rows that are cut short
        if name == "occupations_en.csv" and cells["conceptUri"] in renamed:
            cells["preferredLabel"] = BEFORE.format(cells["preferredLabel"])
        if (cells.get("occupationUri"), cells.get("skillUri")) in regraded:
            cells["relationType"] = OTHER[cells["relationType"]]
        if added.isdisjoint(cells.values()):
            yield list(cells.values())
    if name == "occupations_en.csv":
        like = dict(zip(head, rows[1], strict=True))
        for iri in changes.gone:
            yield list((like | {"conceptUri": iri, "preferredLabel": GIVEN_UP, "altLabels": ""}).values())


def main(arguments: list[str]) -> None:
    """Make the release that is asked for, and print what the newer one has changed."""
    english, relations, folder = map(Path, arguments)
    changes = make_older(english, relations, folder)
    for what, found in asdict(changes).items():
        print(f"{what}: {len(found)}")


if __name__ == "__main__":
    main(sys.argv[1:])
