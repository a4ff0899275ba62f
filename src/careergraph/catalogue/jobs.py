"""How many jobs there are in an occupation, where a source counts them."""

from __future__ import annotations

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.claims import list_attributes
from careergraph.model.records import Attribute

#: The property that counts jobs, and the region that stands for the whole country.
JOBS, NATION = "jobs", "US"


def find_jobs(catalogue: Catalogue, occupation: str) -> Attribute | None:
    """The claim that counts the jobs of a whole country in an occupation, the latest if there are several.

    Takes time linear in the attributes of the occupation.

    Args:
        catalogue: where to look.
        occupation: the IRI of an occupation.

    >>> find_jobs(Catalogue.load("bundled"), "https://w3id.org/careergraph/id/role/ai-ethicist") is None
    True
    """
    counts = (item for item in list_attributes(catalogue, occupation, "attribute") if item.property == JOBS)
    national = (item for item in counts if (item.remark or "").startswith(f"{NATION},"))
    return max(national, key=lambda item: (item.remark or "", item.id), default=None)


def count_jobs(claim: Attribute) -> int:
    """The number that a claim about jobs gives."""
    return int(claim.value.replace(",", ""))
