"""The made-up CVs of the fixtures, as files of the formats that they are in."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

CVS = Path(__file__).parents[1] / "fixtures" / "people" / "cvs.jsonl"


def read_cvs() -> list[dict[str, Any]]:
    """Each CV: its name, its format, its content, and the labels that a careful reader expects."""
    return [json.loads(line) for line in CVS.read_text(encoding="utf-8").splitlines()]


def write_cv(cv: dict[str, Any], folder: Path) -> Path:
    """Write a CV as a file of its format."""
    path = folder / f"{cv['name']}.{cv['format']}"
    path.write_bytes(make_cv(cv))
    return path


def make_cv(cv: dict[str, Any]) -> bytes:
    """The content of a CV as a file of its format."""
    made: bytes = _MAKERS.get(cv["format"], str.encode)(cv["content"])
    return made


def make_zip(members: dict[str, str]) -> bytes:
    """An archive with these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return made.getvalue()


def make_docx(text: str) -> bytes:
    """A Word file with a paragraph for each line."""
    from docx import Document

    document, made = Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


def make_pdf(text: str, pages: int = 1) -> bytes:
    """A PDF file that has the text on each of its pages, and nothing else."""
    lines = "".join(f"({_escape(line)}) Tj T* " for line in text.splitlines())
    stream = f"BT /F1 11 Tf 14 TL 40 800 Td {lines}ET" if text else ""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number in range(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _assemble(objects)


def make_columns(rows: list[tuple[str, str]]) -> bytes:
    """A PDF file with a page in two columns, drawn row by row as programs do."""
    shown = (
        f"1 0 0 1 {x} {780 - 18 * number} Tm ({_escape(text)}) Tj "
        for number, row in enumerate(rows)
        for x, text in zip((40, 260), row, strict=True)
        if text
    )
    stream = f"BT /F1 11 Tf {''.join(shown)}ET"
    return _assemble(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            "/Contents 5 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    )


def _escape(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assemble(objects: list[str]) -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + end.encode("latin-1")


def _make_pdf(content: str | list[tuple[str, str]]) -> bytes:
    """A PDF file of a text, or of rows in two columns."""
    return make_pdf(content) if isinstance(content, str) else make_columns(content)


_MAKERS: dict[str, Any] = {"zip": make_zip, "docx": make_docx, "pdf": _make_pdf}
