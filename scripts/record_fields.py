"""The fields of a record as its class has them: their types, and the sentences that stand below them."""

from __future__ import annotations

import ast
import inspect
import textwrap
from dataclasses import fields
from typing import Any, get_type_hints

from careergraph.model import values
from careergraph.model.records import Record
from reference_text import Undocumented


def field_types(record: type[Record], *, narrowed: bool = False) -> dict[str, Any]:
    """Field → type, in the order of the fields.

    Args:
        record: the class.
        narrowed: whether types keep what narrows them down, the keywords of JSON Schema.
    """
    # The types of values are imported for type checkers alone, so they are handed in here.
    hints = get_type_hints(record, localns=vars(values), include_extras=narrowed)
    return {field.name: hints[field.name] for field in fields(record)}  # type: ignore[arg-type]


def field_descriptions(record: type[Record]) -> dict[str, str]:
    """Field → the sentence below it.

    Raises:
        Undocumented: a field has none.
    """
    found = {name: text for class_ in reversed(record.__mro__[:-1]) for name, text in _descriptions(class_).items()}
    for field in fields(record):  # type: ignore[arg-type]
        if field.name not in found:
            raise Undocumented(
                f"{record.__module__}.{record.__qualname__}.{field.name} has no description: write one sentence in "
                "triple quotes below the field, then run `make reference`"
            )
    return {field.name: found[field.name] for field in fields(record)}  # type: ignore[arg-type]


def _descriptions(class_: type) -> dict[str, str]:
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(class_))).body
    assert isinstance(definition, ast.ClassDef)
    pairs = zip(definition.body, definition.body[1:], strict=False)
    return {
        field.target.id: " ".join(below.value.value.split())
        for field, below in pairs
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
    }
