"""Read a CV: a JSON Resume file, checked against its schema."""

from __future__ import annotations

from typing import Any

from careergraph.model.decoding import decode_text
from careergraph.model.errors import UnreadableFile
from careergraph.transitions.people.cv.lenient_json import load_leniently, tell
from careergraph.transitions.people.dates import ISO_DATE, find_span, to_iso, to_month

#: A CV may have this many bytes.
LARGEST_PROFILE = 1_000_000
#: Section → what is read of it, or of each of its entries. Whatever else a CV has may be there in any form.
PARTS_READ = {
    "basics": ("name", "label"),
    "work": ("position", "startDate", "endDate"),
    "volunteer": ("position", "startDate", "endDate"),
    "education": ("area", "studyType", "startDate", "endDate"),
    "certificates": ("name",),
    "publications": ("name",),
    "skills": ("name", "level", "keywords"),
    "languages": ("language", "fluency"),
    "projects": ("keywords",),
}
_NAMES_READ = frozenset((*PARTS_READ, *(name for names in PARTS_READ.values() for name in names)))
#: Section → the member that a plain text instead of an entry means.
_NAMES = {"skills": "name", "languages": "language", "certificates": "name"}
_DATES = ("startDate", "endDate")
#: Sections whose entries have levels, dates or lists.
_TOLD_APART = ("work", "volunteer", "education", "skills", "languages", "projects", "certificates")
#: An end that has not come, for studies of which nobody can read when they end.
_NOT_YET = "2999"
#: A section of another name is taken for a misspelt one if it is so like one of the standard (difflib's ratio).
_MISSPELT = 0.8


def read_profile(path: str, content: bytes | None = None) -> dict[str, Any]:
    """The content of a JSON Resume file, of which what is read keeps to `careergraph/schemas/json-resume.json`.

    The file is only read, and nothing of it leaves the machine. Lists and objects that are there twice are read as one.
    They, comments and commas too many, numbers for levels and dates, dates in other words, and what is of another type
    than in the schema are read over, each with a warning (`OddFile`). Studies of which the end cannot be read are taken
    to be under way.

    Args:
        path: a file in UTF-8, at most 1 MB.
        content: what is in it, where that is known already.

    Raises:
        UnreadableFile: the file is missing, too large, not UTF-8, not JSON or no object, nested too deeply, says one
            thing twice, or has a section whose name is misspelt.
    """
    import json

    text = _text(path, content)
    try:
        document: dict[str, Any] = _as_texts(load_leniently(text, object_pairs_hook=_object))
        json.dumps(keep_parts(document), ensure_ascii=False).encode()
        fault = _leave_out_what_is_wrong(document) or _misspelt_section(document)
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            path=path, reason=f"it is not JSON: {error.msg}", line=error.lineno, column=error.colno
        ) from error
    except UnicodeEncodeError as error:
        raise UnreadableFile(path=path, reason="it holds half a character (a lone surrogate)") from error
    except ValueError as error:
        raise UnreadableFile(path=path, reason=str(error)) from error
    except RecursionError as error:
        raise UnreadableFile(path=path, reason="it is nested too deeply") from error
    if fault:
        raise UnreadableFile(path=path, reason=fault)
    return document


def _as_texts(document: Any) -> Any:
    """A CV whose levels and dates are texts, as in the schema; there is a warning for each that is not."""
    if not isinstance(document, dict):
        return document
    return {name: _entries_as_texts(name, value) if name in _TOLD_APART else value for name, value in document.items()}


def _entries_as_texts(section: str, entries: Any) -> Any:
    if isinstance(entries, dict):
        tell(f"{section} is an object, not a list; it is read as its one entry")
        entries = [entries]
    if not isinstance(entries, list):
        return entries
    return [
        _entry_as_texts(_as_entry(entry, section, f"{section}[{number}]"), f"{section}[{number}]")
        for number, entry in enumerate(entries)
        if entry is not None
    ]


def _as_entry(entry: Any, section: str, where: str) -> Any:
    """An entry that is a mere text as one with that name, where names are what is read of the section."""
    if not isinstance(entry, str) or section not in _NAMES:
        return entry
    tell(f"{where} is a text, not an object; it is read as its {_NAMES[section]}")
    return {_NAMES[section]: entry}


def _entry_as_texts(entry: Any, where: str) -> Any:
    if not isinstance(entry, dict):
        return entry
    read = {name: _as_text(name, value, f"{where}.{name}") for name, value in entry.items()}
    start, end = read.get("startDate"), read.get("endDate")
    if isinstance(start, str) and end in (None, "") and (found := find_span(start)) and found.span:
        read |= {"startDate": to_iso(found.span.first), "endDate": to_iso(found.span.last)}
        tell(f"{where}.startDate is {start.strip()[:40]!a}; it is read as {read['startDate']} to {read['endDate']}")
        return read
    return {name: _as_date(value, f"{where}.{name}") if name in _DATES else value for name, value in read.items()}


