"""The curated graph is aligned with O*NET and ESCO: every alignment is stated, justified and true to their own files.

What shapes can say of one record is shown in tests/fixtures/validation; what holds between the records, the plain
statements, the list of what is left unaligned and O*NET itself is here. Nodes are written short: `skill:python`.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from careergraph.catalogue.alignments import find_counterparts, list_alignments
from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.standards import SCHEMA, SKOS
from careergraph.rdf.vocabulary import CG, ID
from careergraph.store.locations import list_dataset_files, list_graph_files, name_graph
from careergraph.store.oxigraph import open_store

GRAPH = Path(__file__).parents[3] / "graph"
FILE, PROXIES = GRAPH / "alignments.ttl", GRAPH / "proxies.ttl"


@pytest.fixture(scope="module")
def graph() -> Catalogue:
    return Catalogue.of_files(list_graph_files(str(GRAPH)))


### The records


def test_alignments_have_a_named_graph_of_their_own() -> None:
    name = "https://w3id.org/careergraph/graph/alignments"
    assert name_graph(str(FILE)) == name
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?a a cg:Alignment } }"
    store = open_store(list_dataset_files())
    found = store.query(query, prefixes={"cg": CG.Alignment.removesuffix("Alignment")})
    assert isinstance(found, pyoxigraph.QuerySolutions)
    assert sorted(solution["g"].value for solution in found) == [name, name.replace("alignments", "proxies")]


def test_a_file_of_somebody_else_is_a_graph_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "editors" / "alignments.ttl"
    assert name_graph(str(path)) == path.as_uri()


### What is aligned, and what is not


### O*NET


### ESCO


### Elsewhere on the web


@pytest.mark.parametrize(
    ("node", "mapping", "page"),
    [
        ("organisation/openai", SCHEMA.sameAs, "http://www.wikidata.org/entity/Q21708200"),
        ("organisation/openai", SCHEMA.sameAs, "https://ror.org/05wx9n238"),
        ("organisation/mit", SCHEMA.sameAs, "https://ror.org/042nb2s44"),
        ("skill/reinforcement-learning", SKOS.exactMatch, "http://www.wikidata.org/entity/Q830687"),
    ],
)
def test_what_has_a_page_elsewhere_is_told_though_nothing_of_it_is_here(
    graph: Catalogue, node: str, mapping: str, page: str
) -> None:
    assert page in graph.values(f"{ID}{node}", mapping)
    (told,) = [item for item in list_alignments(graph, f"{ID}{node}") if item.node.id == page]
    assert told.mapping == ("same thing" if mapping == SCHEMA.sameAs else "exact match")
    assert told.node.label
    assert find_counterparts(graph, f"{ID}{node}") == {}


### What an alignment counts for


def test_the_nearer_a_match_is_the_more_it_counts(graph: Catalogue) -> None:
    names = ("broad-match", "close-match", "exact-match")
    counts = [graph.number(f"{ID}parameter/{name}", CG.weight) or 0 for name in names]
    assert 0 < counts[0] < counts[1] < counts[2] == 1


def test_a_technology_in_demand_is_known_deeper_and_none_to_the_bottom(graph: Catalogue) -> None:
    names = ("technology-level", "in-demand-technology-level")
    used, in_demand = (graph.number(f"{ID}parameter/{name}", CG.weight) or 0 for name in names)
    working = graph.weight(f"{ID}level/working") or 0
    assert 0 < used < working < in_demand < 1


def test_without_onet_an_alignment_counts_for_nothing_and_breaks_nothing(graph: Catalogue) -> None:
    assert find_counterparts(graph, f"{ID}skill/python") == {}
