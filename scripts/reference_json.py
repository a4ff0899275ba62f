"""The reference of what `--format json` prints, from the JSON Schemas in the package."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from careergraph.model.schemas import COMMON, list_names, load_schema
from reference_text import in_angles, page, table, words

Schema = Mapping[str, Any]
INTRODUCTION = """\
# JSON

What every command prints with `--format json`. The schemas themselves (draft 2020-12) are in the package:
`careergraph.model.schemas.load_schema("path")`. Every key that is listed is always there unless it is called optional,
and no other is; `null` and an empty list mean that nobody says. What several commands share stands at the end.
"""
#: Constraint → how it is said.
_SAID = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "minItems": "at least {} of them",
    "maxItems": "at most {} of them",
    "pattern": "matching `{}`",
}


def json_page() -> str:
    """The whole page.

    Raises:
        Undocumented: a key or a shape has no description.
    """
    parts = [part for name in (*list_names(), COMMON) for part in _schema(name)]
    return page(INTRODUCTION, *parts)


def _schema(name: str) -> Iterator[str]:
    found = load_schema(name)
    if name != COMMON:
        yield f"## {name}"
        yield from _shape(found, name, name)
    else:
        yield "## Shared"
    for key, shape in found.get("$defs", {}).items():
        yield f"### {_title(name, key)}"
        yield from _shape(shape, name, f"{name}/{key}")


def _shape(shape: Schema, name: str, whose: str) -> Iterator[str]:
    yield in_angles(words(shape.get("description"), whose))
    if "properties" in shape:
        required = shape.get("required", ())
        rows = (_key(key, value, name, whose, key in required) for key, value in shape["properties"].items())
        yield table(("key", "type", "what"), rows)
    else:
        yield f"It is {kind(shape, name)}."


def _key(key: str, value: Schema, name: str, whose: str, required: bool) -> tuple[str, str, str]:
    meaning = in_angles(words(value.get("description"), f"{whose}/{key}"))
    examples = ", ".join(f"`{json.dumps(example, ensure_ascii=False)}`" for example in value.get("examples", ()))
    return (
        f"`{key}`" + ("" if required else " (optional)"),
        kind(value, name),
        meaning + (f" For example {examples}." if examples else ""),
    )


def kind(shape: Schema, name: str) -> str:
    """What a value may be, in words, with links to the shapes that have a name."""
    limits = [said.format(shape[key]) for key, said in _SAID.items() if key in shape]
    return ", ".join([_bare(shape, name), *limits])


def _bare(shape: Schema, name: str) -> str:
    if "$ref" in shape:
        file, _, key = shape["$ref"].partition("#/$defs/")
        where = file.removesuffix(".json") or name
        return f"[{key or where}](#{_anchor(_title(where, key) if key else where)})"
    for choice in ("anyOf", "oneOf"):
        if choice in shape:
            return " or ".join(kind(option, name) for option in shape[choice])
    if "enum" in shape:
        return "one of " + ", ".join(f"`{json.dumps(value)}`" for value in shape["enum"])
    if "const" in shape:
        return f"`{json.dumps(shape['const'])}`"
    return _to_type(shape, name)


def _to_type(shape: Schema, name: str) -> str:
    types = shape.get("type", "any")
    types = [types] if isinstance(types, str) else types
    return " or ".join(_type(each, shape, name) for each in types)


def _type(type_: str, shape: Schema, name: str) -> str:
    if type_ == "array" and "items" in shape:
        return f"list of {kind(shape['items'], name)}"
    if type_ == "object" and isinstance(shape.get("additionalProperties"), Mapping):
        return f"object with any keys, each {kind(shape['additionalProperties'], name)}"
    return type_


def _title(name: str, key: str) -> str:
    return f"{'shared' if name == COMMON else name}: {key}"


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
