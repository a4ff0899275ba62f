"""The JSON Schemas (draft 2020-12) of what the command line prints with `--format json`, one for each command.

Beside them stands the schema of a file that the command line reads: `json-resume`.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

#: What the schemas of the commands share.
COMMON = "common"
_NO_COMMANDS = (COMMON, "json-resume")


def load_schema(command: str) -> dict[str, Any]:
    """The schema of a command's JSON; `common` is the one that the others refer to. Each call gives a dict of its own.

    Raises:
        FileNotFoundError: the command has no schema.

    >>> load_schema("path")["$id"]
    'https://w3id.org/careergraph/schemas/path.json'
    """
    found: dict[str, Any] = json.loads(_text(command))
    return found


@cache
def _text(command: str) -> str:
    return files(__name__).joinpath(f"{command}.json").read_text(encoding="utf-8")


def list_names() -> tuple[str, ...]:
    """The commands that have a schema, in alphabetical order.

    >>> "path" in list_names(), COMMON in list_names()
    (True, False)
    """
    found = (file.name.removesuffix(".json") for file in files(__name__).iterdir() if file.name.endswith(".json"))
    return tuple(sorted(name for name in found if name not in _NO_COMMANDS))
