"""Questions that come with the package: SPARQL queries in files, each with a header that says what it answers.

A header is made of comments, one line each, in this order, and ends where the comments end:

    # title: What does a role pay?
    # about: One row for each pay line.
    # topic: pay
    # for: career changer, adviser
    # param role (role) = "AI ethicist": the role to ask about

The topic is one of `TOPICS`, the audience some of `AUDIENCES`, a type one of `careergraph.sparql.parameters.TYPES`; a
parameter is a variable of the query, and may come without a default.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated

from careergraph.catalogue.catalogue import Catalogue
from careergraph.model.errors import BadParameter, UnknownQuery, UnreadableFile
from careergraph.model.records import Record
from careergraph.sparql.parameters import TYPES, Parameter, parse_term

if TYPE_CHECKING:
    from careergraph.model.values import NonEmpty, Schema


#: What questions are about, in the order of listings, with a heading for each.
TOPICS = {
    "roles": "Roles and skills",
    "pay": "Pay",
    "moves": "Moves between positions",
    "courses": "Courses",
    "organisations": "Organisations",
    "sources": "Who says so",
}
AUDIENCES = ("career changer", "adviser", "researcher", "developer")

_FIELDS = ("title", "about", "topic", "for")
_FIELD = re.compile(r"# (title|about|topic|for): (\S.*)")
_PARAMETER = re.compile(r'# param ([a-z][a-z_]*) \(([a-z]+)\)(?: = "([^"]*)")?: (\S.*)')


class SavedQuery(Record):
    """A question that can be asked by name."""

    name: Annotated[str, Schema(pattern="^[a-z]+(-[a-z]+)*$")]
    """The name by which it is asked."""
    title: NonEmpty
    """The question."""
    about: NonEmpty
    """What the answer contains, in a sentence."""
    topic: Annotated[str, Schema(enum=TOPICS)]
    """The topic of the question."""
    audience: Annotated[tuple[Annotated[str, Schema(enum=AUDIENCES)], ...], Schema(minItems=1)]
    """The users for whom it is most useful."""
    parameters: tuple[Parameter, ...]
    """Its parameters, in the order of the query's header."""
    text: NonEmpty
    """The SPARQL query."""


class SavedQueries(Record):
    """Questions that can be asked by name, or the one that was named."""

    results: tuple[SavedQuery, ...]
    """The saved queries, by topic and name."""


def query_names() -> tuple[str, ...]:
    """The names of all saved queries, in alphabetical order.

    >>> "pay-of-role" in query_names()
    True
    """
    names = (file.name for file in files("careergraph.sparql").joinpath("queries").iterdir())
    return tuple(sorted(name.removesuffix(".rq") for name in names if name.endswith(".rq")))


def load_saved_queries() -> tuple[SavedQuery, ...]:
    """All saved queries, by topic and name. Read from disk at each call.

    >>> load_saved_queries()[0].topic
    'roles'
    """
    order = list(TOPICS)
    return tuple(sorted(map(load_saved_query, query_names()), key=lambda query: (order.index(query.topic), query.name)))


def load_saved_query(name: str) -> SavedQuery:
    """The saved query of a name.

    Raises:
        UnknownQuery: there is none; carries near misses.

    >>> load_saved_query("pay-of-role").title
    'What does a role pay?'
    """
    known = query_names()
    if name not in known:
        raise UnknownQuery(name, suggestions=_near_misses(name, known))
    content = files("careergraph.sparql").joinpath("queries", f"{name}.rq").read_text(encoding="utf-8")
    return parse_saved_query(f"{name}.rq", content)


def parse_saved_query(file: str, content: str) -> SavedQuery:
    """Parse the saved query in a file.

    Args:
        file: the file's name, which names the query.
        content: its text.

    Raises:
        UnreadableFile: the header is malformed, with the line.
    """
    lines = content.splitlines()
    length = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    fields, parameters = _header(file, lines[:length])
    text = "\n".join(lines[length:]).strip()
    if not text:
        raise _malformed_error(file, length, "there is no query below the header")
    return SavedQuery(
        name=file.removesuffix(".rq"),
        title=fields["title"],
        about=fields["about"],
        topic=fields["topic"],
        audience=tuple(fields["for"].split(", ")),
        parameters=parameters,
        text=text,
    )


