"""Titles of everyday life as they are typed. A user waits, so the table is searched as it is, and not read in."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from careergraph.rdf.vocabulary import ID

if TYPE_CHECKING:
    from careergraph.catalogue.catalogue import Catalogue
    from careergraph.model.records import Ref

# `pathlib` takes as long to import as a search takes.
EVERYDAY = os.path.join(os.path.dirname(__file__), "everyday_titles.tsv")
#: With fewer letters, too many titles begin so.
_FEWEST = 3
#: More do not fit on a screen.
_MOST = 50


@lru_cache(maxsize=1)
def read_everyday_titles() -> str:
    r"""The table of everyday titles, as text: read once, because a server opens no file for a question.

    >>> read_everyday_titles().startswith("position\tlanguage")
    True
    """
    with open(EVERYDAY, encoding="utf-8") as file:
        return file.read()


def list_titles_beginning_with(typed: str) -> list[str]:
    """The everyday titles that begin with what was typed, in alphabetical order; none for one letter or two.

    Takes time linear in the length of the table.

    Args:
        typed: the beginning of a title, in upper or lower case.

    >>> list_titles_beginning_with("tree sur"), list_titles_beginning_with("t")
    (['tree surgeon'], [])
    """
    if len(typed) < _FEWEST:
        return []
    pattern = re.compile(rf"(?:\t|; )({re.escape(typed)}[^;\t\n]*)(?=;|\n)", re.IGNORECASE)
    found = dict.fromkeys(pattern.findall(read_everyday_titles()))
    return sorted(found, key=str.casefold)[:_MOST]


def find_position_called(title: str) -> str | None:
    """The IRI of the position that has just this everyday title, in upper or lower case; None if there is none.

    Takes time linear in the length of the table.

    Args:
        title: the title as it was typed.

    >>> find_position_called("Tree surgeon"), find_position_called("tree surgeons of the world")
    ('https://w3id.org/careergraph/id/background/gardener', None)
    """
    typed = re.escape(" ".join(title.split()))
    pattern = re.compile(rf"^(\S+)\t\w+\t(?:[^\n]*; )?{typed}(?:;|$)", re.IGNORECASE | re.MULTILINE)
    found = pattern.search(read_everyday_titles()) if typed else None
    return f"{ID}{found[1]}" if found else None


def add_position_called(catalogue: Catalogue, title: str, found: Sequence[Ref]) -> Sequence[Ref]:
    """What a search found, after the position that has just this everyday title, unless that is among it.

    Args:
        catalogue: the data; a title whose position it lacks adds nothing.
        title: the title as it was typed.
        found: what the search found.

    >>> from careergraph.catalogue.catalogue import Catalogue
    >>> [ref.label for ref in add_position_called(Catalogue.load(), "tree surgeon", ())]
    ['Gardener']
    """
    meant = find_position_called(title)
    if meant is None or meant not in catalogue.statements or any(ref.id == meant for ref in found):
        return found
    return catalogue.ref(meant), *found
