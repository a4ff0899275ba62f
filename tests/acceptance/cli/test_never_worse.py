"""Importing a data set never makes an answer worse: here with a few of O*NET's occupations, elsewhere with all."""

from __future__ import annotations

import pytest

from careergraph.catalogue.catalogue import Catalogue
from careergraph.catalogue.names import find_node, speaks_of_the_same
from careergraph.rdf.vocabulary import ID
from never_worse import find_losses
from onet_release import installed


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return Catalogue.load("bundled", str(installed(tmp_path_factory.mktemp("data") / "onet")))


def test_what_people_write_is_understood_as_before_where_onet_is_joined(joined: Catalogue) -> None:
    assert find_losses(Catalogue.load("bundled"), joined, every=10) == []


def test_an_occupation_known_by_a_name_is_meant_only_if_it_is_of_the_same_trade(joined: Catalogue) -> None:
    care = f"{ID}background/care-worker"
    lawyers, nurses = (find_node(joined, name, "occupation") for name in ("Lawyers", "Registered Nurses"))
    assert speaks_of_the_same(joined, lawyers, ())
    assert not speaks_of_the_same(joined, lawyers, [care])
    assert speaks_of_the_same(joined, nurses, [care])
    assert find_node(joined, "care assistant") == care
