"""Fill docs/pictures with what the product shows: a terminal as SVG, pages through Chromium, and what made them.

`manifest.json` says for each picture which command made what it shows, and hashes of that and of the picture, so that
a test can tell whether it is current without comparing a pixel. SVGs are compared whole.

    python scripts/make_pictures.py
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

from PIL import Image
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from make_golden import print_answer
from page_blocks import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = ROOT / "docs" / "pictures"
MANIFEST = FOLDER / "manifest.json"
EXPLORER = ROOT / "exports" / "careergraph.html"
PERSON = ROOT / "docs" / "examples" / "lena.json"
#: How many colours a picture of a page keeps: enough for text, and a third of the bytes.
COLOURS = 256


@dataclass(frozen=True)
class Terminal:
    """A terminal after a command: the first `lines` of what it prints."""

    command: str
    lines: int


@dataclass(frozen=True)
class Shot:
    """A page in a browser: what `command` writes or serves, at an address that goes on with `place`."""

    command: str
    place: str = ""
    width: int = 1280
    height: int = 800
    scheme: Literal["light", "dark"] = "light"
    #: What has to be there before the picture is taken.
    ready: str = "body"


_ROUTE = "#route=software-engineer,ai-product-manager"
_READY, _DRAWN = "html.ready", "html.graph-ready"
_FINDER = "path?" + urlencode({"origin": "policy adviser", "destination": "AI ethicist"})
TERMINALS = {"terminal": Terminal('careergraph path "policy adviser" "AI ethicist"', 17)}
SHOTS = {
    "map-light": Shot("careergraph export html", _ROUTE, width=1440, height=1010, ready=_READY),
    "map-dark": Shot("careergraph export html", _ROUTE, width=1440, height=1010, scheme="dark", ready=_READY),
    "explorer-role": Shot("careergraph export html", "#role=ai-ethicist&depth=1", ready=_DRAWN),
    "route-page": Shot('careergraph path --profile lena.json "AI ethicist" --format html', width=1000),
    "path-finder": Shot("careergraph serve", _FINDER, width=1000),
}

#: Its background is its own, so that it can be read on a light page and on a dark one.
THEME = TerminalTheme((27, 31, 36), (230, 234, 239), [(27, 31, 36)] * 8, [(27, 31, 36)] * 8)
#: As rich's, but with whatever font for code there is: a picture asks no other host for one.
_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="A terminal">
<style>
.{unique_id}-matrix {{ font: {char_height}px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def terminal_svg(name: str) -> str:
    """A terminal in which a command has been typed, as SVG."""
    wanted = TERMINALS[name]
    console = Console(record=True, width=80, file=io.StringIO(), color_system="truecolor", legacy_windows=False)
    console.print(Text("$ ", "bold").append(wanted.command, "bold"))
    for line in print_answer(f"$ {wanted.command}").splitlines()[: wanted.lines]:
        console.print(Text(line))
    drawn = console.export_svg(title="", theme=THEME, code_format=_SVG, unique_id=name)
    return re.sub(r"[ \t]+$", "", drawn, flags=re.MULTILINE)


def render_picture(command: str) -> bytes:
    """What a command writes, as a picture of it shows it. The explorer is the one that is checked in."""
    if command == "careergraph export html":
        return EXPLORER.read_bytes()
    return print_answer("$ " + command.replace(PERSON.name, str(PERSON))).encode()


@contextmanager
def server() -> Iterator[str]:
    """The address of a server of the curated graph, on a free port, until the block ends."""
    command = [shutil.which("careergraph") or "careergraph", "serve", "--port", "0", "--dataset", "bundled"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as process:
        try:
            said = process.stderr.readline() if process.stderr else ""
            found = re.search(r"http://\S+/(?= )", said)
            if found is None:
                raise SystemExit(said)
            yield found[0]
        finally:
            process.terminate()


def fetch_page(url: str, place: str) -> bytes:
    """A page of a server, with its style sheets behind it."""
    page = _got(url + place)
    sheets = re.findall(r'<link rel="stylesheet" href="/([^"]+)"', page.decode())
    return b"".join([page, *(_got(url + sheet) for sheet in sheets)])


def _got(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=60) as response:
        content: bytes = response.read()
        return content


def digest(content: bytes) -> str:
    """The SHA-256 of something, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def list_sources(url: str) -> dict[str, dict[str, str]]:
    """File name → the command that made what a picture shows, the place in it, and a hash of it.

    Args:
        url: where a server of the curated graph listens.
    """
    found = {f"{name}.svg": {"command": wanted.command} for name, wanted in TERMINALS.items()}
    for name, shot in SHOTS.items():
        page = fetch_page(url, shot.place) if shot.command == "careergraph serve" else render_picture(shot.command)
        found[f"{name}.png"] = {"command": shot.command, "place": shot.place, "page": digest(page)}
    return found


def _photograph(browser: Browser, shot: Shot, address: str) -> bytes:
    size = {"width": shot.width, "height": shot.height}
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        color_scheme=shot.scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(shot.ready)
    page.wait_for_timeout(500)  # vis-network draws once more when fonts are there
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    small = io.BytesIO()
    image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def photographs(url: str) -> Iterator[tuple[str, bytes]]:
    """File name and content of each picture of a page."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, shot in SHOTS.items():
            file = Path(folder, f"{name}.html")
            if shot.command != "careergraph serve":
                file.write_bytes(render_picture(shot.command))
            address = (file.as_uri() if file.exists() else url) + shot.place
            yield f"{name}.png", _photograph(browser, shot, address)
        browser.close()


def main() -> None:
    """Make every picture and the manifest, and say how large each is."""
    FOLDER.mkdir(exist_ok=True)
    for name in TERMINALS:
        (FOLDER / f"{name}.svg").write_text(terminal_svg(name), encoding="utf-8", newline="\n")
    with server() as url:
        manifest = list_sources(url)
        for name, content in photographs(url):
            (FOLDER / name).write_bytes(content)
    for name, said in manifest.items():
        content = (FOLDER / name).read_bytes()
        said["picture"] = digest(content)
        print(f"{len(content):>9,}  {name}")
    MANIFEST.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
