"""The questions of the JSON API: the name of each, its parameters, and the function that answers it.

Everything about a parameter is defined here and nowhere else: parsing, the OpenAPI document and the page about the API
are made from this table. Ranges and defaults are those of `careergraph.api`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from careergraph.api import NODES, ROLES, ROUTES, STEPS, CareerGraph
from careergraph.catalogue.names import LONGEST_NAME
from careergraph.catalogue.twins import Found, list_twins
from careergraph.model.errors import BadParameter, NothingFound
from careergraph.model.ranges import Range
from careergraph.model.records import Record
from careergraph.transitions.criteria import CRITERIA, DEFAULT, HOURS_PER_WEEK
from careergraph.transitions.origins import Origin
from careergraph.transitions.plans.course_prices import MEASURES

#: How often a repeatable parameter may be given.
MOST_VALUES = 50
_NUMBER = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII)
_NAME = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}


class Parameter(Record):
    """One parameter of a question.

    `schema` is the JSON Schema of one value; it has a `default` unless leaving the parameter out means something else.
    """

    name: str
    about: str
    schema: Mapping[str, Any]
    required: bool
    repeatable: bool


class Question(Record):
    """A question: its name is that of the command, and of the schema of its answer.

    `answer` takes the data set, and the values as keyword arguments.
    """

    name: str
    about: str
    parameters: tuple[Parameter, ...]
    answer: Callable[..., Record]


def take_one(name: str, about: str, *, required: bool = False, **schema: object) -> Parameter:
    """A parameter that is given at most once; a name unless its schema says otherwise."""
    return Parameter(name, about, schema or _NAME, required, False)


def take_whole(name: str, about: str, range_: Range) -> Parameter:
    """A whole number, which may be left out."""
    least, most, default = range_
    return take_one(name, about, type="integer", minimum=least, maximum=most, default=default)


def take_several(name: str, about: str, **schema: object) -> Parameter:
    """A parameter that may be repeated, and left out."""
    return Parameter(name, about, schema or _NAME, False, True)


_HAND = (
    take_one("origin", "Where to start: a background or role. May be left out where a skill or background is given."),
    take_several("skill", "A skill, tool or degree that is held besides."),
    take_several("background", "A job or study that somebody comes from besides."),
)
_WEEK: dict[str, Any] = {"type": "number", "minimum": 1, "maximum": 168}
_TEXT: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 40}
_FLAG: dict[str, Any] = {"type": "boolean", "default": False}
_ROLE = take_one("role", "The role to compare with.", required=True)
_SEARCH = (
    take_whole("max_steps", "How many steps a route has at most.", STEPS),
    take_one("by", "What the best route is best by.", type="string", enum=list(CRITERIA), default=DEFAULT),
    take_one("derived", "Compute steps where no source names one.", type="boolean", default=True),
    take_one("allow_step_down", "Allow a stop that needs two grades of preparation less.", **_FLAG),
    take_one("hours_per_week", "How many hours a week you learn.", **_WEEK, default=HOURS_PER_WEEK),
)


def _start(graph: CareerGraph, origin: str | None, skill: Sequence[str], background: Sequence[str]) -> Origin:
    return graph.start(origin, skills=skill, backgrounds=background)


def _path(
    graph: CareerGraph,
    *,
    destination: str,
    origin: str | None,
    skill: Sequence[str],
    background: Sequence[str],
    rate: Sequence[str],
    allow_step_down: bool,
    **conditions: Any,
) -> Record:
    start = _start(graph, origin, skill, background)
    return graph.routes(start, destination, rates=rate, step_down=allow_step_down, **conditions)


def _reach(
    graph: CareerGraph,
    *,
    origin: str | None,
    skill: Sequence[str],
    background: Sequence[str],
    with_skill: Sequence[str],
    allow_step_down: bool,
    **conditions: Any,
) -> Record:
    start = _start(graph, origin, skill, background)
    return graph.reach(start, with_skills=with_skill, step_down=allow_step_down, **conditions)


def _gap(graph: CareerGraph, *, role: str, **hand: Any) -> Record:
    return graph.gap(_start(graph, **hand), role)


def _next_skill(graph: CareerGraph, *, role: str, derived: bool, **hand: Any) -> Record:
    return graph.next_skills(_start(graph, **hand), role, derived=derived)


def _plan(
    graph: CareerGraph,
    *,
    role: str,
    origin: str | None,
    skill: Sequence[str],
    background: Sequence[str],
    lang: Sequence[str],
    route: int | None = None,
    **wishes: Any,
) -> Record:
    return graph.plan(_start(graph, origin, skill, background), role, route=route, languages=lang, **wishes)


def _show(graph: CareerGraph, *, name: str) -> Record:
    return graph.show(name)


def _search(graph: CareerGraph, *, text: str, limit: int = NODES.default) -> Record:
    found = graph.search(text)
    if not found:
        raise NothingFound(text)
    return Found(found[:limit], list_twins(graph.catalogue, found[:limit]))


_TABLE = (
    Question(
        "path",
        "The best route from an origin to a destination.",
        (
            take_one("destination", "The role to get to.", required=True),
            *_HAND,
            take_whole("k", "How many routes are told at most.", ROUTES),
            take_several("via", "A role to pass, in any order."),
            take_several("avoid", "A role not to pass."),
            *_SEARCH,
            take_several("rate", "An exchange rate for comparing pay, such as GBP:USD=1.27.", **_TEXT),
        ),
        _path,
    ),
    Question(
        "reach",
        "The roles and occupations that an origin can get to, the most feasible first, with the route to each.",
        (
            *_HAND,
            take_several("with_skill", "What if this were held, too?"),
            *_SEARCH,
            take_one(
                "within", "Only routes that take no longer, such as 12m or 1y, by the middle of their range.", **_TEXT
            ),
            take_whole("limit", "How many roles and occupations are told at most.", ROLES),
        ),
        _reach,
    ),
    Question("gap", "What an origin holds of what a role asks for, and what is missing.", (_ROLE, *_HAND), _gap),
    Question(
        "next-skill",
        "The single skills, credentials and milestones that would help an origin most towards a role.",
        (_ROLE, *_HAND, take_one("derived", "Compute steps where no source names one.", type="boolean", default=True)),
        _next_skill,
    ),
    Question(
        "plan",
        "The courses and milestones that close the gap between an origin and a role, in order.",
        (
            _ROLE,
            *_HAND,
            take_one("by", "What to keep low.", type="string", enum=list(MEASURES), default="hours"),
            take_one(
                "route",
                "Which of the routes that `path` lists, counted from 1.",
                type="integer",
                minimum=1,
                maximum=ROUTES.most,
            ),
            take_several("via", "A role to pass, in any order."),
            take_one("straight", "Plan straight for the role, without the stops of the best route.", **_FLAG),
            take_several("done", "A skill or course that is done."),
            take_one("free", "Only courses that cost nothing.", **_FLAG),
            take_one("budget", "What all courses may cost together, such as 500USD.", **_TEXT),
            take_several("lang", "A language courses may be in, such as en.", **_TEXT),
            take_one("hours_per_week", "Time for courses; gives weeks.", **_WEEK),
            take_one("start", "The first day, such as 2027-01-11; gives dates.", **_TEXT),
        ),
        _plan,
    ),
    Question(
        "show",
        "Everything that is said about a node, with its sources and their disagreements.",
        (take_one("name", "A label, an alias, an IRI, or the end of one, such as role/ai-ethicist.", required=True),),
        _show,
    ),
    Question(
        "search",
        "The nodes whose name or definition has all words of a text, best match first; or whose name looks like it.",
        (
            take_one("text", "Words, or beginnings of words.", required=True),
            take_whole("limit", "How many nodes are told at most.", NODES),
        ),
        _search,
    ),
)

QUESTIONS: dict[str, Question] = {question.name: question for question in _TABLE}


def parse_query_string(question: Question, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The values that a query string gives to the parameters of a question, with defaults for what it leaves out.

    Args:
        question: the question.
        pairs: names and values, as in the query string.

    Raises:
        BadParameter: a parameter is unknown, missing, given too often, or has an impossible value.

    >>> parse_query_string(QUESTIONS["plan"], [("role", "AI ethicist"), ("skill", "Python")])["by"]
    'hours'
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in known:
            raise BadParameter(name, f"/api/{question.name} takes {', '.join(known)}")
    return {name: _value(parameter, given.get(name, [])) for name, parameter in known.items()}


def find_default(parameter: Parameter) -> Any:
    """The value of a parameter that is left out."""
    return () if parameter.repeatable else parameter.schema.get("default")


def to_schema(parameter: Parameter) -> dict[str, Any]:
    """The JSON Schema of all that a parameter is given, with what it is about: an array where it may be repeated."""
    one = dict(parameter.schema)
    array = {"type": "array", "items": one, "maxItems": MOST_VALUES}
    return {"description": parameter.about, **(array if parameter.repeatable else one)}


def _value(parameter: Parameter, texts: Sequence[str]) -> Any:
    most = MOST_VALUES if parameter.repeatable else 1
    if len(texts) > most:
        raise BadParameter(parameter.name, f"it is given {len(texts)} times; at most {most} are allowed")
    if parameter.required and not texts:
        raise BadParameter(parameter.name, "it is missing")
    values = tuple(_read(parameter, text) for text in texts)
    if parameter.repeatable or not values:
        return values or find_default(parameter)
    return values[0]


def _read(parameter: Parameter, text: str) -> Any:
    longest = parameter.schema.get("maxLength", LONGEST_NAME)
    if len(text) > longest:
        raise BadParameter(parameter.name, f"it is {len(text):,} characters long; at most {longest} are allowed")
    return _READERS[parameter.schema["type"]](parameter.name, text, parameter.schema)


def _string(name: str, text: str, schema: Mapping[str, Any]) -> str:
    if text not in schema.get("enum", [text]):
        raise BadParameter(name, f"{text!r} is none of {', '.join(schema['enum'])}")
    if not text:
        raise BadParameter(name, "it is empty")
    return text


def _integer(name: str, text: str, schema: Mapping[str, Any]) -> int:
    low, high = schema["minimum"], schema["maximum"]
    number = int(text) if text.isascii() and text.isdecimal() else None
    if number is None or not low <= number <= high:
        raise BadParameter(name, f"{text!r} is not a whole number from {low} to {high}")
    return number


def _number(name: str, text: str, schema: Mapping[str, Any]) -> float:
    low, high = schema["minimum"], schema["maximum"]
    number = float(text) if _NUMBER.fullmatch(text) else None
    if number is None or not low <= number <= high:
        raise BadParameter(name, f"{text!r} is not a number from {low} to {high}")
    return number


_TRUTH = {"true": True, "1": True, "false": False, "0": False}


def _boolean(name: str, text: str, schema: Mapping[str, Any]) -> bool:
    if text not in _TRUTH:
        raise BadParameter(name, f"{text!r} is neither true nor false")
    return _TRUTH[text]


_READERS: Mapping[str, Callable[[str, str, Mapping[str, Any]], Any]] = {
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
}
