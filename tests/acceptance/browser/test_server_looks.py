"""The pages of the server look as they did: light, dark, on a phone, on paper, in colours that the system forces."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from looks import keep, looks_like
from served import Served
from server_browsing import PAGES, settled, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: Pages that look different from each other; the rest is made of the same parts, or follows what courses there are.
LOOKED_AT = ("start", "routes", "reach", "role", "query")
_WIDE = {"width": 1280, "height": 800}
#: Look → the options of a browser's context.
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": _WIDE},
    "dark": {"viewport": _WIDE, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}},
    "print": {"viewport": {"width": 794, "height": 1123}},
    "forced": {"viewport": _WIDE, "forced_colors": "active"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_looks_as_it_did(browser: Browser, endpoint: Served, look: str) -> None:
    with visiting(browser, endpoint, reduced_motion="reduce", **LOOKS[look]) as page:
        for name in LOOKED_AT:
            settled(page, PAGES[name])
            page.emulate_media(media="print" if look == "print" else "screen")
            picture = f"server-{name}-{look}"
            if os.environ.get("CAREERGRAPH_NEW_PICTURES") == "1":
                keep(page, picture)
            average, most = looks_like(page, picture)
            told = f"tests/pictures/{picture}.png shows something else; CAREERGRAPH_NEW_PICTURES=1 makes it anew"
            assert average < 4, told
            assert most < 140, told
