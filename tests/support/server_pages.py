"""Pages of a running server, as somebody without a script reads them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlencode, urljoin
from xml.etree.ElementTree import Element

import httpx

from html_reading import parse_page, words
from served import Served

FIXTURES = Path(__file__).parents[1] / "fixtures"
ML_ENGINEER = "id/role/machine-learning-engineer"
_BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def got(server: Served, place: str, **headers: str) -> httpx.Response:
    """The answer to what a browser asks, unless a header says otherwise."""
    return server.client.get(urljoin(server.url, place), headers={"Accept": _BROWSER, **headers})


@cache
def page(server: Served, place: str, status: int = 200) -> Element:
    """A page, which is well-formed HTML. It is fetched once; nothing changes between two tests."""
    response = got(server, place)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return parse_page(response.content)


def asking(query: str, **more: str) -> str:
    """The address of the page with the answer to a query."""
    return f"query?{urlencode({'query': query, **more})}"


def links(root: Element) -> Iterator[tuple[str, str]]:
    """Text and address of every link."""
    for element in root.iter("a"):
        yield words(element), element.get("href", "")


def section(root: Element, heading: str) -> Element:
    """The section under a heading."""
    (found,) = (s for s in root.iter("section") if any(words(h) == heading for h in s.iter("h2")))
    return found


def heading(root: Element) -> str:
    """What a page is called."""
    (found,) = root.iter("h1")
    return words(found)
