"""Errors as data, to pass them from one process to another: an error's `args` alone may not rebuild it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from careergraph.model.errors import CareergraphError

Header = dict[str, Any]


def as_header(error: CareergraphError) -> Header:
    """An error as a header, from which `to_error` rebuilds the error with all its attributes."""
    return {"error": type(error).__name__, "text": str(error), "data": vars(error)}


def to_error(header: Header) -> CareergraphError:
    """The error that `as_header` turned into this header.

    >>> from careergraph.model.errors import QueryTimedOut
    >>> to_error(as_header(QueryTimedOut(10))).seconds
    10
    """
    class_ = next(found for found in _subclasses(CareergraphError) if found.__name__ == header["error"])
    error: CareergraphError = class_.__new__(class_, header["text"])
    for name, value in header["data"].items():
        setattr(error, name, tuple(value) if isinstance(value, list) else value)
    return error


def _subclasses(root: type[CareergraphError]) -> Iterator[type[CareergraphError]]:
    yield root
    for class_ in root.__subclasses__():
        yield from _subclasses(class_)
