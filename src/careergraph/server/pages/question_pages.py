"""A page for each question: a form made from the API's parameters, and the answer as cards."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import CareergraphError, NoRoute
from careergraph.rdf.kinds import POSITIONS
from careergraph.server.api.questions import QUESTIONS, Parameter, parse_query_string
from careergraph.server.http.client_gone import wait_unless_client_leaves
from careergraph.server.http.problems import make_problem, to_slug
from careergraph.server.http.streaming import BegunPage
from careergraph.server.pages.error_pages import Again, Choice, Pairs, as_page, link_other_names, reword_for_pages
from careergraph.server.pages.site import Site
from careergraph.server.pages.words import CHOICES, word_field
from careergraph.server.templates import fill_template, render_page
from careergraph.transitions.people.typed_names import find_meant
from careergraph.transitions.precomputed.tables import find_costs


class Asking(NamedTuple):
    """A page that asks: which question, which of its parameters are always shown, and what the page is called.

    `needed` is the parameter without which nothing is asked yet, `usual` are values where nobody gives others.
    `is_slow` if an answer can take longer than somebody should look at an empty page, with all occupations of a
    country joined.
    """

    question: str
    shown: tuple[str, ...]
    needed: str
    title: str
    button: str
    lead: str
    is_slow: bool = False
    usual: Mapping[str, str] = {}


#: Address → what is asked there.
PAGES = {
    "/path": Asking(
        "path",
        ("origin", "destination"),
        "destination",
        "Find a route",
        "Show the way",
        "The best routes from where you are to a role: what you have, what you lack, how long it takes, what it pays.",
        usual={"k": "3"},
    ),
    "/reach": Asking(
        "reach",
        ("origin",),
        "origin",
        "Within reach",
        "Show all I can reach",
        "All roles that you can get to, the easiest first.",
        is_slow=True,
    ),
    "/gap": Asking(
        "gap",
        ("origin", "role"),
        "role",
        "What is missing",
        "Show the gap",
        "What a role asks for, what of it you have, and who teaches the rest.",
    ),
    "/next-skill": Asking(
        "next-skill",
        ("origin", "role"),
        "role",
        "What to learn next",
        "Show what helps most",
        "The single skills, degrees and projects that would bring you nearest to a role.",
        is_slow=True,
    ),
    "/plan": Asking(
        "plan",
        ("origin", "role"),
        "role",
        "Make a plan",
        "Make a plan",
        "The courses that close the gap, in their order, and what to show before you apply.",
        is_slow=True,
    ),
}
#: How many seconds somebody looks at an empty page at most.
PATIENCE = 0.15
_NOTHING: Mapping[str, Any] = {"answer": "", "problem": None, "again": None, "json": None}
#: Stands where the answer begins; nothing that is filled in can look like it.
_CUT = Markup("<!-- the answer -->")
#: What a page puts in front of a title, by its question.
_TITLES = {"path": "From {} to {}", "reach": "Within reach from {}", "gap": "From {} to {}: what is missing"}
_TITLES["next-skill"] = "From {} to {}: what to learn next"
_TITLES["plan"] = "A plan from {} to {}"


def routes(site: Site) -> list[BaseRoute]:
    """The pages that ask."""
    return [Route(place, partial(as_page(partial(_answered, place)), site)) for place in PAGES]


async def _answered(place: str, site: Site, request: Request) -> Response:
    asking = PAGES[place]
    pairs = split_lines(asking.question, request.query_params.multi_items())
    # With imported occupations, several routes take several times as long as one: these are a click away. One may take
    # long, too.
    joined = find_costs(site.catalogue) is not None
    is_slow = asking.is_slow or joined
    pairs = pairs if joined else _complete(asking, pairs)
    values = fill_form(asking, place, pairs)
    if not any(name == asking.needed or (name in ("skill", "background") and place == "/reach") for name, _ in pairs):
        return render_page("ask.html", **values, **_NOTHING)
    await site.context.wait_until_ready()
    work = asyncio.ensure_future(_answer(site, request, asking.question, place, pairs))
    if is_slow and await _takes_longer(site, work, values["given"]):
        beginning, _ = _two_parts(values, _NOTHING)
        return BegunPage(beginning, _rest(values, work))
    found = await work
    return render_page("ask.html", status=found["problem"]["status"] if found["problem"] else 200, **values, **found)


def _complete(asking: Asking, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was given, and what the page asks for besides where nobody says otherwise."""
    given = {name for name, _ in pairs}
    return [*pairs, *((name, text) for name, text in asking.usual.items() if pairs and name not in given)]


async def _takes_longer(site: Site, work: asyncio.Future[Any], given: dict[str, list[str]]) -> bool:
    """Whether an answer is worth beginning the page for. What is called otherwise is refused with its own status."""
    await asyncio.wait({work}, timeout=PATIENCE)
    names = [name for field in ("origin", "destination", "role") for name in given.get(field, ())]
    return not work.done() and await asyncio.to_thread(_are_known, site.catalogue, names)


