"""Print all that pages say in one list, to be read: each text once, with the pages that it stands on.

Numbers are written as #, and what the data itself says is left out: labels, definitions, texts of claims.

    careergraph serve &
    python scripts/list_words.py http://127.0.0.1:8000 exports/careergraph.html
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import httpx

from careergraph.catalogue.catalogue import Catalogue
from careergraph.sparql.saved_queries import load_saved_queries

#: A page of each sort that the server has, besides those of the saved queries.
PLACES = (
    *("", "cv", "query", "api", "ontology", "search", "search?q=learning", "search?q=zzzz", "list/role", "list/dance"),
    *("path", "reach", "gap", "next-skill", "plan", "compare", "nowhere"),
    "path?origin=software+engineer&destination=AI+safety+researcher&k=3",
    "path?origin=nurse&destination=AI+policy+role",
    "path?origin=software+engineer&destination=AI+ethicist&derived=false",
    "path?origin=sofware+enginer&destination=AI+ethicist",
    "reach?origin=nurse",
    "reach?skill=Python",
    "gap?origin=software+engineer&role=AI+ethicist",
    "next-skill?origin=software+engineer&role=AI+product+manager",
    "plan?origin=software+engineer&role=AI+product+manager",
    "compare?role=AI+ethicist&role=data+scientist&role=AI+product+manager",
    "id/role/machine-learning-engineer",
    "id/role/ai-product-manager",
    "id/background/software-engineer",
    "id/skill/python",
    "id/course/mats",
    "id/organisation/metr",
    "id/claim/metr-ai-safety-focused-lab",
    "id/source/ai-careers-article/role-1-salary",
    "query?query=SELECT+%3Fx+WHRE+%7B%7D",
    "query?query=DESCRIBE+role:ai-ethicist",
    *(f"query?saved={query.name}" for query in load_saved_queries()),
)
#: Attributes that are read out or shown.
_SAID = ("aria-label", "title", "placeholder", "alt")
_SILENT = ("script", "style", "textarea", "pre", "code")


def texts(root: Element) -> Iterator[str]:
    """All that a page says, piece by piece."""
    for element in root.iter():
        yield from (element.get(name, "") for name in _SAID)
        if element.tag not in _SILENT:
            yield element.text or ""
        yield element.tail or ""


def in_general(text: str) -> str:
    """A text without its figures.

    >>> in_general(" 12  roles within 3.5 months")
    '# roles within # months'
    """
    return " ".join(re.sub(r"\d[\d,.–-]*", "#", text).split())


def said_by_data(catalogue: Catalogue) -> set[str]:
    """All values in the data, in general."""
    values = (value for by in catalogue.memory.values() for texts in by.values() for value in texts)
    return {in_general(value) for value in values}


def list_words(pages: Iterable[tuple[str, bytes]], known: set[str]) -> dict[str, list[str]]:
    """Text → the names of the pages that it stands on."""
    found: dict[str, list[str]] = {}
    for name, content in pages:
        root = html5lib.parse(content, namespaceHTMLElements=False)
        for text in dict.fromkeys(map(in_general, texts(root))):
            if re.search(r"[^\W\d_]{2}", text) and text not in known:
                found.setdefault(text, []).append(name)
    return found


def fetched(address: str) -> Iterator[tuple[str, bytes]]:
    """The pages of a server, as a browser gets them."""
    with httpx.Client(timeout=60, headers={"Accept": "text/html"}) as client:
        for place in PLACES:
            yield place or "/", client.get(f"{address.rstrip('/')}/{place}").content


def main() -> None:
    """Print the list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", help="of a server that runs on the bundled data")
    parser.add_argument("files", nargs="*", type=Path, help="pages on disk")
    options = parser.parse_args()
    pages = [*fetched(options.address), *((file.name, file.read_bytes()) for file in options.files)]
    for text, names in sorted(list_words(pages, said_by_data(Catalogue.load("bundled"))).items()):
        print(f"{text}\t{', '.join(names[:2])}{' …' if len(names) > 2 else ''}")


if __name__ == "__main__":
    main()
