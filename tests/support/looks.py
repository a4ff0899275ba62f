"""Compare how a page looks with how it looked: reduced so far that fonts and smoothing do not count."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageStat

if TYPE_CHECKING:
    from playwright.sync_api import Page

PICTURES = Path(__file__).parents[1] / "pictures"
#: Pictures are kept at a third of their size, and compared at a twentieth.
KEPT, COMPARED = 3, 20


def shrink(shot: bytes) -> Image.Image:
    """A screenshot as it is kept: small, without transparency."""
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    return image.reduce(KEPT)


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """How much two pictures differ: on average, and where they differ most, each from 0 to 255.

    Both are reduced to spots of some twenty pixels, so that what counts is what stands where and in which colour.
    """
    if one.size != other.size:
        return 255.0, 255.0
    spots = [image.reduce(COMPARED // KEPT) for image in (one, other)]
    apart = ImageChops.difference(*spots).convert("L")
    return ImageStat.Stat(apart).mean[0], float(apart.getextrema()[1])  # type: ignore[arg-type]


def looks_like(page: Page, name: str) -> tuple[float, float]:
    """How much a page differs from the picture of a name."""
    return difference(shrink(page.screenshot()), Image.open(PICTURES / f"{name}.png").convert("RGB"))


def keep(page: Page, name: str) -> None:
    """Make what a page looks like now the picture of a name."""
    PICTURES.mkdir(exist_ok=True)
    shrink(page.screenshot()).quantize(64).save(PICTURES / f"{name}.png", optimize=True)
