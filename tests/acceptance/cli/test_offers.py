"""Whatever is offered for the beginning of a name is what commands take, over all names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node
from careergraph.catalogue.near_misses import list_texts
from careergraph.cli.completion.names import list_offers
from careergraph.model.errors import CareergraphError
from careergraph.model.text import fold, normalise
from careergraph.rdf.kinds import DESTINATIONS, NAMED_KINDS, POSITIONS
from careergraph.store.locations import list_dataset_files


@cache
def bundled() -> Catalogue:
    return Catalogue.load("bundled")


def names(catalogue: Catalogue, *kinds: str) -> Iterator[str]:
    for kind in kinds or NAMED_KINDS:
        for iri, _ in catalogue.each(kind):
            yield from list_texts(catalogue, iri)


@cache
def meant(catalogue: Catalogue, name: str, *kinds: str) -> str | None:
    try:
        return find_node(catalogue, name, *kinds)
    except CareergraphError:
        return None


@pytest.mark.parametrize("kinds", [(), ("skill",), POSITIONS, DESTINATIONS, ("course", "organisation")])
@pytest.mark.parametrize("beginning", ["", "p", "machine-l", "AI ", "zzz"])
def test_what_is_offered_is_what_commands_take(beginning: str, kinds: tuple[str, ...]) -> None:
    expected = {
        fold(name)
        for name in names(bundled(), *kinds)
        if normalise(name).startswith(normalise(f"{beginning}.")[:-1]) and meant(bundled(), name, *kinds)
    }
    found = list_offers(list_dataset_files(), beginning, kinds)
    assert {fold(offer.text) for offer in found} == expected  # one of those that differ in accents alone
    assert all(meant(bundled(), offer.text, *kinds) for offer in found)


# --- What the shells hand over, and get back
