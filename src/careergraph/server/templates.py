"""Fill a template and send it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from careergraph.render.assets import load_templates
from careergraph.render.html.citations import list_citations, list_short_marks
from careergraph.render.text.facts import word_fact, word_unit
from careergraph.render.text.node_summary import name_property
from careergraph.render.text.phrases import tell_grade, to_words, word_ease
from careergraph.server.pages.words import CHOICES, EXAMPLES, SUGGESTED, word_cell, word_field, word_name
from careergraph.server.urls import link

if TYPE_CHECKING:
    from starlette.responses import HTMLResponse

#: What every template may use.
SHARED = {
    "link": link,
    "citations": list_citations,
    "short_marks": list_short_marks,
    "in_words": to_words,
    "graded": tell_grade,
    "name_property": name_property,
    "word_cell": word_cell,
    "ease_words": word_ease,
    "fact_words": word_fact,
    "unit_words": word_unit,
    "field_words": word_field,
    "name_words": word_name,
    "choices": CHOICES,
    "field_examples": EXAMPLES,
    "suggested": {name: urlencode({"kind": kinds}, doseq=True) for name, kinds in SUGGESTED.items()},
    "about": "",
    "q": "",
    "cut": "",
    "here": "",
    "json": None,
}


def fill_template(template: str, **values: object) -> str:
    """A template of `render/assets/templates/server/`, filled.

    Args:
        template: its name.
        values: what it shows.
    """
    return load_templates().get_template(f"server/{template}").render({**SHARED, **values})


def read_templates() -> None:
    """Read all templates of pages: what is read is kept."""
    for name in load_templates().list_templates(filter_func=lambda name: name.startswith("server/")):
        load_templates().get_template(name)


def render_page(
    template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> HTMLResponse:
    """A page that browsers may keep but have to ask about again."""
    # Processes that answer questions fill templates as well, and do without what sends pages: 9 MB of each server.
    from starlette.responses import HTMLResponse

    content = fill_template(template, **values).encode("utf-8", "backslashreplace")
    return HTMLResponse(content, status, {"Cache-Control": "no-cache", **(headers or {})})
