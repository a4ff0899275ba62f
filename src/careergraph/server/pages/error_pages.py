"""Pages that say why there is nothing to show, and what to do next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import wraps
from typing import Any, NamedTuple
from urllib.parse import unquote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from careergraph.model.errors import BadFigure, CareergraphError
from careergraph.model.escaping import to_safe_line
from careergraph.model.records import Record
from careergraph.server.api.questions import QUESTIONS
from careergraph.server.http.negotiation import choose
from careergraph.server.http.problems import find_status, log_bad_figure, make_problem
from careergraph.server.pages.site import Site
from careergraph.server.pages.words import word_field
from careergraph.server.templates import render_page
from careergraph.server.urls import link

Pairs = Sequence[tuple[str, str]]


class Choice(NamedTuple):
    """Something else to try."""

    text: str
    href: str


class Again(Record):
    """Suggestions of what else to try, after an introduction."""

    words: str
    choices: tuple[Choice, ...]


def not_here(site: Site, iri: str) -> Response:
    """The page for an address without a node, with nodes of similar names."""
    words = unquote(iri).rstrip("/#").replace("#", "/").rpartition("/")[2].replace("-", " ")
    near = site.names.near(words) if words.strip() else ()
    choices = tuple(Choice(f"{ref.label} ({ref.kind})", link(ref)) for ref in near)
    detail = f"Nothing is known of {to_safe_line(iri, 300)}." if iri else "Name a node by its IRI."
    found = {"detail": detail, "status": 404}
    return render_page("problem.html", status=404, problem=found, again=_again("Did you mean", choices))


def reword_for_pages(told: dict[str, Any]) -> dict[str, Any]:
    """A problem document that speaks of fields and links instead of options and commands."""
    detail = told["detail"]
    for said, meant in _WORDS:
        detail = detail.replace(said, meant)
    return {**told, "detail": detail}


_WORDS = (
    ("Without --asserted, steps that no source names are computed", "Steps that no source names can be computed"),
    ("`careergraph search TEXT` finds names", "The search above finds names"),
    ("`careergraph queries` lists all", "The page for queries lists all"),
    ("`careergraph list role` shows all roles", "The list of roles shows all roles"),
    *((f"--{p.name.replace('_', '-')}", f"“{word_field(p.name).label}”") for p in QUESTIONS["path"].parameters),
)


def link_other_names(told: dict[str, Any], path: str, pairs: Pairs) -> Again | None:
    """The same question with names that look like one that is unknown or ambiguous.

    Args:
        told: the problem document of `UnknownName` or `AmbiguousName`; there is nothing else to try for others.
        path: the page that asks.
        pairs: its parameters.
    """
    names = told.get("suggestions") or told.get("candidates") or ()

    def instead(name: str) -> list[tuple[str, str]]:
        return [(key, name if text == told["name"] else text) for key, text in pairs]

    return _again("Did you mean", tuple(Choice(name, f"{path}?{urlencode(instead(name))}") for name in names))


def _again(words: str, choices: Iterable[Choice]) -> Again | None:
    found = tuple(choices)
    return Again(words, found) if found else None


Endpoint = Callable[[Site, Request], Awaitable[Response]]


def as_page(endpoint: Endpoint) -> Endpoint:
    """An endpoint whose refusals are pages, for clients that prefer pages to plain text."""

    @wraps(endpoint)
    async def wrapped(site: Site, request: Request) -> Response:
        try:
            return await endpoint(site, request)
        except CareergraphError as error:
            if choose(request, ("text/plain", "text/html")) == "text/plain":
                raise
            if isinstance(error, BadFigure):
                log_bad_figure(request, error)
            elif find_status(error) == 500:
                raise
            told = reword_for_pages(make_problem(error))
            headers = {"Retry-After": str(getattr(error, "retry_after", 1))} if told["status"] == 503 else {}
            again = link_other_names(told, request.url.path, request.query_params.multi_items())
            return render_page("problem.html", status=told["status"], headers=headers, problem=told, again=again)

    return wrapped
