"""What a position is close to: the lane that a map puts it into."""

from __future__ import annotations

import re

from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.standards import SKOS
from careergraph.rdf.vocabulary import CG

#: The lane of what has no family.
OTHERS = "Others"
#: The major groups of the Standard Occupational Classification of 2018 (U.S. Bureau of Labor Statistics, public
#: domain), in short: the first two digits of a code of O*NET's say which one an occupation belongs to.
MAJOR_GROUPS = {
    "11": "Management",
    "13": "Business and finance",
    "15": "Computing and mathematics",
    "17": "Architecture and engineering",
    "19": "Science",
    "21": "Community and social service",
    "23": "Law",
    "25": "Education and libraries",
    "27": "Arts, media and sports",
    "29": "Healthcare: practitioners and technicians",
    "31": "Healthcare: support",
    "33": "Protective service",
    "35": "Food",
    "37": "Buildings and grounds",
    "39": "Personal care and service",
    "41": "Sales",
    "43": "Office work",
    "45": "Farming, fishing and forestry",
    "47": "Construction and mining",
    "49": "Installation and repair",
    "51": "Production",
    "53": "Transport",
    "55": "Military",
}
_CODE = re.compile(r"(\d\d)-\d{4}(?:\.\d\d)?")


def find_family(catalogue: Catalogue, position: str) -> str:
    """The lane that the editors put a position into; else a major group, or the widest group that it belongs to.

    The major group is its own, or that of the occupation which it is the same as.

    Args:
        catalogue: where lanes, codes and groups are.
        position: an IRI.

    >>> find_family(Catalogue.load("bundled"), "https://w3id.org/careergraph/id/role/ai-ethicist")
    'Policy and ethics'
    >>> find_family(Catalogue.load("bundled"), "https://w3id.org/careergraph/id/background/nurse")
    'Healthcare: practitioners and technicians'
    """
    return (
        find_lane(catalogue, position) or _group_of_the_same(catalogue, position) or _widest_group(catalogue, position)
    )


def find_lane(catalogue: Catalogue, position: str) -> str | None:
    """The lane that the editors put a position into, or else its major group, by name; None if it has neither.

    >>> catalogue = Catalogue.load("bundled")
    >>> find_lane(catalogue, "https://w3id.org/careergraph/id/background/chef") is None
    True
    """
    lane = catalogue.value(position, CG.lane)
    return catalogue.label(lane) if lane else _major_group(catalogue, position)


def _major_group(catalogue: Catalogue, position: str) -> str | None:
    codes = (_CODE.fullmatch(text) for node in catalogue.lineage(position) for text in _codes(catalogue, node))
    return next((MAJOR_GROUPS[code[1]] for code in codes if code and code[1] in MAJOR_GROUPS), None)


def _group_of_the_same(catalogue: Catalogue, position: str) -> str | None:
    ends = (same.rpartition("/")[2] for same in catalogue.values(position, SKOS.exactMatch))
    codes = filter(None, map(_CODE.fullmatch, ends))
    return next((MAJOR_GROUPS[code[1]] for code in codes if code[1] in MAJOR_GROUPS), None)


def _codes(catalogue: Catalogue, node: str) -> tuple[str, ...]:
    return tuple(catalogue.values(node, SKOS.notation))


def _widest_group(catalogue: Catalogue, position: str) -> str:
    group = [node for node in catalogue.lineage(position)[1:] if catalogue.values(node, SKOS.prefLabel)]
    return catalogue.label(group[-1]) if group else OTHERS
