"""Job titles that nothing in the vocabulary is called, and the positions that they stand for.

The titles are O*NET's, and which position stands for them is the editors' judgement: `scripts/make_title_table.py`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from careergraph.rdf.vocabulary import ID
from careergraph.transitions.people.phrases import fold

TABLE = "titles.json.gz"


@cache
def load_titles() -> Mapping[str, str]:
    """A title as it is compared → the IRI of the position that it stands for."""
    table = json.loads(gzip.decompress((Path(__file__).parent / TABLE).read_bytes()))
    return {title: f"{ID}{position}" for position, titles in table["titles"].items() for title in titles}


def find_in_table(title: str) -> str | None:
    """The IRI of the position that a title in normal form stands for; None if it is not in the table.

    >>> find_in_table("paleontologist")
    'https://w3id.org/careergraph/id/background/environmental-scientist'
    """
    return load_titles().get(fold(title))
