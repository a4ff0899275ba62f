"""Read the text of a CV that is a document: PDF, Word or plain text, within bounds and page by page."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from careergraph.model.decoding import decode_text
from careergraph.model.errors import MissingExtra, UnreadableFile
from careergraph.store.bounded_files import read_bounded
from careergraph.transitions.people.cv.names import COLUMN_BREAK

if TYPE_CHECKING:
    from pypdf import PageObject

#: The largest size of a document, and of its unpacked content, in bytes.
LARGEST_DOCUMENT, LARGEST_UNPACKED = 10_000_000, 100_000_000
#: The most members of an archive, pages of a document, and characters of its text.
MOST_MEMBERS, MOST_PAGES, MOST_SIGNS = 5_000, 100, 1_000_000

#: What parts two columns: so many blanks one after the other, in all but a few lines, with text on both sides in many.
_GUTTER, _CROSSING, _BOTH_SIDES = 3, 0.15, 0.3
#: How far from the others' place the gap of such a line may be, in characters.
_OFF = 10


def read_pages(path: str, content: bytes | None = None) -> list[str]:
    """The text of a document, page by page; a text without pages is one page.

    Args:
        path: a file whose name ends in .pdf, .docx, .txt or .md.
        content: its content, if already known.

    Raises:
        MissingExtra: the reader of the format is not installed.
        UnreadableFile: the file is missing, damaged, locked by a password, out of bounds, or has no text.
    """
    suffix = path.lower().rpartition(".")[2]
    content = read_bounded(path, LARGEST_DOCUMENT) if content is None else content
    pages = _READERS.get(suffix, _text_pages)(path, content)
    if not any(page.strip() for page in pages):
        what = "it has no text; a scan has to be read by a text recognition first"
        raise UnreadableFile(path=path, reason=what if suffix == "pdf" else "it has no text; it is empty")
    if sum(map(len, pages)) > MOST_SIGNS:
        raise UnreadableFile(path=path, reason=f"its text is longer than {MOST_SIGNS:,} characters")
    return pages


def check_archive(path: str, content: bytes) -> zipfile.ZipFile:
    """Open an archive that unpacks to no more than it may.

    Raises:
        UnreadableFile: it is no archive, locked, or a bomb.
    """
    import io

    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableFile(path=path, reason=f"it is damaged: {error}") from error
    if len(members) > MOST_MEMBERS:
        raise UnreadableFile(path=path, reason=f"it holds {len(members):,} files; at most {MOST_MEMBERS:,} are read")
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise UnreadableFile(path=path, reason=f"it unpacks to more than {LARGEST_UNPACKED:,} bytes")
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile(path=path, reason="it is locked by a password")
    return archive


def _text_pages(path: str, content: bytes) -> list[str]:
    try:
        return decode_text(content).split("\f")
    except UnicodeDecodeError as error:
        raise UnreadableFile(path=path, reason="it is not UTF-8 text") from error


def _pdf_pages(path: str, content: bytes) -> list[str]:
    import io
    import logging

    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise MissingExtra("Reading PDF files", extra="cv", package="pypdf") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
        pages = [_page_text(reader.pages[number]) for number in range(count)] if count <= MOST_PAGES else []
    except Exception as error:  # whatever the reader trips over, the file is at fault
        raise UnreadableFile(
            path=path, reason=f"it is not a sound PDF file: {error or type(error).__name__}"
        ) from error
    if locked:
        raise UnreadableFile(path=path, reason="it is locked by a password")
    if count > MOST_PAGES:
        raise UnreadableFile(path=path, reason=f"it has {count:,} pages; at most {MOST_PAGES} are read")
    return pages


def _page_text(page: PageObject) -> str:
    """The text of a page; of one in two columns, the left one first."""
    columns = split_columns(page.extract_text(extraction_mode="layout").splitlines())
    return "\n".join(columns) if columns else page.extract_text()


def split_columns(lines: Sequence[str]) -> list[str] | None:
    r"""The lines of a page in two columns, those of the left one first, then a break; nothing if it is in one.

    There are two if nearly all lines are blank at a place between a quarter and three quarters of the width, with text
    on both sides of it in many. Where the text on one side is mostly dates, the lines belong together as they are.

    Args:
        lines: as they stand on the page, side by side.

    >>> split_columns(["Skills       Jane Doe", "Python       Work", "SQL          Nurse, Vale Clinic"])
    ['Skills', 'Python', 'SQL', '\x1f', 'Jane Doe', 'Work', 'Nurse, Vale Clinic']
    >>> split_columns(["2012-2015    Nurse", "2015-2019    Matron", "2019-2022    Teacher"])
    >>> split_columns(["Jane Doe", "Nurse, 2019", "Python, SQL"])
    """
    full = [line for line in lines if line.strip()]
    width = max(map(len, full), default=0)
    for place in range(width // 4, 3 * width // 4):
        crossing = [line for line in full if line[place : place + _GUTTER].strip()]
        sides = [line for line in full if line[:place].strip() and line[place:].strip() and line not in crossing]
        enough = len(crossing) <= _CROSSING * len(full) and len(sides) >= _BOTH_SIDES * len(full)
        if enough and not _are_dates(line[:place] for line in sides) and not _are_dates(line[place:] for line in sides):
            begin = min(place + len(line[place:]) - len(line[place:].lstrip()) for line in sides)
            ends = [_find_gap(line, begin) if line in crossing else place for line in full]
            parted = [(line[:end], line[end:]) for line, end in zip(full, ends, strict=True)]
            return [*_fill(left for left, _ in parted), COLUMN_BREAK, *_fill(right for _, right in parted)]
    return None


def _find_gap(line: str, place: int) -> int:
    """Where a line is parted whose letters are wider or narrower than others': at a gap nearby, or not at all."""
    ends = [gap.end() for gap in re.finditer(rf" {{{_GUTTER + 1},}}", line)]
    near = min(ends, key=lambda end: abs(end - place), default=0)
    return near if abs(near - place) <= _OFF else len(line)


