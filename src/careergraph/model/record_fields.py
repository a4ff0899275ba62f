"""The fields of records, for what `dataclasses` does with them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any


class Fields:
    """The fields of a record as `dataclasses` has them, computed when they are first asked for."""

    def __get__(self, record: object, type_: Any) -> Mapping[str, Any]:
        return _find_fields(type_)


@cache
def _find_fields(type_: Any) -> Mapping[str, Any]:
    # Kept, because `dataclasses.replace` asks for them twice each time.
    from dataclasses import make_dataclass
    from inspect import get_annotations

    said = {name: hint for class_ in type_.__mro__[::-1] for name, hint in get_annotations(class_).items()}
    made = make_dataclass(type_.__name__, [(name, said[name]) for name in type_.__match_args__])
    found: Mapping[str, Any] = made.__dict__["__dataclass_fields__"]
    return found
