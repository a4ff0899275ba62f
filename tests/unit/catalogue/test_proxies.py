"""What counts for a position is looked for in all that it specialises into, however that is arranged."""

from __future__ import annotations

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.proxies import find_proxies
from careergraph.rdf.standards import OWL, RDF, SKOS
from careergraph.rdf.vocabulary import CG

OCCUPATION = "urn:occupation"
ALIGNMENT = {
    RDF.type: [CG.Alignment],
    OWL.annotatedSource: ["urn:n0"],
    OWL.annotatedProperty: [SKOS.exactMatch],
    OWL.annotatedTarget: [OCCUPATION],
}


def positions(broader: dict[str, str], class_: str) -> Catalogue:
    nodes = {node for pair in broader.items() for node in pair}
    said = {node: {RDF.type: [class_]} | ({SKOS.broader: [broader[node]]} if node in broader else {}) for node in nodes}
    return Catalogue({**said, OCCUPATION: {RDF.type: [CG.Occupation]}, "urn:alignment": ALIGNMENT})


@pytest.mark.parametrize("class_", [CG.Role, CG.Profession])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_positions_that_are_broader_than_each_other_are_looked_at_once(size: int, class_: str) -> None:
    circle = {f"urn:m{number}": f"urn:m{(number + 1) % size}" for number in range(size)}
    assert find_proxies(positions(circle, class_), "urn:m0") == {}


def test_a_long_row_of_specialisations_is_followed_to_its_end() -> None:
    row = {f"urn:n{number}": f"urn:n{number + 1}" for number in range(40)}
    assert find_proxies(positions(row, CG.Role), "urn:n40") == {OCCUPATION: 1.0}