def _as_text(name: str, value: Any, where: str) -> Any:
    if name in ("level", "fluency", *_DATES) and type(value) in (int, float):
        tell(f"{where} is a number, not a text; it is read as {str(value)[:20]!r}")
        return str(value)
    if name == "keywords" and isinstance(value, str):
        tell(f"{where} is a text, not a list; it is read as a list between commas")
        return [word.strip() for word in value.split(",") if word.strip()]
    if name == "keywords" and isinstance(value, list):
        return [word for word in value if word is not None]
    return value


def _as_date(value: Any, where: str) -> Any:
    """A date as the schema has it, whatever way it is written; nothing for an end that has not come."""
    if not isinstance(value, str) or not value.strip() or ISO_DATE.fullmatch(value.strip()):
        return value.strip() or None if isinstance(value, str) else value
    shown, when = f"{where} is {value.strip()[:40]!a}", to_month(value)
    if when is not None:
        tell(f"{shown}; it is read as {to_iso(when)}")
        return to_iso(when)
    if not (where.startswith("education") and where.endswith("endDate")):
        tell(f"{shown}, which is not a date; it is read as none")
        return None
    tell(f"{shown}, which is not a date; the studies are taken to be under way")
    return _NOT_YET


def keep_parts(document: Any) -> Any:
    """Those parts of a CV that are read, without what is empty.

    >>> keep_parts({"basics": {"name": "Ada", "phone": None}, "skills": [{"name": "C", "level": ""}], "x-theme": 1})
    {'basics': {'name': 'Ada'}, 'skills': [{'name': 'C'}]}
    """
    if not isinstance(document, dict):
        return document
    found = {name: document[name] for name in PARTS_READ if document.get(name) is not None}
    return {
        name: [_keep(entry, name) for entry in value] if isinstance(value, list) else _keep(value, name)
        for name, value in found.items()
    }


def _keep(entry: Any, section: str) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {name: entry[name] for name in PARTS_READ[section] if entry.get(name) not in (None, "")}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # What JSON leaves open: of two members of one name, most readers lose the first without a word.
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = _join(name, found[name], value) if name in found else value
    return found


def _join(name: str, first: Any, second: Any) -> Any:
    """What two members of one name say together, in the first of them."""
    if isinstance(first, list) and isinstance(second, list):
        tell(f"{name[:40]!a} is there twice; what is in both is read")
        first.extend(second)
    elif isinstance(first, dict) and isinstance(second, dict):
        tell(f"{name[:40]!a} is there twice; what is in both is read")
        for inner, value in second.items():
            first[inner] = _join(inner, first[inner], value) if inner in first else value
    elif first != second and name in _NAMES_READ:
        raise ValueError(f"{name[:40]!a} is there twice, with different contents")
    elif first != second:
        tell(f"{name[:40]!a} is there twice, with different contents, of which nothing is read")
    return first


def _text(path: str, content: bytes | None) -> str:
    try:
        if content is None:
            with open(path, "rb") as file:  # noqa: PTH123 - the start path does without pathlib
                content = file.read(LARGEST_PROFILE + 1)
        if len(content) > LARGEST_PROFILE:
            raise UnreadableFile(path=path, reason=f"it is larger than {LARGEST_PROFILE:,} bytes")
        return decode_text(content)
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise UnreadableFile(path=path, reason="it is not UTF-8 text", line=line, column=column) from error
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error
    except ValueError as error:
        raise UnreadableFile(path=path, reason=str(error)) from error


def _leave_out_what_is_wrong(document: Any) -> str | None:
    """Put nothing for what breaks the schema in the parts that are read, with a warning each; a fault of the whole."""
    from jsonschema_rs import Draft202012Validator, ValidationErrorKind

    from careergraph.model.schemas import load_schema

    try:
        errors = list(Draft202012Validator(load_schema("json-resume")).iter_errors(keep_parts(document)))
    except ValueError as beyond:  # the validator's own bound of 255 levels; it takes all else that JSON can say
        raise RecursionError from beyond
    for error in errors:
        if not isinstance(error.kind, ValidationErrorKind.Type):
            raise AssertionError(error)  # no other rule concerns what is read
        path = [*error.instance_path]
        where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
        fault = f"{where or 'the document'} is {_type(error.instance)}, not {_TYPES[error.kind.types[0]]}"
        if not path:
            return fault
        tell(f"{fault}; it is read over")
        _put_nothing(document, path)
    return None


def _put_nothing(document: Any, path: list[str | int]) -> None:
    for part in path[:-1]:
        document = document[part]
    document[path[-1]] = None


def _misspelt_section(document: Any) -> str | None:
    from careergraph.model.near_names import find_near_names
    from careergraph.model.schemas import load_schema

    sections = load_schema("json-resume")["properties"]
    for name in document:
        if name not in sections and set(find_near_names(name[:40], sections, cutoff=_MISSPELT)) & PARTS_READ.keys():
            return f"the document has a section {name[:40]!a}; the sections are {', '.join(sections)}"
    return None


_TYPES = {"object": "an object", "array": "a list", "string": "a text"}


def _type(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
