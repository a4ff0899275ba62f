"""CVs in other formats, converted to JSON Resume: Europass (XML and JSON), LinkedIn's export."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from careergraph.model.decoding import decode_text
from careergraph.model.errors import MissingExtra, UnreadableFile
from careergraph.store.bounded_files import read_bounded
from careergraph.transitions.people.cv.documents import LARGEST_DOCUMENT, check_archive

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: File of LinkedIn's export → section of a CV, and column → member.
_LINKEDIN = {
    "profile.csv": ("basics", {"headline": "label", "first name": "name", "last name": "surname"}),
    "positions.csv": ("work", {"title": "position", "started on": "startDate", "finished on": "endDate"}),
    "education.csv": (
        "education",
        {"degree name": "studyType", "notes": "area", "start date": "startDate", "end date": "endDate"},
    ),
    "volunteering.csv": ("volunteer", {"role": "position", "started on": "startDate", "finished on": "endDate"}),
    "skills.csv": ("skills", {"name": "name"}),
    "languages.csv": ("languages", {"name": "language", "proficiency": "fluency"}),
    "certifications.csv": ("certificates", {"name": "name"}),
    "publications.csv": ("publications", {"name": "name"}),
}


def read_linkedin(path: str, content: bytes | None = None) -> dict[str, Any]:
    """LinkedIn's data export, an archive of tables, as a CV; its content, where that is known already.

    Raises:
        UnreadableFile: the file is no such archive, or out of bounds.
    """
    archive = check_archive(path, read_bounded(path, LARGEST_DOCUMENT) if content is None else content)
    found: dict[str, Any] = {}
    try:
        for member in archive.namelist():
            name = member.rpartition("/")[2].lower()
            if name in _LINKEDIN:
                section, columns = _LINKEDIN[name]
                found[section] = [*found.get(section, []), *_rows(archive.read(member), columns)]
    except (csv.Error, UnicodeDecodeError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise UnreadableFile(path=path, reason=f"{member} in it cannot be read: {error}") from error
    if not found:
        raise UnreadableFile(path=path, reason=f"it is not a data export of LinkedIn: none of {', '.join(_LINKEDIN)}")
    if "basics" in found:
        basics = found["basics"][0] if found["basics"] else {}
        called = filter(None, (basics.get("name"), basics.pop("surname", None)))
        found["basics"] = {**basics, "name": " ".join(called)}
    return found


def _rows(content: bytes, columns: Mapping[str, str]) -> Iterator[dict[str, str]]:
    table = csv.reader(io.StringIO(decode_text(content)))
    # Some of the tables begin with lines of notes.
    head = next((row for row in table if {name.strip().lower() for name in row} & columns.keys()), [])
    names = [columns.get(name.strip().lower()) for name in head]
    for row in table:
        entry = {name: value.strip() for name, value in zip(names, row, strict=False) if name and value.strip()}
        if entry:
            yield entry


def read_europass_xml(path: str, content: bytes | None = None) -> dict[str, Any]:
    """A Europass CV in XML (SkillsPassport, version 3) as a CV; its content, where that is known already.

    Raises:
        MissingExtra: the reader is not installed.
        UnreadableFile: the file is no such XML, out of bounds, or declares entities.
    """
    try:
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import ParseError, fromstring
    except ImportError as error:
        raise MissingExtra("Reading Europass XML", extra="cv", package="defusedxml") from error
    try:
        root = fromstring(read_bounded(path, LARGEST_DOCUMENT) if content is None else content, forbid_dtd=True)
    except DefusedXmlException as error:
        reason = "it declares a document type or entities, which no CV needs and which can name other files"
        raise UnreadableFile(path=path, reason=reason) from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise UnreadableFile(path=path, reason=f"it is not sound XML: {error or type(error).__name__}") from error
    if _tag(root) != "SkillsPassport":
        raise UnreadableFile(path=path, reason=f"it is not a Europass CV: it begins with {_tag(root)[:40]!a}")
    return _from_europass_xml(root)


def _from_europass_xml(root: Element) -> dict[str, Any]:
    name = [_text(root, "PersonName/FirstName"), _text(root, "PersonName/Surname")]
    work = [
        {
            "position": _text(job, "Position/Label"),
            "startDate": _month(job, "Period/From"),
            "endDate": _month(job, "Period/To"),
        }
        for job in _all(root, "WorkExperience")
    ]
    education = [
        {
            "studyType": _text(one, "Title"),
            "area": _text(one, "Field/Label"),
            "startDate": _month(one, "Period/From"),
            "endDate": _month(one, "Period/To"),
        }
        for one in _all(root, "Education")
    ]
    tongues = [*_all(root, "MotherTongue"), *_all(root, "ForeignLanguage")]
    skills = [
        text for kind in _EUROPASS_SKILLS for node in _all(root, kind) for text in _lines(_text(node, "Description"))
    ]
    skills += _name_licences(node.text for part in _all(root, "Driving") for node in _all(part, "Licence"))
    return {
        "basics": {
            "name": " ".join(filter(None, name)),
            "label": "" if _text(root, "Headline/Type/Code") in _WANTED else _text(root, "Headline/Description/Label"),
        },
        "work": work,
        "education": [{key: value for key, value in one.items() if value} for one in education],
        "languages": [
            {
                "language": _text(one, "Description/Label"),
                "fluency": "native" if _tag(one) == "MotherTongue" else _text(one, "ProficiencyLevel/Listening"),
            }
            for one in tongues
        ],
        "skills": [{"name": text} for text in skills],
    }


#: Kinds of headline that say what people want, not what they are.
_WANTED = ("preferred_job", "job_applied_for", "studies_applied_for")
_EUROPASS_SKILLS = ("Computer", "Communication", "Organisational", "JobRelated", "Other")


def read_europass_json(document: Mapping[str, Any]) -> dict[str, Any]:
    """A Europass CV in JSON, as the XML one but for the names of its lists."""
    person = document.get("SkillsPassport", document).get("LearnerInfo", {})
    skills = person.get("Skills") or {}
    linguistic = skills.get("Linguistic") or {}
    mother, foreign = (linguistic.get(kind) or () for kind in ("MotherTongue", "ForeignLanguage"))
    described = [_dig(skills, kind, "Description") for kind in _EUROPASS_SKILLS]
    licences = _name_licences(_dig(skills, "Driving", "Description") or ())
    name = _dig(person, "Identification", "PersonName") or {}
    return {
        "basics": {
            "name": " ".join(filter(None, (name.get("FirstName"), name.get("Surname")))),
            "label": None
            if _dig(person, "Headline", "Type", "Code") in _WANTED
            else _dig(person, "Headline", "Description", "Label"),
        },
        "work": [
            {"position": _dig(job, "Position", "Label"), **_period(job)} for job in person.get("WorkExperience") or ()
        ],
        "education": [
            {"studyType": _dig(one, "Title"), "area": _dig(one, "Field", "Label"), **_period(one)}
            for one in person.get("Education") or ()
        ],
        "languages": [
            *({"language": _dig(one, "Description", "Label"), "fluency": "native"} for one in mother),
            *(
                {"language": _dig(one, "Description", "Label"), "fluency": _dig(one, "ProficiencyLevel", "Listening")}
                for one in foreign
            ),
        ],
        "skills": [
            {"name": text}
            for text in (*(text for one in described if isinstance(one, str) for text in _lines(one)), *licences)
        ],
    }


def _name_licences(categories: Iterable[Any]) -> list[str]:
    """The licences to drive, as people write them, of the categories that a CV lists."""
    return [f"category {code} licence" for code in categories if isinstance(code, str) and code.strip()]


def _period(entry: Any) -> dict[str, str | None]:
    start, end = (
        _write(_dig(entry, "Period", side, "Year"), _dig(entry, "Period", side, "Month")) for side in ("From", "To")
    )
    return {"startDate": start, "endDate": end}


def _dig(found: Any, *keys: str) -> Any:
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _lines(text: str) -> Iterable[str]:
    import re

    plain = re.sub(r"<[^<>]*>", "\n", text)
    return filter(None, (part.strip(" \t-–•*") for part in re.split(r"[\n;•]|,\s", plain)))


def _tag(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _all(root: Element, name: str) -> list[Element]:
    return [node for node in root.iter() if _tag(node) == name]


def _text(root: Element, path: str) -> str:
    """The text of the first node below at the end of a path of names, be they children or children of children."""
    nodes = [root]
    for name in path.split("/"):
        nodes = [below for node in nodes for below in node.iter() if _tag(below) == name and below is not node]
    return "\n".join(filter(None, nodes[0].itertext())).strip() if nodes else ""


def _month(root: Element, path: str) -> str | None:
    above, name = path.split("/")
    found = [node for parent in _all(root, above) for node in _all(parent, name)]
    return _write(found[0].get("year"), found[0].get("month")) if found else None


def _write(year: Any, month: Any) -> str | None:
    """A date as JSON Resume has it; Europass writes a month as `--03`, or as a number."""
    if year is None:
        return None
    digits = "".join(sign for sign in str(month or "") if sign.isdigit())
    return f"{year}-{int(digits):02}" if digits else str(year)
