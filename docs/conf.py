"""How Sphinx makes the site of the pages that `docs/index.md` lists.

From the root of a checkout:

    sphinx-build --fail-on-warning --keep-going --conf-dir docs . build/site

Then open `build/site/docs/index.html`. Pages are the same files that a code host shows; none asks the network.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pygments.lexers.special import TextLexer

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[1]
INDEX = "docs/index"
_GROUP = re.compile(r"^## (.+)\n\n((?:- \[.*\n)+)", re.MULTILINE)
_PAGE = re.compile(r"^- \[[^\]]*\]\(([^)]*\.md)\)", re.MULTILINE)
_FOLDER = re.compile(r"\[([^\]]*)\]\(([\w./-]*/)\)")


def listed(group: str) -> list[str]:
    """The pages that the index lists in a text, as names from the root of the checkout."""
    return [(ROOT / "docs" / name).resolve().relative_to(ROOT).as_posix() for name in _PAGE.findall(group)]


_PAGES = listed((ROOT / f"{INDEX}.md").read_text(encoding="utf-8"))

project = "careergraph"
extensions = ["myst_parser"]
root_doc = INDEX
include_patterns = [f"{INDEX}.md", *_PAGES]
exclude_patterns = [".*", "build", "src", "tests", "scripts", "docs/*.ipynb"]
nitpicky = True
myst_heading_anchors = 4
html_theme = "furo"
html_title = "careergraph"
html_copy_source = False
html_show_sphinx = False


def with_navigation(_: Sphinx, name: str, content: list[str]) -> None:
    """Make the navigation of the index's lists, and let no link point to a folder, which a site has none of."""
    content[0] = _FOLDER.sub(lambda link: _to_readme(name, link), content[0])
    if name == INDEX:
        content[0] = _GROUP.sub(_with_tree, content[0])


def _with_tree(group: re.Match[str]) -> str:
    pages = "\n".join(f"/{page.removesuffix('.md')}" for page in listed(group[2]))
    return f"{group[0]}\n```{{toctree}}\n:hidden:\n:caption: {group[1]}\n\n{pages}\n```\n"


def _to_readme(name: str, link: re.Match[str]) -> str:
    readme = (ROOT / name).parent.joinpath(link[2], "README.md").resolve()
    known = readme.is_relative_to(ROOT) and readme.relative_to(ROOT).as_posix() in _PAGES
    return f"[{link[1]}]({link[2]}README.md)" if known else link[1]


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("source-read", with_navigation)
    for language in ("mermaid", "cypher"):
        app.add_lexer(language, TextLexer)
