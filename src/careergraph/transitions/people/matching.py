"""From a CV to nodes of the graph: by label, by alias, by rule, by similarity; what matches nothing is kept, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from careergraph.catalogue.catalogue import Catalogue
from careergraph.transitions.people.cv.resume import keep_parts
from careergraph.transitions.people.dates import to_span
from careergraph.transitions.people.person import NAMELESS, Person, UnknownPhrase
from careergraph.transitions.people.reading import Reading


def match_profile(catalogue: Catalogue, profile: Mapping[str, Any]) -> Person:
    """What a CV says, as nodes of the graph; what cannot be matched is kept with the reason.

    A text is matched by label, then by alias, then by rule (without bracketed parts, seniority, version numbers;
    regardless of spaces and punctuation), then by similarity. Prose (summaries, highlights, names of classes), awards,
    interests and references are not read. A past position counts like a present one. A degree counts once it is
    finished: studies with a start and no end, or with an end to come, are taken to be under way.

    Args:
        catalogue: where to look.
        profile: as `read_profile` gives it.

    >>> found = match_profile(Catalogue.load(), {"skills": [{"name": "Pytorch", "level": "Advanced"}]})
    >>> [(match.ref.label, match.method, match.level) for match in found.assets]
    [('PyTorch', 'label', 0.75)]
    """
    unread = [
        UnknownPhrase(name, "the document", "no section of that name is read") for name in _unknown_sections(profile)
    ]
    profile = keep_parts(profile)
    basics = profile.get("basics", {})
    reading = Reading(catalogue)
    reading.position(basics.get("label"), "basics.label")
    for section in ("work", "volunteer"):
        for where, entry in _entries(profile, section):
            lasted = to_span(entry.get("startDate"), entry.get("endDate"))
            reading.position(entry.get("position"), f"{where}.position", lasted)
    for where, entry in _entries(profile, "education"):
        reading.education(entry, where)
    for where, entry in _entries(profile, "skills"):
        reading.skill(entry.get("name"), f"{where}.name", entry.get("level"))
        reading.keywords(entry, where, entry.get("level"))
    for where, entry in _entries(profile, "projects"):
        reading.keywords(entry, where)
    for where, entry in _entries(profile, "certificates"):
        reading.certificate(entry.get("name"), f"{where}.name")
    for where, entry in _entries(profile, "languages"):
        reading.skill(entry.get("language"), f"{where}.language", entry.get("fluency"))
    for where, entry in _entries(profile, "publications"):
        reading.publication(entry.get("name"), f"{where}.name")
    name = " ".join(basics.get("name", "").split())
    return reading.person(name or NAMELESS, tuple(unread))


def _unknown_sections(profile: Mapping[str, Any]) -> list[str]:
    from careergraph.model.schemas import load_schema

    sections = load_schema("json-resume")["properties"]
    return [name for name in profile if name not in sections]


def _entries(profile: Mapping[str, Any], section: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, entry in enumerate(profile.get(section, ())):
        if entry is not None:
            yield f"{section}[{number}]", entry
