"""Errors as data, by which one process tells another: an error's own arguments need not make it again."""

from __future__ import annotations

from typing import Any

from careergraph.model import errors
from careergraph.model.errors import CareergraphError

Header = dict[str, Any]


def as_header(error: CareergraphError) -> Header:
    """An error as a header that `to_error` makes an error of again, with all that it carries."""
    return {"error": type(error).__name__, "text": str(error), "data": vars(error)}


def to_error(header: Header) -> CareergraphError:
    """The error that a header stands for.

    >>> to_error(as_header(errors.QueryTimedOut(10))).seconds
    10
    """
    class_ = getattr(errors, header["error"])
    error: CareergraphError = class_.__new__(class_, header["text"])
    for name, value in header["data"].items():
        setattr(error, name, tuple(value) if isinstance(value, list) else value)
    return error
