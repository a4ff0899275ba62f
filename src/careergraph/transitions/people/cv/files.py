"""Match a file about a person in any of the formats; the file itself shows its format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import UnreadableFile
from careergraph.transitions.people.cv.resume import read_profile
from careergraph.transitions.people.matching import match_profile
from careergraph.transitions.people.person import NAMELESS, Match, Person, UnknownPhrase

#: More years than anybody does anything.
_LIFE = 100
#: Endings of files that are read as text.
DOCUMENTS = (".pdf", ".docx", ".txt", ".md", ".text")

#: What can be read, in words.
_FORMATS = "JSON Resume (.json), Europass (.json, .xml), LinkedIn's export (.zip), .pdf, .docx, .txt and .md"


def match_file(catalogue: Catalogue, path: str, content: bytes | None = None) -> Person:
    """What a file says about a person, as nodes of the graph.

    A file is a JSON Resume, a Europass CV in JSON or XML, LinkedIn's data export (.zip), a document (.pdf, .docx, .txt,
    .md), or the profile that `careergraph profile FILE -o me.json` has written. It is only read, and nothing of it
    leaves the machine.

    Args:
        catalogue: where to look.
        path: the file.
        content: its content, if already known; then the path is only its name.

    Raises:
        MissingExtra: the reader of the format is not installed.
        UnreadableFile: the file is missing, damaged, locked, out of bounds or not what its ending says.
    """
    suffix = path[path.rfind(".") :].lower() if "." in path else ""
    if suffix in DOCUMENTS:
        from careergraph.transitions.people.cv.documents import read_pages
        from careergraph.transitions.people.cv.text import match_text

        return match_text(catalogue, read_pages(path, content))
    if suffix in (".xml", ".zip"):
        from careergraph.transitions.people.cv import formats as cv_formats

        read = cv_formats.read_linkedin if suffix == ".zip" else cv_formats.read_europass_xml
        return match_profile(catalogue, _without_nothing(read(path, content)))
    document = _read_json(path, content, suffix)
    if "positions" in document and "assets" in document:
        return read_person(catalogue, document, path)
    if "SkillsPassport" in document:
        from careergraph.transitions.people.cv.formats import read_europass_json

        document = _without_nothing(read_europass_json(document))
    return match_profile(catalogue, document)


def _read_json(path: str, content: bytes | None, suffix: str) -> dict[str, Any]:
    """The content of a JSON file; for a file of another ending that is none, what can be read is said."""
    try:
        return read_profile(path, content)
    except UnreadableFile as error:
        if suffix == ".json" or not error.reason.startswith(("it is not JSON", "it is not UTF-8")):
            raise
        ends = f"files that end in {suffix[:20]}" if suffix else "files without an ending that are not JSON"
        raise UnreadableFile(path=path, reason=f"{ends} cannot be read; {_FORMATS} can") from error


def match_own_file(catalogue: Catalogue, path: str) -> Person:
    """The person that a profile of ours describes, of a file of any name.

    Args:
        catalogue: where to look.
        path: the file, as somebody has edited it.

    Raises:
        UnreadableFile: it is no longer JSON, or not a profile.
    """
    document = read_profile(path)
    if not isinstance(document, dict) or not {"positions", "assets"} <= document.keys():
        raise UnreadableFile(path=path, reason='it has no "positions" or no "assets", as a profile has both')
    return read_person(catalogue, document, path)


def _without_nothing(found: Any) -> Any:
    if isinstance(found, dict):
        return {name: _without_nothing(value) for name, value in found.items() if value not in (None, "")}
    return [_without_nothing(value) for value in found] if isinstance(found, list) else found


def read_person(catalogue: Catalogue, document: Mapping[str, Any], path: str) -> Person:
    """The person that a profile of ours describes, as somebody may have edited it.

    Args:
        catalogue: where to look.
        document: what `Person.to_json` gives; of each match the IRI counts, and the level.
        path: the file that it is from.

    Raises:
        UnreadableFile: a match has no IRI, or a level that is not between 0 and 1.
    """
    unmatched: list[UnknownPhrase] = []
    found: dict[str, list[Match]] = {}
    for kind in ("positions", "assets"):
        entries = document[kind] if isinstance(document[kind], list) else [None]
        matches = [_match(catalogue, entry, f"{kind}[{number}]", path) for number, entry in enumerate(entries)]
        found[kind] = [match for match in matches if match.ref.id in catalogue.statements]
        gone = (match for match in matches if match.ref.id not in catalogue.statements)
        unmatched += [UnknownPhrase(match.text, match.where, "nothing here has its IRI") for match in gone]
    name = document.get("name")
    name = name if isinstance(name, str) and name.strip() else NAMELESS
    return Person(name, tuple(found["positions"]), tuple(found["assets"]), tuple(unmatched))


def _match(catalogue: Catalogue, entry: Any, where: str, path: str) -> Match:
    ref = entry.get("ref") if isinstance(entry, dict) else None
    iri = ref.get("id") if isinstance(ref, dict) else None
    level = entry.get("level", 1.0) if isinstance(entry, dict) else None
    if not isinstance(iri, str):
        raise UnreadableFile(path=path, reason=f'{where} names nothing: "ref" has to have the IRI as its "id"')
    if isinstance(level, bool) or not isinstance(level, int | float) or not 0 <= level <= 1:
        raise UnreadableFile(path=path, reason=f"{where} has the level {level!r:.40}; it is between 0 and 1")
    text, method = (str(entry.get(name) or default) for name, default in (("text", iri), ("method", "label")))
    facts = tuple(filter(None, map(str, entry.get("facts") or ()))) if isinstance(entry.get("facts"), list) else ()
    ref, place = catalogue.ref(iri), str(entry.get("where") or where)
    return Match(text, place, ref, method, 1.0, float(level), facts, _years(entry.get("years"), where, path))


def _years(said: Any, where: str, path: str) -> float | None:
    if said is not None and (isinstance(said, bool) or not isinstance(said, int | float) or not 0 <= said < _LIFE):
        raise UnreadableFile(path=path, reason=f"{where} has {said!r:.40} years; it is a number below {_LIFE}")
    return None if said is None else float(said)
