"""Whether data that is joined makes what people write less well understood."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.near_misses import list_texts
from careergraph.rdf.standards import RDF
from careergraph.rdf.vocabulary import CG
from careergraph.transitions.people.cv.files import match_file
from careergraph.transitions.people.matching import match_profile
from careergraph.transitions.people.person import Person
from cv_files import make_cv, read_cvs

_PEOPLE = Path(__file__).parents[1] / "fixtures" / "people"
_LISTS = ("phrases", "unseen", "everyday", "strangers", *(f"unseen-{number}" for number in range(2, 7)))
_SECTIONS = {
    "skill": ("skills", "name"),
    "language": ("languages", "language"),
    "title": ("work", "position"),
    "field": ("education", "area"),
    "credential": ("education", "studyType"),
}


def list_phrases(catalogue: Catalogue, every: int = 1) -> Iterator[tuple[str, str]]:
    """Kind and text of all phrases that there are for trying out, and of each so-manieth name of the bundled data."""
    for name in _LISTS:
        with (_PEOPLE / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            yield from [(row["kind"], row["text"]) for row in rows][:: every if name != _LISTS[0] else 1]
    kinds = {"skill": ("skill",), "credential": ("credential",), "title": ("role", "background")}
    for kind, sorts in kinds.items():
        for iri in [iri for sort in sorts for iri in catalogue.in_memory[sort]][::every]:
            field = CG.FieldOfStudy in catalogue.values(iri, RDF.type)
            yield from (("field" if field else kind, name) for name in list_texts(catalogue, iri))


def people(catalogue: Catalogue) -> Iterator[Person]:
    """Whoever the sample CVs are of."""
    for cv in read_cvs():
        yield match_file(catalogue, f"{cv['name']}.{cv['format']}", make_cv(cv))


def find_losses(alone: Catalogue, joined: Catalogue, every: int = 1) -> list[str]:
    """What is understood with the bundled data alone, and less well where more is joined.

    A skill, a field or a degree has to stay what it is; instead of a word for an occupation that no source speaks of,
    there may be the occupation of a source.
    """
    told = []
    for kind, text in list_phrases(alone, every):
        before, after = (_labels(catalogue, kind, text) for catalogue in (alone, joined))
        if len(after) < len(before) if kind == "title" else not before <= after:
            told.append(f"{kind} {text!r}: {sorted(before)} becomes {sorted(after)}")
    for before_, after_ in zip(people(alone), people(joined), strict=True):
        gone = {match.ref.label for match in before_.assets} - {match.ref.label for match in after_.assets}
        if gone or len(after_.positions) < len(before_.positions):
            told.append(f"CV of {before_.positions}: {sorted(gone)} is gone")
    return told


def _labels(catalogue: Catalogue, kind: str, text: str) -> frozenset[str]:
    section, member = _SECTIONS[kind]
    profile: dict[str, Any] = {section: [{member: text}]}
    person = match_profile(catalogue, profile)
    return frozenset(match.ref.label for match in (*person.positions, *person.assets))
