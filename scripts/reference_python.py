"""The reference of the Python library: what `careergraph` exports, and what comes back from it, from docstrings."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any, get_args

import careergraph
from careergraph.model import errors
from careergraph.model.records import Record
from careergraph.transitions.batch import errors as batch_errors
from record_fields import field_descriptions, field_types
from reference_text import Undocumented, in_angles, page, table

INTRODUCTION = """\
# Python

`careergraph.load` opens data; what it returns answers questions. What is not listed here can change from one release to
the next.
"""
#: The folders that what comes back is made in.
LIBRARY = ("model", "rdf", "store", "catalogue", "transitions", "sparql")
_SECTION = re.compile(r"^(Args|Returns|Raises|Notes):\n((?:    .*\n?|\n)+)", re.MULTILINE)
_ENTRY = re.compile(r"^    (\w+): (.*(?:\n      .*)*)", re.MULTILINE)
_SEE = re.compile(r"see `(careergraph\.[\w.]+)`")
_QUOTED = re.compile(r"(: |-> )'([^']*)'")  # annotations are texts
_MODULE = re.compile(r"\b(careergraph|collections)(\.\w+)*\.(?=[A-Z])")
_OPTIONAL = re.compile(r"typing\.Optional\[([\w\[\], .]+)\]")
_EXAMPLE = re.compile(r"^>>> (?:.*\n?)+", re.MULTILINE)


def python_page() -> str:
    """The whole page.

    Raises:
        Undocumented: something public has no docstring.
    """
    functions = [getattr(careergraph, name) for name in careergraph.__all__ if not name.startswith("__")]
    graph = _classes()["CareerGraph"]
    parts = ["## Opening data", *(part for function in functions for part in _function(function, "careergraph."))]
    parts += ["## CareerGraph", documentation(graph)]
    for _, method in public(graph):
        parts += _function(method, "CareerGraph.")
    parts += ["## What comes back", RECORDS]
    parts += [part for record in records(graph) for part in _record(record)]
    return page(INTRODUCTION, *parts, "## Errors", *_errors())


RECORDS = """\
Records are frozen dataclasses. `to_dict()` gives what `--format json` prints, described in
[the page on JSON](json.md); what is null there is `None` here.
"""


def public(owner: type) -> list[tuple[str, Callable[..., Any]]]:
    """The public methods of a class, in the order of its source."""
    return [(name, member) for name, member in vars(owner).items() if inspect.isfunction(member) and name[0] != "_"]


def documentation(documented: Any, *, example: bool = True) -> str:
    """A docstring as Markdown.

    Raises:
        Undocumented: there is none.
    """
    text = inspect.getdoc(documented) if documented.__doc__ else None
    if text is None:
        raise Undocumented(f"{documented.__module__}.{documented.__qualname__} has no docstring")
    text = _SECTION.sub(_section, f"{text}\n")
    return in_angles(_EXAMPLE.sub("", text)).strip() + (_example(text) if example else "")


def _section(found: re.Match[str]) -> str:
    if found[1] in ("Returns", "Notes"):
        return f"{found[1]}: {' '.join(found[2].split())}\n\n"
    # Whoever asks by names has the catalogue already.
    entries = [entry for entry in _ENTRY.findall(found[2]) if entry[0] != "catalogue"]
    lines = [f"- `{name}`: {' '.join(text.split())}" for name, text in entries]
    said = "Parameters" if found[1] == "Args" else found[1]
    return "\n".join([f"{said}:", "", *lines, "", ""]) if lines else ""


def _example(text: str) -> str:
    # One that relies on the names of its module is none for a reader.
    found = _EXAMPLE.search(text)
    whole = found is not None and found[0].startswith((">>> import careergraph", ">>> from careergraph"))
    return f"\n\n```python\n{found[0].strip()}\n```" if found and whole else ""


def _function(function: Callable[..., Any], before: str) -> Iterator[str]:
    yield f"### {before}{function.__name__}"
    signature = inspect.signature(function)
    kept = [parameter for name, parameter in signature.parameters.items() if name != "self"]
    written = f"{function.__name__}{signature.replace(parameters=kept)}"
    unquoted = _QUOTED.sub(r"\1\2", written)
    yield f"```text\n{unquoted}\n```"
    text = documentation(function)
    seen = _SEE.search(text)
    if seen is None:
        yield text
    else:
        module, _, attribute = seen[1].rpartition(".")
        yield f"Takes names where `{seen[1]}`, which does the work, takes IRIs."
        yield documentation(getattr(importlib.import_module(module), attribute), example=False)


def records(graph: type) -> list[type[Record]]:
    """The records that methods return, and those that these are made of, by name."""
    known = _classes()
    returned = " ".join(str(inspect.signature(method).return_annotation) for _, method in public(graph))
    waiting: list[Any] = [known[name] for name in re.findall(r"\w+", returned) if name in known]
    found: dict[str, type[Record]] = {}
    while waiting:
        type_ = waiting.pop()
        waiting += get_args(type_)
        if inspect.isclass(type_) and issubclass(type_, Record) and type_.__name__ not in found:
            found[type_.__name__] = type_
            waiting += field_types(type_).values()
    return [found[name] for name in sorted(found)]


def _record(record: type[Record]) -> Iterator[str]:
    yield f"### {record.__name__}"
    yield documentation(record)
    said = field_descriptions(record)
    rows = ((f"`{name}`", f"`{_write(type_)}`", in_angles(said[name])) for name, type_ in field_types(record).items())
    yield table(("field", "type", "what"), rows)


def _write(type_: Any) -> str:
    written = type_.__name__ if inspect.isclass(type_) and not get_args(type_) else str(type_)
    return _OPTIONAL.sub(r"\1 | None", _MODULE.sub("", written))


def _errors() -> Iterator[str]:
    yield "Every error that the library raises on purpose is a `careergraph.model.errors.CareergraphError`."
    classes = [
        item
        for module in (errors, batch_errors)
        for item in vars(module).values()
        if inspect.isclass(item) and item.__module__ == module.__name__
    ]
    errors_only = [item for item in classes if issubclass(item, errors.CareergraphError)]
    yield table(("error", "is a", "exit code", "when"), map(_error, errors_only))


def _error(error: type[errors.CareergraphError]) -> tuple[str, ...]:
    when = " ".join(documentation(error).split())
    return f"`{error.__name__}`", f"`{error.__bases__[0].__name__}`", f"{error.exit_code}", when


def _classes() -> dict[str, type]:
    """The classes of the library by name; of the folders above it, such as the server, there are none."""
    names = ["careergraph.api"]
    for folder in LIBRARY:
        package = importlib.import_module(f"careergraph.{folder}")
        names += [module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    return {
        name: item
        for module in names
        for name, item in vars(importlib.import_module(module)).items()
        if inspect.isclass(item) and item.__module__ == module and not name.startswith("_")
    }
