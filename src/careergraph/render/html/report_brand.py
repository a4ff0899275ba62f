"""The brand of a report: a logo, a colour, a name and a paragraph, read from a user's file."""

from __future__ import annotations

import tomllib
from base64 import b64encode
from pathlib import Path
from typing import NamedTuple

from careergraph.model.decoding import decode_text
from careergraph.model.errors import UnreadableFile
from careergraph.store.bounded_files import read_bounded

#: What a template of the user's may say, and what stands there if it does not.
_DEFAULTS = {"logo": "", "accent": "#0b62a4", "name": "", "paragraph": ""}
#: What a picture of the user's may be.
_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
#: How many bytes the file and the logo may have, each.
_LARGEST = 1_000_000
_HEX = frozenset("0123456789abcdefABCDEF")


class Brand(NamedTuple):
    """The brand of a report: a logo as a data URI, a colour, a name and a paragraph; only the colour is required."""

    logo: str
    accent: str
    name: str
    paragraph: str


#: Nobody's in particular.
NOBODY = Brand(**_DEFAULTS)


def read_brand(path: str) -> Brand:
    """Read the brand of a report from a TOML file: `logo` (a picture beside it), `accent`, `name` and `paragraph`.

    Raises:
        UnreadableFile: the file or the logo cannot be read, says something else, or is too large.
    """
    try:
        said = tomllib.loads(decode_text(read_bounded(path, _LARGEST)))
    except ValueError as error:
        raise UnreadableFile(path=path, reason=str(error)) from None
    unknown = [name for name, value in said.items() if name not in _DEFAULTS or not isinstance(value, str)]
    if unknown:
        raise UnreadableFile(path=path, reason=f"{unknown[0]!r} is none of the texts {', '.join(_DEFAULTS)}")
    values = _DEFAULTS | said
    if values["accent"][:1] != "#" or len(values["accent"]) != 7 or not set(values["accent"][1:]) <= _HEX:
        raise UnreadableFile(path=path, reason=f"{values['accent']!r} is not a colour such as #0b62a4")
    return Brand(_logo(path, values["logo"]), values["accent"], values["name"], values["paragraph"])


def _logo(template: str, name: str) -> str:
    if not name:
        return ""
    path = Path(template).parent / name
    kind = _PICTURES.get(path.suffix.lower())
    if kind is None:
        raise UnreadableFile(path=str(path), reason=f"a logo is one of {', '.join(_PICTURES)}")
    return f"data:{kind};base64,{b64encode(read_bounded(str(path), _LARGEST)).decode()}"
