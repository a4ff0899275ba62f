"""Write `src/careergraph/store/rules/steps.ttl`: the computed steps of the bundled graph, which take some seconds.

python scripts/make_steps.py
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat

from careergraph.catalogue.catalogue import Catalogue
from careergraph.rdf.prefixes import serialize_triples
from careergraph.store.locations import BUNDLED
from careergraph.transitions.computed_steps import describe_steps, find_computed_steps

COMMAND = "python scripts/make_steps.py"
FILE = Path(__file__).resolve().parents[1] / "src" / "careergraph" / "store" / "rules" / "steps.ttl"


def make() -> bytes:
    """The contents of the file."""
    catalogue = Catalogue.load(BUNDLED)
    return serialize_triples(describe_steps(catalogue, find_computed_steps(catalogue)), RdfFormat.TURTLE)


if __name__ == "__main__":
    FILE.write_bytes(make())
