"""Job titles that nothing in the vocabulary is called, and the positions that they stand for.

`everyday_titles.tsv` has those that people in several countries write, collected by the editors. Those of O*NET are in
another table; which position stands for them is the editors' judgement: `scripts/make_title_table.py`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from careergraph.model.text import normalise
from careergraph.rdf.vocabulary import ID
from careergraph.transitions.people.phrases import fold
from careergraph.transitions.people.titles.lines import Lines, read_lines

TABLE = "titles.tsv.gz"
EVERYDAY = Path(__file__).parent / "everyday_titles.tsv"


@cache
def load_titles() -> Lines:
    """Lines of a position, by the end of its IRI, and the titles that stand for it, as they are compared."""
    return read_lines(TABLE)


@cache
def load_everyday_titles() -> Mapping[str, str]:
    """A title of everyday life as it is compared → the IRI of the position that it stands for."""
    with EVERYDAY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {fold(normalise(title)): f"{ID}{row['position']}" for row in rows for title in row["titles"].split("; ")}


def find_everyday(title: str) -> str | None:
    """The IRI of the position that people with a title, in normal form, are in; None if it is not in the table.

    >>> find_everyday("tree surgeon"), find_everyday("wizard")
    ('https://w3id.org/careergraph/id/background/gardener', None)
    """
    return load_everyday_titles().get(fold(title))


def find_in_table(title: str) -> str | None:
    """The IRI of the position that a title in normal form stands for; None if it is not in the table.

    >>> find_in_table("paleontologist")
    'https://w3id.org/careergraph/id/background/environmental-scientist'
    """
    position = load_titles().find_first_cell(fold(title))
    return f"{ID}{position}" if position else None