def list_terms(catalogue: Callable[[], Catalogue], query: SavedQuery, given: Mapping[str, str]) -> dict[str, str]:
    """What was given for a saved query's parameters, and its defaults for the rest, as terms in SPARQL's syntax.

    Args:
        catalogue: returns the data set to look names up in; called once, if a parameter is a kind of node.
        query: the saved query.
        given: parameter's name → what the user typed.

    Returns:
        Parameter's name → term, in the order of the header; what `careergraph.rdf.query_text.with_params` takes.

    Raises:
        BadParameter: a parameter is unknown or missing, or a value cannot be of its type.
        InvalidName, UnknownName, AmbiguousName: there is not exactly one node of the right kind with a name.

    >>> list_terms(Catalogue.load, load_saved_query("pay-of-role"), {"role": "AI PM"})
    {'role': '<https://w3id.org/careergraph/id/role/ai-product-manager>'}
    """
    names = [parameter.name for parameter in query.parameters]
    for name in given:
        if name not in names:
            raise BadParameter(name, f"{query.name} has no such parameter{_those(names)}")
    loaded: list[Catalogue] = []

    def once() -> Catalogue:
        loaded.extend([] if loaded else [catalogue()])
        return loaded[0]

    return {
        parameter.name: parse_term(parameter, _value(query, parameter, given), once) for parameter in query.parameters
    }


def _near_misses(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    from careergraph.model.near_names import find_near_names

    words = set(name.lower().replace("_", "-").split("-"))
    sharing = sorted(known, key=lambda candidate: -len(words & set(candidate.split("-"))))
    related = [candidate for candidate in sharing if words & set(candidate.split("-"))]
    return tuple(dict.fromkeys([*find_near_names(name, known, most=3, cutoff=0.7), *related]))[:3]


def _value(query: SavedQuery, parameter: Parameter, given: Mapping[str, str]) -> str:
    value = given.get(parameter.name, parameter.default)
    if value is None:
        raise BadParameter(parameter.name, f"{query.name} needs it ({parameter.about}); --param {parameter.name}=VALUE")
    return value


def _those(names: list[str]) -> str:
    return f"; it has {', '.join(names)}" if names else ", nor any other"


def _header(file: str, lines: list[str]) -> tuple[dict[str, str], tuple[Parameter, ...]]:
    fields: dict[str, str] = {}
    parameters: dict[str, Parameter] = {}
    for number, line in enumerate(lines):
        if number < len(_FIELDS):
            fields[_FIELDS[number]] = _field(file, number, line)
        else:
            parameter = _parameter(file, number, line, parameters)
            parameters[parameter.name] = parameter
    if len(fields) < len(_FIELDS):
        raise _malformed_error(file, len(lines), f"the header has no '# {_FIELDS[len(fields)]}:'")
    return fields, tuple(parameters.values())


def _field(file: str, number: int, line: str) -> str:
    match = _FIELD.fullmatch(line)
    wanted = _FIELDS[number]
    if match is None or match[1] != wanted:
        raise _malformed_error(file, number, f"expected '# {wanted}: ...'")
    fault = _FAULTS[wanted](match[2])
    if fault:
        raise _malformed_error(file, number, fault)
    return match[2]


def _parameter(file: str, number: int, line: str, before: Container[str]) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None:
        raise _malformed_error(file, number, "expected '# param name (type) = \"default\": sentence'")
    name, type_, default, about = match.groups()
    if name in before:
        raise _malformed_error(file, number, f"the parameter {name} is there twice")
    if type_ not in TYPES:
        raise _malformed_error(file, number, f"{type_} is not a type of parameter; types are {', '.join(TYPES)}")
    return Parameter(name, type_, default, about)


_FAULTS: dict[str, Callable[[str], str | None]] = {
    "title": lambda text: None if text.endswith("?") else "a title is a question",
    "about": lambda text: None if text.endswith(".") else "what a query is about ends with a full stop",
    "topic": lambda text: None if text in TOPICS else f"topics are {', '.join(TOPICS)}",
    "for": lambda text: None if set(text.split(", ")) <= set(AUDIENCES) else f"users are {', '.join(AUDIENCES)}",
}


def _malformed_error(file: str, number: int, reason: str) -> UnreadableFile:
    return UnreadableFile(path=file, line=number + 1, reason=reason)
