"""A CV that is uploaded stays in memory, and what is read of it becomes the values of fields."""

from __future__ import annotations

import tempfile
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import BadParameter
from careergraph.rdf.standards import RDF, SKOS
from careergraph.rdf.vocabulary import CG
from careergraph.server.api.questions import MOST_VALUES
from careergraph.server.pages.cv_page import read_fields, read_upload
from loops import run

_BOUND = "apart"


def request(body: bytes, media: str = f"multipart/form-data; boundary={_BOUND}") -> Request:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request({"type": "http", "method": "POST", "headers": [(b"content-type", media.encode())]}, receive)


def form(content: bytes, name: str = "cv.txt") -> bytes:
    head = f'Content-Disposition: form-data; name="cv"; filename="{name}"\r\n\r\n'.encode()
    return b"--apart\r\n" + head + content + b"\r\n--apart--\r\n"


def test_a_large_upload_is_read_without_a_file_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_file(*_: object) -> None:
        raise AssertionError("a file was made")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", no_file)
    content = bytes(range(256)) * 12_000
    assert run(read_upload(request(form(content)))) == ("cv.txt", content)


def test_a_form_without_a_file_is_refused() -> None:
    with pytest.raises(BadParameter, match="no file was chosen"):
        run(read_upload(request(form(b"", name=""))))


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"x", "text/plain", 415),
        (b"nothing of a form", f"multipart/form-data; boundary={_BOUND}", 400),
        (b"x", "multipart/form-data", 400),
    ],
)
def test_what_is_no_form_is_refused(body: bytes, media: str, status: int) -> None:
    with pytest.raises(HTTPException) as caught:
        run(read_upload(request(body, media)))
    assert caught.value.status_code == status


def match(label: str, kind: str, level: float = 1.0) -> dict[str, Any]:
    return {"ref": {"id": f"https://example.org/{label}", "kind": kind, "label": label}, "level": level}


def test_the_first_position_is_where_somebody_is_and_what_many_are_called_so_is_named_by_its_iri() -> None:
    person = {"positions": [match("Clerk", "role"), match("Clerk", "role"), match("Cook", "role")], "assets": []}
    found = read_fields(Catalogue({}), {**person, "unmatched": [{"text": "juggling"}]})
    assert (found.origin, found.backgrounds) == ("https://example.org/Clerk", ("https://example.org/Cook",))
    assert found.unmatched == ("juggling",)


def test_no_more_is_filled_in_than_a_question_takes() -> None:
    assets = [match(str(number), "skill") for number in range(MOST_VALUES + 3)]
    found = read_fields(Catalogue({}), {"positions": [], "assets": assets, "unmatched": []})
    assert (len(found.skills), found.left_out) == (MOST_VALUES, 3)


def test_what_shares_its_label_is_named_by_an_alias_of_its_own() -> None:
    ours, theirs = "https://example.org/ours", "https://example.org/theirs"
    said = {
        ours: {RDF.type: [CG.Skill], SKOS.prefLabel: ["Statistics"], SKOS.altLabel: ["stats"]},
        theirs: {
            RDF.type: [CG.Skill],
            SKOS.prefLabel: ["Statistics"],
            SKOS.altLabel: ["stats", "data", "statistical use of data"],
        },
    }
    found = {"ref": {"id": theirs, "kind": "skill", "label": "Statistics"}, "level": 0.8}
    read = read_fields(Catalogue(said), {"positions": [], "assets": [found], "unmatched": []})
    assert read.skills == ("advanced statistical use of data",)
