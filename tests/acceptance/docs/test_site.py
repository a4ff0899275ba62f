"""The site: every page is in its navigation, it is built without a warning, and it asks nobody for anything."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest

from page_blocks import ROOT

INDEX = ROOT / "docs" / "index.md"
GROUPS = ["Tutorial", "How-to", "Reference", "Explanation"]
#: What a browser fetches by itself when it shows a page.
FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site: the command of docs/conf.py, with a folder of its own."""
    folder = tmp_path_factory.mktemp("site")
    (line,) = re.findall(r"^    sphinx-build (.*)$", (ROOT / "docs" / "conf.py").read_text(encoding="utf-8"), re.M)
    arguments = [str(folder) if word == "build/site" else word for word in line.split()]
    command = [sys.executable, "-m", "sphinx", "--doctree-dir", str(folder.with_name("doctrees")), *arguments]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert built.returncode == 0, built.stderr
    return folder


def test_every_page_of_docs_is_in_the_navigation_once() -> None:
    linked = re.findall(r"^- \[[^\]]*\]\(([^)]*)\)", INDEX.read_text(encoding="utf-8"), re.M)
    pages = {os.path.relpath(page, INDEX.parent) for page in INDEX.parent.rglob("*.md") if page != INDEX}
    pages |= {page.name for page in INDEX.parent.glob("*.ipynb")}
    assert pages - set(linked) == set(), "add a line to docs/index.md"
    assert len(linked) == len(set(linked))


def test_the_navigation_has_its_four_groups(site: Path) -> None:
    assert re.findall(r"^## (.*)$", INDEX.read_text(encoding="utf-8"), re.M) == GROUPS
    page = (site / "docs" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'class="caption-text">([^<]*)<', page)[: len(GROUPS)] == GROUPS


def test_every_page_that_is_listed_is_built(site: Path) -> None:
    for name in re.findall(r"^- \[[^\]]*\]\(([^)]*)\.md\)", INDEX.read_text(encoding="utf-8"), re.M):
        assert Path(os.path.normpath(site / "docs" / f"{name}.html")).is_file()


def test_every_picture_that_a_page_shows_is_there(site: Path) -> None:
    shown: dict[Path, str] = {}
    for page in site.rglob("*.html"):
        tree = html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False)
        shown |= {page.parent / (image.get("src") or ""): page.name for image in tree.iter("img")}
    assert "README.html" in shown.values()
    assert {str(picture): page for picture, page in shown.items() if not picture.is_file()} == {}


def test_a_built_page_fetches_nothing_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > len(GROUPS)
    for page in pages:
        tree = html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False)
        fetched = [element.get(FETCHED[element.tag]) or "" for element in tree.iter() if element.tag in FETCHED]
        assert [address for address in fetched if re.match(r"(https?:)?//", address)] == [], page.name
    for style in site.rglob("*.css"):
        told = re.findall(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^'\")\s]*)", style.read_text(encoding="utf-8"))
        assert told == [], style.name