def _fill(column: Iterable[str]) -> list[str]:
    return [line.strip() for line in column if line.strip()]


def _are_dates(cells: Iterable[str]) -> bool:
    dated = [bool(re.search(r"\b(?:19|20)\d\d\b", cell)) for cell in cells]
    return sum(dated) > len(dated) / 2


def _docx_pages(path: str, content: bytes) -> list[str]:
    import io

    try:
        from docx import Document
        from docx.table import Table
    except ImportError as error:
        raise MissingExtra("Reading Word files", extra="cv", package="python-docx") from error
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise UnreadableFile(path=path, reason="it is locked by a password, or of the time before .docx")
    _check_word(path, check_archive(path, content))
    try:
        lines: list[str] = []
        for block in Document(io.BytesIO(content)).iter_inner_content():
            cells = (
                [cell.text for row in block.rows for cell in row.cells] if isinstance(block, Table) else [block.text]
            )
            lines += dict.fromkeys(cells)
    except Exception as error:  # whatever the reader trips over, the file is at fault
        raise UnreadableFile(
            path=path, reason=f"it is not a sound Word file: {error or type(error).__name__}"
        ) from error
    return ["\n".join(lines)]


def _check_word(path: str, archive: zipfile.ZipFile) -> None:
    """Refuse what no CV needs and other programs might run or fetch: macros, templates and objects from elsewhere."""
    names = archive.namelist()
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise UnreadableFile(path=path, reason="it holds macros; save it as a .docx without them")
    try:
        relations = b" ".join(archive.read(name) for name in names if name.lower().endswith(".rels"))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zlib.error) as error:
        raise UnreadableFile(path=path, reason=f"it is damaged: {error}") from error
    outside = [one for one in re.findall(rb"<Relationship\b[^>]*>", relations) if b'"External"' in one]
    if any(b"/hyperlink" not in one for one in outside):  # ordinary links are in many CVs
        raise UnreadableFile(path=path, reason="it refers to something outside of it; save it with all that it shows")


_READERS: dict[str, Callable[[str, bytes], list[str]]] = {"pdf": _pdf_pages, "docx": _docx_pages}
