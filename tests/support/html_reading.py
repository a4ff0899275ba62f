"""Read pages in tests as a browser does: parsed by the HTML standard, searched by class, text without layout."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

#: What makes a whole page of a piece of one.
HEAD = "<!doctype html><meta charset=utf-8><title>-</title>"
#: Attributes that make a browser ask for something.
LOADING = ("src", "srcset", "href", "action", "data", "poster", "background", "xlink:href", "style")


def parse_page(page: bytes) -> Element:
    """The root element of a page; names of elements without a namespace."""
    root: Element = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=True
    ).parse(page)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root


def having(root: Element, class_: str) -> list[Element]:
    """All elements of a class, in the order of the page."""
    return [element for element in root.iter() if class_ in element.get("class", "").split()]


def one(root: Element, class_: str) -> Element:
    """The one element of a class."""
    (found,) = having(root, class_)
    return found


def words(element: Element) -> str:
    """What is written in an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def elements(root: Element, tag: str) -> Iterator[Element]:
    """All elements of a name."""
    return root.iter(tag)


def addresses(root: Element) -> list[tuple[str, str, str]]:
    """Every element that could ask for something: its name, the attribute, the address."""
    return [
        (str(element.tag), name, value)
        for element in root.iter()
        for name, value in element.attrib.items()
        if name in LOADING or name.startswith("on")
    ]
