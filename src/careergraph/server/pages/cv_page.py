"""Starting from a CV: it is read within the request, shown as a form to correct, and forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import aclosing
from typing import Any, NamedTuple

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.model.errors import BadParameter, WrongCall
from careergraph.rdf.standards import SKOS
from careergraph.server.api.questions import MOST_VALUES
from careergraph.server.http.client_gone import wait_unless_client_leaves
from careergraph.server.http.problems import make_problem
from careergraph.server.pages import question_pages
from careergraph.server.pages.site import Site
from careergraph.server.templates import render_page

#: The kinds of file that are read, as a browser's file chooser takes them.
FORMATS = (".pdf", ".docx", ".txt", ".md", ".json", ".xml", ".zip")
#: The field of the form that has the file.
FIELD = "cv"
#: Without this, a browser does not say which page sends a form, and forms from unknown pages are refused.
_SENDING = {"Referrer-Policy": "same-origin"}
#: How deep a skill is at least → the word that says so in a field.
_DEPTHS = ((0.9, "expert"), (0.7, "advanced"), (0.4, ""), (0.0, "basic"))


class Reading(NamedTuple):
    """What has been read in a CV: the values of the form's fields, and how much did not fit into it."""

    origin: str
    backgrounds: tuple[str, ...]
    skills: tuple[str, ...]
    left_out: int
    unmatched: tuple[str, ...]


class _InMemory(MultiPartParser):
    """Reads a form without the files on disk that larger uploads would otherwise be kept in."""

    spool_max_size = 1 << 30


async def cv(site: Site, request: Request) -> Response:
    """The form for a CV, and the result for one that was sent."""
    largest = site.context.settings.largest_body
    if request.method != "POST":
        return render_page("cv.html", headers=_SENDING, largest=largest, formats=FORMATS)
    try:
        name, content = await read_upload(request)
        found = await wait_unless_client_leaves(request, _person(site, name, content))
    except WrongCall as error:
        told = {**make_problem(error), "status": 400}
        return render_page("cv.html", status=400, headers=_SENDING, largest=largest, formats=FORMATS, problem=told)
    read = await asyncio.to_thread(read_fields, site.catalogue, found)
    return render_page("cv_read.html", read=read, **_form(read))


async def read_upload(request: Request) -> tuple[str, bytes]:
    """The name and the content of the file in a request, which stays in memory.

    Raises:
        BadParameter: there is no file.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(415, f"A CV is sent as multipart/form-data, in the field {FIELD}.")
    try:
        async with aclosing(request.stream()) as stream:
            form = await _InMemory(request.headers, stream, max_files=1, max_fields=1).parse()
    except MultiPartException as error:
        raise HTTPException(400, error.message) from error
    try:
        file = form.get(FIELD)
        if not isinstance(file, UploadFile) or not file.filename:
            raise BadParameter(FIELD, "no file was chosen")
        return file.filename, await file.read()
    finally:
        await form.close()


async def _person(site: Site, name: str, content: bytes) -> dict[str, Any]:
    seconds = site.context.settings.timeout
    return await site.context.questions.run(lambda asked: asked.read_cv(name, content, seconds=seconds))


def read_fields(catalogue: Catalogue, person: Mapping[str, Any]) -> Reading:
    """The values for a form about a person.

    Args:
        catalogue: the data set that the CV was matched with.
        person: a `Person`, as JSON has it.

    >>> role = {"id": "https://w3id.org/careergraph/id/role/ai-ethicist", "kind": "role", "label": "AI ethicist"}
    >>> found = {"positions": [{"ref": role, "level": 1.0}], "assets": [], "unmatched": []}
    >>> read_fields(Catalogue.load(), found).origin
    'AI ethicist'
    """
    positions = list(dict.fromkeys(_name(catalogue, match["ref"]) for match in person["positions"]))
    skills = list(dict.fromkeys(_skill(catalogue, match) for match in person["assets"]))
    kept = positions[1 : MOST_VALUES + 1], skills[:MOST_VALUES]
    return Reading(
        origin=next(iter(positions), ""),
        backgrounds=tuple(kept[0]),
        skills=tuple(kept[1]),
        left_out=len(positions[1:]) + len(skills) - sum(map(len, kept)),
        unmatched=tuple(item["text"] for item in person["unmatched"]),
    )


def _name(catalogue: Catalogue, ref: Mapping[str, str]) -> str:
    """The name of a node in a field: its label, or the alias most like it that no other node has; else its IRI."""
    from rapidfuzz.fuzz import ratio

    aliases = sorted(catalogue.texts(ref["id"], SKOS.altLabel), key=lambda alias: -ratio(alias, ref["label"]))
    names = (ref["label"], *aliases)
    return next((name for name in names if _is_name_of(catalogue, name, ref)), ref["id"])


def _is_name_of(catalogue: Catalogue, name: str, ref: Mapping[str, str]) -> bool:
    try:
        return find_node(catalogue, name, ref["kind"]) == ref["id"]
    except WrongCall:
        return False


def _skill(catalogue: Catalogue, match: Mapping[str, Any]) -> str:
    name = _name(catalogue, match["ref"])
    word = next(word for least, word in _DEPTHS if match["level"] >= least) if match["ref"]["kind"] == "skill" else ""
    return f"{word} {name}" if word and name != match["ref"]["id"] else name


def _form(read: Reading) -> dict[str, Any]:
    """The form of the page for routes, filled."""
    ends = (("origin", read.origin),) if read.origin else ()
    several = (*(("skill", text) for text in read.skills), *(("background", text) for text in read.backgrounds))
    return question_pages.fill_form(question_pages.PAGES["/path"], "/path", (*ends, *several))
