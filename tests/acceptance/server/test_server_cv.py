"""A CV that is sent to the server: read within the request, shown as a form, kept nowhere."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import httpx
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.transitions.people.cv.files import match_file
from cv_files import make_pdf, read_cvs, write_cv
from html_reading import having, parse_page, words
from served import PATIENCE, Served
from server_pages import heading

#: A CV of each format.
FORMATS = {cv["format"]: cv for cv in reversed(read_cvs())}


@pytest.fixture
def server(endpoint: Served) -> Served:
    return endpoint


def sent(server: Served, name: str, content: bytes) -> httpx.Response:
    """The answer to a CV; while those who read them are not ready yet, it is sent once more."""
    late = time.monotonic() + PATIENCE
    while True:
        files = {"cv": (name, content)}
        found = server.client.post(f"{server.url}cv", files=files, headers={"Accept": "text/html"})
        if found.status_code != 503 or time.monotonic() > late:
            return found


def fields(root: Element) -> dict[str, list[str]]:
    """What the form says: the lines of each of its fields."""
    (form,) = (form for form in root.iter("form") if form.get("action") == "/path")
    given = {field.get("name", ""): [field.get("value", "")] for field in form.iter("input")}
    return given | {area.get("name", ""): (area.text or "").split("\n") for area in form.iter("textarea")}


@pytest.mark.parametrize("format_", FORMATS)
def test_each_format_fills_the_form_with_what_the_command_finds(server: Served, tmp_path: Path, format_: str) -> None:
    cv: dict[str, Any] = FORMATS[format_]
    path = write_cv(cv, tmp_path)
    response = sent(server, path.name, path.read_bytes())
    assert response.status_code == 200, response.text
    found = fields(parse_page(response.content))
    said = {text for name in ("origin", "background", "skill") for text in found[name] if text}
    person = match_file(Catalogue.load("bundled"), str(path))
    wanted = {match.ref.label for match in (*person.positions, *person.assets)}
    assert {re.sub("^(basic|advanced|expert) ", "", text) for text in said} == wanted != set()


def test_what_was_read_can_be_asked_about_as_it_stands(server: Served, tmp_path: Path) -> None:
    path = write_cv(FORMATS["txt"], tmp_path)
    found = fields(parse_page(sent(server, path.name, path.read_bytes()).content))
    given = ("origin", "skill", "background")
    asked = {name: "\n".join(lines) for name, lines in found.items() if name in given}
    response = server.client.get(f"{server.url}reach", params=asked, headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert having(parse_page(response.content), "reached")


def test_how_well_something_is_known_stays_with_it(server: Served) -> None:
    content = b'{"skills": [{"name": "Python", "level": "Master"}, {"name": "SQL", "level": "Beginner"}]}'
    assert fields(parse_page(sent(server, "me.json", content).content))["skill"] == ["expert Python", "basic SQL"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("scan.pdf", make_pdf(""), "has no text"),
        ("cv.pdf", b"%PDF-1.4 nothing", "not a sound PDF file"),
        ("cv.docx", b"PK nothing", "damaged"),
        ("cv.json", b"[1, 2", "not JSON"),
        ("cv.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "declares a document type"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(server: Served, name: str, content: bytes, told: str) -> None:
    response = sent(server, name, content)
    assert response.status_code == 400
    (problem,) = having(parse_page(response.content), "problem")
    assert told in words(problem)


def test_no_file_is_no_cv(server: Served) -> None:
    response = sent(server, "", b"")
    assert response.status_code == 400
    assert "no file was chosen" in words(parse_page(response.content))


def test_a_longer_one_is_refused_and_the_page_says_how_long_one_may_be(server: Served) -> None:
    response = server.client.get(f"{server.url}cv", headers={"Accept": "text/html"})
    assert "up to 4 MB" in response.text
    assert "nothing of it is stored" in " ".join(response.text.split())
    assert sent(server, "cv.txt", b"x" * 5_000_000).status_code == 413


def test_the_address_and_the_page_after_hold_nothing_of_the_text(server: Served) -> None:
    response = sent(server, "cv.txt", b"Ada Lovelace, ada@example.org\nSkills\nPython\n")
    assert response.url.query == b""
    assert "example.org" not in response.text
    assert heading(parse_page(response.content)) == "What my CV says"


def test_pages_of_others_may_send_none(server: Served) -> None:
    response = server.client.post(
        f"{server.url}cv", files={"cv": ("cv.txt", b"Python")}, headers={"Origin": "https://example.org"}
    )
    assert response.status_code == 403
