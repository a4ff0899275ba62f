"""The bundled graph together with a small release of O*NET, in memory: no import, no disk."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from careergraph.catalogue.catalogue import Catalogue
from careergraph.importing.onet.release import read
from careergraph.store.locations import list_dataset_files
from careergraph.store.statements import Statements, read_statements

RELEASE = Path(__file__).parents[1] / "fixtures" / "onet" / "db_29_3_text"
OCCUPATION = "https://w3id.org/careergraph/id/onet/occupation/"
ELEMENT = "https://w3id.org/careergraph/id/onet/element/"

NURSES, DEVELOPERS, STATISTICIANS = (f"{OCCUPATION}{code}" for code in ("29-1141.00", "15-1252.00", "15-2041.00"))
LAWYERS, SCIENTISTS, WRITERS = (f"{OCCUPATION}{code}" for code in ("23-1011.00", "15-2051.00", "27-3042.00"))
MANAGERS, ANALYSTS = (f"{OCCUPATION}{code}" for code in ("11-3021.00", "15-1211.00"))


@cache
def statements() -> Statements:
    """All statements of the bundled data and the release."""
    found = dict(read_statements(list_dataset_files("bundled")))
    for node in read(str(RELEASE)).nodes(lambda rows: None):
        known = {predicate: list(values) for predicate, values in found.get(node.subject, {}).items()}
        for predicate, value, _ in node.said:
            known.setdefault(predicate, []).append(value)
        found[node.subject] = {predicate: sorted(set(values)) for predicate, values in known.items()}
    return {iri: found[iri] for iri in sorted(found)}


@cache
def merge() -> Catalogue:
    """The bundled data and the release, as one catalogue."""
    return Catalogue(statements())
