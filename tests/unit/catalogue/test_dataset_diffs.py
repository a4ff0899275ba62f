"""Two releases of a source: what is new, gone, renamed or changed, and which alignments are left without an end."""

from __future__ import annotations

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.rdf.standards import DCTERMS, RDF, SKOS
from careergraph.rdf.vocabulary import CG

### Two releases of ESCO


### What data sets say of themselves


def test_what_has_been_replaced_stands_for_what_has_replaced_it() -> None:
    old, new = "https://example.org/old", "https://example.org/new"
    catalogue = Catalogue(
        {
            new: {RDF.type: [CG.Occupation], SKOS.prefLabel: ["Coders"], SKOS.notation: ["2"]},
            old: {
                RDF.type: [CG.Occupation],
                SKOS.prefLabel: ["Typists"],
                SKOS.notation: ["1"],
                DCTERMS.isReplacedBy: [new],
            },
        }
    )
    assert [find_node(catalogue, name) for name in (old, "1", "typists", new)] == [new] * 4
