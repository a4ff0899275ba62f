"""Answers as pages, as trees and as JSON, and what of them is compared."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from command_line import careergraph
from html_reading import having, parse_page

HOSTILE = Path(__file__).parents[1] / "fixtures" / "hostile.ttl"
TOGETHER = ("--dataset", "bundled", "--dataset", str(HOSTILE))
BY = "https://example.org/hostile"

PATHS: dict[str, tuple[str, ...]] = {
    "two steps, an alternative": ("path", "software engineer", "AI safety researcher", "-k", "2"),
    "groups and milestones": ("path", "data scientist", "AI product manager", "-k", "3", "--rate", "GBP:USD=1.27"),
    "a derived step": ("path", "newcomer", "data scientist", "--derived"),
    "somebody": ("path", "ML engineer", "--skill", "Python", "--background", "software engineer", "--explain"),
    "hostile names": ("path", f"{BY}/origin", f"{BY}/second-role", *TOGETHER),
}
COMPARISONS: dict[str, tuple[str, ...]] = {
    "something in common": ("compare", "AI ethicist", "AI product manager"),
    "nothing in common": ("compare", "AI ethicist", "ML engineer", "AI research scientist"),
    "a role of which nothing is known": ("compare", "ML engineer", "data scientist"),
    "hostile names": ("compare", f"{BY}/role", f"{BY}/second-role", f"{BY}/long", f"{BY}/right-to-left", *TOGETHER),
}


ALL = {f"{command[0]}: {name}": command for table in (PATHS, COMPARISONS) for name, command in table.items()}


@cache
def page_of(*arguments: str) -> bytes:
    """The page that a command prints."""
    finished = careergraph(*arguments, "--format", "html")
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.encode()


@cache
def tree_of(*arguments: str) -> Element:
    """The same page as a tree."""
    return parse_page(page_of(*arguments))


@cache
def answer_of(*arguments: str) -> Any:
    """The same answer as JSON."""
    return json.loads(careergraph(*arguments, "--format", "json").stdout)


def ids(element: Element) -> list[str]:
    """The nodes that are shown in an element, in order."""
    return [node.get("data-id", "") for node in having(element, "node")]


def citations(evidence: list[dict[str, Any]]) -> str:
    """Sources with their sections as a page has to show them."""
    by_source: dict[str, list[str]] = {}
    for item in evidence:
        third = " (third-party)" if item["standing"] == "third-party" else ""
        sections = by_source.setdefault(item["source"]["label"] + third, [])
        if item["section"] and item["section"] not in sections:
            sections.append(item["section"])
    shown = [f"{source}: {'; '.join(sections)}" if sections else source for source, sections in by_source.items()]
    return squeeze("Source: " + " | ".join(shown)) if shown else ""


def squeeze(text: str) -> str:
    return " ".join(text.split())


def refs(found: list[dict[str, Any]]) -> list[str]:
    return [ref["id"] for ref in found]
