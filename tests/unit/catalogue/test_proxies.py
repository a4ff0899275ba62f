"""What counts for a position is looked for in all that it specialises into, however that is arranged."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from careergraph.catalogue.alignments import find_arrivals, find_positions
from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import VOCABULARY
from careergraph.catalogue.proxies import find_proxies, find_proxies_among
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


@pytest.mark.parametrize("find", [find_positions, find_arrivals])
@pytest.mark.parametrize("end", [0, 1_999])
def test_a_chain_of_broader_positions_is_gone_through_once(
    find: Callable[[Catalogue, str], tuple[str, ...]], end: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether a position is looked for in all that are known, or the chain read anew from each, counts as work."""
    chain = positions({f"urn:{number}": f"urn:{number + 1}" for number in range(1_999)}, CG.Role)
    asked, values = [], Catalogue.values

    def counted(self: Catalogue, iri: str, predicate: str) -> Sequence[str]:
        asked.append(iri)
        return values(self, iri, predicate)

    monkeypatch.setattr(Catalogue, "values", counted)
    found = find(chain, f"urn:{end}")
    assert len(found) == len(set(found)) in (1, 2_000)
    assert len(asked) < 20 * 2_000


def test_the_nearer_positions_come_first_and_the_same_ones_with_what_is_broader_than_they() -> None:
    broader = {"urn:a": "urn:b", "urn:b": "urn:c", "urn:x": "urn:y"}
    said = {f"urn:{name}": {RDF.type: [CG.Role], SKOS.broader: [broader[f"urn:{name}"]]} for name in "abx"}
    said["urn:b"][SKOS.exactMatch] = ["urn:x"]
    ends = {f"urn:{name}": {RDF.type: [CG.Role]} for name in "cy"}
    assert find_positions(Catalogue(said | ends), "urn:a") == ("urn:a", "urn:b", "urn:c", "urn:x", "urn:y")


TELLERS, LENDERS, BANKER, FINANCE = "urn:tellers", "urn:lenders", "urn:banker", "urn:finance"
BANKING = Catalogue(
    {
        TELLERS: {RDF.type: [CG.Occupation]},
        LENDERS: {RDF.type: [CG.Occupation]},
        BANKER: {RDF.type: [CG.Profession], SKOS.inScheme: [VOCABULARY]},
        FINANCE: {RDF.type: [CG.FieldOfStudy], SKOS.inScheme: [VOCABULARY]},
        "urn:field": ALIGNMENT | {OWL.annotatedSource: [FINANCE], OWL.annotatedTarget: [LENDERS]},
        "urn:alignment": ALIGNMENT | {OWL.annotatedSource: [BANKER], OWL.annotatedTarget: [LENDERS]},
    }
)


@pytest.mark.parametrize(
    ("named", "known", "proxies"),
    [
        pytest.param(TELLERS, {TELLERS, LENDERS}, {TELLERS: 1.0}, id="an occupation that is known speaks for itself"),
        pytest.param(TELLERS, {LENDERS}, {LENDERS: 1.0}, id="one that is not needs what represents its group"),
        pytest.param("urn:me", {TELLERS, LENDERS}, {TELLERS: 1.0, LENDERS: 1.0}, id="a person may have been both"),
    ],
)
def test_a_group_does_not_represent_an_occupation_that_is_known(
    named: str, known: set[str], proxies: dict[str, float]
) -> None:
    assert find_proxies_among(BANKING, known, named, (TELLERS, BANKER)) == proxies


def test_a_field_that_was_studied_besides_counts() -> None:
    known = {TELLERS, LENDERS}
    assert find_proxies_among(BANKING, known, TELLERS, (TELLERS, FINANCE)) == {TELLERS: 1.0, LENDERS: 1.0}
