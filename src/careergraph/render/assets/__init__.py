"""Templates and static files that every page shares, and the one way to fill them."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import jinja2
from markupsafe import Markup

from careergraph.model.kind_styles import find_style

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"

#: Characters that could end a script element or a line of JavaScript, with their JSON escapes.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@cache
def load_templates() -> jinja2.Environment:
    """The templates: autoescape is always on, and an unknown variable is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["json_island"] = embed_json
    made.globals["kind_style"] = find_style
    return made


def embed_json(data: object) -> Markup:
    r"""Data as JSON for `<script type="application/json">`: nothing in it can end the element.

    >>> str(embed_json({"label": "</script>"}))
    '{"label":"\\u003c/script\\u003e"}'
    """
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))


def read_static(name: str) -> str:
    """The text of a static file of ours."""
    return (STATIC / name).read_text(encoding="utf-8")


def read_vis_network() -> str:
    """The vis-network script that pyvis ships.

    Raises:
        ModuleNotFoundError: pyvis is not installed.
    """
    return find_vis_network().read_text(encoding="utf-8")


def find_vis_network() -> Path:
    """Where that script is. It is found without importing pyvis, which would import IPython.

    Raises:
        ModuleNotFoundError: pyvis is not installed.
    """
    found = find_spec("pyvis")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'pyvis'", name="pyvis")
    return Path(found.submodule_search_locations[0]) / "lib" / "vis-9.1.2" / "vis-network.min.js"
