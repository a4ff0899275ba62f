"""Steps with their computed ease as statements: in the graph that queries see, and current."""

from __future__ import annotations

import itertools
import runpy
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.prefixes import PREFIXES
from careergraph.rdf.vocabulary import CG
from careergraph.store.layers import DERIVED, read_steps
from careergraph.store.locations import BUNDLED, list_dataset_files
from careergraph.store.oxigraph import open_dataset
from careergraph.transitions.computed_steps import BEST, find_computed_steps
from careergraph.transitions.moves import Move, list_moves

#: Of the one nobody says what skills it takes.
ROLES = ("role:data-scientist", "role:ai-ethicist")
SCRIPT = Path(__file__).parents[3] / "scripts" / "make_steps.py"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load(BUNDLED)


@pytest.fixture(scope="module")
def steps(catalogue: Catalogue) -> list[Move]:
    return list(find_computed_steps(catalogue))


def test_the_file_is_current() -> None:
    script = runpy.run_path(str(SCRIPT))
    assert script["FILE"].read_bytes() == script["make"](), f"run `{script['COMMAND']}`"


def test_from_each_position_go_all_that_sources_name_and_the_best_of_the_others(
    catalogue: Catalogue, steps: list[Move]
) -> None:
    said = {(move.origin, move.destination) for move in list_moves(catalogue)}
    assert said == {(step.origin, step.destination) for step in steps if step.claims}
    assert {step.origin for step in steps} > set(catalogue.by_kind["background"][:1])
    assert max(Counter(step.origin for step in steps if not step.claims).values()) == BEST
    for one, other in itertools.pairwise(steps):
        assert one.origin != other.origin or one.cost <= other.cost


@pytest.mark.parametrize("basis", ["asserted", "derived"])
def test_queries_see_them_with_ease_basis_and_parameters(steps: list[Move], basis: str) -> None:
    store = open_dataset(list_dataset_files(BUNDLED)).store
    rated = (step for step in steps if step.destination.endswith("/ai-ethicist"))  # sources say which skills it takes
    step = next(step for step in rated if bool(step.claims) == (basis == "asserted"))
    query = f"""SELECT ?ease ?basis ?parameter {{ GRAPH graph:derived {{
        ?step a cg:ComputedStep ; cg:stepFrom <{step.origin}> ; cg:stepTo <{step.destination}> ;
            cg:computedEase ?ease ; cg:computedBasis ?basis ; prov:wasGeneratedBy/prov:used ?parameter }}
        ?parameter cg:weight ?weight }}"""
    rows = list(store.query(query, prefixes=PREFIXES))  # type: ignore[arg-type]
    assert len(rows) > 5
    assert {float(row["ease"].value) for row in rows} == {float(f"{step.ease:.4g}")}
    assert {row["basis"].value for row in rows} == {basis}


def test_they_are_no_claims() -> None:
    predicates = {triple.predicate.value for triple in read_steps()}
    assert predicates.isdisjoint({CG.origin, CG.destination, CG.ease, CG.leadsTo})
    assert "http://www.w3.org/ns/prov#wasDerivedFrom" not in predicates


def test_an_import_computes_them_for_occupations_too(small_onet: Path) -> None:
    store = open_dataset([*list_dataset_files(BUNDLED), str(small_onet)]).store
    graph = pyoxigraph.NamedNode(DERIVED)
    starts = {
        quad.object.value  # type: ignore[union-attr]
        for quad in store.quads_for_pattern(None, pyoxigraph.NamedNode(CG.stepFrom), None, graph)
    }
    assert any("/onet/occupation/" in start for start in starts)
    assert any("/background/" in start for start in starts)
    ends = "?s cg:stepFrom ?o ; cg:stepTo ?role . ?o a cg:Occupation . ?role a cg:Role"
    assert store.query(f"ASK {{ {ends} }}", prefixes=PREFIXES)


def test_what_is_estimated_is_marked_and_stands_beside_the_steps_that_rest_on_it() -> None:
    store = open_dataset(list_dataset_files(BUNDLED)).store

    def values(query: str, name: str) -> list[str]:
        found = store.query(f"SELECT ?{name} {{ GRAPH graph:derived {{ {query} }} }}", prefixes=PREFIXES)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        return [row[name].value for row in found]

    bases = {role: {*values(f"?step cg:stepTo {role} ; cg:computedBasis ?basis", "basis")} for role in ROLES}
    assert bases["role:data-scientist"] == {"estimated"}
    assert bases["role:ai-ethicist"] == {"asserted", "derived"}
    estimate = "?estimate a cg:EstimatedRequirement ; cg:estimatedFor role:data-scientist"
    assert "https://w3id.org/careergraph/id/skill/python" in values(f"{estimate} ; cg:estimatedAsset ?skill", "skill")
    assert all(0 < float(weight) <= 1 for weight in values(f"{estimate} ; cg:estimatedWeight ?weight", "weight"))
