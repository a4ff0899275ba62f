"""Helpers of all importers to make nodes: IRIs from texts, and the first statements of a node."""

from __future__ import annotations

from careergraph.importing.source import Said
from careergraph.rdf.standards import RDF, SKOS


def to_slug(text: str) -> str:
    """A text in a form for IRIs: letters, digits and hyphens.

    >>> to_slug("C++"), to_slug("Education, Training, and Experience")
    ('c-plus-plus', 'education-training-and-experience')
    """
    spelt = text.lower().replace("+", " plus ").replace("#", " sharp ")
    return "-".join("".join(sign if sign.isalnum() else " " for sign in spelt).split()) or "unnamed"


def find_free_slug(text: str, taken: dict[str, int]) -> str:
    """A slug that no other text has yet: if different texts have the same one, the first keeps it.

    Args:
        text: the text.
        taken: slug → the last number that was added to it; the new one is entered.

    >>> taken = {}
    >>> find_free_slug("R.N.", taken), find_free_slug("R N", taken)
    ('r-n', 'r-n-2')
    """
    name = chosen = to_slug(text)
    number = taken.get(name, 0)
    while chosen in taken:
        number += 1
        chosen = f"{name}-{number}"
    taken[name] = max(number, 1)
    taken.setdefault(chosen, 1)
    return chosen


def state_type(class_: str) -> Said:
    """That a node is of a class."""
    return (RDF.type, class_, "iri")


def label_triples(class_: str, label: str) -> list[Said]:
    """That a node is of a class and how it is called."""
    return [state_type(class_), (SKOS.prefLabel, label, "@en")]