def _are_known(catalogue: Catalogue, names: Iterable[str]) -> bool:
    with suppress(CareergraphError):
        return all(find_meant(catalogue, name, *POSITIONS) for name in names)
    return False


async def _rest(values: dict[str, Any], work: asyncio.Future[dict[str, Any]]) -> bytes:
    _, rest = _two_parts(values, await work)
    return rest


def _two_parts(values: Mapping[str, Any], found: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """The page up to where the answer begins, and from there."""
    content = fill_template("ask.html", **values, **found, cut=_CUT)
    beginning, _, rest = content.partition(_CUT)
    return beginning.encode("utf-8", "backslashreplace"), rest.encode("utf-8", "backslashreplace")


async def _answer(site: Site, request: Request, question: str, place: str, pairs: Pairs) -> dict[str, Any]:
    seconds = site.context.settings.timeout
    try:
        values = parse_query_string(QUESTIONS[question], pairs)
        work = site.context.questions.run(lambda asked: asked.ask(question, values, seconds=seconds, form="html"))
        content = await wait_unless_client_leaves(request, work)
    except CareergraphError as error:
        told = reword_for_pages(make_problem(error))
        return {**_NOTHING, "problem": told, "again": _again(told, place, pairs)}
    return {**_NOTHING, "answer": Markup(content.decode()), "json": f"/api/{question}?{urlencode(pairs)}"}


def _again(told: dict[str, Any], place: str, pairs: Pairs) -> Again | None:
    if told["type"].endswith(to_slug(NoRoute)):
        if ("derived", "false") in pairs:
            href = f"{place}?{urlencode([pair for pair in pairs if pair[0] != 'derived'])}"
            return Again("Or", (Choice("look at steps that no source names, too", href),))
        origin = [pair for pair in pairs if pair[0] in ("origin", "skill", "background")]
        return Again("Or", (Choice("see what is within reach", f"/reach?{urlencode(origin)}"),))
    return link_other_names(told, place, pairs)


def split_lines(question: str, pairs: Pairs) -> list[tuple[str, str]]:
    r"""The values of a form, as the API takes them: a line for each value of a field, and none for an empty field.

    >>> split_lines("path", [("skill", "Python\r\nSQL"), ("via", "")])
    [('skill', 'Python'), ('skill', 'SQL')]
    """
    several = {parameter.name for parameter in QUESTIONS[question].parameters if parameter.repeatable}
    lines = ((name, line) for name, text in pairs for line in (text.splitlines() if name in several else [text]))
    return [(name, line.strip()) for name, line in lines if line.strip()]


def fill_form(asking: Asking, place: str, pairs: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """What the form of a page shows, with what was given for it."""
    parameters = QUESTIONS[asking.question].parameters
    given = {field.name: [text for name, text in pairs if name == field.name] for field in parameters}
    further = [field for field in parameters if field.name not in asking.shown]
    return {
        "asking": asking,
        "place": place,
        "ends": [field for name in asking.shown for field in parameters if field.name == name],
        "further": further,
        "given": given,
        "conditions": [_in_words(name, text) for name, text in pairs if _is_condition(asking, name, text, further)],
        "title": _title(asking, given),
        "elsewhere": _elsewhere(place, given),
    }


def _title(asking: Asking, given: dict[str, list[str]]) -> str:
    ends = [given[name][0] for name in asking.shown if given[name]]
    return _TITLES[asking.question].format(*ends) if len(ends) == len(asking.shown) else asking.title


def _elsewhere(place: str, given: dict[str, list[str]]) -> list[Choice]:
    """Links to the other pages with the same origin and role."""
    origin = given["origin"][:1]
    usual = PAGES[place].usual
    role = (given.get("destination") or given.get("role") or [])[:1]
    if not origin:
        return []
    found = []
    for other, asking in PAGES.items():
        ends = dict(zip(asking.shown, (*origin, *role), strict=False))
        if other != place and len(ends) == len(asking.shown):
            found.append(Choice(asking.title, f"{other}?{urlencode(ends)}"))
        elif other == place and len(ends) == len(asking.shown) and not all(given[name] for name in usual):
            found.append(Choice("Other routes", f"{other}?{urlencode({**ends, **usual})}"))
    return found


def _is_condition(asking: Asking, name: str, text: str, further: Iterable[Parameter]) -> bool:
    return name != "skill" and any(
        field.name == name and asking.usual.get(name, str(field.schema.get("default")).lower()) != text
        for field in further
    )


def _in_words(name: str, text: str) -> str:
    """A condition as its field has it: the label of a box that is ticked, or its label and what it says."""
    label = word_field(name).label
    said = {"true": "", "1": "", "false": "no", "0": "no"}.get(text, CHOICES.get(text, text))
    return f"{label}: {said}" if said else label
