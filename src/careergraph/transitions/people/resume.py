"""Read a CV: a JSON Resume file, checked against its schema."""

from __future__ import annotations

from typing import Any

from careergraph.model.errors import UnreadableFile

#: A CV may have this many bytes.
LARGEST_PROFILE = 1_000_000


def read_profile(path: str) -> dict[str, Any]:
    """The content of a JSON Resume file that keeps to `careergraph/schemas/json-resume.json`.

    The file is only read, and nothing of it leaves the machine.

    Args:
        path: a file in UTF-8, at most 1 MB.

    Raises:
        UnreadableFile: the file is missing, too large, not UTF-8, not JSON, nested too deeply, or breaks the schema.
    """
    import json

    text = _text(path)
    try:
        document: dict[str, Any] = json.loads(text, parse_constant=_no_constant)
        json.dumps(document, ensure_ascii=False).encode()
        fault = _fault(document)
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            path=path, reason=f"it is not JSON: {error.msg}", line=error.lineno, column=error.colno
        ) from error
    except UnicodeEncodeError as error:
        raise UnreadableFile(path=path, reason="it holds half a character (a lone surrogate)") from error
    except ValueError as error:
        raise UnreadableFile(path=path, reason=f"it is not JSON: {error}") from error
    except RecursionError as error:
        raise UnreadableFile(path=path, reason="it is nested too deeply") from error
    if fault:
        raise UnreadableFile(path=path, reason=fault)
    return document


def _text(path: str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - the start path does without pathlib
            content = file.read(LARGEST_PROFILE + 1)
        if len(content) > LARGEST_PROFILE:
            raise UnreadableFile(path=path, reason=f"it is larger than {LARGEST_PROFILE:,} bytes")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise UnreadableFile(path=path, reason="it is not UTF-8 text", line=line, column=column) from error
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error
    except ValueError as error:
        raise UnreadableFile(path=path, reason=str(error)) from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _fault(document: object) -> str | None:
    """The first thing that breaks the schema: where it is, and what is wrong."""
    from jsonschema_rs import Draft202012Validator, ValidationErrorKind

    from careergraph.model.schemas import schema

    rules = schema("json-resume")
    try:
        error = next(iter(Draft202012Validator(rules).iter_errors(document)), None)
    except ValueError as beyond:  # the validator's own bound of 255 levels; it takes all else that JSON can say
        raise RecursionError from beyond
    if error is None:
        return None
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.instance_path)
    where = where.removeprefix(".") or "the document"
    if isinstance(error.kind, ValidationErrorKind.Type):
        return f"{where} is {_type(error.instance)}, not {_TYPES[error.kind.types[0]]}"
    if isinstance(error.kind, ValidationErrorKind.Pattern):
        return f"{where} is {str(error.instance)[:40]!a}; a date is written 2014, 2014-06 or 2014-06-29"
    assert isinstance(error.kind, ValidationErrorKind.AdditionalProperties), error  # no other rule is in the schema
    return f"{where} has a section {error.kind.unexpected[0][:40]!a}; the sections are {', '.join(rules['properties'])}"


_TYPES = {"object": "an object", "array": "a list", "string": "a text"}


def _type(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
