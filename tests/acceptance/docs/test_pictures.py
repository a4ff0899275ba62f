"""The pictures in docs/pictures show what the product does now, and are what the script made."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator

import pytest
from PIL import Image

from make_pictures import FOLDER, MANIFEST, PERSON, SHOTS, TERMINALS, digest, list_sources, render_picture, terminal_svg
from page_blocks import PAGES, ROOT, blocks
from served import Served, served

REMEDY = "if this is meant: python scripts/make_pictures.py, and look at what it made"
SAID = json.loads(MANIFEST.read_text(encoding="utf-8"))
FILES = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path != MANIFEST}


@pytest.fixture(scope="module")
def bundled() -> Iterator[Served]:
    with served("--dataset", "bundled") as running:
        yield running


def test_the_manifest_names_every_picture_and_nothing_else() -> None:
    assert set(SAID) == set(FILES) == {f"{name}.svg" for name in TERMINALS} | {f"{name}.png" for name in SHOTS}


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_picture_is_the_one_that_was_made(name: str) -> None:
    assert digest(FILES[name]) == SAID[name]["picture"], REMEDY


@pytest.mark.parametrize("name", TERMINALS)
def test_a_terminal_shows_what_the_command_prints(name: str) -> None:
    drawn = terminal_svg(name)
    assert drawn.encode() == FILES[f"{name}.svg"], REMEDY
    assert not re.search(r"https?://(?!www\.w3\.org/)", drawn), "a picture asks no other host for anything"


@pytest.mark.parametrize("name", [name for name, shot in SHOTS.items() if shot.command != "careergraph serve"])
def test_a_page_is_what_the_command_writes_now(name: str) -> None:
    said = SAID[f"{name}.png"]
    assert (said["command"], said["place"]) == (SHOTS[name].command, SHOTS[name].place), REMEDY
    assert digest(render_picture(said["command"])) == said["page"], REMEDY


def test_pages_of_a_server_are_what_it_serves_now(bundled: Served) -> None:
    assert list_sources(bundled.url) == {name: _without_picture(said) for name, said in SAID.items()}, REMEDY


def _without_picture(said: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in said.items() if key != "picture"}


def test_pictures_of_pages_have_the_size_of_the_window_and_are_small() -> None:
    for name, shot in SHOTS.items():
        assert Image.open(io.BytesIO(FILES[f"{name}.png"])).size == (shot.width, shot.height)
    assert sum(map(len, FILES.values())) < 600_000


def test_every_picture_is_shown_on_a_page_and_described() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    described = set(re.findall(r"!\[[^]]{20,}\]\((?:docs/)?pictures/([^)]+)\)", text))
    described |= set(re.findall(r'<img src="docs/pictures/([^"]+)" alt="[^"]{20,}"', text))
    described |= set(re.findall(r'srcset="docs/pictures/([^"]+)"', text))
    assert described == set(FILES)


def test_the_person_in_the_pictures_is_the_one_of_the_tutorial() -> None:
    (shown_there,) = (found.text for found in blocks(ROOT / "docs" / "tutorial.md") if found.file == PERSON.name)
    assert json.loads(shown_there) == json.loads(PERSON.read_text(encoding="utf-8"))
