"""Saved queries as text: a list by topic, or one in full."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from careergraph.render.text.phrases import fill_paragraph, format_bullets, format_section
from careergraph.sparql.parameters import Parameter
from careergraph.sparql.saved_queries import TOPICS, SavedQueries, SavedQuery


def format_queries(found: SavedQueries) -> str:
    """The answer to `queries`: names beside questions, and below each its parameters with their defaults."""
    count = len(found.results)
    lines = fill_paragraph(f"{count} questions; ask one with: careergraph sparql NAME --param PARAMETER=VALUE")
    width = max((len(query.name) for query in found.results), default=0) + 4
    for topic, queries in groupby(found.results, lambda query: query.topic):
        lines += format_section(TOPICS[topic], [line for query in queries for line in _list_line(query, width)])
    return "\n".join(lines)


def query_text(query: SavedQuery) -> str:
    """One saved query in full: what it answers, its parameters, its SPARQL, and how to run it."""
    lines = [query.name, *fill_paragraph(query.title), *fill_paragraph(query.about)]
    lines += format_section("Of use to", format_bullets([", ".join(query.audience)]))
    lines += format_section("Parameters", format_bullets(map(_describe, query.parameters)))
    lines += format_section("Query", [f"  {line}".rstrip() for line in query.text.splitlines()])
    lines += format_section("Ask it with", ["  " + " \\\n    ".join(_call(query))])
    return "\n".join(lines)


def _list_line(query: SavedQuery, width: int) -> list[str]:
    first, *rest = fill_paragraph(query.title, width)
    defaults = fill_paragraph(", ".join(_parameter_lines(query.parameters)), width)
    return [f"  {query.name}".ljust(width) + first.lstrip(), *rest, *defaults]


def _describe(parameter: Parameter) -> str:
    default = f', "{parameter.default}" by default' if parameter.default is not None else ""
    return f"{parameter.name} ({parameter.type}{default}): {parameter.about}"


def _parameter_lines(parameters: Sequence[Parameter]) -> list[str]:
    return [f'{item.name}="{"VALUE" if item.default is None else item.default}"' for item in parameters]


def _call(query: SavedQuery) -> list[str]:
    return [f"careergraph sparql {query.name}", *(f"--param {given}" for given in _parameter_lines(query.parameters))]
