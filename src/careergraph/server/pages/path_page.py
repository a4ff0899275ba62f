"""The path finder: a form made of the API's parameters, and the routes that it finds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from careergraph.catalogue.names import list_nodes
from careergraph.model.errors import CareergraphError, NoRoute
from careergraph.rdf.kinds import POSITIONS
from careergraph.server.api.questions import QUESTIONS, Parameter, parse_query_string
from careergraph.server.http.client_gone import unless_client_leaves
from careergraph.server.http.problems import problem, slug
from careergraph.server.pages.error_pages import Again, Choice, Pairs, in_words_of_pages, other_names
from careergraph.server.pages.site import Site
from careergraph.server.templates import page

QUESTION = QUESTIONS["path"]
#: What is always shown; the rest can be unfolded.
ENDS = ("origin", "destination")
FURTHER = tuple(parameter.name for parameter in QUESTION.parameters if parameter.name not in ENDS)
#: Which names a field offers without a script, and how many at most.
_LISTS = {"origin": "positions", "destination": "roles"}
_MOST_OFFERED = 1_000


async def path_finder(site: Site, request: Request) -> Response:
    """The form, and what it finds once a destination is given."""
    pairs = split_lines(request.query_params.multi_items())
    values = await asyncio.to_thread(form_values, site, ENDS, pairs)
    values["further"] = _fields(FURTHER)
    values["conditions"] = [f"{name}: {text}" for name, text in pairs if _is_condition(name, text)]
    found: dict[str, Any] = {"routes": "", "problem": None, "again": None, "json": None}
    if any(name == "destination" for name, _ in pairs):
        found |= await _answer(site, request, pairs)
    return page("path.html", status=found["problem"]["status"] if found["problem"] else 200, **values, **found)


async def _answer(site: Site, request: Request, pairs: Pairs) -> dict[str, Any]:
    seconds = site.context.settings.timeout
    try:
        values = parse_query_string(QUESTION, pairs)
        work = site.context.questions.run(lambda asked: asked.ask("path", values, seconds=seconds, form="html"))
        content = await unless_client_leaves(request, work)
    except CareergraphError as error:
        told = in_words_of_pages(problem(error))
        return {"problem": told, "again": _again(told, pairs)}
    return {"routes": Markup(content.decode()), "json": f"/api/path?{urlencode(pairs)}"}


def _again(told: dict[str, Any], pairs: Pairs) -> Again | None:
    if told["type"].endswith(slug(NoRoute)) and ("derived", "true") not in pairs:
        href = f"/path?{urlencode([*pairs, ('derived', 'true')])}"
        return Again("Or", (Choice("look among steps that no source names, too", href),))
    return other_names(told, "/path", pairs)


def split_lines(pairs: Pairs) -> list[tuple[str, str]]:
    r"""What a form sends, as the API takes it: a line for each value of a field, and nothing for an empty one.

    >>> split_lines([("skill", "Python\r\nSQL"), ("via", "")])
    [('skill', 'Python'), ('skill', 'SQL')]
    """
    several = {parameter.name for parameter in QUESTION.parameters if parameter.repeatable}
    lines = ((name, line) for name, text in pairs for line in (text.splitlines() if name in several else [text]))
    return [(name, line.strip()) for name, line in lines if line.strip()]


def form_values(site: Site, names: Iterable[str], pairs: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """What a form for some of the parameters shows, with what was given for them."""
    offered = {kind: list_nodes(site.catalogue, kind)[:_MOST_OFFERED] for kind in POSITIONS}
    given = {field.name: [text for name, text in pairs if name == field.name] for field in QUESTION.parameters}
    return {
        "ends": _fields(names),
        "given": given,
        "lists": _LISTS,
        "roles": offered["role"],
        "backgrounds": offered["background"],
    }


def _fields(names: Iterable[str]) -> list[Parameter]:
    by_name = {parameter.name: parameter for parameter in QUESTION.parameters}
    return [by_name[name] for name in names]


def _is_condition(name: str, text: str) -> bool:
    return name in FURTHER and all(str(p.schema.get("default")) != text for p in _fields([name]))
