"""The answer to `validate` as text."""

from __future__ import annotations

from collections.abc import Sequence

from careergraph.rdf.results import shorten
from careergraph.render.text.phrases import fill_paragraph, format_bullets
from careergraph.store.locations import is_endpoint
from careergraph.validation.validate import Finding, ValidationReport

#: So many findings are printed at most: nobody reads on, and they are mostly of one cause.
_MOST = 200


def format_validation(found: ValidationReport) -> str:
    """What was checked, and every finding: file and line, node, rule, message."""
    verdict = "conforms" if found.conforms else "does not conform"
    checked = f"{_count(found)} checked against {found.shapes} shapes: {verdict}"
    more = len(found.findings) - _MOST
    rest = [f"{more:,} more: --format json has all."] if more > 0 else []
    return "\n".join([*fill_paragraph(checked), *format_bullets([*map(_finding, found.findings[:_MOST]), *rest], 0)])


def _count(found: ValidationReport) -> str:
    if found.sample_of:
        return (
            f"A sample, {found.nodes:,} of {found.sample_of:,} nodes, some of every kind, and the {found.triples:,} "
            "statements about them,"
        )
    return f"{found.nodes:,} nodes and {found.triples:,} statements of {_places(found.files)}"


def _places(files: Sequence[str]) -> str:
    endpoints = [name for name in files if is_endpoint(name)]
    number = len(files) - len(endpoints)
    return " and ".join(["1 file" if number == 1 else f"{number} files"] * (number > 0 or not endpoints) + endpoints)


def _finding(item: Finding) -> str:
    place = ":".join(str(part) for part in (item.file, item.line) if part is not None)
    value = f" (value: {shorten(item.value)})" if item.value else ""
    return f"{place} {shorten(item.node)}: {item.severity} of rule {item.rule}: {item.message}{value}"
