"""PNG: the SVG drawing as an image, twice as fine as a screen needs."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from math import sqrt
from typing import Protocol

from careergraph.export.formats.svg import FONTS, to_svg
from careergraph.export.view import View
from careergraph.model.errors import NoFont
from careergraph.model.extras import need_extra

#: The keyword of the text chunk that says which drawing the image was made from.
MADE_OF = "careergraph-svg-sha256"
_SHARPNESS = 2.0
#: How many pixels an image may have, so that a tall drawing does not fill the memory.
_MOST_PIXELS = 30_000_000
_BLANK = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{}</svg>'
#: A PNG file begins with eight bytes of signature and twenty-five of header; a note can stand right after them.
_HEADER = 33


class Rasteriser(Protocol):
    """A function that turns SVG into PNG."""

    def __call__(self, *, svg_string: str, zoom: float) -> bytes:
        """Render a drawing."""


def to_png(view: View) -> bytes:
    """The view as PNG, with the SHA-256 of the SVG that it was made from.

    Labels are in a font of this system, the first that the SVG names, so other systems may give other bytes; the
    SHA-256 shows whether the drawing is the same.

    Raises:
        TooMuchToDraw: it has more nodes than can be read.
        MissingExtra: the rasteriser is not installed.
        NoFont: this system has no font.
    """
    render = _rasteriser()
    content = to_svg(view)
    width, height = (float(size) for size in re.findall(rb'^<svg .*?width="(.*?)" height="(.*?)"', content, re.M)[0])
    zoom = min(_SHARPNESS, sqrt(_MOST_PIXELS / (width * height)))
    return _add_note(render(svg_string=content.decode(), zoom=zoom), hashlib.sha256(content).hexdigest())


def read_digest(image: bytes) -> str | None:
    """The SHA-256 of the SVG that an image was made from, if the image has it."""
    found = re.search(rb"tEXt" + MADE_OF.encode() + rb"\0([0-9a-f]{64})", image[:200])
    return found and found[1].decode()


def _rasteriser() -> Rasteriser:
    with need_extra("pictures", "A PNG picture", "resvg_py"):
        from resvg_py import svg_to_bytes

    def render(*, svg_string: str, zoom: float) -> bytes:
        return bytes(svg_to_bytes(svg_string=svg_string, zoom=zoom))

    _make_sure_of_a_font(render)
    return render


def _make_sure_of_a_font(render: Rasteriser) -> None:
    # Without a font, labels would be left out silently.
    letter = f'<text y="16" font-family="{FONTS}">M</text>'
    if render(svg_string=_BLANK.format(letter), zoom=1) == render(svg_string=_BLANK.format(""), zoom=1):
        raise NoFont


def _add_note(image: bytes, digest: str) -> bytes:
    chunk = b"tEXt" + MADE_OF.encode() + b"\0" + digest.encode()
    note = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return image[:_HEADER] + note + image[_HEADER:]
