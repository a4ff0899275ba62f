"""A name is found in American and in British spelling, whichever of them a source has and whichever somebody types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import look_up
from careergraph.catalogue.text_search import search
from careergraph.model.spelling import list_spellings
from careergraph.rdf.standards import RDF, SKOS
from careergraph.rdf.vocabulary import CG

PAIRS = [
    ("data centre technician", "data center technician"),
    ("labour economist", "labor economist"),
    ("fibre optics technician", "fiber optics technician"),
    ("paediatric nurse", "pediatric nurse"),
    ("orthopaedic anaesthetist", "orthopedic anesthetist"),
    ("optimisation engineer", "optimization engineer"),
    ("organisational behaviour researcher", "organizational behavior researcher"),
    ("data modeller", "data modeler"),
    ("school counsellor", "school counselor"),
    ("programme officer", "program officer"),
    ("tyre fitter", "tire fitter"),
    ("protein analyser", "protein analyzer"),
]


@pytest.mark.parametrize(("british", "american"), PAIRS)
def test_either_spelling_leads_to_the_other(british: str, american: str) -> None:
    assert american in list_spellings(british)
    assert british in list_spellings(american)


@pytest.mark.parametrize("name", ["Nurse", "Data analyst", "Police officer", "Software engineer", ""])
def test_a_name_without_two_spellings_has_no_other(name: str) -> None:
    assert list_spellings(name) == ()


@given(st.text(st.sampled_from("centrlabouisz "), max_size=200))
def test_there_are_few_spellings_and_none_is_the_name_itself(name: str) -> None:
    found = list_spellings(name)
    assert len(found) == len(set(found)) <= 10
    assert name not in found


def catalogue(*names: str) -> Catalogue:
    said = {f"urn:{name}": {RDF.type: [CG.Role], SKOS.prefLabel: [name], SKOS.altLabel: ["colorist"]} for name in names}
    return Catalogue(said)


@pytest.mark.parametrize(("british", "american"), PAIRS)
def test_a_name_is_found_by_its_other_spelling(british: str, american: str) -> None:
    for known, typed in ((british, american), (american, british)):
        assert look_up(catalogue(known), typed) == f"urn:{known}"
        assert [ref.label for ref in search(catalogue(known), typed)] == [known]


def test_a_name_as_it_is_typed_comes_before_its_other_spelling() -> None:
    both = catalogue("labor economist", "labour economist")
    assert look_up(both, "labour economist") == "urn:labour economist"
    assert look_up(both, "labor economist") == "urn:labor economist"


def test_an_other_spelling_that_several_have_is_none_of_them() -> None:
    assert look_up(catalogue("one", "two"), "colourist") is None
