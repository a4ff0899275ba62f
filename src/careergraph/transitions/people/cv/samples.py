"""The smallest CV of each format: reading them all imports everything that reading CVs needs.

A process that gives up its files (`sparql.isolation.limits.confine`) reads them before, as importing opens files.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import CareergraphError
from careergraph.transitions.people.cv.files import match_file

_SAID = "Skills\nPython\n\nExperience\nSenior data scientist, 2015 - 2019\n"
_JSON = b'{"work": [{"position": "Data scientist", "startDate": "2015"}], "skills": [{"name": "Python"}]}'
_EUROPASS = (
    b"<SkillsPassport><WorkExperience><Period><From year='2015'/></Period><Position><Label>Clerk</Label></Position>"
    b"</WorkExperience></SkillsPassport>"
)


def read_samples(catalogue: Catalogue) -> None:
    """Read a CV of each format whose reader is installed.

    >>> read_samples(Catalogue.load("bundled"))
    """
    for name, content in _samples():
        with suppress(CareergraphError):
            match_file(catalogue, name, content)


def _samples() -> Iterator[tuple[str, bytes]]:
    yield "cv.txt", _SAID.encode()
    yield "cv.txt", _SAID.encode("utf-16")
    yield "cv.json", _JSON
    yield "cv.json", b"{}, # odd"
    yield "cv.xml", _EUROPASS
    yield "cv.zip", _linkedin()
    with suppress(ImportError):
        yield "cv.docx", _docx()
    with suppress(ImportError):
        yield "cv.pdf", _pdf(None)
        yield "cv.pdf", _pdf("locked")


def _linkedin() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Skills.csv", "Name\nPython\n")
    return made.getvalue()


def _docx() -> bytes:
    from docx import Document

    document, made = Document(), io.BytesIO()
    document.add_paragraph(_SAID)
    document.add_table(1, 1).cell(0, 0).text = "Python"
    document.save(made)
    return made.getvalue()


def _pdf(password: str | None) -> bytes:
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    writer, made = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(600, 800)
    font = DictionaryObject({NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in _FONT.items()})
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = StreamObject()
    content.set_data(b"BT /F1 12 Tf 40 700 Td (Python) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(content.flate_encode())
    if password:
        writer.encrypt(password)
    writer.write(made)
    return made.getvalue()


_FONT = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica"}
